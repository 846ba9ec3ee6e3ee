"""Glyphs from pdfium, through its C functions: a page costs a handful of milliseconds.

``FPDFText_*`` is asked for three things per character (code, box, object) and for the rest once per text object or
font. All calls go through prototypes that pass plain integers, because building ctypes pointers would cost more than
the calls.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import repeat
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from matcher.reading.glyphs import FAR, MAX_LINKS, Area, Glyph, Hyperlink, Page, Style, is_bold
from matcher.reading.hidden import Picture

# pdfium is not safe for threads: one page at a time.
LOCK = threading.RLock()

_HYPHEN = 0xFFFE
_SOFT_HYPHEN = 0xAD
_PASSWORD = 4
_FORCE_BOLD = 1 << 18
_MAX_SEGMENTS = 20
_SLACK = 3.0  # points by which a letter may begin outside of its clip path
_THIN = 3.0  # points; a path that is no thicker is one line
_MAX_GRID = 2000  # segments
_MAX_DEPTH = 4  # forms within forms
_HYPHENS = frozenset("-\u2010\u2011")
_LONGEST_ADDRESS = 4000  # bytes
_LIGATURE = 3  # letters that one glyph may stand for
_SPACES = frozenset((0x20, 0xA0, 0x09, 0x0A, 0x0D, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000))


def _fast(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_P, _I, _F = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
_unicode = _fast(raw.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)
_box = _fast(raw.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_object = _fast(raw.FPDFText_GetTextObject, _P, _P, _I)
_map_error = _fast(raw.FPDFText_HasUnicodeMapError, _I, _P, _I)
_origin = _fast(raw.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P)
_matrix = _fast(raw.FPDFText_GetMatrix, _I, _P, _I, _P)
_font = _fast(raw.FPDFTextObj_GetFont, _P, _P)
_font_size = _fast(raw.FPDFTextObj_GetFontSize, _I, _P, _P)
_mode = _fast(raw.FPDFTextObj_GetTextRenderMode, _I, _P)
_fill = _fast(raw.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
_stroke = _fast(raw.FPDFPageObj_GetStrokeColor, _I, _P, _P, _P, _P, _P)
_page_object = _fast(raw.FPDFPage_GetObject, _P, _P, _I)
_object_type = _fast(raw.FPDFPageObj_GetType, _I, _P)
_bounds = _fast(raw.FPDFPageObj_GetBounds, _I, _P, _P, _P, _P, _P)
_set_active = _fast(raw.FPDFPageObj_SetIsActive, _I, _P, _I)
_mark_count = _fast(raw.FPDFPageObj_CountMarks, _I, _P)
_mark = _fast(raw.FPDFPageObj_GetMark, _P, _P, ctypes.c_ulong)
_mark_type = _fast(raw.FPDFPageObjMark_GetParamValueType, _I, _P, ctypes.c_char_p)
_remove_mark = _fast(raw.FPDFPageObj_RemoveMark, _I, _P, _P)
_clip = _fast(raw.FPDFPageObj_GetClipPath, _P, _P)
_clip_count = _fast(raw.FPDFClipPath_CountPaths, _I, _P)
_clip_segments = _fast(raw.FPDFClipPath_CountPathSegments, _I, _P, _I)
_clip_segment = _fast(raw.FPDFClipPath_GetPathSegment, _P, _P, _I, _I)
_segment_point = _fast(raw.FPDFPathSegment_GetPoint, _I, _P, _P, _P)
_form_count = _fast(raw.FPDFFormObj_CountObjects, _I, _P)
_form_object = _fast(raw.FPDFFormObj_GetObject, _P, _P, ctypes.c_ulong)
_path_segments = _fast(raw.FPDFPath_CountSegments, _I, _P)
_path_segment = _fast(raw.FPDFPath_GetPathSegment, _P, _P, _I)
_segment_kind = _fast(raw.FPDFPathSegment_GetType, _I, _P)
_segment_closes = _fast(raw.FPDFPathSegment_GetClose, _I, _P)
_object_matrix = _fast(raw.FPDFPageObj_GetMatrix, _I, _P, _P)
_draw_mode = _fast(raw.FPDFPath_GetDrawMode, _I, _P, _P, _P)


class PasswordError(Exception):
    """The document cannot be opened with an empty password."""


class UnreadableError(Exception):
    """pdfium cannot make sense of the file."""


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, held open; encrypted ones are opened with an empty password."""
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if error.err_code == _PASSWORD:
                raise PasswordError from None
            raise UnreadableError(str(error)) from None
        try:
            yield document
        finally:
            document.close()


@contextmanager
def page_of(document: pypdfium2.PdfDocument, index: int) -> Iterator[pypdfium2.PdfPage]:
    """A page, held open."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(str(error)) from None
    try:
        yield page
    finally:
        page.close()


def read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    """The glyphs and painted areas of one page."""
    place = _Placing(page)
    handle = ctypes.cast(page.raw, _P).value
    text = raw.FPDFText_LoadPage(page.raw)
    try:
        text_handle = ctypes.cast(text, _P).value
        if not text_handle:
            raise UnreadableError("the text of a page cannot be loaded")
        styles = _Styles(text_handle, place)
        glyphs, replaced, unmapped = _glyphs(text_handle, raw.FPDFText_CountChars(text), place, styles)
    finally:
        raw.FPDFText_ClosePage(text)
    areas = _areas(handle, raw.FPDFPage_CountObjects(page.raw), place)
    links = tuple(_links(page, place))
    return Page(
        number, place.width, place.height, glyphs, areas, replaced, unmapped, styles.clipped, links, styles.guessed
    )


def read_drawn(page: pypdfium2.PdfPage, number: int) -> Page:
    """The page once more, with the /ActualText taken off: what its glyphs themselves say."""
    for obj in _text_objects(page):
        for index in reversed(range(_mark_count(obj))):
            mark = _mark(obj, index)
            if mark and _mark_type(mark, b"ActualText") != raw.FPDF_OBJECT_UNKNOWN:
                _remove_mark(obj, mark)
    return read_page(page, number)


def pictures(page: pypdfium2.PdfPage) -> tuple[Picture, Picture]:
    """The page as it looks, and as it would look without its text. The page is of no further use afterwards."""
    whole = _picture(page)
    for obj in _text_objects(page):
        _set_active(obj, 0)
    return whole, _picture(page)


def _picture(page: pypdfium2.PdfPage) -> Picture:
    bitmap = page.render(scale=1, grayscale=True, may_draw_forms=False, draw_annots=False, no_smoothpath=True)
    try:
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()


def _text_objects(page: pypdfium2.PdfPage) -> Iterator[int]:
    handle = ctypes.cast(page.raw, _P).value
    return _texts_among(map(_page_object, repeat(handle), range(raw.FPDFPage_CountObjects(page.raw))), 0)


def _texts_among(objects: Iterable[int | None], depth: int) -> Iterator[int]:
    for obj in objects:
        if not obj:
            continue
        kind = _object_type(obj)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield obj
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            yield from _texts_among(map(_form_object, repeat(obj), range(max(0, _form_count(obj)))), depth + 1)


class _Placing:
    """From PDF space (origin bottom left, before rotation) to the page as shown (origin top left)."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        left, bottom, right, top = page.get_bbox()
        self.turn = page.get_rotation()
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        wide, high = right - left, top - bottom
        self.width, self.height = (wide, high) if self.turn in (0, 180) else (high, wide)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


# As ``Glyph(*values)``, without the call of a Python function for each letter.
_as_glyph = partial(tuple.__new__, Glyph)


def _glyphs(text: int, count: int, place: _Placing, styles: _Styles) -> tuple[list[Glyph], list[tuple[int, int]], int]:
    """Glyphs, the stretches of them that are /ActualText, and the number of glyphs without a meaning."""
    if count <= 0:
        return [], [], 0
    codes = list(map(_unicode, repeat(text), range(count)))
    objects = list(map(_object, repeat(text), range(count)))
    buffer = (ctypes.c_float * (4 * count))()
    base = ctypes.addressof(buffer)
    list(map(_box, repeat(text), range(count), range(base, base + 16 * count, 16)))
    numbers = memoryview(buffer).cast("B").cast("f").tolist()

    glyphs: list[Glyph] = []
    replaced: list[tuple[int, int]] = []
    start = begun = 0
    append = glyphs.append
    unmapped = 0
    current = 0
    style = _NO_STYLE
    baseline = 0.0
    upright = place.turn == 0
    left, top = place.left, place.top
    pending = alike = 0
    drawn_x = drawn_y = math.nan
    near = False
    boxes = (numbers[0::4], numbers[1::4], numbers[2::4], numbers[3::4])
    # Every letter of every file comes by here.
    for index, (code, obj, left_edge, high, right_edge, low) in enumerate(zip(codes, objects, *boxes, strict=True)):
        if not obj:
            # A space that pdfium made up, often for a real one that it dropped: a hint, not a glyph of the page.
            if code == 0x20:
                append(_SPACE_HINT)
            continue
        if obj != current:
            if index - start > _LIGATURE and current and styles.is_replaced(start, index - 1):
                replaced.append((begun, len(glyphs)))
            current = obj
            style, baseline = styles.of(obj, index)
            near = -FAR < baseline < FAR
            start, begun = index, len(glyphs)
        if code == 0 or code == 0xFFFD:
            unmapped += 1
            continue
        if upright:
            x0, y1, x1, y0 = left_edge - left, top - high, right_edge - left, top - low
        else:
            x0, y1, x1, y0 = place.box(left_edge, low, right_edge, high)
        if y1 > y0:
            y0, y1 = y1, y0
        if 0x21 <= code < 0xA0:
            char = chr(code)
        elif code in _SPACES:
            char = " "
        elif code == _HYPHEN or code == 2:
            char = "-"
        elif code == _SOFT_HYPHEN:
            char = "-"  # it is drawn, so it is seen; fonts give the hyphen's glyph either code
        elif 0xD800 <= code < 0xDC00:
            pending = code
            continue
        elif 0xDC00 <= code < 0xE000:
            if not pending:
                continue
            char = chr(0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00))
            pending = 0
        elif code > 0x10FFFF:
            continue
        else:
            char = chr(code)
        if not (near and -FAR < x0 < FAR and -FAR < x1 < FAR and -FAR < y0 < FAR and -FAR < y1 < FAR):
            continue  # a damaged font: the box is nowhere, or no number at all
        if x0 == drawn_x and y0 == drawn_y and x1 > x0:
            alike += 1
            if char in _HYPHENS and glyphs[-1].text in _HYPHENS:
                continue  # Word on a Mac maps one hyphen to three kinds of it
            if alike >= _LIGATURE:
                # One glyph that claims to be a whole word: the name of an icon, or worse.
                if alike == _LIGATURE:
                    del glyphs[-_LIGATURE:]
                continue
        else:
            drawn_x, drawn_y, alike = x0, y0, 0
        append(_as_glyph((char, x0, y1, x1, y0, baseline, style)))
    if count - start > _LIGATURE and current and styles.is_replaced(start, count - 1):
        replaced.append((begun, len(glyphs)))
    return glyphs, replaced, unmapped


_NO_STYLE = Style("", 0.0, False)
_SPACE_HINT = Glyph("", 0.0, 0.0, 0.0, 0.0, 0.0, _NO_STYLE)


class _Styles:
    """The style and baseline of text objects; fonts are looked up once.

    ``clipped`` tells afterwards whether a line's first object begins outside of its clip path, and ``guessed`` whether
    a font does not say which letters its glyphs are.
    """

    def __init__(self, text: int, place: _Placing) -> None:
        self.clipped = self.guessed = False
        self._line = math.nan
        self._text = text
        self._place = place
        self._fonts: dict[int, tuple[str, bool]] = {}
        self._known: dict[tuple[object, ...], Style] = {}
        self._floats = (ctypes.c_float * 8)()
        self._doubles = (ctypes.c_double * 2)()
        self._colours = (ctypes.c_uint * 4)()

    def of(self, obj: int, index: int) -> tuple[Style, float]:
        floats, doubles, colours = self._floats, self._doubles, self._colours
        address = ctypes.addressof(doubles)
        _origin(self._text, index, address, address + 8)
        x, y = self._place.point(doubles[0], doubles[1])
        if y != self._line:
            self._line = y
            self.clipped = self.clipped or self._is_clipped(obj, doubles[0], doubles[1])
        address = ctypes.addressof(floats)
        if not _matrix(self._text, index, address):
            floats[0], floats[1], floats[2], floats[3] = 1.0, 0.0, 0.0, 1.0
        a, b, c, d = floats[0], floats[1], floats[2], floats[3]
        _font_size(obj, address + 24)
        mode = _mode(obj)
        address = ctypes.addressof(colours)
        if not (_stroke if mode == 1 else _fill)(obj, address, address + 4, address + 8, address + 12):
            colours[0] = colours[1] = colours[2] = 0
            colours[3] = 255
        key = (_font(obj), floats[6], a, b, c, d, mode, colours[0], colours[1], colours[2], colours[3])
        style = self._known.get(key)
        if style is None:
            name, bold = self._font_of(key[0])
            turn = (round(math.degrees(math.atan2(-b, a))) + self._place.turn) % 360
            near = round(turn / 90) * 90
            style = Style(
                font=name,
                size=round(abs(floats[6]) * math.hypot(c, d), 2),
                bold=bold or mode == 2,
                colour=(colours[0] << 16) | (colours[1] << 8) | colours[2],
                alpha=colours[3],
                invisible=mode in (3, 7),
                turn=near % 360 if abs(turn - near) <= 3 else -1,
            )
            self._known[key] = style
            self.guessed = self.guessed or _map_error(self._text, index) == 1
        return style, x if style.turn in (90, 270) else y

    def _is_clipped(self, obj: int, x: float, y: float) -> bool:
        clip = _clip(obj)
        floats = self._floats
        address = ctypes.addressof(floats)
        for path in range(_clip_count(clip) if clip else 0):
            points: list[tuple[float, float]] = []
            for index in range(min(_MAX_SEGMENTS, _clip_segments(clip, path))):
                if _segment_point(_clip_segment(clip, path, index), address, address + 4):
                    points.append((floats[0], floats[1]))
            if points:
                left, right = min(x for x, _ in points), max(x for x, _ in points)
                bottom, top = min(y for _, y in points), max(y for _, y in points)
                if not (left - _SLACK <= x <= right + _SLACK and bottom - _SLACK <= y <= top + _SLACK):
                    return True
        return False

    def is_replaced(self, first: int, last: int) -> bool:
        """Whether an object's characters are /ActualText: pdfium then gives all of them the object's own origin."""
        doubles = self._doubles
        address = ctypes.addressof(doubles)
        _origin(self._text, first, address, address + 8)
        x, y = doubles[0], doubles[1]
        while last > first and not _object(self._text, last):
            last -= 1  # made-up spaces at the end
        _origin(self._text, last, address, address + 8)
        return last - first >= _LIGATURE and (x, y) == (doubles[0], doubles[1])

    def _font_of(self, font: int | None) -> tuple[str, bool]:
        if not font:
            return "", False
        known = self._fonts.get(font)
        if known is None:
            handle = ctypes.cast(font, raw.FPDF_FONT)
            size = raw.FPDFFont_GetBaseFontName(handle, None, 0)
            buffer = ctypes.create_string_buffer(max(size, 1))
            raw.FPDFFont_GetBaseFontName(handle, buffer, size)
            name = buffer.value.decode("utf-8", errors="replace").rpartition("+")[2]
            # The weight that pdfium estimates from stem widths calls Georgia bold; the flag is set on purpose.
            known = (name, is_bold(name) or bool(raw.FPDFFont_GetFlags(handle) & _FORCE_BOLD))
            self._fonts[font] = known
        return known


def _links(page: pypdfium2.PdfPage, place: _Placing) -> Iterator[Hyperlink]:
    """The areas of a page that lead to an address."""
    at, link, rect = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    for _ in range(MAX_LINKS):
        if not raw.FPDFLink_Enumerate(page.raw, at, link):
            return
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        size = raw.FPDFAction_GetURIPath(page.pdf.raw, action, None, 0)
        if not 0 < size <= _LONGEST_ADDRESS or not raw.FPDFLink_GetAnnotRect(link, rect):
            continue
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(page.pdf.raw, action, buffer, size)
        box = place.box(rect.left, rect.bottom, rect.right, rect.top)
        yield Hyperlink(*box, buffer.value.decode("utf-8", errors="replace"))


def _segments(path: int, place: _Placing, over: bool) -> Iterator[Area]:
    """The upright and level lines of a stroked path: of a frame, or of a grid drawn in one go."""
    count = _path_segments(path)
    if count > _MAX_GRID:
        return
    matrix = (ctypes.c_float * 6)()
    floats = (ctypes.c_float * 2)()
    address = ctypes.addressof(floats)
    if not _object_matrix(path, ctypes.addressof(matrix)):
        return
    a, b, c, d, e, f = matrix
    begun = last = (0.0, 0.0)
    for index in range(count):
        segment = _path_segment(path, index)
        if not segment or not _segment_point(segment, address, address + 4):
            return
        x, y = floats
        at = place.point(a * x + c * y + e, b * x + d * y + f)
        kind = _segment_kind(segment)
        ends = [at] if kind == raw.FPDF_SEGMENT_LINETO else []
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begun = at
        if _segment_closes(segment):
            ends.append(begun)
        start = last if kind == raw.FPDF_SEGMENT_LINETO else at
        for end in ends:
            box = min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])
            if (
                end != start
                and min(box[2] - box[0], box[3] - box[1]) <= _THIN
                and all(-FAR < number < FAR for number in box)
            ):
                yield Area("line", *box, over=over)
            start = end
        last = at


def _areas(page: int | None, count: int, place: _Placing) -> list[Area]:
    floats = (ctypes.c_float * 4)()
    address = ctypes.addressof(floats)
    ints = (ctypes.c_int * 2)()
    flags = ctypes.addressof(ints)
    colours = (ctypes.c_uint * 4)()
    hues = ctypes.addressof(colours)
    areas: list[Area] = []
    over = False
    for obj in map(_page_object, repeat(page), range(count)):
        if not obj:
            continue
        kind = _object_type(obj)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            over = True
            continue
        if not _bounds(obj, address, address + 4, address + 8, address + 12):
            continue
        box = place.box(floats[0], floats[1], floats[2], floats[3])
        if kind == raw.FPDF_PAGEOBJ_PATH:
            filled = bool(_draw_mode(obj, flags, flags + 4) and ints[0])
            colour = 0
            if filled and _fill(obj, hues, hues + 4, hues + 8, hues + 12):
                colour = (colours[0] << 16) | (colours[1] << 8) | colours[2]
            if filled or min(box[2] - box[0], box[3] - box[1]) <= _THIN:
                areas.append(Area("fill" if filled else "line", *box, over=over, colour=colour))
            else:
                areas += _segments(obj, place, over)
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            areas.append(Area("image", *box, over=over))
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            areas.append(Area("form", *box, over=True))
            over = True  # a form may hold text
    return areas
