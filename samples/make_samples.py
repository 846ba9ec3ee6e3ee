"""Write the PDF and Word samples from the texts in ``sources/``, the same bytes each time.

``python samples/make_samples.py`` writes the files, ``--check`` compares them with those on disk and exits 1 if any
differs or is missing. Nothing is compressed in the files, so that no version of zlib can change them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

import docx
import yaml
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from pydantic import BaseModel, ConfigDict
from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    HRFlowable,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

HERE = Path(__file__).resolve().parent
WRITTEN = dt.datetime(2026, 11, 20, 9, 0, 0, tzinfo=dt.UTC)
SIZES = {"letter": LETTER, "a4": A4}


class Strict(BaseModel):
    """A part of a source file; unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Look(Strict):
    """How the pages look. ``role_line`` is for PDF, ``dates`` and ``groups`` are for Word."""

    page: Literal["letter", "a4"]
    font: str
    size: float
    accent: str
    bullet: str = "•"
    role_line: Literal["title", "employer"] = "title"
    dates: Literal["tab", "table"] = "tab"
    groups: Literal["table", "lines"] = "lines"
    foot: str = ""


class Role(Strict):
    """A job."""

    title: str
    employer: str
    place: str
    dates: str
    bullets: list[str]


class Entry(Strict):
    """A degree."""

    what: str
    where: str
    dates: str
    notes: str = ""


class Section(Strict):
    """A heading with what stands below it, in the order of the fields."""

    title: str
    text: list[str] = []
    roles: list[Role] = []
    entries: list[Entry] = []
    groups: dict[str, str] = {}
    bullets: list[str] = []


class Resume(Strict):
    """A source file."""

    output: str
    layout: Literal["column", "sidebar", "word"]
    look: Look
    name: str
    headline: str
    contact: list[str]
    sidebar: list[Section] = []
    sections: list[Section]


# PDF


def linked(text: str) -> str:
    """The text as markup, a link if it is an address."""
    target = address(text)
    return f'<a href="{escape(target)}">{escape(text)}</a>' if target else escape(text)


def address(text: str) -> str:
    """What an e-mail or web address links to, or nothing."""
    if " " in text or ".example" not in text:
        return ""
    if "@" in text:
        return f"mailto:{text}"
    return text if "://" in text else f"https://{text}"


class Styles:
    """The paragraph styles of a resume."""

    def __init__(self, look: Look) -> None:
        serif = look.font == "Times"
        self.roman = "Times-Roman" if serif else "Helvetica"
        self.bold = f"{look.font}-Bold"
        self.italic = "Times-Italic" if serif else "Helvetica-Oblique"
        self.accent: Color = HexColor(look.accent)
        size = look.size
        self.body = ParagraphStyle("body", fontName=self.roman, fontSize=size, leading=size * 1.32)
        self.right = ParagraphStyle("right", self.body, alignment=TA_RIGHT)
        self.strong = ParagraphStyle("strong", self.body, fontName=self.bold)
        self.sub = ParagraphStyle("sub", self.body, fontName=self.italic)
        dingbat = look.bullet == "■"
        self.bullet = ParagraphStyle(
            "bullet",
            self.body,
            leftIndent=13 if serif else 11,
            bulletIndent=1,
            bulletFontName="ZapfDingbats" if dingbat else self.roman,
            bulletFontSize=5 if dingbat else size,
            bulletOffsetY=-0.2 if dingbat else 0,
            bulletColor=self.accent if dingbat else "#000000",
            spaceAfter=1.6,
        )
        self.heading = ParagraphStyle(
            "heading",
            self.body,
            fontName=self.bold,
            fontSize=size + 2.1,
            leading=size + 5,
            textColor=self.accent,
            spaceBefore=8,
            keepWithNext=1,
        )
        self.name = ParagraphStyle(
            "name", self.body, fontName=self.bold, fontSize=21, leading=25, alignment=TA_CENTER, textColor=self.accent
        )
        self.name.spaceAfter = 3
        self.centred = ParagraphStyle("centred", self.body, alignment=TA_CENTER, spaceAfter=2)
        self.side = ParagraphStyle("side", self.body, fontSize=8.7, leading=11.8, spaceAfter=2)
        self.side_heading = ParagraphStyle(
            "side-heading", self.heading, fontSize=10.4, leading=14, spaceBefore=10, spaceAfter=2
        )


def across(left: str, right: str, width: float, styles: Styles, left_style: ParagraphStyle) -> Table:
    """A line with something at its left and something flush right."""
    cells = [[Paragraph(left, left_style), Paragraph(escape(right), styles.right)]]
    date_width = stringWidth(right, styles.right.fontName, styles.right.fontSize) + 1
    table = Table(cells, colWidths=[width - date_width, date_width])
    table.setStyle(
        [
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5),
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ]
    )
    return table


def role_block(role: Role, look: Look, styles: Styles, width: float) -> list[Flowable]:
    """The lines of a job; its head stays with its first bullet."""
    bullets = [Paragraph(escape(text), styles.bullet, bulletText=look.bullet) for text in role.bullets]
    if look.role_line == "title":
        first, second = escape(role.title), f"{escape(role.employer)}, {escape(role.place)}"
    else:
        first, second = f"{escape(role.employer)}, {escape(role.place)}", escape(role.title)
    head = [across(first, role.dates, width, styles, styles.strong), Paragraph(second, styles.sub), Spacer(0, 2)]
    return [KeepTogether([*head, *bullets[:1]]), *bullets[1:], Spacer(0, 4.5)]


def section_body(section: Section, look: Look, styles: Styles, width: float) -> Iterator[Flowable]:
    """What stands below a heading of the main column."""
    for text in section.text:
        yield Paragraph(escape(text), styles.body)
    for role in section.roles:
        yield from role_block(role, look, styles, width)
    for entry in section.entries:
        lines: list[Flowable] = [
            across(escape(entry.what), entry.dates, width, styles, styles.strong),
            Paragraph(escape(entry.where), styles.sub),
        ]
        if entry.notes:
            lines.append(Paragraph(escape(entry.notes), styles.body))
        yield KeepTogether([*lines, Spacer(0, 3)])
    for label, items in section.groups.items():
        yield Paragraph(f'<font name="{styles.bold}">{escape(label)}:</font> {escape(items)}', styles.body)
        yield Spacer(0, 1.2)
    for text in section.bullets:
        yield Paragraph(escape(text), styles.bullet, bulletText=look.bullet)


def section_block(section: Section, look: Look, styles: Styles, width: float) -> Iterator[Flowable]:
    """A heading with a rule, and what stands below it. The heading is never the last thing on a page."""
    rule = HRFlowable(width="100%", thickness=0.7, color=styles.accent, spaceBefore=0.5, spaceAfter=4)
    first, *others = section_body(section, look, styles, width)
    kept = first._content if isinstance(first, KeepTogether) else [first]
    yield KeepTogether([Paragraph(escape(section.title), styles.heading), rule, *kept])
    yield from others


def pdf_template(resume: Resume, out: io.BytesIO) -> BaseDocTemplate:
    """An empty document with its properties."""
    return BaseDocTemplate(
        out,
        pagesize=SIZES[resume.look.page],
        title=f"{resume.name} - Resume",
        author=resume.name,
        subject="Resume of an invented person",
        invariant=1,
        pageCompression=0,
    )


def column_pdf(resume: Resume) -> bytes:
    """A resume in one column."""
    out, look = io.BytesIO(), resume.look
    styles, (page_width, page_height) = Styles(look), SIZES[look.page]
    side, top, bottom = 17.5 * mm, 13 * mm, (17 if look.foot else 12) * mm
    width = page_width - 2 * side

    def foot(canvas: Any, document: Any) -> None:
        if look.foot:
            canvas.setFont(styles.roman, 8.5)
            canvas.setFillGray(0.35)
            canvas.drawCentredString(page_width / 2, 10 * mm, look.foot.format(page=document.page))

    story: list[Flowable] = [
        Paragraph(escape(resume.name), styles.name),
        Paragraph(escape(resume.headline), styles.centred),
        Paragraph(" &nbsp;|&nbsp; ".join(linked(item) for item in resume.contact), styles.centred),
    ]
    for section in resume.sections:
        story += section_block(section, look, styles, width)
    frame = Frame(side, bottom, width, page_height - top - bottom, 0, 0, 0, 0)
    document = pdf_template(resume, out)
    document.addPageTemplates([PageTemplate("page", [frame], onPage=foot)])
    document.build(story)
    return out.getvalue()


def sidebar_pdf(resume: Resume) -> bytes:
    """A resume with a header over both columns, a tinted side bar at the left and the story at its right."""
    out, look = io.BytesIO(), resume.look
    styles, (page_width, page_height) = Styles(look), SIZES[look.page]
    bar, band, gap, bottom = 58 * mm, 30 * mm, 8 * mm, 14 * mm
    main_x = bar + gap
    width = page_width - main_x - 15 * mm

    def tint(canvas: Any) -> None:
        canvas.setFillColor(HexColor("#EAF0EE"))
        canvas.rect(0, 0, bar, page_height, stroke=0, fill=1)

    def first(canvas: Any, _document: Any) -> None:
        tint(canvas)
        canvas.setFillColor(styles.accent)
        canvas.rect(0, page_height - band, page_width, band, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont(styles.bold, 24)
        canvas.drawString(11 * mm, page_height - 15.5 * mm, resume.name)
        canvas.setFont(styles.roman, 11.5)
        canvas.drawString(11 * mm, page_height - 23.5 * mm, resume.headline)

    def later(canvas: Any, document: Any) -> None:
        tint(canvas)
        canvas.setFillColor(styles.accent)
        canvas.setFont(styles.bold, 10.4)
        canvas.drawString(11 * mm, page_height - 17 * mm, resume.name)
        canvas.setFont(styles.roman, 8.7)
        canvas.drawString(11 * mm, page_height - 22 * mm, f"Page {document.page}")

    story: list[Flowable] = [NextPageTemplate("later")]
    for section in resume.sidebar:
        story.append(Paragraph(escape(section.title.upper()), styles.side_heading))
        story += [Paragraph(linked(text), styles.side) for text in section.text]
        for label, items in section.groups.items():
            story.append(Paragraph(f'<font name="{styles.bold}">{escape(label)}</font>', styles.side))
            story.append(Paragraph(escape(items), styles.side))
    story.append(FrameBreak())
    for section in resume.sections:
        story += section_block(section, look, styles, width)
    height = page_height - band - bottom - 3 * mm
    side_frame = Frame(11 * mm, bottom, bar - 15 * mm, height, 0, 0, 0, 0, id="side")
    main_frame = Frame(main_x, bottom, width, height, 0, 0, 0, 0, id="main")
    next_frame = Frame(main_x, bottom, width, page_height - bottom - 14 * mm, 0, 0, 0, 0, id="next")
    document = pdf_template(resume, out)
    document.addPageTemplates(
        [
            PageTemplate("first", [side_frame, main_frame], onPage=first),
            PageTemplate("later", [next_frame], onPage=later),
        ]
    )
    document.build(story)
    return out.getvalue()


# Word


def word_link(paragraph: Any, text: str, target: str) -> None:
    """Append a real hyperlink to a paragraph; python-docx has no call for it."""
    relation = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def tight(paragraph: Any, before: float = 0, after: float = 2) -> Any:
    """The paragraph with its distances set in points."""
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def word_line(document: Any, left: str, right: str, look: Look, width: int) -> None:
    """A bold line with the dates at its right, behind a tab or in the second cell of a table."""
    if look.dates == "tab":
        line = tight(document.add_paragraph(), before=5, after=0)
        line.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        line.paragraph_format.keep_with_next = True
        line.add_run(left).bold = True
        line.add_run(f"\t{right}")
        return
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    wide = int(width * 0.7)
    for cell, text, size in zip(table.rows[0].cells, (left, right), (wide, width - wide), strict=True):
        cell.width = size
        line = tight(cell.paragraphs[0], before=4, after=0)
        line.add_run(text).bold = text == left
        line.paragraph_format.keep_with_next = True
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def word_section(document: Any, section: Section, look: Look, width: int) -> None:
    """A heading and what stands below it."""
    tight(document.add_heading(section.title, level=1), before=10, after=3)
    for text in section.text:
        tight(document.add_paragraph(text))
    for role in section.roles:
        if look.dates == "tab":
            word_line(document, f"{role.title}, {role.employer}", role.dates, look, width)
            tight(document.add_paragraph(), after=1).add_run(role.place).italic = True
        else:
            word_line(document, role.title, role.dates, look, width)
            tight(document.add_paragraph(), after=1).add_run(f"{role.employer}, {role.place}").italic = True
        for text in role.bullets:
            tight(document.add_paragraph(text, style="List Bullet"), after=1)
    for entry in section.entries:
        word_line(document, entry.what, entry.dates, look, width)
        tight(document.add_paragraph()).add_run(entry.where).italic = True
        if entry.notes:
            tight(document.add_paragraph(entry.notes))
    if section.groups and look.groups == "table":
        table = document.add_table(rows=0, cols=2, style="Table Grid")
        table.autofit = False
        for label, items in section.groups.items():
            cells = table.add_row().cells
            for cell, size in zip(cells, (width // 4, width - width // 4), strict=True):
                cell.width = size
            tight(cells[0].paragraphs[0], before=1, after=1).add_run(label).bold = True
            tight(cells[1].paragraphs[0], before=1, after=1).add_run(items)
    elif section.groups:
        for label, items in section.groups.items():
            line = tight(document.add_paragraph())
            line.add_run(f"{label}: ").bold = True
            line.add_run(items)
    for text in section.bullets:
        tight(document.add_paragraph(text, style="List Bullet"), after=1)


def word_styles(document: Any, look: Look) -> None:
    """The fonts and colours of the resume."""
    for name, size in (("Normal", look.size), ("Title", 24), ("Heading 1", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = look.font, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{key}"), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(look.accent.lstrip("#").upper())


def word_properties(document: Any, resume: Resume) -> None:
    """Fixed core properties, so that the time of writing leaves no trace."""
    properties, moment = document.core_properties, WRITTEN.replace(tzinfo=None)
    properties.author = properties.last_modified_by = resume.name
    properties.title, properties.comments = f"{resume.name} - Resume", "Resume of an invented person"
    properties.created = properties.modified = properties.last_printed = moment
    properties.revision = 1


def slim(document: Any) -> None:
    """Take out what the empty template of python-docx brings along and no sample uses."""
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(("thumbnail", "WithEffects"))]:
            del relations[key]


def word_file(resume: Resume) -> bytes:
    """A resume as a Word file."""
    look, document = resume.look, docx.Document()
    page, part = SIZES[look.page], document.sections[0]
    part.page_width, part.page_height = Pt(page[0]), Pt(page[1])
    part.left_margin = part.right_margin = Mm(20)
    part.top_margin = part.bottom_margin = Mm(17)
    width = int(part.page_width - part.left_margin - part.right_margin)
    word_styles(document, look)
    word_properties(document, resume)
    tight(document.add_heading(resume.name, level=0), after=3)
    tight(document.add_paragraph(), after=0).add_run(resume.headline).bold = True
    contact = tight(document.add_paragraph())
    for number, item in enumerate(resume.contact):
        if number:
            contact.add_run(" | ")
        if target := address(item):
            word_link(contact, item, target)
        else:
            contact.add_run(item)
    for section in resume.sections:
        word_section(document, section, look, width)
    slim(document)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def repacked(archive: bytes) -> bytes:
    """The same zip archive with the time stamps fixed and nothing compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            info.create_system = 0
            new.writestr(info, old.read(name), zipfile.ZIP_STORED)
    return out.getvalue()


# The command


def made() -> Iterator[tuple[Path, bytes]]:
    """Each sample that is made, with its bytes."""
    makers = {"column": column_pdf, "sidebar": sidebar_pdf, "word": word_file}
    for source in sorted((HERE / "sources").glob("*.yaml")):
        resume = Resume.model_validate(yaml.safe_load(source.read_text(encoding="utf-8")))
        yield HERE / resume.output, makers[resume.layout](resume)


def main(arguments: list[str] | None = None) -> int:
    """Write the samples, or compare them with those on disk."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file on disk differs")
    check = parser.parse_args(arguments).check
    say = partial(print, file=sys.stderr)
    wrong = 0
    for path, content in made():
        name = path.relative_to(HERE).as_posix()
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            say(f"written: {name} ({len(content):,} bytes)")
        elif not path.is_file() or path.read_bytes() != content:
            say(f"{'differs' if path.is_file() else 'missing'}: {name}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
