"""Tables with ruling lines: which cells they make, and which words stand in which. Pure functions.

The lines say what belongs together, so nothing has to be guessed from gaps: a cell's text is read to its end, however
many lines it has, and is never mixed with that of the cell beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from matcher.reading.columns import Row
from matcher.reading.draft import BBox
from matcher.reading.glyphs import Area
from matcher.reading.sidebyside import Out
from matcher.reading.words import Chunk, Word, chunk_from, chunks_of, is_marked, rows_of

_THICK = 3.0  # points; what is thicker is no line
_SHORT = 6.0
_TOLERANCE = 3.0
_MAX_LINES = 600
_MAX_CROSSINGS = 2_500
_WRAPPED = 4  # lines that a short text in a cell has at most
_NOTE = 40  # letters of a date that stands beside a text of several lines
_YEAR = re.compile(r"\d\d")


class Ruled(NamedTuple):
    """A table: its rows of cells, from the top and from left to right."""

    rows: tuple[tuple[BBox, ...], ...]


@dataclass(slots=True)
class RuledRow(Chunk):
    """A table's row among the rows of a page: as wide as its cells, with the text of each as rows of its own."""

    cells: list[list[Row]] = field(default_factory=list)
    boxes: list[BBox] = field(default_factory=list)


def ruled_tables(areas: Iterable[Area]) -> list[Ruled]:
    """The tables that the lines of a page make; a table has a row of at least two cells."""
    across: list[dict[str, object]] = []
    down: list[dict[str, object]] = []
    for area in areas:
        wide, high = area.x1 - area.x0, area.bottom - area.top
        if area.kind not in ("line", "fill") or min(wide, high) > _THICK or max(wide, high) < _SHORT:
            continue
        if wide >= high:
            middle = (area.top + area.bottom) / 2
            across.append(_edge("h", area.x0, middle, area.x1, middle))
        else:
            middle = (area.x0 + area.x1) / 2
            down.append(_edge("v", middle, area.top, middle, area.bottom))
    if len(across) < 2 or len(down) < 3 or len(across) + len(down) > _MAX_LINES:
        return []
    # Here, because loading the library takes a while, and few pages have a table.
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = merge_edges(across + down, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    crossings = edges_to_intersections(edges, _TOLERANCE, _TOLERANCE)
    if len(crossings) > _MAX_CROSSINGS:
        return []
    tables: list[Ruled] = []
    for cells in cells_to_tables(intersections_to_cells(crossings)):
        ordered = sorted(cells, key=lambda cell: (cell[1], cell[0]))
        rows = tuple(tuple(row) for _, row in groupby(ordered, key=lambda cell: cell[1]))
        if any(len(row) > 1 for row in rows):
            tables.append(Ruled(rows))
    return tables


def _edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, object]:
    place = {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return {"orientation": orientation, **place}


def taken_out(words: Sequence[Word], tables: Sequence[Ruled]) -> tuple[list[Word], list[RuledRow]]:
    """The words that are in no table, and the rows of those tables that have text side by side."""
    rest = list(words)
    found: list[RuledRow] = []
    for table in tables:
        held: dict[BBox, list[Word]] = {}
        outside: list[Word] = []
        boxes = [box for row in table.rows for box in row]
        for word in rest:
            x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
            box = next((box for box in boxes if box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)
            (outside if box is None else held.setdefault(box, [])).append(word)
        rows = [[box for box in row if box in held] for row in table.rows]
        if not any(len(row) > 1 for row in rows):
            continue
        rest = outside
        found += [_ruled_row(row, [held[box] for box in row]) for row in rows if row]
    return rest, found


def _ruled_row(boxes: list[BBox], texts: list[list[Word]]) -> RuledRow:
    cells = [[chunks_of(row) for row in rows_of(text) if row] for text in texts]
    words = [word for cell in cells for row in cell for chunk in row for word in chunk.words]
    whole = chunk_from(words)
    return RuledRow(
        words,
        min(word.x0 for word in words),
        whole.top,
        max(word.x1 for word in words),
        whole.bottom,
        min(word.baseline for word in words),
        whole.size,
        whole.first,
        whole.last,
        cells,
        boxes,
    )


def flat(row: RuledRow, column: int) -> list[Out]:
    """A row whose cells are short texts, as one line or as pairs of lines; nothing where cells are read one by one."""
    if len(row.cells) < 2:
        return []
    joined = [_unwrapped(cell, box) for cell, box in zip(row.cells, row.boxes, strict=True)]
    if all(len(cell) == 1 for cell in joined):
        return [Out([chunk for cell in joined for chunk in cell[0]], column, table=True)]
    longest = max(len(cell) for cell in joined)
    if longest <= _WRAPPED - 1 and all(len(cell) == longest for cell in joined):
        return [Out([chunk for cell in joined for chunk in cell[place]], column) for place in range(longest)]
    return []


def with_notes(cells: Sequence[list[Row]]) -> list[list[Row]]:
    """Cells to be read one by one; a date in a cell of its own comes to the first line of the text beside it."""
    merged: list[list[Row]] = []
    waiting: Row = []
    for cell in cells:
        if _is_note(cell) and not waiting:
            if merged:
                merged[-1] = [merged[-1][0] + cell[0], *merged[-1][1:]]
            else:
                waiting = cell[0]
            continue
        merged.append([waiting + cell[0], *cell[1:]] if waiting else cell)
        waiting = []
    return merged + ([[waiting]] if waiting else [])


def beside(rows: Sequence[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """The rows that have tables among them, without and with what stands at the left and at the right of a table."""
    bands: list[BBox] = []
    for row in rows:
        for chunk in row:
            if isinstance(chunk, RuledRow):
                corners = list(zip(*chunk.boxes, strict=True))
                bands.append((min(corners[0]), min(corners[1]), max(corners[2]), max(corners[3])))
    middle: list[Row] = []
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        parts: tuple[Row, Row, Row] = ([], [], [])
        for chunk in row:
            level = (chunk.top + chunk.bottom) / 2
            level_with = [band for band in bands if band[1] <= level <= band[3]]
            if isinstance(chunk, RuledRow) or not level_with:
                parts[0].append(chunk)
            elif chunk.x0 >= max(band[2] for band in level_with):
                parts[2].append(chunk)
            elif chunk.x1 <= min(band[0] for band in level_with):
                parts[1].append(chunk)
            else:
                parts[0].append(chunk)
        for part, target in zip(parts, (middle, left, right), strict=True):
            if part:
                target.append(part)
    return left, middle, right


def _is_note(cell: list[Row]) -> bool:
    text = " ".join(chunk.text for chunk in cell[0])
    return len(cell) == 1 and len(text) <= _NOTE and _YEAR.search(text) is not None


def _unwrapped(cell: list[Row], box: BBox) -> list[Row]:
    """The lines of a cell with those put together that only the width of the cell divides."""
    if not 1 < len(cell) <= _WRAPPED or any(len(row) > 1 or is_marked(row[0]) for row in cell):
        return cell
    left = min(row[0].x0 for row in cell)
    limit = box[2] - min(left - box[0], 12.0)
    whole = cell[0][0]
    joined: list[Row] = []
    for prior, row in pairwise(cell):
        above, here = prior[0], row[0]
        first = here.words[0]
        full = above.x1 + 0.2 * above.size + first.x1 - first.x0 > limit
        range_goes_on = above.text[-1] in "-–—" and above.text[-2:-1].isspace()
        alike = first.style.bold == above.words[-1].style.bold and abs(above.size - here.size) <= 0.5
        if alike and (full or range_goes_on):
            whole = chunk_from(whole.words + here.words)
        else:
            joined.append([whole])
            whole = here
    return [*joined, [whole]]
