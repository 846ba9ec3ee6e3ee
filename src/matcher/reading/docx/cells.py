"""The cells of a table's row as lines, the way a person reads them."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.reading.draft import BREAK, Draft


def row_drafts(cells: Sequence[list[Draft]]) -> list[Draft]:
    """A row's cells as lines: one line where each holds one, side by side where they match, else cell after cell."""
    if not cells:
        return []
    if len(cells) == 1:
        return cells[0]
    longest = max(len(cell) for cell in cells)
    if longest == 1:
        return [_joined([cell[0] for cell in cells], "\t", table=True)]
    if longest <= 3 and all(len(cell) == longest for cell in cells):
        return [_joined([cell[place] for cell in cells], "  ") for place in range(longest)]
    drafts: list[Draft] = []
    first = 0
    for column, cell in enumerate(cells):
        if len(cell) == 1 and drafts and len(cell[0].text) <= 40 and any(char.isdigit() for char in cell[0].text):
            drafts[first] = _joined([drafts[first], cell[0]], "  ")  # a date beside a text of several lines
            continue
        first = len(drafts)
        for draft in cell:
            draft.column = max(draft.column, column)
        drafts += [*cell, BREAK]
    return drafts


def _joined(drafts: Sequence[Draft], gap: str, table: bool = False) -> Draft:
    return Draft(
        gap.join(draft.text for draft in drafts),
        column=drafts[0].column,
        font_size=drafts[0].font_size,
        bold=all(draft.bold for draft in drafts),
        heading=all(draft.heading for draft in drafts),
        table_row=table,
        links=tuple(link for draft in drafts for link in draft.links),
    )
