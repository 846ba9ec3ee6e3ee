r"""Repair of texts that a bad export left behind: literal ``\xe2\x80\xa2``, mojibake, a whole document in one line."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"(?:\\x[0-9a-fA-F]{2})+")
_ESCAPED_UNICODE = re.compile(r"\\u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4})*")
_ESCAPED_BREAK = re.compile(r"(?:\\r)?\\n|\\r")
_PYTHON_BYTES = re.compile(r"\s*b(['\"])(.*)\1\s*\Z", re.DOTALL)
# UTF-8 read as cp1252: a lead byte's character followed by characters of continuation bytes.
_CONTINUATION = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MOJIBAKE = re.compile(
    f"(?:[\xc2-\xdf]{_CONTINUATION}|[\xe0-\xef]{_CONTINUATION}{{2}}|[\xf0-\xf4]{_CONTINUATION}{{3}})+"
)
# What any of it begins with; looking for that alone is far faster.
_LEAD = re.compile("[\xc2-\xf4]")
_BULLETS = "•●▪■◦‣⁃❖➢➤►✓✔★◆○·"
_BULLET_IN_LINE = re.compile(rf"(?<!\s)\s*([{_BULLETS}])\s+")
_WIDE_SPACE = re.compile(r" {2,}")
_ONE_LINE = 400


def repair(text: str) -> tuple[str, bool]:
    """Undo what a bad export did to a text; the flag says whether anything had to be undone."""
    if "\\" not in text and (text.isascii() or not (_LEAD.search(text) and _MOJIBAKE.search(text))):
        return text, False
    repaired = text
    escaped = _PYTHON_BYTES.match(repaired)
    if escaped is not None and "\\" in repaired:
        repaired = escaped[2]
    repaired, found = _ESCAPED.subn(_unescape, repaired)
    if (escaped is not None or found) and repaired.count("\n") <= 5:
        # Where bytes were escaped, line breaks were too. In a text that has real breaks "\n" may mean itself.
        repaired = _ESCAPED_BREAK.sub("\n", repaired).replace("\\t", "\t").replace("\\'", "'")
    repaired = _ESCAPED_UNICODE.sub(_unescape_unicode, repaired)
    repaired = _MOJIBAKE.sub(_remix, repaired)
    return repaired, repaired != text


def unfold(text: str) -> str:
    """Give a document that stands in one line its lines back: at bullets and at runs of spaces."""
    lines = text.split("\n")
    if max(map(len, lines)) < _ONE_LINE or not any(map(_is_folded, lines)):
        return text
    return "\n".join(_unfold_line(line) if _is_folded(line) else line for line in lines)


def _is_folded(line: str) -> bool:
    if len(line) < _ONE_LINE:
        return False
    # To count alone is far faster, and most long lines have neither wide spaces nor bullets.
    return (line.count("  ") >= 5 and len(_WIDE_SPACE.findall(line)) >= 5) or (
        sum(map(line.count, _BULLETS)) >= 4 and len(_BULLET_IN_LINE.findall(line)) >= 4
    )


def _unfold_line(line: str) -> str:
    line = line.strip()
    if line.startswith('"'):
        # One cell of a CSV file: the quotes around it and the doubled ones inside are the format's, not the text's.
        line = line[1:].removesuffix('"').replace('""', '"')
    line = _BULLET_IN_LINE.sub(r"\n\1 ", line)
    return _WIDE_SPACE.sub(lambda run: "\n\n" if len(run[0]) > 2 else "\n", line)


def _unescape(match: re.Match[str]) -> str:
    data = bytes.fromhex(match[0].replace("\\x", ""))
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="ignore")


def _unescape_unicode(match: re.Match[str]) -> str:
    units = bytes.fromhex(match[0].replace("\\u", ""))
    try:
        return units.decode("utf-16-be")
    except UnicodeDecodeError:
        return match[0]


def _remix(match: re.Match[str]) -> str:
    data = bytearray()
    for char in match[0]:
        try:
            data += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return match[0]
            data.append(ord(char))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
