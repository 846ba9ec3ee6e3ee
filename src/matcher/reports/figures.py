"""What every report says in its own way: parts of the score, states of requirements, quotes. Pure, no layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from matcher.model import Contribution, Document, Evidence, LevelReading, MatchResult, Missing, Notice, Profile
from matcher.reports.safe import visible
from matcher.taxonomy.schema import Level, Taxonomy

State = Literal["met", "partial", "missing"]

# Each state has a sign of its own shape, so that no report depends on colour.
STATE_SIGNS: dict[State, str] = {"met": "●", "partial": "◐", "missing": "○"}
STATE_WORDS: dict[State, str] = {"met": "shown", "partial": "shown in part", "missing": "not shown"}
EFFORT_WORDS = {1: "days", 2: "weeks", 3: "months", 4: "about a year", 5: "years"}
STANDING_WORDS = "“used” is in a job or a project, “listed” is only named"
KIND_WORDS = {
    "skill": "Skill",
    "degree": "Degree",
    "certification": "Certification",
    "years": "Experience",
    "level": "Level",
}
# From this share of the points on, a skill that the resume itself names counts as shown: below it are those that
# are only being learned.
_SHOWN_FROM = 0.5
# What marks an item of a list says nothing in a quote.
_BULLET = re.compile(r"^(?:[-*+•‣▪■□◆◇●○◦▶►➢➤✓✔–—·»>]|#{1,6})(?:\s|$)\s*")
_SPACE = re.compile(r"\s+")
_KIND_ORDER = {"skill": 0, "years": 1, "level": 2, "degree": 3, "certification": 4}
_STRENGTH_ORDER = {"required": 0, "preferred": 1, "mentioned": 2}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the score, in hundredths of a point."""

    name: str
    points: int
    most: int

    @property
    def share(self) -> float:
        """What was earned of what can be earned, from 0 to 1."""
        return self.points / self.most


@dataclass(frozen=True, slots=True)
class Quote:
    """A line with evidence; white space and unseen characters are made plain.

    Attributes:
        pieces: the words in order, each piece with whether it is evidence.
        place: section and page, as far as they are known.
        evidence: what is quoted.
    """

    pieces: tuple[tuple[str, bool], ...]
    place: str
    evidence: tuple[Evidence, ...]

    def __str__(self) -> str:
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Rung:
    """A level of the ladder and where a document stands to it; ``share`` is None for a level that asks nothing."""

    level: Level
    share: float | None
    reads_as: bool
    states: bool


def state(item: Contribution) -> State:
    """Whether what is asked is shown, shown in part (an alternative, a broader skill, fewer years), or not shown."""
    if item.points <= 0:
        return "missing"
    named = item.kind == "skill" and item.path in {"exact", "narrower"} and item.credit >= _SHOWN_FROM
    return "met" if named or item.points == item.max_points else "partial"


def counts(items: Iterable[Contribution]) -> dict[State, int]:
    """How many are met, partial and missing."""
    found: dict[State, int] = {"met": 0, "partial": 0, "missing": 0}
    for item in items:
        found[state(item)] += 1
    return found


def parts(result: MatchResult) -> tuple[Part, ...]:
    """The parts of the score that the posting asks at all."""
    groups = {
        "Required skills": [item for item in result.contributions if _is(item, "skill", "required")],
        "Preferred skills": [item for item in result.contributions if _is(item, "skill", "preferred")],
        "Experience": [item for item in result.contributions if item.kind == "years"],
        "Level": [item for item in result.contributions if item.kind == "level"],
        "Degree": [item for item in result.contributions if item.kind == "degree"],
        "Certifications": [item for item in result.contributions if item.kind == "certification"],
        "Mentioned skills": [item for item in result.contributions if _is(item, "skill", "mentioned")],
    }
    return tuple(
        Part(name, sum(item.points for item in items), most)
        for name, items in groups.items()
        if (most := sum(item.max_points for item in items))
    )


def _is(item: Contribution, kind: str, strength: str) -> bool:
    return item.kind == kind and item.strength == strength


def in_order(items: Iterable[Contribution]) -> list[Contribution]:
    """Requirements as a reader wants them: required before preferred, skills before the rest, then the posting's."""
    return sorted(items, key=lambda item: (_STRENGTH_ORDER[item.strength], _KIND_ORDER[item.kind]))


def quotes(document: Document, evidence: Iterable[Evidence], width: int = 120) -> list[Quote]:
    """The lines that evidence stands on, each once, with up to ``width`` characters and its hits told apart."""
    lines: dict[int, list[Evidence]] = {}
    for item in evidence:
        lines.setdefault(document.text.rfind("\n", 0, item.start) + 1, []).append(item)
    return [_quote(document.text, low, items, width) for low, items in lines.items()]


def _quote(text: str, low: int, items: list[Evidence], width: int) -> Quote:
    hits = sorted({(item.start, item.end) for item in items})
    first = hits[0][0]
    hits = [hit for hit in hits if hit[1] - first <= width] or hits[:1]
    last = max(end for _, end in hits)
    high = text.find("\n", last)
    high = len(text) if high < 0 else high
    spare = max(0, width - (last - first))
    # What one side does not need, the other side may have.
    left = min(first - low, max(spare // 2, spare - (high - last)))
    start = _whole_words(text, first - left, low, first)
    end = _whole_words(text, min(high, last + spare - left), high, last)
    pieces, done = [], start
    for hit_start, hit_end in hits:
        if hit_end > done:
            pieces.append((text[done:hit_start], False))
            pieces.append((text[max(done, hit_start) : hit_end], True))
            done = hit_end
    pieces.append((text[done:end], False))
    pieces = [(_SPACE.sub(" ", visible(piece)), hit) for piece, hit in pieces]
    before, after = pieces[0][0], pieces[-1][0]
    before = _BULLET.sub("", before.lstrip()) if start == low else f"…{before.lstrip()}"
    after = after.rstrip() if end == high else f"{after.rstrip()}…"
    pieces = [(before, False), *pieces[1:-1], (after, False)]
    return Quote(tuple(piece for piece in pieces if piece[0]), place(items[0]), tuple(items))


def _whole_words(text: str, cut: int, limit: int, keep: int) -> int:
    """Move a cut towards the evidence to the next space, where one is near; the line's own limits need no move."""
    if cut == limit:
        return cut
    step = 1 if cut < keep else -1
    for moved in range(cut, keep, step)[:20]:
        if text[moved if step > 0 else moved - 1].isspace():
            return moved
    return cut


def place(item: Evidence) -> str:
    """Where evidence stands: its section and page, as far as they are known."""
    known = (item.section and item.section.replace("-", " "), f"page {item.page}" if item.page else None)
    return ", ".join(part for part in known if part)


def points(hundredths: int) -> str:
    """Hundredths of a point as points with two decimals."""
    return f"{hundredths / 100:.2f}"


def source_title(source_id: str, taxonomy: Taxonomy) -> str:
    """A guide by its title and, where it is known, its publisher."""
    source = taxonomy.sources[source_id]
    known = source.publisher and source.publisher != "unnamed"
    return f"{source.title} ({source.publisher})" if known else source.title


def cited(groups: Iterable[Iterable[str]]) -> dict[str, int]:
    """Guides numbered in the order in which they are first cited."""
    return {source_id: number for number, source_id in enumerate(dict.fromkeys(chain.from_iterable(groups)), start=1)}


def marks(sources: Iterable[str], guides: Mapping[str, int]) -> list[int]:
    """The numbers of the guides that stand behind a statement, the lowest first."""
    return sorted(guides[source_id] for source_id in sources)


def alternatives(skill_ids: Iterable[str], taxonomy: Taxonomy) -> str:
    """The names of skills of which any one will do."""
    return " or ".join(dict.fromkeys(taxonomy.skills[skill_id].name for skill_id in skill_ids))


def level_name(level_id: str | None, taxonomy: Taxonomy) -> str:
    """A level's name for people."""
    return "unclear" if level_id is None else taxonomy.levels[level_id].name


def at_level(level_id: str | None, taxonomy: Taxonomy) -> str:
    """A level's name with the word "level", which some names have in them."""
    name = level_name(level_id, taxonomy)
    return name if name.casefold().endswith("level") else f"{name} level"


def level_sentence(profile: Profile, taxonomy: Taxonomy) -> str:
    """Where a document stands and why, without a full stop."""
    reading = profile.level
    if reading.inferred is None:
        return f"level unclear: {reading.reason}"
    share = dict(reading.coverage).get(reading.inferred)
    verb = "shows" if profile.document.kind == "resume" else "asks"
    covered = "" if share is None else f"; {verb} {share:.0%} of what career guides list for it"
    return f"reads as {level_name(reading.inferred, taxonomy)} ({reading.reason}){covered}"


def ladder(reading: LevelReading, taxonomy: Taxonomy) -> tuple[Rung, ...]:
    """Every level, the individual branch before the leading one, the highest first in each."""
    coverage = dict(reading.coverage)
    levels = sorted(taxonomy.levels.values(), key=lambda level: (level.branch != "individual", -level.rank))
    return tuple(
        Rung(level, coverage.get(level.id), level.id == reading.inferred, level.id == reading.stated)
        for level in levels
    )


def usual_years(level: Level) -> str:
    """The years that are usual for a level; empty where none are known."""
    years = level.use_years
    if years is None:
        return ""
    return f"{years.min:g} to {years.max:g}" if years.max is not None else f"{years.min:g} or more"


def years_words(months: int | None) -> str:
    """Months of experience in words."""
    if months is None:
        return "no dated jobs"
    return f"{months} months" if months < 24 else f"{months / 12:.1f} years"


def dated(profile: Profile) -> str:
    """The months of a resume's dated jobs in words, without a full stop."""
    words = years_words(profile.experience_months)
    return words if profile.experience_months is None else f"{words} of dated jobs"


def allowed(result: MatchResult) -> str:
    """The interval of the score in words; empty where there is no score."""
    return "" if result.interval is None else "the texts leave room for {:.2f} to {:.2f}".format(*result.interval)


def understood(posting: Profile) -> str:
    """How much of the posting the score rests on, without a full stop."""
    return f"{posting.recognised} of the {posting.asked} lines in which it asks something were understood"


def summary(result: MatchResult, taxonomy: Taxonomy) -> list[str]:
    """The result in two or three sentences."""
    found = counts(result.contributions)
    total = len(result.contributions)
    sentences = []
    if total:
        partly = f" and {found['partial']} in part" if found["partial"] else ""
        which = "the posting asks" if result.score is not None else "that were understood"
        sentences.append(f"The resume shows {found['met']} of the {total} things {which}{partly}.")
    mine, asked = result.resume.level.inferred, result.posting.level.inferred
    if mine is not None and asked is not None:
        name = at_level(mine, taxonomy)
        sentences.append(
            f"Both read as {name}."
            if mine == asked
            else f"It reads as {name}; the posting asks {at_level(asked, taxonomy)}."
        )
    gaps = dearest(result.missing, 3)
    if gaps and result.score is not None:
        names = [f"{item.label} (−{points(item.points)})" for item in gaps]
        sentences.append(f"What costs most points: {_listed(names)}.")
    return sentences


def dearest(items: Sequence[Missing], count: int) -> Sequence[Missing]:
    """The missing items that cost most; required ones first, as long as there are any."""
    required = [item for item in items if item.strength == "required"]
    return (required or list(items))[:count]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def notices(*profiles: Profile) -> list[tuple[str, Notice]]:
    """What the reader has to say, each with the kind of document it is about."""
    return [(profile.document.kind, notice) for profile in profiles for notice in profile.document.notices]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A result and its rank for its posting: equal scores share a rank, None where there is no score."""

    rank: int | None
    result: MatchResult


def by_posting(results: Iterable[MatchResult]) -> list[list[Ranked]]:
    """Results grouped by posting in the order the postings first appear; in each group the best first."""
    groups: dict[tuple[str, str], list[MatchResult]] = {}
    for result in results:
        document = result.posting.document
        groups.setdefault((document.source, document.sha256), []).append(result)
    return [_ranked(group) for group in groups.values()]


def _ranked(group: Sequence[MatchResult]) -> list[Ranked]:
    ordered = sorted(
        group,
        key=lambda result: (
            result.score is None,
            -(result.score or 0.0),
            result.resume.document.source,
            result.resume.document.sha256,
        ),
    )
    ranked: list[Ranked] = []
    for place, result in enumerate(ordered, start=1):
        tied = ranked and ranked[-1].result.score == result.score
        rank = None if result.score is None else ranked[-1].rank if tied else place
        ranked.append(Ranked(rank, result))
    return ranked


def file_name(source: str) -> str:
    """The last part of a path, for headings; a label such as ``-`` stays as it is."""
    return source.replace("\\", "/").rstrip("/").rpartition("/")[2] or source
