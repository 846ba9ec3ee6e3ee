"""Roles of a resume: a date range, the title and the employer that stand with it, and the text that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matcher.extraction.dates import DateRange, date_ranges
from matcher.extraction.segments import Segmented, bullet_end
from matcher.model import Line, Span
from matcher.taxonomy.names import fold, singular, tokenize

RoleKind = Literal["job", "internship", "education", "volunteering", "project"]

_NOT_ROLES = frozenset(
    {
        "skills",
        "certifications",
        "publications",
        "awards",
        "languages",
        "interests",
        "references",
        "coursework",
    }
)
_STUDENT = frozenset({"intern", "internship", "trainee", "co-op", "coop"})
_SPLIT = re.compile(r"\t+| {2,}|\s+[|·•–—]\s*|\s*[|·•–—]\s+|\s+-\s+|\s+@\s+|\s*//\s*")
_AT = re.compile(r"\s+(?:at|@|with|for)\s+|,\s+", re.IGNORECASE)
_LOCATION = re.compile(
    r"^(?:remote|hybrid|on-?site|.{2,30},\s*(?:[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)\.?(?:,\s*[A-Z][\w. ]+)?)(?:\s*\(.*\))?$"
)
_LABEL = re.compile(
    r"^(?:position|title|role|job title|designation|employer|company|organi[sz]ation|duration|client)\s*:\s*",
    re.IGNORECASE,
)
_EDGES = re.compile(r"^[\s,;:()\[\]|·•–—-]+|[\s,;:(\[|·•–—-]+$")
_MAX_HEADER_WORDS = 16
_DEGREE_HINT = re.compile(
    r"\b(?:universit|college|school|institut|academy|bachelor|master of|master's|ph\.?d|b\.?sc|m\.?sc|b\.?tech|m\.?tech|diploma|degree|gpa)\b|universit",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundRole:
    """A role and where it was read.

    Attributes:
        header: the lines that name it; body: from its header to the next one, whose mentions belong to it.
    """

    title: str | None
    employer: str | None
    dates: DateRange
    kind: RoleKind
    header: Span
    body: Span


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    span: Span
    section: str
    unit: int
    bulleted: bool


def find_roles(segmented: Segmented, title_words: frozenset[str]) -> tuple[FoundRole, ...]:
    """The roles, in order of place."""
    text = segmented.document.text
    rows = _rows(segmented)
    experience = any(row.section == "experience" for row in rows)
    anchors: list[tuple[int, DateRange]] = []
    for index, row in enumerate(rows):
        if row.section in _NOT_ROLES or (row.section in {"summary", "contact"} and experience):
            continue
        found = date_ranges(text, row.span.start, row.span.end)
        for position, dates in enumerate(found):
            if _is_header(text, row, dates, found, position, title_words):
                anchors.append((index, dates))
    headers = [_header(text, rows, anchors, number, title_words) for number in range(len(anchors))]
    roles: list[FoundRole] = []
    for number, (index, dates) in enumerate(anchors):
        header_rows = headers[number]
        begin = rows[header_rows[0]].span.start if header_rows else rows[index].span.start
        begin = _cut(text, rows, anchors, number, begin)
        end = _end(text, rows, anchors, headers, number)
        names = [rows[row] for row in header_rows]
        title, employer = _names(text, names, dates, begin, title_words)
        kind = _kind(
            text,
            rows[index].section,
            title,
            Span(begin, rows[header_rows[-1]].span.end if header_rows else end),
        )
        last = max([rows[row].span.end for row in header_rows] or [rows[index].span.end])
        roles.append(
            FoundRole(title, employer, dates, kind, Span(begin, min(last, max(end, begin + 1))), Span(begin, end))
        )
    return tuple(roles)


def _rows(segmented: Segmented) -> list[_Row]:
    text, rows = segmented.document.text, list[_Row]()
    for number, unit in enumerate(segmented.units):
        if unit.kind == "heading":
            continue
        for line in unit.lines:
            start, end = max(line.span.start, unit.span.start), min(line.span.end, unit.span.end)
            if start >= end:
                continue
            bulleted = unit.kind == "bullet"
            rows.append(_Row(line, Span(bullet_end(text, start, end), end), unit.section, number, bulleted))
    return rows


def _is_header(
    text: str,
    row: _Row,
    dates: DateRange,
    found: Sequence[DateRange],
    position: int,
    title_words: frozenset[str],
) -> bool:
    """Whether a date range heads a role rather than standing in prose."""
    before = text[row.span.start : dates.span.start]
    after = text[dates.span.end : row.span.end]
    around = f"{before} {after}"
    words = around.split()
    if (
        row.bulleted
        and row.section == "experience"
        and len(words) > _MAX_HEADER_WORDS
        and not _near_title(before, title_words)
    ):
        return False
    if len(words) <= _MAX_HEADER_WORDS:
        return not around.rstrip().endswith(".") or len(words) <= 8
    # A long line holds a header where the text runs on without line breaks: a title word close before the dates.
    return _near_title(before, title_words) and (position == 0 or bool(before))


def _near_title(before: str, title_words: frozenset[str]) -> bool:
    tail = before[-80:]
    return any(_is_title_word(word, title_words) for word in tail.split()[-8:])


def _is_title_word(word: str, title_words: frozenset[str]) -> bool:
    bare = singular(fold(word.strip(".,;:()[]|/&")))
    return bare in title_words or any(part in title_words for part in re.split(r"[/-]", bare))


def _header(
    text: str,
    rows: Sequence[_Row],
    anchors: Sequence[tuple[int, DateRange]],
    number: int,
    title_words: frozenset[str],
) -> list[int]:
    """The rows that name a role: the row of its dates and short rows right above and below it."""
    index = anchors[number][0]
    taken = {anchor for anchor, _ in anchors}
    header = [index]
    own = _without_dates(text, rows[index], anchors[number][1])
    needed = 2 if not own else 2 if not _has_title(own, title_words) else 1
    above = index - 1
    while above >= 0 and needed and index - above <= 2:
        row = rows[above]
        if above in taken or row.section != rows[index].section or row.bulleted or not _short(text, row):
            break
        header.insert(0, above)
        needed -= 1
        above -= 1
    below = index + 1
    while below < len(rows) and needed and below - index <= 2:
        row = rows[below]
        if below in taken or row.section != rows[index].section or row.bulleted or not _short(text, row):
            break
        # A row above the next dates belongs to the next role, if it names one.
        if below + 1 in taken and (
            _has_title(text[row.span.start : row.span.end], title_words) or below + 1 < len(rows)
        ):
            nxt = _without_dates(text, rows[below + 1], next(d for i, d in anchors if i == below + 1))
            if not _has_title(nxt, title_words) or not nxt:
                break
        header.append(below)
        needed -= 1
        below += 1
    return header


def _short(text: str, row: _Row) -> bool:
    content = text[row.span.start : row.span.end].strip()
    words = content.split()
    return 0 < len(words) <= 14 and not content.endswith((".", ";")) and content[:1] not in "a-z"


def _has_title(content: str, title_words: frozenset[str]) -> bool:
    return any(_is_title_word(word, title_words) for word in content.split())


def _without_dates(text: str, row: _Row, dates: DateRange) -> str:
    before = text[row.span.start : max(row.span.start, min(dates.span.start, row.span.end))]
    after = text[max(row.span.start, min(dates.span.end, row.span.end)) : row.span.end]
    return _EDGES.sub("", f"{before}  {after}".strip())


def _cut(text: str, rows: Sequence[_Row], anchors: Sequence[tuple[int, DateRange]], number: int, begin: int) -> int:
    """Where several roles share a line, a role begins after the one before it."""
    if number and anchors[number - 1][0] == anchors[number][0]:
        return anchors[number - 1][1].span.end
    row = rows[anchors[number][0]]
    dates = anchors[number][1]
    # In a run-on line the header is what stands close before the dates.
    if dates.span.start - max(begin, row.span.start) > 160:
        return max(begin, dates.span.start - 80)
    return begin


def _end(
    text: str,
    rows: Sequence[_Row],
    anchors: Sequence[tuple[int, DateRange]],
    headers: Sequence[Sequence[int]],
    number: int,
) -> int:
    index, dates = anchors[number]
    section = rows[index].section
    stop = dates.span.end
    for position in range(index, len(rows)):
        if rows[position].section != section:
            break
        stop = rows[position].span.end
    if number + 1 < len(anchors):
        following = anchors[number + 1]
        if following[0] == index:
            stop = min(stop, following[1].span.start)
        else:
            first = rows[headers[number + 1][0]].span.start
            stop = min(stop, _cut(text, rows, anchors, number + 1, first))
    return max(stop, dates.span.end)


def _names(
    text: str, rows: Sequence[_Row], dates: DateRange, begin: int, title_words: frozenset[str]
) -> tuple[str | None, str | None]:
    """Title and employer among the cells of the header rows."""
    parts: list[str] = []
    for row in rows:
        start = max(row.span.start, begin)
        if start >= row.span.end:
            continue
        low, high = max(start, dates.span.start), min(row.span.end, dates.span.end)
        pieces = [(start, row.span.end)] if high <= low else [(start, low), (high, row.span.end)]
        for first, last in pieces:
            for piece in _SPLIT.split(text[first:last]):
                bare = _EDGES.sub("", _LABEL.sub("", _EDGES.sub("", piece)))
                if len(bare) > 1 and not date_ranges(bare, 0, len(bare)):
                    parts.append(bare)
    titles = [part for part in parts if _has_title(part, title_words) and len(part.split()) <= 12]
    title: str | None = None
    rest = list(parts)
    if titles:
        title = max(titles, key=lambda part: (_title_rank(part, title_words), -parts.index(part)))
        rest.remove(title)
        split = _AT.split(title)
        if len(split) > 1 and _has_title(split[0], title_words):
            tail = title[len(split[0]) :]
            remainder = _EDGES.sub("", re.sub(r"^\s*(?:at|with|for)\s+", "", _EDGES.sub("", tail), flags=re.IGNORECASE))
            if not any(_is_title_word(word, title_words) for word in remainder.split()):
                rest.insert(0, remainder)
                title = split[0]
        elif len(split) > 1 and _has_title(split[-1], title_words):
            title, company = split[-1], ", ".join(split[:-1])
            rest.insert(0, company)
    employer = next((part for part in rest if not _LOCATION.match(part) and any(char.isalpha() for char in part)), None)
    if employer is None and rest:
        employer = rest[0]
    return title, employer


def _title_rank(part: str, title_words: frozenset[str]) -> tuple[int, int]:
    words = part.split()
    head = [word for word in re.split(r",|\s+at\s+|\(", part)[0].split() if word]
    return (int(bool(head) and _is_title_word(head[-1], title_words)), -len(words))


def _kind(text: str, section: str, title: str | None, header: Span) -> RoleKind:
    words = {fold(token.text) for token in tokenize(title)} if title else set()
    if section == "education":
        return "education"
    if section == "volunteering":
        return "volunteering"
    if section in {"projects", "research"}:
        return "project"
    if words & _STUDENT:
        return "internship"
    if section != "experience" and _DEGREE_HINT.search(text, header.start, header.end) and title is None:
        return "education"
    return "job"
