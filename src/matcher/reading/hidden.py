"""Text that the file contains and the page does not show. Pure functions over glyphs, areas and two pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.reading.glyphs import Area, Glyph, Page, Style, brightness

_TINY = 2.5  # points; nothing that is meant to be read is printed this small
_FAINT = 26  # of 255
_LIGHT = 0.72
_DARK = 0.55
_DIFFERENCE = 11  # of 255 between the page with and without its text; below it nobody sees the text
_OCR_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in grey, one byte a pixel, one pixel a point."""

    width: int
    height: int
    stride: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Sorted:
    """A page's glyphs parted into what is seen and the words of what is not."""

    seen: list[Glyph]
    hidden: tuple[str, ...]


def by_style(page: Page) -> Sorted:
    """Take out what its own properties hide: no ink, transparent, tiny, or outside of the page."""
    if not page.glyphs:
        return Sorted(page.glyphs, ())
    # Every letter of every file comes by here: column by column is several times as fast as glyph by glyph.
    _, lefts, tops, rights, bottoms, _, each = zip(*page.glyphs, strict=True)
    styles = set(each)
    unseen = {style for style in styles if style.alpha < _FAINT}
    tiny = {style for style in styles if 0 < style.size < _TINY}
    if tiny:
        # Fonts may have units of their own, in which a size of one is not small: the letters themselves decide.
        unseen |= tiny - {glyph.style for glyph in page.glyphs if glyph.bottom - glyph.top > 2 * _TINY}
    no_ink = {style for style in styles if style.invisible}
    if no_ink and not _is_text_layer(page, no_ink):
        unseen |= no_ink
    width, height = page.width, page.height
    hides = (
        [
            glyph.text != ""
            and (
                glyph.style in unseen or glyph.x1 <= 0 or glyph.x0 >= width or glyph.bottom <= 0 or glyph.top >= height
            )
            for glyph in page.glyphs
        ]
        # A mere hint of a space has no place; its zeros are inside.
        if unseen or min(lefts) < 0 or max(rights) > width or min(tops) < 0 or max(bottoms) > height
        else []
    )
    if not any(hides):
        return Sorted(page.glyphs, ())
    return _parted(page.glyphs, hides)


def needs_pictures(page: Page, glyphs: Sequence[Glyph]) -> bool:
    """Whether anything on the page could make text unseen that is not unseen by itself."""
    styles = {glyph.style for glyph in glyphs if glyph.text}
    if any(brightness(style.colour) > _LIGHT or style.alpha < 128 for style in styles):
        return True
    return page.clipped or any(_may_hide(area) for area in page.areas)


def by_looks(glyphs: Sequence[Glyph], whole: Picture, without_text: Picture) -> Sorted:
    """Take out the words without which the page looks the same."""
    if (whole.width, whole.height, whole.stride) != (without_text.width, without_text.height, without_text.stride):
        return Sorted(list(glyphs), ())
    hides = [False] * len(glyphs)
    for start, end in _runs(glyphs):
        letters = [glyph for glyph in glyphs[start:end] if glyph.text.strip()]
        if not any(char.isalnum() for glyph in letters for char in glyph.text):
            continue
        if letters[0].style.invisible:
            continue  # the text layer of a scan, which is meant not to be seen
        if not _differs(letters, whole, without_text):
            hides[start:end] = [True] * (end - start)
    if not any(hides):
        return Sorted(list(glyphs), ())
    return _parted(glyphs, hides)


def _is_text_layer(page: Page, no_ink: set[Style]) -> bool:
    """Whether text without ink is what was recognised in a scan: most of the page's text, over a large picture."""
    silent = sum(1 for glyph in page.glyphs if glyph.style in no_ink)
    if silent < _OCR_SHARE * len(page.glyphs):
        return False
    covered = sum(
        (area.x1 - area.x0) * (area.bottom - area.top) for area in page.areas if area.kind in ("image", "form")
    )
    return covered > 0.4 * page.width * page.height


def _may_hide(area: Area) -> bool:
    if area.kind == "line" or area.x1 - area.x0 < 8 or area.bottom - area.top < 4:
        return False
    if area.kind == "fill" and not area.over:
        return brightness(area.colour) < _DARK  # dark text may stand on it
    return True


def _runs(glyphs: Sequence[Glyph]) -> Iterator[tuple[int, int]]:
    """Stretches of glyphs on one line and in one style, at most a few words long."""
    start = 0
    for index in range(1, len(glyphs) + 1):
        if index < len(glyphs):
            glyph, prior = glyphs[index], glyphs[index - 1]
            if (
                glyph.text
                and glyph.text != " "
                and glyph.style is prior.style
                and abs(glyph.baseline - prior.baseline) < 0.5
            ):
                continue
        yield start, index
        start = index


def _differs(letters: Sequence[Glyph], whole: Picture, without_text: Picture) -> bool:
    left = max(0, int(min(glyph.x0 for glyph in letters)))
    right = min(whole.width, int(max(glyph.x1 for glyph in letters)) + 1)
    top = max(0, int(min(glyph.top for glyph in letters)))
    bottom = min(whole.height, int(max(glyph.bottom for glyph in letters)) + 1)
    for row in range(top, bottom):
        at = row * whole.stride
        one, two = whole.data[at + left : at + right], without_text.data[at + left : at + right]
        if one != two and any(abs(a - b) >= _DIFFERENCE for a, b in zip(one, two, strict=True)):
            return True
    return False


def _parted(glyphs: Sequence[Glyph], hides: Sequence[bool]) -> Sorted:
    seen: list[Glyph] = []
    words: list[str] = []
    prior: Glyph | None = None
    for glyph, hide in zip(glyphs, hides, strict=True):
        if not hide:
            seen.append(glyph)
            prior = None
        elif not glyph.text.strip():
            prior = None
        else:
            near = prior is not None and abs(glyph.baseline - prior.baseline) < 1 and abs(glyph.x0 - prior.x1) < 1.5
            if near:
                words[-1] += glyph.text
            else:
                words.append(glyph.text)
            prior = glyph
    return Sorted(seen, tuple(word for word in words if any(char.isalnum() for char in word)))
