"""Lines on their way to a ``Document``: what every format's reader hands over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.model import Line, Link, Span
from matcher.reading.links import Anchor, placed

BBox = tuple[float, float, float, float]


@dataclass(slots=True)
class Draft:
    """A line before it has a place in the text; an empty ``text`` is a paragraph break."""

    text: str
    page: int | None = None
    bbox: BBox | None = None
    column: int = 0
    font_size: float | None = None
    bold: bool = False
    heading: bool = False
    table_row: bool = False
    links: tuple[Anchor, ...] = ()


BREAK = Draft("")


def assemble(drafts: Iterable[Draft]) -> tuple[str, tuple[Line, ...], tuple[Link, ...]]:
    """The text of a document, its lines and its links; runs of breaks count once, none stands at either end."""
    parts: list[str] = []
    lines: list[Line] = []
    links: list[Link] = []
    at = 0
    gap = False
    for draft in drafts:
        text = draft.text.strip()
        if not text:
            gap = bool(parts)
            continue
        if gap:
            parts.append("")
            at += 1
            gap = False
        parts.append(text)
        lines.append(
            Line(
                Span(at, at + len(text)),
                draft.page,
                draft.bbox,
                draft.column,
                draft.font_size,
                draft.bold,
                draft.heading,
                draft.table_row,
            )
        )
        if draft.links:
            links += placed(text, at, draft.links)
        at += len(text) + 1
    return "\n".join(parts), tuple(lines), tuple(links)
