"""What a posting asks of each mention: how strongly, and for how many years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.extraction.cues import Scope
from matcher.extraction.mentions import REQUIREMENT_SECTIONS, Found
from matcher.extraction.segments import Sentence, Unit
from matcher.model import SkillKind, Span, Strength

_SECTION_STRENGTH: dict[str, Strength] = {
    "requirements": "required",
    "responsibilities": "required",
    "role": "required",
    "title": "required",
    "preferred": "preferred",
    "stack": "mentioned",
    "about-company": "mentioned",
    "other": "mentioned",
}
# What a company names when it speaks of itself may matter; tools and platforms are as often its investors.
_MENTIONED_KINDS = frozenset({"concept", "language", "framework"})
ASKING_SECTIONS = frozenset({"requirements", "responsibilities", "preferred", "role", "title"})
SILENT_SECTIONS = frozenset({"benefits", "legal"})

_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ]
    )
}
_NUMBER = rf"(?:\d{{1,2}}(?:\.\d)?|{'|'.join(_NUMBERS)})"
_YEARS = re.compile(
    rf"(?<![\w$.])(?P<low>{_NUMBER})(?:-plus)?\s*(?:\(\s*\d{{1,2}}\s*\)\s*)?\+?\s*(?:(?:-|–|—|to|or)\s*(?P<high>{_NUMBER}|more)\s*\+?\s*)?"
    r"(?:or\s+more\s+|plus\s+|\+\s*)?(?:full\s+|solid\s+|relevant\s+|professional\s+)?(?:(?:years?|yrs?\.?|yoe)\b(?:['’])?|(?<=\+\s)(?=experience\b))",
    re.IGNORECASE,
)
# Looking for this alone is far faster, and most sentences do not have it. "3+ experience" has lost its years.
_SAYS_YEARS = re.compile(r"[yY+](?i:ear|r|oe|\sexperience)")
_ALNUM = re.compile(r"\w")
# More is nobody's experience that is asked; a company may be that old.
_MOST_YEARS_ASKED = 25.0
_NOT_ASKED_YEARS = re.compile(
    r"\b(?:(?:over|in|during|within) the (?:past|last)|for (?:over|more than|the past|the last)"
    r"|years old|years ago|year[- ]old|per year"
    r"|a year|in business|in a row"
    r"|our \d+|founded|18 years|years of age|contract|warranty|anniversary|vest(?:ing|s)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class YearsAsked:
    """An expression such as "3-5 years", in years."""

    span: Span
    low: float
    high: float | None


def section_strength(unit: Unit) -> Strength | None:
    """The strength a section gives its mentions; None where the section asks nothing."""
    return _SECTION_STRENGTH.get(unit.section)


def mention_strength(
    unit: Unit, item: Found, scopes: Sequence[Scope], kind: SkillKind | None = None, *, company: bool = False
) -> Strength | None:
    """Required, preferred or mentioned; None where the mention asks nothing at all.

    A cue of the sentence decides over the section; of several cues the nearest does. Where the company speaks of
    itself (``company``), what it does is mentioned, how it works is nothing that the candidate is asked.
    """
    base = section_strength(unit)
    company = company or unit.section == "about-company"
    if base is None or not (scopes or company):
        return base
    governing = [scope for scope in scopes if scope.cue.kind in _STRENGTH_CUES and scope.governs(item.first, item.last)]
    if company:
        # What it says it uses is mentioned, whatever it is.
        used = item.named and any(scope.cue.kind == "mentioned" for scope in governing)
        return "mentioned" if used or (item.named and kind in _MENTIONED_KINDS) else None
    if not governing:
        return base
    order = {"preferred": 0, "negation": 1, "mentioned": 2, "required": 3}
    nearest = min(governing, key=lambda scope: (order[scope.cue.kind], abs(scope.at - item.first)))
    said = nearest.cue.kind
    if said == "negation":
        return "mentioned"
    if said == "required":
        return "required" if base != "mentioned" else base
    if said == "mentioned":
        # "We use" inside the requirements still says what is asked; what the stack includes does not.
        asks = unit.section in REQUIREMENT_SECTIONS and not nearest.cue.everywhere
        return base if asks else "mentioned"
    return "preferred" if base != "mentioned" else base


_STRENGTH_CUES = frozenset({"required", "preferred", "mentioned", "negation"})
_COMPANY_VOICE = re.compile(
    r"^[\s\W]*(?:(?:at|here at|with)\s+[A-Z][\w.&' ]{1,30},\s+)?(?:we|our|they|us|founded|backed)\b", re.IGNORECASE
)
_COMPANY_NAMED = re.compile(
    r"^[\s\W]*(?:[A-Z][\w.&']*\s){1,3}(?:is|has|was|provides|offers|builds|makes|helps|delivers|serves|powers)\b"
)
_WANTS_SOMEBODY = re.compile(
    r"\b(?=[lsnweraihyc])"
    r"(?:look(?:ing)?|seek(?:ing)?|need|want|search(?:ing)?|expect|require|are after|would (?:love|like)"
    r"|hop(?:e|ing)|ask|you|your|candidate|someone|engineers? who|ideal)\b",
    re.IGNORECASE,
)
_COMPANY_SECTIONS = frozenset({"role", "about-company", "other"})


def speaks_of_company(unit: Unit, text: str, sentence: Sentence) -> bool:
    """Whether a sentence says something of the company rather than of the candidate."""
    if unit.section not in _COMPANY_SECTIONS:
        return False
    content = text[sentence.span.start : sentence.span.end]
    speaks = _COMPANY_VOICE.match(content) or _COMPANY_NAMED.match(content)
    return speaks is not None and not _WANTS_SOMEBODY.search(content)


def years_asked(text: str, sentence: Sentence, most: float = _MOST_YEARS_ASKED) -> list[YearsAsked]:
    """The expressions of up to ``most`` years of experience in a sentence, a company's age and the like left out."""
    if not _SAYS_YEARS.search(text, sentence.span.start, sentence.span.end):
        return []
    found = []
    for match in _YEARS.finditer(text, sentence.span.start, sentence.span.end):
        around = text[max(sentence.span.start, match.start() - 30) : min(sentence.span.end, match.end() + 25)]
        if _NOT_ASKED_YEARS.search(around):
            continue
        if not _SAYS_YEARS.search(match.group()) and _ALNUM.search(text, sentence.span.start, match.start()):
            continue  # "Java 8+ experience"
        low = _number(match["low"])
        high = match["high"]
        upper = _number(high) if high and high.lower() != "more" else None
        if low > most:
            continue
        found.append(YearsAsked(Span(*match.span()), low, upper))
    return found


def _number(text: str) -> float:
    folded = text.lower()
    return float(_NUMBERS[folded]) if folded in _NUMBERS else float(folded)


# "Python: 5 years", "Python - 5 years", "Python (5 years)": years right behind a name are that name's own.
_OWN_YEARS = re.compile(r"\s{0,2}(?:[:(–—-]|,?\s?with)\s{0,2}(?:at least |minimum |min\.? )?", re.IGNORECASE)
# A new clause, or an item of the list that has a head of its own ("…, experience with Docker"), cuts the tie.
_CUTS_YEARS = re.compile(
    r";|\bability to\b|\bas well as the\b|\bwho\b"
    r"|,\s*(?:and\s+)?(?:[a-z-]+\s+){0,2}(?:experience|proficien\w+|knowledge|familiar\w*|understanding|expertise|skills?)"
    r"\s+(?:with|in|of|using)\b",
    re.IGNORECASE,
)
# What follows a closing bracket has other years, or none.
_BELONGS_BEFORE = re.compile(r"[^(]{0,20}\)")


def years_for(item: Found, years: Sequence[YearsAsked], text: str) -> float | None:
    """The years that govern a mention: the last expression before it, or one in brackets right behind it."""
    behind = [entry for entry in years if entry.span.start >= item.span.end]
    if behind and _OWN_YEARS.fullmatch(text[item.span.end : behind[0].span.start]):
        return behind[0].low
    before = [entry for entry in years if entry.span.end <= item.span.start]
    if not before:
        return None
    last = before[-1]
    between = text[last.span.end : item.span.start]
    if _BELONGS_BEFORE.match(between):
        return None
    return None if _CUTS_YEARS.search(between) else last.low
