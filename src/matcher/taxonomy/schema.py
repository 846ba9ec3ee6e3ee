"""The values of a taxonomy: what the YAML files may say, and what the rest of the program reads.

Each class is both the schema of a piece of YAML and the frozen value that flows; an unknown key is an error.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from matcher.model import SKILL_KINDS, SkillKind

Branch = Literal["individual", "leading"]
CueKind = Literal[
    "negation",
    "learning",
    "proficiency",
    "required",
    "preferred",
    "mentioned",
    "used",
    "pseudo",
    "terminator",
]
Direction = Literal["forward", "backward", "both"]


Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Value(BaseModel):
    """Base of every taxonomy value: frozen, and strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _text(value: object) -> object:
    # YAML reads a bare 2 or 3.5 as a number; a name may well be one.
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
Texts = tuple[Text, ...]
Ids = tuple[str, ...]
Words = Texts


class Source(Value):
    """A document that entries cite."""

    title: Text
    publisher: Text | None = None
    licence: Text | None = None


class Ambiguity(Value):
    """How to decide whether an ambiguous name is meant; see ``taxonomy/README.md``."""

    names: Texts = ()
    spelling: Literal["any", "exact"] = "any"
    confirm: Words = ()
    deny: Words = ()
    not_in: Words = ()
    default: Literal["accept", "reject"] = "reject"


class Skill(Value):
    """One skill: its names, how it is phrased, and where it hangs in the graph.

    Attributes:
        compounds: names that hold another skill's beside this one's ("Tableau dashboards"): they lead to this skill
            where it is looked up, and are not looked for in texts, which show both skills by them.
        identifiers: what the same thing is called in other classifications, such as its ESCO URI.
        generic: a general term, which says nothing more where a document also shows one of its narrower skills.
        grouping: a heading of the hierarchy ("computer use"), which holds skills together and is not looked for.
    """

    id: str
    name: Text
    kind: SkillKind
    aliases: Texts = ()
    compounds: Texts = ()
    broader: Ids = ()
    related: Ids = ()
    patterns: Words = ()
    ambiguous: Ambiguity | None = None
    examples: Words = ()
    counterexamples: Words = ()
    identifiers: Texts = ()
    grouping: bool = False
    generic: bool = False
    sources: Ids = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name, then the aliases."""
        return (self.name, *self.aliases)


class Years(Value):
    """Years of experience; ``max`` is None where open-ended."""

    min: float
    max: float | None = None
    source: str | None = None


class Salary(Value):
    """A salary figure of a source, in whole units of ``currency`` a year."""

    min: int
    max: int | None = None
    currency: Text = "USD"
    basis: Text | None = None
    source: str


class LevelRequirement(Value):
    """A skill that a level asks, or alternatives of which one will do."""

    skill: str | None = None
    any_of: Ids = ()
    sources: Ids = ()

    @property
    def skill_ids(self) -> tuple[str, ...]:
        """The skills of which any one meets the requirement."""
        return self.any_of or ((self.skill,) if self.skill else ())


class Level(Value):
    """A rung of the ladder; a title that holds an expression of ``not_titles`` does not state it by those words."""

    id: str
    name: Text
    branch: Branch
    rank: int
    grade: Text | None = None
    titles: Texts = ()
    not_titles: Texts = ()
    years: tuple[Years, ...] = ()
    use_years: Years | None = None
    requires: tuple[LevelRequirement, ...] = ()
    salary: tuple[Salary, ...] = ()
    next: Ids = ()
    sources: Ids = ()


class Track(Value):
    """A specialisation, recognised by its signal skills."""

    id: str
    name: Text
    summary: Text
    signals: Ids = ()
    sources: Ids = ()


class Certification(Value):
    """A certification and the skills it shows."""

    id: str
    name: Text
    issuer: Text | None = None
    aliases: Texts = ()
    skills: Ids = ()
    sources: Ids = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name, then the aliases."""
        return (self.name, *self.aliases)


class DegreeLevel(Value):
    """A level of degree; a higher ``rank`` includes the lower ones. ``exact_names`` match in this spelling only."""

    id: str
    name: Text
    rank: int
    names: Texts = ()
    exact_names: Texts = ()
    sources: Ids = ()


class StudyField(Value):
    """A field of study."""

    id: str
    name: Text
    names: Texts = ()
    sources: Ids = ()


class OftenMissing(Value):
    """A skill that a guide calls often missing."""

    skill: str
    source: str


class Suggestion(Value):
    """How to acquire a skill and how to show it; ``effort`` from 1 (days) to 5 (years)."""

    skills: Ids = ()
    kinds: tuple[SkillKind, ...] = ()
    acquire: Text
    show: Text | None = None
    effort: Annotated[int, Field(ge=1, le=5)]
    sources: Ids = ()


class NextStep(Value):
    """A next step that a guide recommends, for the given levels (all where none is given)."""

    text: Text
    skills: Ids = ()
    levels: Ids = ()
    sources: Ids = ()


class Background(Value):
    """A starting background and the gaps that guides name for it."""

    id: str
    name: Text
    titles: Texts = ()
    signals: Ids = ()
    gaps: Ids = ()
    advice: Text
    sources: Ids = ()


class Transition(Value):
    """A role one may go to (or come from, for ``entry``)."""

    to: Text
    titles: Texts = ()
    kind: Literal["transition", "promotion", "entry"]
    sources: Ids = ()


class Premium(Value):
    """A market figure a guide gives."""

    statement: Text
    skills: Ids = ()
    percent: float | None = None
    sources: Ids = ()


class Industry(Value):
    """An industry in which guides see demand."""

    name: Text
    sources: Ids = ()


class Guidance(Value):
    """What the guides advise."""

    often_missing: tuple[OftenMissing, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    backgrounds: tuple[Background, ...] = ()
    transitions: tuple[Transition, ...] = ()
    premiums: tuple[Premium, ...] = ()
    industries: tuple[Industry, ...] = ()


class SectionRule(Value):
    """The headings, prefixes and telltale phrases of one section of resumes or of postings."""

    id: str
    headings: Words = ()
    starts: Words = ()
    contains: Words = ()
    paragraphs: Words = ()


class Sections(Value):
    """The sections of both kinds of document."""

    resume: tuple[SectionRule, ...] = ()
    posting: tuple[SectionRule, ...] = ()


class Cue(Value):
    """Words that change what a mention near them means.

    Attributes:
        phrase: the words, matched as in patterns but without gaps.
        kind: what the cue says.
        direction: whether it governs what follows it, what precedes it, or both.
        scope: how many tokens it reaches at the most.
        to_end: whether it reaches over commas and conjunctions up to the end of the sentence.
        everywhere: of a cue for what is merely mentioned, whether it says so among the requirements too.
    """

    phrase: Text
    kind: CueKind
    direction: Direction = "forward"
    scope: Annotated[int, Field(ge=1)] = 12
    to_end: bool = False
    everywhere: bool = False
    level: Text | None = None


class Coverage(Value):
    """What a guide names, in its own short term, and where it went (``skills/ID``, ``levels/ID``, ...)."""

    guide: str
    says: Text
    kind: Text
    at: Text


class Scoring(Value):
    """Every weight of the score; the page ``docs/score.md`` gives the reasons.

    What the laws of the score rest on is checked here: a used skill is worth all, and nothing that says more is worth
    less than what says less.
    """

    strength: dict[Literal["required", "preferred", "mentioned"], Share]
    kind: dict[SkillKind, Weight]
    status: dict[Literal["used", "listed", "learning", "negated"], Share]
    broader_credit: Share
    sibling_credit: Share
    sibling_specificity: Share
    years_floor: Share
    recency_floor: Share
    recency_full_years: Weight
    recency_half_life_years: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    degree: Weight
    degree_one_below: Share
    degree_years_per_rank: Weight
    certification: Weight
    total_years: Weight
    level: Weight
    level_one_below: Share
    level_two_below: Share
    reading: dict[str, Share]
    min_legible: Share
    min_recognised_share: Share
    min_requirements: Annotated[int, Field(ge=1)]
    effort_weeks: dict[Annotated[int, Field(ge=1, le=5)], Annotated[float, Field(gt=0, allow_inf_nan=False)]]
    effort: dict[Literal["skill", "degree", "certification", "years", "level"], Annotated[int, Field(ge=1, le=5)]]

    @model_validator(mode="after")
    def _lawful(self) -> Scoring:
        for name, keys in (
            ("strength", ("required", "preferred", "mentioned")),
            ("status", ("used", "listed", "learning", "negated")),
            ("kind", SKILL_KINDS),
            ("effort_weeks", (1, 2, 3, 4, 5)),
            ("effort", ("skill", "degree", "certification", "years", "level")),
        ):
            absent = [str(key) for key in keys if key not in getattr(self, name)]
            if absent:
                raise ValueError(f"{name} gives no value for {', '.join(absent)}")
        for name, order in (
            ("strength", list(self.strength.items())),
            ("status", list(self.status.items())),
            ("level", [("level_one_below", self.level_one_below), ("level_two_below", self.level_two_below)]),
        ):
            ranked = sorted(order, key=lambda item: _SAYS_MORE.index(item[0]))
            for (more, high), (less, low) in pairwise(ranked):
                if high < low:
                    raise ValueError(f"{name}: {more} ({high:g}) must not be worth less than {less} ({low:g})")
        if self.status["used"] != 1 or self.status["negated"] != 0:
            raise ValueError(
                "status: used must be 1 and negated 0, so that a full match is 100 and a denial is nothing"
            )
        if not self.strength["required"]:
            raise ValueError("strength: required must be more than 0")
        return self


_SAYS_MORE = (
    *("required", "preferred", "mentioned"),
    *("used", "listed", "learning", "negated"),
    *("level_one_below", "level_two_below"),
)


class Taxonomy(Value):
    """One validated taxonomy; ``version`` names it and ``digest`` its content."""

    name: Text
    version: Text
    digest: str
    sources: dict[str, Source]
    skills: dict[str, Skill]
    words: dict[str, Words]
    levels: dict[str, Level]
    level_rule: Text | None = None
    tracks: dict[str, Track]
    certifications: dict[str, Certification]
    degrees: dict[str, DegreeLevel]
    fields: dict[str, StudyField]
    guidance: Guidance
    sections: Sections
    cues: tuple[Cue, ...]
    scoring: Scoring
    coverage: tuple[Coverage, ...] = ()
