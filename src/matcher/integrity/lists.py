"""Lists of keywords: walls of them, and the posting's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matcher.integrity.finding import Finding, quote
from matcher.integrity.words import WORD, spaced, vocabulary
from matcher.model import Document, Line, Span

# Measured on honest resumes: their longest single list has about 40 entries, all lists together about 80, of which
# at most 50 are not borne out anywhere else in the text.
_MAX_BLOCK = 45
_MAX_UNSUPPORTED = 80
_LONG_LIST = 10
_UNSUPPORTED_SHARE = 0.75
_MIN_LIST = 7
_ECHO_SHARE = 0.8
_ECHO_UNSUPPORTED = 3
_REPEATS = 6

_ITEMS = re.compile(r"[,;|•·∙●▪\t]|\s[/–—-]\s|\s{2,}|(?<=[\w)])\.(?=\s|$)|\band\b|\sor\s")
# A label ends at a colon or in dots that lead to its list: "Languages ....... Python, Go".
_LABEL = re.compile(r"\s*[•●▪◦*–-]?\s*[^\s:][^:,;]{0,40}?(?::|\.{3,}|…)\s*")
# Figures, years and lengths of time stand beside the entries of a table, and are none: "Docker | 1.5 years | 2023".
_FIGURE = re.compile(r"[\d\s.+-]*(?:years?|yrs?|months?|mos?)?")
_FUNCTION = frozenset(
    """the a an of to in for with on by from at as is are was were be been that this it my our i we you your using used
    via into over their its which who have has had not but than then when while so will would can could also both these
    those through across within between after before during per such other up out more most""".split()
)
MAX_ITEM_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that are nothing but a list under one label.

    Attributes:
        rows: the lines of several with entries enough to be lists of their own.
    """

    span: Span
    items: tuple[str, ...]
    rows: tuple[_Block, ...] = ()


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of a text, the words outside of them as :func:`spaced` has them, and what :func:`listed` says.

    Attributes:
        sources: the lists, and the single lines of them that are lists, one for each of ``entries``.
    """

    blocks: tuple[_Block, ...]
    elsewhere: str
    sources: tuple[_Block, ...]
    entries: tuple[tuple[tuple[str, bool], ...], ...]


# Each posting asks for the lists of the same resume, and telling two documents apart takes its time: once is enough.
@lru_cache(maxsize=64)
def _lists_of(document: Document) -> _Lists:
    blocks = _blocks(document)
    elsewhere = _elsewhere(document.text, blocks)
    sources = tuple(source for block in blocks for source in (block, *block.rows))
    return _Lists(
        blocks,
        elsewhere,
        sources,
        tuple(
            tuple((item, f" {item} " not in elsewhere) for item in sorted(_keywords(source.items)))
            for source in sources
        ),
    )


_VERSION = re.compile(r"(?:\s\d[\d.]*)+$")


def _keywords(items: Sequence[str]) -> frozenset[str]:
    """The entries without versions, and without words that nearly all of them begin or end with.

    "Python 3.11" stands for "python"; in a row of such, "certified kafka expert" stands for "kafka".
    """
    entries = [_VERSION.sub("", item).split() for item in items]
    for place in (0, -1):
        ends = Counter(entry[place] for entry in entries if len(entry) > 1)
        for word, times in ends.most_common(1):
            if times >= _ECHO_SHARE * len(entries):
                entries = [
                    entry[1:] if place == 0 else entry[:-1] for entry in entries if entry and entry[place] == word
                ]
    return frozenset(" ".join(entry) for entry in entries if entry)


def _blocks(document: Document) -> tuple[_Block, ...]:
    blocks: list[_Block] = []
    open_lines: list[Line] = []
    open_items: list[str] = []
    rows: list[_Block] = []
    several = False

    def close() -> None:
        if len(open_items) >= _MIN_LIST:
            span = Span(open_lines[0].span.start, open_lines[-1].span.end)
            blocks.append(_Block(span, tuple(open_items), tuple(rows) if len(open_lines) > 1 else ()))
        open_lines.clear()
        open_items.clear()
        rows.clear()

    for line in document.lines:
        content = document.text[line.span.start : line.span.end]
        label = _LABEL.match(content)
        items = _items(content[label.end() if label else 0 :])
        if items is None or line.heading:
            close()
            continue
        if not items:
            continue
        gap = open_lines and "\n\n" in document.text[open_lines[-1].span.end : line.span.start + 1]
        # A blank line ends a list, but not where every entry stands for itself.
        if label or (gap and (len(items) > 1 or several)):
            close()
        if len(items) > 1 and not several and len(open_items) <= 3:
            close()  # what stood above was a heading
        several = len(items) > 1
        open_lines.append(line)
        open_items.extend(items)
        if len(items) >= _MIN_LIST:
            rows.append(_Block(line.span, tuple(items)))
    close()
    return tuple(blocks)


def _items(content: str) -> list[str] | None:
    """The entries of a line that is a list; None where it is running text."""
    pieces = [" ".join(word.lower() for word in WORD.findall(piece)) for piece in _ITEMS.split(content) if piece]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return None
    pieces = [piece for piece in pieces if not _FIGURE.fullmatch(piece)]
    if not pieces:
        return []  # a row of figures ends no list
    if len(pieces) == 1:
        words = pieces[0].split()
        if len(words) >= 8 and sum(word in _FUNCTION for word in words) <= 0.1 * len(words):
            return words  # keywords with nothing but spaces between them
        return pieces if len(words) <= MAX_ITEM_WORDS and not content.rstrip().endswith(".") else None
    short = [
        piece
        for piece in pieces
        if len(piece.split()) <= MAX_ITEM_WORDS and not any(word in _FUNCTION for word in piece.split())
    ]
    words_in_all = sum(len(piece.split()) for piece in pieces)
    return short if len(short) >= 0.8 * len(pieces) and words_in_all / len(pieces) <= 3.2 else None


def stuffed(document: Document) -> Iterator[Finding]:
    """Lists too long, or too often the same, for anything that a person would write."""
    lists = _lists_of(document)
    blocks, elsewhere = lists.blocks, lists.elsewhere
    if not blocks:
        return
    taken: list[_Block] = []
    for block in blocks:
        distinct = set(block.items)
        counts = Counter(block.items)
        often, times = max(counts.items(), key=lambda item: (item[1], item[0]))
        bare = [item for item in distinct if f" {item} " not in elsewhere]
        if times >= _REPEATS and 3 * len(distinct) <= len(block.items):
            taken.append(block)
            yield Finding(
                "keyword-stuffing", f"a list that says {often!r} {times} times was left out: {_shown(document, block)}",
                (block.span,),
            )  # fmt: skip
        elif len(distinct) > _MAX_BLOCK and len(bare) >= _UNSUPPORTED_SHARE * len(distinct):
            taken.append(block)
            yield Finding(
                "keyword-stuffing",
                f"a list of {len(distinct)} keywords, {len(bare)} of which the rest of the text does not bear out,"
                f" was left out: {_shown(document, block)}",
                (_wall(document, block.span),),
            )
    rest = [block for block in blocks if block not in taken and len(block.items) >= _LONG_LIST]
    listed = {item for block in rest for item in block.items}
    bare = [item for item in listed if f" {item} " not in elsewhere]
    if len(bare) > _MAX_UNSUPPORTED and len(bare) >= _UNSUPPORTED_SHARE * len(listed):
        yield Finding(
            "keyword-stuffing",
            f"lists of {len(listed)} keywords in all, {len(bare)} of which the rest of the text does not bear out, were"
            f" left out: {_shown(document, rest[0])}",
            tuple(block.span for block in rest),
        )


def _wall(document: Document, span: Span) -> Span:
    """A list with the lines right below it that no full stop ends: rows of a wall in which an "and" stands."""
    end = span.end
    for line in document.lines:
        if line.span.start < end:
            continue
        if "\n\n" in document.text[end : line.span.start + 1] or line.heading:
            break
        if document.text[line.span.start : line.span.end].rstrip().endswith((".", ":")):
            break
        end = line.span.end
    return Span(span.start, end)


def echoed_lists(document: Document, posting_text: str) -> Iterator[Finding]:
    """Lists that are the posting's own keywords, and next to nothing else."""
    lists = _lists_of(document)
    if not lists.blocks:
        return
    asked, words = spaced(posting_text), vocabulary(posting_text)
    for block, entries in zip(lists.sources, lists.entries, strict=True):
        # To look a word up is much faster than to look through a text, and most entries are none of the posting's.
        echoed = [bare for item, bare in entries if item.partition(" ")[0] in words and f" {item} " in asked]
        if is_echo(len(entries), len(echoed), sum(echoed)):
            yield Finding(
                "keyword-stuffing",
                f"a list of {len(entries)} keywords, {len(echoed)} of them the posting's own and {sum(echoed)} not"
                f" borne out by the rest of the text, was left out: {_shown(document, block)}",
                (
                    _wall(document, block.span)
                    if "\n" in document.text[block.span.start : block.span.end]
                    else block.span,
                ),
            )


def listed(document: Document) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """The lists of a text: the distinct entries of each, and whether the rest of the text does not bear one out."""
    return _lists_of(document).entries


def is_echo(entries: int, echoed: int, bare: int) -> bool:
    """Whether a list is a posting's keywords, by how many of its entries the posting has and nothing else bears out."""
    return echoed >= _MIN_LIST and echoed >= _ECHO_SHARE * entries and bare >= _ECHO_UNSUPPORTED


def _elsewhere(text: str, blocks: Sequence[_Block]) -> str:
    at, parts = 0, list[str]()
    for block in blocks:
        parts.append(text[at : block.span.start])
        at = block.span.end
    parts.append(text[at:])
    return spaced("\n".join(parts))


def _shown(document: Document, block: _Block) -> str:
    return quote(document.text[block.span.start : block.span.end])
