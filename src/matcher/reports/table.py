"""CSV with columns that stay: a ranking, the requirements of one match, the skills of one profile.

New columns are added at the end only. A cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from matcher.model import Evidence, MatchResult, Profile
from matcher.reports import figures
from matcher.reports.safe import visible

Cell = str | int | float | None

RANKING_COLUMNS = (
    "posting", "rank", "resume", "score", "abstained", "resume_level", "posting_level", "asked", "shown",
    "shown_in_part", "not_shown", "understood", "missing", "resume_notices", "resume_sha256", "posting_sha256",
    "as_of", "taxonomy_version", "taxonomy_sha256", "settings_sha256", "score_low", "score_high",
)  # fmt: skip
REQUIREMENT_COLUMNS = (
    "number", "kind", "label", "ids", "any_of", "strength", "state", "points", "max_points", "credit", "matched",
    "path", "reason", "asked", "asked_start", "asked_end", "evidence", "evidence_start", "evidence_end",
)  # fmt: skip
SKILL_COLUMNS = (
    "id", "name", "kind", "status", "strength", "proficiency", "months", "last_used", "confidence", "mentions",
    "evidence", "start", "end", "section", "page",
)  # fmt: skip

# What spreadsheets take for the beginning of a formula, the full-width forms of East Asian keyboards included.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def ranking_csv(results: Iterable[MatchResult]) -> str:
    """One row a pair of resume and posting, the best first for each posting."""
    return to_csv(RANKING_COLUMNS, (_ranking_row(item) for group in figures.by_posting(results) for item in group))


def requirements_csv(result: MatchResult) -> str:
    """One row a thing that the posting asks, in the order of the other reports."""
    return to_csv(
        REQUIREMENT_COLUMNS,
        (
            (
                number, item.kind, item.label, ";".join(item.ids), "yes" if item.any_of else "no", item.strength,
                figures.state(item), item.points / 100, item.max_points / 100, round(item.credit, 6), item.matched,
                item.path, item.reason, *_evidence(item.asked), *_evidence(item.evidence),
            )
            for number, item in enumerate(figures.in_order(result.contributions), start=1)
        ),
    )  # fmt: skip


def skills_csv(profile: Profile) -> str:
    """One row a skill of a document."""
    return to_csv(
        SKILL_COLUMNS,
        (
            (
                item.id, item.name, item.kind, item.status, item.strength, item.proficiency, item.months,
                item.last_used, item.confidence, len(item.evidence), *_evidence(item.evidence),
                item.evidence[0].section, item.evidence[0].page,
            )
            for item in profile.skills
        ),
    )  # fmt: skip


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as CSV with a line of column names; text that looks like a formula is defused, numbers stay numbers."""
    page = StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in row])
    return page.getvalue()


def defused(text: str) -> str:
    """``text`` visible, and with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{visible(text)}" if text.startswith(_FORMULA) else visible(text)


def _ranking_row(item: figures.Ranked) -> tuple[Cell, ...]:
    result = item.result
    found = figures.counts(result.contributions)
    low, high = result.interval or (None, None)
    return (
        result.posting.document.source, item.rank, result.resume.document.source, result.score, result.abstained,
        result.resume.level.inferred, result.posting.level.inferred, len(result.contributions), found["met"],
        found["partial"], found["missing"], round(result.understood, 4),
        "; ".join(gap.label for gap in result.missing),
        ";".join(notice.code for notice in result.resume.document.notices),
        result.resume.document.sha256, result.posting.document.sha256, result.as_of, result.taxonomy_version,
        result.taxonomy_digest, result.settings_hash, low, high,
    )  # fmt: skip


def _evidence(evidence: Sequence[Evidence]) -> tuple[Cell, Cell, Cell]:
    """The first place: its words and offsets."""
    return (evidence[0].text, evidence[0].start, evidence[0].end) if evidence else (None, None, None)
