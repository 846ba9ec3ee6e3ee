"""Text that is there to impress a machine rather than to tell a person something.

Pure functions over a document. What they find is shown with its words, and is left out of what skills are looked for
in, so that it gains nothing. Hidden text is the reader's business: it never gets as far as the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from matcher.integrity.copies import pasted, repeated
from matcher.integrity.finding import Code, Finding
from matcher.integrity.instructions import instructions
from matcher.integrity.lists import echoed_lists, stuffed
from matcher.model import Document, Notice

__all__ = ["Code", "Finding", "borrowed", "notices", "suspicious", "without"]

# From this share on, a text does not hold a copy of the posting, it is one.
_ALL_BUT = 0.9


def suspicious(document: Document, posting_text: str | None = None) -> tuple[Finding, ...]:
    """What in a resume is there for a machine; with the text of a posting also what was taken from it.

    Of a posting nothing is said: whoever writes it has nothing to gain from the score.
    """
    if document.kind != "resume":
        return ()
    findings = (*instructions(document), *repeated(document), *stuffed(document))
    return findings if posting_text is None else (*findings, *borrowed(document, posting_text))


def borrowed(document: Document, posting_text: str) -> tuple[Finding, ...]:
    """What in a resume was taken from one posting.

    Nothing is found in a document without lines: a profile that was kept for later has only the quoted parts of its
    text, too little to tell a copy by.
    """
    if document.kind != "resume" or not document.lines:
        return ()
    taken = (*pasted(document, posting_text), *echoed_lists(document, posting_text))
    covered, at = 0, 0
    for span in sorted(span for finding in taken for span in finding.spans):
        covered += max(0, span.end - max(at, span.start))  # two findings may share words
        at = max(at, span.end)
    if covered > _ALL_BUT * len(document.text):
        # Nobody hides in such a text: it is the posting itself, held against itself.
        return (Finding("same-text", "almost all of this text is the posting's own", ()),)
    return taken


def without(document: Document, findings: Iterable[Finding]) -> Document:
    """``document`` with what was found blanked out; every other offset stays true."""
    spans = sorted(span for finding in findings for span in finding.spans)
    if not spans:
        return document
    text = document.text
    for span in spans:
        # Word for word: a paragraph must not become a blank line that cuts what stands around it.
        text = text[: span.start] + re.sub(r"[^\n]", " ", text[span.start : span.end]) + text[span.end :]
    lines = tuple(line for line in document.lines if text[line.span.start : line.span.end].strip())
    return replace(document, text=text, lines=lines)


def notices(findings: Iterable[Finding]) -> tuple[Notice, ...]:
    """The findings as notices of the document."""
    return tuple(Notice(finding.code, finding.message) for finding in findings)
