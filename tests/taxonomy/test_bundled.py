"""The bundled taxonomy keeps what it promises."""

from __future__ import annotations

import pytest

from matcher.taxonomy.lookup import TaxonomyView
from matcher.taxonomy_check import CheckReport, check_taxonomy


@pytest.fixture(scope="module")
def report() -> CheckReport:
    return check_taxonomy()


def test_the_check_finds_nothing_to_mend(report: CheckReport) -> None:
    assert report.errors == ()


def test_it_is_broad(report: CheckReport) -> None:
    assert report.skills >= 900
    assert report.names >= 3000
    assert report.sentences >= 2000


def test_all_five_guides_are_accounted_for(bundled: TaxonomyView) -> None:
    rows = bundled.data.coverage

    assert {row.guide for row in rows} == set(bundled.data.sources)
    assert len(bundled.data.sources) == 5
    assert min(sum(row.guide == guide for row in rows) for guide in bundled.data.sources) >= 40


def test_every_row_of_the_coverage_table_leads_where_it_says(bundled: TaxonomyView) -> None:
    lost = [
        (row.guide, row.says, row.at)
        for row in bundled.data.coverage
        if row.at not in {f"{place.part}/{place.id}" for place in bundled.places(row.says)}
    ]

    assert len(bundled.data.coverage) > 500
    assert lost == []


def test_find_gives_the_skill_of_a_guides_own_wording(bundled: TaxonomyView) -> None:
    """Where a guide's words were taken up by several entries, the one that is called so comes first."""
    rows: dict[str, set[str]] = {}
    for row in bundled.data.coverage:
        rows.setdefault(row.says, set()).add(row.at)
    sought = {says: places for says, places in rows.items() if any(at.startswith("skills/") for at in places)}
    wrong = []
    for says, places in sought.items():
        skill = bundled.find(says)
        if skill is None or f"skills/{skill.id}" not in places:
            wrong.append((says, places, skill and skill.id))

    assert len(sought) > 250
    assert wrong == []


def test_a_taken_up_skill_cites_the_guide(bundled: TaxonomyView) -> None:
    """What a guide names is cited by the skill, by a level or by the guidance that took it up."""
    data = bundled.data
    silent = []
    for row in data.coverage:
        part, _, entry_id = row.at.partition("/")
        if part in {"skills", "levels", "certifications", "tracks"}:
            entry = getattr(data, part)[entry_id]
            if row.guide not in entry.sources:
                silent.append((row.guide, row.says, row.at))

    assert silent == []
