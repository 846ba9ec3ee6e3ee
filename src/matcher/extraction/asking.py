"""What a posting asks, line by line: the parts of it that the share of understood requirements counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from matcher.extraction.requirements import ASKING_SECTIONS
from matcher.extraction.segments import Sentence, Unit
from matcher.model import Span

_MIN_WORDS = 3
# A sentence is a list where commas part it into so many entries of at most so many words.
_MIN_ENTRIES = 3
_MAX_ENTRY_WORDS = 6
# What stands under no heading of requirements is as often about the company; it asks where it speaks to somebody.
_ADDRESSES = re.compile(
    r"\b(?=[ycamrlswekpd])"
    r"(?:you|your|yours|candidates?|applicants?|must|requires?|required|requirements?|looking\s+for|seeking|wanted"
    r"|experienced?|skills?|skilled|knowledge|proficien\w+|ability|expertise|degree|responsib\w+|preferred|plus)\b",
    re.IGNORECASE,
)
_COMMA = re.compile(r",\s+(?![^(]*\))(?:and\s+|or\s+)?")


def asking_parts(unit: Unit, text: str) -> Iterator[Span]:
    """The parts of a unit that ask something of the candidate.

    A bullet is one part. A paragraph has a part for each sentence, and a sentence that is a list one for each entry:
    "Required: sourcing, screening, interviews" asks three things.
    """
    if unit.section not in ASKING_SECTIONS or unit.kind == "title":
        return
    if unit.kind == "bullet":
        if _asks(text, unit.span):
            yield unit.span
        return
    for sentence in unit.sentences:
        low, high = sentence.span.start, sentence.span.end
        entries = _entries(unit, text, sentence)
        if len(entries) >= _MIN_ENTRIES:
            yield from entries
        elif _asks(text, sentence.span) and (unit.section != "role" or _ADDRESSES.search(text, low, high)):
            yield sentence.span


def _asks(text: str, span: Span) -> bool:
    content = text[span.start : span.end].strip()
    return not content.endswith((":", "?")) and len(content.split(None, _MIN_WORDS)) >= _MIN_WORDS


def _entries(unit: Unit, text: str, sentence: Sentence) -> list[Span]:
    """The entries of a sentence that is a list behind its label; empty where it is prose."""
    if not unit.label:
        return []
    start = sentence.span.start
    if start == unit.span.start:
        start = text.index(":", start) + 1
    cuts = [start, *(match.end() for match in _COMMA.finditer(text, start, sentence.span.end)), sentence.span.end]
    spans = [Span(low, high) for low, high in pairwise(cuts) if text[low:high].strip(" ,.;\n")]
    words = [len(text[span.start : span.end].split()) for span in spans]
    return spans if spans and sum(count <= _MAX_ENTRY_WORDS for count in words) >= 0.8 * len(words) else []
