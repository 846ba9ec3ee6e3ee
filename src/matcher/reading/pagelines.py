"""HTML to lines: what a browser would show on lines of their own, which of it is hidden, and what each line is.

Only the standard library's parser is used: nothing is fetched and nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

from matcher.reading.draft import BREAK, Draft
from matcher.reading.links import Anchor, anchor
from matcher.reading.unseen import BACKGROUND, UNSEEN, WHITE, unseen_by_rule

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SKIPPED = frozenset(
    "script style noscript template svg math head iframe object video audio canvas select button map datalist".split()
)
_ASIDE = frozenset("nav footer aside form dialog menu".split())
_ASIDE_ROLES = frozenset("navigation banner contentinfo search dialog alert complementary".split())
_ASIDE_NAME = re.compile(
    r"\b(?:cookie|consent|navbar|nav-?menu|breadcrumbs?|footer|sidebar|related|similar-?jobs|recommended|share|social|"
    r"newsletter|subscribe|modal|popup|advert\w*)\b",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody tfoot thead "
    "tr ul".split()
)
_CLOSES: dict[str, frozenset[str]] = {
    "p": frozenset({"p"}),
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "tr": frozenset({"tr", "td", "th", "p"}),
    "td": frozenset({"td", "th", "p"}),
    "th": frozenset({"td", "th", "p"}),
}
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_SPACE = re.compile(r"[ \t\r\n\f]+")
_FRAGMENT = re.compile(r"<(?:p|br|li|ul|ol|div|strong|b|h[1-6]|em|span)\b[^>]*>", re.IGNORECASE)
_BOGUS = re.compile(r"<!\[[^>]*(?:>|\Z)")  # "<![if !IE]>" and the like, which browsers pass over
_MAX_DEPTH = 400


@dataclass(slots=True)
class _Open:
    tag: str
    unseen: bool
    aside: bool
    main: bool
    painted: bool


@dataclass(slots=True)
class PageLine:
    """A line of a page.

    Attributes:
        item: whether it is an entry of a list.
        table: whether it is a row of several cells.
        aside: whether it stands in what pages have around their own text.
        main: whether it stands in what the page marks as its main part.
        linked: the share of its letters that are links.
        anchors: the number of its links.
    """

    text: str
    heading: bool
    bold: bool
    item: bool
    table: bool
    aside: bool
    main: bool
    linked: float
    anchors: int
    links: tuple[Anchor, ...]


@dataclass(slots=True)
class _Gathering:
    parts: list[str] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    linked: int = 0
    anchors: int = 0
    links: list[Anchor] = field(default_factory=list)
    link_from: int = 0


class _Parser(HTMLParser):
    """Gathers the lines of a page, what is hidden in it, and its embedded JSON."""

    def __init__(self, unseen: frozenset[str] = frozenset()) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[PageLine] = []
        self.hidden: list[str] = []
        self.data: list[str] = []
        self._unseen = unseen
        self._stack: list[_Open] = []
        self._skipping = 0
        self._json = False
        self._now = _Gathering()
        self._item = False
        self._bold = self._linked = self._row = self._pre = 0
        self._heading = False
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipping:
            self._skipping += tag in _SKIPPED
            return
        values = {name: value or "" for name, value in attrs}
        if tag in _SKIPPED:
            self._json = tag == "script" and "ld+json" in values.get("type", "").lower()
            self._skipping = 1
            return
        if tag in _CLOSES:
            while self._stack and self._stack[-1].tag in _CLOSES[tag]:
                self._close()
        if tag == "br":
            self._flush()
        if tag in _BLOCKS:
            self._flush()
        if tag in ("td", "th") and self._now.parts:
            self._now.parts.append("\t")
        if tag in _VOID or len(self._stack) >= _MAX_DEPTH:
            return
        self._push(tag, values)

    def _push(self, tag: str, values: dict[str, str]) -> None:
        above = self._stack[-1] if self._stack else _Open("", False, False, False, False)
        style = values.get("style", "")
        names = {f".{name}" for name in values.get("class", "").split()} | {f"#{values.get('id', '')}"}
        painted = above.painted or bool(BACKGROUND.search(style)) or bool(values.get("class") or "bgcolor" in values)
        role = values.get("role", "").lower()
        named = f"{values.get('class', '')} {values.get('id', '')}"
        self._stack.append(
            _Open(
                tag,
                above.unseen
                or "hidden" in values
                or UNSEEN.search(style) is not None
                or not names.isdisjoint(self._unseen)
                or (WHITE.search(style) is not None and not painted),
                above.aside
                or tag in _ASIDE
                or role in _ASIDE_ROLES
                or (tag not in ("html", "body") and _ASIDE_NAME.search(named) is not None),
                above.main or tag in ("main", "article") or role in ("main", "article"),
                painted,
            )
        )
        self._bold += tag in ("b", "strong")
        self._linked += tag == "a"
        if tag == "a":
            self._now.anchors += 1
            self._href, self._now.link_from = values.get("href", ""), len(self._now.parts)
        self._row += tag == "tr"
        self._pre += tag == "pre"
        if tag == "li":
            self._item = True
        if tag in _HEADINGS:
            self._heading = True

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            if tag in _SKIPPED:
                self._skipping -= 1
                self._json = self._json and self._skipping > 0
            return
        if tag in _BLOCKS:
            self._flush()
        if any(open_.tag == tag for open_ in self._stack):
            while self._stack and self._close() != tag:
                pass

    def _close(self) -> str:
        if self._stack[-1].tag in _BLOCKS or self._is_other_cell():
            self._flush()
        tag = self._stack.pop().tag
        self._bold -= tag in ("b", "strong")
        self._linked -= tag == "a"
        if tag == "a":
            self._end_link()
            self._href = ""
        self._row -= tag == "tr"
        self._pre -= tag == "pre"
        if tag in _HEADINGS:
            self._heading = False
        if tag == "li":
            self._item = False
        return tag

    def _is_other_cell(self) -> bool:
        """Whether the cell that ends is of another part of the page than its row: a layout made of a table."""
        if len(self._stack) < 2 or self._stack[-1].tag not in ("td", "th"):
            return False
        cell, row = self._stack[-1], self._stack[-2]
        return (cell.aside, cell.main) != (row.aside, row.main)

    def handle_data(self, data: str) -> None:
        if self._skipping:
            if self._json:
                self.data.append(data)
            return
        if self._stack and self._stack[-1].unseen:
            if data.strip():
                self.hidden += data.split()
            return
        if self._pre and "\n" in data:
            for piece in data.split("\n"):
                self._add(piece)
                self._flush()
            return
        self._add(_SPACE.sub(" ", data))

    def _add(self, text: str) -> None:
        now = self._now
        letters = sum(1 for char in text if char.isalnum())
        now.parts.append(text)
        now.letters += letters
        now.bold += letters if self._bold else 0
        now.linked += letters if self._linked else 0

    def _end_link(self) -> None:
        if self._href:
            self._now.links += anchor("".join(self._now.parts[self._now.link_from :]), self._href)

    def _flush(self) -> None:
        self._end_link()  # a link over two lines is two
        now, self._now = self._now, _Gathering()
        text = _SPACE.sub(lambda run: "\t" if "\t" in run[0] else " ", "".join(now.parts)).strip()
        if not text:
            return
        top = self._stack[-1] if self._stack else _Open("", False, False, False, False)
        self.lines.append(
            PageLine(
                text,
                heading=self._heading,
                bold=0 < now.letters == now.bold,
                item=self._item,
                table=bool(self._row) and "\t" in text,
                aside=top.aside,
                main=top.main,
                linked=now.linked / now.letters if now.letters else 0.0,
                anchors=now.anchors,
                links=tuple(now.links),
            )
        )
        self._item = False

    def close(self) -> None:
        super().close()
        self._flush()


class PageText(NamedTuple):
    """What a page says: its lines, the words hidden in it, and its embedded JSON-LD."""

    lines: list[PageLine]
    hidden: list[str]
    data: list[str]


def page_text(text: str) -> PageText:
    """What a whole page says, with its own style sheets heeded."""
    return _read(text, unseen_by_rule(text))


def fragment_drafts(text: str) -> list[Draft]:
    """The lines of a piece of HTML or, where it has no tags, of a plain text."""
    if not _FRAGMENT.search(text):
        return [Draft(line) for line in text.split("\n")]
    return drafts_of(_read(text).lines)


def _read(text: str, unseen: frozenset[str] = frozenset()) -> PageText:
    page = _Parser(unseen)
    page.feed(_BOGUS.sub("", text))
    page.close()
    return PageText(page.lines, page.hidden, page.data)


def drafts_of(lines: Sequence[PageLine]) -> list[Draft]:
    """Lines as drafts, entries of lists with a bullet."""
    drafts: list[Draft] = []
    for line in lines:
        if line.heading:
            drafts.append(BREAK)
        text = f"• {line.text.lstrip('•·').lstrip()}" if line.item else line.text
        drafts.append(Draft(text, bold=line.bold, heading=line.heading, table_row=line.table, links=line.links))
    return drafts
