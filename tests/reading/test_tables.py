"""Tables with ruling lines: a cell is read to its end and never mixed with the one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from pages import HEIGHT, Put, column, drawn, pdf

from matcher.reading import plumber, read_bytes
from matcher.reading.tables import ruled_tables

Grid = tuple[Sequence[float], Sequence[float]]
HISTORY = [
    (
        ["2021 - today"],
        [("Senior Engineer, Globex", True), "• Built the billing platform for", "two million customers", "• Led one"],
    ),
    (["2018 - 2021"], [("Engineer, Initech", True), "• Moved the data warehouse"]),
]  # fmt: skip
HISTORY_GRID: Grid = ((50, 150, 420), (90, 156, 194))


def in_cells(grid: Grid, rows: Sequence[Sequence[Sequence[Any]]], size: float = 10) -> list[Put]:
    """The texts of a table's cells, painted cell by cell."""
    return [
        put
        for y, row in zip(grid[1], rows, strict=False)
        for x, cell in zip(grid[0], row, strict=False)
        for put in column(cell, x + 4, y + 12, 13, size)
    ]


def painted(grid: Grid, puts: Sequence[Put], rules: str, order: str = "cells") -> bytes:
    """A page with the texts and the table's lines, drawn in one of the ways that programs have."""

    def draw(canvas: Any) -> None:
        xs, ys = grid[0], [HEIGHT - y for y in grid[1]]
        if rules == "one path":
            canvas.grid(xs, ys)
        elif rules == "lines":
            for y in ys:
                canvas.line(xs[0], y, xs[-1], y)
            for x in xs:
                canvas.line(x, ys[0], x, ys[-1])
        elif rules == "boxes":
            for x0, x1 in pairwise(xs):
                for y0, y1 in pairwise(ys):
                    canvas.rect(x0, y1, x1 - x0, y0 - y1)
        else:  # thin bars, a piece for each cell, as word processors have them
            for x0, x1 in pairwise(xs):
                for y in ys:
                    canvas.rect(x0 + 0.5, y - 0.25, x1 - x0 - 0.5, 0.5, stroke=0, fill=1)
            for y0, y1 in pairwise(ys):
                for x in xs:
                    canvas.rect(x, y1 + 0.5, 0.5, y0 - y1 - 0.5, stroke=0, fill=1)
        ordered = puts if order == "cells" else sorted(puts, key=lambda put: (put.y, put.x))
        for put in ordered:
            canvas.setFont(put.font, put.size)
            canvas.drawString(put.x, HEIGHT - put.y, put.text)

    return drawn(draw)


def lines(data: bytes) -> list[str]:
    document = read_bytes(data, "resume", source="made.pdf")
    return [document.text[line.span.start : line.span.end] for line in document.lines]


@pytest.mark.parametrize("order", ["cells", "rows"])
@pytest.mark.parametrize("rules", ["lines", "one path", "boxes", "bars"])
def test_jobs_in_a_table_are_read_cell_by_cell(rules: str, order: str) -> None:
    title = [Put("Jane Roe", 50, 60, 20, True)]
    found = lines(painted(HISTORY_GRID, title + in_cells(HISTORY_GRID, HISTORY), rules, order))
    assert found == [
        "Jane Roe",
        *["2021 - today  Senior Engineer, Globex", "• Built the billing platform for", "two million customers"],
        *["• Led one", "2018 - 2021  Engineer, Initech", "• Moved the data warehouse"],
    ]


@pytest.mark.parametrize("order", ["cells", "rows"])
def test_texts_that_wrap_in_their_cells_are_one_line_of_the_table(order: str) -> None:
    grid: Grid = ((50, 130, 272, 330), (90, 108, 140, 160))
    rows = [
        (["Area"], ["Tools"], ["Years"]),
        (["Languages"], ["Python, Go, TypeScript and", "Rust"], ["8"]),
        (["Platforms"], ["Kubernetes"], ["5"]),
    ]
    document = read_bytes(painted(grid, in_cells(grid, rows), "lines", order), "resume", source="made.pdf")
    assert document.text.split("\n") == [
        "Area\tTools\tYears", "Languages\tPython, Go, TypeScript and Rust\t8", "Platforms\tKubernetes\t5",
    ]  # fmt: skip
    assert all(line.table_row for line in document.lines)


def test_lists_side_by_side_in_a_frame_are_read_one_after_the_other() -> None:
    grid: Grid = ((50, 250, 450), (90, 160))
    rows = [(["Python", "Go", "Rust", "SQL", "Scala"], ["Docker", "Kubernetes", "Terraform", "AWS", "GCP"])]
    for order in ("cells", "rows"):
        assert lines(painted(grid, in_cells(grid, rows), "lines", order)) == [*rows[0][0], *rows[0][1]]


def test_two_framed_columns_with_text_of_any_length_keep_their_order() -> None:
    grid: Grid = ((40, 200, 570), (90, 300))
    left = [("SKILLS", True), "Python", "Kubernetes", ("LANGUAGES", True), "English"]
    right = [
        ("EXPERIENCE", True), "Senior Engineer, Globex", "Built the billing platform for two million customers and",
        "cut its costs by a third", ("EDUCATION", True), "BSc Computer Science",
    ]  # fmt: skip
    found = lines(painted(grid, in_cells(grid, [(left, right)]), "boxes", "rows"))
    assert found == [part if isinstance(part, str) else part[0] for part in [*left, *right]]


def test_employer_and_place_over_title_and_dates_stay_pairs() -> None:
    grid: Grid = ((50, 300, 450), (90, 124))
    rows = [(["Globex", "Senior Engineer"], ["Springfield", "2019 - 2021"])]
    assert lines(painted(grid, in_cells(grid, rows), "lines")) == [
        "Globex  Springfield", "Senior Engineer  2019 - 2021",
    ]  # fmt: skip


def test_a_table_beside_a_column_stays_in_its_own() -> None:
    side = column([("SKILLS", True), "Python", "Go", "Kubernetes", "SQL", "Terraform", "Docker", "Linux"], 460, 100, 13)
    found = lines(painted(HISTORY_GRID, in_cells(HISTORY_GRID, HISTORY) + side, "lines"))
    assert found.index("2018 - 2021  Engineer, Initech") + 2 == found.index("SKILLS")
    assert found[-8:] == [put.text for put in side]


def test_text_around_a_table_stays_around_it() -> None:
    grid: Grid = ((50, 150, 300), (90, 108, 126))
    rows = [(["Python"], ["8 years"]), (["Go"], ["2 years"])]
    before, after = Put("Skills", 50, 80, 10, True), Put("Education", 50, 150, 10, True)
    assert lines(painted(grid, [before, after, *in_cells(grid, rows)], "lines")) == [
        "Skills", "Python\t8 years", "Go\t2 years", "Education",
    ]  # fmt: skip


def test_lines_under_headings_and_frames_around_sections_are_no_tables() -> None:
    def draw(canvas: Any) -> None:
        for y in (100, 200, 300):
            canvas.line(50, HEIGHT - y, 560, HEIGHT - y)
        canvas.rect(40, HEIGHT - 700, 530, 650)
        canvas.line(200, HEIGHT - 60, 200, HEIGHT - 90)

    data = pdf(column(["Jane Roe", "Python"], 50, 120), before=draw)
    assert lines(data) == ["Jane Roe", "Python"]
    from matcher.reading import pdfium

    with pdfium.opened(data) as document, pdfium.page_of(document, 0) as page:
        areas = pdfium.read_page(page, 1).areas
    assert len([area for area in areas if area.kind == "line"]) == 8
    assert ruled_tables(areas) == []


def test_both_sources_of_a_pdf_see_the_same_tables() -> None:
    from matcher.reading import pdfium

    for rules in ("lines", "one path", "boxes"):
        data = painted(HISTORY_GRID, in_cells(HISTORY_GRID, HISTORY), rules)
        with plumber.opened(data) as document:
            slow = ruled_tables(plumber.read_page(document, 0).areas)
        with pdfium.opened(data) as fast_document, pdfium.page_of(fast_document, 0) as page:
            fast = ruled_tables(pdfium.read_page(page, 1).areas)
        assert [len(row) for row in fast[0].rows] == [2, 2]
        for one, two in zip(fast[0].rows, slow[0].rows, strict=True):
            for mine, other in zip(one, two, strict=True):
                assert mine == pytest.approx(other, abs=1)
