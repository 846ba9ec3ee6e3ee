"""A document with stretches of its text replaced, its lines still in their places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matcher.model import Document, Line, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``text`` where ``span`` was."""

    span: Span
    text: str


def rewritten(document: Document, edits: Iterable[Edit]) -> Document:
    """``document`` with its text edited; edits may not overlap. Lines are moved along, and grow or shrink.

    Its links are left out: an address tells what was edited away.
    """
    ordered = sorted(edits, key=lambda edit: edit.span)
    parts, at = list[str](), 0
    for edit in ordered:
        if edit.span.start < at:
            raise ValueError("edits overlap")
        parts.extend((document.text[at : edit.span.start], edit.text))
        at = edit.span.end
    parts.append(document.text[at:])
    moved = _Moved(ordered)
    lines = tuple(
        line._replace(span=Span(moved.start(line.span.start), moved.end(line.span.end))) for line in document.lines
    )
    return replace(
        document,
        text="".join(parts),
        lines=tuple(line for line in lines if line.span.end > line.span.start),
        links=(),
    )


def masked(document: Document, spans: Iterable[Span], sign: str = "█") -> Document:
    """``document`` with all letters and digits in ``spans`` covered, without its links; every offset stays true."""
    return replace(document, text=covered(document.text, spans, sign), links=())


def covered(text: str, spans: Iterable[Span], sign: str = "█") -> str:
    """``text`` with everything in ``spans`` but white space covered, one sign for each character."""
    parts, at = list[str](), 0
    for span in sorted(spans):
        start = max(at, span.start)
        if span.end <= start:
            continue
        parts.append(text[at:start])
        parts.append("".join(char if char.isspace() else sign for char in text[start : span.end]))
        at = span.end
    parts.append(text[at:])
    return "".join(parts)


def inserted(document: Document, after: Line, text: str) -> Document:
    """``document`` with one more line below ``after``, set like it."""
    end = after.span.end
    added = Span(end + 1, end + 1 + len(text))
    shift = len(text) + 1
    lines = list[Line]()
    for line in document.lines:
        if line.span.start >= end and line is not after:
            lines.append(line._replace(span=Span(line.span.start + shift, line.span.end + shift)))
        else:
            lines.append(line)
        if line is after:
            lines.append(after._replace(span=added, heading=False, bold=False, font_size=None, table_row=False))
    links = tuple(
        replace(link, span=Span(link.span.start + shift, link.span.end + shift)) if link.span.start >= end else link
        for link in document.links
    )
    return replace(
        document, text=f"{document.text[:end]}\n{text}{document.text[end:]}", lines=tuple(lines), links=links
    )


class _Moved:
    """Where an offset comes to lie."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts = [edit.span.start for edit in edits]
        self._shifts = [0]
        for edit in edits:
            self._shifts.append(self._shifts[-1] + len(edit.text) - (edit.span.end - edit.span.start))

    def start(self, offset: int) -> int:
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self._edits[index].span.end:
            return self._starts[index] + self._shifts[index]
        return offset + self._shifts[index + 1]

    def end(self, offset: int) -> int:
        index = bisect_right(self._starts, offset - 1) - 1
        if index >= 0 and offset < self._edits[index].span.end:
            return self._starts[index] + self._shifts[index] + len(self._edits[index].text)
        return offset + self._shifts[index + 1]
