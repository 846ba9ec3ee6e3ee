"""An RTF to drafts: its text, without its formatting other than tables and what is hidden."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from matcher.model import Notice
from matcher.reading.draft import Draft
from matcher.reading.links import Anchor, anchor, by_line, field_address
from matcher.reading.remarks import hidden_text

_TOKEN = re.compile(rb"\\([a-zA-Z]+)(-?\d+)? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object objdata themedata colorschememapping latentstyles listtable "
    b"listoverridetable rsidtbl generator xmlnstbl datastore header headerl headerr headerf footer footerl "
    b"footerr footerf ftnsep ftnsepc annotation atnid atnauthor bkmkstart bkmkend pntext nonshppict shpinst "
    b"mmathPr filetbl revtbl deleted".split()
)
_CHARACTERS = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"cell": "\t", b"nestcell": "\t",
    b"nestrow": "\n", b"tab": "  ", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_LOOKS = frozenset((b"v", b"deleted", b"plain", b"fs", b"cf", b"highlight", b"cb", b"chcbpat", b"cbpat", b"clcbpat"))
_HUES = (b"red", b"green", b"blue")
_WHITE = 250
_TINY = 5  # half points
_MAX_DEPTH = 1000
_MAX_FIELDS = 20  # within each other


@dataclass(slots=True)
class _Field:
    """A field while it is read: the depth of its group, its instruction, and the text so far where its result began."""

    depth: int
    instruction: bytearray = field(default_factory=bytearray)
    result_from: int | None = None


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits: whether its text is read at all, how it looks, how many bytes follow a \\u."""

    skip: bool = False
    hidden: bool = False
    white: bool = False
    shaded: bool = False
    tiny: bool = False
    after_unicode: int = 1

    @property
    def unseen(self) -> bool:
        return self.hidden or self.tiny or (self.white and not self.shaded)

    def looking(self, word: bytes, number: int, colours: Sequence[Sequence[int]]) -> _State:
        """The state after a word that changes the looks."""
        if word in (b"v", b"deleted"):
            return replace(self, hidden=number != 0)
        if word == b"plain":
            return replace(self, hidden=False, white=False, shaded=False, tiny=False)
        if word == b"fs":
            return replace(self, tiny=0 < number <= _TINY)
        if word == b"cf":
            return replace(self, white=0 <= number < len(colours) and min(colours[number]) >= _WHITE)
        return replace(self, shaded=number != 0)


def rtf_drafts(data: bytes, notices: list[Notice]) -> list[Draft]:
    """The lines of an RTF."""
    seen: list[str] = []
    hidden: list[str] = []
    pending = bytearray()
    codepage = "cp1252"
    state = _State()
    to_drop = 0
    stack: list[_State] = []
    colours: list[list[int]] = []
    colour = [0, 0, 0]
    colours_depth = 0  # of the group that lists the colours; 0 outside of it
    fields: list[_Field] = []
    instruction_depth = 0  # of the group whose text is a field's instruction; 0 outside of one
    links: list[Anchor] = []

    def flush() -> None:
        if pending:
            text = pending.decode(codepage, errors="replace")
            (hidden if state.unseen else seen).append(text)
            pending.clear()

    def add(text: str) -> None:
        flush()
        (hidden if state.unseen else seen).append(text)

    first_in_group = False
    for match in _TOKEN.finditer(data):
        word, number, code, symbol, brace, plain = match.groups()
        starts_group, first_in_group = first_in_group, False
        if brace == b"{":
            flush()
            if len(stack) < _MAX_DEPTH:
                stack.append(state)
            first_in_group = True
        elif brace == b"}":
            flush()
            if fields and len(stack) == fields[-1].depth:
                links += _linked(fields.pop(), seen)
            if len(stack) == instruction_depth:
                instruction_depth = 0
            if len(stack) == colours_depth:
                colours_depth = 0
            if stack:
                state = stack.pop()
            to_drop = 0
        elif word == b"field" and len(fields) < _MAX_FIELDS:
            fields.append(_Field(len(stack)))
        elif word == b"fldrslt" and fields:
            fields[-1].result_from = len(seen)
        elif word == b"fldinst":
            state, instruction_depth = replace(state, skip=True), instruction_depth or len(stack)
        elif symbol == b"*" and starts_group:
            state = replace(state, skip=True)  # a destination that a reader may ignore
        elif word is not None and word in _SKIPPED and (starts_group or word == b"deleted"):
            state = replace(state, skip=True)
            if word == b"colortbl" and not colours:
                colours_depth = len(stack)
        elif state.skip:
            if colours_depth and word in _HUES and number:
                colour[_HUES.index(word)] = int(number)
            elif colours_depth and plain is not None:
                for _ in range(plain.count(b";")):
                    colours.append(colour)
                    colour = [0, 0, 0]
            if instruction_depth and fields:
                fields[-1].instruction += plain or (bytes.fromhex(code.decode()) if code else b"")
        elif word == b"ansicpg" and number:
            codepage = _known(f"cp{int(number)}")
        elif word == b"uc" and number:
            state = replace(state, after_unicode=max(0, min(int(number), 8)))
        elif word == b"u" and number:
            add(chr(int(number) % 0x10000))
            to_drop = state.after_unicode
        elif word in _LOOKS:
            flush()
            state = state.looking(word, int(number) if number else 1, colours)
        elif word is not None and word in _CHARACTERS:
            add(_CHARACTERS[word])
            if state.unseen and _CHARACTERS[word] in "\n\t":
                seen.append(_CHARACTERS[word])  # the end of a line or cell is one, however it looks
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
    lines = [line.strip() for line in _whole("".join(seen)).split("\n")]
    return [
        Draft(line, table_row="\t" in line, links=found)
        for line, found in zip(lines, by_line(lines, links), strict=True)
    ]


def _linked(done: _Field, seen: list[str]) -> list[Anchor]:
    """The links of a field that has ended, one for each line of its text."""
    if done.result_from is None:
        return []
    target = field_address(done.instruction.decode("latin-1"))
    lines = _whole("".join(seen[done.result_from :])).split("\n")
    return [found for line in lines for found in anchor(line, target)]


def _whole(text: str) -> str:
    return text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")


def _known(encoding: str) -> str:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return "cp1252"
    return encoding
