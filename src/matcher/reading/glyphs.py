"""The one kind of glyph that every source supplies and the layout works on.

Coordinates are points from the top left corner of the page as it is shown, y growing downwards.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Style(NamedTuple):
    """How a run of glyphs is drawn.

    Attributes:
        font: the font's name without its subset tag.
        size: height of the type in points after all scaling.
        bold: whether the font is a bold one or is made bold by its outline.
        colour: red, green and blue as 0xRRGGBB.
        alpha: 0 (transparent) to 255.
        invisible: drawn with neither fill nor outline, as the text layer of a scan is.
        turn: degrees clockwise from upright: 0, 90, 180, 270, or -1 for anything between.
    """

    font: str
    size: float
    bold: bool
    colour: int = 0
    alpha: int = 255
    invisible: bool = False
    turn: int = 0


# Points from the origin at which nothing is on any page; what lies beyond, or is no number, is damage.
FAR = 1e6


class Glyph(NamedTuple):
    """One drawn character: its advance box, the line it stands on, and its style.

    A space is a glyph too. An empty text is a source's hint that it sees a word end here.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    style: Style


class Area(NamedTuple):
    """Something that is painted and is no text.

    Attributes:
        kind: "image", "fill", "line" or "form".
        over: whether it is painted after some of the page's text and so can cover it.
        colour: what a fill is filled with, as 0xRRGGBB.
    """

    kind: str
    x0: float
    top: float
    x1: float
    bottom: float
    over: bool = False
    colour: int = 0


MAX_LINKS = 500  # of one page


class Hyperlink(NamedTuple):
    """An area of a page that leads to an address."""

    x0: float
    top: float
    x1: float
    bottom: float
    target: str


class Page(NamedTuple):
    """What one page holds, in the order in which it is painted.

    Attributes:
        replaced: stretches of ``glyphs`` (from, to) that say what the file asks to be read (/ActualText) in place of
            what is drawn there.
        unmapped: number of glyphs of which the file does not say what they mean.
        clipped: whether some text begins outside of the area that painting is clipped to.
        guessed: whether a font does not say which letters its glyphs are, so that their numbers were taken for letters.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    areas: list[Area]
    replaced: list[tuple[int, int]]
    unmapped: int = 0
    clipped: bool = False
    links: tuple[Hyperlink, ...] = ()
    guessed: bool = False


_BOLD = re.compile(
    r"bold|black|heavy|demi|(?:^|[-_,])bd?(?:$|[-_,])|cmbx|cmb\d|sfbx|ecbx|lmbx|-b(?:ol)?\d*$", re.IGNORECASE
)


def is_bold(font: str) -> bool:
    """Whether a font's name says that it is a bold one."""
    return _BOLD.search(font) is not None


def brightness(colour: int) -> float:
    """0 (black) to 1 (white)."""
    return (0.299 * (colour >> 16) + 0.587 * (colour >> 8 & 0xFF) + 0.114 * (colour & 0xFF)) / 255
