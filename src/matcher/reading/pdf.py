"""A PDF to drafts: open it, take the glyphs of every page, lay them out, and say what is odd."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from matcher.model import Notice
from matcher.reading import problems
from matcher.reading.draft import Draft
from matcher.reading.limits import Limits
from matcher.reading.remarks import hidden_text

if TYPE_CHECKING:
    from matcher.reading.glyphs import Glyph, Page
    from matcher.reading.layout import PageRows

_ICON_NAME = 14


class _Clock:
    """Says when a file has had its time."""

    def __init__(self, source: str, limits: Limits) -> None:
        self._source, self._seconds = source, limits.max_seconds
        self._end = time.monotonic() + limits.max_seconds

    def check(self) -> None:
        if time.monotonic() > self._end:
            raise problems.too_slow(self._source, self._seconds)


def pdf_drafts(data: bytes, source: str, notices: list[Notice], limits: Limits) -> tuple[list[Draft], int]:
    """The lines of a PDF and its number of pages."""
    from matcher.reading.furniture import without_furniture
    from matcher.reading.hyphens import rejoin
    from matcher.reading.layout import lay_out, page_rows

    start = data.find(b"%PDF-", 0, 2048)
    if start > 0:
        data = data[start:]  # junk before the header, as mail gateways leave it
    pages: list[PageRows] = []
    hidden: list[str] = []
    bare: list[int] = []
    unmapped = mapped = 0
    for page, seen, unseen in _pages(data, source, limits):
        hidden += unseen
        unmapped += page.unmapped
        mapped += len(page.glyphs)
        if not page.glyphs and page.areas:
            bare.append(page.number)
        pages.append(page_rows(seen, page.number, page.height))
    if not any(page.rows or page.turned for page in pages):
        if unmapped > 20:
            raise problems.unmapped(source)
        raise problems.scanned(source, len(pages))
    if bare:
        listed = ", ".join(map(str, bare))
        which = f"page {listed}, which has" if len(bare) == 1 else f"pages {listed}, which have"
        notices.append(Notice("no-text-pages", f"no text could be read from {which} only pictures"))
    if unmapped > 0.2 * (mapped + unmapped):
        notices.append(Notice("unmapped-text", "the file does not say which letters a part of its glyphs are"))
    notices += hidden_text(hidden)
    without_furniture(pages)
    return rejoin(lay_out(pages)), len(pages)


def _pages(data: bytes, source: str, limits: Limits) -> Iterator[tuple[Page, list[Glyph], list[str]]]:
    """Each page with the glyphs that are seen and the words that are not, from pdfium or else from pdfplumber."""
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
                clock.check()
                with pdfium.page_of(document, index) as page:
                    yield _seen(page, index + 1, data, layered)
            return
    except pdfium.NeedsPassword:
        failure = problems.encrypted(source)
    except pdfium.NotReadable:
        failure = problems.truncated(source) if cut_off else problems.damaged(source, "PDF")
    if cut_off:
        raise failure
    yield from _pages_of_plumber(data, source, limits, clock, failure)


def _pages_of_plumber(
    data: bytes, source: str, limits: Limits, clock: _Clock, failure: Exception
) -> Iterator[tuple[Page, list[Glyph], list[str]]]:
    from matcher.reading import hidden, plumber

    try:
        with plumber.opened(data) as document:
            count = plumber.page_count(document)
            _check_count(count, source, limits)
            if not count:
                raise failure
            for index in range(count):
                clock.check()
                page = plumber.read_page(document, index)
                found = hidden.by_style(page)
                yield page, found.seen, list(found.hidden)
    except plumber.NotReadable:
        raise failure from None


def _check_count(count: int, source: str, limits: Limits) -> None:
    if count > limits.max_pages:
        raise problems.too_big(source, f"its {count} pages", f"{limits.max_pages} pages", "max_pages")


def _seen(handle: object, number: int, data: bytes, layered: bool) -> tuple[Page, list[Glyph], list[str]]:
    """A page's visible glyphs and hidden words, by the glyphs' own properties and, where in doubt, by their looks."""
    from matcher.reading import hidden, pdfium

    page = pdfium.read_page(handle, number)
    words: list[str] = []
    if page.replaced:
        page, words = _as_drawn(page, data)
    found = hidden.by_style(page)
    words += found.hidden
    seen = found.seen
    if seen and (layered or hidden.needs_pictures(page, seen)):
        looked = hidden.by_looks(seen, *pdfium.pictures(handle))
        words += looked.hidden
        seen = looked.seen
    return page, seen, words


def _as_drawn(page: Page, data: bytes) -> tuple[Page, list[str]]:
    """A page with what is drawn in place of /ActualText that says something else, and the words of such text."""
    glyphs = list(page.glyphs)
    words: list[str] = []
    drawn: Page | None = None
    for start, end in reversed(page.replaced):
        stretch = glyphs[start:end]
        text = "".join(glyph.text for glyph in stretch)
        x0, x1 = min(glyph.x0 for glyph in stretch), max(glyph.x1 for glyph in stretch)
        if len(text) <= _ICON_NAME and " " not in text and x1 - x0 < 0.3 * len(text) * stretch[0].style.size:
            del glyphs[start:end]  # the name of an icon
            continue
        if drawn is None:
            drawn = _plumbed(page.number, data)
        if drawn is None:
            continue
        top, bottom = min(glyph.top for glyph in stretch), max(glyph.bottom for glyph in stretch)
        inside = [
            glyph
            for glyph in drawn.glyphs
            if x0 - 2 <= (glyph.x0 + glyph.x1) / 2 <= x1 + 2 and top <= (glyph.top + glyph.bottom) / 2 <= bottom
        ]
        says, shows = _letters(text), _letters("".join(glyph.text for glyph in inside))
        if says != shows:
            glyphs[start:end] = inside
            if shows not in says or len(says) - len(shows) > _ICON_NAME:
                words = [*text.split(), *words]
    return page._replace(glyphs=glyphs, replaced=[]), words


def _plumbed(number: int, data: bytes) -> Page | None:
    from matcher.reading import plumber

    try:
        with plumber.opened(data) as document:
            return plumber.read_page(document, number - 1)
    except plumber.NotReadable:
        return None


def _letters(text: str) -> str:
    from matcher.reading.text import normalise

    return "".join(char for char in normalise(text).casefold() if char.isalnum())


def _is_cut_off(data: bytes) -> bool:
    """Whether the end that every complete PDF has is missing."""
    tail = data.rstrip(b"\x00\r\n\t ")[-4096:]
    return b"%%EOF" not in tail and b"startxref" not in tail
