"""A DOCX to drafts: paragraphs, lists, tables, text boxes, headers and footers, as the printed page shows them.

The XML is walked directly: what matters here (tracked changes, hidden runs, text boxes, nested tables) lies below
what libraries offer.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from xml.etree.ElementTree import Element

from matcher.model import Notice
from matcher.reading import problems
from matcher.reading.archive import Archive, opened
from matcher.reading.draft import BREAK, Draft
from matcher.reading.limits import Limits
from matcher.reading.links import Anchor, anchor, by_line, field_address
from matcher.reading.remarks import hidden_text

_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_W = "{" + _TRANSITIONAL.decode() + "}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{0,3}(?:\s*(?:/|of)\s*\d{0,3})?\W*\Z", re.IGNORECASE)
_SKIPPED = frozenset(
    _W + name
    for name in (
        *("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sectPr", "sdtPr", "sdtEndPr"),
        *("tblPr", "tblGrid", "trPr", "tcPr", "fldData"),
    )
) | {_FALLBACK}
_ID = re.compile(r"\{[^}]*/relationships\}id\Z")
_TINY = 2.5
_BULLET = "• "


@dataclass(frozen=True, slots=True)
class _Look:
    """Properties of a run or paragraph; None is unset."""

    bold: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    white: bool | None = None
    shaded: bool | None = None
    heading: bool | None = None
    listed: bool | None = None

    def over(self, base: _Look) -> _Look:
        """These properties where they are set, else those of the base."""
        merged = {}
        for item in fields(self):
            mine = getattr(self, item.name)
            merged[item.name] = mine if mine is not None else getattr(base, item.name)
        return _Look(**merged)


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while its runs are gathered; text boxes met on the way are read after it."""

    look: _Look
    parts: list[str] = field(default_factory=list)
    sizes: Counter[float] = field(default_factory=Counter)
    bold: int = 0
    letters: int = 0
    boxes: list[Draft] = field(default_factory=list)
    links: list[Anchor] = field(default_factory=list)
    instruction: list[str] | None = None
    result_from: int | None = None

    def link(self, start: int, target: str | None) -> None:
        """Note that the parts from ``start`` on are linked."""
        self.links += anchor("".join(self.parts[start:]), target)


def docx_drafts(data: bytes, source: str, notices: list[Notice], limits: Limits) -> list[Draft]:
    """The lines of a DOCX."""
    with opened(data, source, "DOCX", limits) as archive:
        main = _main_part(archive)
        root = _part(archive, main)
        body = root.find(f"{_W}body") if root is not None else None
        if body is None:
            raise problems.damaged(source, "DOCX")
        folder = posixpath.dirname(main)
        reader = _Reader(_styles(_part(archive, posixpath.join(folder, "styles.xml"))))
        drafts: list[Draft] = []
        for name in _related(archive, main, "header"):
            reader.targets = _targets(archive, name)
            drafts += [*_margin(reader, _part(archive, name)), BREAK]
        reader.targets = _targets(archive, main)
        drafts += reader.blocks(body, _Look())
        for name in _related(archive, main, "footer"):
            reader.targets = _targets(archive, name)
            drafts += [BREAK, *_margin(reader, _part(archive, name))]
    notices += hidden_text(" ".join(reader.hidden).split()) if reader.hidden else []
    return drafts


def _part(archive: Archive, name: str) -> Element | None:
    return archive.xml(name, rename=(_STRICT, _TRANSITIONAL))


def _main_part(archive: Archive) -> str:
    if "word/document.xml" in archive.names:
        return "word/document.xml"
    relations = archive.xml("_rels/.rels")
    for relation in relations if relations is not None else ():
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return ""


def _relations(archive: Archive, part: str) -> list[Element]:
    folder, name = posixpath.split(part)
    relations = archive.xml(f"{folder}/_rels/{name}.rels")
    return list(relations) if relations is not None else []


def _targets(archive: Archive, part: str) -> dict[str, str]:
    """The addresses that a part's links lead to, by the id that the links name."""
    return {
        str(relation.get("Id")): str(relation.get("Target", ""))
        for relation in _relations(archive, part)
        if str(relation.get("Type", "")).endswith("/hyperlink")
    }


def _related(archive: Archive, main: str, kind: str) -> list[str]:
    """The header or footer parts of a document, each once."""
    folder = posixpath.dirname(main)
    found: list[str] = []
    for relation in _relations(archive, main):
        if str(relation.get("Type", "")).endswith(f"/{kind}"):
            target = posixpath.normpath(posixpath.join(folder, str(relation.get("Target", ""))))
            if target in archive.names and target not in found:
                found.append(target)
    return found


def _margin(reader: _Reader, root: Element | None) -> list[Draft]:
    if root is None:
        return []
    return [draft for draft in reader.blocks(root, _Look()) if not _PAGE_NUMBER.match(draft.text)]


# --- properties ----------------------------------------------------------------------------------------------------


def _on(element: Element | None, name: str) -> bool | None:
    """A switch such as ``<w:b/>`` or ``<w:b w:val="0"/>``."""
    found = element.find(_W + name) if element is not None else None
    return None if found is None else found.get(_W + "val", "1") not in ("0", "false", "off", "none")


def _value(element: Element | None, name: str, attribute: str = "val") -> str | None:
    found = element.find(_W + name) if element is not None else None
    value = found.get(_W + attribute) if found is not None else None
    return None if value is None else str(value)


def _shaded(element: Element | None) -> bool | None:
    fill = _value(element, "shd", "fill")
    highlight = _value(element, "highlight")
    if fill is None and highlight is None:
        return None
    return (fill or "auto").lower() not in ("auto", "ffffff") or highlight not in (None, "none", "white")


def _run_look(properties: Element | None) -> _Look:
    if properties is None:
        return _Look()
    size, colour = _value(properties, "sz"), _value(properties, "color")
    return _Look(
        bold=_on(properties, "b"),
        hidden=_on(properties, "vanish"),
        size=float(size) / 2 if size is not None and size.replace(".", "", 1).isdigit() else None,
        white=colour.lower() in ("ffffff", "fefefe", "fdfdfd") if colour is not None else None,
        shaded=_shaded(properties),
    )


def _paragraph_look(properties: Element | None) -> _Look:
    if properties is None:
        return _Look()
    numbering = properties.find(f"{_W}numPr")
    level = _value(properties, "outlineLvl")
    return _Look(
        shaded=_shaded(properties),
        heading=int(level) < 9 if level is not None and level.isdigit() else None,
        listed=_value(numbering, "numId") != "0" if numbering is not None else None,
    )


def _styles(root: Element | None) -> dict[str, _Look]:
    """The look of every style, with what it is based on."""
    if root is None:
        return {}
    own: dict[str, tuple[str | None, _Look]] = {}
    for style in root.iterfind(f"{_W}style"):
        name = (_value(style, "name") or "").lower()
        look = _run_look(style.find(f"{_W}rPr")).over(_paragraph_look(style.find(f"{_W}pPr")))
        if re.match(r"(heading|title\Z|überschrift|titre)", name):
            look = _Look(heading=True).over(look)
        elif name.startswith(("list bullet", "list number")):
            look = _Look(listed=True).over(look)
        own[str(style.get(_W + "styleId", ""))] = (_value(style, "basedOn"), look)
    default = _run_look(root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
    resolved: dict[str, _Look] = {"": default}
    for name in own:
        look, at, seen = _Look(), name, set[str]()
        while at in own and at not in seen:
            seen.add(at)
            base, mine = own[at]
            look = look.over(mine)
            at = base or ""
        resolved[name] = look.over(default)
    return resolved


# --- content -------------------------------------------------------------------------------------------------------


class _Reader:
    """Walks blocks and runs; ``hidden`` collects the words that the page does not show."""

    def __init__(self, styles: dict[str, _Look]) -> None:
        self._styles = styles
        self._default = styles.get("Normal", styles.get("", _Look()))
        self.hidden: list[str] = []
        self.targets: dict[str, str] = {}

    def blocks(self, parent: Element, around: _Look, column: int = 0) -> list[Draft]:
        """Paragraphs and tables below an element, in order."""
        drafts: list[Draft] = []
        for child in _elements(parent):
            if child.tag == f"{_W}p":
                drafts += self._paragraph(child, around, column)
            elif child.tag == f"{_W}tbl":
                drafts += self._table(child, around, column)
            else:  # content controls, inserted blocks, custom XML: what they wrap
                drafts += self.blocks(child, around, column)
        return drafts

    def _paragraph(self, element: Element, around: _Look, column: int) -> list[Draft]:
        properties = element.find(f"{_W}pPr")
        style = self._styles.get(_value(properties, "pStyle") or "", self._default)
        paragraph = _Paragraph(_paragraph_look(properties).over(style).over(around))
        self._runs(element, paragraph)
        look = paragraph.look
        bold = paragraph.letters > 0 and paragraph.bold == paragraph.letters
        size = paragraph.sizes.most_common(1)[0][0] if paragraph.sizes else None
        lines = [line.strip() for line in "".join(paragraph.parts).split("\n")]
        drafts: list[Draft] = []
        for line in lines:
            if line:
                text = line if not look.listed or look.heading or drafts else _BULLET + line.lstrip("•·▪ ")
                drafts.append(Draft(text, column=column, font_size=size, bold=bold, heading=bool(look.heading)))
        for draft, links in zip(drafts, by_line([draft.text for draft in drafts], paragraph.links), strict=True):
            draft.links = links
        return (drafts or [Draft("")]) + paragraph.boxes

    def _runs(self, parent: Element, paragraph: _Paragraph) -> None:
        for child in _elements(parent):
            if child.tag == f"{_W}r":
                self._run(child, paragraph)
            elif child.tag == f"{_W}txbxContent":
                paragraph.boxes += self.blocks(child, _Look(shaded=True))
            elif child.tag == f"{_W}hyperlink":
                start = len(paragraph.parts)
                self._runs(child, paragraph)
                named = next((value for name, value in child.items() if _ID.match(name)), "")
                paragraph.link(start, self.targets.get(str(named)))
            elif child.tag == f"{_W}fldSimple":
                start = len(paragraph.parts)
                self._runs(child, paragraph)
                paragraph.link(start, field_address(str(child.get(f"{_W}instr", ""))))
            else:
                self._runs(child, paragraph)

    def _run(self, run: Element, paragraph: _Paragraph) -> None:
        properties = run.find(f"{_W}rPr")
        style = self._styles.get(_value(properties, "rStyle") or "", _Look()) if properties is not None else _Look()
        look = _run_look(properties).over(style).over(paragraph.look)
        if paragraph.instruction is not None:
            paragraph.instruction += [part.text or "" for part in run.iterfind(f"{_W}instrText")]
        pieces: list[str] = []
        for child in _elements(run):
            name = child.tag.removeprefix(_W)
            if name == "t":
                pieces.append(child.text or "")
            elif name in ("tab", "ptab"):
                pieces.append("  ")
            elif name in ("br", "cr"):
                pieces.append("\n")
            elif name == "noBreakHyphen":
                pieces.append("-")
            elif name == "fldChar":
                _follow_field(paragraph, str(child.get(f"{_W}fldCharType", "")))
            elif name == "sym":
                pieces.append(_symbol(str(child.get(_W + "char", ""))))
            else:
                self._runs(child, paragraph)  # drawings and pictures, for the text boxes in them
        text = "".join(pieces)
        if not text:
            return
        if look.hidden or (look.white and not look.shaded) or (look.size is not None and look.size < _TINY):
            if text.strip():
                self.hidden.append(text)
            return
        letters = sum(1 for char in text if char.isalnum())
        paragraph.parts.append(text)
        paragraph.letters += letters
        paragraph.bold += letters if look.bold else 0
        if look.size is not None and letters:
            paragraph.sizes[look.size] += letters

    def _table(self, table: Element, around: _Look, column: int) -> list[Draft]:
        properties = table.find(f"{_W}tblPr")
        styled = _value(properties, "tblStyle") not in (None, "TableGrid", "TableNormal")
        # A table style can colour its rows; which, is not worth finding out.
        look = _Look(shaded=_shaded(properties) or styled or None).over(around)
        drafts: list[Draft] = []
        for row in _rows(table):
            cells = [[draft for draft in self._cell(cell, look, column) if draft.text] for cell in _children(row, "tc")]
            drafts += _row_drafts([cell for cell in cells if cell])
        return [*drafts, BREAK]

    def _cell(self, cell: Element, around: _Look, column: int) -> list[Draft]:
        look = _Look(shaded=_shaded(cell.find(f"{_W}tcPr"))).over(around)
        return self.blocks(cell, look, column)


def _elements(parent: Element) -> Iterator[Element]:
    """Child elements that are shown."""
    for child in parent:
        if child.tag not in _SKIPPED:
            yield child


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also where a content control or an insertion wraps them."""
    for child in _elements(parent):
        if child.tag == _W + name:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(child, name)


def _rows(table: Element) -> Iterable[Element]:
    for row in _children(table, "tr"):
        if row.find(f"{_W}trPr/{_W}del") is None:
            yield row


def _row_drafts(cells: Sequence[list[Draft]]) -> list[Draft]:
    """A row's cells as lines: one line where each holds one, side by side where they match, else cell after cell."""
    if not cells:
        return []
    if len(cells) == 1:
        return cells[0]
    longest = max(len(cell) for cell in cells)
    if longest == 1:
        return [_joined([cell[0] for cell in cells], "\t", table=True)]
    if longest <= 3 and all(len(cell) == longest for cell in cells):
        return [_joined([cell[place] for cell in cells], "  ") for place in range(longest)]
    drafts: list[Draft] = []
    first = 0
    for column, cell in enumerate(cells):
        if len(cell) == 1 and drafts and len(cell[0].text) <= 40 and any(char.isdigit() for char in cell[0].text):
            drafts[first] = _joined([drafts[first], cell[0]], "  ")  # a date beside a text of several lines
            continue
        first = len(drafts)
        for draft in cell:
            draft.column = max(draft.column, column)
        drafts += [*cell, BREAK]
    return drafts


def _joined(drafts: Sequence[Draft], gap: str, table: bool = False) -> Draft:
    return Draft(
        gap.join(draft.text for draft in drafts),
        column=drafts[0].column,
        font_size=drafts[0].font_size,
        bold=all(draft.bold for draft in drafts),
        heading=all(draft.heading for draft in drafts),
        table_row=table,
        links=tuple(link for draft in drafts for link in draft.links),
    )


def _follow_field(paragraph: _Paragraph, mark: str) -> None:
    """A field comes as marks among the runs: begin, its instruction, separate, its result, end."""
    if mark == "begin":
        paragraph.instruction, paragraph.result_from = [], None
    elif mark == "separate" and paragraph.instruction is not None:
        paragraph.result_from = len(paragraph.parts)
    elif mark == "end":
        if paragraph.instruction is not None and paragraph.result_from is not None:
            paragraph.link(paragraph.result_from, field_address("".join(paragraph.instruction)))
        paragraph.instruction = paragraph.result_from = None


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
