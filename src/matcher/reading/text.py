"""From bytes to a text and from a text to its readable form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Bytes 0x80-0x9f of cp1252 that office programs really write: quotes, dashes, bullet, ellipsis, euro, trade mark.
_LETTERS_1252 = frozenset("éèêëàâäáãåæçíìîïñóòôöõøœúùûüýÿßÉÈÊËÀÂÄÁÃÅÆÇÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŠšŽž")
_SIGNS_1252 = frozenset("‘’“”–—•…€™©®°·\xa0«»´§±×²³½¼¹ªº¿¡£\xad")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text and, where the encoding had to be guessed, its name."""

    text: str
    guessed: str | None = None


def decode(data: bytes) -> Decoded | None:
    """Decode bytes of any encoding; None where they are no text."""
    for bom, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(bom):
            text = _try(data, name)
            if text is None or not looks_like_text(text):
                return None
            return Decoded(text, None if name == "utf-8-sig" else name.upper())
    text = _try(data, "utf-8")
    if text is not None and looks_like_text(text):
        return Decoded(text)
    wide = _decode_wide(data)
    if wide is not None:
        return wide
    if b"\x00" in data:
        return None
    return _decode_narrow(data)


def looks_like_text(text: str) -> bool:
    """Whether a decoded text reads as one: it has next to no control characters."""
    sample = text if len(text) <= 40_000 else text[:20_000] + text[-20_000:]
    if not sample:
        return False
    controls = len(_CONTROL.findall(sample))
    return "\x00" not in sample and controls <= max(2, len(sample) // 200)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_wide(data: bytes) -> Decoded | None:
    # Latin text in UTF-16 without a byte order mark has a zero in every other byte.
    sample = data[:4000]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[offset::2]
        others = sample[1 - offset :: 2]
        if len(zeros) > 3 and zeros.count(0) > 0.7 * len(zeros) and others.count(0) < 0.05 * len(others):
            text = _try(data[: len(data) & ~1], name)
            if text is not None and looks_like_text(text):
                return Decoded(text, name.upper())
    return None


def _decode_narrow(data: bytes) -> Decoded | None:
    replaced = data.decode("utf-8", errors="replace")
    broken = replaced.count("\ufffd")
    sound = sum(1 for char in replaced if char > "\x7f") - broken
    if broken <= max(1, len(replaced) // 200) and sound > 3 * broken and looks_like_text(replaced):
        return Decoded(replaced, "UTF-8 with damaged characters")
    western = _try(data, "cp1252")
    name = "Windows-1252"
    if western is None:
        western = data.decode("latin-1")
        name = "Latin-1"
    if looks_like_text(western) and _is_western(western):
        return Decoded(western, name)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is not None:
        text = _try(data, best.encoding)
        if text is not None and looks_like_text(text) and _is_plausible(text):
            return Decoded(text, best.encoding)
    return None


def _is_western(text: str) -> bool:
    high = [char for char in text if char > "\x7f"]
    known = sum(1 for char in high if char in _LETTERS_1252 or char in _SIGNS_1252)
    plain = sum(1 for char in text if char.isalnum() or char.isspace())
    return len(high) <= 0.3 * len(text) and known >= 0.9 * len(high) and plain >= 0.4 * len(text)


def _is_plausible(text: str) -> bool:
    # Junk decoded as some legacy code page gives words that hop between letters, signs and alphabets.
    letters = sum(1 for char in text[:20_000] if char.isalpha())
    spaces = sum(1 for char in text[:20_000] if char.isspace())
    length = min(len(text), 20_000)
    return letters >= 0.5 * length and spaces >= 0.02 * length


# --- normalisation -------------------------------------------------------------------------------------------------

_REMOVED = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0, 0xFFFC, 0xFFFE, 0xFFFF]
    + list(range(0x200B, 0x2010))
    + list(range(0x202A, 0x202F))
    + list(range(0x2060, 0x2070))
    + list(range(0xFE00, 0xFE10))
    + list(range(0xFFF9, 0xFFFC))
    + list(range(0xE0000, 0xE0080))
    + [code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D, 0x0B, 0x0C)]
    + [code for code in range(0x7F, 0xA0) if code != 0x85]
)
_SPACES = dict.fromkeys([0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x1680], " ")
_BREAKS = {0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_SAME = {
    0x2010: "-", 0x2011: "-", 0xFE63: "-", 0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi",
    0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st", 0x0132: "IJ", 0x0133: "ij",
}  # fmt: skip
_TABLE: dict[int, str | None] = {**_REMOVED, **_SPACES, **_BREAKS, **_SAME}
# What may need a change: all but ASCII, Latin-1 and the commonest dashes, quotes and the like, as they are already.
_ODD = re.compile("[^\t\n -~\xa1-\xac\xae-\xff–—‘’“”•…]+")
_PLAIN = bytes([0x09, 0x0A, *range(0x20, 0x7F)])
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_STYLED = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff\u2460-\u2473\u24b6-\u24e9]")
_WORD = re.compile(r"[^\W\d_]+(?:[\d_]+[^\W\d_]+)*")
_FOREIGN = re.compile("[\u0370-\u052f\u13a0-\u13ff]")

# Letters of other alphabets that look like a Latin one; used only inside words that also have Latin letters.
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеорсухіјѕԁһӏԛԝᴦгпΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανιυρκτχ",
    "ABESIJKMHOPCTYXaeopcyxijsdhlqwrrnABEZHIKMNOPTYXoavıupktx".replace("ı", "i"),
)


def normalise(text: str) -> str:
    """The readable form of a text: one kind of space, dash and line break, no invisible or private characters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A text is rid of its plain characters as bytes far faster than an expression finds the others.
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")
    odd = "".join(_ODD.findall(beyond))
    if not odd:
        return text
    # To translate the few odd characters alone is far faster.
    text = _ODD.sub(lambda match: match[0].translate(_TABLE), text)
    if not _ODD.search(odd.translate(_TABLE)):
        return text  # they were spaces, dashes and the like, and nothing else is there
    text = _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _PRIVATE.sub(_private, text)
    text = unicodedata.normalize("NFC", text)
    if _FOREIGN.search(text):
        text = _WORD.sub(_latin, text)
    return text


def _private(match: re.Match[str]) -> str:
    # Symbol fonts put their bullets and icons in the private use area. Between letters it is debris.
    text, start, end = match.string, match.start(), match.end()
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if before.isalnum() and after.isalnum():
        return ""
    if before.isalnum():
        return " "
    return "•" if not after or after.isspace() else "• "


def _latin(match: re.Match[str]) -> str:
    word = match[0]
    if not _FOREIGN.search(word) or not any("a" <= char.lower() <= "z" for char in word):
        return word
    replaced = word.translate(_LOOKALIKES)
    return word if _FOREIGN.search(replaced) else replaced
