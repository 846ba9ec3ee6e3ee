"""How the text objects of a page are drawn, and on which lines they stand."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from matcher.reading.glyphs import Style, is_bold
from matcher.reading.pdfium import calls
from matcher.reading.pdfium.placing import Placing

_FORCE_BOLD = 1 << 18
_OUTLINE = 1  # modes of rendering: the outline only, both, nothing, nothing but a clip path
_FILL_AND_OUTLINE = 2
_NOTHING = (3, 7)
_MAX_SEGMENTS = 20
_SLACK = 3.0  # points by which a letter may begin outside of its clip path

_UPRIGHT = (1.0, 0.0, 0.0, 1.0)
_BLACK = (0, 0, 0, 255)

_ORIGINS = calls.Answers("d", 2, apart=True)
_MATRICES = calls.Answers("f", 6)
_COLOURS = calls.Answers("I", 4, apart=True)

Point = tuple[float, float]


class Drawn(NamedTuple):
    """How the objects of a page are drawn, one after the other.

    Attributes:
        baselines: the lines they stand on; of text that is turned by 90 or 270 degrees, how far across the page.
        origins: where their first glyphs begin on their lines, in PDF space.
        clipped: whether a line's first object begins outside of its clip path.
        guessed: whether a font does not say which letters its glyphs are.
    """

    styles: list[Style]
    baselines: list[float]
    origins: list[Point]
    clipped: bool
    guessed: bool


def origins(text: Any, places: Sequence[int]) -> list[Point]:
    """Where the glyphs at some places of a page's text begin on their lines, in PDF space."""
    _, numbers = _ORIGINS.to(calls.origin, repeat(text), places, count=len(places))
    return list(zip(numbers[0::2], numbers[1::2], strict=True))


def drawn(text: Any, starts: Sequence[int], place: Placing) -> Drawn:
    """How the objects are drawn whose first glyphs stand at ``starts`` in a page's text."""
    handles = list(map(calls.object_handle, repeat(text), starts))
    begin = origins(text, starts)
    xs, ys = place.points([x for x, _ in begin], [y for _, y in begin])
    known: dict[tuple[object, ...], Style] = {}
    fonts: dict[int | None, tuple[str, bool]] = {}
    styles: list[Style] = []
    guessed = False
    keys = zip(
        map(calls.font, handles),
        map(calls.font_size, repeat(text), starts),
        _matrices(text, starts),
        modes := list(map(calls.render_mode, handles)),
        _colours(handles, modes),
        strict=True,
    )
    for index, key in zip(starts, keys, strict=True):
        style = known.get(key)
        if style is None:
            font, size, matrix, mode, colour = key
            if font not in fonts:
                fonts[font] = _name_and_weight(font)
            style = known[key] = _style(*fonts[font], size, matrix, mode, colour, place.turn)
            guessed = guessed or calls.map_error(text, index) == 1
        styles.append(style)
    baselines = [x if style.turn in (90, 270) else y for style, x, y in zip(styles, xs, ys, strict=True)]
    return Drawn(styles, baselines, begin, _is_any_clipped(handles, begin, ys), guessed)


def _matrices(text: Any, starts: Sequence[int]) -> Iterator[tuple[float, ...]]:
    told, numbers = _MATRICES.to(calls.matrix, repeat(text), starts, count=len(starts))
    matrices = zip(numbers[0::6], numbers[1::6], numbers[2::6], numbers[3::6], strict=True)
    return matrices if all(told) else (one if has else _UPRIGHT for one, has in zip(matrices, told, strict=True))


def _colours(handles: Sequence[calls.Handle], modes: Sequence[int]) -> list[tuple[int, ...]]:
    """Red, green, blue and alpha of what each object is filled with, or outlined where it is an outline only."""
    told, numbers = _COLOURS.to(calls.fill_colour, handles, count=len(handles))
    colours: list[tuple[int, ...]] = list(zip(numbers[0::4], numbers[1::4], numbers[2::4], numbers[3::4], strict=True))
    if _OUTLINE in modes or not all(told):
        for place, (handle, mode) in enumerate(zip(handles, modes, strict=True)):
            has = told[place]
            if mode == _OUTLINE:
                (has,), (red, green, blue, alpha) = _COLOURS.to(calls.stroke_colour, [handle], count=1)
                colours[place] = (red, green, blue, alpha)
            if not has:
                colours[place] = _BLACK
    return colours


def _style(
    font: str, bold: bool, size: float, matrix: tuple[float, ...], mode: int, colour: tuple[int, ...], page_turn: int
) -> Style:
    a, b, c, d = matrix
    red, green, blue, alpha = colour
    turn = (round(math.degrees(math.atan2(-b, a))) + page_turn) % 360
    near = round(turn / 90) * 90
    return Style(
        font=font,
        size=round(abs(size) * math.hypot(c, d), 2),
        bold=bold or mode == _FILL_AND_OUTLINE,
        colour=(red << 16) | (green << 8) | blue,
        alpha=alpha,
        invisible=mode in _NOTHING,
        turn=near % 360 if abs(turn - near) <= 3 else -1,
    )


def _name_and_weight(font: int | None) -> tuple[str, bool]:
    """A font's name, and whether it is a bold one."""
    if not font:
        return "", False
    handle = ctypes.cast(font, raw.FPDF_FONT)
    size = raw.FPDFFont_GetBaseFontName(handle, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 1))
    raw.FPDFFont_GetBaseFontName(handle, buffer, size)
    name = buffer.value.decode("utf-8", errors="replace").rpartition("+")[2]
    # The weight that pdfium estimates from stem widths calls Georgia bold; the flag is set on purpose.
    return name, is_bold(name) or bool(raw.FPDFFont_GetFlags(handle) & _FORCE_BOLD)


def _is_any_clipped(handles: Sequence[calls.Handle], begin: Sequence[Point], lines: Sequence[float]) -> bool:
    line = math.nan
    for handle, point, y in zip(handles, begin, lines, strict=True):
        if y != line:
            line = y
            if _is_clipped(handle, *point):
                return True
    return False


def _is_clipped(handle: calls.Handle, x: float, y: float) -> bool:
    clip = calls.clip_path(handle)
    numbers = (ctypes.c_float * 2)()
    into = ctypes.byref(numbers), ctypes.byref(numbers, 4)
    for path in range(calls.clip_count(clip) if clip else 0):
        points: list[Point] = []
        for index in range(min(_MAX_SEGMENTS, calls.clip_segments(clip, path))):
            if calls.segment_point(calls.clip_segment(clip, path, index), *into):
                points.append((numbers[0], numbers[1]))
        if points:
            left, right = min(x for x, _ in points), max(x for x, _ in points)
            bottom, top = min(y for _, y in points), max(y for _, y in points)
            if not (left - _SLACK <= x <= right + _SLACK and bottom - _SLACK <= y <= top + _SLACK):
                return True
    return False
