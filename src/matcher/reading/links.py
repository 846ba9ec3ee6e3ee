"""Links behind a text: which are kept, and where in the text of a document they stand. Pure functions.

A link is an address that the file holds beside the text and that a reader of the page does not see. It is kept next to
the text and never in it, and nothing follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from matcher.model import Link, Span

_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s\x00-\x1f\x7f]+\Z", re.IGNORECASE)
_LONGEST = 2000
_INSTRUCTION = re.compile(r"\s*HYPERLINK\s+\"([^\"]+)\"")
_MARKS = " \t\n,;|·•"


class Anchor(NamedTuple):
    """A link before it has a place: the words of its line that it stands behind, and its address."""

    text: str
    target: str


def anchor(text: str, target: str | None) -> tuple[Anchor, ...]:
    """The link, or nothing where it has no words or its address is none of the web, of mail or of a telephone."""
    address, words = (target or "").strip(), " ".join(text.split()).strip(_MARKS)
    if not words or len(address) > _LONGEST or not _ADDRESS.match(address):
        return ()
    return (Anchor(words, address),)


def field_address(instruction: str) -> str | None:
    """What the instruction of a field (of DOCX and RTF) links to."""
    found = _INSTRUCTION.match(instruction)
    return found[1] if found is not None else None


def by_line(lines: Sequence[str], anchors: Iterable[Anchor]) -> list[tuple[Anchor, ...]]:
    """For each line the links whose words it has; a link that no line has whole is dropped."""
    squeezed = [" ".join(line.split()) for line in lines]
    shared: list[list[Anchor]] = [[] for _ in lines]
    at = 0
    for item in anchors:
        # Links come in the order of their text, so what is behind is not looked at again.
        place = next((index for index in range(at, len(lines)) if item.text in squeezed[index]), None)
        if place is not None:
            shared[place].append(item)
            at = place
    return [tuple(items) for items in shared]


def placed(line: str, start: int, anchors: Iterable[Anchor]) -> list[Link]:
    """The links of a line that begins at ``start``; one whose words were put together otherwise has the whole line."""
    links: list[Link] = []
    at = 0
    for item in anchors:
        if not item.text:
            continue  # an icon of which normalising left nothing
        found = line.find(item.text, at)
        if found < 0:
            found = line.find(item.text)
        if found < 0:
            links.append(Link(Span(start, start + len(line)), item.target))
        else:
            links.append(Link(Span(start + found, start + found + len(item.text)), item.target))
            at = found + len(item.text)
    return links
