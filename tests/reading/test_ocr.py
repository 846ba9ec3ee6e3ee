"""Recognised words become lines; and with tesseract there, a picture of a page is read."""

from __future__ import annotations

import io
import os
import sys

import pypdfium2
import pytest
from pages import HEIGHT, WIDTH, column, drawn, pdf
from reportlab.lib.utils import ImageReader

from matcher.errors import ReadingError
from matcher.reading import Limits, ocr, read_bytes
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


LINES = [
    "Jane Roe",
    "Senior Machine Learning Engineer, Globex, 2020 - 2024",
    "Built the billing platform in Python and PostgreSQL",
    "Led a team of five engineers across three sites",
]


def scanned(dots: int) -> bytes:
    """A PDF of one picture: a page with text, printed and scanned at so many dots per inch."""
    buffer = io.BytesIO()
    with pypdfium2.PdfDocument(pdf(column(LINES, 72, 100, 24, 12))) as document:
        document[0].render(scale=dots / 72, grayscale=True).to_pil().save(buffer, "PNG")
    buffer.seek(0)
    return drawn(lambda canvas: canvas.drawImage(ImageReader(buffer), 0, 0, WIDTH, HEIGHT))


def require_recognition() -> None:
    """Skip where the machine cannot recognise text; on a build server that is a failure, not a reason to skip."""
    reason = ocr.missing()
    if reason is not None:
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(f"{reason}: tests/system/setup.sh installs it")
        pytest.skip(reason)


def test_a_scan_is_recognised() -> None:
    require_recognition()
    document = read_bytes(scanned(200), "resume", source="scan.pdf")
    words = document.text.replace("\n", " ").split()
    wanted = " ".join(LINES).split()
    assert sum(word in words for word in wanted) >= 0.9 * len(wanted)
    assert [notice.code for notice in document.notices] == ["ocr"]
    assert [line.page for line in document.lines] == [1] * len(document.lines)
    left, top, _, bottom = document.lines[0].bbox or (0, 0, 0, 0)
    assert left == pytest.approx(72, abs=3)
    assert top < 100 < bottom + 3


def test_without_recognition_a_scan_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: "install what is missing")
    with pytest.raises(ReadingError, match="scan") as caught:
        read_bytes(scanned(72), "resume", source="scan.pdf")
    assert str(caught.value).endswith("or install what is missing")
    assert "recognition" not in caught.value.cause


def test_a_picture_without_words_is_not_said_to_lack_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: None)
    monkeypatch.setattr(ocr, "recognised", lambda page, seconds: [])
    with pytest.raises(ReadingError, match="found no words") as caught:
        read_bytes(scanned(72), "resume", source="scan.pdf")
    assert "install" not in str(caught.value)


def test_recognition_that_does_not_end_is_said_to_need_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: None)
    monkeypatch.setattr(ocr, "recognised", lambda page, seconds: None)
    with pytest.raises(ReadingError, match="max_seconds"):
        read_bytes(scanned(72), "resume", source="scan.pdf")


@pytest.mark.parametrize("program", [None, "/usr/bin/tesseract"])
def test_what_is_missing_for_recognition_is_named(monkeypatch: pytest.MonkeyPatch, program: str | None) -> None:
    monkeypatch.setitem(sys.modules, "pytesseract", None)
    monkeypatch.setattr(ocr, "which", lambda name: program)
    assert "matcher[ocr]" in str(ocr.missing())
    assert ("program tesseract" in str(ocr.missing())) == (program is None)
    assert not ocr.available()


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytesseract = pytest.importorskip("pytesseract")
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-program")
    assert "program tesseract" in str(ocr.missing())
    assert "pip" not in str(ocr.missing())


def test_recognition_leaves_time_for_the_other_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []

    def slow(page: object, seconds: float) -> list[object]:
        given.append(seconds)
        return []

    monkeypatch.setattr(ocr, "missing", lambda: None)
    monkeypatch.setattr(ocr, "recognised", slow)
    with pytest.raises(ReadingError) as caught:
        read_bytes(scanned(72), "resume", source="scan.pdf", limits=Limits(max_seconds=4.0))
    assert caught.value.code == "no-text-layer"
    assert len(given) == 1
    assert 0 < given[0] <= 2.0
