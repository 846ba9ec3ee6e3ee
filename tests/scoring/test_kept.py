"""What a scorer keeps from one pair to the next changes no result, and keeps no posting alive."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

import pytest
from worlds import asks, posting, resume, shared_matcher, skill

from matcher import Matcher
from matcher.model import MatchResult, Profile
from matcher.scoring import Scorer
from matcher.scoring.kept import Kept

RESUMES = [
    resume([skill("python"), skill("pytorch", "listed")]),
    resume([skill("machine-learning", months=6), skill("docker", "learning", confidence=0.5)]),
    resume([]),
]
POSTINGS = [
    posting([asks("python"), asks("machine-learning", years=2.0)]),
    posting([asks("machine-learning"), asks("kubernetes"), asks("docker")], level="senior"),
    posting([asks("python"), asks("pytorch")], years=3.0),
]


def fresh() -> Scorer:
    matcher = shared_matcher()
    return Matcher(as_of=matcher.as_of).scorer


def told(result: MatchResult) -> tuple[object, ...]:
    return result.contributions, result.missing, result.understood, result.abstained


def test_the_order_of_the_pairs_changes_nothing() -> None:
    alone = {(r, p): told(fresh().score(RESUMES[r], POSTINGS[p])) for r in range(3) for p in range(3)}
    scorer = fresh()
    by_resume = {(r, p): told(scorer.score(RESUMES[r], POSTINGS[p])) for r in range(3) for p in range(3)}
    by_posting = {(r, p): told(scorer.score(RESUMES[r], POSTINGS[p])) for p in range(3) for r in range(3)}
    assert by_resume == by_posting == alone
    assert len({str(value) for value in alone.values()}) > 6


def test_a_profile_that_is_equal_but_not_the_same_is_scored_alike(scorer: Scorer) -> None:
    for held in RESUMES:
        for asked in POSTINGS:
            assert told(scorer.score(replace(held), replace(asked))) == told(scorer.score(held, asked))


@pytest.mark.parametrize("copy", [deepcopy, lambda scorer: pickle.loads(pickle.dumps(scorer))])
def test_a_copied_scorer_keeps_nothing_of_the_first_ones(copy: Callable[[Scorer], Scorer]) -> None:
    first = fresh()
    before = told(first.score(RESUMES[0], POSTINGS[0]))
    second = copy(first)
    assert len(first._asked) == 1
    assert len(second._asked) == 0
    assert told(second.score(RESUMES[0], POSTINGS[0])) == before


def test_what_is_kept_of_a_profile_goes_with_it() -> None:
    worked_out: list[int] = []

    def count(profile: Profile) -> int:
        worked_out.append(len(profile.requirements))
        return worked_out[-1]

    kept = Kept(count)
    asked = replace(POSTINGS[1])
    assert [kept.of(asked), kept.of(asked), kept.of(POSTINGS[0])] == [3, 3, 2]
    assert worked_out == [3, 2]
    assert len(kept) == 2
    del asked
    gc.collect()
    assert len(kept) == 1
