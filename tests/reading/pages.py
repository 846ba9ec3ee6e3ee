"""Makes the PDFs that the tests read: text at a place, in an order of painting that the test chooses."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = letter


@dataclass(frozen=True)
class Put:
    """A piece of text with its left edge at ``x`` and its baseline ``y`` points below the top of the page."""

    text: str
    x: float
    y: float
    size: float = 10
    bold: bool = False

    @property
    def font(self) -> str:
        return "Helvetica-Bold" if self.bold else "Helvetica"


def right(text: str, x: float, y: float, size: float = 10, bold: bool = False) -> Put:
    """A piece of text whose right edge is at ``x``."""
    font = "Helvetica-Bold" if bold else "Helvetica"
    return Put(text, x - stringWidth(text, font, size), y, size, bold)


def column(
    lines: Iterable[str | tuple[str, bool]], x: float, y: float, step: float = 14, size: float = 10
) -> list[Put]:
    """Lines below each other; a tuple's second part says whether the line is bold."""
    puts = []
    for index, line in enumerate(lines):
        text, bold = (line, False) if isinstance(line, str) else line
        puts.append(Put(text, x, y + index * step, size, bold))
    return puts


def pdf(*pages: Sequence[Put], before: Callable[[Canvas], None] | None = None, **options: object) -> bytes:
    """A PDF of pages, each painted in the order given."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=letter, **options)
    for page in pages:
        if before is not None:
            before(canvas)
        for put in page:
            canvas.setFont(put.font, put.size)
            canvas.drawString(put.x, HEIGHT - put.y, put.text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    """A PDF of one page that a function draws."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=letter)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
