"""The level a document states, the one it reads as, and where title, years and requirements disagree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from matcher import Matcher
from matcher.levels import Ladder
from matcher.model import Evidence, LevelReading, ProfileSkill

PLACE = Evidence(0, 1, "x")


@pytest.fixture(scope="session")
def ladder(matcher: Matcher) -> Ladder:
    return matcher.scorer.ladder


def shown(matcher: Matcher, *skill_ids: str, status: str = "used", strength: str | None = None) -> list[ProfileSkill]:
    known = matcher.taxonomy.data.skills
    return [
        ProfileSkill(
            skill_id, known[skill_id].name, known[skill_id].kind, 1.0, (PLACE,), status, strength  # type: ignore[arg-type]
        )
        for skill_id in skill_ids
    ]  # fmt: skip


def read(ladder: Ladder, kind: str = "resume", skills: Any = (), **more: Any) -> LevelReading:
    given_ = {"title": None, "years": None, "min_years": None, **more}
    return ladder.read(kind, skills, **given_)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Junior ML Engineer", "junior"),
        ("Sr. Machine Learning Engineer", "senior"),
        ("Senior Staff Engineer", "staff"),
        ("Senior Engineering Manager", "manager"),
        ("Chief of Staff", None),
        ("Machine Learning Engineer", None),
        (None, None),
    ],
)
def test_stated(ladder: Ladder, title: str | None, level: str | None) -> None:
    assert ladder.stated(title) == level


@pytest.mark.parametrize(("months", "level"), [(6, "junior"), (24, "mid"), (59, "mid"), (200, "mid")])
def test_years_alone_reach_no_higher_than_mid(ladder: Ladder, months: int, level: str) -> None:
    assert read(ladder, years=months / 12).inferred == level


def test_enough_of_the_requirements_lifts_with_the_years(ladder: Ladder, matcher: Matcher) -> None:
    senior = [item.skill_ids[0] for item in matcher.taxonomy.data.levels["senior"].requires]
    reading = read(ladder, skills=shown(matcher, *senior), years=72 / 12)
    assert reading.inferred == "senior"
    assert dict(reading.coverage)["senior"] == 1
    assert read(ladder, skills=shown(matcher, *senior, status="learning"), years=72 / 12).inferred == "mid"


def test_what_lies_above_senior_takes_a_title(ladder: Ladder, matcher: Matcher) -> None:
    levels = matcher.taxonomy.data.levels
    asked = {item.skill_ids[0] for level in ("senior", "staff", "principal") for item in levels[level].requires}
    reading = read(ladder, skills=shown(matcher, *sorted(asked)), years=15)
    assert (reading.inferred, reading.by_years) == ("senior", "principal")
    assert reading.reason == "15.0 years of experience, and no title of a level above"
    assert read(ladder, title="Staff Engineer", skills=shown(matcher, *sorted(asked)), years=15).inferred == "staff"


def test_a_title_is_believed_unless_the_years_are_far_from_it(ladder: Ladder) -> None:
    assert read(ladder, title="Senior Engineer", years=30 / 12).inferred == "senior"
    doubted = read(ladder, title="Co-Founder & CTO", years=40 / 12)
    assert (doubted.stated, doubted.inferred) == ("director", "manager")
    assert "3.3 years" in doubted.reason
    assert read(ladder, title="Director of Engineering", years=100 / 12).inferred == "director"


def test_a_plain_title_does_not_undo_an_earlier_one(ladder: Ladder) -> None:
    assert read(ladder, title="Engineer", earlier=["Engineer", "Team Lead"], years=120 / 12).inferred == "lead"
    assert read(ladder, title="Engineer", earlier=["Junior Engineer"], years=40 / 12).inferred == "mid"
    assert read(ladder, title="Engineer", earlier=["Senior Engineer", "Manager"], years=40 / 12).inferred == "senior"


def test_a_posting_goes_by_its_title_then_by_its_years(ladder: Ladder) -> None:
    assert read(ladder, "posting", title="Staff Engineer", min_years=5).inferred == "staff"
    assert read(ladder, "posting", title="Engineer", min_years=5).inferred == "senior"
    assert read(ladder, "posting", title="Engineer").inferred is None


def test_titled_junior_asks_for_senior(ladder: Ladder, matcher: Matcher) -> None:
    years = read(ladder, "posting", title="Junior Engineer", min_years=6)
    assert years.disagreement == "titled Junior, asks 6 years where 0 to 2 are usual, which is usual for Senior"
    senior = [item.skill_ids[0] for item in matcher.taxonomy.data.levels["senior"].requires]
    asked = read(ladder, "posting", shown(matcher, *senior, strength="required"), title="Junior Engineer")
    assert asked.by_requirements == "senior"
    assert asked.disagreement == "titled Junior, asks for much of what Senior requires"
    assert read(ladder, "posting", title="Senior Engineer", min_years=5).disagreement is None
    low = read(ladder, title="Senior Engineer", years=24 / 12)
    assert low.disagreement == "titled Senior, shows 2 years where 5 or more are usual"


def test_each_requirement_that_is_met_has_its_place(ladder: Ladder, matcher: Matcher) -> None:
    reading = read(ladder, skills=shown(matcher, "pytorch", "git"), years=12 / 12)
    met = {item.skill_ids: item for item in dict(reading.shown)["junior"]}
    assert met["version-control",].shown_by == "git"
    assert all(item.evidence == (PLACE,) for item in met.values())
    for level_id, share in reading.coverage:
        requires = matcher.taxonomy.data.levels[level_id].requires
        got, lost = dict(reading.shown)[level_id], dict(reading.missing)[level_id]
        assert len(got) + len(lost) == len(requires)
        assert share == round(len(got) / len(requires), 4)


@given(st.data())
@limits(max_examples=60, deadline=None)
def test_more_skills_never_lower_a_level_or_its_coverage(matcher: Matcher, data: st.DataObject) -> None:
    ladder, levels = matcher.scorer.ladder, matcher.taxonomy.data.levels
    pool = sorted({skill_id for level in levels.values() for item in level.requires for skill_id in item.skill_ids})
    ids = data.draw(st.lists(st.sampled_from(pool), max_size=40, unique=True))
    more = data.draw(st.lists(st.sampled_from(pool), max_size=40, unique=True))
    months = data.draw(st.integers(0, 240))
    before = read(ladder, skills=shown(matcher, *ids), years=months / 12)
    after = read(ladder, skills=shown(matcher, *dict.fromkeys([*ids, *more])), years=months / 12)
    assert all(dict(after.coverage)[level] >= share for level, share in before.coverage)
    assert before.inferred is not None
    assert after.inferred is not None
    assert ladder.seniority(after.inferred) >= ladder.seniority(before.inferred)
