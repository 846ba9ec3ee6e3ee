"""A PDF to drafts: open it, take the glyphs of every page, lay them out, and say what is odd."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from matcher.model import Notice
from matcher.reading import problems
from matcher.reading.draft import Draft
from matcher.reading.limits import Limits
from matcher.reading.remarks import hidden_text

if TYPE_CHECKING:
    from matcher.reading.glyphs import Glyph, Page
    from matcher.reading.words import Word

_ICON_NAME = 14  # letters
_FEW_LETTERS = 10
_SCAN_SHARE = 0.4
_FEW_LOWER = 0.5


@dataclass(slots=True)
class _Seen:
    """A page, the glyphs of it that are visible, the words that are not, and those that were recognised."""

    page: Page
    glyphs: list[Glyph]
    hidden: list[str]
    recognised: list[Word] = field(default_factory=list)
    bare: bool = False
    given_up: bool = False


class _Clock:
    """Says when a file has had its time."""

    def __init__(self, source: str, limits: Limits) -> None:
        self._source, self._seconds = source, limits.max_seconds
        self._end = time.monotonic() + limits.max_seconds

    def left(self) -> float:
        """Seconds left; an error where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise problems.too_slow(self._source, self._seconds)
        return left


def pdf_drafts(data: bytes, source: str, notices: list[Notice], limits: Limits) -> tuple[list[Draft], int]:
    """The lines of a PDF and its number of pages."""
    from matcher.reading import ocr
    from matcher.reading.furniture import without_furniture
    from matcher.reading.hyphens import rejoin
    from matcher.reading.layout import PageRows, lay_out, page_rows, rows_from
    from matcher.reading.tables import ruled_tables

    start = data.find(b"%PDF-", 0, 2048)
    if start > 0:
        data = data[start:]  # junk before the header, as mail gateways leave it
    pages: list[PageRows] = []
    hidden: list[str] = []
    bare: list[int] = []
    recognised: list[int] = []
    unmapped = mapped = 0
    given_up = False
    for seen in _pages(data, source, limits):
        page = seen.page
        hidden += seen.hidden
        unmapped += page.unmapped
        mapped += len(page.glyphs)
        if seen.recognised:
            recognised.append(page.number)
            pages.append(PageRows(page.number, page.height, rows_from(seen.recognised), links=page.links))
            continue
        given_up = given_up or seen.given_up
        if seen.bare:
            bare.append(page.number)
        rows = page_rows(seen.glyphs, page.number, page.height, ruled_tables(page.areas))
        rows.links = page.links
        pages.append(rows)
    if not any(page.rows or page.turned for page in pages):
        if hidden:
            raise problems.all_hidden(source)
        if unmapped > 2 * _FEW_LETTERS:
            raise problems.unmapped(source)
        raise problems.scanned(source, len(pages), ocr.missing(), given_up)
    if recognised:
        notices.append(Notice("ocr", f"the text of {_listed(recognised)} was recognised from a picture; check it"))
    if bare:
        notices.append(Notice("no-text-pages", f"no text could be read from {_listed(bare)}: a scan or a picture"))
    if unmapped > 0.2 * (mapped + unmapped):
        notices.append(Notice("unmapped-text", "the file does not say which letters a part of its glyphs are"))
    notices += hidden_text(hidden) if hidden else []
    without_furniture(pages)
    return rejoin(lay_out(pages)), len(pages)


def _listed(pages: list[int]) -> str:
    return f"page {pages[0]}" if len(pages) == 1 else f"pages {', '.join(map(str, pages))}"


def _pages(data: bytes, source: str, limits: Limits) -> Iterator[_Seen]:
    """Each page, from pdfium or else from pdfplumber."""
    from matcher.reading import pdfium

    clock = _Clock(source, limits)
    cut_off = _is_cut_off(data)
    try:
        with pdfium.opened(data) as document:
            count = len(document)
            _check_count(count, source, limits)
            if cut_off:
                raise problems.truncated(source)
            layered = b"/OCProperties" in data
            for index in range(count):
                clock.left()
                with pdfium.page_of(document, index) as handle:
                    yield _seen(handle, index + 1, layered, clock, data)
            return
    except pdfium.PasswordError:
        failure = problems.encrypted(source)
    except pdfium.UnreadableError:
        failure = problems.truncated(source) if cut_off else problems.damaged(source, "PDF")
    if cut_off:
        raise failure
    yield from _pages_of_plumber(data, source, limits, clock, failure)


def _pages_of_plumber(data: bytes, source: str, limits: Limits, clock: _Clock, failure: Exception) -> Iterator[_Seen]:
    from matcher.reading import hidden, plumber

    try:
        with plumber.opened(data) as document:
            count = plumber.page_count(document)
            _check_count(count, source, limits)
            if not count:
                raise failure
            for index in range(count):
                clock.left()
                page = plumber.read_page(document, index)
                found = hidden.by_style(page)
                yield _Seen(page, found.seen, list(found.hidden), bare=_is_bare(page))
    except plumber.UnreadableError:
        raise failure from None


def _check_count(count: int, source: str, limits: Limits) -> None:
    if count > limits.max_pages:
        raise problems.too_big(source, f"its number of pages ({count})", f"{limits.max_pages} pages", "max_pages")


def _seen(handle: Any, number: int, layered: bool, clock: _Clock, data: bytes) -> _Seen:
    """A page's visible glyphs and hidden words, by the glyphs' own properties and, where in doubt, by their looks."""
    from matcher.reading import hidden, ocr, pdfium

    page = pdfium.read_page(handle, number)
    if _is_bare(page):
        # Half of what is left for each: a page that takes too long is without text, and the others are still read.
        words = ocr.recognised(handle, clock.left() / 2) if ocr.available() else []
        return _Seen(page, page.glyphs, [], words or [], bare=True, given_up=words is None)
    if page.guessed and _lower(page) < _FEW_LOWER:
        page = _told_by_fonts(data, page)
        if not page.glyphs:
            return _Seen(page, [], [])
    unseen: list[str] = []
    if page.replaced:
        page, unseen = _as_drawn(page, pdfium.read_drawn(handle, number))
    found = hidden.by_style(page)
    unseen += found.hidden
    glyphs = found.seen
    if glyphs and (layered or hidden.needs_pictures(page, glyphs)):
        looked = hidden.by_looks(glyphs, *pdfium.pictures(handle))
        unseen += looked.hidden
        glyphs = looked.seen
    return _Seen(page, glyphs, unseen)


def _is_bare(page: Page) -> bool:
    """Whether a page is a picture: it has one that covers much of it, and next to no letters."""
    letters = sum(1 for glyph in page.glyphs[: 10 * _FEW_LETTERS] if glyph.text.isalnum())
    if letters >= _FEW_LETTERS:
        return False
    if not page.glyphs:
        return bool(page.areas)
    covered = sum((area.x1 - area.x0) * (area.bottom - area.top) for area in page.areas if area.kind == "image")
    return covered >= _SCAN_SHARE * page.width * page.height


def _lower(page: Page) -> float:
    """The share of small letters among the glyphs; numbers of glyphs that were taken for letters have few."""
    shown = [glyph.text for glyph in page.glyphs if not glyph.text.isspace()]
    return sum(text.islower() for text in shown) / len(shown) if shown else 1.0


def _told_by_fonts(data: bytes, page: Page) -> Page:
    """The page as its embedded fonts tell its letters, which pdfium does not look up; else one of unknown glyphs."""
    from matcher.reading import plumber

    try:
        with plumber.opened(data) as document:
            told = plumber.read_page(document, page.number - 1)
    except plumber.UnreadableError:
        return page
    if told.unmapped > len(told.glyphs):
        return page._replace(glyphs=[], replaced=[], unmapped=page.unmapped + len(page.glyphs))
    return told._replace(links=page.links) if _lower(told) > _lower(page) else page


def _as_drawn(page: Page, drawn: Page) -> tuple[Page, list[str]]:
    """The page as drawn where its /ActualText says something else, and the words of such text."""
    words: list[str] = []
    differs = False
    for start, end in page.replaced:
        stretch = [glyph for glyph in page.glyphs[start:end] if glyph.text]
        if not stretch:
            continue
        text = "".join(glyph.text for glyph in stretch)
        x0, x1 = min(glyph.x0 for glyph in stretch), max(glyph.x1 for glyph in stretch)
        top, bottom = min(glyph.top for glyph in stretch), max(glyph.bottom for glyph in stretch)
        level = [
            glyph for glyph in drawn.glyphs if top - 2 <= (glyph.top + glyph.bottom) / 2 <= bottom + 2 and glyph.text
        ]
        inside = [glyph for glyph in level if x0 - 2 <= (glyph.x0 + glyph.x1) / 2 <= x1 + 2]
        says, shows = _letters(text), _letters("".join(glyph.text for glyph in inside))
        if not shows and x1 - x0 >= 0.3 * len(text) * stretch[0].style.size:
            drawn.glyphs.extend(stretch)  # glyphs that have no other meaning than this, and room for it
            differs = True
        elif says != shows:
            differs = True
            beside = _letters("".join(glyph.text for glyph in level))
            same = SequenceMatcher(None, says, beside, autojunk=False).find_longest_match().size
            if len(says) - same > _ICON_NAME:  # more than an icon's name, or "mailto:"
                words += text.split()
    return (drawn if differs else page), words


def _letters(text: str) -> str:
    from matcher.reading.text import normalise

    return "".join(char for char in normalise(text).casefold() if char.isalnum())


def _is_cut_off(data: bytes) -> bool:
    """Whether the end that every complete PDF has is missing."""
    tail = data.rstrip(b"\x00\r\n\t ")[-4096:]
    return b"%%EOF" not in tail and b"startxref" not in tail
