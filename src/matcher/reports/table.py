"""CSV with columns that stay: the requirements of one match, the skills of one profile.

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


def _evidence(evidence: Sequence[Evidence]) -> tuple[Cell, Cell, Cell]:
    """The first place: its words and offsets."""
    return (evidence[0].text, evidence[0].start, evidence[0].end) if evidence else (None, None, None)
