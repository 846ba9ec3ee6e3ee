"""Copies: of the posting, and of the text's own lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from matcher.integrity.finding import Finding, quote
from matcher.integrity.words import SHINGLE, WORD, runs_of, shingles_of, words_of
from matcher.model import Document, Span

# Words that two texts must share in a row, and altogether, before one is taken for a copy of the other.
MIN_RUN = 8
MIN_COPIED = 30
# A line is the posting's in other words if so much of it stands in rows of so many words that the posting has.
_SHORT_ROW = 4
_REWORDED_SHARE = 0.6
_MIN_REWORDED = 40
_MIN_REPEATED_WORDS = 8
_MANY_TIMES = 5
_ROW = 3
_MANY_WORDS = 150


def pasted(document: Document, posting_text: str) -> Iterator[Finding]:
    """Rows of words that are the posting's, when they are too many for chance and for stock phrases."""
    asked = shingles_of(posting_text)
    if asked.isdisjoint(shingles_of(document.text)):
        return
    words, spans = words_of(document.text)
    shared = [False] * len(words)
    for index in range(len(words) - SHINGLE + 1):
        if words[index : index + SHINGLE] in asked:
            shared[index : index + SHINGLE] = [True] * SHINGLE
    runs = [(first, last) for first, last in runs_of(shared) if last - first >= MIN_RUN]
    copied = sum(last - first for first, last in runs)
    if copied >= MIN_COPIED:
        places = tuple(_whole_lines(document, Span(spans[first].start, spans[last - 1].end)) for first, last in runs)
        first = places[0]
        yield Finding(
            "pasted-posting",
            f"{copied} words are the posting's own, word for word, and were left out:"
            f" {quote(document.text[first.start : first.end])}",
            places,
        )
    lines, long = _reworded(document, posting_text)
    if long >= _MIN_REWORDED:
        yield Finding(
            "pasted-posting",
            f"{len(lines)} lines of {long} words are the posting's with few other words, and were left out:"
            f" {quote(document.text[lines[0].start : lines[0].end])}",
            lines,
        )


def _reworded(document: Document, posting_text: str) -> tuple[tuple[Span, ...], int]:
    """Lines most of whose words stand in rows that the posting has as well, and the words of these lines in all."""
    asked = shingles_of(posting_text, _SHORT_ROW)
    found, long = [], 0
    for line in document.lines:
        words, _ = words_of(document.text[line.span.start : line.span.end])
        if len(words) < _SHORT_ROW:
            continue
        shared = [False] * len(words)
        for index in range(len(words) - _SHORT_ROW + 1):
            if words[index : index + _SHORT_ROW] in asked:
                shared[index : index + _SHORT_ROW] = [True] * _SHORT_ROW
        if sum(shared) >= _REWORDED_SHARE * len(words):
            found.append(line.span)
            long += len(words)
    return tuple(found), long


def _whole_lines(document: Document, span: Span) -> Span:
    """``span`` made longer to the ends of the lines that it covers for the most part."""
    lines = document.lines
    first = max(0, bisect_right(lines, span.start, key=lambda line: line.span.start) - 1)
    last = max(first, bisect_left(lines, span.end, key=lambda line: line.span.start) - 1)
    start, end = span.start, span.end
    if lines[first].span.end - span.start >= 0.5 * (lines[first].span.end - lines[first].span.start):
        start = min(start, lines[first].span.start)
    if span.end - lines[last].span.start >= 0.5 * (lines[last].span.end - lines[last].span.start):
        end = max(end, lines[last].span.end)
    return Span(start, end)


def repeated(document: Document) -> Iterator[Finding]:
    """Blocks that stand more than once, and lines that stand many times; the first of them stays.

    Two jobs of one kind may share a few lines, and honest resumes do.
    """
    keys = [
        " ".join(word.lower() for word in WORD.findall(document.text[line.span.start : line.span.end]))
        for line in document.lines
    ]
    places: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if key.count(" ") >= _MIN_REPEATED_WORDS - 1:
            places.setdefault(key, []).append(index)
    again = [False] * len(keys)
    for indices in places.values():
        if len(indices) >= _MANY_TIMES:
            for index in indices[1:]:
                again[index] = True
        for position, later in enumerate(indices[1:], 1):
            if again[later]:
                continue
            rows = [_same_row(keys, earlier, later) for earlier in indices[:position]]
            rows = [row for row in rows if row[1] - row[0] >= _ROW]
            first, last = max(rows, key=lambda row: row[1] - row[0], default=(later, later))
            long = sum(key.count(" ") + 1 for key in keys[first:last])
            # One job described like another is common; a page that stands there again is not, nor is anything thrice.
            if long >= (_MANY_WORDS if len(rows) == 1 else MIN_COPIED):
                again[first:last] = [True] * (last - first)
    spans = tuple(
        Span(document.lines[first].span.start, document.lines[last - 1].span.end) for first, last in runs_of(again)
    )
    if spans:
        count = sum(again)
        yield Finding(
            "repeated-text",
            f"{count} lines that stand in the text already were left out:"
            f" {quote(document.text[spans[0].start : spans[0].end])}",
            spans,
        )


def _same_row(keys: Sequence[str], earlier: int, later: int) -> tuple[int, int]:
    """The lines around ``later`` that stand in the same order around ``earlier``."""
    distance = later - earlier
    first = later
    while first - 1 - distance >= 0 and first - 1 > earlier and keys[first - 1] == keys[first - 1 - distance]:
        first -= 1
    last = later
    while last < len(keys) and last - distance < later and keys[last] == keys[last - distance]:
        last += 1
    return first, last
