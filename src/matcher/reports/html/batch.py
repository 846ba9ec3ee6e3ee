"""Many matches as a page: for each posting a ranking, a heat map, and the explanation of every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.model import Contribution, Failure, MatchResult, Profile
from matcher.reports import figures
from matcher.reports.figures import Part, State
from matcher.reports.html.page import page, resource
from matcher.reports.html.result import Gap, Row, missing_rows, requirement_rows
from matcher.taxonomy.schema import Taxonomy

# The signs fill up as the credit does; the last one is for full credit alone.
_HEAT_SIGNS = ("○", "◔", "◑", "◕", "●")
_LABEL = 30
# An overview of more postings or resumes than these is not looked over any more.
_POSTINGS = 20
_RESUMES = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A requirement in the heat map; ``heat`` from 0 to 4."""

    label: str
    heat: int
    sign: str
    credit: float
    reason: str


@dataclass(frozen=True, slots=True)
class Column:
    """A requirement at the head of the heat map."""

    short: str
    label: str
    strength: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A candidate for a posting."""

    key: str
    rank: int | None
    result: MatchResult
    level: str
    seniority: int
    counts: dict[State, int]
    summary: list[str]
    parts: tuple[Part, ...]
    gaps: list[Gap]
    rows: list[Row]
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Scored:
    """A score in the overview; ``heat`` from 0 to 4. None where there is no score, or the pair is not in the batch."""

    score: float | None
    heat: int


@dataclass(frozen=True, slots=True)
class Across:
    """A resume in the overview, with a cell for each posting."""

    name: str
    cells: list[Scored]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates for one posting, the best first."""

    key: str
    posting: Profile
    level: str
    entries: list[Entry]
    columns: list[Column]


def render_batch(
    rows: Sequence[MatchResult],
    taxonomy: Taxonomy,
    *,
    title: str = "Ranking",
    failures: Sequence[Failure] = (),
) -> str:
    """A ranking for each posting as one self-contained HTML page.

    It can be read whole without a script; a small one of its own adds sorting and filtering.

    Args:
        rows: results in any order; they are grouped by posting and ranked by score.
        taxonomy: the one the results were made with.
        title: the page's heading.
        failures: files that could not be used.
    """
    rankings = [_ranking(f"g{index}", group, taxonomy) for index, group in enumerate(figures.by_posting(rows), start=1)]
    return page(
        "batch.html.j2",
        style=resource("batch.css"),
        script="batch.js",
        title=title,
        rankings=rankings,
        candidates=len({(row.resume.document.source, row.resume.document.sha256) for row in rows}),
        overview=_overview(rankings),
        failures=failures,
        first=rows[0] if rows else None,
    )


def _overview(rankings: Sequence[Ranking]) -> list[Across]:
    """Every resume against every posting, the highest score of all first; nothing where one ranking says it all."""
    scores: dict[tuple[str, str], dict[str, float | None]] = {}
    for ranking in rankings:
        for entry in ranking.entries:
            document = entry.result.resume.document
            scores.setdefault((document.source, document.sha256), {})[ranking.key] = entry.result.score
    if not (1 < len(rankings) <= _POSTINGS and 1 < len(scores) <= _RESUMES):
        return []
    ordered = sorted(scores.items(), key=lambda item: (-max(score or 0.0 for score in item[1].values()), item[0]))
    return [
        Across(figures.file_name(source), [_scored(found.get(ranking.key)) for ranking in rankings])
        for (source, _), found in ordered
    ]


def _scored(score: float | None) -> Scored:
    return Scored(score, 0 if score is None else min(4, int(score / 20)))


def _ranking(key: str, group: Sequence[figures.Ranked], taxonomy: Taxonomy) -> Ranking:
    posting = group[0].result.posting
    return Ranking(
        key,
        posting,
        figures.at_level(posting.level.inferred, taxonomy),
        [_entry(f"{key}-{index}", item, taxonomy) for index, item in enumerate(group, start=1)],
        # What a posting asks does not depend on who answers, so any result of the group names the columns.
        [_column(item) for item in figures.in_order(group[0].result.contributions)],
    )


def _entry(key: str, ranked: figures.Ranked, taxonomy: Taxonomy) -> Entry:
    result = ranked.result
    rows = requirement_rows(result, None, None)
    level = result.resume.level.inferred
    return Entry(
        key,
        ranked.rank,
        result,
        figures.level_name(level, taxonomy),
        -1 if level is None else list(taxonomy.levels).index(level),
        figures.counts(result.contributions),
        figures.summary(result, taxonomy),
        figures.parts(result),
        missing_rows(result, rows, None, figures.cited(item.sources for item in result.missing)),
        rows,
        [_cell(row.item) for row in rows],
    )


def _cell(item: Contribution) -> Cell:
    # Nothing and everything have a sign of their own; the three between share what lies between.
    heat = 0 if item.points <= 0 else 4 if item.credit >= 1 else 1 + min(2, int(item.credit * 3))
    return Cell(item.label, heat, _HEAT_SIGNS[heat], item.credit, item.reason)


def _column(item: Contribution) -> Column:
    label = item.label
    return Column(label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…", label, item.strength)
