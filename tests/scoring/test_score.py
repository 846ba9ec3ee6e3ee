"""What each part of the formula gives, by example."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from worlds import AS_OF, PLACE, asks, posting, resume, shared_matcher, skill

from matcher import Matcher, SettingsError
from matcher.model import Contribution, Degree, MatchResult, Notice, Profile, Requirement
from matcher.scoring import Scorer

OTHER = asks("communication")


def of(scorer: Scorer, held: Profile, *requirements: Requirement, **more: Any) -> Contribution:
    return scorer.score(held, posting([*requirements, OTHER], **more)).contributions[0]


def test_used_beats_listed_beats_learning_beats_nothing(scorer: Scorer) -> None:
    credits = [
        of(scorer, resume([skill("python", status)]), asks("python")).credit
        for status in ("used", "listed", "learning", "negated")
    ]
    assert credits == [1, 0.85, 0.25, 0]


def test_a_narrower_skill_counts_in_full_and_names_its_route(scorer: Scorer) -> None:
    item = of(scorer, resume([skill("pytorch")]), asks("machine-learning"))
    assert (item.credit, item.path, item.matched) == (1, "narrower", "pytorch")
    assert item.route[0] == "pytorch"
    assert item.route[-1] == "machine-learning"
    assert len(item.route) >= 3


def test_a_broader_skill_counts_the_less_the_more_it_covers(scorer: Scorer) -> None:
    near = of(scorer, resume([skill("natural-language-processing")]), asks("text-classification"))
    far = of(scorer, resume([skill("machine-learning")]), asks("natural-language-processing"))
    assert near.path == far.path == "broader"
    assert 0 < far.credit < near.credit < scorer.weights.broader_credit
    assert far.route == ("machine-learning", "natural-language-processing")
    assert "broader" in far.reason


def test_an_alternative_counts_in_part(scorer: Scorer) -> None:
    item = of(scorer, resume([skill("tensorflow")]), asks("pytorch"))
    assert (item.credit, item.path) == (0.35, "sibling")
    assert item.route == ("tensorflow", "pytorch")


def test_the_best_of_alternatives_counts(scorer: Scorer) -> None:
    held = resume([skill("aws", "listed"), skill("google-cloud")])
    item = of(scorer, held, asks("aws", "google-cloud"))
    assert (item.credit, item.matched) == (1, "google-cloud")


def test_skills_that_are_all_asked_are_terms_of_their_own(scorer: Scorer) -> None:
    both = Requirement(("aws", "python"), False, "required", None, (PLACE,))
    result = scorer.score(resume([skill("aws")]), posting([both]))
    assert [item.ids for item in result.contributions] == [("aws",), ("python",)]
    assert [item.ids for item in result.missing] == [("python",)]


@pytest.mark.parametrize(("months", "credit"), [(None, 0.6), (0, 0.6), (30, 0.8), (60, 1), (90, 1)])
def test_years_asked(scorer: Scorer, months: int | None, credit: float) -> None:
    item = of(scorer, resume([skill("python", months=months)]), asks("python", years=5))
    assert item.credit == pytest.approx(credit)


@pytest.mark.parametrize(
    ("last_used", "credit"), [("2026-11", 1), ("2022-11", 1), ("2016-11", 0.85), ("1990-01", 0.7068)]
)
def test_recency_fades_to_a_floor(scorer: Scorer, last_used: str, credit: float) -> None:
    item = of(scorer, resume([skill("python", months=12, last_used=last_used)]), asks("python"))
    assert item.credit == pytest.approx(credit, abs=1e-4)


def test_an_old_use_does_not_undo_a_listing_of_today(scorer: Scorer) -> None:
    listed = of(scorer, resume([skill("python", "listed", undated="listed")]), asks("python"))
    both = of(scorer, resume([skill("python", "used", 12, "1999-01", "listed")]), asks("python"))
    assert both.credit >= listed.credit == 0.85


def test_strength_and_kind_weigh(scorer: Scorer) -> None:
    asked = posting([asks("python"), asks("java", strength="preferred"), asks("sql", strength="mentioned"), OTHER])
    weights = {item.ids[0]: item.max_points for item in scorer.score(resume(), asked).contributions}
    assert "sql" not in weights
    assert weights["java"] == pytest.approx(0.4 * weights["python"], abs=1)
    assert weights["communication"] == pytest.approx(0.3 * weights["python"], abs=1)


@pytest.mark.parametrize(
    ("degree", "months", "or_experience", "credit"),
    [
        ("phd", None, False, 1),
        ("bachelor", None, False, 1),
        ("associate", None, False, 0.5),
        (None, 120, False, 0),
        (None, 120, True, 1),
        (None, 24, True, 0.5),
        ("associate", 36, True, 0.75),
        (None, None, True, 0),
    ],
)
def test_degree_or_equivalent_experience(
    scorer: Scorer, degree: str | None, months: int | None, or_experience: bool, credit: float
) -> None:
    held = resume(months=months, degrees=() if degree is None else (Degree(degree, None, PLACE),))
    asked = (Degree("bachelor", None, PLACE, strength="required", or_experience=or_experience),)
    item = scorer.score(held, posting([asks("python"), OTHER], degrees=asked)).contributions[2]
    assert (item.kind, item.credit) == ("degree", credit)


@pytest.mark.parametrize(("shown", "credit"), [("senior", 1), ("staff", 1), ("mid", 0.5), ("junior", 0.2), ("lead", 1)])
def test_level_fit(scorer: Scorer, shown: str, credit: float) -> None:
    held = resume()
    held = replace(held, level=replace(held.level, inferred=shown))
    item = scorer.score(held, posting([asks("python"), OTHER], level="senior")).contributions[-1]
    assert (item.kind, item.credit) == ("level", credit)


def test_it_abstains_where_too_little_of_the_posting_was_understood(scorer: Scorer) -> None:
    asked = replace(posting([asks("python"), OTHER]), recognised=2, asked=14)
    result = scorer.score(resume([skill("python")]), asked)
    assert result.score is None
    assert result.abstained == "I understood 2 of its 14 requirements, too few for a score"
    assert result.to_dict()["score"] is None


def test_it_abstains_where_the_resume_could_not_be_read(scorer: Scorer) -> None:
    asked = posting([asks("python"), OTHER])
    result = scorer.score(replace(resume([skill("python")]), legible=0.4), asked)
    assert result.abstained == "only 40% of the resume could be read, too little for a score"
    held = resume([skill("python")])
    poor = replace(held, document=replace(held.document, notices=(Notice("ocr", "x"), Notice("unmapped-text", "x"))))
    assert scorer.score(poor, asked).score is None
    fair = replace(held, document=replace(held.document, notices=(Notice("ocr", "x"),)))
    assert width(scorer.score(fair, asked)) > width(scorer.score(held, asked))


def test_a_garbled_text_is_not_legible(matcher: Matcher) -> None:
    asked = matcher.profile_text("ML Engineer\n\nRequirements\n- Python\n- Docker and Kubernetes\n", "posting")
    garbled = "Skills\nPython \ufffd\ufffd (cid:17)(cid:22) \ue001\ue002 \ufffdx\n"
    result = matcher.score(matcher.profile_text(garbled, "resume"), asked)
    assert result.score is None
    assert "could be read" in (result.abstained or "")


def test_the_interval_widens_with_what_is_not_known(scorer: Scorer) -> None:
    asked = posting([asks("python", years=5), OTHER], level="senior", years=5)
    known = resume([skill("python", months=60, last_used=AS_OF[:7])], months=60, title="Senior Engineer")
    unknown = resume([skill("python")])
    doubtful = resume(
        [skill("python", months=60, last_used=AS_OF[:7], confidence=0.5)], months=60, title="Senior Engineer"
    )
    half = replace(asked, recognised=1, asked=2)
    assert width(scorer.score(known, asked)) == 0
    assert width(scorer.score(unknown, asked)) > 0
    assert width(scorer.score(doubtful, asked)) > 0
    assert width(scorer.score(known, half)) == pytest.approx(50, abs=0.02)


def width(result: MatchResult) -> float:
    assert result.interval is not None
    return result.interval[1] - result.interval[0]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"statuss": {}}, "statuss"),
        ({"status": {"lisded": 1}}, "status.lisded"),
        ({"status": {"listed": 1.5}}, "status.listed"),
        ({"status": {"used": 0.9}}, "used must be 1"),
        ({"status": {"learning": 0.9}}, "learning"),
        ({"strength": {"preferred": 0.1, "mentioned": 0.2}}, "mentioned"),
        ({"strength": {"required": 0, "preferred": 0}}, "required must be more"),
        ({"degree": float("nan")}, "degree"),
        ({"degree": float("inf")}, "degree"),
        ({"level": -1}, "level"),
        ({"recency_half_life_years": 0}, "recency_half_life_years"),
        ({"status": 3}, "status"),
        ({"level_one_below": 0.1}, "level_one_below"),
    ],
)
def test_settings_are_checked(changes: dict[str, Any], word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        Matcher(settings=changes)


def test_settings_change_the_score_and_its_hash(matcher: Matcher) -> None:
    other = Matcher(settings={"status": {"listed": 0.5}}, as_of=matcher.as_of)
    held, asked = resume([skill("python", "listed")]), posting([asks("python"), asks("java")])
    assert other.scorer.score(held, asked).points == 25
    assert matcher.scorer.score(held, asked).points == 42.5
    assert other.scorer.settings_hash != matcher.scorer.settings_hash
    assert Matcher(settings={"status": {"listed": 0.85}}, as_of=matcher.as_of).scorer.settings_hash == (
        shared_matcher().scorer.settings_hash
    )
