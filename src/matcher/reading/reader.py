"""The one way in: a path, bytes or a text to a ``Document``."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sys
from pathlib import Path
from typing import BinaryIO

from matcher.errors import ReadingError
from matcher.model import Document, DocumentKind, Notice
from matcher.reading import problems
from matcher.reading.draft import Draft, assemble
from matcher.reading.limits import DEFAULT_LIMITS, Limits
from matcher.reading.mangled import repair, unfold
from matcher.reading.sniff import Format, contradicts, sniff_bytes, sniff_text
from matcher.reading.text import decode, normalise

_NAMES: dict[Format, str] = {
    "pdf": "a PDF", "docx": "a DOCX", "odt": "an ODT", "rtf": "an RTF", "html": "an HTML", "json": "a JSON",
    "text": "a plain text",
}  # fmt: skip
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_PLAIN_SIZE = 1 << 18  # bytes; some hundred pages


def read(
    path: str | os.PathLike[str],
    kind: DocumentKind,
    *,
    limits: Limits = DEFAULT_LIMITS,
    stdin: BinaryIO | None = None,
) -> Document:
    """Read a file, or standard input for ``-``.

    Raises:
        ReadingError: the file cannot be read; the text of the error says why and what to do.
    """
    source = os.fspath(path)
    data = load_stream(stdin, limits) if source == "-" else load(source, limits)
    return read_bytes(data, kind, source=source, limits=limits)


def read_text(text: str, kind: DocumentKind, *, source: str = "<text>", limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a text that is already a string."""
    data = text.encode("utf-8", errors="surrogatepass")
    if not text.strip():
        raise problems.empty(source)
    notices: list[Notice] = []
    drafts = _drafts_of_text(text, sniff_text(text), kind, source, notices, limits)
    return _document(drafts, data, kind, source, notices, limits)


def read_bytes(data: bytes, kind: DocumentKind, *, source: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read the content of a file; ``source`` is the name it is reported under."""
    if len(data) > limits.max_bytes:
        raise _oversize(source, limits)
    if not data.strip(b"\x00 \t\r\n"):
        raise problems.empty(source)
    notices: list[Notice] = []
    pages: int | None = None
    found = sniff_bytes(data)
    text = ""
    if found is None:
        decoded = decode(data)
        if decoded is None:
            raise problems.no_text_file(source)
        text = decoded.text
        if decoded.guessed is not None:
            notices.append(
                Notice("encoding-guessed", f"the text is not UTF-8; it was read as {decoded.guessed}, which is a guess")
            )
        found = sniff_text(text)
    ending = Path(source).suffix
    if contradicts(ending, found) and found in _NAMES:
        notices.append(Notice("wrong-ending", f"the name ends in {ending}, but the content is {_NAMES[found]} file"))
    try:
        if found == "pdf":
            from matcher.reading.pdf import pdf_drafts

            drafts, pages = pdf_drafts(data, source, notices, limits)
        elif found == "docx":
            from matcher.reading.docx import docx_drafts

            drafts = docx_drafts(data, source, notices, limits)
        elif found == "odt":
            from matcher.reading.odt import odt_drafts

            drafts = odt_drafts(data, source, notices, limits)
        elif found == "rtf":
            from matcher.reading.rtf import rtf_drafts

            drafts = rtf_drafts(data, notices)
        elif found in ("html", "json", "text"):
            drafts = _drafts_of_text(text, found, kind, source, notices, limits, ending)
        elif found == "office-encrypted":
            raise problems.encrypted(source)
        else:
            raise problems.unsupported(source, found)
    except RecursionError:
        raise problems.damaged(source, found.upper()) from None  # nested deeper than any document is
    return _document(drafts, data, kind, source, notices, limits, pages)


def load_stream(stdin: BinaryIO | None, limits: Limits) -> bytes:
    """What comes from standard input, or from the stream given; at most a byte more than is allowed."""
    stream = stdin if stdin is not None else sys.stdin.buffer
    return stream.read(limits.max_bytes + 1)


def load(source: str, limits: Limits) -> bytes:
    """The bytes of a file, at most one more than is allowed.

    Raises:
        ReadingError: it is not there, is no file, or cannot be opened.
    """
    path = Path(source)
    try:
        if not source:
            raise problems.nameless()
        if path.is_dir():
            raise problems.folder(source)
        if path.is_fifo() or path.is_char_device():
            raise problems.piped(source)
        if path.exists() and not path.is_file():
            raise problems.unreadable(source, "not a regular file")
        with path.open("rb") as file:
            return file.read(limits.max_bytes + 1)
    except FileNotFoundError:
        raise (problems.address(source) if _ADDRESS.match(source) else problems.missing(source)) from None
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            raise problems.no_name(source) from None
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise problems.unreadable(source, reason) from None


def is_plain(data: bytes) -> bool:
    """Whether a file is for certain a plain text of an ordinary size, which no library is needed for."""
    if len(data) > _PLAIN_SIZE or b"\x00" in data or sniff_bytes(data) is not None:
        return False
    try:
        return sniff_text(data.decode("utf-8")) == "text"
    except UnicodeDecodeError:
        return False


def _oversize(source: str, limits: Limits) -> ReadingError:
    return problems.too_big(source, "its size", f"{limits.max_bytes / 1024 / 1024:g} MiB", "max_bytes")


def _drafts_of_text(
    text: str,
    found: Format,
    kind: DocumentKind,
    source: str,
    notices: list[Notice],
    limits: Limits,
    ending: str = "",
) -> list[Draft]:
    if len(text) > limits.max_text_chars:
        raise problems.too_big(source, "its text", f"{limits.max_text_chars:,} characters", "max_text_chars")
    if found == "html":
        from matcher.reading.webpage import html_drafts

        return html_drafts(text, notices, posting=kind == "posting")
    if found == "json":
        from matcher.reading.jsonresume import json_drafts

        return json_drafts(text, source, notices)
    from matcher.reading.plain import is_markdown, markdown_drafts, text_drafts

    text, mended = repair(text)
    if mended:
        notices.append(
            Notice("mangled-bytes", "characters that an export had broken (such as \\xe2\\x80\\xa2) were put right")
        )
    text = unfold(normalise(text))
    if ending.lower() in (".md", ".markdown") or (ending.lower() != ".txt" and is_markdown(text)):
        return markdown_drafts(text)
    return text_drafts(text)


def _document(
    drafts: list[Draft],
    data: bytes,
    kind: DocumentKind,
    source: str,
    notices: list[Notice],
    limits: Limits,
    pages: int | None = None,
) -> Document:
    for draft in drafts:
        # Most lines are plain letters; asking for these first is far faster.
        if not (draft.text.isascii() and draft.text.isprintable()):
            draft.text = normalise(draft.text).replace("\n", " ")
        if draft.links:
            draft.links = tuple(item._replace(text=normalise(item.text).strip()) for item in draft.links)
    text, lines, links = assemble(drafts)
    if len(text) > limits.max_text_chars:
        raise problems.too_big(source, "its text", f"{limits.max_text_chars:,} characters", "max_text_chars")
    if not any(char.isalnum() for char in text):
        raise problems.no_words(source)
    return Document(
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind,
        text=text,
        lines=lines,
        notices=tuple(notices),
        pages=pages,
        links=links,
    )
