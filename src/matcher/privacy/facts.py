"""Facts about a person that carry a label or stand in a fixed phrase: birth, age, gender, nationality and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from matcher.model import Span

Fact = Literal["birth", "age", "gender", "nationality", "marital-status", "photo", "address", "name", "family"]

_LABELS: dict[Fact, str] = {
    "birth": r"(?:date\s(?:and\splace\s)?of\sbirth|place\sof\sbirth|birth\s?-?(?:date|day|place)|d\.?\s?o\.?\s?b\.?"
    r"|born(?:\son|\sin)?|geburtsdatum|date\sde\snaissance)",
    "age": r"(?:age)",
    "gender": r"(?:gender|sex|preferred\spronouns|pronouns)",
    "nationality": r"(?:nationality|nationalities|citizenship|citizen\sof|country\sof\sorigin|place\sof\sorigin|"
    r"ethnicity|ethnic\sorigin|race|religion|caste|visa\sstatus|visa|immigration\sstatus|work\sauthori[sz]ation|"
    r"passport(?:\s(?:no|number|details))?\.?|mother\stongue|national\sid(?:entity)?(?:\s(?:no|number))?|"
    r"social\ssecurity(?:\s(?:no|number))?|ssn|pan(?:\sno)?|aadhaar(?:\sno)?)",
    "marital-status": r"(?:marital\sstatus|civil\sstatus|family\sstatus|relationship\sstatus|marital|children)",
    "photo": r"(?:photo|photograph|picture|headshot|profile\s(?:photo|picture|image))",
    "address": r"(?:(?:permanent|current|present|home|residential|mailing|postal|correspondence|contact|local)?\s?"
    r"address|residence|place\sof\sresidence|hometown|home\stown|resides\sin|(?:current\s)?location|based\sin|"
    r"lives\sin)",
    "name": r"(?:(?:full|first|last|given|family|middle|sur|candidate(?:'s|’s)?|applicant(?:'s|’s)?|legal|preferred)"
    r"\s?name|name|surname)",
    "family": r"(?:(?:father|mother|husband|wife|spouse|guardian)(?:'s|’s)?\s(?:name|occupation)|spouse|"
    r"father\s?/\s?husband(?:'s|’s)?\sname)",
}  # fmt: skip
_SEPARATOR = r"\s*(?:[:=\t]|\s[-–—]\s|\s{2,}|[-–—]\s)\s*:?\s*"
_VALUE = (
    r"(?P<value>[^\n|•·;\t]{1,120}?)"
    r"(?=\s*(?:$|[|•·;\t\n]|\s{3,}|,?\s(?:gender|sex|nationality|marital|d\.?o\.?b|age|date of)\b))"
)
_LABELLED = {
    fact: re.compile(
        rf"(?:^|(?<=[|•·;,/\t\n])|(?<=\s\s)|(?<=[.!?]\s))[\s•*\-–—●▪]*(?P<label>{label}){_SEPARATOR}{_VALUE}",
        re.IGNORECASE | re.MULTILINE,
    )
    for fact, label in _LABELS.items()
}
_ALONE = {
    fact: re.compile(rf"^[\s•*●▪-]*(?:{label})\s*[:\-–]?\s*$", re.IGNORECASE | re.MULTILINE)
    for fact, label in _LABELS.items()
    if fact not in ("name", "photo")
}
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[\s./\-]+(?:of\s)?(?:{_MONTH}|\d{{1,2}})[\s.,/\-]+\d{{2,4}}|{_MONTH}\s\d{{1,2}}"
    rf"(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|(?:{_MONTH}\s)?(?:19|20)\d\d)"
)
_PEOPLES = (
    r"(?:american|british|english|scottish|welsh|irish|canadian|australian|indian|pakistani|bangladeshi|chinese|"
    r"taiwanese|japanese|korean|vietnamese|thai|filipino|indonesian|malaysian|singaporean|german|french|spanish|"
    r"italian|portuguese|dutch|belgian|swiss|austrian|polish|czech|slovak|hungarian|romanian|bulgarian|greek|turkish|"
    r"russian|ukrainian|swedish|norwegian|danish|finnish|israeli|iranian|iraqi|egyptian|moroccan|tunisian|algerian|"
    r"nigerian|ghanaian|kenyan|ethiopian|ugandan|south\safrican|mexican|brazilian|argentin(?:e|ian)|chilean|"
    r"colombian|peruvian|venezuelan|cuban|lebanese|syrian|jordanian|saudi|emirati|afghan|nepal(?:i|ese)|sri\slankan|"
    r"u\.?s\.?a?\.?|u\.?k\.?|e\.?u\.?|european|swiss|croatian|serbian|estonian|latvian|lithuanian)"
)
_PHRASES: tuple[tuple[Fact, re.Pattern[str]], ...] = (
    ("birth", re.compile(rf"\bborn\s(?:on\s|in\s)?(?:the\s)?{_DAY}(?:\sin\s[A-Z]\w+(?:,\s[A-Z]\w+)?)?", re.IGNORECASE)),
    ("birth", re.compile(r"\bborn\s(?:and\sraised\s)?in\s[A-Z][\w-]+(?:,?\s[A-Z][\w-]+){0,2}")),
    ("age", re.compile(r"\b\d{2}[\s-]?(?:years?|yrs?)[\s-]old\b|\baged\s\d{2}\b", re.IGNORECASE)),
    # Not HIS, the hospital information system.
    ("gender", re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]er|[Hh]is|[Hh]ers|[Hh]imself|[Hh]erself)\b")),
    ("gender", re.compile(r"(?<!\w)(?:they\s?/\s?them(?:\s?/\s?theirs)?)(?!\w)", re.IGNORECASE)),
    ("gender", re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Herr|Frau|Madame|Monsieur)\b\.?(?=\s[A-Z])")),
    ("gender", re.compile(r"^[\s•*-]*(?:male|female|non-?binary|transgender)\s*$", re.IGNORECASE | re.MULTILINE)),
    ("nationality", re.compile(
        rf"\b(?:dual\s)?{_PEOPLES}(?:\s?(?:/|and|&)\s?{_PEOPLES})?\s(?:citizen(?:ship)?|national(?:ity)?|passport"
        r"(?:\sholder)?|work\s(?:permit|visa))\b(?!\s(?-i:[A-Z][a-z]))", re.IGNORECASE)),
    ("nationality", re.compile(
        r"\bcitizen\sof\s(?:the\s)?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}|\b(?:green\scard|permanent\sresiden(?:t|cy|ce)|"
        r"h-?1-?b|ead|opt)\s(?:holder|card|visa|status)\b|\bpermanent\sresident\b", re.IGNORECASE)),
    ("marital-status", re.compile(
        r"^[\s•*-]*(?:single|unmarried|married|divorced|widowed|engaged|separated)\s*$"
        r"|\b(?:happily\s)?(?:married|divorced|widowed)(?:\s(?:to|with|since)\b[^\n.;,]{0,40})?"
        r"(?=\s*(?:[,.;|•·\n]|$|\swith\s))"
        r"|\b(?:father|mother|parent)\sof\s(?:\d|one|two|three|four|five|six)\b[^\n.;]{0,30}",
        re.IGNORECASE | re.MULTILINE)),
    ("photo", re.compile(
        r"[\[(<{]\s?(?:photo(?:graph)?|picture|headshot|image)\s?[\])>}]|\b(?:photo(?:graph)?|picture|headshot)\s"
        r"(?:attached|enclosed|here)\b", re.IGNORECASE)),
)  # fmt: skip
# Labels that are words of everyday prose count only where the person is described.
_PROSE = frozenset({"age", "photo", "name", "address"})


def facts(text: str, *, personal: bool) -> Iterator[tuple[Fact, Span]]:
    """Facts in one stretch of text; ``personal`` where it is the head or a section of personal details."""
    for fact, pattern in _LABELLED.items():
        if fact in _PROSE and not personal:
            continue
        for match in pattern.finditer(text):
            if match["value"].strip():
                yield fact, Span(match.start("value"), match.end("value"))
    for fact, pattern in _PHRASES:
        for match in pattern.finditer(text):
            start = match.start() + len(match.group()) - len(match.group().lstrip(" •*-\n"))
            yield fact, Span(start, match.end())


def label_of(line: str) -> Fact | None:
    """The fact whose label fills a whole line, so that the value stands on the next one."""
    return next((fact for fact, pattern in _ALONE.items() if pattern.fullmatch(line)), None)
