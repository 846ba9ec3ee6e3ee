"""A whole document: headers, then the body, then footers."""

from __future__ import annotations

import posixpath
import re
from xml.etree.ElementTree import Element

from matcher.model import Notice
from matcher.reading import problems
from matcher.reading.archive import opened
from matcher.reading.docx.body import Reader
from matcher.reading.docx.looks import Look, styles
from matcher.reading.docx.markup import W
from matcher.reading.docx.parts import main_part, part, related, targets
from matcher.reading.draft import BREAK, Draft
from matcher.reading.limits import Limits
from matcher.reading.remarks import hidden_text

_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{0,3}(?:\s*(?:/|of)\s*\d{0,3})?\W*\Z", re.IGNORECASE)


def docx_drafts(data: bytes, source: str, notices: list[Notice], limits: Limits) -> list[Draft]:
    """The lines of a DOCX."""
    with opened(data, source, "DOCX", limits) as archive:
        main = main_part(archive)
        root = part(archive, main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise problems.damaged(source, "DOCX")
        folder = posixpath.dirname(main)
        reader = Reader(styles(part(archive, posixpath.join(folder, "styles.xml"))))
        drafts: list[Draft] = []
        for name in related(archive, main, "header"):
            reader.targets = targets(archive, name)
            drafts += [*_margin(reader, part(archive, name)), BREAK]
        reader.targets = targets(archive, main)
        drafts += reader.blocks(body, Look())
        for name in related(archive, main, "footer"):
            reader.targets = targets(archive, name)
            drafts += [BREAK, *_margin(reader, part(archive, name))]
    notices += hidden_text(" ".join(reader.hidden).split()) if reader.hidden else []
    return drafts


def _margin(reader: Reader, root: Element | None) -> list[Draft]:
    """The lines of a header or footer but for page numbers."""
    if root is None:
        return []
    return [draft for draft in reader.blocks(root, Look()) if not _PAGE_NUMBER.match(draft.text)]
