"""What if: gains are exact, sets are the smallest there are, the plan ends where all is in place."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from worlds import asks, posting, postings, resume, resumes, shared_matcher, skill

from matcher.model import Profile
from matcher.whatif import WhatIf, acquired


def what_if(held: Profile, asked: Profile) -> WhatIf:
    known = shared_matcher()
    return known.what_if(known.scorer.score(held, asked))


@given(resumes(), postings())
@limits(max_examples=40, deadline=None)
def test_a_gain_is_the_score_again_with_the_item_in_place(held: Profile, asked: Profile) -> None:
    scorer = shared_matcher().scorer
    answers = what_if(held, asked)
    result = scorer.score(held, asked)
    assert [gain.item for gain in answers.gains] != [] or result.missing == ()
    for gain in answers.gains:
        again = scorer.score(acquired(held, asked, [(gain.item, gain.skill_id)], scorer), asked)
        assert gain.score == again.points
        assert gain.points == round(again.points - result.points, 2)
        # With it the item is no longer missing, and other terms lose nothing.
        assert gain.points * 100 >= gain.item.points - 1e-6
        assert (gain.item.kind, gain.item.ids) not in {(item.kind, item.ids) for item in again.missing}


@given(resumes(), postings(), st.integers(1, 100))
@limits(max_examples=30, deadline=None)
def test_no_smaller_set_reaches_the_target(held: Profile, asked: Profile, target: int) -> None:
    answers = what_if(held, asked)
    found = answers.smallest_sets(target)
    if found.size is None:
        assert answers.score_with(answers.gains) < target
        return
    assert all(len(item.gains) == found.size and item.score >= target for item in found.sets)
    if found.size == 0:
        assert answers.start >= target
    elif found.proven and len(answers.gains) <= 9:
        smaller = combinations(answers.gains, found.size - 1)
        assert all(answers.score_with(items) < target for items in smaller)


@given(resumes(), postings())
@limits(max_examples=30, deadline=None)
def test_the_plan_adds_up(held: Profile, asked: Profile) -> None:
    answers = what_if(held, asked)
    steps = answers.plan()
    assert all(step.adds > 0 for step in steps)
    reached = answers.start
    for step in steps:
        reached = round(reached + step.adds, 2)
        assert step.score == reached
    assert reached == answers.score_with(answers.gains)


def test_one_item_may_serve_several_terms_and_the_cheapest_set_comes_first() -> None:
    asked = posting([asks("deep-learning"), asks("pytorch"), asks("git"), asks("kubernetes")])
    answers = what_if(resume([skill("java")]), asked)
    gains = {gain.skill_id: gain for gain in answers.gains}
    assert gains["pytorch"].points == pytest.approx(2 * gains["deep-learning"].item.points / 100, abs=0.01)
    assert gains["deep-learning"].points < gains["pytorch"].points
    found = answers.smallest_sets(50)
    assert (found.size, found.proven) == (1, True)
    assert [item.gains[0].skill_id for item in found.sets] == ["pytorch"]
    pairs = answers.smallest_sets(70)
    assert pairs.size == 2
    assert {gain.skill_id for gain in pairs.sets[0].gains} == {"pytorch", "git"}
    assert "deep-learning" not in {step.gain.skill_id for step in answers.plan()}


def test_nothing_is_missing() -> None:
    asked = posting([asks("python"), asks("java")])
    answers = what_if(resume([skill("python"), skill("java")]), asked)
    assert (answers.gains, answers.plan(), answers.smallest_sets(100).size) == ((), (), 0)


def test_years_that_are_gained_take_no_level_away() -> None:
    held = resume([skill("python")], title="Tech Lead")
    asked = posting([asks("python"), asks("communication")], years=2.0, level="manager")
    answers = what_if(held, asked)
    (years,) = [gain for gain in answers.gains if gain.item.kind == "years"]
    others = [gain for gain in answers.gains if gain.item.kind == "level"]
    together = answers.score_with([years, *others]) - answers.start
    assert together <= sum(gain.points for gain in (years, *others)) + 0.005
