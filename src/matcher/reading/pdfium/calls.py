"""pdfium's functions for single letters and objects, called in bulk.

A page asks for some thousands of values, and what a call costs is nearly all ctypes. So these prototypes declare no
types of arguments: handles and places in memory are handed over as the ctypes objects that they are, numbers as C
integers, nothing is converted, and the interpreter's lock, which costs more to give away than the answer takes, is
kept. This halves the time of a call. Numbers that are no C integers (a long, a pointer) must be handed over as ctypes
objects too.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, Literal

import pypdfium2.raw as raw


class Handle(ctypes.c_void_p):
    """A pointer of pdfium's that stays a ctypes object, so that it can be handed on as it is; a null one is false."""


def _quick(function: Any, result: Any) -> Callable[..., Any]:
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result)(address)


_INT = ctypes.c_int

unicode = _quick(raw.FPDFText_GetUnicode, ctypes.c_uint)
loose_box = _quick(raw.FPDFText_GetLooseCharBox, _INT)
# The number of an object serves to tell objects apart, its handle to ask for more.
object_number = _quick(raw.FPDFText_GetTextObject, ctypes.c_void_p)
object_handle = _quick(raw.FPDFText_GetTextObject, Handle)
map_error = _quick(raw.FPDFText_HasUnicodeMapError, _INT)
origin = _quick(raw.FPDFText_GetCharOrigin, _INT)
matrix = _quick(raw.FPDFText_GetMatrix, _INT)
font_size = _quick(raw.FPDFText_GetFontSize, ctypes.c_double)
font = _quick(raw.FPDFTextObj_GetFont, ctypes.c_void_p)
render_mode = _quick(raw.FPDFTextObj_GetTextRenderMode, _INT)
fill_colour = _quick(raw.FPDFPageObj_GetFillColor, _INT)
stroke_colour = _quick(raw.FPDFPageObj_GetStrokeColor, _INT)
page_object = _quick(raw.FPDFPage_GetObject, Handle)
object_kind = _quick(raw.FPDFPageObj_GetType, _INT)
bounds = _quick(raw.FPDFPageObj_GetBounds, _INT)
set_active = _quick(raw.FPDFPageObj_SetIsActive, _INT)
mark_count = _quick(raw.FPDFPageObj_CountMarks, _INT)
mark = _quick(raw.FPDFPageObj_GetMark, Handle)
mark_value_kind = _quick(raw.FPDFPageObjMark_GetParamValueType, _INT)
remove_mark = _quick(raw.FPDFPageObj_RemoveMark, _INT)
clip_path = _quick(raw.FPDFPageObj_GetClipPath, Handle)
clip_count = _quick(raw.FPDFClipPath_CountPaths, _INT)
clip_segments = _quick(raw.FPDFClipPath_CountPathSegments, _INT)
clip_segment = _quick(raw.FPDFClipPath_GetPathSegment, Handle)
segment_point = _quick(raw.FPDFPathSegment_GetPoint, _INT)
form_count = _quick(raw.FPDFFormObj_CountObjects, _INT)
form_object = _quick(raw.FPDFFormObj_GetObject, Handle)
path_segments = _quick(raw.FPDFPath_CountSegments, _INT)
path_segment = _quick(raw.FPDFPath_GetPathSegment, Handle)
segment_kind = _quick(raw.FPDFPathSegment_GetType, _INT)
segment_closes = _quick(raw.FPDFPathSegment_GetClose, _INT)
object_matrix = _quick(raw.FPDFPageObj_GetMatrix, _INT)
draw_mode = _quick(raw.FPDFPath_GetDrawMode, _INT)


_TYPES: dict[str, Any] = {"d": ctypes.c_double, "f": ctypes.c_float, "I": ctypes.c_uint}


class Answers:
    """Memory for the answers of calls that write ``width`` numbers each: made once, for one user at a time.

    Args:
        code: what kind of numbers, as in :mod:`struct`.
        width: how many numbers a call writes.
        apart: whether a call takes a pointer for each of them, and not one for all.
    """

    _AT_ONCE = 512

    def __init__(self, code: Literal["d", "f", "I"], width: int, *, apart: bool = False) -> None:
        kind = _TYPES[code]
        self._memory = (kind * (width * self._AT_ONCE))()
        self._view = memoryview(self._memory).cast("B").cast(code)
        self._width = width
        size = ctypes.sizeof(kind)
        self._pointers = [
            [ctypes.byref(self._memory, size * (width * row + place)) for row in range(self._AT_ONCE)]
            for place in range(width if apart else 1)
        ]

    def to(self, call: Callable[..., int], *arguments: Iterable[Any], count: int) -> tuple[list[int], list[Any]]:
        """What ``count`` calls return, and the numbers that they write; zeros where a call writes none."""
        returned: list[int] = []
        written: list[Any] = []
        remaining = [iter(argument) for argument in arguments]
        while len(returned) < count:
            some = min(self._AT_ONCE, count - len(returned))
            ctypes.memset(self._memory, 0, ctypes.sizeof(self._memory))
            returned += map(call, *(islice(argument, some) for argument in remaining), *self._pointers)
            written += self._view[: self._width * some].tolist()
        return returned, written
