"""Each limit on what a file may cost, one by one: it is hit, and the error says which one it was."""

from __future__ import annotations

import io
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from matcher.errors import ReadingError
from matcher.reading import Limits, read
from matcher.reading.guard import GuardedReader


def pdf(pages: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for number in range(pages):
        canvas.drawString(60, 700 - 7 * number, f"The {number + 3}th year at the bank was about Python and SQL")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def word() -> bytes:
    import docx

    document = docx.Document()
    for number in range(200):
        document.add_paragraph(f"Line {number} of a resume that speaks of Python")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


CASES: dict[str, tuple[str, Any, Any]] = {
    "max_bytes": ("resume.txt", b"Python and SQL\n" * 100, 1000),
    "max_text_chars": ("resume.txt", b"Python and SQL\n" * 100, 1000),
    "max_pages": ("resume.pdf", pdf(4), 3),
    "max_expanded_bytes": ("resume.docx", word(), 1000),
    "max_seconds": ("resume.pdf", pdf(60), 0.0),
    "max_memory_mib": ("resume.pdf", pdf(2), 1),
}


def test_every_limit_is_tried() -> None:
    assert set(CASES) == {item.name for item in fields(Limits)}


@pytest.mark.parametrize("limit", sorted(CASES))
def test_a_limit_is_hit_and_named(limit: str, tmp_path: Path) -> None:
    name, content, value = CASES[limit]
    path = tmp_path / name
    path.write_bytes(content)
    assert "Python" in read(path, "resume").text
    limits = replace(Limits(), **{limit: value})
    with GuardedReader(limits) as guarded, pytest.raises(ReadingError) as caught:
        # Memory is the one that only a process of its own can be held to.
        guarded.read(path, "resume") if limit == "max_memory_mib" else read(path, "resume", limits=limits)
    assert limit in str(caught.value)
    assert name in str(caught.value)
