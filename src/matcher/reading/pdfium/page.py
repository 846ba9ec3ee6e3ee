"""One page of pdfium's: what it says, what its glyphs themselves say, and how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ctypes import c_ulong
from itertools import repeat

import pypdfium2
import pypdfium2.raw as raw

from matcher.reading.glyphs import Page
from matcher.reading.hidden import Picture
from matcher.reading.pdfium import calls
from matcher.reading.pdfium.document import UnreadableError
from matcher.reading.pdfium.painted import areas, links
from matcher.reading.pdfium.placing import Placing
from matcher.reading.pdfium.text import read_text

_MAX_DEPTH = 4  # forms within forms


def read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    """The glyphs and painted areas of one page."""
    place = Placing(page)
    text = raw.FPDFText_LoadPage(page.raw)
    if not text:
        raise UnreadableError("the text of a page cannot be loaded")
    try:
        read = read_text(text, max(0, raw.FPDFText_CountChars(text)), place)
    finally:
        raw.FPDFText_ClosePage(text)
    return Page(
        number,
        place.width,
        place.height,
        read.glyphs,
        areas(page.raw, place),
        read.replaced,
        read.unmapped,
        read.clipped,
        tuple(links(page, place)),
        read.guessed,
    )


def read_drawn(page: pypdfium2.PdfPage, number: int) -> Page:
    """The page once more, with the /ActualText taken off: what its glyphs themselves say."""
    for obj in _text_objects(page):
        for index in reversed(range(calls.mark_count(obj))):
            mark = calls.mark(obj, c_ulong(index))
            if mark and calls.mark_value_kind(mark, b"ActualText") != raw.FPDF_OBJECT_UNKNOWN:
                calls.remove_mark(obj, mark)
    return read_page(page, number)


def pictures(page: pypdfium2.PdfPage) -> tuple[Picture, Picture]:
    """The page as it looks, and as it would look without its text. The page is of no further use afterwards."""
    whole = _picture(page)
    for obj in _text_objects(page):
        calls.set_active(obj, 0)
    return whole, _picture(page)


def _picture(page: pypdfium2.PdfPage) -> Picture:
    bitmap = page.render(scale=1, grayscale=True, may_draw_forms=False, draw_annots=False, no_smoothpath=True)
    try:
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()


def _text_objects(page: pypdfium2.PdfPage) -> Iterator[calls.Handle]:
    return _texts_among(map(calls.page_object, repeat(page.raw), range(raw.FPDFPage_CountObjects(page.raw))), 0)


def _texts_among(objects: Iterable[calls.Handle], depth: int) -> Iterator[calls.Handle]:
    for obj in objects:
        if not obj:
            continue
        kind = calls.object_kind(obj)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield obj
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            yield from _texts_among(
                map(calls.form_object, repeat(obj), map(c_ulong, range(calls.form_count(obj)))), depth + 1
            )
