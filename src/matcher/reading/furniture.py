"""Running headers, footers and page numbers: text of the page and not of the document. Pure functions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from matcher.reading.layout import PageRows

_MARGIN = 0.1
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.?|pág(?:ina)?\.?)\s*)?\d{1,3}(?:\s*(?:/|of|von|de|sur|\|)\s*\d{1,3})?\W*\Z", re.IGNORECASE
)
_PAGE_OF = re.compile(r"\bpage\s*\d+|\b\d{1,3}\s*(?:/|of)\s*\d{1,3}\s*\Z", re.IGNORECASE)


def without_furniture(pages: Sequence[PageRows]) -> None:
    """Take page numbers and what repeats in the margins out of the rows; its first appearance as a header stays."""
    seen: dict[str, list[tuple[PageRows, int]]] = defaultdict(list)
    doomed: dict[int, set[int]] = defaultdict(set)
    for page in pages:
        for index in _in_margin(page):
            text = "  ".join(chunk.text for chunk in page.rows[index])
            if _PAGE_NUMBER.match(text):
                doomed[page.number].add(index)
            else:
                seen[_NUMBER.sub("#", text).lower()].append((page, index))
    for key, places in seen.items():
        if len({page.number for page, _ in places}) < max(2, len(pages) / 2):
            continue
        first, index = places[0]
        text = "  ".join(chunk.text for chunk in first.rows[index])
        numbered = "#" in key and (_PAGE_OF.search(text) is not None or _counts(places))
        for page, row in places if numbered else places[1:]:
            doomed[page.number].add(row)
    for page in pages:
        gone = doomed.get(page.number)
        if gone:
            page.rows = [row for index, row in enumerate(page.rows) if index not in gone]


def _counts(places: Sequence[tuple[PageRows, int]]) -> bool:
    """Whether one of the numbers in a repeated line goes up with the pages."""
    columns = zip(
        *(_NUMBER.findall("  ".join(chunk.text for chunk in page.rows[index])) for page, index in places), strict=True
    )
    pages = [page.number for page, _ in places]
    return any([int(number) for number in numbers] == pages for numbers in columns)


def _in_margin(page: PageRows) -> list[int]:
    count = len(page.rows)
    near_edge = {*range(min(2, count)), *range(max(0, count - 2), count)}
    return [
        index
        for index in sorted(near_edge)
        if page.rows[index][0].bottom < _MARGIN * page.height or page.rows[index][0].top > (1 - _MARGIN) * page.height
    ]
