"""Lines to sections, units (a heading, a bullet, a paragraph) and sentences: pure functions over offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, pairwise
from typing import Literal, NamedTuple

from matcher.extraction.headings import Headings
from matcher.extraction.lexicon import Known
from matcher.model import Document, Line, Span
from matcher.taxonomy.names import fold

UnitKind = Literal["title", "heading", "bullet", "paragraph"]

_BULLET = re.compile(
    r"""\s*(?:[•●▪◦‣·∙○■□▸▹►➢➤➔→✓✔❖❑❏⬥◆◇〓★☆*]+|[-–—>](?=\s)|o(?=\s{2,})|["“”](?=\s)|\(?\d{1,2}[.)](?=\s))\s*"""
)
_MARKS = re.compile(r"[\W\d_]*")
_CELL = re.compile(r"\t+|[ ]{2,}")
# One begins only where nothing but letters and dots is left, which is asked first and once for all of them.
_ABBREVIATION = re.compile(
    r"\b(?=[a-z.]+\Z)"
    r"(?:e\.g|i\.e|etc|vs|inc|ltd|co|corp|sr|jr|dr|mr|mrs|ms|prof|st|no|dept|univ|approx|resp|incl|fig|al"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|ph\.d|b\.s|m\.s|b\.a|m\.a|b\.e|m\.e|b\.sc|m\.sc|b\.tech|m\.tech"
    r"|u\.s|u\.k|[a-z])\.\Z",
    re.IGNORECASE,
)
# The first sign of several; what begins with a sign is looked for far faster than what begins with no other before it.
_FULL_STOP = r"[.!?](?<![.!?][.!?])[.!?]*+(?:[\"'”’)\]]*+(?=\s+[\"'“‘(\[]*[A-Z0-9•])|$)"
_SENTENCE_END = re.compile(_FULL_STOP)
# The same where bullets stand inside of a line, which takes far longer to look for.
_ITEM_END = re.compile(rf"{_FULL_STOP}|\s[•●▪]\s")
_LONGEST_ABBREVIATION = 6
_MAX_HEADING_WORDS = 8
# A line that ends with a colon and leads into a list: "To be ahead of the pack, you might have:".
_MAX_LEAD_WORDS = 12
# Lines that are longer may hold headings, in characters.
_MIN_CUT = 100
_BLANK = re.compile(r"\n[ \t]*\n")


class Sentence(NamedTuple):
    """A sentence and its tokens, as a range of the document's tokens."""

    span: Span
    first: int
    last: int


class Place(NamedTuple):
    """A sentence: its unit, its number there, its tokens, as a half-open range, and whether it is in a heading."""

    unit: int
    sentence: int
    first: int
    last: int
    heading: bool


class Unit(NamedTuple):
    """A heading, a bullet or a paragraph, and the section it stands in.

    Attributes:
        label: the inline label that governs it ("Preferred:"), folded; empty where there is none.
    """

    kind: UnitKind
    section: str
    span: Span
    lines: tuple[Line, ...]
    sentences: tuple[Sentence, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Segmented:
    """A document cut into units, with its tokens.

    Attributes:
        starts: where each token begins.
        tokens: each token's text.
        folded: each token's text, folded.
        keys: each token's text, folded and in the singular: the form in which names are looked up.
        places: the sentences that hold tokens.
        where: for each token the index of its place; -1 where it stands in none, as bullets do.
        openings: the tokens with which a cue, a degree, a certification or the like could begin.
        known: what the lexicon knows of each token.
    """

    document: Document
    units: tuple[Unit, ...]
    starts: Sequence[int]
    tokens: Sequence[str]
    folded: Sequence[str]
    keys: Sequence[str]
    places: Sequence[Place]
    where: Sequence[int]
    openings: Sequence[int]
    known: Known

    def span(self, first: int, last: int) -> Span:
        """The place of the tokens ``[first, last)``."""
        return Span(self.starts[first], self.starts[last - 1] + len(self.tokens[last - 1]))


def _has_more_words(text: str, limit: int) -> bool:
    """Whether more than ``limit`` words begin with a letter."""
    # The beginning of a long line tells.
    begin = text.split(None, limit + 2)
    return len(begin) > limit and (
        sum([word[0].isalpha() for word in begin]) > limit
        or (len(begin) > limit + 2 and sum([word[0].isalpha() for word in text.split()]) > limit)
    )


def segment(document: Document, headings: Headings, known: Known) -> Segmented:
    """Cut ``document``, whose words are ``known``, into units with sections and sentences."""
    text = document.text
    starts, tokens, folded, keys = known.starts, known.texts, known.folded, known.keys
    openings = list(compress(range(len(starts)), known.opens))
    telltales = headings.telltales(tokens, folded, openings)

    def told(span: Span) -> str | None:
        return telltales.section(bisect_left(starts, span.start), bisect_left(starts, span.end))

    def cut(unit: Unit) -> tuple[Sentence, ...]:
        return tuple(_sentences(text, unit.span, starts))

    units = tuple(_sections(document, _units(document, headings), headings, told, cut))
    places = [
        Place(unit_index, sentence_index, sentence.first, sentence.last, unit.kind == "heading")
        for unit_index, unit in enumerate(units)
        for sentence_index, sentence in enumerate(unit.sentences)
        if sentence.last > sentence.first
    ]
    where = [-1] * len(starts)
    for index, place in enumerate(places):
        where[place.first : place.last] = [index] * (place.last - place.first)
    return Segmented(document, units, starts, tokens, folded, keys, places, where, openings, known)


def bullet_end(text: str, start: int, end: int) -> int:
    """Where the text after a leading bullet begins; ``start`` where there is no bullet."""
    match = _BULLET.match(text, start, end)
    return match.end() if match and match.end() < end else start


def cells(text: str, span: Span) -> list[Span]:
    """The parts of a line that tabs or runs of spaces separate."""
    if text.find("  ", span.start, span.end) < 0 and text.find("\t", span.start, span.end) < 0:
        return [span] if span.start < span.end else []
    parts, start = [], span.start
    for match in _CELL.finditer(text, span.start, span.end):
        if match.start() > start:
            parts.append(Span(start, match.start()))
        start = match.end()
    if start < span.end:
        parts.append(Span(start, span.end))
    return parts


def _units(document: Document, headings: Headings) -> list[Unit]:
    """Units with the section of headings set and all others empty."""
    text, units = document.text, list[Unit]()
    pieces = _pieces(document, headings)
    # Few documents have a line that this decides about.
    style = cache(lambda: _heading_style(pieces, text, headings))
    rules = cache(lambda: _heading_rules(pieces, text, headings))
    sizes = Counter([line.font_size for line, _ in pieces if line.font_size])
    body_size = sizes.most_common(1)[0][0] if sizes else None
    widths: dict[tuple[int | None, int], float] = {}
    for line, _ in pieces:
        if line.bbox:
            key = (line.page, line.column)
            widths[key] = max(widths.get(key, 0.0), line.bbox[2])
    previous: Line | None = None
    for index, (line, span) in enumerate(pieces):
        start = bullet_end(text, span.start, span.end)
        bulleted = start > span.start
        content = text[start : span.end].strip()
        if not content:
            continue
        gap = (
            previous is not None
            and span.start - previous.span.end > 1
            and bool(_BLANK.search(text, previous.span.end, span.start))
        )
        section = None
        # Most lines are too long, and need no closer look.
        if not _has_more_words(content, _MAX_LEAD_WORDS) and not (
            bulleted and text[span.start : start].strip() in {"*", "-", "–"} and len(content.split()) > 4
        ):
            following = pieces[index + 1][1] if index + 1 < len(pieces) else None
            alone = (gap or not units) and not bulleted and _opens(text, span, following)
            section = _heading_section(content, line, headings, style, body_size, first=index == 0, alone=alone)
            if section is None and index and not bulleted and (rule := _rule(text, following)) and rule in rules():
                section = "other"
            # An item of a list is no heading for looking like one: "- Kubernetes (preferred)".
            if bulleted and section is not None and headings.exact(_bare(content)) is None:
                section = None
        if section is not None:
            units.append(Unit("heading", section, span, (line,)))
        elif (
            units
            and not bulleted
            and not gap
            and previous is not None
            and units[-1].kind in {"bullet", "paragraph"}
            and _continues(text, previous, line, span, widths)
        ):
            last = units[-1]
            units[-1] = Unit(last.kind, last.section, Span(last.span.start, span.end), (*last.lines, line))
        else:
            units.append(Unit("bullet" if bulleted else "paragraph", "", Span(start, span.end), (line,)))
        previous = line
    return units


def _pieces(document: Document, headings: Headings) -> list[tuple[Line, Span]]:
    """The lines; a long line in which headings stand between runs of spaces is cut at them."""
    text, pieces = document.text, list[tuple[Line, Span]]()
    for line in document.lines:
        parts = cells(text, line.span) if line.span.end - line.span.start >= _MIN_CUT else []
        if len(parts) < 3:
            pieces.append((line, line.span))
            continue
        start = line.span.start
        for part in parts:
            words = text[part.start : part.end]
            if len(words) > 4 and words[0].isupper() and headings.exact(words) and not words.endswith(":"):
                if part.start > start:
                    pieces.append((line, Span(start, part.start)))
                pieces.append((line, part))
                start = part.end
        if start < line.span.end:
            pieces.append((line, Span(start, line.span.end)))
    return pieces


def _heading_style(
    pieces: Sequence[tuple[Line, Span]], text: str, headings: Headings
) -> tuple[float | None, bool, bool] | None:
    """How this document writes its headings: size, bold, capitals; None where it shows no habit."""
    styles = Counter(
        [
            _style(line, content)
            for line, span in pieces
            if headings.exact(_bare(content := text[span.start : span.end]))
        ]
    )
    if not styles:
        return None
    style, count = min(styles.items(), key=lambda item: (-item[1], str(item[0])))
    return style if count >= 2 else None


# A row of one sign under a line: "........", "======".
_RULE = re.compile(r"\s*([^\w\s])\1{3,}\s*")


def _rule(text: str, span: Span | None) -> str | None:
    """The sign that a line repeats and that is all it has."""
    match = _RULE.fullmatch(text, span.start, span.end) if span else None
    return match[1] if match else None


def _heading_rules(pieces: Sequence[tuple[Line, Span]], text: str, headings: Headings) -> frozenset[str]:
    """The signs with which this document underlines its headings."""
    return frozenset(
        rule
        for (_, span), (_, below) in pairwise(pieces)
        if (rule := _rule(text, below)) and headings.exact(_bare(text[span.start : span.end]))
    )


def _style(line: Line, content: str) -> tuple[float | None, bool, bool]:
    letters = [char for char in content if char.isalpha()]
    return (
        round(line.font_size, 1) if line.font_size else None,
        line.bold or line.heading,
        bool(letters) and all(char.isupper() for char in letters),
    )


def _bare(content: str) -> str:
    """A line without the signs and figures before it and the signs behind it."""
    start = _MARKS.match(content).end()  # type: ignore[union-attr]  # it matches nothing as well
    end = len(content)
    while end > start and not (content[end - 1].isalnum() or content[end - 1] in "_)+#"):
        end -= 1
    return content[start:end]


# The last cell of a row: a few words behind a wide gap. A wrapped line has gaps too, and more words behind them.
_LAST_CELL = re.compile(r"\S(?: {3,}|\t)\s*\S+(?: \S+){0,3}$")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_LABELLED = re.compile(r":\s+\S")


def _heading_section(
    content: str,
    line: Line,
    headings: Headings,
    house_style: Callable[[], tuple[float | None, bool, bool] | None],
    body_size: float | None,
    *,
    first: bool,
    alone: bool,
) -> str | None:
    bare = _bare(content)
    words = bare.split()
    longest = _MAX_LEAD_WORDS if content.endswith(":") else _MAX_HEADING_WORDS
    if not words or len(words) > longest or content.endswith((",", ";")):
        return None
    marked = content.endswith((":", "?")) or line.heading or line.bold
    exact = headings.exact(bare)
    if exact is None and content.find("(") > 0:
        # "Bonus points (not required):"
        content = _ASIDE.sub("", content)
        bare = _bare(content)
        exact = headings.exact(bare)
    if (content.endswith(".") or (content.endswith("!") and exact is None)) and not line.heading:
        return None
    if exact is not None:
        return exact if content[:1].isupper() or marked or not content[:1].isalpha() else None
    if first and not marked:
        return None
    large = body_size is not None and line.font_size is not None and line.font_size > body_size * 1.1
    capitals = all(char.isupper() for char in bare if char.isalpha())
    titled = sum([word[0].isupper() for word in words]) >= (len(words) + 1) // 2
    if marked or large or capitals or (alone and len(words) <= 6) or (titled and len(words) <= 4):
        # A label with text behind it ("Required skills: Python") is a line of its own section, not a heading.
        like = headings.like(bare)
        if like is not None and not (_LABELLED.search(content) or _ASKED_ITEM.search(content)):
            return like
    declared = capitals and content.endswith(":") and len(words) <= 4
    if first or not (line.heading or line.font_size or declared):
        return None
    style = house_style()
    if style is None:
        return "other" if line.heading else None
    # A line set exactly like this document's headings heads a section that nobody foresaw.
    distinct = style[0] is not None and body_size is not None and style[0] > body_size * 1.05
    if distinct and _style(line, content) == style and len(words) <= 6 and not any(char.isdigit() for char in bare):
        return "other"
    # So does one in capitals with a colon, where the headings are written so: "DECLARATION:".
    return "other" if style[2] and declared else None


def _opens(text: str, span: Span, following: Span | None) -> bool:
    """Whether a line stands above something: a blank line or a bullet comes next."""
    if following is None:
        return False
    return (
        bool(_BLANK.search(text, span.end, following.start))
        or bullet_end(text, following.start, following.end) > following.start
    )


def _continues(text: str, previous: Line, line: Line, span: Span, widths: dict[tuple[int | None, int], float]) -> bool:
    """Whether a line goes on with the unit of the line above it."""
    if line.table_row or previous.table_row or line is previous:
        return line is previous
    before = text[previous.span.start : previous.span.end].rstrip()
    after = text[span.start : span.end].lstrip()
    if previous.column != line.column and previous.page == line.page:
        return False
    if before.endswith((",", "-", "–", "/", "&", "(")) or after[:1].islower():
        return True
    if previous.bbox is None and _LAST_CELL.search(before):
        return False  # a row of cells
    if before.endswith((":", ".")) and previous.bbox is None:
        return before.endswith(".") and len(before) >= 60
    if previous.bold != line.bold or (
        previous.font_size and line.font_size and abs(previous.font_size - line.font_size) > 0.6
    ):
        return False
    if previous.bbox is not None:
        right = widths.get((previous.page, previous.column), 0.0)
        return previous.bbox[2] >= right * 0.85 and len(before) >= 30
    return len(before) >= 60


def _sections(
    document: Document,
    units: list[Unit],
    headings: Headings,
    told: Callable[[Span], str | None],
    cut: Callable[[Unit], tuple[Sentence, ...]],
) -> list[Unit]:
    """Give each unit its sentences, and the section of the heading above it, of its label or that its words tell."""
    posting = document.kind == "posting"
    current = "role" if posting else "header"
    finished: list[Unit] = []
    text = document.text
    for index, unit in enumerate(_at_labels(text, units, headings) if posting else units):
        if unit.kind == "heading":
            current = unit.section
            finished.append(Unit("heading", current, unit.span, unit.lines, cut(unit)))
            continue
        content = text[unit.span.start : unit.span.end]
        if not posting and current in _LISTS and _PROJECT_NUMBER.fullmatch(content.strip()):
            # Numbered projects have a heading of their own, whatever stood above the first of them.
            current = "projects"
        if not posting and current == "summary" and _heads_prose(text, units, index):
            current = "other"
        section, label = current, ""
        head, colon, rest = content.partition(":")
        if colon and len(head.split()) <= 5 and rest.strip():
            labelled = headings.exact(_bare(head))
            keeps = not posting and current in {
                "skills",
                "experience",
                "projects",
                "education",
                "certifications",
            }
            if labelled is not None and not keeps:
                section, label = labelled, fold(_bare(head))
        if posting and _is_title(content, index, finished):
            finished.append(Unit("title", "title", unit.span, unit.lines, cut(unit)))
            continue
        if posting:
            given_away = told(unit.span)
            if given_away in {"benefits", "legal"} or (given_away and section not in _ASKING_LABELS):
                section = given_away
        finished.append(Unit(unit.kind, section, unit.span, unit.lines, cut(unit), label))
    return finished


# "… the team. Required: Python. Nice to have: Go." is three units in one paragraph.
_ASKING_LABELS = frozenset({"requirements", "preferred", "responsibilities"})
_LABEL_INSIDE = re.compile(r"(?<=[.;!?:—–])\s+(?=(?P<label>[A-Z][\w'’&/ -]{2,40}):\s)")


def _at_labels(text: str, units: Iterable[Unit], headings: Headings) -> Iterator[Unit]:
    """The units, those cut in which a sentence begins with the label of a section."""
    for unit in units:
        start = unit.span.start
        if unit.kind != "heading" and text.find(":", start, unit.span.end) >= 0:
            for match in _LABEL_INSIDE.finditer(text, start, unit.span.end):
                section = headings.exact(match["label"])
                # Behind another label only what asks cuts: rows of facts ("Job type: … Benefits: …") stay together.
                if section in _ASKING_LABELS or (section is not None and text[match.start() - 1] in ".;!?"):
                    yield _part(unit, start, match.start())
                    start = match.end()
        yield unit if start == unit.span.start else _part(unit, start, unit.span.end)


def _part(unit: Unit, start: int, end: int) -> Unit:
    lines = tuple(line for line in unit.lines if line.span.start < end and line.span.end > start)
    return Unit(unit.kind, unit.section, Span(start, end), lines, label=unit.label)


# "PyTorch preferred" asks a thing; "Preferred skills" heads them.
_ASKED_ITEM = re.compile(
    r"^(?!.*\b(?:skills?|qualifications?|requirements?|attributes|competenc\w+|experiences?)\W*(?:required|preferred)?\W*$)"
    r".*\w\W+(?:is\s+|are\s+)?(?:required|preferred|desired|a\s+plus|bonus)\W*$",
    re.IGNORECASE,
)
_LONG_PROSE = 25
_MAX_PROSE_HEADING = 9


def _heads_prose(text: str, units: Sequence[Unit], index: int) -> bool:
    """Whether a short line alone between paragraphs heads the one below it: "What I have done with ML so far"."""
    if index == 0 or index + 1 == len(units) or units[index].kind != "paragraph":
        return False
    span, above, below = units[index].span, units[index - 1], units[index + 1]
    content = text[span.start : span.end].strip()
    return (
        above.kind == "paragraph"
        and 2 <= len(content.split()) <= _MAX_PROSE_HEADING
        and content[:1].isupper()
        and content[-1:].isalnum()
        and "," not in content
        and len(text[below.span.start : below.span.end].split()) >= _LONG_PROSE
    )


_LISTS = frozenset({"skills", "certifications", "education", "coursework", "languages", "awards", "other"})
_PROJECT_NUMBER = re.compile(r"projects?\s*(?:#|no\.?|number|[-–:])?\s*(?:\d{1,2}|[ivx]{1,4})\b\W{0,3}", re.IGNORECASE)

_TITLE_LABEL = re.compile(r"(?:job\s+)?(?:title|role|position)\b[\s:–-]+\S", re.IGNORECASE)
_MAX_TITLE_WORDS = 12


def _is_title(content: str, index: int, before: Sequence[Unit]) -> bool:
    """Whether a unit is the posting's title: its first line, or a labelled one right below."""
    if index > 2 or any(unit.kind == "heading" for unit in before):
        return False
    if len(content.split()) > _MAX_TITLE_WORDS or content[-1:] in ".:!?;,":
        return False
    return index == 0 or bool(_TITLE_LABEL.match(content))


def _sentences(text: str, span: Span, starts: Sequence[int]) -> Iterator[Sentence]:
    begin, last = span.start, span.end
    token = bisect_left(starts, begin)
    content = text[begin:last]
    ends = _ITEM_END if "•" in content or "●" in content or "▪" in content else _SENTENCE_END
    for match in ends.finditer(text, begin, last):
        at, end = match.span()
        if (
            text[at] == "."
            and not (at - begin > _LONGEST_ABBREVIATION and text[at - _LONGEST_ABBREVIATION - 1 : at].isalpha())
            and _ABBREVIATION.search(text, max(begin, at - 12), at + 1)
        ):
            continue
        if end <= begin:
            continue
        behind = bisect_left(starts, end, token)
        yield Sentence(Span(begin, end), token, behind)
        begin, token = end, behind
    if begin < last:
        yield Sentence(Span(begin, last), token, bisect_left(starts, last, token))
