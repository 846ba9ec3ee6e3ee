"""Damaged documents from sound ones, by a seed: the same seed gives the same bytes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence

_TOKENS = (
    b"\x00", b"\xff", b"%PDF-1.7\n", b"endobj", b"stream\r\n", b"/Length 99999999", b"<<", b">>", b"PK\x03\x04",
    b"<w:p>", b"</w:t>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"{\\rtf1", b"\\bin999999999 ", b"\\u-999999?",
    b"<table>", b"<script>", b"</", b'{"basics":', b"[", b"]" * 50, b"[" * 500, b'"' * 9, b"\xef\xbb\xbf", b"\xff\xfe",
    "‮".encode(), "\ud7ff￼".encode(), "İıſK".encode(), b"\t" * 40, b"\n" * 60, b"- " * 80, b"2020 - 2019", b"0/0",
    b"99999999999999999999 years of Python", b"13/2031 - 00/0000", b"C++" * 40, b"e" + b"\xcc\x81" * 90, b"10+ years",
)  # fmt: skip


def mutated(data: bytes, others: Sequence[bytes], random_: random.Random) -> bytes:
    """``data`` after one to eight damages: bytes changed, cut, doubled, moved, or taken from another document."""
    piece = bytearray(data)
    for _ in range(random_.randint(1, 8)):
        size = len(piece)
        at = random_.randrange(size + 1)
        span = min(size - at, int(2 ** random_.uniform(0, 12)))
        kind = random_.randrange(8)
        if kind == 0 and at < size:
            piece[at] = random_.randrange(256)
        elif kind == 1:
            del piece[at : at + span]
        elif kind == 2:
            piece[at:at] = piece[at : at + span] * random_.randint(1, 4)
        elif kind == 3:
            piece[at:at] = random_.choice(_TOKENS)
        elif kind == 4:
            piece[at : at + span] = random_.randbytes(span)
        elif kind == 5 and others:
            other = random_.choice(others)
            start = random_.randrange(len(other) + 1)
            piece[at : at + span] = other[start : start + span]
        elif kind == 6:
            del piece[at:]
        else:
            token = random_.choice(_TOKENS)
            piece[at : at + len(token)] = token
    return bytes(piece)


def mutated_archive(data: bytes, others: Sequence[bytes], random_: random.Random) -> bytes:
    """A zip file with one of its members damaged and everything else sound, so that the damage is reached."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        hit = random_.choice([name for name in names if name.endswith(("document.xml", "content.xml"))] * 3 + names)
        for name in names:
            content = old.read(name)
            # Without a date of its own, so that the same seed gives the same bytes.
            new.writestr(zipfile.ZipInfo(name), mutated(content, others, random_) if name == hit else content)
    return out.getvalue()
