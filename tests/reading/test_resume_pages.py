"""Whole pages as people have them: templates with a side bar, a timeline, ratings, icons, letters drawn one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from pages import HEIGHT, Put, column, drawn, pdf, right
from reportlab.pdfbase.pdfmetrics import stringWidth

from matcher.reading import read_bytes

JOBS = [
    ("Senior Engineer", "Globex", "2020 - Present", ["Built the billing platform", "Led a team of five"]),
    ("Engineer", "Initech", "2016 - 2019", ["Moved the data warehouse"]),
]


def put(canvas: Any, puts: Sequence[Put]) -> None:
    for item in puts:
        canvas.setFont(item.font, item.size)
        canvas.drawString(item.x, HEIGHT - item.y, item.text)


def template(canvas: Any) -> None:
    """A dark side bar with a portrait, icons, bars and dots for skills, and a timeline beside the jobs."""
    canvas.setFillColorRGB(0.1, 0.2, 0.35)
    canvas.rect(0, 0, 200, HEIGHT, stroke=0, fill=1)
    canvas.setFillColorRGB(0.5, 0.5, 0.5)
    canvas.circle(100, 700, 50, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    put(canvas, [Put("CONTACT", 30, 190, 12, True)])
    for place, (icon, text) in enumerate((("\u260e", "+1 555 010 0199"), ("\u2709", "jane@example.com"))):
        canvas.setFont("ZapfDingbats", 10)
        canvas.drawString(30, HEIGHT - 210 - 16 * place, icon)
        put(canvas, [Put(text, 48, 210 + 16 * place, 9)])
    put(canvas, [Put("SKILLS", 30, 280, 12, True)])
    for place, (text, level) in enumerate((("Python", 5), ("Kubernetes", 4), ("SQL", 3))):
        put(canvas, [Put(text, 30, 300 + 22 * place, 9)])
        canvas.rect(30, HEIGHT - 308 - 22 * place, 28 * level, 4, stroke=0, fill=1)
    put(canvas, [Put("LANGUAGES", 30, 380, 12, True)])
    for place, (text, level) in enumerate((("English", 5), ("German", 3))):
        put(canvas, [Put(text, 30, 400 + 16 * place, 9)])
        canvas.setFont("ZapfDingbats", 9)
        canvas.drawString(110, HEIGHT - 400 - 16 * place, "\u25cf" * level)
    canvas.setFillColorRGB(0, 0, 0)
    put(canvas, [Put("JANE ROE", 230, 80, 28, True), Put("EXPERIENCE", 230, 130, 12, True)])
    y = 150.0
    for title, employer, dates, bullets in JOBS:
        canvas.circle(222, HEIGHT - y + 3, 3, fill=1)
        put(canvas, [Put(title, 235, y, 10, True), right(dates, 570, y), Put(employer, 235, y + 14)])
        put(canvas, column([f"• {text}" for text in bullets], 235, y + 28))
        y += 42 + 14 * len(bullets)
    canvas.line(222, HEIGHT - 150, 222, HEIGHT - y)


def ratings(canvas: Any) -> None:
    put(canvas, [Put("SKILLS", 50, 100, 12, True)])
    for place, (text, level) in enumerate((("Python", 5), ("Go", 3), ("Machine Learning", 4))):
        put(canvas, [Put(text, 50, 120 + 16 * place)])
        canvas.setFont("ZapfDingbats", 10)
        canvas.drawString(200, HEIGHT - 120 - 16 * place, "\u2605" * level)


def chips(canvas: Any) -> None:
    put(canvas, [Put("SKILLS", 50, 100, 12, True)])
    x, y = 50.0, 120.0
    for text in ("Python", "Machine Learning", "Kubernetes", "SQL", "Deep Learning", "Docker"):
        wide = stringWidth(text, "Helvetica", 9) + 14
        if x + wide > 300:
            x, y = 50.0, y + 18
        canvas.roundRect(x, HEIGHT - y - 4, wide, 15, 5)
        put(canvas, [Put(text, x + 7, y, 9)])
        x += wide + 6


def letter_by_letter(canvas: Any) -> None:
    for item in column(["Jane Roe", "Senior Engineer at Globex", "Python and Kubernetes"], 50, 100):
        x = item.x
        for char in item.text:
            if char != " ":
                put(canvas, [Put(char, x, item.y)])
            x += stringWidth(char, "Helvetica", 10)


def turned_name(canvas: Any) -> None:
    canvas.saveState()
    canvas.translate(30, 300)
    canvas.rotate(90)
    canvas.setFont("Helvetica-Bold", 30)
    canvas.drawString(0, 0, "JANE ROE")
    canvas.restoreState()
    put(canvas, column([("EXPERIENCE", True), "Engineer, Globex", ("SKILLS", True), "Python"], 80, 100))


def headings(canvas: Any) -> None:
    """Capitals far apart, and small capitals made of two sizes."""
    for y, heading, below in ((100, "WORK EXPERIENCE", "Engineer, Globex"), (160, "TECHNICAL SKILLS", "Python, Go")):
        text = canvas.beginText(50, HEIGHT - y)
        text.setFont("Helvetica-Bold", 12)
        text.setCharSpace(6)
        text.textOut(heading)
        text.setCharSpace(0)
        canvas.drawText(text)
        put(canvas, [Put(below, 50, y + 20)])
    put(canvas, [Put("E", 50, 220, 14), Put("DUCATION", 50 + stringWidth("E", "Helvetica", 14), 220, 10)])


def bullets_first(canvas: Any) -> None:
    put(canvas, [Put("EXPERIENCE", 50, 100, 12, True), *(Put("•", 56, 120 + 14 * place) for place in range(3))])
    put(canvas, column(["Built the billing platform", "Led a team of five", "Moved it"], 70, 120))


@pytest.mark.parametrize(
    ("draw", "wanted"),
    [
        (template, [
            "CONTACT", "☎ +1 555 010 0199", "✉ jane@example.com", "SKILLS", "Python", "Kubernetes", "SQL", "LANGUAGES",
            "English\t●●●●●", "German\t●●●", "JANE ROE", "EXPERIENCE", "Senior Engineer  2020 - Present", "Globex",
            "• Built the billing platform", "• Led a team of five", "Engineer  2016 - 2019", "Initech",
            "• Moved the data warehouse",
        ]),
        (ratings, ["SKILLS", "Python\t★★★★★", "Go\t★★★", "Machine Learning\t★★★★"]),
        (chips, ["SKILLS", "Python  Machine Learning  Kubernetes  SQL", "Deep Learning  Docker"]),
        (letter_by_letter, ["Jane Roe", "Senior Engineer at Globex", "Python and Kubernetes"]),
        (turned_name, ["EXPERIENCE", "Engineer, Globex", "SKILLS", "Python", "JANE ROE"]),
        (headings, ["WORK EXPERIENCE", "Engineer, Globex", "TECHNICAL SKILLS", "Python, Go", "EDUCATION"]),
        (bullets_first, ["EXPERIENCE", "• Built the billing platform", "• Led a team of five", "• Moved it"]),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)  # fmt: skip
def test_a_page_is_read_as_a_person_would(draw: Callable[[Any], None], wanted: list[str]) -> None:
    document = read_bytes(drawn(draw), "resume", source="made.pdf")
    assert [document.text[line.span.start : line.span.end] for line in document.lines] == wanted
    assert document.notices == ()


def test_a_head_with_name_and_mail_on_every_page_is_read_once() -> None:
    def page(number: int, *lines: str) -> list[Put]:
        head = [Put("Jane Roe", 50, 40, 14, True), right("jane@example.com", 560, 40, 9)]
        return [*head, *column(lines, 50, 100), right(f"Page {number} of 3", 560, 770, 8)]

    data = pdf(page(1, "EXPERIENCE", "Engineer, Globex"), page(2, "Built things", "SKILLS"), page(3, "Python"))
    lines = read_bytes(data, "resume", source="made.pdf").text.split("\n")
    assert [line for line in lines if line] == [
        "Jane Roe  jane@example.com", "EXPERIENCE", "Engineer, Globex", "Built things", "SKILLS", "Python",
    ]  # fmt: skip
