"""Glyphs of a document's pages to lines in reading order. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matcher.reading.columns import Row, find_split, sides, split_at
from matcher.reading.draft import BREAK, BBox, Draft
from matcher.reading.glyphs import Glyph, Hyperlink
from matcher.reading.links import anchor
from matcher.reading.sidebyside import Out, side_by_side
from matcher.reading.tables import Ruled, RuledRow, beside, flat, taken_out, with_notes
from matcher.reading.words import Chunk, Word, chunks_of, rows_of, words_of

_SAME_COLUMN = 8.0


@dataclass(slots=True)
class PageRows:
    """A page's upright text as rows of chunks, and its turned text by angle."""

    number: int
    height: float
    rows: list[Row]
    turned: dict[int, list[Row]] = field(default_factory=dict)
    links: Sequence[Hyperlink] = ()


@dataclass(slots=True)
class _PageParts:
    """A page's lines in the parts that its outermost columns make of it."""

    page: PageRows
    before: list[Out] = field(default_factory=list)
    left: list[Out] = field(default_factory=list)
    right: list[Out] = field(default_factory=list)
    after: list[Out] = field(default_factory=list)
    x: float | None = None
    uneven: bool = False


def page_rows(glyphs: Sequence[Glyph], number: int, height: float, tables: Sequence[Ruled] = ()) -> PageRows:
    """The rows of one page; each row of a table with ruling lines is one of them."""
    turns: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        turn = glyph.style.turn
        if turn:
            turns.setdefault(turn, []).append(turn_upright(glyph, turn))
    upright = [glyph for glyph in glyphs if not glyph.style.turn] if turns else glyphs
    return PageRows(
        number,
        height,
        _rows_around(words_of(upright), tables),
        {turn: _turned_rows(part, turn) for turn, part in turns.items()},
    )


def rows_from(words: Sequence[Word]) -> list[Row]:
    """Words as rows of chunks."""
    return [chunks_of(row) for row in rows_of(words) if row]


def _rows_around(words: Sequence[Word], tables: Sequence[Ruled]) -> list[Row]:
    """Words as rows, those of tables cell by cell."""
    if not tables:
        return rows_from(words)
    rest, ruled = taken_out(words, tables)
    rows = rows_from(rest)
    for row in ruled:
        level = next((other for other in rows if abs(other[0].baseline - row.baseline) <= 1.2), None)
        if level is None:
            rows.append([row])
        else:
            level.append(row)
            level.sort(key=lambda chunk: chunk.x0)
    return sorted(rows, key=lambda row: row[0].baseline)


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
            drafts += [*_spaced(outs, parts.page), BREAK]
    for parts in pages:
        for outs in (parts.right, parts.after):
            drafts += [*_spaced(outs, parts.page), BREAK]
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


def _order(rows: list[Row], column: int, outs: list[Out]) -> None:
    """Put rows into reading order, columns one after the other."""
    split = find_split(rows)
    if split is None:
        _without_columns(rows, column, outs)
        return
    left, right = sides(rows, split)
    _order(rows[: split.start], column, outs)
    _order(left, column, outs)
    _order(right, column + 1, outs)
    _order(rows[split.end :], column, outs)


def _without_columns(rows: list[Row], column: int, outs: list[Out]) -> None:
    """Rows without columns, with the cells of tables in their places, and apart from them what is beside a table."""
    if not any(isinstance(chunk, RuledRow) for row in rows for chunk in row):
        outs += side_by_side(rows, column)
        return
    left, middle, right = beside(rows)
    _order(left, column, outs)
    plain: list[Row] = []
    for row in middle:
        rest: Row = [chunk for chunk in row if not isinstance(chunk, RuledRow)]
        if rest:
            plain.append(rest)
        for chunk in row:
            if isinstance(chunk, RuledRow):
                outs += side_by_side(plain, column)
                plain = []
                _cell_by_cell(chunk, column, outs)
    outs += side_by_side(plain, column)
    _order(right, column + 1, outs)


def _cell_by_cell(row: RuledRow, column: int, outs: list[Out]) -> None:
    lines = flat(row, column)
    if lines:
        outs += lines
        return
    for place, cell in enumerate(with_notes(row.cells)):
        _order(cell, column + place, outs)


def _spaced(outs: Sequence[Out], page: PageRows) -> list[Draft]:
    """Drafts with a break where the page leaves more than a line's distance, or another column begins."""
    drafts: list[Draft] = []
    prior: Out | None = None
    for out in outs:
        if prior is not None:
            here, above = out.chunks[0], prior.chunks[0]
            # The text of a cell may have ended lines below where it began.
            ended = max(chunk.words[-1].baseline for chunk in prior.chunks)
            if out.column != prior.column or here.baseline - ended > 1.9 * max(here.size, above.size):
                drafts.append(BREAK)
        draft = _draft(out.chunks, page.number, out.column, out.table)
        if page.links:
            _link(draft, out.chunks, page.links)
        drafts.append(draft)
        prior = out
    return drafts


def _link(draft: Draft, chunks: Sequence[Chunk], links: Sequence[Hyperlink]) -> None:
    """Note which words of a line stand in the area of a link."""
    words = [word for chunk in chunks for word in chunk.words]
    middle = (min(word.top for word in words) + max(word.bottom for word in words)) / 2
    for link in links:
        if link.top <= middle <= link.bottom:
            inside = [word.text for word in words if link.x0 <= (word.x0 + word.x1) / 2 <= link.x1]
            draft.links += anchor(" ".join(inside), link.target)


def _draft(chunks: Sequence[Chunk], page: int, column: int, table: bool = False) -> Draft:
    words = [word for chunk in chunks for word in chunk.words]
    sizes: dict[float, int] = {}
    for word in words:
        size = round(word.style.size, 1)
        sizes[size] = sizes.get(size, 0) + len(word.text)
    letters = [word for word in words if word.text.isalnum() or any(map(str.isalnum, word.text))]
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
        font_size=max(sizes, key=sizes.__getitem__),
        bold=bool(letters) and all(word.style.bold for word in letters),
        table_row=table,
    )
