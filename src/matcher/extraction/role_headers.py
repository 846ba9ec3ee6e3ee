"""Which dates head a role, and which rows around them name it. Pure functions over rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.extraction.dates import DateRange, date_ranges, joined, overlap, single_dates
from matcher.extraction.role_names import Names, is_noise, is_study, job_names, label_of, project_names, study_names
from matcher.extraction.role_rows import Row, is_prose, is_short
from matcher.extraction.role_sentences import told_names
from matcher.extraction.role_words import RoleWords
from matcher.model import Span

_SILENT = frozenset(
    "skills certifications publications awards languages interests references coursework contact".split()
)
# Sections that hold roles only in a resume that has no section for them.
_OPENING = frozenset({"summary", "header"})
_PROJECTS = frozenset({"projects", "research"})
_SINGLE_DATES = frozenset({"experience", "volunteering", *_PROJECTS})
_MAX_WORDS = 16
_MAX_TITLE = 8
_MAX_ABOVE = 3
_MAX_BELOW = 3
_IN_PROSE = re.compile(r"\w\W+(?:from|between|in|during|of|for|by|over|through|until|since)\s*$", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:expected|anticipated|graduat\w*|grad)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\S@\S|\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}")
_OWN_LABEL = re.compile(r"^[^\s:]+(?:\s[^\s:]+){0,3}\s*:")
_HONOR = re.compile(
    r"\b(?:dean|honou?rs?|awards?|scholar(?:ship)?s?|fellowships?|coursework|courses?|clubs?|society|activities|prizes?|exchange|thesis)\b",
    re.IGNORECASE,
)
_DUTIES = re.compile(
    r"(?:key\s+|job\s+|roles?\s*(?:and|&)\s*)*(?:responsibilit|dut|achievement|accomplishment)\w*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Dates that head a role, in rows ``first`` to ``last``."""

    dates: DateRange
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Header:
    """The rows that name a role, and what they name."""

    anchor: Anchor
    above: tuple[int, ...]
    below: tuple[int, ...]
    names: Names

    @property
    def rows(self) -> tuple[int, ...]:
        """All its rows in order."""
        return (*self.above, *range(self.anchor.first, self.anchor.last + 1), *self.below)


def headers(text: str, rows: Sequence[Row], words: RoleWords) -> tuple[Header, ...]:
    """The headings of roles in order of place."""
    return _with_banners(_Headings(text, rows, words, _anchors(text, rows, words)).all(), rows, text, words)


def _anchors(text: str, rows: Sequence[Row], words: RoleWords) -> list[Anchor]:
    found = list(_all_anchors(text, rows, words))
    proper = [anchor for anchor in found if rows[anchor.first].section not in _OPENING]
    if any(rows[anchor.first].section in {"experience", "other"} for anchor in proper):
        return proper
    return found


def _all_anchors(text: str, rows: Sequence[Row], words: RoleWords) -> Iterator[Anchor]:
    index, previous = 0, None
    while index < len(rows):
        row = rows[index]
        if row.section in _SILENT:
            index += 1
            continue
        ranges, last = _ranges(text, rows, index, words)
        whole = Span(row.span.start, rows[last].span.end)
        kept = [dates for dates in ranges if _heads(text, row, whole, dates, words)]
        if not kept and not ranges and (single := _single(text, rows, index, words)):
            kept = [single]
        for dates in kept:
            anchor = Anchor(dates, index, last)
            if previous is None or not _repeats(text, rows, previous, anchor, words):
                yield anchor
                previous = anchor
        index = last + 1


def _ranges(text: str, rows: Sequence[Row], index: int, words: RoleWords) -> tuple[list[DateRange], int]:
    """The ranges that begin in a row, and the last row they reach; overlapping ones side by side are one."""
    last = index
    found = date_ranges(text, rows[index].span.start, rows[index].span.end)
    while last + 1 < len(rows) and rows[last + 1].run == rows[index].run:
        end = rows[last].span.end
        single = single_dates(text, max(rows[last].span.start, found[-1].span.end if found else 0), end)
        if not is_noise(_outside(text, Span(rows[last].span.start, end), [*found, *single]), words):
            break
        wider = date_ranges(text, rows[index].span.start, rows[last + 1].span.end)
        if not any(item.span.start < end < item.span.end for item in wider):
            break
        found, last = wider, last + 1
    merged: list[DateRange] = []
    for item in found:
        if merged and _beside(text, merged[-1], item, words) and overlap(merged[-1], item):
            merged[-1] = joined(merged[-1], item)
        else:
            merged.append(item)
    return merged, last


def _beside(text: str, first: DateRange, second: DateRange, words: RoleWords) -> bool:
    """Whether nothing stands between two ranges."""
    between = text[first.span.end : second.span.start]
    return "\t" not in between and "  " not in between and is_noise(between, words)


def _outside(text: str, span: Span, dates: Sequence[DateRange]) -> str:
    """A row without its dates; a gap of two spaces stands where they stood."""
    pieces, at = [], span.start
    for item in dates:
        if item.span.end <= span.start or item.span.start >= span.end:
            continue
        pieces.append(text[at : max(at, item.span.start)])
        at = min(max(at, item.span.end), span.end)
    pieces.append(text[at : span.end])
    return "  ".join(pieces)


def _heads(text: str, row: Row, whole: Span, dates: DateRange, words: RoleWords) -> bool:
    """Whether a range heads a role rather than standing in prose."""
    before, after = text[whole.start : dates.span.start], text[dates.span.end : whole.end]
    rest = f"{before} {after}"
    if is_noise(rest, words) or told_names(before, after, words) is not None:
        return True
    if _IN_PROSE.search(before) or row.wrapped or len(rest.split()) > _MAX_WORDS:
        return False
    titled = words.is_title(before) or words.is_title(after)
    if _tells(before, words) or _tells(after, words) or (is_prose(rest) and not titled):
        return False
    if row.section == "education" and _HONOR.search(rest) and not is_study(rest, words):
        return False
    if row.bulleted:
        at_edge = not before.strip(" \t([") or not after.strip(" \t)].,")
        return at_edge and (titled or len(rest.split()) <= 6)
    # The full stop behind dates that end the row closes the heading, not a sentence.
    closed = not any(char.isalnum() for char in after)
    return closed or not rest.rstrip().endswith(".") or len(rest.split()) <= 8


def _tells(part: str, words: RoleWords) -> bool:
    """Whether a part of a row is prose; a short title is none, whatever its capitals."""
    return is_prose(part) and not (words.title_rank(part) == 3 and len(part.split()) <= _MAX_TITLE)


def _single(text: str, rows: Sequence[Row], index: int, words: RoleWords) -> DateRange | None:
    """A date that stands alone at the edge of a heading: "Software Engineering Intern, Acme - Summer 2022"."""
    row = rows[index]
    if row.section not in _SINGLE_DATES or row.wrapped:
        return None
    found = list(single_dates(text, row.span.start, row.span.end))
    if not found or not found[0].possible:
        return None
    dates = found[0]
    rest = _outside(text, row.span, found)
    before, after = text[row.span.start : dates.span.start], text[found[-1].span.end : row.span.end]
    at_edge = not before.strip(" \t([") or not after.strip(" \t)].,|")
    if (
        not at_edge
        or (is_prose(rest) and words.title_rank(rest) < 3)
        or not is_short(rest.strip())
        or _AHEAD.search(rest)
    ):
        return None
    if is_noise(rest, words):
        # A date alone in its row needs a heading right above it.
        beside = rows[index - 1] if index else None
        if beside is None or beside.run != row.run or beside.bulleted:
            return None
        rest = text[beside.span.start : beside.span.end]
        if date_ranges(rest, 0, len(rest)) or is_prose(rest):
            return None
        return dates if words.is_title(rest) and len(rest.split()) <= _MAX_WORDS else None
    if row.bulleted:
        return dates if words.title_rank(rest) == 3 and len(rest.split()) <= 8 else None
    return dates if words.is_title(rest) or row.section != "experience" else None


def _repeats(text: str, rows: Sequence[Row], previous: Anchor, anchor: Anchor, words: RoleWords) -> bool:
    """Whether a row only says again when the role above it was: "Duration: Jan 2014 - Jun 2015"."""
    return (
        rows[previous.first].run == rows[anchor.first].run
        and anchor.first - previous.last <= 2
        and (previous.dates.start, previous.dates.end) == (anchor.dates.start, anchor.dates.end)
        and is_noise(_outside(text, rows[anchor.first].span, [anchor.dates]), words)
    )


class _Headings:
    """Finds the rows above and below dates; knows the text, the rows and all anchors."""

    def __init__(self, text: str, rows: Sequence[Row], words: RoleWords, anchors: Sequence[Anchor]) -> None:
        self._text = text
        self._rows = rows
        self._words = words
        self._anchors = anchors
        self._noise: dict[int, bool] = {}
        self._dated = {index for anchor in anchors for index in range(anchor.first, anchor.last + 1)}
        letters = Counter[tuple[float | None, bool]]()
        for row in rows:
            letters[row.style] += row.span.end - row.span.start
        self._body_style = letters.most_common(1)[0][0] if letters else None

    def all(self) -> list[Header]:
        """The heading of each anchor."""
        depths: dict[int, int] = {}
        above: list[tuple[int, ...]] = []
        for anchor in self._anchors:
            run = self._rows[anchor.first].run
            limit = depths.get(run, _MAX_ABOVE)
            taken = self._above(anchor, limit)
            # Above the first dates of a section stands nothing but their heading: it shows how deep headings are here.
            depths.setdefault(run, len([index for index in taken if not self._is_noise(index)]))
            above.append(taken)
        found: list[Header] = []
        for number, anchor in enumerate(self._anchors):
            if found and self._resumes(found[-1].anchor, anchor):
                found.append(Header(anchor, (), (), found[-1].names))
            else:
                found.append(self._header(number, above))
        return found

    def _resumes(self, previous: Anchor, anchor: Anchor) -> bool:
        """Whether a job was taken up again: "2016 - 2018, 2019 - 2023" says two times of one job."""
        return previous.first == anchor.first and _beside(self._text, previous.dates, anchor.dates, self._words)

    def _header(self, number: int, above: Sequence[tuple[int, ...]]) -> Header:
        anchor, taken = self._anchors[number], above[number]
        if number and self._anchors[number - 1].first == anchor.first:
            taken = ()
        stop = len(self._rows)
        if number + 1 < len(self._anchors):
            following = self._anchors[number + 1]
            stop = min((following.first, *above[number + 1]))
        names = self._names(anchor, taken, ())
        below = self._below(anchor, names, stop)
        return Header(anchor, taken, below, self._names(anchor, taken, below) if below else names)

    def _above(self, anchor: Anchor, limit: int) -> tuple[int, ...]:
        taken, content, index = list[int](), 0, anchor.first - 1
        pending: list[int] = []
        study = self._rows[anchor.first].section == "education"
        # The first line of a resume is the person's name.
        top = 1 if self._rows[anchor.first].section == "header" else 0
        while index >= top and self._belongs(index, anchor) and not self._rows[index].bulleted:
            if _ADDRESS.search(self._content(index)):
                break
            if study and self._has_date(index):
                # The rows between two schools with dates belong to the upper one.
                below_school = self._words.is_school(self._content(anchor.first))
                taken = [] if below_school and self._words.is_school(self._content(index)) else taken
                break
            if content >= limit and not (
                taken and (self._is_set_like(index, taken[-1]) or self._completes(index, anchor, taken))
            ):
                break
            if self._is_noise(index):
                pending.append(index)
            elif self._names_something(index):
                taken += [*pending, index]
                pending.clear()
                content += 1
            else:
                break
            index -= 1
        if study:
            taken = self._of_one_school(anchor, taken)
        return tuple(reversed(taken))

    def _is_set_like(self, index: int, other: int) -> bool:
        """Whether a row is set like one that belongs to a heading, and unlike the text: the heading was wrapped."""
        style = self._rows[index].style
        return style == self._rows[other].style != self._body_style

    def _completes(self, index: int, anchor: Anchor, taken: Sequence[int]) -> bool:
        """Whether a row one further up is the title that the rows taken so far lack."""
        return (
            self._names_something(index)
            and job_names([self._content(index)], self._words).title is not None
            and self._names(anchor, tuple(reversed(taken)), ()).title is None
        )

    def _has_date(self, index: int) -> bool:
        span = self._rows[index].span
        return next(single_dates(self._text, span.start, span.end), None) is not None

    def _of_one_school(self, anchor: Anchor, taken: list[int]) -> list[int]:
        """The rows right above the dates of a study, without those of the school before it."""
        if not self._words.is_school(self._content(anchor.first)):
            return taken
        return [] if any(self._words.is_school(self._content(index)) for index in taken) else taken

    def _below(self, anchor: Anchor, names: Names, stop: int) -> tuple[int, ...]:
        section = self._rows[anchor.first].section
        if section in _PROJECTS and names.title is not None:
            return ()
        taken: list[int] = []
        index = anchor.last + 1
        bare = names.title is None and names.employer is None
        while index < stop and len(taken) < _MAX_BELOW and self._belongs(index, anchor):
            if self._rows[index].bulleted and not (bare and not taken) and label_of(self._content(index)) is None:
                break
            if self._is_noise(index):
                taken.append(index)
            elif self._names_something(index) and self._fits(index, names, section):
                taken.append(index)
                names = self._names(anchor, (), tuple(taken)) if bare else self._more(names, index, section)
            else:
                break
            index += 1
        while taken and self._is_noise(taken[-1]) and not self._words.is_place(self._content(taken[-1])):
            taken.pop()
        return tuple(taken)

    def _fits(self, index: int, names: Names, section: str) -> bool:
        """Whether a row below the dates can give what the heading still lacks."""
        content, words = self._content(index), self._words
        if section == "education":
            return is_study(content, words) and (names.title is None or names.employer is None)
        label = label_of(content)
        if label is not None:
            return True
        if names.title is None and names.employer is None:
            return len(content.split(", ")) <= _MAX_BELOW or words.is_title(content)
        if names.title is None:
            return words.title_rank(content) >= (2 if names.sure else 1)
        named = words.is_employer(content) or words.without_place(content) != content or self._has_place(content)
        if names.employer is None:
            return named or len(content.split(", ")) < _MAX_BELOW
        return not names.sure and named and not words.is_title(content)

    def _has_place(self, content: str) -> bool:
        return any(self._words.is_place(cell) for cell in re.split(r"\t|  +|\s*[|·•]\s*", content) if cell.strip())

    def _more(self, names: Names, index: int, section: str) -> Names:
        if section == "education":
            found = study_names([self._content(index)], self._words)
        else:
            found = job_names([self._content(index)], self._words)
        return Names(names.title or found.title or "", names.employer or found.employer or "")

    def _belongs(self, index: int, anchor: Anchor) -> bool:
        return index not in self._dated and self._rows[index].run == self._rows[anchor.first].run

    def _content(self, index: int) -> str:
        span = self._rows[index].span
        return self._text[span.start : span.end].strip()

    def _is_noise(self, index: int) -> bool:
        # The same rows are asked for by the dates above and below them.
        known = self._noise.get(index)
        if known is None:
            content = self._content(index)
            known = self._noise[index] = not _DUTIES.match(content) and is_noise(content, self._words)
        return known

    def _names_something(self, index: int) -> bool:
        """Whether a row may be a part of a heading."""
        content = self._content(index)
        if label_of(content) in {"title", "employer"}:
            return True
        if self._rows[index].wrapped or not is_short(content) or _ADDRESS.search(content) or _DUTIES.match(content):
            return False
        if _OWN_LABEL.match(content) and not self._words.is_title(content.partition(":")[0]):
            return False
        return not _tells(content, self._words)

    def _names(self, anchor: Anchor, above: Sequence[int], below: Sequence[int]) -> Names:
        section = self._rows[anchor.first].section
        dated = [
            self._without_city(_outside(self._text, self._rows[index].span, self._own_dates(anchor, index)))
            for index in range(anchor.first, anchor.last + 1)
        ]
        first, last = self._rows[anchor.first].span, self._rows[anchor.last].span
        dates = anchor.dates.span
        told = told_names(self._text[first.start : dates.start], self._text[dates.end : last.end], self._words)
        if told is not None:
            return told
        contents = [*map(self._content, above), *dated, *map(self._content, below)]
        if section == "education":
            return study_names(contents, self._words)
        if section in _PROJECTS and not any(map(self._words.is_title, contents)):
            return project_names(contents, self._words)
        names = job_names(contents, self._words)
        if names.title is None and is_study(" ".join(contents), self._words) and section != "experience":
            return study_names(contents, self._words)
        return names

    def _without_city(self, content: str) -> str:
        """A row of dates without the place behind them: "2019 to 2021, Duluth"."""
        rest = content.strip()
        return "" if rest.startswith(",") and self._words.could_be_city(rest[1:].strip()) else content

    def _own_dates(self, anchor: Anchor, index: int) -> list[DateRange]:
        span = self._rows[index].span
        found = [anchor.dates, *date_ranges(self._text, span.start, span.end)]
        if not any(item.span.end > span.start and item.span.start < span.end for item in found[1:]):
            found += single_dates(self._text, span.start, span.end)
        found.sort(key=lambda item: (item.span.start, -item.span.end))
        return found


def _with_banners(found: Sequence[Header], rows: Sequence[Row], text: str, words: RoleWords) -> tuple[Header, ...]:
    """Roles under one employer: the employer stands once, above the first of them or with the dates of them all."""
    result: list[Header] = []
    banner: str | None = None
    for number, header in enumerate(found):
        row = rows[header.anchor.first]
        if number and rows[found[number - 1].anchor.first].run != row.run:
            banner = None
        following = found[number + 1] if number + 1 < len(found) else None
        if _is_banner(header, following, rows):
            banner = header.names.employer
            continue
        names = header.names
        unsure = names.employer is None or (not names.sure and not words.is_employer(names.employer))
        if row.section in {"education", *_PROJECTS} or names.title is None:
            banner = None
        elif header.above:
            banner = names.employer if _stands_alone(names.employer, header.above, rows, text) else None
        elif banner is not None and unsure and not header.below:
            span = row.span
            own = _outside(text, span, [header.anchor.dates])
            header = replace(header, names=job_names([banner, own], words))
        else:
            banner = None
        result.append(header)
    return tuple(result)


def _stands_alone(employer: str | None, above: Sequence[int], rows: Sequence[Row], text: str) -> bool:
    """Whether an employer begins a row above the dates: then it may head several positions."""
    return employer is not None and any(
        text[rows[index].span.start : rows[index].span.end].lstrip().startswith(employer) for index in above
    )


def _is_banner(header: Header, following: Header | None, rows: Sequence[Row]) -> bool:
    """Whether dates are those of an employer whose positions follow with dates of their own."""
    if following is None or header.names.title is not None or header.names.employer is None:
        return False
    if rows[following.anchor.first].run != rows[header.anchor.first].run or following.names.title is None:
        return False
    outer, inner = header.anchor.dates, following.anchor.dates
    inside = outer.start <= inner.start and (outer.end is None or (inner.end is not None and inner.end <= outer.end))
    return (
        inside
        and following.rows[0] - header.rows[-1] <= 1
        and (following.names.employer is None or not following.names.sure)
    )
