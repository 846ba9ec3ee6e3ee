"""An ODT to drafts."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from matcher.model import Notice
from matcher.reading import problems
from matcher.reading.archive import opened
from matcher.reading.draft import BREAK, Draft
from matcher.reading.limits import Limits
from matcher.reading.links import Anchor, anchor, by_line
from matcher.reading.remarks import hidden_text

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible-properties:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_SKIPPED = frozenset(
    {f"{_TEXT}{name}" for name in ("tracked-changes", "sequence-decls", "variable-decls", "note")}
    | {f"{_OFFICE}annotation"}
)


def odt_drafts(data: bytes, source: str, notices: list[Notice], limits: Limits) -> list[Draft]:
    """The lines of an ODT."""
    with opened(data, source, "ODT", limits) as archive:
        manifest = archive.xml("META-INF/manifest.xml")
        if manifest is not None and any(element.tag.endswith("}encryption-data") for element in manifest.iter()):
            raise problems.encrypted(source)
        root = archive.xml("content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise problems.damaged(source, "ODT")
    reader = _Reader(root)
    drafts = list(reader.blocks(body, False))
    notices += hidden_text(" ".join(reader.hidden).split()) if reader.hidden else []
    return drafts


class _Reader:
    def __init__(self, root: Element) -> None:
        self.hidden: list[str] = []
        self._unseen: set[str] = set()
        self._bold: set[str] = set()
        self._links: list[Anchor] = []
        for style in root.iter(f"{_STYLE}style"):
            name = style.get(f"{_STYLE}name", "")
            for properties in style.iter(f"{_STYLE}text-properties"):
                if properties.get(f"{_TEXT}display") == "none" or properties.get(f"{_FO}font-size") in ("0pt", "1pt"):
                    self._unseen.add(name)
                if properties.get(f"{_FO}font-weight") == "bold":
                    self._bold.add(name)

    def blocks(self, parent: Element, listed: bool) -> Iterator[Draft]:
        """Paragraphs, lists and tables below an element, in order."""
        for child in parent:
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                yield from self._paragraph(child, listed)
                listed = False  # a list item's further paragraphs have no bullet
            elif child.tag == f"{_TEXT}list-item":
                yield from self.blocks(child, True)
            elif child.tag == f"{_TABLE}table":
                for row in child.iter(f"{_TABLE}table-row"):
                    cells = [
                        " ".join(draft.text for draft in self.blocks(cell, False) if draft.text)
                        for cell in row.iterfind(f"{_TABLE}table-cell")
                    ]
                    yield Draft("\t".join(cell for cell in cells if cell), table_row=True)
                yield BREAK
            elif child.tag not in _SKIPPED:
                yield from self.blocks(child, False)

    def _paragraph(self, element: Element, listed: bool) -> Iterator[Draft]:
        boxes: list[Element] = []
        self._links = []
        text = self._text(element, boxes)
        bold = element.get(f"{_TEXT}style-name", "") in self._bold
        lines = text.split("\n")
        for index, (line, links) in enumerate(zip(lines, by_line(lines, self._links), strict=True)):
            bullet = "• " if listed and index == 0 and line.strip() else ""
            yield Draft(bullet + line.strip(), heading=element.tag == f"{_TEXT}h", bold=bold, links=links)
        for box in boxes:
            yield from self.blocks(box, False)

    def _text(self, element: Element, boxes: list[Element]) -> str:
        parts = [element.text or ""]
        for child in element:
            name = child.tag
            if name == f"{_TEXT}tab":
                parts.append("  ")
            elif name == f"{_TEXT}line-break":
                parts.append("\n")
            elif name == f"{_TEXT}s":
                parts.append(" ")
            elif name.endswith("}text-box"):
                boxes.append(child)
            elif name not in _SKIPPED:
                inner = self._text(child, boxes)
                if child.get(f"{_TEXT}style-name", "") in self._unseen or name == f"{_TEXT}hidden-text":
                    self.hidden.append(inner)
                else:
                    parts.append(inner)
                    if name == f"{_TEXT}a":
                        self._links += anchor(inner, child.get(_HREF))
            parts.append(child.tail or "")
        return "".join(parts)
