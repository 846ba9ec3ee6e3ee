"""Recognised words become lines; and with tesseract there, a picture of a page is read."""

from __future__ import annotations

import io

import pytest
from pages import HEIGHT, WIDTH, column, drawn, pdf
from reportlab.lib.utils import ImageReader

from matcher.reading import ocr, read_bytes
from matcher.reading.layout import PageRows, lay_out, rows_from

TABLE = {
    "text": ["", "Jane", "Roe", "Python", "and", "Go", "~"],
    "conf": ["-1", "96", "95.5", "90", "91", "88", "12"],
    "block_num": [1, 1, 1, 1, 1, 1, 1],
    "par_num": [0, 1, 1, 1, 1, 1, 1],
    "line_num": [0, 1, 1, 2, 2, 2, 2],
    "left": [0, 100, 210, 100, 250, 340, 400],
    "top": [0, 100, 101, 160, 166, 160, 160],
    "width": [0, 90, 80, 130, 70, 50, 5],
    "height": [0, 40, 40, 50, 34, 40, 5],
}


def test_recognised_words_are_laid_out_like_others() -> None:
    drafts = lay_out([PageRows(1, 792, rows_from(ocr.words_from(TABLE, 300 / 72)))])
    assert [draft.text for draft in drafts if draft.text] == ["Jane Roe", "Python and Go"]


@pytest.mark.skipif(not ocr.available(), reason="needs the extra 'ocr' and tesseract")
def test_a_scan_is_recognised() -> None:
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf(column(["Jane Roe", "Senior Engineer"], 72, 100, 40, 24)))[0]
    buffer = io.BytesIO()
    page.render(scale=3).to_pil().save(buffer, "PNG")
    buffer.seek(0)
    scan = drawn(lambda canvas: canvas.drawImage(ImageReader(buffer), 0, 0, WIDTH, HEIGHT))
    document = read_bytes(scan, "resume", source="scan.pdf")
    assert "Senior Engineer" in document.text
    assert [notice.code for notice in document.notices] == ["ocr"]
