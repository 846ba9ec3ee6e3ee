"""Which format a file has, decided by its bytes and not by its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

Format = Literal[
    "pdf", "docx", "odt", "rtf", "html", "json", "text",
    "doc", "office-encrypted", "office", "image", "archive", "binary",
]  # fmt: skip

_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"\x00\x00\x01\x00",
)
_ARCHIVES = (b"\x1f\x8b", b"BZh", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_BINARIES = (b"\x7fELF", b"MZ\x90", b"\xca\xfe\xba\xbe", b"ID3", b"OggS", b"fLaC", b"SQLite format 3\x00")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|main|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff_bytes(data: bytes) -> Format | None:
    """The format that the bytes themselves announce, or None where only a decoded text can tell."""
    head = data[:1024]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if start.startswith(b"%PDF") or b"%PDF-" in head:
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_OLE):
        # A password-protected .docx is an OLE file too; the stream's name is stored as UTF-16.
        return "office-encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "doc"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _sniff_zip(data)
    if _is_image(head):
        return "image"
    if head.startswith(_ARCHIVES):
        return "archive"
    if head.startswith(_BINARIES):
        return "binary"
    return None


def sniff_text(text: str) -> Format:
    """HTML, JSON or plain text, for a text that was decoded."""
    if _HTML.match(text[:4096]):
        return "html"
    start = text.lstrip()[:1]
    if start in ("{", "[") and text.rstrip()[-1:] in ("}", "]"):
        return "json"
    return "text"


def _is_image(head: bytes) -> bool:
    if head.startswith(b"BM"):
        return len(head) > 14 and head[6:10] == b"\0\0\0\0"  # "BM" alone also starts texts
    if head.startswith(_IMAGES):
        return True
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return True
    return head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"avif", b"heif")


def _sniff_zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return "docx"
            if "[Content_Types].xml" in names:
                # Some writers name the main part differently; the content types tell.
                types = archive.open("[Content_Types].xml").read(200_000)
                return "docx" if b"wordprocessingml.document.main" in types else "office"
            if "mimetype" in names:
                mimetype = archive.open("mimetype").read(100)
                return "odt" if mimetype.startswith(b"application/vnd.oasis.opendocument.text") else "office"
    except Exception:  # a broken archive can raise nearly anything
        return "docx" if b"word/" in data else "archive"
    return "archive"


_FORMAT_OF_ENDING: dict[str, frozenset[Format]] = {
    "pdf": frozenset({"pdf"}),
    "docx": frozenset({"docx"}),
    "docm": frozenset({"docx"}),
    "dotx": frozenset({"docx"}),
    "doc": frozenset({"doc", "rtf"}),
    "odt": frozenset({"odt"}),
    "rtf": frozenset({"rtf"}),
    "html": frozenset({"html"}),
    "htm": frozenset({"html"}),
    "xhtml": frozenset({"html"}),
    "json": frozenset({"json"}),
    "txt": frozenset({"text"}),
    "text": frozenset({"text"}),
    "md": frozenset({"text"}),
    "markdown": frozenset({"text"}),
}


def contradicts(ending: str, found: Format) -> bool:
    """Whether a file's ending promises another format than its content has."""
    promised = _FORMAT_OF_ENDING.get(ending.lower().lstrip("."))
    return promised is not None and found not in promised
