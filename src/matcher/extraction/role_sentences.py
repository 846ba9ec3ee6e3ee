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
_EMPLOYER_FIRST = re.compile(
    rf"{_LEAD}\s+{_AT}\s+(?P<employer>\S.{{1,90}}?)[\s,]+as\s+{_ARTICLE}(?P<title>\S.{{1,70}}?){_UNTIL_DATES}",
    re.IGNORECASE,
)


def told_names(before: str, words: RoleWords) -> Names | None:
    """Title and employer that the words before the dates tell in a sentence; None where they tell no job.

    Args:
        before: the text from the beginning of the row to its dates.
        words: says what a title is.
    """
    match = _TITLE_FIRST.match(before) or _EMPLOYER_FIRST.match(before)
    if match is None:
        return None
    title = match["title"].strip(" ,'\"“”")
    if not words.is_title(title):
        return None
    return Names(title, words.without_place(match["employer"].strip(" ,.'\"“”")))
