"""Reading order, on pages that the tests make themselves: each is one trap of real layouts."""

from __future__ import annotations

from typing import Any

import pytest
from pages import Put, column, drawn, pdf, right
from reportlab.pdfbase.pdfmetrics import stringWidth

from matcher.model import Document
from matcher.reading import read_bytes

HEAD = [Put("Jane Roe", 230, 50, 24, True), Put("jane@example.com | (555) 010-0199 | Springfield", 180, 70)]
MAIN = [
    ("EXPERIENCE", True),
    ("Senior Engineer, Globex", True),
    "Jan 2020 - Present",
    "• Built the billing platform for two million customers",
    "and cut the costs of it by a third in one year",
    "• Led a team of five engineers across three sites",
    ("Engineer, Initech", True),
    "May 2016 - Dec 2019",
    "• Moved the data warehouse to a new platform",
    "• Wrote the first service in Go",
    ("EDUCATION", True),
    "BSc Computer Science, State University",
    "2012 - 2016",
]
SIDE = [
    ("SKILLS", True),
    "Python",
    "Go",
    "Kubernetes",
    "PostgreSQL",
    ("LANGUAGES", True),
    "English",
    "German",
    ("AWARDS", True),
    "Employee of the Year 2021",
]


def read(data: bytes) -> Document:
    return read_bytes(data, "resume", source="made.pdf")


def lines(data: bytes) -> list[str]:
    document = read(data)
    return [document.text[line.span.start : line.span.end] for line in document.lines]


def texts(parts: list[Any]) -> list[str]:
    return [part if isinstance(part, str) else part[0] for part in parts]


def by_place(puts: list[Put]) -> list[Put]:
    return sorted(puts, key=lambda put: (put.y, put.x))


@pytest.mark.parametrize(
    ("body", "order"),
    [
        pytest.param(column(MAIN, 50, 100) + column(SIDE, 400, 100), (MAIN, SIDE), id="side bar right"),
        pytest.param(column(SIDE, 400, 100) + column(MAIN, 50, 100), (MAIN, SIDE), id="side bar painted first"),
        pytest.param(column(SIDE, 50, 100) + column(MAIN, 220, 100), (SIDE, MAIN), id="side bar left"),
        pytest.param(
            by_place(column(MAIN, 50, 100) + column(SIDE, 400, 107, 13)), (MAIN, SIDE), id="painted by place, own lines"
        ),
        pytest.param(
            by_place(column(MAIN, 50, 100) + column(SIDE, 400, 100)), (MAIN, SIDE), id="painted by place, same lines"
        ),
    ],
)
def test_columns_are_read_one_after_the_other(body: list[Put], order: tuple[list[Any], list[Any]]) -> None:
    assert lines(pdf(HEAD + body)) == [put.text for put in HEAD] + texts(order[0]) + texts(order[1])


def test_lines_know_their_column_page_place_and_weight() -> None:
    document = read(pdf(HEAD + column(MAIN, 50, 100) + column(SIDE, 400, 100)))
    by_text = {document.text[line.span.start : line.span.end]: line for line in document.lines}
    assert by_text["EXPERIENCE"].bold
    assert not by_text["2012 - 2016"].bold
    assert by_text["Jane Roe"].font_size == 24
    assert (by_text["EXPERIENCE"].column, by_text["SKILLS"].column) == (0, 1)
    assert {line.page for line in document.lines} == {1}
    left, top, _, bottom = by_text["EXPERIENCE"].bbox or (0, 0, 0, 0)
    assert left == pytest.approx(50, abs=1)
    assert top < 100 < bottom
    assert document.pages == 1


def test_dates_flush_right_belong_to_the_role_even_when_painted_last() -> None:
    body = column([part for part in MAIN if "20" not in str(part)], 50, 100)
    dates = [right("Jan 2020 - Present", 560, 114), right("May 2016 - Dec 2019", 560, 170)]
    found = lines(pdf(HEAD + body + dates))
    assert "Senior Engineer, Globex  Jan 2020 - Present" in found
    assert "Engineer, Initech  May 2016 - Dec 2019" in found


def test_a_cell_of_two_lines_at_the_right_stays_with_its_first_line() -> None:
    left = column(
        ["Nexus AI, Co-Founder", "• Built the foundation models of the company in a year", "• Raised money"], 50, 100
    )
    cell = [right("San Francisco, CA", 560, 100), right("June 2023 - present", 560, 114)]
    assert lines(pdf(left + cell)) == [
        "Nexus AI, Co-Founder  San Francisco, CA",
        "June 2023 - present",
        "• Built the foundation models of the company in a year",
        "• Raised money",
    ]


def test_two_lines_left_and_right_pair_up_when_painted_so() -> None:
    body = [
        Put("Globex", 50, 100),
        right("Springfield", 560, 100),
        Put("Engineer", 50, 114),
        right("2019 - 2021", 560, 114),
    ]
    assert lines(pdf(body)) == ["Globex  Springfield", "Engineer  2019 - 2021"]


def test_a_block_of_columns_ends_where_the_next_heading_begins() -> None:
    page = [
        *HEAD,
        Put("SKILLS", 50, 100, 12, True),
        *column(["Python", "Go", "Rust", "SQL"], 50, 118),
        *column(["Docker", "Kubernetes", "Terraform"], 230, 118),
        *column(["AWS", "GCP", "Azure"], 400, 118),
        Put("EXPERIENCE", 50, 190, 12, True),
        Put("Senior Engineer, Globex", 50, 206, 10, True),
        right("Jan 2020 - Present", 560, 206),
    ]
    assert lines(pdf(page))[2:] == [
        *["SKILLS", "Python", "Go", "Rust", "SQL", "Docker", "Kubernetes", "Terraform", "AWS", "GCP", "Azure"],
        *["EXPERIENCE", "Senior Engineer, Globex  Jan 2020 - Present"],
    ]


def rail(*entries: tuple[str, list[str]]) -> list[Put]:
    puts: list[Put] = []
    y = 100.0
    for label, body in entries:
        puts += [Put(label, 50, y), *column(body, 160, y)]
        y += 14 * len(body) + 10
    return puts


def test_headings_in_a_rail_are_lines_of_their_own() -> None:
    found = lines(
        pdf(
            rail(
                ("Experience", ["Senior Engineer, Globex, 2020 - Present", "Built the billing platform"]),
                ("Skills", ["Python, Go", "PostgreSQL"]),
            )
        )
    )
    assert found == [
        *["Experience", "Senior Engineer, Globex, 2020 - Present", "Built the billing platform"],
        *["Skills", "Python, Go", "PostgreSQL"],
    ]


def test_kinds_of_skills_stay_with_their_skills() -> None:
    found = lines(
        pdf(
            rail(
                ("Languages", ["Python, Go"]), ("Frameworks", ["Django, Flask,", "and FastAPI"]), ("Tools", ["Docker"])
            )
        )
    )
    assert found[0].split() == ["Languages", "Python,", "Go"]
    assert found[-1].split() == ["Tools", "Docker"]


def test_dates_in_a_rail_belong_to_the_line_beside_them() -> None:
    found = lines(
        pdf(
            rail(
                ("2020 - Present", ["Senior Engineer, Globex", "Built the billing platform"]),
                ("2016 - 2019", ["Engineer, Initech", "Moved the warehouse"]),
                ("2012 - 2016", ["BSc, State University", "Thesis on compilers"]),
            )
        )
    )
    assert found[0] == "2020 - Present  Senior Engineer, Globex"
    assert found[2] == "2016 - 2019  Engineer, Initech"


def test_a_range_of_dates_broken_after_its_dash_is_one() -> None:
    page = column(["2019 -", "2021"], 50, 100) + column(["Engineer", "Globex", "• Built things all day"], 130, 100)
    assert lines(pdf(page)) == ["2019 - 2021  Engineer", "Globex", "• Built things all day"]


@pytest.mark.parametrize("painted", ["cell by cell", "line by line"])
def test_a_range_of_dates_below_each_other_is_one(painted: str) -> None:
    page = [
        *column(["Jan 2020", "Present"], 50, 100, 13),
        *column([("Senior Engineer", True), "Globex, Springfield", "• Built the billing platform"], 140, 100, 13),
        *column(["May 2016", "Dec 2019"], 50, 160, 13),
        *column([("Engineer", True), "Initech", "• Moved the warehouse"], 140, 160, 13),
    ]
    found = lines(pdf(page if painted == "cell by cell" else by_place(page)))
    assert found[:3] == ["Jan 2020 – Present  Senior Engineer", "Globex, Springfield", "• Built the billing platform"]
    if painted == "cell by cell":  # else nothing tells the end of a range from the next date of a list
        assert found[3:] == ["May 2016 – Dec 2019  Engineer", "Initech", "• Moved the warehouse"]


def test_dates_of_a_list_are_no_range() -> None:
    page = column(["2018", "2016", "2014"], 50, 100) + column(["MSc, State", "BSc, City", "School, Town"], 140, 100)
    document = read(pdf(by_place(page)))
    assert document.text.split("\n") == ["2018\tMSc, State", "2016\tBSc, City", "2014\tSchool, Town"]
    page = column(["2014", "2016", "2018"], 50, 100) + column(["School, Town", "BSc, City", "MSc, State"], 140, 100)
    assert read(pdf(by_place(page))).text.split("\n") == ["2014\tSchool, Town", "2016\tBSc, City", "2018\tMSc, State"]


def test_a_degree_before_its_school_is_no_heading() -> None:
    found = lines(pdf(rail(("PhD", ["Princeton University", "Thesis"]), ("BSc", ["Bogazici University", "Advisor"]))))
    assert found[0] == "PhD  Princeton University"


def test_section_names_on_the_line_of_their_text_are_lines_of_their_own() -> None:
    def row(y: float, *cells: str) -> list[Put]:
        puts, x = [], 50.0
        for cell in cells:
            puts.append(Put(cell, x, y))
            x += stringWidth(cell, "Helvetica", 10) + 24
        return puts

    page = [
        *row(100, "Experience", "Staff Engineer, Platform", "Aug 2024 - Present"),
        *column(["• Led the platform migration of ten teams", "• Halved the latency"], 64, 116, 16),
        *row(148, "Senior Engineer, Backend", "Jun 2021 - Aug 2024"),
        *row(184, "Technical", "Java", "Python", "SQL"),
        *row(200, "Skills", "Spring", "Spark", "React"),
        *row(236, "Education", "B.S. Computer Science, State University", "2013 - 2017"),
    ]
    assert lines(pdf(page)) == [
        *["Experience", "Staff Engineer, Platform  Aug 2024 - Present"],
        *["• Led the platform migration of ten teams", "• Halved the latency"],
        "Senior Engineer, Backend  Jun 2021 - Aug 2024",
        *["Technical Skills", "Java  Python  SQL", "Spring  Spark  React"],
        *["Education", "B.S. Computer Science, State University  2013 - 2017"],
    ]


def test_one_section_name_beside_a_text_is_left_in_its_line() -> None:
    found = lines(pdf([Put("Experience", 50, 100), Put("five years", 140, 100), *column(["Python", "Go"], 50, 130)]))
    assert found[0] == "Experience  five years"


def test_titles_and_dates_under_employers_and_places_pair_up_when_painted_cell_by_cell() -> None:
    bullets = column(["• Built the foundation models of the company", "• Raised money"], 54, 128)
    cells = [Put("Globex", 50, 100, 10, True), Put("Senior Engineer", 50, 114)]
    at_right = [right("Springfield", 560, 100), right("June 2023 - present", 560, 114)]
    assert lines(pdf(cells + at_right + bullets)) == [
        *["Globex  Springfield", "Senior Engineer  June 2023 - present"],
        *["• Built the foundation models of the company", "• Raised money"],
    ]


@pytest.mark.parametrize("painted", ["name first", "contacts first"])
@pytest.mark.parametrize("lift", [0, 6, 14])
def test_contacts_at_the_top_right_follow_the_name(painted: str, lift: float) -> None:
    name = [Put("Jane Roe", 50, 60, 24, True)]
    contacts = [
        right(text, 560, 44 - lift + 12 * index, 9)
        for index, text in enumerate(["jane@example.com", "(555) 010-0199", "Springfield"])
    ]
    rest = column(["EXPERIENCE", "Senior Engineer, Globex, 2020 - Present", "Built the billing platform"], 50, 110)
    top = name + contacts if painted == "name first" else contacts + name
    found = lines(pdf(top + rest))
    assert found[:4] == ["Jane Roe", "jane@example.com", "(555) 010-0199", "Springfield"]


def test_tables_are_read_row_by_row() -> None:
    rows = [("Skill", "Years", "Level"), ("Python", "8", "Expert"), ("Terraform", "2", "Basic")]
    puts = [
        Put(cell, x, 100 + 16 * index, 10, index == 0)
        for index, row in enumerate(rows)
        for x, cell in zip((50, 200, 300), row, strict=True)
    ]
    document = read(pdf(puts))
    assert document.text.split("\n") == ["\t".join(row) for row in rows]
    assert all(line.table_row for line in document.lines)


def test_wrapped_cells_are_put_together() -> None:
    page = [
        *column(["A first line of text that reaches from one margin of the page to the other, as it should"], 50, 80),
        *column(["Docent and Assistant for the Collections, Community Heritage", "Museum"], 50, 100),
        *column(["May 2023 - June", "2024"], 385, 100),
    ]
    assert "Docent and Assistant for the Collections, Community Heritage Museum\tMay 2023 - June 2024" in lines(
        pdf(page)
    )


def test_side_bar_and_main_column_run_on_over_pages() -> None:
    second = column(["Interests", "Chess"], 50, 50) + column(
        ["• last bullet of the role", "PROJECTS", "A compiler"], 220, 50
    )
    found = lines(pdf(HEAD + column(SIDE, 50, 100) + column(MAIN, 220, 100), second))
    assert found[2:] == [
        *texts(SIDE),
        "Interests",
        "Chess",
        *texts(MAIN),
        "• last bullet of the role",
        "PROJECTS",
        "A compiler",
    ]


def test_a_second_page_of_the_main_column_alone_follows_it() -> None:
    found = lines(
        pdf(HEAD + column(MAIN, 50, 100) + column(SIDE, 400, 100), column(["• last bullet", "PROJECTS"], 50, 50))
    )
    assert found[2:] == [*texts(MAIN), "• last bullet", "PROJECTS", *texts(SIDE)]


def test_page_numbers_and_running_footers_are_left_out() -> None:
    def page(number: int, body: str) -> list[Put]:
        return [
            Put("Jane Roe - Curriculum Vitae", 50, 30, 8),
            *column([body, "and another line of it"], 50, 100),
            Put(f"Page {number} of 3", 280, 770, 8),
        ]

    text = read(pdf(page(1, "first"), page(2, "second"), page(3, "third"))).text
    assert text.count("Curriculum Vitae") == 1
    assert "Page" not in text


def test_letter_spaced_headings_are_words() -> None:
    def draw(canvas: Any) -> None:
        text = canvas.beginText(50, 660)
        text.setCharSpace(4)
        text.textOut("SKILLS AND TOOLS")
        text.setCharSpace(0)
        canvas.drawText(text)
        canvas.drawString(50, 640, "Python and Go")
        canvas.drawString(50, 600, "E D U C A T I O N")

    assert lines(drawn(draw)) == ["SKILLS AND TOOLS", "Python and Go", "EDUCATION"]


def test_broken_words_are_whole_again() -> None:
    page = ["He built the infra-", "structure of cross-", "functional teams and a state-of-the-", "art cache."]
    assert lines(pdf(column(page, 50, 100))) == [
        *["He built the infrastructure", "of cross-functional", "teams and a state-of-the-art", "cache."],
    ]


def test_two_words_of_the_document_keep_their_hyphen() -> None:
    page = ["The incident and the response to it:", "an incident-", "response plan"]
    assert lines(pdf(column(page, 50, 100)))[1] == "an incident-response"


def test_turned_text_is_read_apart() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(50, 700, "Upright text")
        for angle, x in ((90, 580), (-90, 30)):
            canvas.saveState()
            canvas.translate(x, 500)
            canvas.rotate(angle)
            canvas.drawString(0, 0, f"Turned {abs(angle)} words {'up' if angle > 0 else 'down'}")
            canvas.restoreState()
        canvas.saveState()
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "DRAFT COPY")
        canvas.restoreState()

    assert sorted(lines(drawn(draw))) == ["DRAFT COPY", "Turned 90 words down", "Turned 90 words up", "Upright text"]
    assert lines(drawn(draw))[0] == "Upright text"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf(column(["First line", "Second line"], 50, 100)))
    document[0].set_rotation(turn)
    import io

    buffer = io.BytesIO()
    document.save(buffer)
    assert sorted(lines(buffer.getvalue())) == ["First line", "Second line"]


def test_superscripts_stay_in_their_word() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(50, 700, "Finished 1")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(50 + canvas.stringWidth("Finished 1", "Helvetica", 10), 704, "st")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(106, 700, "of 50")

    assert lines(drawn(draw)) == ["Finished 1st of 50"]


def test_letters_without_a_height_do_no_harm() -> None:
    from matcher.reading.glyphs import Glyph, Style
    from matcher.reading.layout import lay_out, page_rows

    flat = Style("Flat", 0.0, False)
    glyphs = [Glyph(char, x, 100, x + 0.001, 100, 100, flat) for x, char in enumerate("SKILLS")]
    assert [draft.text for draft in lay_out([page_rows(glyphs, 1, 792)]) if draft.text]


LINES = ["Jane Roe", "Senior Engineer at Globex since 2019", "Python, Kubernetes and PostgreSQL"]


def numbered(embedded: bool) -> bytes:
    """A PDF whose text is the numbers of the font's glyphs, and that does not say which letters these are."""
    from pathlib import Path

    import reportlab
    from reportlab.pdfbase.ttfonts import TTFontFile

    path = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    numbers, font = TTFontFile(str(path)).charToGlyph, path.read_bytes()
    shown = " ".join(
        f"1 0 0 1 50 {700 - 20 * place} Tm <{''.join(f'{numbers[ord(char)]:04X}' for char in line)}> Tj"
        for place, line in enumerate(LINES)
    )
    content = f"BT /F1 11 Tf {shown} ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Vera/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Vera/CIDToGIDMap/Identity/DW 600/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Type/FontDescriptor/FontName/ABCDEF+Vera/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900"
        b"/Descent -200/CapHeight 700/StemV 80%s>>" % (b"/FontFile2 8 0 R" if embedded else b""),
        b"<</Length %d/Length1 %d>>stream\n%s\nendstream" % (len(font), len(font), font),
    ]  # fmt: skip
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj%s endobj\n" % pair for pair in enumerate(parts, 1))
    return body + b"trailer<</Size 9/Root 1 0 R>>\nstartxref\n0\n%%EOF"


def test_letters_that_only_the_embedded_font_tells_are_found() -> None:
    assert lines(numbered(embedded=True)) == LINES


def test_letters_that_nothing_tells_are_said_to_be_unknown() -> None:
    from matcher.errors import ReadingError

    with pytest.raises(ReadingError) as caught:
        read(numbered(embedded=False))
    assert caught.value.code == "unmapped-text"
