"""The frozen values that flow from a file to a result.

Offsets are always offsets into ``Document.text`` in Unicode code points, and
``document.text[span.start:span.end]`` is exactly what was seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

DocumentKind = Literal["resume", "posting"]
Status = Literal["used", "listed", "learning", "negated"]
Strength = Literal["required", "preferred", "mentioned"]
SkillKind = Literal["language", "framework", "tool", "platform", "concept", "practice", "soft"]

SKILL_KINDS: tuple[SkillKind, ...] = (
    "language",
    "framework",
    "tool",
    "platform",
    "concept",
    "practice",
    "soft",
)


# All that a posting asks, in hundredths of a point.
TOTAL_POINTS = 10_000


class Span(NamedTuple):
    """A half-open range of code points of ``Document.text``."""

    start: int
    end: int


class Line(NamedTuple):
    """One line of ``Document.text`` and where it stood.

    Attributes:
        span: the line without its line break.
        page: 1-based page number, or None where the format has no pages.
        bbox: left, top, right, bottom in points from the page's top left corner, or None.
        column: 0 for the first text column of its page, 1 for the second, and so on.
        font_size: the commonest size in points, or None where unknown.
        bold: whether all letters of the line are bold.
        heading: whether the format itself marks the line as a heading (DOCX style, HTML ``h1``, Markdown ``#``).
        table_row: whether the line is one row of a table, cells separated by a tab.
    """

    span: Span
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    column: int = 0
    font_size: float | None = None
    bold: bool = False
    heading: bool = False
    table_row: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about a document, without resume text unless the words are the point."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address behind a stretch of ``Document.text``: of the web, of mail or of a telephone. It is never followed."""

    span: Span
    target: str


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: the text in reading order, its lines, and what was odd about it.

    Attributes:
        source: the name the user gave (a path, ``-`` or a label).
        sha256: hex digest of the bytes that were read.
        kind: whether it is read as a resume or as a posting.
        text: the visible text, lines separated by ``\\n``.
        lines: the lines of ``text`` in order; blank lines are not listed.
        notices: what the reader has to say.
        pages: number of pages, or None where the format has none.
        links: addresses that the file holds behind its text, by place; they are not part of ``text``.
    """

    source: str
    sha256: str
    kind: DocumentKind
    text: str
    lines: tuple[Line, ...]
    notices: tuple[Notice, ...] = ()
    pages: int | None = None
    links: tuple[Link, ...] = ()

    def __hash__(self) -> int:
        # All of its lines would take their time, each time a document is looked up.
        return hash((self.sha256, self.text))


class Evidence(NamedTuple):
    """The place behind a statement; ``text`` is ``document.text[start:end]``."""

    start: int
    end: int
    text: str
    section: str | None = None
    page: int | None = None


class Mention(NamedTuple):
    """One sighting of a skill.

    Attributes:
        status: what a resume says of it; None in postings.
        strength: how a posting asks it; None in resumes.
        proficiency: ``expert``, ``proficient``, ``familiar`` or ``basic`` where the text grades it.
        confidence: from 0 to 1, what the evidence for this reading is worth.
        months: number of the role (index) it stands in is kept in ``role``; None outside of roles.
    """

    skill_id: str
    evidence: Evidence
    confidence: float
    named: bool
    status: Status | None = None
    strength: Strength | None = None
    proficiency: str | None = None
    role: int | None = None


RoleKind = Literal["job", "internship", "education", "volunteering", "project"]


@dataclass(frozen=True, slots=True)
class Role:
    """A position, study or project with its dates as ``YYYY-MM``; ``end`` may be ``present``."""

    title: str | None
    employer: str | None
    start: str
    end: str
    kind: RoleKind
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree shown by a resume or asked by a posting (then with a strength).

    Attributes:
        institution: the school that stands with it on a resume, without its place.
        or_experience: whether the posting takes equivalent experience instead.
    """

    level: str
    field: str | None
    evidence: Evidence
    year: int | None = None
    strength: Strength | None = None
    or_experience: bool = False
    institution: str | None = None


@dataclass(frozen=True, slots=True)
class CertificationMention:
    """A certification shown or asked."""

    id: str
    name: str
    evidence: Evidence
    status: Status | None = None
    strength: Strength | None = None


class Requirement(NamedTuple):
    """One thing a posting asks: a skill, or alternatives of which any one meets it."""

    skill_ids: tuple[str, ...]
    any_of: bool
    strength: Strength
    min_years: float | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A line that asks something in which no skill was recognised."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ProfileSkill:
    """A skill of a document, all its sightings taken together.

    Attributes:
        months: months of the roles it stands in, overlaps counted once; None where the text does not tell.
        last_used: ``YYYY-MM`` of the last month of those roles.
        min_years: years a posting asks of it.
        undated: the strongest status among the sightings outside of dated roles; None where there are none.
    """

    id: str
    name: str
    kind: SkillKind
    confidence: float
    evidence: tuple[Evidence, ...]
    status: Status | None = None
    strength: Strength | None = None
    proficiency: str | None = None
    months: int | None = None
    last_used: str | None = None
    min_years: float | None = None
    undated: Status | None = None


class LevelGap(NamedTuple):
    """A requirement of a level that a document does not show."""

    skill_ids: tuple[str, ...]
    sources: tuple[str, ...]


class LevelShown(NamedTuple):
    """A requirement of a level that a document shows (a posting: asks), by which of its skills, and where first."""

    skill_ids: tuple[str, ...]
    shown_by: str
    evidence: tuple[Evidence, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelReading:
    """Where a document stands on the ladder.

    Attributes:
        inferred: the level it reads as; None where nothing tells.
        stated: the level its title states.
        reason: why ``inferred`` is what it is, in one sentence.
        coverage: for each level the share of its requirements that the document shows, from 0 to 1.
        shown, missing: for each level, the requirements that are met and those that are not.
        disagreement: a sentence where title, years and requirements do not say the same.
        years: years of experience shown (a posting: asked); None where the text does not tell.
        by_years: the individual level at which these years are usual.
        by_requirements: the individual level of whose requirements most are shown; None where it is too few of any.
    """

    inferred: str | None
    stated: str | None
    reason: str
    coverage: tuple[tuple[str, float], ...]
    missing: tuple[tuple[str, tuple[LevelGap, ...]], ...]
    disagreement: str | None = None
    evidence: Evidence | None = None
    shown: tuple[tuple[str, tuple[LevelShown, ...]], ...] = ()
    years: float | None = None
    by_years: str | None = None
    by_requirements: str | None = None


def most_years(months: int | None, stated: float | None) -> float | None:
    """Years of experience, from months of dated jobs and stated years, whichever is more; None where neither tells."""
    dated = None if months is None else months / 12
    return max((years for years in (dated, stated) if years is not None), default=None)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Profile:
    """What a document says, as data.

    Attributes:
        recognised: number of lines that ask something and were understood.
        asked: number of lines that ask something.
        legible: share of the words that could be read, from 0 to 1.
        experience_months: months of the dated jobs of a resume, overlaps counted once; None where none is dated.
        stated_years: years of experience that a resume states in words; None where it states none.
        years_evidence: the place of the years that a posting asks, or a resume states.
    """

    document: Document
    skills: tuple[ProfileSkill, ...]
    requirements: tuple[Requirement, ...]
    unrecognised: tuple[Unrecognised, ...]
    roles: tuple[Role, ...]
    experience_months: int | None
    min_years: float | None
    degrees: tuple[Degree, ...]
    certifications: tuple[CertificationMention, ...]
    level: LevelReading
    title: str | None = None
    recognised: int = 0
    asked: int = 0
    as_of: str = ""
    years_evidence: Evidence | None = None
    legible: float = 1.0
    stated_years: float | None = None

    @property
    def experience_years(self) -> float | None:
        """Years of experience of a resume: of its dated jobs or as it states them, whichever is more."""
        return most_years(self.experience_months, self.stated_years)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the public face (``matcher.profile/1``)."""
        from matcher.jsonform import profile_dict

        return profile_dict(self)

    def _repr_html_(self) -> str | None:
        """What notebooks show."""
        from matcher.notebook import profile_html

        return profile_html(self)


ContributionKind = Literal["skill", "degree", "certification", "years", "level"]
Path = Literal["exact", "narrower", "broader", "sibling", "none"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one thing the posting asks adds to the score.

    Attributes:
        kind: what is asked.
        label: what is asked, for people.
        ids: the skills (or the degree, certification or level) asked.
        points, max_points: hundredths of a point, as whole numbers, so that sums are exact.
        credit: the share of ``max_points`` that is earned, from 0 to 1, to six decimals.
        matched: the id on the resume's side that earned it, or None.
        path: how that stands to what is asked.
        route: the skills from ``matched`` to the one asked, both included; empty where nothing matched.
        low_points: what is left of ``points`` where a doubtful reading counts only as far as it is trusted.
        high_points: what ``points`` could be where the resume does not tell (for how long, at which level).
        reason: the factors behind the credit, in words.
        asked: the posting's evidence; evidence: the resume's.
    """

    kind: ContributionKind
    label: str
    ids: tuple[str, ...]
    any_of: bool
    strength: Strength
    points: int
    max_points: int
    credit: float
    matched: str | None
    path: Path
    reason: str
    asked: tuple[Evidence, ...]
    evidence: tuple[Evidence, ...]
    route: tuple[str, ...] = ()
    low_points: int = 0
    high_points: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """Something the posting asks that the resume does not fully show.

    Attributes:
        points: hundredths of a point that it costs.
        partial: whether some credit was given.
        often_missing: whether a guide calls it often missing; ``sources`` names the guides.
        acquire, show: the guides' suggestion; ``effort`` from 1 (days) to 5 (years), None where none is known.
    """

    kind: ContributionKind
    label: str
    ids: tuple[str, ...]
    strength: Strength
    points: int
    partial: bool
    reason: str
    asked: tuple[Evidence, ...]
    often_missing: bool = False
    acquire: str | None = None
    show: str | None = None
    effort: int | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchResult:
    """A resume against a posting.

    Attributes:
        contributions: all that the posting asks, in its order; their points add up to the score.
        missing: what costs points, the dearest first.
        abstained: why there is no score; None where there is one.
        understood: share of the posting's asking lines in which something was recognised, from 0 to 1.
        legible: share of the resume that could be read, from 0 to 1.
        settings: the weights as JSON; ``settings_hash`` is the SHA-256 of exactly this text.
        program_version: the version of the program that scored.
    """

    resume: Profile
    posting: Profile
    contributions: tuple[Contribution, ...]
    missing: tuple[Missing, ...]
    taxonomy_version: str
    taxonomy_digest: str
    settings_hash: str
    as_of: str
    understood: float
    abstained: str | None = None
    legible: float = 1.0
    settings: str = "{}"
    program_version: str = ""

    @property
    def points(self) -> float:
        """The sum of the contributions from 0 to 100, with two decimals, whether or not it is worth a score."""
        return sum(item.points for item in self.contributions) / 100

    @property
    def score(self) -> float | None:
        """The score from 0 to 100, with two decimals: the sum of the contributions; None where there is none."""
        return None if self.abstained is not None else self.points

    @property
    def interval(self) -> tuple[float, float] | None:
        """The lowest and the highest score that the documents allow; None where there is no score.

        The lower end trusts each reading as far as its confidence goes and counts every asking line that was not
        understood as unmet; the upper end counts those lines as met, what the resume does not tell in its favour,
        and the part of the resume that could not be read as showing what is missing. These are bounds without
        assumptions in the sense of Manski (1990): they say what is not known, not how likely it is.
        """
        if self.abstained is not None:
            return None
        low = sum(item.low_points for item in self.contributions)
        told = sum(item.high_points for item in self.contributions)
        high = told + (TOTAL_POINTS - told) * (1 - self.legible)
        share = self.understood
        return (
            math.floor(share * low) / 100,
            min(TOTAL_POINTS, math.ceil(share * high + (1 - share) * TOTAL_POINTS)) / 100,
        )

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the public face (``matcher.result/1``)."""
        from matcher.jsonform import result_dict

        return result_dict(self)

    def _repr_html_(self) -> str | None:
        """What notebooks show."""
        from matcher.notebook import result_html

        return result_html(self)


Stage = Literal["finding", "reading", "extraction", "scoring"]


@dataclass(frozen=True, slots=True)
class Failure:
    """What a batch keeps of a file that could not be used.

    Attributes:
        source: the file's name as the user gave it.
        stage: where it failed; ``finding`` is the search for files in folders and archives.
        error: a stable identifier of the cause, e.g. ``"encrypted"``.
        message: what is wrong and what to do, for people; it holds no text of the document.
    """

    source: str
    stage: Stage
    error: str
    message: str
