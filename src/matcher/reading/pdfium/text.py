"""The letters of a page: what they say, where they stand, and which of them are none."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain, compress, count, repeat
from operator import eq, gt
from typing import Any, NamedTuple

from matcher.reading.glyphs import FAR, Glyph, Style
from matcher.reading.pdfium import calls
from matcher.reading.pdfium.placing import Columns, Placing
from matcher.reading.pdfium.styles import Point, drawn, origins

_LIGATURE = 3  # letters that one glyph may stand for
_HYPHENS = frozenset("-\u2010\u2011")
_UNMAPPED = frozenset((0, 0xFFFD))
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_LAST = 0x10FFFF
_READ_AS = {
    **dict.fromkeys((0x20, 0xA0, 0x09, 0x0A, 0x0D, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000), " "),
    # What pdfium makes of a hyphen at the end of a line; and the soft hyphen: it is drawn, so it is seen, and fonts
    # give the hyphen's glyph either code.
    **dict.fromkeys((0x02, 0xFFFE, 0xAD), "-"),
}

_NO_STYLE = Style("", 0.0, False)
_SPACE_HINT = Glyph("", 0.0, 0.0, 0.0, 0.0, 0.0, _NO_STYLE)

_BOXES = calls.Answers("f", 4)


class Text(NamedTuple):
    """The glyphs of a page, and what :class:`matcher.reading.glyphs.Page` says about them."""

    glyphs: list[Glyph]
    replaced: list[tuple[int, int]]
    unmapped: int
    clipped: bool
    guessed: bool


def read_text(text: Any, size: int, place: Placing) -> Text:
    """The glyphs of a page's text, which has ``size`` characters.

    All of a page is done at once, column by column, and what is no glyph of the page is only marked on the way: every
    letter of every file comes by here.
    """
    starts, made_up = _objects(text, size)
    ends = [*starts[1:], size] if starts else []
    look = drawn(text, starts, place)
    codes = list(map(calls.unicode, repeat(text), range(size)))
    boxes = x0, tops, x1, bottoms = _boxes(text, size, place)

    kept = bytearray(b"\1") * size
    for index in made_up:
        kept[index] = 0
    codes, unmapped = _with_meaning(codes, kept)
    letters = "".join(map(chr, codes)).translate(_READ_AS)
    _drop_far(boxes, look.baselines, starts, ends, kept)
    # A space that pdfium made up, often for a real one that it dropped: a hint, not a glyph of the page.
    hints = [index for index in made_up if codes[index] == 0x20]
    for index in hints:
        kept[index] = 1
    _drop_stacked(letters, x0, x1, bottoms, hints, kept)

    before = starts[0] if starts else size
    long = [end - start for start, end in zip(starts, ends, strict=True)]
    styles = chain(repeat(_NO_STYLE, before), chain.from_iterable(map(repeat, look.styles, long)))
    baselines = chain(repeat(0.0, before), chain.from_iterable(map(repeat, look.baselines, long)))
    rows = zip(letters, x0, tops, x1, bottoms, baselines, styles, strict=True)
    # As ``Glyph(*row)``, without the call of a Python function for each letter.
    glyphs = list(map(tuple.__new__, repeat(Glyph), rows))
    for index in hints:
        glyphs[index] = _SPACE_HINT
    replaced = [
        (kept.count(1, 0, start), kept.count(1, 0, end))
        for start, end in _replaced(text, starts, ends, look.origins, frozenset(made_up))
    ]
    return Text(list(compress(glyphs, kept)), replaced, unmapped, look.clipped, look.guessed)


def _objects(text: Any, size: int) -> tuple[list[int], list[int]]:
    """Where the glyphs of each text object begin, and the places of those that pdfium made up, which have none."""
    starts: list[int] = []
    made_up: list[int] = []
    current: int | None = None
    for index, number in enumerate(map(calls.object_number, repeat(text), range(size))):
        if number != current:
            if number is None:
                made_up.append(index)
            else:
                starts.append(index)
                current = number
    return starts, made_up


def _boxes(text: Any, size: int, place: Placing) -> Columns:
    """The left, upper, right and lower edges of the glyphs' boxes."""
    _, numbers = _BOXES.to(calls.loose_box, repeat(text), range(size), count=size)
    x0, tops, x1, bottoms = place.boxes(numbers[0::4], numbers[3::4], numbers[2::4], numbers[1::4])
    if any(map(gt, tops, bottoms)):
        for index, (top, bottom) in enumerate(zip(tops, bottoms, strict=True)):
            if top > bottom:
                tops[index], bottoms[index] = bottom, top
    return x0, tops, x1, bottoms


def _with_meaning(codes: list[int], kept: bytearray) -> tuple[list[int], int]:
    """The codes with surrogates joined, and how many say nothing; what is no letter by itself is dropped."""
    if not codes or (min(codes) > 0 and max(codes) < _HIGH.start):
        return codes, 0
    codes = list(codes)
    unmapped = high = 0
    for index, code in enumerate(codes):
        if 0 < code < _HIGH.start:
            continue
        if code in _UNMAPPED:
            unmapped += kept[index]
            kept[index] = 0
        elif code in _HIGH:
            high = code if kept[index] else high
            kept[index] = 0
        elif code in _LOW:
            if kept[index] and high:
                codes[index] = 0x10000 + ((high - _HIGH.start) << 10) + (code - _LOW.start)
                high = 0
            else:
                kept[index] = 0
        elif code > _LAST:
            codes[index] = kept[index] = 0
    return codes, unmapped


def _drop_far(
    boxes: Columns, baselines: Sequence[float], starts: Sequence[int], ends: Sequence[int], kept: bytearray
) -> None:
    """Drop the glyphs of damaged fonts: their boxes are nowhere, or no numbers at all."""
    if all(math.hypot(*numbers) < FAR for numbers in (*boxes, baselines)):
        return  # no number can be greater than the root of the sum of their squares
    for index, box in enumerate(zip(*boxes, strict=True)):
        if not all(-FAR < number < FAR for number in box):
            kept[index] = 0
    for start, end, baseline in zip(starts, ends, baselines, strict=True):
        if not -FAR < baseline < FAR:
            kept[start:end] = bytes(end - start)


def _drop_stacked(
    letters: str, x0: Sequence[float], x1: Sequence[float], bottoms: Sequence[float], hints: list[int], kept: bytearray
) -> None:
    """Drop what stands in the very place of the glyph before it, unless both may be letters of one ligature."""
    painted = bytearray(kept)
    for index in hints:
        painted[index] = 0
    lefts = list(compress(x0, painted))
    same = list(compress(count(1), map(eq, lefts, lefts[1:])))
    if not same:
        return
    places = list(compress(range(len(painted)), painted))
    alike = last = 0
    for order in same:
        before, index = places[order - 1], places[order]
        if bottoms[index] != bottoms[before] or x1[index] <= x0[index]:
            continue
        alike = alike + 1 if order == last + 1 else 1
        last = order
        earlier = kept.rfind(1, 0, index)
        if letters[index] in _HYPHENS and earlier >= 0 and letters[earlier] in _HYPHENS:
            kept[index] = 0  # Word on a Mac maps one hyphen to three kinds of it
        elif alike >= _LIGATURE:
            # One glyph that claims to be a whole word: the name of an icon, or worse.
            kept[index] = 0
            for _ in range(_LIGATURE if alike == _LIGATURE else 0):
                if earlier >= 0:
                    kept[earlier] = 0
                    earlier = kept.rfind(1, 0, earlier)


def _replaced(
    text: Any, starts: Sequence[int], ends: Sequence[int], begin: Sequence[Point], made_up: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """The objects whose characters are /ActualText: pdfium then gives all of them the object's own origin."""
    asked: list[tuple[int, int, Point]] = []
    lasts: list[int] = []
    for start, end, point in zip(starts, ends, begin, strict=True):
        if end - start > _LIGATURE:
            last = end - 1
            while last in made_up:
                last -= 1
            if last - start >= _LIGATURE:
                asked.append((start, end, point))
                lasts.append(last)
    for (start, end, point), other in zip(asked, origins(text, lasts), strict=True):
        if point == other:
            yield start, end
