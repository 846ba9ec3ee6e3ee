"""Blocks and runs: paragraphs, tables, text boxes and links below an element, in order."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from matcher.reading.docx.cells import row_drafts
from matcher.reading.docx.looks import Look, paragraph_look, run_look, shaded
from matcher.reading.docx.markup import W, children, elements, rows, value
from matcher.reading.docx.paragraph import Paragraph
from matcher.reading.draft import BREAK, Draft
from matcher.reading.links import field_address

_ID = re.compile(r"\{[^}]*/relationships\}id\Z")
_TINY = 2.5


class Reader:
    """Walks blocks and runs.

    Args:
        styles: the look of each style.

    Attributes:
        hidden: the words that the page does not show, as they come.
        targets: the addresses that links of the part lead to, by id.
    """

    def __init__(self, styles: dict[str, Look]) -> None:
        self._styles = styles
        self._default = styles.get("Normal", styles.get("", Look()))
        self.hidden: list[str] = []
        self.targets: dict[str, str] = {}

    def blocks(self, parent: Element, around: Look, column: int = 0) -> list[Draft]:
        """Paragraphs and tables below an element, in order."""
        drafts: list[Draft] = []
        for child in elements(parent):
            if child.tag == f"{W}p":
                drafts += self._paragraph(child, around, column)
            elif child.tag == f"{W}tbl":
                drafts += self._table(child, around, column)
            else:  # content controls, inserted blocks, custom XML: what they wrap
                drafts += self.blocks(child, around, column)
        return drafts

    def _paragraph(self, element: Element, around: Look, column: int) -> list[Draft]:
        properties = element.find(f"{W}pPr")
        style = self._styles.get(value(properties, "pStyle") or "", self._default)
        paragraph = Paragraph(paragraph_look(properties).over(style).over(around))
        self._runs(element, paragraph)
        return paragraph.drafts(column)

    def _runs(self, parent: Element, paragraph: Paragraph) -> None:
        for child in elements(parent):
            if child.tag == f"{W}r":
                self._run(child, paragraph)
            elif child.tag == f"{W}txbxContent":
                paragraph.boxes += self.blocks(child, Look(shaded=True))
            elif child.tag == f"{W}hyperlink":
                start = paragraph.end
                self._runs(child, paragraph)
                named = next((value for name, value in child.items() if _ID.match(name)), "")
                paragraph.link(start, self.targets.get(str(named)))
            elif child.tag == f"{W}fldSimple":
                start = paragraph.end
                self._runs(child, paragraph)
                paragraph.link(start, field_address(str(child.get(f"{W}instr", ""))))
            else:
                self._runs(child, paragraph)

    def _run(self, run: Element, paragraph: Paragraph) -> None:
        properties = run.find(f"{W}rPr")
        style = self._styles.get(value(properties, "rStyle") or "", Look()) if properties is not None else Look()
        look = run_look(properties).over(style).over(paragraph.look)
        for part in run.iterfind(f"{W}instrText"):
            paragraph.instruct(part.text or "")
        text = self._text(run, paragraph)
        if not text:
            return
        if look.hidden or (look.white and not look.shaded) or (look.size is not None and look.size < _TINY):
            if text.strip():
                self.hidden.append(text)
            return
        paragraph.add(text, look)

    def _text(self, run: Element, paragraph: Paragraph) -> str:
        """What a run says; text boxes in it and marks of fields go to the paragraph."""
        pieces: list[str] = []
        for child in elements(run):
            name = child.tag.removeprefix(W)
            if name == "t":
                pieces.append(child.text or "")
            elif name in ("tab", "ptab"):
                pieces.append("  ")
            elif name in ("br", "cr"):
                pieces.append("\n")
            elif name == "noBreakHyphen":
                pieces.append("-")
            elif name == "fldChar":
                paragraph.follow(str(child.get(f"{W}fldCharType", "")))
            elif name == "sym":
                pieces.append(_symbol(str(child.get(f"{W}char", ""))))
            else:
                self._runs(child, paragraph)  # drawings and pictures, for the text boxes in them
        return "".join(pieces)

    def _table(self, table: Element, around: Look, column: int) -> list[Draft]:
        properties = table.find(f"{W}tblPr")
        styled = value(properties, "tblStyle") not in (None, "TableGrid", "TableNormal")
        # A table style can colour its rows; which, is not worth finding out.
        look = Look(shaded=shaded(properties) or styled or None).over(around)
        drafts: list[Draft] = []
        for row in rows(table):
            cells = [[draft for draft in self._cell(cell, look, column) if draft.text] for cell in children(row, "tc")]
            drafts += row_drafts([cell for cell in cells if cell])
        return [*drafts, BREAK]

    def _cell(self, cell: Element, around: Look, column: int) -> list[Draft]:
        look = Look(shaded=shaded(cell.find(f"{W}tcPr"))).over(around)
        return self.blocks(cell, look, column)


def _symbol(code: str) -> str:
    """The character with a hexadecimal number; nothing where there is none, as for half of a surrogate pair."""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ud800" <= char <= "\udfff" else char
