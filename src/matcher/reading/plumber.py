"""Glyphs from pdfplumber: slow, independent of pdfium, and asked where pdfium fails or says what is not drawn."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pdfplumber
from pdfplumber.pdf import PDF

from matcher.reading.glyphs import FAR, MAX_LINKS, Area, Glyph, Hyperlink, Page, Style, is_bold

# What pdfminer thinks of a broken file is no message for the user's terminal; who wants it adds a handler.
for _name in ("pdfminer", "pdfplumber"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


class UnreadableError(Exception):
    """pdfplumber cannot make sense of the file either."""


@contextmanager
def opened(data: bytes) -> Iterator[PDF]:
    """The document, held open."""
    try:
        document = pdfplumber.open(io.BytesIO(data))
    except Exception as error:  # pdfminer raises many kinds
        raise UnreadableError(str(error)) from None
    try:
        yield document
    finally:
        with suppress(Exception):  # closing looks at the pages once more, and fails as they did
            document.close()


def page_count(document: PDF) -> int:
    """The number of pages."""
    try:
        return len(document.pages)
    except Exception as error:
        raise UnreadableError(str(error)) from None


def read_page(document: PDF, index: int) -> Page:
    """The glyphs and painted areas of one page."""
    try:
        page = document.pages[index]
        try:
            return _page(page, index + 1)
        finally:
            page.close()
    except Exception as error:
        raise UnreadableError(str(error)) from None


def _page(page: Any, number: int) -> Page:
    left, top = page.bbox[0], page.bbox[1]
    styles: dict[tuple[object, ...], Style] = {}
    glyphs: list[Glyph] = []
    unmapped = 0
    for char in page.chars:
        text = char["text"]
        if text.startswith("(cid:"):
            unmapped += 1
            continue
        key = (char["fontname"], char["size"], char["non_stroking_color"], char["upright"], char["matrix"][:4])
        style = styles.get(key)
        if style is None:
            name = char["fontname"].rpartition("+")[2]
            turn = _turn(char["matrix"])
            wide = turn in (90, 270)
            size = char["x1"] - char["x0"] if wide else char["bottom"] - char["top"]
            style = Style(name, round(size, 2), is_bold(name), _colour(char["non_stroking_color"]), turn=turn)
            styles[key] = style
        sideways = style.turn in (90, 270)
        baseline = char["matrix"][4] - left if sideways else char["bottom"] - _descent(char) - top
        box = (char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top)
        if not all(-FAR < place < FAR for place in (*box, baseline)):
            continue  # a damaged font: the box is nowhere, or no number at all
        glyphs.append(Glyph(" " if text.isspace() else text, *box, baseline, style))
    areas = [
        Area("image", image["x0"] - left, image["top"] - top, image["x1"] - left, image["bottom"] - top, over=True)
        for image in page.images
    ]
    areas += [
        Area("fill", rect["x0"] - left, rect["top"] - top, rect["x1"] - left, rect["bottom"] - top)
        for rect in page.rects
        if rect.get("fill")
    ]
    areas += [
        Area("line", edge["x0"] - left, edge["top"] - top, edge["x1"] - left, edge["bottom"] - top)
        for edge in page.edges
        if edge.get("stroke")
    ]
    links = tuple(
        Hyperlink(link["x0"] - left, link["top"] - top, link["x1"] - left, link["bottom"] - top, str(link["uri"]))
        for link in page.hyperlinks[:MAX_LINKS]
    )
    return Page(number, float(page.width), float(page.height), glyphs, areas, [], unmapped, links=links)


def _turn(matrix: tuple[float, ...]) -> int:
    a, b = matrix[0], matrix[1]
    if abs(b) <= 0.05 * abs(a):
        return 0 if a >= 0 else 180
    if abs(a) <= 0.05 * abs(b):
        return 270 if b > 0 else 90
    return -1


def _descent(char: dict[str, Any]) -> float:
    # The box hangs below the baseline by the font's descent; the matrix has the baseline itself.
    return float(char["matrix"][5] - char["y0"]) if char["upright"] else 0.0


def _colour(value: object) -> int:
    parts = value if isinstance(value, (tuple, list)) else (value,)
    numbers = [min(max(float(part), 0.0), 1.0) for part in parts if isinstance(part, (int, float))]
    if len(numbers) == 1:
        red = green = blue = numbers[0]
    elif len(numbers) == 3:
        red, green, blue = numbers
    elif len(numbers) == 4:
        red, green, blue = ((1 - part) * (1 - numbers[3]) for part in numbers[:3])
    else:
        return 0
    return (round(red * 255) << 16) | (round(green * 255) << 8) | round(blue * 255)
