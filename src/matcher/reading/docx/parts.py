"""Which parts a DOCX archive has, and what their relations lead to."""

from __future__ import annotations

import posixpath
from xml.etree.ElementTree import Element

from matcher.reading.archive import Archive
from matcher.reading.docx.markup import STRICT, TRANSITIONAL


def part(archive: Archive, name: str) -> Element | None:
    """The root of a part, its names those of the transitional form; None where there is no such part."""
    return archive.xml(name, rename=(STRICT, TRANSITIONAL))


def main_part(archive: Archive) -> str:
    """The name of the part that holds the text."""
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


def targets(archive: Archive, part: str) -> dict[str, str]:
    """The addresses that a part's links lead to, by the id that the links name."""
    return {
        str(relation.get("Id")): str(relation.get("Target", ""))
        for relation in _relations(archive, part)
        if str(relation.get("Type", "")).endswith("/hyperlink")
    }


def related(archive: Archive, main: str, kind: str) -> list[str]:
    """The header or footer parts of a document, each once."""
    folder = posixpath.dirname(main)
    found: list[str] = []
    for relation in _relations(archive, main):
        if str(relation.get("Type", "")).endswith(f"/{kind}"):
            target = posixpath.normpath(posixpath.join(folder, str(relation.get("Target", ""))))
            if target in archive.names and target not in found:
                found.append(target)
    return found
