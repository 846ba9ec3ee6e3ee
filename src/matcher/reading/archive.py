"""Parts of DOCX and ODT archives, read within limits and without anything that XML could be made to fetch or expand."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from matcher.reading import problems
from matcher.reading.limits import Limits

_MAX_PARTS = 5_000


class Archive:
    """An opened archive whose declared expanded size is within the limit; zipfile never unpacks more than declared."""

    def __init__(self, packed: zipfile.ZipFile, source: str, what: str) -> None:
        self._packed = packed
        self._source = source
        self._what = what
        self.names = frozenset(packed.namelist())

    def xml(self, name: str, rename: tuple[bytes, bytes] = (b"", b"")) -> Element | None:
        """The root of a part, or None where there is no such part; ``rename`` replaces one namespace by another."""
        if name not in self.names:
            return None
        try:
            data = self._packed.read(name)
            if rename[0]:
                data = data.replace(*rename)
            return _parsed(data)
        except Exception:
            # A broken archive raises errors of zipfile, zlib, lzma and expat, which have no common base.
            raise problems.damaged(self._source, self._what) from None


def _parsed(data: bytes) -> Element:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = re.sub(rb"^<\?xml[^>]*\?>", b"", data.decode("utf-16").encode("utf-8"))
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        # Office formats have no document type; one is only there to have entities expanded or files fetched.
        raise ValueError("document type declaration")
    return ElementTree.fromstring(data)  # noqa: S314 - without a document type there is nothing to expand


@contextmanager
def opened(data: bytes, source: str, what: str, limits: Limits) -> Iterator[Archive]:
    """The archive, checked against the limits before anything is unpacked."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, struct.error):
        raise problems.truncated(source) from None
    with packed:
        parts = packed.infolist()
        if len(parts) > _MAX_PARTS:
            raise problems.too_big(source, f"its {len(parts)} parts", f"{_MAX_PARTS} parts", "nothing: it is fixed")
        if sum(part.file_size for part in parts) > limits.max_expanded_bytes:
            raise problems.too_big(
                source,
                "its size once unpacked",
                f"{limits.max_expanded_bytes / 1024 / 1024:g} MiB",
                "max_expanded_bytes",
            )
        if any(part.flag_bits & 1 for part in parts):
            raise problems.encrypted(source)
        yield Archive(packed, source, what)
