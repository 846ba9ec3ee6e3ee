from __future__ import annotations

import tracemalloc
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher import Matcher, SettingsError
from matcher.model import (
    CertificationMention,
    Degree,
    Document,
    Evidence,
    LevelReading,
    Notice,
    Profile,
    ProfileSkill,
    Requirement,
)
from matcher.ranking import Rows, cuts, features, rank
from matcher.ranking.bounds import Bounds
from matcher.ranking.search import order, points
from matcher.taxonomy.schema import Taxonomy

from .conftest import DAY

_PLACE = Evidence(0, 1, "x")
_MATCHER = Matcher(as_of=DAY)
_TAXONOMY: Taxonomy = _MATCHER.scorer.taxonomy


def _pool() -> list[str]:
    """Skills that are kin to each other, so that every way of standing for another occurs."""
    chosen: dict[str, None] = {}
    for start in ("pytorch", "kubernetes", "python", "aws"):
        skill = _TAXONOMY.skills[start]
        for skill_id in (start, *skill.broader, *skill.related):
            chosen[skill_id] = None
    return [skill_id for skill_id in chosen if skill_id in _TAXONOMY.skills]


_skill_ids = st.sampled_from(_pool())
_levels = st.sampled_from([None, *_TAXONOMY.levels])
_months = st.none() | st.integers(0, 180)
_status = st.sampled_from(["used", "listed", "learning", "negated"])
_reading = st.builds(lambda level: LevelReading(level, None, "", (), ()), _levels)
_certification_ids = st.sampled_from(sorted(_TAXONOMY.certifications)[:3])
_degree_ids = st.sampled_from(sorted(_TAXONOMY.degrees))


def _document(kind: Any, name: str, notices: tuple[Notice, ...] = ()) -> Document:
    return Document(name, name, kind, "x", (), notices)


def _skill(skill_id: str, status: Any, months: int | None, used: str | None, undated: Any, sure: float) -> ProfileSkill:
    skill = _TAXONOMY.skills[skill_id]
    return ProfileSkill(
        skill_id, skill.name, skill.kind, sure, (_PLACE,), status, months=months, last_used=used, undated=undated
    )


_resume_skill = st.builds(
    _skill,
    _skill_ids,
    _status,
    _months,
    st.none() | st.sampled_from(["2026-11", "2021-03", "2012-07"]),
    st.none() | _status,
    st.sampled_from([0.7, 1.0]),
)
_resume = st.builds(
    lambda skills, months, degrees, certifications, level, legible: Profile(
        _document("resume", "", () if legible else (Notice("no-text-pages", ""), Notice("ocr", ""))),
        tuple({skill.id: skill for skill in skills}.values()),
        (), (), (), months, None,
        tuple(Degree(degree, None, _PLACE) for degree in degrees),
        tuple(CertificationMention(item, item, _PLACE, "used") for item in certifications),
        level, as_of=DAY.isoformat(),
    ),
    st.lists(_resume_skill, max_size=12),
    _months,
    st.lists(_degree_ids, max_size=2),
    st.lists(_certification_ids, max_size=2),
    _reading,
    st.sampled_from([True, True, True, False]),
)  # fmt: skip
_strength = st.sampled_from(["required", "preferred"])
_requirement = st.builds(
    lambda ids, any_of, strength, years: Requirement(tuple(ids), any_of and len(ids) > 1, strength, years, (_PLACE,)),
    st.lists(_skill_ids, min_size=1, max_size=3, unique=True),
    st.booleans(),
    _strength,
    st.none() | st.sampled_from([1.0, 3.0, 5.0]),
)
_posting = st.builds(
    lambda requirements, years, degrees, certifications, level, asked: Profile(
        _document("posting", "p"), (), tuple(requirements), (), (), None, years,
        tuple(Degree(degree, None, _PLACE, strength=strength, or_experience=instead)
              for degree, strength, instead in degrees),
        tuple(CertificationMention(item, item, _PLACE, strength="required") for item in certifications),
        level, recognised=3, asked=asked, as_of=DAY.isoformat(),
    ),
    st.lists(_requirement, max_size=8),
    st.none() | st.sampled_from([2.0, 5.0]),
    st.lists(st.tuples(_degree_ids, _strength, st.booleans()), max_size=2),
    st.lists(_certification_ids, max_size=2),
    _reading,
    st.sampled_from([3, 3, 3, 40]),
)  # fmt: skip
_few = settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)


def _named(resumes: list[Profile]) -> list[Profile]:
    return [
        replace(item, document=replace(item.document, source=f"r{number:02}", sha256=f"r{number:02}"))
        for number, item in enumerate(resumes)
    ]


@_few
@given(
    st.lists(_resume, max_size=12),
    st.lists(_posting, max_size=3),
    st.none() | st.integers(1, 6),
    st.none() | st.sampled_from([0.0, 1.1, 30.0, 57.3]),
    st.randoms(use_true_random=False),
)
def test_the_cut_gives_the_order_of_scoring_every_pair(
    resumes: list[Profile], postings: list[Profile], top: int | None, least: float | None, shuffle: Any
) -> None:
    resumes = _named(resumes)
    wanted = []
    for posting in postings:
        every = sorted((_MATCHER.scorer.score(resume, posting) for resume in resumes), key=order)
        fitting = [item for item in every if least is None or (item.score is not None and item.score >= least)]
        wanted.extend(fitting[:top])
    shuffle.shuffle(resumes)
    assert list(rank(_MATCHER.scorer, resumes, postings, top, least)) == wanted


@_few
@given(st.lists(_resume, min_size=1, max_size=8), st.lists(_posting, min_size=1, max_size=3))
def test_no_score_is_above_its_bound(resumes: list[Profile], postings: list[Profile]) -> None:
    rows = Rows(_TAXONOMY, _MATCHER.scorer.weights, DAY.isoformat())
    for resume in resumes:
        rows.add(features(resume))
    bounds = Bounds(_MATCHER.scorer, postings, rows).whole()
    for row, resume in enumerate(resumes):
        for column, posting in enumerate(postings):
            exact = points(_MATCHER.scorer.score(resume, posting))
            assert exact is None or exact <= bounds[column, row]


def test_most_pairs_are_not_scored() -> None:
    """The bound is tight enough to be worth its while."""
    ids = _pool()
    resumes = []
    for number in range(300):
        skills = tuple(_skill(ids[(number * 7 + place) % len(ids)], "used", 12, None, None, 1.0) for place in range(4))
        blank = Profile(_document("resume", f"r{number:03}"), (), (), (), (), number, None, (), (),
                        LevelReading(None, None, "", (), ()), as_of=DAY.isoformat())  # fmt: skip
        resumes.append(replace(blank, skills=tuple({skill.id: skill for skill in skills}.values())))
    asked = tuple(Requirement((skill_id,), False, "required", None, (_PLACE,)) for skill_id in ids[:6])
    posting = Profile(_document("posting", "p"), (), asked, (), (), None, 10.0, (), (),
                      LevelReading(None, None, "", (), ()), recognised=6, asked=6, as_of=DAY.isoformat())  # fmt: skip
    scored = []

    def score(left: Profile, right: Profile) -> Any:
        scored.append(left)
        return _MATCHER.scorer.score(left, right)

    found = list(rank(_MATCHER.scorer, resumes, [posting], 5, None, score))
    assert len(found) == 5
    assert 5 <= len(scored) < 60


def _resumes(count: int) -> list[Profile]:
    ids = _pool()
    blank = Profile(_document("resume", ""), (), (), (), (), None, None, (), (),
                    LevelReading(None, None, "", (), ()), as_of=DAY.isoformat())  # fmt: skip
    return _named(
        [
            replace(blank, skills=(_skill(ids[number % len(ids)], "used", 12, None, None, 1.0),))
            for number in range(count)
        ]
    )


def _postings(count: int) -> list[Profile]:
    ids = _pool()
    return [
        Profile(_document("posting", f"p{number}"), (),
                tuple(Requirement((ids[(number + place) % len(ids)],), False, "required", None, (_PLACE,))
                      for place in range(4)),
                (), (), None, None, (), (), LevelReading(None, None, "", (), ()),
                recognised=4, asked=4, as_of=DAY.isoformat())
        for number in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize(("pairs", "postings"), [(1, 256), (20, 256), (10**6, 2)])
def test_the_size_of_the_groups_does_not_matter(monkeypatch: pytest.MonkeyPatch, pairs: int, postings: int) -> None:
    resumes, asked = _resumes(8), _postings(5)
    whole = list(rank(_MATCHER.scorer, resumes, asked, 3))
    assert len(whole) == 15
    monkeypatch.setattr("matcher.ranking.cut._PAIRS_AT_ONCE", pairs)
    monkeypatch.setattr("matcher.ranking.cut._POSTINGS_AT_ONCE", postings)
    assert list(rank(_MATCHER.scorer, resumes, asked, 3)) == whole


def test_rows_cannot_be_added_once_they_were_asked_for() -> None:
    """A row that the arrays do not have would be left out without a word."""
    rows = Rows(_TAXONOMY, _MATCHER.scorer.weights, DAY.isoformat())
    (resume,) = _resumes(1)
    rows.add(features(resume))
    Bounds(_MATCHER.scorer, _postings(1), rows).whole()
    with pytest.raises(BufferError):
        rows.add(features(resume))


def test_memory_stays_bounded() -> None:
    """Two bytes a pair, of some pairs at once."""
    rows = Rows(_TAXONOMY, _MATCHER.scorer.weights, DAY.isoformat())
    (resume,) = _resumes(1)
    for _ in range(20_000):
        rows.add(features(resume))
    _MATCHER.scorer.kinship.prepare()
    tracemalloc.start()
    try:
        seen = sum(len(group) for group in cuts(_MATCHER.scorer, rows, _postings(600), 20, float("-inf")))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert seen == 600
    assert most < 40 * 2**20


def test_no_fewer_than_one_can_be_wanted():
    with pytest.raises(SettingsError, match="top must be at least 1"):
        _MATCHER.rank([], [], top=0)
