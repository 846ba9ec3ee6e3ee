"""The same resume as somebody else's: what identity says is rewritten, and no score may move."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from matcher.model import Document, MatchResult, Profile, Span
from matcher.privacy.edits import Edit, inserted, rewritten
from matcher.privacy.personal import Personal, find_personal

SWAP_SCHEMA = "matcher.swap/1"
Attribute = Literal[
    "name", "pronouns", "address", "school", "date of birth", "nationality", "gender", "family", "photo", "all of them"
]
ATTRIBUTES: tuple[Attribute, ...] = (
    "name", "pronouns", "address", "school", "date of birth", "nationality", "gender", "family", "photo", "all of them",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody a resume is rewritten for; everybody here is invented."""

    first: str
    last: str
    pronouns: Literal["he", "she", "they"]
    city: str
    school: str
    born: str
    nationality: str
    gender: str
    family: str
    photo: str


PERSONAS: tuple[Persona, ...] = (
    Persona("Margaret", "Whitlock", "she", "Bath, United Kingdom", "University of Ostmark", "3 May 1961", "British",
            "female", "widowed", "photograph.jpg"),
    Persona("Oluwaseun", "Adeyinka-Bello", "he", "Ibadan, Nigeria", "Okpara State University", "17 November 2001",
            "Nigerian", "male", "single", "none"),
    Persona("Mei-Ling", "Zhao", "they", "Chengdu, China", "Jinhe Polytechnic", "1989-02-28", "Chinese", "non-binary",
            "married, two children", "attached"),
    Persona("Fátima", "García Núñez", "she", "Oaxaca, Mexico", "Instituto Valle Alto", "29/12/1975", "Mexican",
            "woman", "divorced", "see enclosure"),
)  # fmt: skip

_KINDS: dict[Attribute, frozenset[str]] = {
    "name": frozenset({"name", "e-mail", "link"}),
    "address": frozenset({"address"}),
    "date of birth": frozenset({"birth", "age"}),
    "nationality": frozenset({"nationality"}),
    "family": frozenset({"marital-status", "family"}),
    "photo": frozenset({"photo"}),
}
_PRONOUNS = {
    "he": ("he", "him", "his", "his", "himself"),
    "she": ("she", "her", "her", "hers", "herself"),
    "they": ("they", "them", "their", "theirs", "themselves"),
}
_PRONOUN = re.compile(r"\b(?:(he|she)|(him)|(his|her)|(hers)|(himself|herself))\b", re.IGNORECASE)
_SCHOOL_WORD = (
    r"(?:University|College|Institute|Institut|Instituto|Polytechnic|Academy|School|Universität|Universidad|Université)"
)
_CAPITAL = r"[A-ZÀ-Þ][\w.'’-]*"
_SCHOOL = re.compile(
    rf"\b(?:{_CAPITAL}[ ]){{1,4}}{_SCHOOL_WORD}\b(?:[ ]of[ ]{_CAPITAL}(?:[ ]{_CAPITAL}){{0,2}})?"
    rf"|\b{_SCHOOL_WORD}[ ](?:of|de|at|für)[ ](?:the[ ])?{_CAPITAL}(?:[ ]{_CAPITAL}){{0,2}}"
)
# A school of a subject is more than a name: "School of Computer Science" tells what was studied.
_SUBJECT = re.compile(
    r"\b(?:Computer|Computing|Informatics|Science|Engineering|Mathematics|Statistics|Data|Machine|Learning|Information|"
    r"Physics|Business|Management|Technology)\b"
)


@dataclass(frozen=True, slots=True)
class Variant:
    """A resume rewritten in one respect, or in all."""

    attribute: Attribute
    persona: str
    document: Document


@dataclass(frozen=True, slots=True)
class Change:
    """What one rewriting did to one score, in points from 0 to 100; None where the matcher abstains."""

    resume: str
    posting: str
    attribute: Attribute
    persona: str
    before: float | None
    after: float | None

    @property
    def size(self) -> float:
        """How far the score moved; 100 where it came or went altogether."""
        if self.before is None or self.after is None:
            return 0.0 if self.before is self.after else 100.0
        return abs(round((self.after - self.before) * 100)) / 100


@dataclass(frozen=True, slots=True)
class SwapCheck:
    """All comparisons made."""

    resumes: int
    postings: int
    changes: tuple[Change, ...]

    @property
    def largest(self) -> float:
        """The largest change of any score, in points."""
        return max((change.size for change in self.changes), default=0.0)

    @property
    def moved(self) -> tuple[Change, ...]:
        """The comparisons in which a score moved, the largest first."""
        return tuple(sorted((change for change in self.changes if change.size), key=lambda change: -change.size))


def swap_check(
    resumes: Iterable[Document],
    postings: Sequence[Profile],
    profile: Callable[[Document], Profile],
    score: Callable[[Profile, Profile], MatchResult],
    personas: Sequence[Persona] = PERSONAS,
) -> SwapCheck:
    """Score every resume, and every rewriting of it, against every posting."""
    changes, count = list[Change](), 0
    for document in resumes:
        count += 1
        before = profile(document)
        scores = [score(before, posting).score for posting in postings]
        for variant in variants(document, personas):
            after = profile(variant.document)
            changes.extend(
                Change(document.source, posting.document.source, variant.attribute, variant.persona, old,
                       score(after, posting).score)
                for posting, old in zip(postings, scores, strict=True)
            )  # fmt: skip
    return SwapCheck(count, len(postings), tuple(changes))


def variants(document: Document, personas: Sequence[Persona] = PERSONAS) -> Iterator[Variant]:
    """The rewritings of a resume: each attribute for each persona, then all at once.

    What the resume states is replaced; date of birth, nationality, gender, family and photo are also put in where the
    resume says nothing of them, in a line of their own below the first.
    """
    personal = find_personal(document)
    for persona in personas:
        name = f"{persona.first} {persona.last}"
        whole: list[Edit] = []
        for attribute in ATTRIBUTES[:-1]:
            edits = list(_edits(document, personal, attribute, persona))
            whole.extend(edits)
            changed = rewritten(document, edits) if edits else document
            line = _line(attribute, persona)
            if line and not edits and document.lines:
                changed = inserted(document, document.lines[0], line)
            if changed is not document:
                yield Variant(attribute, name, changed)
        together = rewritten(document, _apart(whole))
        if together.lines:
            added = " | ".join(line for attribute in ATTRIBUTES if (line := _line(attribute, persona)))
            yield Variant("all of them", name, inserted(together, together.lines[0], added))


def _line(attribute: Attribute, persona: Persona) -> str:
    lines: dict[Attribute, str] = {
        "date of birth": f"Date of birth: {persona.born}",
        "nationality": f"Nationality: {persona.nationality}",
        "gender": f"Gender: {persona.gender}",
        "family": f"Marital status: {persona.family}",
        "photo": f"Photo: {persona.photo}",
    }
    return lines.get(attribute, "")


def _edits(document: Document, personal: Sequence[Personal], attribute: Attribute, persona: Persona) -> Iterator[Edit]:
    text = document.text
    if attribute == "school":
        for match in _SCHOOL.finditer(text):
            if not _SUBJECT.search(match.group()):
                yield Edit(Span(match.start(), match.end()), _like(match.group(), persona.school))
        return
    if attribute in ("pronouns", "gender"):
        for item in personal:
            if item.kind == "gender":
                shown = text[item.span.start : item.span.end]
                pronoun = bool(_PRONOUN.fullmatch(shown))
                if pronoun == (attribute == "pronouns"):
                    yield Edit(item.span, _pronoun(shown, persona) if pronoun else _like(shown, persona.gender))
        return
    for item in personal:
        if item.kind in _KINDS.get(attribute, ()):
            yield Edit(item.span, _replacement(text[item.span.start : item.span.end], item.kind, attribute, persona))


def _replacement(shown: str, kind: str, attribute: Attribute, persona: Persona) -> str:
    handle = f"{persona.first}.{persona.last}".lower().replace(" ", "")
    if kind == "e-mail":
        return f"{handle}@{shown.rpartition('@')[2] or 'mail.example'}"
    if kind == "link":
        head, slash, _ = shown.rstrip("/").rpartition("/")
        return f"{head}{slash}{handle}" if slash and not head.endswith("/") else shown
    if attribute == "name":
        return _like(shown, _name(shown, persona))
    values: dict[Attribute, str] = {
        "address": persona.city,
        "date of birth": persona.born,
        "nationality": persona.nationality,
        "family": persona.family,
        "photo": persona.photo,
    }
    return values[attribute]


def _name(shown: str, persona: Persona) -> str:
    """As many parts of the name as were shown: all, an initial and the last, or one."""
    tail = shown[-2:] if shown.endswith(("'s", "’s")) else ""
    words = shown.removesuffix(tail).split()
    if len(words) == 1:
        return persona.first + tail
    first = f"{persona.first[0]}." if words[0].endswith(".") else persona.first
    return f"{first} {persona.last}{tail}"


def _pronoun(shown: str, persona: Persona) -> str:
    match = _PRONOUN.fullmatch(shown)
    place = next(index for index, group in enumerate(match.groups()) if group) if match else 0
    return _like(shown, _PRONOUNS[persona.pronouns][place])


def _like(shown: str, value: str) -> str:
    """``value`` in the letter case of what stood there."""
    if shown.isupper() and len(shown) > 1:
        return value.upper()
    return value[:1].upper() + value[1:] if shown[:1].isupper() else value


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.span):
        if not kept or edit.span.start >= kept[-1].span.end:
            kept.append(edit)
    return kept


def swap_dict(check: SwapCheck) -> dict[str, Any]:
    """A check as plain data (``matcher.swap/1``)."""
    return {
        "schema": SWAP_SCHEMA,
        "resumes": check.resumes,
        "postings": check.postings,
        "comparisons": len(check.changes),
        "largest_change": check.largest,
        "moved": [
            {
                "resume": change.resume,
                "posting": change.posting,
                "attribute": change.attribute,
                "persona": change.persona,
                "before": change.before,
                "after": change.after,
            }
            for change in check.moved
        ],
    }


def swap_lines(check: SwapCheck) -> list[str]:
    """A check in sentences."""
    lines = [
        f"{check.resumes} resumes, {check.postings} postings, {len(check.changes)} comparisons.",
        f"Largest change of a score: {check.largest:.2f} points.",
    ]
    lines.extend(
        f"! {change.resume} against {change.posting}: {change.attribute} of {change.persona}:"
        f" {_points(change.before)} became {_points(change.after)}"
        for change in check.moved
    )
    if not check.moved:
        lines.append("Rewriting " + ", ".join(ATTRIBUTES[:-1]) + " moved no score.")
    lines.append(
        "This checks what these resumes state; it does not show that what they tell between the lines has no weight."
    )
    return lines


def _points(score: float | None) -> str:
    return "no score" if score is None else f"{score:.2f}"
