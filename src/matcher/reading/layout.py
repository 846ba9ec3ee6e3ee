"""Glyphs of a document's pages to lines in reading order. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matcher.reading.columns import Row, find_split, sides, split_at
from matcher.reading.draft import BREAK, BBox, Draft
from matcher.reading.glyphs import Glyph
from matcher.reading.words import Chunk, Word, chunk_from, chunks_of, is_marked, rows_of, words_of

_SAME_COLUMN = 8.0


@dataclass(slots=True)
class PageRows:
    """A page's upright text as rows of chunks, and its turned text by angle."""

    number: int
    height: float
    rows: list[Row]
    turned: dict[int, list[Row]] = field(default_factory=dict)


@dataclass(slots=True)
class _Out:
    """Chunks that are read as one line."""

    chunks: list[Chunk]
    column: int
    table: bool = False


@dataclass(slots=True)
class _PageParts:
    """A page's lines in the parts that its outermost columns make of it."""

    page: PageRows
    before: list[_Out] = field(default_factory=list)
    left: list[_Out] = field(default_factory=list)
    right: list[_Out] = field(default_factory=list)
    after: list[_Out] = field(default_factory=list)
    x: float | None = None
    uneven: bool = False


def page_rows(glyphs: Sequence[Glyph], number: int, height: float) -> PageRows:
    """The rows of one page."""
    turns: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        turn = glyph.style.turn
        if turn:
            turns.setdefault(turn, []).append(turn_upright(glyph, turn))
    upright = [glyph for glyph in glyphs if not glyph.style.turn] if turns else glyphs
    return PageRows(
        number,
        height,
        rows_from(words_of(upright)),
        {turn: _turned_rows(part, turn) for turn, part in turns.items()},
    )


def rows_from(words: Sequence[Word]) -> list[Row]:
    """Words as rows of chunks."""
    return [chunks_of(row) for row in rows_of(words) if row]


def turn_upright(glyph: Glyph, turn: int) -> Glyph:
    """A turned glyph as it would stand if the page were turned so that it is upright."""
    text, x0, top, x1, bottom, baseline, style = glyph
    if turn == 90:
        return Glyph(text, top, -x1, bottom, -x0, -baseline, style)
    if turn == 270:
        return Glyph(text, -bottom, x0, -top, x1, baseline, style)
    if turn == 180:
        return Glyph(text, -x1, -bottom, -x0, -top, -baseline, style)
    return glyph


def _turn_back(box: BBox, turn: int) -> BBox:
    x0, top, x1, bottom = box
    if turn == 90:
        return -bottom, x0, -top, x1
    if turn == 270:
        return top, -x1, bottom, -x0
    if turn == 180:
        return -x1, -bottom, -x0, -top
    return box


def _turned_rows(glyphs: Sequence[Glyph], turn: int) -> list[Row]:
    if turn != -1:
        return rows_from(words_of(glyphs))
    # Slanted text (a watermark) climbs with every letter; the order of painting is all there is to go by.
    level = [glyph._replace(baseline=0.0, x0=8.0 * index, x1=8.0 * index + 8) for index, glyph in enumerate(glyphs)]
    return rows_from(words_of(level))


def lay_out(pages: Iterable[PageRows]) -> list[Draft]:
    """The lines of a document in the order a person reads them."""
    drafts: list[Draft] = []
    open_pages: list[_PageParts] = []
    for page in pages:
        parts = _parts(page, open_pages[0].x if open_pages else None)
        if open_pages and _goes_on(open_pages, parts):
            open_pages.append(parts)
        else:
            drafts += _closed(open_pages)
            open_pages = [parts]
        if parts.after or not (parts.uneven or len(open_pages) > 1):
            drafts += _closed(open_pages)
            open_pages = []
    return drafts + _closed(open_pages)


def _goes_on(open_pages: Sequence[_PageParts], parts: _PageParts) -> bool:
    """Whether a page continues the columns of the page before it."""
    x = open_pages[0].x
    if x is None:
        return False
    if parts.x is not None:
        return not parts.before and abs(parts.x - x) <= _SAME_COLUMN
    return all(chunk.x1 < x for out in parts.left for chunk in out.chunks)


def _closed(pages: Sequence[_PageParts]) -> list[Draft]:
    """Pages whose columns run on: all left parts, then all right parts."""
    drafts: list[Draft] = []
    for parts in pages:
        for outs in (parts.before, parts.left):
            drafts += [*_spaced(outs, parts.page.number), BREAK]
    for parts in pages:
        for outs in (parts.right, parts.after):
            drafts += [*_spaced(outs, parts.page.number), BREAK]
        for turn in sorted(parts.page.turned):
            for row in parts.page.turned[turn]:
                draft = _draft(row, parts.page.number, 0)
                if draft.bbox is not None:
                    draft.bbox = _turn_back(draft.bbox, turn)
                drafts.append(draft)
            drafts.append(BREAK)
    return drafts


def _parts(page: PageRows, x: float | None) -> _PageParts:
    """A page's parts; ``x`` is where the columns of the page before are divided, if they may run on."""
    parts = _PageParts(page)
    split = find_split(page.rows)
    if split is None and x is not None:
        split = split_at(page.rows, x)
    if split is None:
        _order(page.rows, 0, parts.left)
        return parts
    left, right = sides(page.rows, split)
    _order(page.rows[: split.start], 0, parts.before)
    _order(left, 0, parts.left)
    _order(right, 1, parts.right)
    _order(page.rows[split.end :], 0, parts.after)
    wide_left = split.x - min(row[0].x0 for row in left)
    wide_right = max(row[-1].x1 for row in right) - split.x
    parts.x = split.x
    # Columns of one width are read page by page; a side bar and its page's main column run on separately.
    parts.uneven = not 0.8 < wide_left / max(wide_right, 1.0) < 1.25
    return parts


def _order(rows: list[Row], column: int, outs: list[_Out]) -> None:
    """Put rows into reading order, columns one after the other."""
    split = find_split(rows)
    if split is None:
        _side_by_side(rows, column, outs)
        return
    left, right = sides(rows, split)
    _order(rows[: split.start], column, outs)
    _order(left, column, outs)
    _order(right, column + 1, outs)
    _order(rows[split.end :], column, outs)


def _side_by_side(rows: list[Row], column: int, outs: list[_Out]) -> None:
    """Rows without columns: what shares a baseline is one line, but a cell of several lines stays together."""
    taken: set[int] = set()
    tables = _table_rows(rows)
    labels = _labels(rows)
    for index, row in enumerate(rows):
        rest = [chunk for chunk in row if id(chunk) not in taken]
        if not rest:
            continue
        if id(rest[0]) in labels and len(rest) > 1:
            label = rest[0]
            for more in _label_goes_on(label, rows, index):
                taken.add(id(more))
                label = chunk_from(label.words + more.words)
            outs.append(_Out([label], column))
            rest = rest[1:]
        elif wrapped := _wrapped(rest, rows, index):
            taken.update(id(part) for parts in wrapped for part in parts)
            whole = [
                chunk_from(cell.words + [word for part in parts for word in part.words])
                for cell, parts in zip(rest, wrapped, strict=True)
            ]
            outs.append(_Out(whole, column, table=True))
            continue
        elif index in tables:
            outs.append(_Out(rest, column, table=True))
            continue
        outs.append(_Out(rest, column))
        if len(rest) > 1:
            for chunk in (rest[-1], rest[0]):
                cell = _cell(chunk, rows, index)
                for part in cell:
                    taken.add(id(part))
                    outs.append(_Out([part], column))
                if cell:
                    break


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
    sure: list[tuple[float, float]] = []
    possible: list[tuple[Chunk, float]] = []
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
        possible.append((label, body.x0))
        after = index + 1 + len(_label_goes_on(label, rows, index))
        if after < len(rows) and abs(rows[after][0].x0 - body.x0) <= 20:
            sure.append((label.x0, body.x0))
    return {
        id(label) for label, x in possible if any(abs(x - body) <= 2 and abs(label.x0 - at) <= 6 for at, body in sure)
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
        found.append(other)
        prior = other
    return found


def _spaced(outs: Sequence[_Out], page: int) -> list[Draft]:
    """Drafts with a break where the page leaves more than a line's distance, or another column begins."""
    drafts: list[Draft] = []
    prior: _Out | None = None
    for out in outs:
        if prior is not None:
            here, above = out.chunks[0], prior.chunks[0]
            if out.column != prior.column or here.baseline - above.baseline > 1.9 * max(here.size, above.size):
                drafts.append(BREAK)
        drafts.append(_draft(out.chunks, page, out.column, out.table))
        prior = out
    return drafts


def _draft(chunks: Sequence[Chunk], page: int, column: int, table: bool = False) -> Draft:
    words = [word for chunk in chunks for word in chunk.words]
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.style.size, 1)] += len(word.text)
    letters = [word for word in words if any(char.isalnum() for char in word.text)]
    return Draft(
        ("\t" if table else "  ").join(chunk.text for chunk in chunks),
        page=page,
        bbox=(
            round(min(chunk.x0 for chunk in chunks), 1),
            round(min(chunk.top for chunk in chunks), 1),
            round(max(chunk.x1 for chunk in chunks), 1),
            round(max(chunk.bottom for chunk in chunks), 1),
        ),
        column=column,
        font_size=sizes.most_common(1)[0][0],
        bold=bool(letters) and all(word.style.bold for word in letters),
        table_row=table,
    )
