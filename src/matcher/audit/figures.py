"""The frozen values of an audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Measure = Literal["selection", "scoring"]

LIMITS = (
    "This audit compares rates between groups in one set of results. It does not establish why they differ, whether"
    " anyone was treated unlawfully, whether the score predicts how people do the job, or whether other applicants"
    " would fare the same. A ratio above four fifths is no proof of fairness, one below it no proof of discrimination."
    " Groups are as the groups file states them; applications of people whose group is unknown are counted and not"
    " compared."
    " It is not the independent audit that New York City's Local Law 144 requires: that needs an independent auditor."
)


@dataclass(frozen=True, slots=True)
class Application:
    """One resume against one posting, with the groups its person belongs to.

    Attributes:
        score: from 0 to 100, or None where the matcher abstained.
        groups: one value for each attribute of the audit, None where it is not known.
    """

    resume: str
    posting: str
    score: float | None
    groups: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Labels of one attribute that differ in case only and so are one group, shown as ``label``."""

    attribute: str
    label: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """What a groups file says.

    Attributes:
        attributes: the columns of groups.
        values: for each resume its group by each attribute, None where one is not known.
        merged: labels that were taken as one group.
    """

    attributes: tuple[str, ...]
    values: Mapping[str, tuple[str | None, ...]]
    merged: tuple[Merged, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """Results and groups put together.

    Attributes:
        ungrouped: resumes of the results that the groups file does not name.
        unscored: resumes of the groups file that the results do not name.
        merged: labels that were taken as one group, because they differ in case only; see :class:`Merged`.
    """

    attributes: tuple[str, ...]
    applications: tuple[Application, ...]
    ungrouped: tuple[str, ...] = ()
    unscored: tuple[str, ...] = ()
    merged: tuple[Merged, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Who counts as selected: at least a score, the best so many of each posting, or neither was given."""

    threshold: float | None = None
    top: int | None = None

    def __str__(self) -> str:
        if self.threshold is not None:
            return f"a score of at least {self.threshold:g}"
        if self.top is not None:
            return f"the {self.top} best of each posting, and those who tie with the last of them"
        return "no rule"


@dataclass(frozen=True, slots=True)
class Interval:
    """The ends of a percentile bootstrap interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupRate:
    """One group's rate, and how it stands to the group with the highest one.

    Attributes:
        chosen: how many of ``count`` are selected, or score above the median.
        share: ``count`` as a share of all whose group is known.
        impact_ratio: ``rate`` divided by the highest rate; None where nobody at all was chosen, or where the
            group is excluded.
        count: applications: a person counts once for each posting.
        small: fewer than the audit's ``small_below`` applications: its rate moves much with one more or less.
        reference: this group has the highest rate.
        excluded: left out of the comparison, with its figures shown.
        p_value: two-sided Fisher's exact test against the reference group; None for the reference itself.
    """

    groups: tuple[str, ...]
    count: int
    chosen: int
    share: float
    rate: float
    rate_interval: Interval | None
    impact_ratio: float | None
    ratio_interval: Interval | None
    small: bool
    reference: bool
    excluded: bool
    p_value: float | None

    @property
    def name(self) -> str:
        """The group in words; the parts of an intersection joined by a cross."""
        return " × ".join(self.groups)


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates of all groups of one attribute, or of the intersection of several.

    Attributes:
        difference: demographic parity difference, the highest rate less the lowest.
        difference_interval: of the difference between these two groups; below zero where a draw turns them round.
        unknown: applications that are not compared because one of the attributes is not known.
    """

    measure: Measure
    attributes: tuple[str, ...]
    groups: tuple[GroupRate, ...]
    difference: float | None
    difference_interval: Interval | None
    unknown: int

    @property
    def name(self) -> str:
        """The attributes in words."""
        return " × ".join(self.attributes)


@dataclass(frozen=True, slots=True)
class FourFifths:
    """A group's selection rate read by the four-fifths rule of 29 CFR 1607.4(D)."""

    attribute: str
    group: str
    reference: str
    impact_ratio: float
    below: bool
    p_value: float | None
    small: bool


@dataclass(frozen=True, slots=True)
class LocalLaw:
    """The tables of 6 RCNY 5-301: by sex, by race/ethnicity, and by both; or why there are none."""

    scoring: tuple[RateTable, ...]
    selection: tuple[RateTable, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """Selection rates of one attribute's groups at every threshold at which anything changes."""

    attribute: str
    groups: tuple[str, ...]
    thresholds: tuple[float, ...]
    rates: tuple[tuple[float, ...], ...]
    ratios: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """How an audit was made; the same settings and the same input give the same figures."""

    rule: Rule
    small_below: int = 30
    exclude_share: float = 0.02
    confidence: float = 0.95
    resamples: int = 2000
    seed: int = 0
    sex: str | None = None
    race: str | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """All figures of an audit.

    Attributes:
        median: median score of all applications that have a score; None where none has.
    """

    settings: Settings
    attributes: tuple[str, ...]
    applications: int
    postings: int
    without_score: int
    ungrouped: tuple[str, ...]
    unscored: tuple[str, ...]
    merged: tuple[Merged, ...]
    median: float | None
    selection: tuple[RateTable, ...]
    scoring: tuple[RateTable, ...]
    four_fifths: tuple[FourFifths, ...]
    local_law: LocalLaw
    curves: tuple[Curve, ...]
