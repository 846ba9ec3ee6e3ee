"""What Markdown pages are written with: escaping, lists, tables, quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from matcher.model import Document, Evidence, Profile
from matcher.reports import figures
from matcher.reports.safe import one_line
from matcher.taxonomy.schema import Taxonomy

# Whatever begins markup, a link, HTML or a formula somewhere; a backslash before punctuation is always allowed.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#|~$!&@])")
# Addresses turn into links by themselves; a backslash in them stops that.
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|javascript|data)(:)|\b(www)(\.)")
# At the beginning of a line these make a list or a heading of it.
_LEADING = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")
_QUOTES = 2


def escape(text: str) -> str:
    """``text`` on one line, visible, with nothing in it that Markdown or HTML takes for markup."""
    inert = _ADDRESS.sub(_unlinked, _MARKUP.sub(r"\\\1", one_line(text)))
    return _LEADING.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", inert)


def _unlinked(match: re.Match[str]) -> str:
    return f"{match[1] or match[3]}\\{match[2] or match[4]}"


def sentence(text: str) -> str:
    """``text`` escaped, with a capital at the beginning and a full stop at the end."""
    return f"{escape(text[:1].upper() + text[1:])}."


def bullets(lines: Iterable[str]) -> str:
    """A list of lines that are Markdown already."""
    return "\n".join(f"- {line}" for line in lines)


def numbered(lines: Iterable[str]) -> str:
    """A numbered list of lines that are Markdown already."""
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def table(names: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table of cells that are Markdown already; the columns ``right`` are set to the right."""
    rule = ["---:" if index in right else "---" for index in range(len(names))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (names, rule, *rows))


def document(blocks: Iterable[str]) -> str:
    """Blocks with an empty line between them; empty ones are left out."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def quoted(source: Document, evidence: Sequence[Evidence]) -> str:
    """The first lines that evidence stands on, the evidence in bold."""
    parts = []
    for quote in figures.quotes(source, evidence)[:_QUOTES]:
        words = "".join(f"**{escape(text)}**" if hit else _escape_part(text) for text, hit in quote.pieces)
        parts.append(f"“{words}”" + (f" ({escape(quote.place)})" if quote.place else ""))
    return "<br>".join(parts)


def _escape_part(text: str) -> str:
    """Like ``escape``, with the white space at both ends kept as one space."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{escape(text)}{after}"


def notices(*profiles: Profile) -> list[str]:
    """The section of what the reader has to say, if anything."""
    found = figures.notices(*profiles)
    return ["## Notices", bullets(f"{kind}: {escape(notice.message)}" for kind, notice in found)] if found else []


def marks(sources: Iterable[str], guides: Mapping[str, int]) -> str:
    """The numbers of the guides behind a statement, after a space; no link, as nothing defines one."""
    return "".join(f" [{number}]" for number in figures.marks(sources, guides))


def guide_list(guides: Mapping[str, int], taxonomy: Taxonomy) -> list[str]:
    """The section that says which guide has which number, if any is cited."""
    lines = [escape(figures.source_title(source_id, taxonomy)) for source_id in guides]
    return ["## Guides cited", numbered(lines)] if lines else []
