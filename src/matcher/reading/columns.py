"""Where a page has text columns and where it only has things standing side by side. Pure functions.

The hard question is what a strip of white between two texts means. In a two-column page each side is read to its
end; a date flush right, a label in a rail or a table cell is read together with what stands beside it. Geometry and
the order in which the page is painted answer it together: programs paint a column in one go, and paint a date or a
cell next to its line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.reading.words import Chunk

Row = list[Chunk]

_EDGE = 2.0  # points by which left edges of one column may differ
_INDENT = 26.0
_GUTTER = 3.0


@dataclass(frozen=True, slots=True)
class Split:
    """Rows ``start`` to ``end`` (exclusive) have two columns, the right one beginning at ``x``."""

    start: int
    end: int
    x: float


def find_split(rows: Sequence[Row]) -> Split | None:
    """The most extensive pair of columns among the rows, if there is any."""
    best: Split | None = None
    best_score = 0.0
    for x in _edges(rows):
        for start, end in _runs(rows, x):
            split = _trimmed(rows, start, end, x)
            if split is None:
                continue
            score = _score(rows, split)
            if score > best_score and _reads_as_columns(rows, split):
                best, best_score = split, score
    return best


def split_at(rows: Sequence[Row], x: float) -> Split | None:
    """The columns of the page before, where this page keeps to them with less text than would show columns."""
    right = [chunk for row in rows for chunk in row if chunk.x0 >= x - _EDGE]
    left = [chunk for row in rows for chunk in row if chunk.x0 < x - _EDGE]
    at_edge = sum(1 for chunk in right if chunk.x0 <= x + _INDENT)
    if not left or at_edge < 0.7 * len(right) or not right or any(chunk.x1 > x - _GUTTER for chunk in left):
        return None
    return Split(0, len(rows), x)


def sides(rows: Sequence[Row], split: Split) -> tuple[list[Row], list[Row]]:
    """The rows of the left and of the right column."""
    left = [[chunk for chunk in row if chunk.x0 < split.x - _EDGE] for row in rows[split.start : split.end]]
    right = [[chunk for chunk in row if chunk.x0 >= split.x - _EDGE] for row in rows[split.start : split.end]]
    return [row for row in left if row], [row for row in right if row]


def _edges(rows: Sequence[Row]) -> list[float]:
    """Left edges that chunks share, other than the leftmost; of a column's three or more lines some are indented."""
    starts = sorted(chunk.x0 for row in rows for chunk in row)
    if not starts:
        return []
    edges: list[float] = []
    at = 0
    while at < len(starts):
        end = at + 1
        while end < len(starts) and starts[end] - starts[at] <= _EDGE:
            end += 1
        indented = bisect_right(starts, starts[at] + _INDENT) - at
        if end - at >= 2 and indented >= 3 and starts[at] > starts[0] + 30:
            edges.append(starts[at])
        at = end
    return edges


def _runs(rows: Sequence[Row], x: float) -> list[tuple[int, int]]:
    """Stretches of rows in which no chunk crosses the strip left of ``x``."""
    runs: list[tuple[int, int]] = []
    start = 0
    for index, row in enumerate(rows):
        if any(chunk.x0 < x - _EDGE and chunk.x1 > x - _GUTTER for chunk in row):
            if index - start >= 3:
                runs.append((start, index))
            start = index + 1
    if len(rows) - start >= 3:
        runs.append((start, len(rows)))
    return runs


def _trimmed(rows: Sequence[Row], start: int, end: int, x: float) -> Split | None:
    """The part of a run in which the right column really stands, with the rest of the left one where it goes on."""
    at_edge = [
        index for index in range(start, end) if any(x - _EDGE <= chunk.x0 <= x + _INDENT for chunk in rows[index])
    ]
    if len(at_edge) < 3:
        return None
    first, last = at_edge[0], at_edge[-1] + 1
    return Split(first, _with_tail(rows, Split(first, last, x), end), x)


def _with_tail(rows: Sequence[Row], split: Split, end: int) -> int:
    """How far the left column goes on below the end of the right one; what follows is a new part of the page."""
    left, right = sides(rows, split)
    last = split.end
    tail_end = last
    while tail_end < end and all(chunk.x0 < split.x - _EDGE for chunk in rows[tail_end]):
        tail_end += 1
    if not left or tail_end == last:
        return last
    newest = max(chunk.first for row in right for chunk in row)
    if _switches(left, right) <= 2:
        # What is painted before the right column, or follows on a left one painted after it, is more of the left one.
        if min(chunk.first for row in left for chunk in row) > newest:
            return tail_end
        while last < tail_end and rows[last][0].last < newest:
            last += 1
        return last
    # Painted row by row, the order tells nothing: a side bar may end early, and a block of columns has a next heading.
    if tail_end == len(rows):
        return tail_end
    prior = left[-1][0]
    while last < tail_end and rows[last][0].baseline - prior.baseline <= 1.6 * prior.size:
        prior = rows[last][0]
        last += 1
    return last


def _score(rows: Sequence[Row], split: Split) -> float:
    left, right = sides(rows, split)
    if len(left) < 3 or len(right) < 3:
        return 0.0
    return min(_height(left), _height(right)) + 0.01 * min(len(left), len(right))


def _height(rows: Sequence[Row]) -> float:
    return max(chunk.bottom for row in rows for chunk in row) - min(chunk.top for row in rows for chunk in row)


def _reads_as_columns(rows: Sequence[Row], split: Split) -> bool:
    left, right = sides(rows, split)
    both = len(left) + len(right) - (split.end - split.start)
    fewer = min(len(left), len(right))
    aligned = both / fewer
    switches = _switches(left, right)
    if _is_rail(left, right) or _is_rail(right, left):
        return False
    if switches <= 2:
        return True
    if aligned < 0.5:
        return True
    if switches <= 0.25 * (2 * fewer - 1):
        return True
    if fewer >= 5 and _has_own_headings(rows[split.start : split.end], split.x):
        return True
    # Side by side in painting as well as on the page: columns only where both are running text.
    at_edge = sum(1 for row in right if abs(row[0].x0 - split.x) <= _EDGE)
    return fewer >= 8 and at_edge >= 0.7 * len(right) and _is_prose(left) and _is_prose(right)


def _switches(left: Sequence[Row], right: Sequence[Row]) -> int:
    marked = sorted(
        [(chunk.first, 0) for row in left for chunk in row] + [(chunk.first, 1) for row in right for chunk in row]
    )
    return sum(1 for one, two in pairwise(marked) if one[1] != two[1])


def _is_prose(rows: Sequence[Row]) -> bool:
    words = sum(len(chunk.words) for row in rows for chunk in row)
    return words >= 3.5 * len(rows) and all(len(row) == 1 for row in rows)


def _has_own_headings(rows: Sequence[Row], x: float) -> bool:
    """Whether each side has bold lines level with plain ones of the other, as the cells of a table have not."""
    pairs = [
        ([chunk for chunk in row if chunk.x0 < x - _EDGE], [chunk for chunk in row if chunk.x0 >= x - _EDGE])
        for row in rows
    ]
    bold = [(one[0].words[0].style.bold, two[0].words[0].style.bold) for one, two in pairs if one and two]
    return (True, False) in bold and (False, True) in bold


def _is_rail(rail: Sequence[Row], body: Sequence[Row]) -> bool:
    """Whether one side is only short notes (dates, labels), each level with the line it belongs to."""
    if len(rail) > 0.6 * len(body):
        return False
    blocks = blocks_of(rail)
    if len(blocks) < 2 or any(len(block) > 3 for block in blocks):
        return False
    baselines = {round(row[0].baseline) + near for row in body for near in (-1, 0, 1)}
    level = sum(1 for block in blocks if round(block[0][0].baseline) in baselines)
    return level >= 0.8 * len(blocks)


def blocks_of(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that follow each other at line distance."""
    blocks: list[list[Row]] = []
    for row in rows:
        if blocks:
            prior = blocks[-1][-1][0]
            if row[0].baseline - prior.baseline <= 1.9 * max(prior.size, row[0].size):
                blocks[-1].append(row)
                continue
        blocks.append([row])
    return blocks
