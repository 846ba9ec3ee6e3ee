"""Where and when the degrees of a resume were taken: the school and the year that stand with each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.extraction.dates import date_ranges, single_dates
from matcher.extraction.qualifications import FoundDegree
from matcher.extraction.role_names import study_names
from matcher.extraction.role_rows import Row
from matcher.extraction.role_words import RoleWords

# A school stands at most this many rows from its degree.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Study:
    """The school of a degree without its place, and the year the degree was or will be taken."""

    institution: str | None
    year: int | None


def studies(text: str, rows: Sequence[Row], degrees: Sequence[FoundDegree], words: RoleWords) -> tuple[Study, ...]:
    """School and year of each degree, None where the text does not tell."""
    if not degrees:
        return ()
    schools = {index: name for index, row in enumerate(rows) if (name := _school(text, row, words))}
    places = [_row_at(rows, degree.span.start) for degree in degrees]
    schools_first = _runs_with_schools_first(rows, schools, [place for place in places if place is not None])
    found = []
    for place in places:
        if place is None:
            found.append(Study(None, None))
            continue
        school = _nearest(rows, place, schools, schools_first)
        around = {place} if school is None else set(range(min(place, school), max(place, school) + 1))
        found.append(Study(schools[school] if school is not None else None, _year(text, rows, around)))
    return tuple(found)


def _school(text: str, row: Row, words: RoleWords) -> str | None:
    content = text[row.span.start : row.span.end]
    if row.bulleted or row.wrapped or not words.is_school(content):
        return None
    dates = date_ranges(content, 0, len(content)) or list(single_dates(content, 0, len(content)))
    for item in reversed(dates):
        content = f"{content[: item.span.start]}  {content[item.span.end :]}"
    name = study_names([content], words).employer
    return name if name is not None and words.is_school(name) else None


def _row_at(rows: Sequence[Row], start: int) -> int | None:
    index = bisect_right(rows, start, key=lambda row: row.span.start) - 1
    return index if index >= 0 and start < rows[index].span.end else None


def _runs_with_schools_first(rows: Sequence[Row], schools: Mapping[int, str], places: Sequence[int]) -> set[int]:
    """The sections, by number, in which a school stands above the first degree."""
    first: dict[int, int] = {}
    for place in places:
        first.setdefault(rows[place].run, place)
    return {rows[index].run for index in schools if index < first.get(rows[index].run, 0)}


def _nearest(rows: Sequence[Row], place: int, schools: Mapping[int, str], schools_first: set[int]) -> int | None:
    """The row of the school of a degree: its own, else above or below as its section does it throughout."""
    if place in schools:
        return place
    run = rows[place].run
    above, below = range(place - 1, place - 1 - _NEAR, -1), range(place + 1, place + 1 + _NEAR)
    order = (*above, *below) if run in schools_first else (*below, *above)
    return next((index for index in order if index in schools and rows[index].run == run), None)


def _year(text: str, rows: Sequence[Row], around: set[int]) -> int | None:
    """The last year told in the rows of a degree and its school, or right below them."""
    beyond = max(around) + 1
    if beyond < len(rows) and rows[beyond].run == rows[beyond - 1].run:
        around = around | {beyond}
    for index in sorted(around):
        span = rows[index].span
        ranges = date_ranges(text, span.start, span.end)
        if ranges and ranges[-1].end is not None:
            return ranges[-1].end.year
        singles = list(single_dates(text, span.start, span.end))
        if singles and not ranges:
            return singles[-1].start.year
    return None
