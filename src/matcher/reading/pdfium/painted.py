"""What is painted on a page and is no text: pictures, filled areas, lines; and the areas that lead to an address."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import repeat
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from matcher.reading.glyphs import FAR, MAX_LINKS, Area, Hyperlink
from matcher.reading.pdfium import calls
from matcher.reading.pdfium.placing import Placing

_THIN = 3.0  # points; a path that is no thicker is one line
_MAX_GRID = 2000  # segments
_LONGEST_ADDRESS = 4000  # bytes


def areas(page: Any, place: Placing) -> list[Area]:
    """The painted areas of a page, in the order in which they are painted."""
    objects = list(map(calls.page_object, repeat(page), range(raw.FPDFPage_CountObjects(page))))
    floats = (ctypes.c_float * 4)()
    edges = [ctypes.byref(floats, 4 * number) for number in range(4)]
    found: list[Area] = []
    over = False
    for obj, kind in zip(objects, map(calls.object_kind, objects), strict=True):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            over = True
            continue
        if not obj or not calls.bounds(obj, *edges):
            continue
        box = place.box(*floats)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            colour = _fill(obj)
            if colour is not None or min(box[2] - box[0], box[3] - box[1]) <= _THIN:
                found.append(Area("line" if colour is None else "fill", *box, over=over, colour=colour or 0))
            else:
                found += _segments(obj, place, over)
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            found.append(Area("image", *box, over=over))
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            found.append(Area("form", *box, over=True))
            over = True  # a form may hold text
    return found


def _fill(path: calls.Handle) -> int | None:
    """What a path is filled with, as 0xRRGGBB; None where it is not."""
    modes = (ctypes.c_int * 2)()
    if not calls.draw_mode(path, ctypes.byref(modes), ctypes.byref(modes, 4)) or not modes[0]:
        return None
    hues = (ctypes.c_uint * 4)()
    if not calls.fill_colour(path, *(ctypes.byref(hues, 4 * number) for number in range(4))):
        return 0
    return (hues[0] << 16) | (hues[1] << 8) | hues[2]


def _segments(path: calls.Handle, place: Placing, over: bool) -> Iterator[Area]:
    """The upright and level lines of a stroked path: of a frame, or of a grid drawn in one go."""
    count = calls.path_segments(path)
    if count > _MAX_GRID:
        return
    matrix = (ctypes.c_float * 6)()
    floats = (ctypes.c_float * 2)()
    into = ctypes.byref(floats), ctypes.byref(floats, 4)
    if not calls.object_matrix(path, ctypes.byref(matrix)):
        return
    a, b, c, d, e, f = matrix
    begun = last = (0.0, 0.0)
    for index in range(count):
        segment = calls.path_segment(path, index)
        if not segment or not calls.segment_point(segment, *into):
            return
        x, y = floats
        at = place.point(a * x + c * y + e, b * x + d * y + f)
        kind = calls.segment_kind(segment)
        ends = [at] if kind == raw.FPDF_SEGMENT_LINETO else []
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begun = at
        if calls.segment_closes(segment):
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


def links(page: pypdfium2.PdfPage, place: Placing) -> Iterator[Hyperlink]:
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
