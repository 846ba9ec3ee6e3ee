"""The text of a resume as rows: lines without bullets, long lines cut where they run on, each with its section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.extraction.dates import date_ranges
from matcher.extraction.role_sentences import opens_with_dates
from matcher.extraction.segments import Segmented, Unit, bullet_end, cells
from matcher.model import Line, Span
from matcher.taxonomy.names import fold, stem

# A line longer than this that holds several cells or sentences is a text whose line breaks were lost.
_RUN_ON = 160
_RUN_ON_CELLS = 4
_SENTENCE = re.compile(r"(?<=[a-z0-9)%][.!?])\s++(?=[A-Z•])|(?<!\s)\s++(?=[•●▪➢]\s)")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_JOINERS = frozenset("a an and as at by for from in into of on or the to via with within de la und et y &".split())
# Verbs with which people begin what they did, besides those that end in -ed and -ing.
_DID = frozenset(
    """led built wrote ran drove grew took taught won cut kept held made gave oversaw spoke chose began sold met
    brought set put got went sought spent rebuilt rewrote undertook responsible worked helped used using""".split()
)
_NO_VERB = frozenset("embedded distributed applied advanced certified registered unified red".split())
_MAX_HEADER_WORDS = 14
# Dates of a heading stand so near the beginning of their line, if the title stands above it.
_DATES_FIRST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A line, or a part of one.

    Attributes:
        span: the text without a bullet before it.
        section: the section it stands in; run: the number of the heading above it.
        bulleted: whether a bullet stood before it.
        wrapped: whether it goes on with the row above it.
        style: font size and weight, where the format tells them.
    """

    span: Span
    section: str
    run: int
    bulleted: bool
    wrapped: bool
    style: tuple[float | None, bool]


def rows_of(segmented: Segmented) -> tuple[Row, ...]:
    """The rows of a resume in order, headings left out."""
    text, rows, run = segmented.document.text, list[Row](), 0
    lone_bullet = False
    lines_of = [list(_lines(unit)) for unit in segmented.units]
    for index, unit in enumerate(segmented.units):
        if unit.kind == "heading":
            run += 1
            continue
        above: Span | None = None
        lines = lines_of[index]
        following = lines_of[index + 1][:1] if index + 1 < len(lines_of) else []
        for number, (line, span) in enumerate(lines):
            start = bullet_end(text, span.start, span.end)
            if not any(char.isalnum() for char in text[start : span.end]):
                lone_bullet = span.end - span.start <= 2
                continue
            bulleted = start > span.start or lone_bullet or (unit.kind == "bullet" and number == 0)
            below = next((span for _, span in (*lines[number + 1 : number + 2], *following)), None)
            wrapped = (
                above is not None
                and not bulleted
                and _goes_on(text, above, span)
                and not _names_with_dates(text, span, below)
            )
            lone_bullet = False
            style = (round(line.font_size, 1) if line.font_size else None, line.bold)
            for position, part in enumerate(_parts(text, Span(start, span.end))):
                rows.append(Row(part, unit.section, run, bulleted and position == 0, wrapped and position == 0, style))
            above = span
    return tuple(rows)


def is_prose(words: str) -> bool:
    """Whether a row tells something in a sentence rather than naming things: few capitals, or a verb first."""
    found: list[str] = _WORD.findall(words)
    content = [word for word in found if word.lower() not in _JOINERS]
    if len(content) < 3:
        return False
    first = fold(found[0])
    acts = first in _DID or (first.endswith(("ed", "ing")) and first not in _NO_VERB and stem(first) != first)
    capitals: int = sum(word[0].isupper() for word in content)
    if acts and found[0][0].isupper():
        return capitals - 1 < 0.7 * (len(content) - 1)
    return capitals < 0.55 * len(content)


def is_short(words: str) -> bool:
    """Whether a row has the length of a heading and does not end like a sentence."""
    count = len(words.split())
    if not 0 < count <= _MAX_HEADER_WORDS or words.endswith((";", ":", ",")):
        return False
    return not words.endswith(".") or count <= 8


def _lines(unit: Unit) -> Iterator[tuple[Line, Span]]:
    for line in unit.lines:
        start, end = max(line.span.start, unit.span.start), min(line.span.end, unit.span.end)
        if start < end:
            yield line, Span(start, end)


def _goes_on(text: str, above: Span, span: Span) -> bool:
    """Whether a line of a unit continues the sentence of the line above it."""
    before = text[above.start : above.end].rstrip()
    if before.endswith((",", "&", "/", " and", " or", " of")):
        return True
    # Text flush right ends a line wherever its words do, and sentences have no gaps.
    if (
        len(cells(text, above)) > 1
        or len(cells(text, span)) > 1
        or before.endswith((".", "!", "?", ":", ";"))
        or date_ranges(before, 0, len(before))
    ):
        return False
    return len(before) >= 40 or text[span.start : span.end].lstrip()[:1].islower()


def _names_with_dates(text: str, span: Span, below: Span | None) -> bool:
    """Whether a line names something, with dates in it or right below: it does not go on with a sentence above."""
    content = text[span.start : span.end].strip()
    if not content[:1].isupper() or not is_short(content) or is_prose(content):
        return False
    if date_ranges(content, 0, len(content)):
        return True
    dates = date_ranges(text, below.start, below.end) if below is not None else []
    return bool(dates) and below is not None and dates[0].span.start - below.start <= _DATES_FIRST


def _parts(text: str, span: Span) -> Iterator[Span]:
    """The rows of a line: more than one where line breaks were lost, and where prose follows the dates."""
    pieces = [span]
    if span.end - span.start > _RUN_ON:
        split = _with_whole_dates(text, cells(text, span))
        pieces = split if len(split) >= _RUN_ON_CELLS else [span]
        pieces = [part for piece in pieces for part in _split(text, piece)]
    for piece in pieces:
        yield from _cut_behind_dates(text, piece)


def _with_whole_dates(text: str, parts: Sequence[Span]) -> list[Span]:
    """The cells of a line, those joined between which a range of dates lost its dash: "6/2001  10/2007"."""
    result: list[Span] = []
    for part in parts:
        if result and any(
            item.span.start < result[-1].end < part.start < item.span.end
            for item in date_ranges(text, result[-1].start, part.end)
        ):
            result[-1] = Span(result[-1].start, part.end)
        else:
            result.append(part)
    return result


def _split(text: str, span: Span) -> Iterator[Span]:
    cuts = [span.start, *(match.end() for match in _SENTENCE.finditer(text, span.start, span.end)), span.end]
    for start, end in pairwise(cuts):
        if text[start:end].strip():
            yield Span(bullet_end(text, start, end), end)


def _cut_behind_dates(text: str, span: Span) -> Iterator[Span]:
    """ "Engineer, Acme (2019 - 2021) Led the team." is a heading and a sentence."""
    found = date_ranges(text, span.start, span.end)
    if found and found[0].span.start - span.start <= 120:
        end = found[0].span.end
        while end < span.end and text[end] in " )],.:;|\t":
            end += 1
        rest = text[end : span.end]
        before = text[span.start : found[0].span.start]
        if len(rest.split()) >= 4 and is_prose(rest) and not is_prose(before) and not opens_with_dates(before):
            yield Span(span.start, end)
            yield from _cut_behind_dates(text, Span(end, span.end))
            return
    yield span
