"""Dates and ranges of dates as people write them on resumes: text to year and month, with the place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from matcher.model import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# The month a season or a quarter begins in, and the one it ends in.
_SEASONS = {
    "spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11), "winter": (12, 12),
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12),
}  # fmt: skip
_MONTH_NAME = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_POINT = rf"""(?:
    (?P<{{0}}month>{_MONTH_NAME})\b\.?,?\s*(?:-\s*|'|’|\d{{{{1,2}}}}(?:st|nd|rd|th)?,?\s+)?(?P<{{0}}myear>{_YEAR}|(?<=['’])\d\d|(?<=-)\d\d)
  | (?P<{{0}}season>spring|summer|fall|autumn|winter|q[1-4])\s*,?\s*(?:of\s+)?(?P<{{0}}syear>{_YEAR})
  | (?P<{{0}}isoyear>{_YEAR})[-/.](?P<{{0}}isomonth>0?[1-9]|1[0-2])(?![\d/])(?:-\d\d\b)?
  | (?P<{{0}}nmonth>0?[1-9]|1[0-2])\s?[/.-]\s?(?:\d{{{{1,2}}}}[/.])?(?P<{{0}}nyear>{_YEAR}|\d\d(?=\b))
  | (?P<{{0}}year>{_YEAR})
)"""
_PRESENT = r"(?:present|current(?:ly)?|now|today|to\s+date|till\s+(?:now|date|today)|until\s+now|up\s+to\s+(?:now|date)|ongoing|on-going|date|heute|actual)"
_DASH = r"(?:\s*(?:-+|–|—|‒|―|−|~|→|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b|\bup\s+to\b)\s*)"
_RANGE = re.compile(
    rf"(?<![\w/-]){_POINT.format('a')}(?:{_DASH}(?:{_POINT.format('b')}|(?P<present>{_PRESENT}))"
    rf"|\s{{2,}}{_POINT.format('c')}|\s*(?P<glued>present|current)|(?P<together>{_YEAR}))(?![\w])",
    re.IGNORECASE | re.VERBOSE,
)
_SINCE = re.compile(rf"(?<!\w)since\s+{_POINT.format('a')}(?!\w)", re.IGNORECASE | re.VERBOSE)
_OPEN = re.compile(rf"(?<![\w/]){_POINT.format('a')}\s*[-–—]\s*(?=$|\n|\))", re.IGNORECASE | re.VERBOSE | re.MULTILINE)
_SHARED_YEAR = re.compile(
    rf"(?<!\w)(?P<from>{_MONTH_NAME})\.?{_DASH}(?P<to>{_MONTH_NAME})\.?,?\s+(?P<year>{_YEAR})(?!\w)",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"(?<![\w/]){_POINT.format('a')}(?!\w)", re.IGNORECASE | re.VERBOSE)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @property
    def number(self) -> int:
        """Months since year 0, for counting."""
        return self.year * 12 + self.month - 1

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @staticmethod
    def of(day: date) -> Month:
        """The month of a day."""
        return Month(day.year, day.month)

    @staticmethod
    def parse(text: str) -> Month:
        """The month of ``YYYY-MM``."""
        year, month = text.split("-")
        return Month(int(year), int(month))


@dataclass(frozen=True, slots=True)
class DateRange:
    """A range of months; ``end`` is None for "present". ``exact`` is False where only years are told."""

    span: Span
    start: Month
    end: Month | None
    exact: bool = True


def date_ranges(text: str, start: int, end: int) -> list[DateRange]:
    """The date ranges in ``text[start:end]`` in order of place, overlaps resolved to the earliest and longest."""
    found: list[DateRange] = []
    for match in _SHARED_YEAR.finditer(text, start, end):
        year = int(match["year"])
        found.append(
            DateRange(
                Span(*match.span()),
                Month(year, _MONTHS[match["from"].lower()]),
                Month(year, _MONTHS[match["to"].lower()]),
            )
        )
    for match in _RANGE.finditer(text, start, end):
        first = _month(match, "a", last=False)
        if first is None:
            continue
        if match["present"] or match["glued"]:
            found.append(DateRange(Span(*match.span()), first, None, match["ayear"] is None))
            continue
        if match["together"]:
            last: Month | None = Month(int(match["together"]), 12)
            exact = False
        else:
            prefix = "b" if _present(match, "b") else "c"
            last, exact = (
                _month(match, prefix, last=True),
                match[f"{prefix}year"] is None and match["ayear"] is None,
            )
        if last is not None and last >= first:
            found.append(DateRange(Span(*match.span()), first, last, exact))
    for pattern in (_SINCE, _OPEN):
        for match in pattern.finditer(text, start, end):
            first = _month(match, "a", last=False)
            if first is not None:
                found.append(DateRange(Span(match.start(), match.end()), first, None, match["ayear"] is None))
    kept: list[DateRange] = []
    for item in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        if not kept or item.span.start >= kept[-1].span.end:
            kept.append(item)
    return kept


def single_dates(text: str, start: int, end: int) -> Iterator[DateRange]:
    """Dates that stand alone, each as a range of one month or one year."""
    for match in _SINGLE.finditer(text, start, end):
        first, last = _month(match, "a", last=False), _month(match, "a", last=True)
        if first is not None and last is not None:
            yield DateRange(Span(*match.span()), first, last, match["ayear"] is None)


def _present(match: re.Match[str], prefix: str) -> bool:
    return any(match[f"{prefix}{part}"] for part in ("month", "season", "isoyear", "nmonth", "year"))


def _month(match: re.Match[str], prefix: str, *, last: bool) -> Month | None:
    if match[f"{prefix}month"]:
        return Month(_year(match[f"{prefix}myear"]), _MONTHS[match[f"{prefix}month"].lower().rstrip(".")])
    if match[f"{prefix}season"]:
        months = _SEASONS[match[f"{prefix}season"].lower()]
        return Month(int(match[f"{prefix}syear"]), months[1 if last else 0])
    if match[f"{prefix}isoyear"]:
        return Month(int(match[f"{prefix}isoyear"]), int(match[f"{prefix}isomonth"]))
    if match[f"{prefix}nmonth"]:
        return Month(_year(match[f"{prefix}nyear"]), int(match[f"{prefix}nmonth"]))
    if match[f"{prefix}year"]:
        return Month(int(match[f"{prefix}year"]), 12 if last else 1)
    return None


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    # Two digits: a resume does not look more than a few years ahead.
    return 2000 + int(text) if int(text) < 50 else 1900 + int(text)


def months_between(start: Month, end: Month) -> int:
    """Months from ``start`` to ``end``, both counted."""
    return max(0, end.number - start.number + 1)


def union_months(ranges: list[tuple[Month, Month]]) -> int:
    """Months covered by any of ``ranges``, each month counted once."""
    total, reached = 0, -1
    for start, end in sorted(ranges):
        first = max(start.number, reached + 1)
        if end.number >= first:
            total += end.number - first + 1
            reached = end.number
    return total
