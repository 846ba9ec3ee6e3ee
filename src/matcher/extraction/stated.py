"""Years of experience that a resume states in so many words ("7 yrs exp.") rather than shows by dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.extraction.requirements import years_asked
from matcher.extraction.roles import FoundRole
from matcher.extraction.segments import Segmented, Unit
from matcher.model import Span

# Where people speak of themselves as a whole. Elsewhere years are those of a course, a project or an employer.
_OPENING_SECTIONS = frozenset({"header", "summary", "other", "skills", "experience"})
_BEHIND = re.compile(
    r"\s*(?:of\s+|’\s*|'\s*)?(?:[\w/&+-]+,?\s+){0,4}?(?:experience|exp\b|expertise|background)", re.IGNORECASE
)
_AT_WORK = re.compile(r"\s*(?:of\s+|spent\s+)?(?:in|as|at|across|[a-z]{3,}ing)\b", re.IGNORECASE)
# A line that begins with the figure ("- 5 yrs server-side dev") says it of the person.
_OPENS = re.compile(r"[\W_]*(?:(?:over|about|around|approx\.?)\s+)?\s*$", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:experience|exp)\b\.?\s*(?::|–|—|-|of)?\s*(?:over|about|around|approx\.?)?\s*$", re.IGNORECASE
)
# "exp: 3y", which is too short to be years anywhere else.
_SHORT = re.compile(
    r"\b(?:years?|yrs?)?\s*(?:of\s+)?(?:experience|exp)\.?\s*[:=–—-]\s*(?P<years>\d{1,2}(?:\.\d)?)\s*\+?\s*y\b",
    re.IGNORECASE,
)
_LEAD_WINDOW = 40
_MOST_YEARS = 50.0


@dataclass(frozen=True, slots=True)
class StatedYears:
    """What is stated, in years, and where."""

    years: float
    span: Span
    unit: Unit


def stated_years(segmented: Segmented, roles: Sequence[FoundRole]) -> StatedYears | None:
    """The most years of experience that a resume states outside of its roles; None where it states none."""
    bodies = [(role.header.start, role.body.end) for role in roles]
    found = [
        item
        for item in _statements(segmented)
        if 0 < item.years <= _MOST_YEARS and not any(low <= item.span.start < high for low, high in bodies)
    ]
    return max(found, key=lambda item: (item.years, -item.span.start), default=None)


def _statements(segmented: Segmented) -> Iterator[StatedYears]:
    text = segmented.document.text
    for unit in segmented.units:
        if unit.kind == "heading" or unit.section not in _OPENING_SECTIONS:
            continue
        for sentence in unit.sentences:
            for entry in years_asked(text, sentence, _MOST_YEARS):
                behind = text[entry.span.end : sentence.span.end]
                before = text[max(sentence.span.start, entry.span.start - _LEAD_WINDOW) : entry.span.start]
                opens = entry.span.start - sentence.span.start <= _LEAD_WINDOW and _OPENS.match(before)
                if opens or _BEHIND.match(behind) or _AT_WORK.match(behind) or _BEFORE.search(before):
                    yield StatedYears(entry.low, entry.span, unit)
        for match in _SHORT.finditer(text, unit.span.start, unit.span.end):
            yield StatedYears(float(match["years"]), Span(*match.span()), unit)
