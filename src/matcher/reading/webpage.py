"""HTML to drafts: the page's own JobPosting data where it has some, else its main text without navigation.

Only the standard library's parser is used: nothing is fetched and nothing is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from matcher.model import Notice
from matcher.reading.draft import BREAK, Draft
from matcher.reading.links import Anchor, anchor
from matcher.reading.remarks import hidden_text

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
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0\d*)?\s*(?:;|!|\Z)"
    r"|font-size\s*:\s*(?:0|0?\.\d+|1)(?:px|pt|em|rem|%)?\s*(?:;|!|\Z)"
    r"|(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3,}(?:\.\d+)?(?:px|em|rem|pt)"
    r"|color\s*:\s*transparent|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)", re.IGNORECASE
)
_BACKGROUND = re.compile(r"background", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?([.#][\w-]+)\Z", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_FRAGMENT = re.compile(r"<(?:p|br|li|ul|ol|div|strong|b|h[1-6]|em|span)\b[^>]*>", re.IGNORECASE)
_BOGUS = re.compile(r"<!\[[^>]*(?:>|\Z)")  # "<![if !IE]>" and the like, which browsers pass over
_MAIN_SHARE = 0.35
_MAX_DEPTH = 400


@dataclass(slots=True)
class _Open:
    tag: str
    unseen: bool
    aside: bool
    main: bool
    painted: bool


@dataclass(slots=True)
class _Line:
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


class _Lines(HTMLParser):
    """Gathers the lines of a page, what is hidden in it, and its embedded JSON."""

    def __init__(self, unseen: frozenset[str] = frozenset()) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[_Line] = []
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
        painted = above.painted or bool(_BACKGROUND.search(style)) or bool(values.get("class") or "bgcolor" in values)
        role = values.get("role", "").lower()
        named = f"{values.get('class', '')} {values.get('id', '')}"
        self._stack.append(
            _Open(
                tag,
                above.unseen
                or "hidden" in values
                or _UNSEEN.search(style) is not None
                or not names.isdisjoint(self._unseen)
                or (_WHITE.search(style) is not None and not painted),
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
            _Line(
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


def html_drafts(text: str, notices: list[Notice], posting: bool) -> list[Draft]:
    """The lines of a page that a person came for."""
    page = _Lines(_unseen_by_rule(text))
    page.feed(_BOGUS.sub("", text))
    page.close()
    main = _main(page.lines) if posting else page.lines
    for found in job_postings(page.data):
        drafts = posting_drafts(found)
        if sum(len(draft.text) for draft in drafts) >= 200:
            return drafts
    notices += hidden_text(page.hidden) if page.hidden else []
    return _drafts(main)


def fragment_drafts(text: str) -> list[Draft]:
    """The lines of a piece of HTML or, where it has no tags, of a plain text."""
    if not _FRAGMENT.search(text):
        return [Draft(line) for line in text.split("\n")]
    page = _Lines()
    page.feed(_BOGUS.sub("", text))
    page.close()
    return _drafts(page.lines)


def _drafts(lines: Sequence[_Line]) -> list[Draft]:
    drafts: list[Draft] = []
    for line in lines:
        if line.heading:
            drafts.append(BREAK)
        text = f"• {line.text.lstrip('•·').lstrip()}" if line.item else line.text
        drafts.append(Draft(text, bold=line.bold, heading=line.heading, table_row=line.table, links=line.links))
    return drafts


def _main(lines: Sequence[_Line]) -> list[_Line]:
    """The lines of the main part: what the page marks as such if that is much of it, else what is no navigation."""
    kept = [line for line in lines if not line.aside] or list(lines)
    whole = sum(len(line.text) for line in kept)
    marked = [line for line in kept if line.main]
    if sum(len(line.text) for line in marked) >= _MAIN_SHARE * whole:
        kept = marked
    # Menus and lists of other jobs are short lines that are all link, several in a row or in one.
    result: list[_Line] = []
    run: list[_Line] = []
    for line in [*kept, None]:
        if line is not None and line.linked > 0.8 and len(line.text) < 60:
            run.append(line)
            continue
        if len(run) < 3 and all(item.anchors < 2 for item in run):
            result += run
        run = []
        if line is not None:
            result.append(line)
    return result or list(kept)


def _unseen_by_rule(text: str) -> frozenset[str]:
    """Classes and ids that the page's own style sheets do not show."""
    names: set[str] = set()
    for sheet in re.findall(r"<style\b[^>]*>(.*?)</style", text, re.IGNORECASE | re.DOTALL):
        # Rules inside @media blocks hold for some screens or for print only.
        sheet = re.sub(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
        for selectors, rules in _RULE.findall(sheet):
            if _UNSEEN.search(rules):
                for selector in selectors.split(","):
                    simple = _SIMPLE_SELECTOR.match(selector.strip())
                    if simple is not None:
                        names.add(simple[1])
    return frozenset(names)


# --- schema.org/JobPosting -----------------------------------------------------------------------------------------


def job_postings(scripts: Iterable[str]) -> list[dict[str, object]]:
    """The JobPosting objects in pieces of JSON-LD."""
    found: list[dict[str, object]] = []
    for script in scripts:
        try:
            waiting = [json.loads(script.strip().removeprefix("<!--").removesuffix("-->"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting += value
            elif isinstance(value, dict):
                kind = value.get("@type")
                if kind == "JobPosting" or (isinstance(kind, list) and "JobPosting" in kind):
                    found.append(value)
                waiting += [value[key] for key in ("@graph", "mainEntity", "itemListElement", "item") if key in value]
    return found


_PARTS = (
    ("description", ""),
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("experienceRequirements", "Experience requirements"),
    ("educationRequirements", "Education requirements"),
    ("skills", "Skills"),
    ("jobBenefits", "Benefits"),
)


def posting_drafts(posting: dict[str, object]) -> list[Draft]:
    """A schema.org/JobPosting as lines under headings."""
    import html

    drafts = [Draft(_words(posting.get("title") or posting.get("name")), heading=True)]
    for key in ("hiringOrganization", "jobLocation", "employmentType", "baseSalary"):
        drafts.append(Draft(_words(posting.get(key))))
    for key, heading in _PARTS:
        value = posting.get(key)
        items = value if isinstance(value, list) else [value]
        lines: list[Draft] = []
        for item in items:
            text = _words(item) if isinstance(item, dict) else item
            if isinstance(text, str) and text.strip():
                if "&lt;" in text:
                    text = html.unescape(text)  # escaped twice, as many boards do
                lines += fragment_drafts(text)
        if lines:
            drafts += [BREAK, *([Draft(heading, heading=True)] if heading else []), *lines]
    return drafts


_SAID = (
    "name", "title", "description", "credentialCategory", "monthsOfExperience", "streetAddress", "addressLocality",
    "addressRegion", "addressCountry", "address", "currency", "minValue", "maxValue", "value", "unitText",
)  # fmt: skip


def _words(value: object, depth: int = 0) -> str:
    """The readable words of a JSON-LD value."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if depth > 6:
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, (_words(item, depth + 1) for item in value)))
    if isinstance(value, dict):
        parts = {key: _words(value[key], depth + 1) for key in _SAID if key in value}
        if parts.get("monthsOfExperience"):
            parts["monthsOfExperience"] += " months of experience"
        return ", ".join(part for part in parts.values() if part)
    return ""
