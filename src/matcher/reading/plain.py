"""Plain text and Markdown to drafts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from matcher.reading.draft import Draft
from matcher.reading.links import Anchor, anchor
from matcher.reading.plaincolumns import one_column

_BULLET_ONLY = re.compile(r"[•●▪■◦‣⁃❖➢➤►✓✔★◆○·*\-–]")
_ATX = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*\Z")
_SETEXT = re.compile(r"(={3,}|-{3,})\s*\Z")
_FENCE = re.compile(r"(```|~~~)")
_RULE = re.compile(r"(?:[-*_]\s*){3,}\Z")
_ITEM = re.compile(r"(\s*)[*+-]\s+(?:\[[ xX]\]\s+)?")
_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\Z")
# Lengths are bounded: a search that runs to the end of the line from each of its brackets takes for ever.
_IMAGE = re.compile(r"!\[([^\]]{0,300})\]\([^)\[\]]{0,2000}\)")
_LINK = re.compile(r"\[([^\]]{1,300})\]\(\s{0,9}<?([^)\s>\[\]]{0,2000})>?(?:\s{1,9}\"[^\"]{0,300}\")?\s{0,9}\)")
_REFERENCE = re.compile(r"\[([^\]]{1,300})\]\[([^\]]{0,300})\]")
_DEFINITION = re.compile(r" {0,3}\[([^\]^][^\]]*)\]:\s*<?([^\s>]+)>?(?:\s+[\"'(].*)?\s*\Z")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:|tel:)[^<>\s]{1,2000}|[^<>@\s]{1,100}@[^<>@\s]{1,200})>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)")
_CODE = re.compile(r"`([^`]+)`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_ALL_BOLD = re.compile(r"(?:[•*+-]\s+)?(\*\*|__)(?=\S)[^*]+\1\s*:?\Z")
# Marks that plain texts do not have by chance, each with what it holds in any case.
_MARKDOWN_SIGNS = (
    ("# ", re.compile(r"^#{1,6} \S", re.MULTILINE)),
    ("**", re.compile(r"\*\*\S[^*\n]*\*\*")),
    ("](", re.compile(r"\[[^\]\n]{1,300}\]\([^\s\[\]]{1,2000}?\)")),
    ("|", re.compile(r"^\|.+\|[ \t]*$", re.MULTILINE)),
    ("```", re.compile(r"^```", re.MULTILINE)),
)


def text_drafts(text: str) -> list[Draft]:
    """The lines of a plain text; a bullet that stands alone is put before the line it belongs to."""
    drafts: list[Draft] = []
    bullet = ""
    for raw in one_column(text.split("\n")):
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
    found = [len(sign.findall(text)) if literal in text else 0 for literal, sign in _MARKDOWN_SIGNS]
    return found[0] >= 2 or sum(1 for count in found if count) >= 2


def markdown_drafts(text: str) -> list[Draft]:
    """The lines of a Markdown text without its marks; headings and table rows are said to be such."""
    lines = _without_comments(text).split("\n")
    targets: dict[str, str] = {}
    for line in lines:
        definition = _DEFINITION.match(line)
        if definition is not None:
            targets.setdefault(_name(definition[1]), definition[2])
    drafts: list[Draft] = []
    fenced = False
    for raw in lines:
        line = raw.strip()
        if _FENCE.match(line):
            fenced = not fenced
            continue
        if fenced:
            drafts.append(Draft(line))
            continue
        if _DEFINITION.match(raw):
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
        links: list[Anchor] = []
        atx = _ATX.match(line)
        if atx is not None:
            shown = _inline(atx[2], targets, links)
            drafts.append(Draft(shown, heading=True, links=tuple(links)))
            continue
        if line.startswith("|") or line.endswith("|"):
            cells = [_inline(cell.strip(), targets, links) for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
            shown = "\t".join(cell for cell in cells if cell)
            drafts.append(Draft(shown, table_row=True, links=tuple(links)))
            continue
        item = _ITEM.match(line)
        if item is not None:
            line = "• " + line[item.end() :]
        shown = _inline(line, targets, links)
        drafts.append(Draft(shown, bold=bool(_ALL_BOLD.match(line)), links=tuple(links)))
    return drafts


def _without_comments(text: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join([*parts, text[at:]])


def _inline(text: str, targets: Mapping[str, str], links: list[Anchor]) -> str:
    """A piece of Markdown without its inline marks; its links are added to ``links``.

    What leads to no address of the web, of mail or of a telephone keeps it beside its words.
    """

    def linked(words: str, address: str) -> str:
        label = _unmarked(words)
        found = anchor(label, address)
        if found:
            links.extend(found)
            return words
        if not address or address.startswith("#") or label in address or address in label:
            return words
        return f"{words} ({address})"

    def referred(match: re.Match[str]) -> str:
        target = targets.get(_name(match[2] or match[1]))
        return match[0] if target is None else linked(match[1], target)

    def itself(match: re.Match[str]) -> str:
        address = match[1] if ":" in match[1] else f"mailto:{match[1]}"
        return linked(match[1].removeprefix("mailto:").removeprefix("tel:"), address)

    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(lambda match: linked(match[1], match[2]), text)
    if targets:
        text = _REFERENCE.sub(referred, text)
    return _unmarked(_AUTOLINK.sub(itself, text))


def _unmarked(text: str) -> str:
    text = _CODE.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(lambda match: match[1] or match[2], text)
    return _ESCAPE.sub(r"\1", text)


def _name(label: str) -> str:
    return " ".join(label.split()).casefold()
