"""Plain text and Markdown to drafts."""

from __future__ import annotations

import re

from matcher.reading.draft import Draft

_BULLET_ONLY = re.compile(r"[•●▪■◦‣⁃❖➢➤►✓✔★◆○·*\-–]")
_ATX = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*\Z")
_SETEXT = re.compile(r"(={3,}|-{3,})\s*\Z")
_FENCE = re.compile(r"(```|~~~)")
_RULE = re.compile(r"(?:[-*_]\s*){3,}\Z")
_ITEM = re.compile(r"(\s*)[*+-]\s+(?:\[[ xX]\]\s+)?")
_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\Z")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\(\s*<?([^)\s>]*)>?(?:\s+\"[^\"]*\")?\s*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)")
_CODE = re.compile(r"`([^`]+)`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ALL_BOLD = re.compile(r"(?:[•*+-]\s+)?(\*\*|__)(?=\S)[^*]+\1\s*:?\Z")
# Marks that plain texts do not have by chance.
_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"\*\*\S[^*\n]*\*\*"),
    re.compile(r"\[[^\]\n]+\]\(\S+?\)"),
    re.compile(r"^\|.+\|\s*$", re.MULTILINE),
    re.compile(r"^```", re.MULTILINE),
)


def text_drafts(text: str) -> list[Draft]:
    """The lines of a plain text; a bullet that stands alone is put before the line it belongs to."""
    drafts: list[Draft] = []
    bullet = ""
    for raw in text.split("\n"):
        line = raw.strip()
        if len(line) == 1 and _BULLET_ONLY.match(line):
            bullet = line
            continue
        if bullet and line:
            line, bullet = f"{bullet} {line}", ""
        drafts.append(Draft(line, table_row="\t" in line))
    return drafts


def is_markdown(text: str) -> bool:
    """Whether a text without a telling name is written in Markdown."""
    found = [len(sign.findall(text)) for sign in _MARKDOWN_SIGNS]
    return found[0] >= 2 or sum(1 for count in found if count) >= 2


def markdown_drafts(text: str) -> list[Draft]:
    """The lines of a Markdown text without its marks; headings and table rows are said to be such."""
    drafts: list[Draft] = []
    fenced = False
    for raw in _COMMENT.sub("", text).split("\n"):
        line = raw.strip()
        if _FENCE.match(line):
            fenced = not fenced
            continue
        if fenced:
            drafts.append(Draft(line))
            continue
        line = line.lstrip(">").strip()
        if _SETEXT.match(line) and drafts and drafts[-1].text and not drafts[-1].text.startswith("•"):
            drafts[-1].heading = True
            continue
        if _TABLE_RULE.match(line) and "-" in line and ("|" in line or not line.strip("-")):
            continue
        if _RULE.match(line):
            drafts.append(Draft(""))
            continue
        atx = _ATX.match(line)
        if atx is not None:
            drafts.append(Draft(inline(atx[2]), heading=True))
            continue
        if line.startswith("|") or line.endswith("|"):
            cells = [inline(cell.strip()) for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
            drafts.append(Draft("\t".join(cell for cell in cells if cell), table_row=True))
            continue
        item = _ITEM.match(line)
        if item is not None:
            line = "• " + line[item.end() :]
        drafts.append(Draft(inline(line), bold=bool(_ALL_BOLD.match(line))))
    return drafts


def inline(text: str) -> str:
    """A piece of Markdown without its inline marks; a link keeps its address where that is not its text."""
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(_link, text)
    text = _CODE.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(lambda match: match[1] or match[2], text)
    return _ESCAPE.sub(r"\1", text)


def _link(match: re.Match[str]) -> str:
    label, address = match[1], match[2].removeprefix("mailto:").removeprefix("tel:")
    if not address or address.startswith("#") or label in address or address in label:
        return label
    return f"{label} ({address})"
