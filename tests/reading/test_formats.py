"""DOCX, ODT, RTF, HTML and JSON, as the page they make would read."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from matcher.errors import ReadingError
from matcher.model import Document
from matcher.reading import read_bytes

W = nsdecls("w")


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(data: bytes | str, name: str, kind: str = "resume") -> Document:
    assert kind in ("resume", "posting")
    raw = data.encode() if isinstance(data, str) else data
    return read_bytes(raw, "posting" if kind == "posting" else "resume", source=name)


def lines(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line]


def test_docx_paragraphs_lists_and_headings() -> None:
    made = docx.Document()
    made.add_heading("Jane Roe", 0)
    made.add_heading("Experience", 1)
    paragraph = made.add_paragraph()
    paragraph.add_run("Senior Engineer").bold = True
    paragraph.add_run("\t2019 – 2021").bold = True
    made.add_paragraph("Built APIs in Go", style="List Bullet")
    made.add_paragraph("First line\nsecond line")
    document = read(saved(made), "cv.docx")
    assert lines(document) == [
        *["Jane Roe", "Experience", "Senior Engineer  2019 – 2021", "• Built APIs in Go", "First line", "second line"],
    ]
    assert [line.heading for line in document.lines] == [True, True, False, False, False, False]
    assert document.lines[2].bold
    assert document.notices == ()


def test_docx_tables_nested_and_of_several_lines() -> None:
    made = docx.Document()
    grid = made.add_table(2, 2)
    for row, texts in zip(grid.rows, (("Python", "8 years"), ("Go", "3 years")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    made.add_paragraph("between")
    side = made.add_table(1, 2)
    side.rows[0].cells[0].text = "Skills\nPython\nGo\nSQL"
    side.rows[0].cells[1].text = "Experience\nEngineer, Globex"
    side.rows[0].cells[1].add_table(1, 2).rows[0].cells[0].text = "nested"
    role = made.add_table(1, 2)
    role.rows[0].cells[0].text = "Engineer\nGlobex\nBuilt things\nSold things"
    role.rows[0].cells[1].text = "2019 – 2021"
    document = read(saved(made), "cv.docx")
    assert lines(document) == [
        *["Python\t8 years", "Go\t3 years", "between", "Skills", "Python", "Go", "SQL"],
        *["Experience", "Engineer, Globex", "nested", "Engineer  2019 – 2021", "Globex", "Built things", "Sold things"],
    ]
    assert [line.table_row for line in document.lines][:3] == [True, True, False]


def test_docx_headers_text_boxes_links_and_tracked_changes() -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "jane@example.com"
    made.sections[0].footer.paragraphs[0].text = "Page 1"
    paragraph = made.add_paragraph("Text: ")
    for xml in (
        f"<w:ins {W} w:id='1'><w:r><w:t>inserted</w:t></w:r></w:ins>",
        f"<w:del {W} w:id='2'><w:r><w:delText>deleted</w:delText></w:r></w:del>",
        f"<w:hyperlink {W}><w:r><w:t xml:space='preserve'> linked</w:t></w:r></w:hyperlink>",
        f"<w:r {W} xmlns:v='urn:schemas-microsoft-com:vml'><w:pict><v:shape><v:textbox><w:txbxContent>"
        "<w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    ):
        paragraph._p.append(parse_xml(xml))
    assert lines(read(saved(made), "cv.docx")) == ["jane@example.com", "Text: inserted linked", "boxed"]


def test_docx_hidden_runs_are_reported_and_not_read() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Seen.")
    paragraph.add_run(" vanished").font.hidden = True
    paragraph.add_run(" white").font.color.rgb = RGBColor(255, 255, 255)
    paragraph.add_run(" tiny").font.size = Pt(1)
    document = read(saved(made), "cv.docx")
    assert document.text == "Seen."
    (notice,) = document.notices
    assert notice.code == "hidden-text"
    assert notice.message.endswith("vanished white tiny")


@pytest.mark.parametrize(
    ("where", "property"), [("rPr", "<w:sz {} w:val='²'/>"), ("pPr", "<w:outlineLvl {} w:val='²'/>")]
)
def test_docx_figures_that_are_no_numbers(where: str, property: str) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Seen")
    element = paragraph._p if where == "pPr" else paragraph.runs[0]._r
    getattr(element, f"get_or_add_{where}")().append(parse_xml(property.format(W)))
    (line,) = read(saved(made), "cv.docx").lines
    assert not line.heading


def test_docx_symbols() -> None:
    made = docx.Document()
    run = made.add_paragraph("Seen").runs[0]._r
    for code in ("2713", "D800", "110000", "none"):  # a check mark, half of a pair, and two that are no characters
        run.append(parse_xml(f"<w:sym {W} w:char='{code}'/>"))
    assert read(saved(made), "cv.docx").text == "Seen✓"


def test_docx_white_on_a_shaded_cell_is_seen() -> None:
    made = docx.Document()
    cell = made.add_table(1, 1).rows[0].cells[0]
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {W} w:val='clear' w:fill='1F3864'/>"))
    cell.paragraphs[0].add_run("Jane Roe").font.color.rgb = RGBColor(255, 255, 255)
    document = read(saved(made), "cv.docx")
    assert (document.text, document.notices) == ("Jane Roe", ())


OFFICE = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
OFFICE += "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "
OFFICE += "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'"


def test_odt() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {OFFICE}><office:body><office:text><text:h>Skills</text:h>"
            "<text:p>Jane<text:tab/>Roe</text:p><text:list><text:list-item><text:p>Go</text:p></text:list-item></text:list>"
            "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
            "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
            "</office:text></office:body></office:document-content>",
        )
    document = read(buffer.getvalue(), "cv.odt")
    assert lines(document) == ["Skills", "Jane  Roe", "• Go", "a\tb"]
    assert document.lines[0].heading


def test_rtf() -> None:
    text = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Arial;}{\*\generator x;}\f0 Jane D\'f6e\par Python \u8211? Go\par"
        r"{\v hidden words}seen\par\bullet  item \u-10179?\u-8704?\par}"
    )
    document = read(text, "cv.rtf")
    assert lines(document) == ["Jane Döe", "Python – Go", "seen", "• item 😀"]
    assert [notice.code for notice in document.notices] == ["hidden-text"]


PAGE = """<!doctype html><html><head><title>Job</title><style>.gone{display:none}
@media print{.shown{display:none}}</style></head><body><nav><a href=x>Home</a> <a href=y>Jobs</a></nav>
<main><h1>Senior Engineer</h1><p class=shown>We need <b>Python</b> &amp; Go.<p style="display:none">unseen one</p>
<div class=gone>unseen two</div><ul><li>5 years<li>AWS<br>or GCP</ul>
<table><tr><td>Level<td>Senior</tr></table><p><span style="color:#fff">unseen three</span> The end of it</main>
<footer>Copyright</footer><script>var x = "script";</script></body></html>"""


def test_html_main_text_without_navigation() -> None:
    document = read(PAGE, "job.html", "posting")
    assert lines(document) == [
        *["Senior Engineer", "We need Python & Go.", "• 5 years", "• AWS", "or GCP", "Level\tSenior", "The end of it"],
    ]
    assert document.lines[0].heading
    (notice,) = document.notices
    assert notice.message.endswith("unseen one unseen two unseen three")


def test_html_job_posting_data_comes_first() -> None:
    posting = {
        "@graph": [
            {
                "@type": "JobPosting",
                "title": "Data Engineer",
                "hiringOrganization": {"@type": "Organization", "name": "Globex"},
                "description": "&lt;p&gt;"
                + "We build things with Spark. " * 10
                + "&lt;/p&gt;&lt;ul&gt;&lt;li&gt;SQL&lt;/li&gt;",
                "qualifications": ["BSc", "Python"],
                "experienceRequirements": {"monthsOfExperience": 48},
            }
        ]
    }
    page = f'<html><body><script type="application/ld+json">{json.dumps(posting)}</script><p>Menu</p></body></html>'
    found = lines(read(page, "job.html", "posting"))
    assert found[:2] == ["Data Engineer", "Globex"]
    assert "• SQL" in found
    assert found[-2:] == ["Experience requirements", "48 months of experience"]
    assert "Menu" not in found


def test_json_resume() -> None:
    data = {
        "basics": {"name": "Jane Roe", "email": "jane@example.com", "summary": "Builds things."},
        "work": [
            {"name": "Globex", "position": "Engineer", "startDate": "2019-03-01", "highlights": ["Built APIs"]},
            {"name": "Initech", "position": "Intern", "startDate": "2018", "endDate": "2018-12"},
        ],
        "skills": [{"name": "Backend", "level": "Expert", "keywords": ["Go", "SQL"]}, "Python"],
        "education": [{"institution": "State University", "studyType": "BSc", "area": "Physics", "endDate": "2018"}],
    }
    document = read(json.dumps(data), "resume.json")
    assert lines(document) == [
        *["Jane Roe", "jane@example.com", "Summary", "Builds things.", "Experience", "Engineer  Mar 2019 – present"],
        *["Globex", "• Built APIs", "Intern  2018 – Dec 2018", "Initech", "Education", "BSc in Physics  2018"],
        *["State University", "Skills", "Backend (Expert): Go, SQL", "Python"],
    ]
    assert [document.text[line.span.start : line.span.end] for line in document.lines if line.heading] == [
        *["Jane Roe", "Summary", "Experience", "Education", "Skills"],
    ]


def test_json_job() -> None:
    data = {
        "title": "Engineer",
        "company": "Globex",
        "remote": "Full",
        "responsibilities": ["Build"],
        "qualifications": ["Python"],
        "skills": [{"name": "Cloud", "keywords": ["AWS"]}],
    }
    assert lines(read(json.dumps(data), "job.json", "posting")) == [
        *["Engineer", "Globex", "Remote: Full", "Responsibilities", "• Build", "Qualifications", "• Python"],
        *["Skills", "Cloud: AWS"],
    ]


def test_other_json_is_read_with_a_notice() -> None:
    document = read('{"note": "Python and Go", "n": 3}', "x.json")
    assert document.text == "Python and Go"
    assert [notice.code for notice in document.notices] == ["unknown-json"]


def test_rtf_of_an_unknown_code_page_and_html_with_odd_sections_are_read() -> None:
    assert read(r"{\rtf1\ansi\ansicpg12527 Jane Roe}", "x.rtf").text == "Jane Roe"
    assert read("<html><![if !IE]><![<<CD{AuA[<p>Jane Roe</p><![x", "x.html").text == "Jane Roe"


@pytest.mark.parametrize("text", ["[" * 100_000 + "]" * 100_000, '{"a":' * 50_000 + "1" + "}" * 50_000])
def test_json_nested_without_end_is_an_error(text: str) -> None:
    with pytest.raises(ReadingError):
        read(text, "x.json")


def test_html_nested_without_end_is_read() -> None:
    assert read("<html>" + "<div>" * 20_000 + "Python", "x.html").text == "Python"
