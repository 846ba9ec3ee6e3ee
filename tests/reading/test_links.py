"""Links behind the text: where they stand, which are kept, and what leaves them out."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from pages import HEIGHT, drawn
from reportlab.pdfgen.canvas import Canvas

from matcher.model import Document, Span
from matcher.reading import plumber, read_bytes, read_text
from matcher.reading.links import Anchor, anchor, by_line, placed

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def links(document: Document) -> list[tuple[str, str]]:
    return [(document.text[link.span.start : link.span.end], link.target) for link in document.links]


def draw(canvas: Canvas) -> None:
    canvas.drawString(50, HEIGHT - 100, "Jane Roe")
    canvas.drawString(50, HEIGHT - 114, "Portfolio, GitHub and LinkedIn")
    for word, before, target in (
        ("GitHub", "Portfolio, ", "https://github.com/jane"),
        ("LinkedIn", "Portfolio, GitHub and ", "https://www.linkedin.com/in/jane"),
    ):
        left = 50 + canvas.stringWidth(before, "Helvetica", 10)
        area = (left, HEIGHT - 116, left + canvas.stringWidth(word, "Helvetica", 10), HEIGHT - 104)
        canvas.linkURL(target, area)
    canvas.linkURL("https://nothing.example", (300, 100, 400, 120))
    canvas.linkURL("javascript:alert(1)", (50, HEIGHT - 102, 100, HEIGHT - 90))


def test_pdf_annotations_are_links_of_the_words_in_their_area() -> None:
    document = read_bytes(drawn(draw), "resume", source="made.pdf")
    assert document.text == "Jane Roe\nPortfolio, GitHub and LinkedIn"
    assert links(document) == [
        ("GitHub", "https://github.com/jane"),
        ("LinkedIn", "https://www.linkedin.com/in/jane"),
    ]


def test_both_sources_of_a_pdf_see_the_same_links() -> None:
    from matcher.reading import pdfium

    data = drawn(draw)
    with plumber.opened(data) as document:
        slow = plumber.read_page(document, 0).links
    with pdfium.opened(data) as fast_document, pdfium.page_of(fast_document, 0) as page:
        fast = pdfium.read_page(page, 1).links
    assert len(fast) == 4
    assert [link.target for link in slow] == [link.target for link in fast]
    for one, two in zip(slow, fast, strict=True):
        assert one[:4] == pytest.approx(two[:4], abs=0.5)


def test_docx_hyperlinks_and_fields_are_links() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Code on ")
    related = made.part.relate_to("https://github.com/jane", HYPERLINK, is_external=True)
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    link = paragraph._p.makeelement(f"{word}hyperlink", {docx.oxml.ns.qn("r:id"): related})
    run = paragraph.add_run("my page")
    link.append(run._r)
    paragraph._p.append(link)
    paragraph.add_run(" and ")
    for mark, text in (("begin", None), (None, ' HYPERLINK "mailto:jane@example.com" '), ("separate", None)):
        run = paragraph.add_run()
        if mark:
            run._r.append(run._r.makeelement(f"{word}fldChar", {f"{word}fldCharType": mark}))
        else:
            run._r.append(run._r.makeelement(f"{word}instrText", {}))
            run._r[-1].text = text
    paragraph.add_run("by mail")
    run = paragraph.add_run()
    run._r.append(run._r.makeelement(f"{word}fldChar", {f"{word}fldCharType": "end"}))
    buffer = io.BytesIO()
    made.save(buffer)
    document = read_bytes(buffer.getvalue(), "resume", source="made.docx")
    assert document.text == "Code on my page and by mail"
    assert links(document) == [("my page", "https://github.com/jane"), ("by mail", "mailto:jane@example.com")]


def test_html_links_keep_their_address_and_only_such_as_a_person_could_open() -> None:
    page = """<html><body><h1>Jane Roe</h1><p>See <a href="https://jane.example/work">my  <b>work</b></a>,
    <a href="/jobs">jobs</a>, <a href="javascript:alert(1)">this</a>, <a href="https://icon.example"><img></a>
    or <a href="tel:+15550100">call<br>me</a>.</p>
    <p style="display:none"><a href="https://hidden.example">hidden</a></p></body></html>"""
    document = read_text(page, "resume")
    assert links(document) == [
        ("my work", "https://jane.example/work"), ("call", "tel:+15550100"), ("me", "tel:+15550100"),
    ]  # fmt: skip


def test_rtf_links_are_links() -> None:
    text = (
        r'{\rtf1\ansi Code on {\field{\*\fldinst{HYPERLINK "https://github.com/jane" }}{\fldrslt{\ul my page}}} and '
        r'{\field\fldedit{\*\fldinst HYPERLINK "mailto:jane\'40example.com"}{\fldrslt by\line mail}}, page '
        r"{\field{\*\fldinst PAGE}{\fldrslt 1}}\par End}"
    )
    document = read_bytes(text.encode(), "resume", source="made.rtf")
    assert document.text == "Code on my page and by\nmail, page 1\nEnd"
    assert links(document) == [
        ("my page", "https://github.com/jane"), ("by", "mailto:jane@example.com"), ("mail", "mailto:jane@example.com"),
    ]  # fmt: skip


def test_markdown_links_are_links_and_other_addresses_stay_in_the_text() -> None:
    text = """# [Jane Roe](https://jane.example)

- See [**my** work][Work], [slides](notes.md) and <https://blog.example/jane>, or write to <jane@jane.example>
- [x] done, [cited][none]

| [Site](https://site.example "home") | Python |
| --- | --- |

[work]: https://jane.example/work "the work"
"""
    document = read_text(text, "resume")
    assert document.text == (
        "Jane Roe\n\n• See my work, slides (notes.md) and https://blog.example/jane, or write to jane@jane.example\n"
        "• done, [cited][none]\n\nSite\tPython"
    )
    assert links(document) == [
        ("Jane Roe", "https://jane.example"),
        ("my work", "https://jane.example/work"),
        ("https://blog.example/jane", "https://blog.example/jane"),
        ("jane@jane.example", "mailto:jane@jane.example"),
        ("Site", "https://site.example"),
    ]


def test_odt_links_are_links() -> None:
    buffer = io.BytesIO()
    content = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
      xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">
      <office:body><office:text><text:p>Jane Roe, <text:a xlink:href="https://jane.example">home page</text:a></text:p>
      </office:text></office:body></office:document-content>"""
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    assert links(read_bytes(buffer.getvalue(), "resume", source="made.odt")) == [("home page", "https://jane.example")]


@pytest.mark.parametrize("target", ["", "/jobs", "#top", "javascript:x", "file:///etc/passwd", "https://a b", None])
def test_other_addresses_are_left_out(target: str | None) -> None:
    assert anchor("words", target) == ()
    assert anchor("words,", "https://a.example") == (Anchor("words", "https://a.example"),)


def test_a_link_finds_its_line_and_its_place_in_it() -> None:
    one, two, gone = Anchor("site", "https://a"), Anchor("site", "https://b"), Anchor("elsewhere", "https://c")
    assert by_line(["my site", "other  site"], [one, two, gone]) == [(one, two), ()]
    assert [link.span for link in placed("site and site", 10, [one, two])] == [Span(10, 14), Span(19, 23)]
    assert [link.span for link in placed("broken", 10, [gone])] == [Span(10, 16)]


def test_a_kept_or_blinded_profile_has_no_links() -> None:
    from matcher import Matcher
    from matcher.privacy import blind
    from matcher.profileform import dump, load

    profile = Matcher().profile_document(
        read_text(
            '<html><body><h1>Jane Roe</h1><p>Skills: Python. <a href="https://jane.example">Site</a></p></body></html>',
            "resume",
        )
    )
    assert len(profile.document.links) == 1
    data = dump(profile)
    assert b"jane.example" not in data
    assert load(data, "x").document.links == ()
    assert load(data, "x").skills == profile.skills
    assert blind(profile).document.links == ()
    assert "links" not in profile.to_dict()["document"]
