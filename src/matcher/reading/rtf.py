"""An RTF to drafts: its text, without its formatting other than tables and what is hidden."""

from __future__ import annotations

import codecs
import re

from matcher.model import Notice
from matcher.reading.draft import Draft
from matcher.reading.remarks import hidden_text

_TOKEN = re.compile(rb"\\([a-zA-Z]+)(-?\d+)? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object objdata themedata colorschememapping latentstyles listtable "
    b"listoverridetable rsidtbl generator xmlnstbl datastore fldinst header headerl headerr headerf footer footerl "
    b"footerr footerf ftnsep ftnsepc annotation atnid atnauthor bkmkstart bkmkend pntext nonshppict shpinst "
    b"mmathPr filetbl revtbl deleted".split()
)
_CHARACTERS = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"cell": "\t", b"nestcell": "\t",
    b"nestrow": "\n", b"tab": "  ", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_MAX_DEPTH = 1000


def rtf_drafts(data: bytes, notices: list[Notice]) -> list[Draft]:
    """The lines of an RTF."""
    seen: list[str] = []
    hidden: list[str] = []
    pending = bytearray()
    codepage = "cp1252"
    skip = unseen = False
    after_unicode = 1
    to_drop = 0
    stack: list[tuple[bool, bool, int]] = []

    def flush() -> None:
        if pending:
            text = pending.decode(codepage, errors="replace")
            (hidden if unseen else seen).append(text)
            pending.clear()

    def add(text: str) -> None:
        flush()
        (hidden if unseen else seen).append(text)

    first_in_group = False
    for match in _TOKEN.finditer(data):
        word, number, code, symbol, brace, plain = match.groups()
        starts_group, first_in_group = first_in_group, False
        if brace == b"{":
            flush()
            if len(stack) < _MAX_DEPTH:
                stack.append((skip, unseen, after_unicode))
            first_in_group = True
        elif brace == b"}":
            flush()
            if stack:
                skip, unseen, after_unicode = stack.pop()
            to_drop = 0
        elif symbol == b"*" and starts_group:
            skip = True  # a destination that a reader may ignore
        elif word is not None and word in _SKIPPED and (starts_group or word == b"deleted"):
            skip = True
        elif skip:
            continue
        elif word == b"ansicpg" and number:
            codepage = _known(f"cp{int(number)}")
        elif word == b"uc" and number:
            after_unicode = max(0, min(int(number), 8))
        elif word == b"u" and number:
            add(chr(int(number) % 0x10000))
            to_drop = after_unicode
        elif word in (b"v", b"deleted"):
            flush()
            unseen = number != b"0"
        elif word is not None and word in _CHARACTERS:
            add(_CHARACTERS[word])
        elif code is not None:
            if to_drop:
                to_drop -= 1
            else:
                pending.append(int(code, 16))
        elif symbol is not None:
            add({b"~": " ", b"_": "-", b"-": ""}.get(symbol, symbol.decode("latin-1")))
        elif plain is not None:
            pending += plain[to_drop:]
            to_drop = max(0, to_drop - len(plain))
    flush()
    notices += hidden_text("".join(hidden).split()) if hidden else []
    # Characters outside the basic plane come as two surrogates, each with its own control word.
    text = "".join(seen).encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")
    return [Draft(line.strip(), table_row="\t" in line.strip()) for line in text.split("\n")]


def _known(encoding: str) -> str:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return "cp1252"
    return encoding
