"""Everything personal in a document, as spans of its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from matcher.model import Document, Line, Span
from matcher.privacy import addresses, contacts, facts, names, people
from matcher.privacy.regions import Regions

Kind = Literal[
    "name",
    "e-mail",
    "phone",
    "link",
    "address",
    "birth",
    "age",
    "gender",
    "nationality",
    "marital-status",
    "photo",
    "family",
    "identity",
]
_ICON_CELL = re.compile(r"[a-z][a-z0-9_-]{2,29}")


@dataclass(frozen=True, slots=True, order=True)
class Personal:
    """A stretch of text that says who somebody is."""

    span: Span
    kind: Kind


def find_personal(document: Document) -> tuple[Personal, ...]:
    """Personal details in order of place; they do not overlap.

    In a resume: names, e-mail addresses, telephone numbers, links and profile names, addresses, and stated birth, age,
    gender (pronouns too), nationality, marital status, photo and family. In a posting: contact details only.
    Found by form and by place, not by understanding: what only the story tells is not found.
    """
    text = document.text
    if document.kind == "posting":
        found = [*_as("e-mail", contacts.emails(text)), *_as("phone", contacts.phones(text, contact=False))]
        return _apart(found)
    regions = Regions(document)
    personal = [(regions.lines[index], index) for index in sorted(regions.personal_lines)]
    # A referee's telephone number has the same forms as one's own.
    found = _contacts(text, document.lines, regions.personal_lines | people.reference_lines(regions))
    labelled = _facts(text, document.lines, regions.personal_lines)
    found.extend(labelled)
    found.extend(_icons(regions, personal, found))
    reach = [
        re.split(r"@|\sat\s|[\[(]", text[item.span.start : item.span.end].rsplit("/", 1)[-1])[0]
        for item in found
        if item.kind in ("e-mail", "link")
    ] + [text[item.span.start : item.span.end] for item in found if item.kind == "link"]
    person = names.find_names(regions, reach)
    own = sorted(set(names.occurrences(text, person)))
    mine = frozenset(own)
    found.extend(_as("name", own))
    found.extend(_as("name", people.authors(text, own)))
    found.extend(_as("name", people.other_people(regions)))
    found.extend(_as("address", addresses.streets(text)))
    found.extend(_as("address", addresses.stated(text)))
    found.extend(
        _as(
            "address",
            addresses.places(
                regions,
                [item.span for item in found if item.kind != "address" and (item.kind != "name" or item.span in mine)],
            ),
        )
    )
    return _apart(found)


def _as(kind: Kind, spans: Iterable[Span]) -> list[Personal]:
    return [Personal(span, kind) for span in spans]


def _contacts(text: str, lines: Sequence[Line], personal: frozenset[int]) -> list[Personal]:
    starts = [line.span.start for line in lines]

    def inside(span: Span) -> bool:
        index = bisect_right(starts, span.start) - 1
        return index in personal

    found = _as("e-mail", contacts.emails(text))
    found.extend(Personal(span, "link") for span in contacts.links(text, contact=False))
    found.extend(Personal(span, "link") for span in contacts.links(text, contact=True) if inside(span))
    found.extend(Personal(span, "link") for span in contacts.handles(text))
    for index, line in enumerate(lines):
        content = text[line.span.start : line.span.end]
        for span in contacts.phones(content, contact=index in personal):
            found.append(Personal(Span(line.span.start + span.start, line.span.start + span.end), "phone"))
    return found


def _facts(text: str, lines: Sequence[Line], personal: frozenset[int]) -> list[Personal]:
    found = []
    for index, line in enumerate(lines):
        content = text[line.span.start : line.span.end]
        for fact, span in facts.facts(content, personal=index in personal):
            found.append(Personal(Span(line.span.start + span.start, line.span.start + span.end), fact))
        fact_alone = facts.label_of(content)
        if fact_alone is not None and index + 1 < len(lines) and (index in personal or fact_alone not in _IN_PROSE):
            below = lines[index + 1].span
            if len(text[below.start : below.end].split()) <= 8:
                found.append(Personal(below, fact_alone))
    return found


# Labels that are headings or words of their own elsewhere.
_IN_PROSE = frozenset({"address", "age", "nationality", "birth", "family"})


def _icons(regions: Regions, personal: Iterable[tuple[Line, int]], found: Sequence[Personal]) -> list[Personal]:
    """Names on sites whose icon was no text: single words beside an e-mail address, a number or a link."""
    result = []
    for line, _ in personal:
        here = [item for item in found if line.span.start <= item.span.start < line.span.end]
        if not any(item.kind in ("e-mail", "phone", "link") for item in here):
            continue
        for cell in regions.cells(line):
            if _ICON_CELL.fullmatch(cell.text) and cell.text not in ("remote", "available"):
                result.append(Personal(cell.span, "link"))
    return result


def _apart(found: Iterable[Personal]) -> tuple[Personal, ...]:
    """Overlapping finds as one, of the kind of the longest."""
    result: list[Personal] = []
    longest = 0
    for item in sorted(found, key=lambda item: (item.span.start, -item.span.end, item.kind)):
        if item.span.start >= item.span.end:
            continue
        if result and item.span.start < result[-1].span.end:
            last = result[-1]
            length = item.span.end - item.span.start
            kind = item.kind if length > longest else last.kind
            longest = max(longest, length)
            result[-1] = Personal(Span(last.span.start, max(last.span.end, item.span.end)), kind)
        else:
            result.append(item)
            longest = item.span.end - item.span.start
    return tuple(result)
