"""Dates and ranges of dates as people write them on resumes: text to year and month, with the place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from matcher.model import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar", "february feb februar", "march mar märz", "april apr", "may mai", "june jun juni",
            "july jul juli", "august aug", "september sept sep", "october oct oktober okt", "november nov",
            "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# The first and the last month that a season, a quarter or a part of a year stands for.
_SEASONS = {
    "spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11), "winter": (12, 12),
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12),
    "early": (1, 4), "mid": (5, 8), "late": (9, 12),
}  # fmt: skip
_MONTH_NAME = (
    r"(?:jan(?:uary?)?|feb(?:ruary?)?|mar(?:ch)?|märz|apr(?:il)?|ma[yi]|jun[ei]?|jul[yi]?"
    r"|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)"
)
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_DAY = r"(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?"
# One date; the names of its groups begin with a letter for its place in the range. Months above 12 are read so that
# they can be reported.
_POINT = rf"""(?:
    (?:{_DAY}\s+(?:of\s+)?)?(?P<{{0}}month>{_MONTH_NAME})(?![a-z])\.?,?\s*(?:-\s*|/\s*|'|’|{_DAY},?\s+|of\s+)?
        (?P<{{0}}myear>{_YEAR}|(?<=['’])\d\d|(?<=-)\d\d)
  | (?P<{{0}}season>spring|summer|fall|autumn|winter|q[1-4]|early|mid|late)\s*[-,]?\s*(?:of\s+)?(?P<{{0}}syear>{_YEAR})
  | (?P<{{0}}isoyear>{_YEAR})[-/.](?P<{{0}}isomonth>0?[1-9]|1[0-2])(?![\d/])(?:[-.]\d\d\b)?
  | (?:(?:1[3-9]|2\d|3[01])[/.])(?P<{{0}}dmonth>0?[1-9]|1[0-2])[/.](?P<{{0}}dyear>{_YEAR})
  | (?P<{{0}}nmonth>\d{{{{1,2}}}})\s?[/.-]\s?(?:(?P<{{0}}nday>{_DAY})[/.])?(?P<{{0}}nyear>{_YEAR})
  | (?P<{{0}}smonth>0?[1-9]|1[0-2])/(?P<{{0}}shyear>\d\d)(?![\d/])
  | (?P<{{0}}year>{_YEAR})
)"""
_PRESENT = (
    r"(?:present(?:\s+day)?|current(?:ly)?|now|today|to[\s-]+(?:date|day)|till[\s-]+(?:now|date|today)|until[\s-]+now"
    r"|up\s+to\s+(?:now|date)|on-?going|onwards?|date|heute|actual(?:idad)?|aujourd['’]hui)"
)
_TO = r"(?:\bto\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b|\bup\s+to\b|\bbis\b)"
_DASH = rf"(?:\s*+(?:[-–—‒―−~→�\x96\x97]+|{_TO})\s*+)"
# Between two dates: a dash, or where it was lost a tab, a line break or a run of spaces; and what may follow a date.
_RANGE = re.compile(
    rf"(?<![\w/-]){_POINT.format('a')}(?:"
    rf"{_DASH}(?:{_POINT.format('b')}|(?P<present>{_PRESENT})|(?P<short>\d\d)(?![\w/.-]))"
    rf"|(?:\s{{2,}}+|\t|\n){_POINT.format('c')}"
    rf"|\s*+(?P<glued>present|current|(?:un)?till?\s+(?:now|date)|to\s+date|onwards?)"
    rf"|(?P<together>{_YEAR})|\s?/\s?(?P<slashed>{_YEAR}|\d\d))(?![\w])",
    re.IGNORECASE | re.VERBOSE,
)
_LOST_DASH = re.compile(
    rf"(?<![\w/-])(?P<from>{_MONTH_NAME})\.?,?\s+(?P<first>{_YEAR})\s(?P<to>{_MONTH_NAME})\.?,?\s+(?P<last>{_YEAR})(?!\w)",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"(?<!\w)(?:since|seit)\s+{_POINT.format('a')}(?!\w)", re.IGNORECASE | re.VERBOSE)
_OPEN = re.compile(
    rf"(?<![\w/]){_POINT.format('a')}\s*[-–—]\s*(?=$|\n|\)|\t|(?<=\s\s)[^\W\d])",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_BETWEEN = re.compile(
    rf"\bbetween\s+{_POINT.format('a')}\s+and\s+{_POINT.format('b')}(?!\w)", re.IGNORECASE | re.VERBOSE
)
_SHARED_YEAR = re.compile(
    rf"(?<![\w/-])(?P<from>{_MONTH_NAME})\.?{_DASH}(?P<to>{_MONTH_NAME})\.?,?\s+(?P<year>{_YEAR})(?!\w)",
    re.IGNORECASE,
)
_FROM = r"\b(?:from|start(?:ed|\s+date)?)\s*:\s*"
_UNTIL = r"\b(?:to|until|till|end(?:ed|\s+date)?)\s*:\s*"
_LABELLED = re.compile(
    rf"{_FROM}{_POINT.format('a')}(?:\s+{_UNTIL}(?:{_POINT.format('b')}|(?P<present>{_PRESENT}))(?!\w)|[ \t]*$)",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_STACKED = re.compile(
    rf"^[ \t]*(?:{_POINT.format('b')}|(?P<present>{_PRESENT}))[ \t]*\n[ \t]*{_POINT.format('a')}(?=[ \t]{{2}})",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_DOTTED = re.compile(rf"(?<![\w.])(?P<first>0[1-9]|1[0-2])\.(?P<begun>\d\d){_DASH}{_PRESENT}(?![\w.])", re.IGNORECASE)
# Some line further down tells when what was begun has ended.
_ENDS_BELOW = re.compile(
    r"(?:[^\n]*\n){1,4}?[^\w\n]*(?:to|until|till|end(?:ed|\s+date)?|finish(?:ed)?|graduat(?:ed|ion)|completed|duration)"
    r"(?:\s+date)?\s*:",
    re.IGNORECASE,
)
# What every date holds, every "since" and every range that is left open: looking for these alone is far faster.
_DIGITS = re.compile(r"\d\d")
_SAYS_SINCE = re.compile(r"since|seit", re.IGNORECASE)
_OPEN_DASH = re.compile(r"[-–—]\s*(?:$|[\n)\t]|(?<=\s\s)[^\W\d])", re.MULTILINE)
_SHORT_YEARS = re.compile(r"(?<!\w)['’](?P<first>\d\d)\s*[-–—]\s*['’](?P<last>\d\d)(?!\w)")
_SINGLE = re.compile(rf"(?<![\w/.$€£-]){_POINT.format('a')}(?![\w%+]|[.,]\d)", re.IGNORECASE | re.VERBOSE)


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
    """A range of months as it was written.

    Attributes:
        end: None for "present"; before ``start`` where the text says so, which ``possible`` tells.
        exact: False where only years are told.
        possible: False where no such range can be: it ends before it begins, or a month has the number 13.
    """

    span: Span
    start: Month
    end: Month | None
    exact: bool = True
    possible: bool = True


def date_ranges(text: str, start: int, end: int) -> list[DateRange]:
    """The date ranges in ``text[start:end]`` in order of place, overlaps resolved to the earliest and longest."""
    if not _DIGITS.search(text, start, end):
        return []
    found = [
        *_shared_years(text, start, end),
        *_lost_dashes(text, start, end),
        *_betweens(text, start, end),
        *_short_years(text, start, end),
        *_full_ranges(text, start, end),
        *_labelled(text, start, end),
        *_stacked(text, start, end),
        *_dotted(text, start, end),
        *_open_ranges(text, start, end),
    ]
    kept: list[DateRange] = []
    for item in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        if not kept or item.span.start >= kept[-1].span.end:
            kept.append(item)
    return kept


def single_dates(text: str, start: int, end: int) -> Iterator[DateRange]:
    """Dates that stand alone, each as a range of one month, one season or one year."""
    if not _DIGITS.search(text, start, end):
        return
    for match in _SINGLE.finditer(text, start, end):
        yield DateRange(
            Span(*match.span()), _month(match, "a", last=False), _month(match, "a", last=True),
            match["ayear"] is None, _real(match, "a"),
        )  # fmt: skip


def overlap(first: DateRange, second: DateRange) -> bool:
    """Whether the second range, told behind the first, shares a month with it or goes on where it ends."""
    if first.end is None or second.end is None:
        return True
    return second.start.number <= first.end.number + 1 and first.start.number <= second.end.number + 1


def joined(first: DateRange, second: DateRange) -> DateRange:
    """Two ranges of one role as one: from the earlier start to the later end."""
    end = None if first.end is None or second.end is None else max(first.end, second.end)
    return DateRange(
        Span(min(first.span.start, second.span.start), max(first.span.end, second.span.end)),
        min(first.start, second.start), end, first.exact and second.exact, first.possible and second.possible,
    )  # fmt: skip


def _shared_years(text: str, start: int, end: int) -> Iterator[DateRange]:
    """ "May - August 2019"."""
    for match in _SHARED_YEAR.finditer(text, start, end):
        year = int(match["year"])
        first, last = Month(year, _MONTHS[match["from"].lower()]), Month(year, _MONTHS[match["to"].lower()])
        # "Nov - Feb 2020" began in the year before.
        yield DateRange(Span(*match.span()), first if first <= last else Month(year - 1, first.month), last)


def _lost_dashes(text: str, start: int, end: int) -> Iterator[DateRange]:
    """ "May 2019 August 2020": two full dates side by side are a range whose dash was lost."""
    for match in _LOST_DASH.finditer(text, start, end):
        first = Month(int(match["first"]), _MONTHS[match["from"].lower()])
        last = Month(int(match["last"]), _MONTHS[match["to"].lower()])
        if first <= last:
            yield DateRange(Span(*match.span()), first, last)


def _betweens(text: str, start: int, end: int) -> Iterator[DateRange]:
    """ "between 2014 and 2020"."""
    for match in _BETWEEN.finditer(text, start, end):
        first, last = _month(match, "a", last=False), _month(match, "b", last=True)
        if first <= last:
            exact = match["ayear"] is None and match["byear"] is None
            yield DateRange(Span(match.start() + len("between "), match.end()), first, last, exact)


def _short_years(text: str, start: int, end: int) -> Iterator[DateRange]:
    """ "'92 - '97"."""
    for match in _SHORT_YEARS.finditer(text, start, end):
        first, last = Month(_year(match["first"]), 1), Month(_year(match["last"]), 12)
        if first <= last:
            yield DateRange(Span(*match.span()), first, last, exact=False)


def _full_ranges(text: str, start: int, end: int) -> Iterator[DateRange]:
    at = start
    while match := _RANGE.search(text, at, end):
        at, item = match.end(), _range_of(match)
        if item is not None and not item.possible:
            # "became Acme in 2018 -- July 2017 to March 2018": the second date begins a range of its own.
            inner = _RANGE.search(text, match.start() + 1, end)
            later = _range_of(inner) if inner and inner.start() < match.end() else None
            if inner and later and later.possible:
                at, item = inner.end(), later
        if item is not None:
            yield item


def _range_of(match: re.Match[str]) -> DateRange | None:
    """The range of a match; None where it is none."""
    first, possible = _month(match, "a", last=False), _real(match, "a")
    dashed = True
    if match["present"] or match["glued"]:
        return DateRange(Span(*match.span()), first, None, match["ayear"] is None, possible)
    if year := match["together"] or match["slashed"] or match["short"]:
        if match["ayear"] is None:
            return None
        century = match["ayear"][:2] if len(year) == 2 else ""
        last, exact = Month(int(century + year), 12), False
        # A slash joins the two halves of an academic year and the versions of a product.
        if match["slashed"] and last.year != first.year + 1:
            return None
    else:
        prefix = "b" if _present(match, "b") else "c"
        dashed = prefix == "b"
        last = _month(match, prefix, last=True)
        exact = match[f"{prefix}year"] is None and match["ayear"] is None
        possible = possible and _real(match, prefix)
    # Without a dash two dates in the wrong order are no range; with one they are an impossible range.
    if last >= first or (dashed and match["together"] is None):
        return DateRange(Span(*match.span()), first, last, exact, possible and last >= first)
    return None


def _labelled(text: str, start: int, end: int) -> Iterator[DateRange]:
    """ "From: 10/2023" and below it "To: 01/2024"; without any end further down, it goes on."""
    for match in _LABELLED.finditer(text, start, end):
        goes_on = not (match["present"] or _present(match, "b"))
        if not (goes_on and _ENDS_BELOW.match(text, match.end())):
            yield from _turned(match)


def _stacked(text: str, start: int, end: int) -> Iterator[DateRange]:
    """The end of a range above its beginning, as in a narrow column of dates before the names."""
    for match in _STACKED.finditer(text, start, end):
        yield from _turned(match)


def _turned(match: re.Match[str]) -> Iterator[DateRange]:
    """The range from the date ``a`` of a match to its date ``b``, or to the present where it has none."""
    first = _month(match, "a", last=False)
    last = _month(match, "b", last=True) if _present(match, "b") else None
    if last is None or first <= last:
        exact = match["ayear"] is None and match["byear"] is None
        yield DateRange(Span(*match.span()), first, last, exact, _real(match, "a") and _real(match, "b"))


def _dotted(text: str, start: int, end: int) -> Iterator[DateRange]:
    """ "05.18 - present": only what goes on makes a date of it, for hours and versions have ends."""
    for match in _DOTTED.finditer(text, start, end):
        yield DateRange(Span(*match.span()), Month(_year(match["begun"]), int(match["first"])), None)


def _open_ranges(text: str, start: int, end: int) -> Iterator[DateRange]:
    """ "since 2019" and "2019 -" with nothing behind it."""
    for sign, pattern in ((_SAYS_SINCE, _SINCE), (_OPEN_DASH, _OPEN)):
        if not sign.search(text, start, end):
            continue
        for match in pattern.finditer(text, start, end):
            first = _month(match, "a", last=False)
            yield DateRange(Span(*match.span()), first, None, match["ayear"] is None, _real(match, "a"))


def _present(match: re.Match[str], prefix: str) -> bool:
    return any(
        match[f"{prefix}{part}"] for part in ("month", "season", "isoyear", "dmonth", "nmonth", "smonth", "year")
    )


def _real(match: re.Match[str], prefix: str) -> bool:
    """Whether the month of a date exists."""
    number = match[f"{prefix}nmonth"]
    return number is None or 1 <= int(number) <= 12


def _month(match: re.Match[str], prefix: str, *, last: bool) -> Month:
    """The month a date names; where it names only a part of a year, the first or the last month of that part."""
    if match[f"{prefix}month"]:
        return Month(_year(match[f"{prefix}myear"]), _MONTHS[match[f"{prefix}month"].lower()])
    if match[f"{prefix}season"]:
        return Month(int(match[f"{prefix}syear"]), _SEASONS[match[f"{prefix}season"].lower()][1 if last else 0])
    if match[f"{prefix}isoyear"]:
        return Month(int(match[f"{prefix}isoyear"]), int(match[f"{prefix}isomonth"]))
    if match[f"{prefix}dmonth"]:
        return Month(int(match[f"{prefix}dyear"]), int(match[f"{prefix}dmonth"]))
    if match[f"{prefix}smonth"]:
        return Month(_year(match[f"{prefix}shyear"]), int(match[f"{prefix}smonth"]))
    if match[f"{prefix}nmonth"] and _real(match, prefix):
        day = match[f"{prefix}nday"]
        first, second = int(match[f"{prefix}nmonth"]), int(day) if day and day.isdigit() else 0
        swap = 1 <= second <= 12 and _day_first(match.string)
        return Month(int(match[f"{prefix}nyear"]), second if swap else first)
    return Month(int(match[f"{prefix}nyear"] or match[f"{prefix}year"]), 12 if last else 1)


# "15/05/2016" has its day first, and so have all dates of the text it stands in; dots are only used that way.
_DAY_FIRST = re.compile(
    rf"(?<![\d/.])(?:(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/|(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.){_YEAR}"
)


@lru_cache(maxsize=8)
def _day_first(text: str) -> bool:
    """Whether a text writes the day of a date before its month."""
    return _DAY_FIRST.search(text) is not None


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
