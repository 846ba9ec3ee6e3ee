"""Roles of a resume: a date range, the title and the employer that stand with it, and the text that belongs to it.

The steps, each a pure function: text to rows (``role_rows``), rows to dates that head a role and the rows that name it
(``role_headers``), those rows to title and employer (``role_names``); here they are put together, and each role gets
its kind and its body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matcher.extraction.dates import DateRange
from matcher.extraction.role_headers import Header, headers
from matcher.extraction.role_names import is_study
from matcher.extraction.role_rows import Row
from matcher.extraction.role_words import RoleWords
from matcher.model import Span

RoleKind = Literal["job", "internship", "education", "volunteering", "project"]

_STUDENT = re.compile(
    r"\b(?:intern|interns|internship|trainee|traineeship|(?<!soc\.\s)co-?op|visiting\s+student|apprentice(?:ship)?"
    r"|stagiaire|praktikum|praktikantin|praktikant|estagi[áa]rio|est[áa]gio|becari[oa]|pasant[ií]a|tirocinio)\b|\(stage\)",
    re.IGNORECASE,
)
# A break in a career has dates and is no job.
_BREAK = re.compile(
    r"\b(?:career\s+break|sabbatical|(?:parental|maternity|paternity|family|medical)\s+leave|gap\s+year|elternzeit)\b",
    re.IGNORECASE,
)
_UNPAID = re.compile(r"\bvolunteer(?:ing)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundRole:
    """A role and where it was read.

    Attributes:
        title: of a job as it is written; of a time of study the degree, of a project its name.
        employer: without its place; of a time of study the school.
        header: the lines that name it.
        body: from its header to the next one, whose mentions belong to it.
    """

    title: str | None
    employer: str | None
    dates: DateRange
    kind: RoleKind
    header: Span
    body: Span


def find_roles(text: str, rows: Sequence[Row], words: RoleWords) -> tuple[FoundRole, ...]:
    """The roles, in order of place."""
    found = headers(text, rows, words)
    begins = [_begin(text, rows, found, number) for number in range(len(found))]
    roles = []
    for number, header in enumerate(found):
        last = header.rows[-1]
        stop = begins[number + 1] if number + 1 < len(found) else None
        body = Span(begins[number], _end(rows, header, stop))
        named = Span(body.start, max(header.anchor.dates.span.end, min(rows[last].span.end, body.end)))
        section = rows[header.anchor.first].section
        kind = _kind(section, header, text[named.start : named.end], words)
        if _BREAK.search(text[named.start : named.end]):
            continue
        if kind == "education" and not is_study(text[named.start : named.end], words):
            # An honour or an activity with dates under a degree.
            continue
        roles.append(FoundRole(header.names.title, header.names.employer, header.anchor.dates, kind, named, body))
    return tuple(roles)


def _begin(text: str, rows: Sequence[Row], found: Sequence[Header], number: int) -> int:
    """Where a role begins; of two in one row, the later one behind the dates of the earlier one."""
    header = found[number]
    if number and found[number - 1].anchor.last == header.anchor.first:
        at = found[number - 1].anchor.dates.span.end
        return next((index for index in range(at, len(text)) if text[index].isalnum()), at)
    return rows[header.rows[0]].span.start


def _end(rows: Sequence[Row], header: Header, stop: int | None) -> int:
    """The end of the section, or of what stands before the next role in it."""
    end, run = header.anchor.dates.span.end, rows[header.anchor.first].run
    for row in rows[header.anchor.first :]:
        if row.run != run or (stop is not None and row.span.start >= stop):
            break
        end = max(end, row.span.end)
    return end if stop is None else max(min(end, stop), header.anchor.dates.span.end)


def _kind(section: str, header: Header, named: str, words: RoleWords) -> RoleKind:
    title = header.names.title or ""
    if section == "education":
        return "education"
    if section == "volunteering" or _UNPAID.search(title):
        return "volunteering"
    if section in {"projects", "research"}:
        return "project"
    if _STUDENT.search(title) or (section == "experience" and _STUDENT.search(named)):
        return "internship"
    if section != "experience" and not words.is_title(title) and is_study(named, words):
        return "education"
    return "job"
