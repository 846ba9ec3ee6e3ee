"""Two columns in a plain text, as converters leave them: side by side with spaces between. Pure functions over lines.

Text in which labels stand left of their values has the same look and is left as it is: only where headings of sections
stand on both sides are there two columns to be read one after the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_GAP = re.compile(r"(?<! )  ++(?=\S)")
# So many spaces at the beginning of a line are a gap too.
_MIN_EMPTY_LEFT = 4
_MIN_LEFT = 12
# So many lines with text on both sides make columns, and so few of a hundred may run across the gutter.
_MIN_BOTH = 6
_MAX_ACROSS = 0.1
# Lines of the right column that go on with a bullet are set in by this much at the most.
_INDENT = 4
_HEADING_WORDS = frozenset(
    """skills experience education profile summary languages certifications certificates projects employment contact
    interests awards publications about objective references courses training""".split()
)


def one_column(lines: Sequence[str]) -> list[str]:
    """The lines in reading order: where two columns stand side by side, the left one and then the right one."""
    gutter = _gutter(lines)
    if gutter is None:
        return list(lines)
    first, last = _extent(lines, gutter)
    block = lines[first : last + 1]
    sides = [_sides(line, gutter) for line in block]
    across = sum(side is None for side in sides)
    both = sum(side is not None and bool(side[0] and side[1]) for side in sides)
    if both < _MIN_BOTH or across > _MAX_ACROSS * len(block):
        return list(lines)
    left = [line if side is None else side[0] for line, side in zip(block, sides, strict=True)]
    right = ["" if side is None else side[1] for side in sides]
    if not (any(map(_is_heading, left)) and any(map(_is_heading, right))):
        return list(lines)
    return [*lines[:first], "", *left, "", *right, "", *lines[last + 1 :]]


def _gutter(lines: Sequence[str]) -> int | None:
    """The column at which most right parts begin; None where there is none to speak of."""
    spaced = [line for line in lines if "  " in line]
    if len(spaced) < _MIN_BOTH:
        return None
    starts = Counter([start for line in spaced for start in _starts(line) if start >= _MIN_LEFT])
    best = max(starts.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    return best[0] if best[1] >= _MIN_BOTH else None


def _starts(line: str) -> Iterator[int]:
    if "\t" in line:
        return
    for match in _GAP.finditer(line):
        start, end = match.span()
        if not line[start - 1].isspace() if start else end >= _MIN_EMPTY_LEFT:
            yield end


def _extent(lines: Sequence[str], gutter: int) -> tuple[int, int]:
    """The first and the last line that have a right part at the gutter."""
    found = [number for number, line in enumerate(lines) if gutter in _starts(line)]
    return found[0], found[-1]


def _sides(line: str, gutter: int) -> tuple[str, str] | None:
    """The parts left and right of the gutter; None where the text runs across it."""
    if "\t" in line:
        return None
    if len(line.rstrip()) <= gutter:
        return line.rstrip(), ""
    start = next((start for start in _starts(line) if gutter <= start <= gutter + _INDENT), None)
    if start is None:
        return None
    return line[:start].rstrip(), line[start:]


def _is_heading(part: str) -> bool:
    words = part.strip().strip(":").split()
    if not 0 < len(words) <= 4 or not words[0][:1].isalpha():
        return False
    letters = [char for char in part if char.isalpha()]
    capitals = len(letters) >= 4 and all(char.isupper() for char in letters)
    return capitals or any(word.lower() in _HEADING_WORDS for word in words)
