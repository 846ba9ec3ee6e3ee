"""The laws of the score, over made-up profiles and over all lawful weights."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from worlds import CERTIFICATION, PLACE, asks, held, in_full, posting, postings, resumes, settings, shared_matcher

from matcher.api import _weights
from matcher.model import CertificationMention, Degree, MatchResult, Profile
from matcher.scoring import Scorer


def score(resume: Profile, asked: Profile) -> MatchResult:
    return shared_matcher().scorer.score(resume, asked)


def with_weights(changes: dict[str, Any]) -> Scorer:
    known = shared_matcher()
    return Scorer(known.scorer.taxonomy, known._graph, known._ladder, _weights(known.scorer.taxonomy, changes))


def reread(resume: Profile) -> Profile:
    return replace(resume, level=shared_matcher().scorer.ladder.reread(resume))


@given(resumes(), postings())
@limits(deadline=None)
def test_the_contributions_add_up_to_the_last_digit(resume: Profile, asked: Profile) -> None:
    result = score(resume, asked)
    assert sum(item.max_points for item in result.contributions) == 10_000
    assert all(0 <= item.points <= item.max_points for item in result.contributions)
    written = [Decimal(str(item["points"])) for item in result.to_dict()["contributions"]]
    assert sum(written) == Decimal(str(result.points))


@given(postings(), settings())
@limits(deadline=None)
def test_a_posting_as_a_resume_that_shows_all_of_it_is_100(asked: Profile, changes: dict[str, Any]) -> None:
    for scorer in (shared_matcher().scorer, with_weights(changes)):
        result = scorer.score(in_full(asked), asked)
        assert result.points == 100
        assert result.missing == ()


@given(resumes(), postings(), held(), settings())
@limits(max_examples=200, deadline=None)
def test_adding_a_skill_never_lowers_the_score(
    resume: Profile, asked: Profile, more: Any, changes: dict[str, Any]
) -> None:
    without = reread(replace(resume, skills=tuple(item for item in resume.skills if item.id != more.id)))
    added = reread(replace(without, skills=(*without.skills, more)))
    for scorer in (shared_matcher().scorer, with_weights(changes)):
        before, after = scorer.score(without, asked), scorer.score(added, asked)
        assert after.points >= before.points
        # Nor does any single thing asked lose by it.
        for old, new in zip(before.contributions, after.contributions, strict=True):
            assert new.points >= old.points


def better(item: Any, rng: random.Random) -> Any:
    """The same skill with one more sighting of it, gathered as a profile gathers sightings."""
    order = ["used", "listed", "learning", "negated"]
    status = rng.choice(order)
    dated = rng.random() < 0.5
    undated = item.undated if item.last_used is not None else (item.undated or item.status)
    strongest = min((item.status, status), key=order.index)
    if not dated:
        merged = status if undated is None else min((undated, status), key=order.index)
        return replace(item, status=strongest, undated=merged)
    if status != "used":
        return replace(item, status=strongest, undated=undated)
    when = f"{rng.randint(2000, 2026)}-01"
    return replace(
        item,
        status="used",
        undated=undated,
        months=(item.months or 0) + rng.randint(1, 40),
        last_used=max(item.last_used or when, when),
    )


@given(postings(), held(), st.integers(0, 10**6), settings())
@limits(max_examples=300, deadline=None)
def test_one_more_sighting_never_lowers_the_score(
    asked: Profile, item: Any, seed: int, changes: dict[str, Any]
) -> None:
    one = replace(item, undated=item.undated if item.last_used else item.status)
    more = better(one, random.Random(seed))
    empty = posting([])
    for scorer in (shared_matcher().scorer, with_weights(changes)):
        blank = in_full(empty)
        before = scorer.score(replace(blank, skills=(one,)), asked)
        after = scorer.score(replace(blank, skills=(more,)), asked)
        assert after.points >= before.points


@given(resumes(), postings(), st.sampled_from(("degree", "certification", "months")))
@limits(deadline=None)
def test_more_of_anything_never_lowers_the_score(resume: Profile, asked: Profile, what: str) -> None:
    if what == "degree":
        more = replace(resume, degrees=(*resume.degrees, Degree("phd", None, PLACE)))
    elif what == "certification":
        shown = CertificationMention(CERTIFICATION, "A", PLACE, status="used")
        more = replace(resume, certifications=(*resume.certifications, shown))
    else:
        more = reread(replace(resume, title=None, experience_months=(resume.experience_months or 0) + 24))
        resume = reread(replace(resume, title=None))
    assert score(more, asked).points >= score(resume, asked).points


@given(resumes(), postings(), st.randoms(use_true_random=False))
@limits(deadline=None)
def test_order_changes_nothing(resume: Profile, asked: Profile, rng: random.Random) -> None:
    skills, requirements = list(resume.skills), list(asked.requirements)
    rng.shuffle(skills)
    rng.shuffle(requirements)
    turned = [item._replace(skill_ids=tuple(rng.sample(item.skill_ids, len(item.skill_ids)))) for item in requirements]
    before = score(resume, asked)
    after = score(replace(resume, skills=tuple(skills)), replace(asked, requirements=tuple(turned)))
    assert after.points == before.points
    assert after.interval == before.interval

    def worth(result: MatchResult) -> dict[Any, tuple[int, int]]:
        return {(item.kind, frozenset(item.ids)): (item.points, item.max_points) for item in result.contributions}

    assert worth(after) == worth(before)


@given(resumes(), postings())
@limits(deadline=None)
def test_the_interval_holds_the_score_and_missing_is_what_was_lost(resume: Profile, asked: Profile) -> None:
    result = score(resume, asked)
    lost = {(item.kind, item.ids): item.max_points - item.points for item in result.contributions}
    assert all(lost[item.kind, item.ids] == item.points > 0 for item in result.missing)
    if result.score is None:
        assert result.interval is None
        assert result.abstained
    else:
        assert result.interval is not None
        low, high = result.interval
        assert 0 <= low <= result.score <= high <= 100


@given(resumes(), postings())
@limits(deadline=None)
def test_the_same_in_the_same_out(resume: Profile, asked: Profile) -> None:
    assert score(resume, asked) == score(resume, asked)


def test_what_a_posting_does_not_use_drops_out() -> None:
    asked = posting([asks("python"), asks("java")])
    kinds = {item.kind for item in score(in_full(asked), asked).contributions}
    assert kinds == {"skill"}
    assert score(in_full(asked), asked).score == 100
    nothing = score(in_full(posting([])), posting([]))
    assert nothing.contributions == ()
    assert nothing.score is None
