"""Roles told in a sentence: "Working as a Data Engineer in Acme Ltd, Pune from Nov 2022 to till date"."""

from __future__ import annotations

import re

from matcher.extraction.role_names import Names
from matcher.extraction.role_words import RoleWords

_LEAD = (
    r"^\W*(?:(?:i\s+am|i\s+was|i\s+have|i’ve|i've|have\s+been|been|am|presently|currently|previously|formerly|now|also)\s+)*"
    r"(?:work(?:ing|ed|s)?|employed|serv(?:ing|ed)|associated|engaged|joined)"
)
_ARTICLE = r"(?:an?\s+|the\s+)?"
_AT = r"(?:in|at|with|for|@)"
_UNTIL_DATES = r"(?:[\s,]+(?:from|since|between|during|for\s+the\s+period(?:\s+of)?))?[\s,:(\[–—-]*$"
_TITLE_FIRST = re.compile(
    rf"{_LEAD}\s+as\s+{_ARTICLE}(?P<title>\S.{{1,70}}?)\s+{_AT}\s+(?P<employer>\S.{{1,90}}?){_UNTIL_DATES}",
    re.IGNORECASE,
)
_WAS_FIRST = re.compile(
    r"^\W*(?:(?:and|then|before\s+that|after\s+that|earlier|previously|at\s+present|currently)[\s,]+)*"
    rf"i\s+(?:was|am|have\s+been)\s+{_ARTICLE}(?P<title>\S.{{1,70}}?)\s+{_AT}\s+(?P<employer>\S.{{1,90}}?){_UNTIL_DATES}",
    re.IGNORECASE,
)
_EMPLOYER_FIRST = re.compile(
    rf"{_LEAD}\s+{_AT}\s+(?P<employer>\S.{{1,90}}?)[\s,]+as\s+{_ARTICLE}(?P<title>\S.{{1,70}}?){_UNTIL_DATES}",
    re.IGNORECASE,
)
# "2 years as Front-End Engineer at Acme from 2014 to today": how long it was opens the row.
_SPAN_FIRST = re.compile(
    rf"^\W*(?:\d[\d.,]*\s*\+?|a|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:years?|yrs?|months?)\s+"
    rf"(?:(?:of\s+experience\s+)?as\s+)?{_ARTICLE}(?P<title>\S.{{1,70}}?)\s+{_AT}\s+(?P<employer>\S.{{1,90}}?){_UNTIL_DATES}",
    re.IGNORECASE,
)
# "From May 2019 to June 2021 I was a Data Analyst at Acme": what stands around dates that open a sentence.
_DATES_OPEN = re.compile(
    r"^\W*(?:(?:at\s+the\s+moment|currently|now|at\s+present|then|before\s+that|from|between|in|since|during|by|until)\W*)*$",
    re.IGNORECASE,
)
_WAS = r"^\W*(?:i\s+)?(?:have\s+been|was|am|(?:have\s+)?worked|work|served|serve)\b"
_STOP = r"(?=[,.;:(]|\s+(?:where|and|in|which)\b|$)"
_THEN_TITLE = re.compile(
    rf"{_WAS}\s*(?:as\s+)?{_ARTICLE}(?P<title>\S.{{1,70}}?)\s+{_AT}\s+{_ARTICLE}(?P<employer>\S.{{1,60}}?){_STOP}", re.I
)
_THEN_EMPLOYER = re.compile(
    rf"{_WAS}\s+{_AT}\s+(?P<employer>\S.{{1,60}}?)\s+as\s+{_ARTICLE}(?P<title>\S.{{1,70}}?){_STOP}", re.IGNORECASE
)

_ONESELF = frozenset({"myself", "me", "my own"})


def opens_with_dates(before: str) -> bool:
    """Whether the words before dates only lead them in ("From", "At the moment ("), so a sentence goes on."""
    return bool(before.strip()) and _DATES_OPEN.match(before) is not None


def told_names(before: str, after: str, words: RoleWords) -> Names | None:
    """Title and employer that a sentence tells around the dates of a job; None where it tells none.

    Args:
        before: the text from the beginning of the row to its dates.
        after: the text from its dates to the end of the row.
        words: says what a title is.
    """
    told = (pattern.match(before) for pattern in (_TITLE_FIRST, _EMPLOYER_FIRST, _WAS_FIRST, _SPAN_FIRST))
    match = next(filter(None, told), None)
    if match is None and _DATES_OPEN.match(before):
        match = _THEN_EMPLOYER.match(after) or _THEN_TITLE.match(after)
    if match is None:
        return None
    title = match["title"].strip(" ,'\"“”")
    if not words.is_title(title):
        return None
    employer = words.without_place(match["employer"].strip(" ,.'\"“”"))
    return Names(title, None if employer.lower() in _ONESELF else employer)
