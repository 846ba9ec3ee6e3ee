"""What the page shows against what the file contains."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from pages import HEIGHT, WIDTH, Put, drawn, pdf
from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader

from matcher.errors import ReadingError
from matcher.model import Document
from matcher.reading import read_bytes


def read(draw: Callable[[Any], None]) -> Document:
    def page(canvas: Any) -> None:
        canvas.drawString(72, 700, "Visible words about Python")
        canvas.saveState()
        draw(canvas)
        canvas.restoreState()
        canvas.drawString(72, 400, "The end of the page")

    return read_bytes(drawn(page), "resume", source="made.pdf")


def grey_picture(shade: int = 255) -> ImageReader:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("L", (60, 60), shade).save(buffer, "PNG")
    buffer.seek(0)
    return ImageReader(buffer)


def white_text(canvas: Any) -> None:
    canvas.setFillColor(white)
    canvas.drawString(72, 650, "Kubernetes secret")


def near_white_text(canvas: Any) -> None:
    canvas.setFillColorRGB(0.99, 0.99, 0.99)
    canvas.drawString(72, 650, "Kubernetes secret")


def tiny_text(canvas: Any) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.drawString(72, 650, "Kubernetes secret")


def scaled_to_nothing(canvas: Any) -> None:
    canvas.scale(0.1, 0.1)
    canvas.drawString(720, 6500, "Kubernetes secret")


def off_the_page(canvas: Any) -> None:
    canvas.drawString(-400, 650, "Kubernetes secret")


def above_the_page(canvas: Any) -> None:
    canvas.drawString(72, HEIGHT + 40, "Kubernetes secret")


def without_ink(canvas: Any) -> None:
    text = canvas.beginText(72, 650)
    text.setTextRenderMode(3)
    text.textOut("Kubernetes secret")
    canvas.drawText(text)


def transparent(canvas: Any) -> None:
    canvas.setFillColor(Color(0, 0, 0, alpha=0))
    canvas.drawString(72, 650, "Kubernetes secret")


def painted_over(canvas: Any) -> None:
    canvas.drawString(72, 650, "Kubernetes secret")
    canvas.setFillColor(white)
    canvas.rect(60, 640, 300, 25, fill=1, stroke=0)


def behind_a_picture(canvas: Any) -> None:
    canvas.drawString(72, 650, "Kubernetes secret")
    canvas.drawImage(grey_picture(120), 60, 640, 300, 25)


def same_as_its_box(canvas: Any) -> None:
    canvas.setFillColor(black)
    canvas.rect(60, 640, 300, 25, fill=1, stroke=0)
    canvas.drawString(72, 650, "Kubernetes secret")


def clipped_away(canvas: Any) -> None:
    path = canvas.beginPath()
    path.rect(0, 0, 10, 10)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(72, 650, "Kubernetes secret")


def said_and_not_drawn(canvas: Any) -> None:
    canvas._code.append("/Span <</ActualText (Kubernetes secret stuffing)>> BDC")
    canvas.drawString(72, 650, "Plain words")
    canvas._code.append("EMC")


@pytest.mark.parametrize(
    "draw",
    [
        *[white_text, near_white_text, tiny_text, scaled_to_nothing, off_the_page, above_the_page, without_ink],
        *[transparent, painted_over, behind_a_picture, same_as_its_box, clipped_away, said_and_not_drawn],
    ],
)
def test_unseen_text_is_reported_and_not_read(draw: Callable[[Any], None]) -> None:
    document = read(draw)
    assert "Kubernetes" not in document.text
    assert "Visible words about Python" in document.text
    assert "The end of the page" in document.text
    (notice,) = document.notices
    assert notice.code == "hidden-text"
    assert "Kubernetes secret" in notice.message


def test_what_is_drawn_is_read_in_place_of_what_the_file_says() -> None:
    assert "Plain words" in read(said_and_not_drawn).text


def white_on_dark(canvas: Any) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.4)
    canvas.rect(60, 640, 300, 25, fill=1, stroke=0)
    canvas.setFillColor(white)
    canvas.drawString(72, 650, "Kubernetes seen")


def on_a_picture(canvas: Any) -> None:
    canvas.drawImage(grey_picture(200), 60, 640, 300, 25)
    canvas.drawString(72, 650, "Kubernetes seen")


def light_grey(canvas: Any) -> None:
    canvas.setFillColorRGB(0.75, 0.75, 0.75)
    canvas.drawString(72, 650, "Kubernetes seen")


def outlined(canvas: Any) -> None:
    text = canvas.beginText(72, 650)
    text.setTextRenderMode(1)
    text.textOut("Kubernetes seen")
    canvas.drawText(text)


@pytest.mark.parametrize("draw", [white_on_dark, on_a_picture, light_grey, outlined])
def test_visible_text_is_not_taken_for_hidden(draw: Callable[[Any], None]) -> None:
    document = read(draw)
    assert "Kubernetes seen" in document.text
    assert document.notices == ()


def test_the_text_layer_of_a_scan_is_read() -> None:
    def scan(canvas: Any) -> None:
        canvas.drawImage(grey_picture(230), 0, 0, WIDTH, HEIGHT)
        text = canvas.beginText(72, 650)
        text.setTextRenderMode(3)
        text.textLines("Recognised words of a page\nAnother line of the scan")
        canvas.drawText(text)

    document = read_bytes(drawn(scan), "resume", source="scan.pdf")
    assert document.text == "Recognised words of a page\nAnother line of the scan"
    assert document.notices == ()


def test_a_page_of_nothing_but_unseen_text_is_an_error() -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(drawn(without_ink), "resume", source="made.pdf")
    assert caught.value.code == "all-hidden"


def test_zero_width_and_look_alike_letters_are_plain_letters() -> None:
    from matcher.reading import read_text

    assert (
        read_text("Ku\u200bber\u00adnetes and \u0420ython, Pyth\u043en", "resume").text
        == "Kubernetes and Python, Python"
    )


def test_a_page_without_anything_odd_has_no_notices() -> None:
    assert read_bytes(pdf([Put("Plain words", 50, 100)]), "resume", source="made.pdf").notices == ()


def test_rtf_words_that_are_white_or_tiny_are_named_and_left_out() -> None:
    text = (
        r"{\rtf1\ansi{\colortbl;\red255\green255\blue255;\red10\green10\blue10;}Jane Roe {\cf1 Rust experts}"
        r" and {\fs4 Haskell} {\fs20 Python}\cf1 Scala\cf2  Go "
        r"{\cf1\highlight2 on dark} {\cf0 plain} {\v Perl\plain  SQL}"
        r"{\fs4\par}Next line}"
    )
    document = read_bytes(text.encode(), "resume", source="made.rtf")
    assert document.text.split() == "Jane Roe and Python Go on dark plain SQL Next line".split()
    assert document.text.endswith("SQL\nNext line")
    assert [notice.code for notice in document.notices] == ["hidden-text"]
    named = document.notices[0].message.rpartition(": ")[2]
    assert all(word in named for word in ("Rust", "experts", "Haskell", "Scala", "Perl"))
