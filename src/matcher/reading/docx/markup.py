"""WordprocessingML: its names, its switches and values, and which elements are shown."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
W = "{" + TRANSITIONAL.decode() + "}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset(
    W + name
    for name in (
        *("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sectPr", "sdtPr", "sdtEndPr"),
        *("tblPr", "tblGrid", "trPr", "tcPr", "fldData"),
    )
) | {_FALLBACK}


def on(element: Element | None, name: str) -> bool | None:
    """A switch such as ``<w:b/>`` or ``<w:b w:val="0"/>``."""
    found = element.find(W + name) if element is not None else None
    return None if found is None else found.get(W + "val", "1") not in ("0", "false", "off", "none")


def value(element: Element | None, name: str, attribute: str = "val") -> str | None:
    """The attribute of a property such as ``<w:sz w:val="22"/>``."""
    found = element.find(W + name) if element is not None else None
    told = found.get(W + attribute) if found is not None else None
    return None if told is None else str(told)


def elements(parent: Element) -> Iterator[Element]:
    """Child elements that are shown."""
    for child in parent:
        if child.tag not in _SKIPPED:
            yield child


def children(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also where a content control or an insertion wraps them."""
    for child in elements(parent):
        if child.tag == W + name:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from children(child, name)


def rows(table: Element) -> Iterator[Element]:
    """The rows of a table but for those whose deletion is tracked."""
    for row in children(table, "tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            yield row
