"""Rows without text columns: dates flush right, labels and dates in a rail, tables, cells. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.reading.columns import Row
from matcher.reading.rails import section_labels, tall_first
from matcher.reading.words import Chunk, chunk_from, is_marked

_FEW_WORDS = 8
_DATE = re.compile(r"(?:[A-Z][a-z]{2,8}\.?,? |\d{1,2}[/.] ?)?((?:19|20)\d\d)\Z")
_DASHES = "-–—"
_NOW = re.compile(r"(?:present|now|today|current|ongoing)\Z", re.IGNORECASE)


@dataclass(slots=True)
class Out:
    """Chunks that are read as one line."""

    chunks: list[Chunk]
    column: int
    table: bool = False


def side_by_side(rows: Sequence[Row], column: int) -> list[Out]:
    """Rows without columns: what shares a baseline is one line, but a cell of several lines stays together."""
    rows = tall_first(rows)
    outs: list[Out] = []
    taken: set[int] = set()
    tables = _table_rows(rows)
    labels = _labels(rows)
    sections = section_labels(rows)
    for index, row in enumerate(rows):
        rest = [chunk for chunk in row if id(chunk) not in taken]
        if not rest:
            continue
        for place, chunk in enumerate(rest if len(rest) > 1 else ()):
            end = _range_end(chunk, rows, index)
            if end is not None:
                taken.add(id(end))
                tables -= {index, index + 1}
                dash = [] if chunk.words[-1].text[-1] in _DASHES else [replace(end.words[0], text="–")]
                rest[place] = chunk_from([*chunk.words, *dash, *end.words])
        if id(rest[0]) in sections and len(rest) > 1:
            label, more_of_it = rest[0], sections[id(rest[0])]
            if more_of_it is not None:
                taken.add(id(more_of_it))
                label = chunk_from(label.words + more_of_it.words)
            outs.append(Out([label], column))
            rest = rest[1:]
        elif id(rest[0]) in labels and len(rest) > 1:
            label = rest[0]
            for more in _label_goes_on(label, rows, index):
                taken.add(id(more))
                label = chunk_from(label.words + more.words)
            outs.append(Out([label], column))
            rest = rest[1:]
        elif wrapped := _wrapped(rest, rows, index):
            taken.update(id(part) for parts in wrapped for part in parts)
            whole = [
                chunk_from(cell.words + [word for part in parts for word in part.words])
                for cell, parts in zip(rest, wrapped, strict=True)
            ]
            outs.append(Out(whole, column, table=True))
            continue
        elif index in tables:
            outs.append(Out(rest, column, table=True))
            continue
        outs.append(Out(rest, column))
        if len(rest) > 1:
            for chunk in (rest[-1], rest[0]):
                cell = _cell(chunk, rows, index)
                for part in cell:
                    taken.add(id(part))
                    outs.append(Out([part], column))
                if cell:
                    break
    return outs


def _table_rows(rows: Sequence[Row]) -> set[int]:
    """Rows that have at least two chunks, all level with the chunks of the row above or below."""
    found: set[int] = set()
    for index in range(1, len(rows)):
        above, row = rows[index - 1], rows[index]
        if len(row) >= 2 and len(above) == len(row):
            near = row[0].baseline - above[0].baseline <= 3.2 * row[0].size
            if near and all(abs(one.x0 - two.x0) <= 2 for one, two in zip(above, row, strict=True)):
                found.update((index - 1, index))
    return found


def _labels(rows: Sequence[Row]) -> set[int]:
    """The chunks that are headings in a rail: left of a body that goes on below them where the rail is empty."""
    if not rows:
        return set()
    left = min(row[0].x0 for row in rows)
    wide = max(row[-1].x1 for row in rows) - left
    possible: dict[int, list[tuple[Chunk, bool]]] = {}
    for index, row in enumerate(rows):
        if len(row) < 2:
            continue
        label, body = row[0], row[1]
        if (
            label.x0 > left + 6
            or body.x0 > left + 0.42 * wide
            or len(label.words) > 4
            or not label.text.replace(" ", "").replace("&", "").isalpha()
            or len(label.text) < 4  # a degree: "PhD", "MBA"
        ):
            continue
        after = index + 1 + len(_label_goes_on(label, rows, index))
        goes_on = after < len(rows) and abs(rows[after][0].x0 - body.x0) <= 20
        possible.setdefault(round(body.x0 / 4), []).append((label, goes_on))
    # In a list of skills by kind one text or another wraps to a second line; in a rail most of them do.
    return {
        id(label)
        for group in possible.values()
        if sum(goes_on for _, goes_on in group) >= 0.5 * len(group)
        for label, _ in group
    }


def _wrapped(row: Row, rows: Sequence[Row], index: int) -> list[list[Chunk]]:
    """For each cell of a table's row the lines its text wraps to; nothing where the rows below are something else."""
    if len(row) < 2:
        return []
    right = max(other[-1].x1 for other in rows)
    more: list[list[Chunk]] = [[] for _ in row]
    for below in rows[index + 1 : index + 4]:
        found: list[tuple[int, Chunk]] = []
        for place, cell in enumerate(row):
            last = more[place][-1] if more[place] else cell
            limit = row[place + 1].x0 - 3 * cell.size if place + 1 < len(row) else right
            for part in below:
                if (
                    abs(part.x0 - cell.x0) <= 2
                    and 0 < part.first - last.last <= 3
                    and part.baseline - last.baseline <= 1.6 * cell.size
                    and last.x1 + (part.words[0].x1 - part.words[0].x0) > limit
                    and not is_marked(cell)
                    and not is_marked(part)
                    and part.words[0].style.bold == last.words[-1].style.bold
                    and part.text.isupper() <= last.text.isupper()
                ):
                    found.append((place, part))
        # One cell alone may as well be a label beside a text: its next line must be the rest of a sentence.
        if len(found) < len(below) or not (len(found) > 1 or any(part.text[0].islower() for _, part in found)):
            break
        for place, part in found:
            more[place].append(part)
    return more if any(more) else []


def _label_goes_on(label: Chunk, rows: Sequence[Row], index: int) -> list[Chunk]:
    """The further lines of a label in a rail, which are painted right after its first one."""
    found: list[Chunk] = []
    prior = label
    for row in rows[index + 1 : index + 3]:
        other = row[0]
        if (
            other.x0 >= label.x1
            or not 0 < other.first - prior.last <= 3
            or other.baseline - prior.baseline > 1.6 * label.size
            or abs(other.size - label.size) > 0.5
        ):
            break
        found.append(other)
        prior = other
    return found


def _range_end(chunk: Chunk, rows: Sequence[Row], index: int) -> Chunk | None:
    """The second line of a range of dates that is broken after its dash ("2019 -" above "2021") or has none."""
    last = chunk.words[-1].text
    if last[-1] not in _DASHES:
        return _dates_below(chunk, rows, index)
    if not any(char.isdigit() for word in chunk.words for char in word.text):
        return None
    for other in rows[index + 1] if index + 1 < len(rows) else ():
        if (
            abs(other.x0 - chunk.x0) <= 3
            and 0 < other.first - chunk.last <= 3
            and other.baseline - chunk.baseline <= 1.8 * chunk.size
        ):
            return other
    return None


def _dates_below(chunk: Chunk, rows: Sequence[Row], index: int) -> Chunk | None:
    """The end of a range whose start stands above it without a dash ("Jan 2020" above "Present").

    Of several dates below each other none is the end of another, and a later one comes first in a resume's list.
    """
    start = _DATE.match(chunk.text)
    below = _under(chunk, rows, index + 1) if start is not None else None
    if start is None or below is None or _is_date(_under(chunk, rows, index - 1)):
        return None
    end = _DATE.match(below.text)
    if end is not None:
        in_one_go = 0 < below.first - chunk.last <= 3
        months = len(chunk.words) > 1 and len(below.words) > 1
        if not in_one_go or int(end[1]) < int(start[1]) or (end[1] == start[1] and not months):
            return None
    elif not _NOW.match(below.text):
        return None
    return None if _is_date(_under(below, rows, index + 2)) else below


def _under(chunk: Chunk, rows: Sequence[Row], index: int) -> Chunk | None:
    """What stands in the row given at an edge of a chunk, at line distance and as large."""
    for other in rows[index] if 0 <= index < len(rows) else ():
        if (
            (abs(other.x0 - chunk.x0) <= 2 or abs(other.x1 - chunk.x1) <= 2)
            and abs(other.size - chunk.size) <= 0.5
            and abs(other.baseline - chunk.baseline) <= 1.8 * chunk.size
        ):
            return other
    return None


def _is_date(chunk: Chunk | None) -> bool:
    return chunk is not None and (_DATE.match(chunk.text) or _NOW.match(chunk.text)) is not None


def _cell(chunk: Chunk, rows: Sequence[Row], index: int) -> list[Chunk]:
    """The further lines of a narrow cell that was painted in one go, next to a wider text."""
    found: list[Chunk] = []
    prior = chunk
    widest = max(mate.x1 - mate.x0 for mate in rows[index] if mate is not chunk)
    for row in rows[index + 1 : index + 4]:
        under = [other for other in row if other.x0 < prior.x1 and other.x1 > prior.x0]
        if len(row) < 2 or len(under) != 1:
            break
        other = under[0]
        mates = [mate for mate in row if mate is not other]
        in_one_go = 0 < other.first - prior.last <= 3
        with_mate = any(0 < other.first - mate.last <= 3 or 0 < mate.first - other.last <= 3 for mate in mates)
        near = other.baseline - prior.baseline <= 1.9 * max(prior.size, other.size)
        widest = max(widest, *(mate.x1 - mate.x0 for mate in mates))
        if not in_one_go or with_mate or not near or other.x1 - other.x0 >= widest:
            break
        if not found and _are_pairs(rows[index], row):
            break
        found.append(other)
        prior = other
    return found


def _are_pairs(above: Row, row: Row) -> bool:
    """Whether two cells of two lines each match line by line, as employer and place, title and dates do.

    A bullet or a sentence under the first line of the left cell is what the whole of the right cell belongs to.
    """
    if len(above) != 2 or len(row) != 2 or is_marked(row[0]):
        return False
    left, right = row
    in_one_go = 0 < left.first - above[0].last <= 3 and 0 < right.first - above[1].last <= 3
    level = abs(left.x0 - above[0].x0) <= 2 and abs(right.x1 - above[1].x1) <= 2
    return in_one_go and level and len(left.words) <= _FEW_WORDS
