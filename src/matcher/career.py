"""What the guides say to one document: the next levels and what they still ask, tracks, pay, background, next steps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.guidance import Advice, Guides
from matcher.levels import Ladder, shown_skills, spans_of, title_words, titles_latest_first
from matcher.model import LevelShown, Profile
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.schema import Background, Branch, Level, NextStep, Salary, Taxonomy, Track

# Fewer signals than these say too little about a track or a background.
_FEWEST_SIGNALS = 3
_MOST_TRACKS = 3
# The normal quantile of a 95 % interval.
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a level or a background asks and the document does not show.

    Attributes:
        skill_ids: the skill, or alternatives of which one will do.
        sources: ids of the guides that ask it.
        advice: how the guides would acquire and show it.
    """

    skill_ids: tuple[str, ...]
    label: str
    sources: tuple[str, ...]
    advice: Advice


@dataclass(frozen=True, slots=True)
class Target:
    """A level to reach, and how far the document is from it.

    Attributes:
        coverage: the share of its requirements that is shown, from 0 to 1.
        shown: those requirements, each with its place.
        gaps: the others; what guides call often missing comes first, then the smallest effort.
        years: years still to go to those usual for the level; None where the text or the guides do not tell.
    """

    level: Level
    coverage: float
    shown: tuple[LevelShown, ...]
    gaps: tuple[Gap, ...]
    years: float | None


@dataclass(frozen=True, slots=True)
class TrackFit:
    """A specialisation track and the signals of it that are shown.

    Attributes:
        lean: the lower end of the 95 % Wilson interval of the share of signals shown, by which tracks are ordered.
    """

    track: Track
    signals: tuple[str, ...]
    lean: float


@dataclass(frozen=True, slots=True)
class BackgroundFit:
    """The background a career began in, how that was told, and the gaps guides name for it that are still open."""

    background: Background
    told_by: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Career:
    """The guides' view of one document.

    Attributes:
        salary: what each guide gives for the level it reads as; ranges of different guides are never mixed.
        targets: the level asked for, or the next one on each branch.
        tracks: the tracks it leans to most, the first being the strongest.
        background: where the career began, if the guides treat it and gaps are left.
        next_steps: what the guides recommend at this level and the document does not show yet.
    """

    level_id: str | None
    salary: tuple[Salary, ...]
    targets: tuple[Target, ...]
    tracks: tuple[TrackFit, ...]
    background: BackgroundFit | None
    next_steps: tuple[NextStep, ...]


class Counsel:
    """Reads careers with one taxonomy."""

    def __init__(self, taxonomy: Taxonomy, graph: Graph, ladder: Ladder, guides: Guides) -> None:
        self._taxonomy = taxonomy
        self._graph = graph
        self._ladder = ladder
        self._guides = guides

    def read(self, profile: Profile, target: str | None = None) -> Career:
        """The career of a profile; ``target`` is a level id, the next level of each branch where it is not given."""
        have = self._graph.with_broader(skill.id for skill in shown_skills(profile.document.kind, profile.skills))
        level_id = profile.level.inferred
        targets = [target] if target is not None else self.next_levels(level_id)
        return Career(
            level_id,
            self._taxonomy.levels[level_id].salary if level_id is not None else (),
            tuple(self._target(profile, item) for item in targets),
            self._tracks(have),
            self._background(profile, have) if profile.document.kind == "resume" else None,
            self._next_steps(level_id, have) if profile.document.kind == "resume" else (),
        )

    def next_levels(self, level_id: str | None) -> list[str]:
        """The next level on the individual branch and on the leading one, each where there is one.

        What the taxonomy names as next comes first; otherwise the lowest level of the branch that stands higher.
        """
        levels = self._taxonomy.levels
        if level_id is None:
            first = [level for level in levels.values() if level.branch == "individual" and level.requires]
            return [min(first, key=lambda level: level.rank).id] if first else []
        found = []
        branches: tuple[Branch, ...] = ("individual", "leading")
        for branch in branches:
            named = [item for item in levels[level_id].next if levels[item].branch == branch]
            higher = [
                level.id
                for level in levels.values()
                if level.branch == branch
                and level.requires
                and self._ladder.seniority(level.id) > self._ladder.seniority(level_id)
            ]
            pool = named or higher
            if pool:
                found.append(min(pool, key=self._ladder.seniority))
        return found

    def _target(self, profile: Profile, level_id: str) -> Target:
        level, reading = self._taxonomy.levels[level_id], profile.level
        missing = dict(reading.missing).get(level_id, ())
        years = None
        if reading.years is not None and level.use_years is not None:
            years = max(0.0, round(level.use_years.min - reading.years, 2))
        return Target(
            level,
            dict(reading.coverage).get(level_id, 0.0),
            dict(reading.shown).get(level_id, ()),
            self._sorted([self._gap(gap.skill_ids, gap.sources) for gap in missing]),
            years,
        )

    def _gap(self, skill_ids: tuple[str, ...], sources: tuple[str, ...]) -> Gap:
        label = " or ".join(dict.fromkeys(self._taxonomy.skills[skill_id].name for skill_id in skill_ids))
        return Gap(skill_ids, label, sources, self._guides.advice(skill_ids))

    def _sorted(self, gaps: Sequence[Gap]) -> tuple[Gap, ...]:
        return tuple(sorted(gaps, key=lambda gap: (not gap.advice.often_missing, gap.advice.effort or 9)))

    def _tracks(self, have: frozenset[str]) -> tuple[TrackFit, ...]:
        found = []
        for track in self._taxonomy.tracks.values():
            shown = tuple(skill_id for skill_id in track.signals if skill_id in have)
            if len(shown) >= min(_FEWEST_SIGNALS, len(track.signals)) and shown:
                found.append(TrackFit(track, shown, wilson_low(len(shown), len(track.signals))))
        return tuple(sorted(found, key=lambda fit: (-fit.lean, fit.track.id))[:_MOST_TRACKS])

    def _background(self, profile: Profile, have: frozenset[str]) -> BackgroundFit | None:
        """The background of the earliest job whose title belongs to one; by its signals where no title tells."""
        backgrounds = self._taxonomy.guidance.backgrounds
        told: tuple[Background, str] | None = None
        for title, _ in reversed(titles_latest_first(profile.roles)):
            words = title_words(title)
            hits = [item for item in backgrounds if any(spans_of(words, title_words(name)) for name in item.titles)]
            if hits:
                told = hits[0], f"the title {title!r}"
                break
        if told is None:
            fits = [(sum(skill_id in have for skill_id in item.signals), item) for item in backgrounds]
            most = max((count for count, _ in fits), default=0)
            leading = [item for count, item in fits if count == most]
            # A tie says nothing, and neither do a few signals.
            if most < _FEWEST_SIGNALS or len(leading) > 1:
                return None
            told = leading[0], f"{most} of the skills that go with it"
        background, by = told
        gaps = [self._gap((skill_id,), background.sources) for skill_id in background.gaps if skill_id not in have]
        return BackgroundFit(background, by, self._sorted(gaps)) if gaps else None

    def _next_steps(self, level_id: str | None, have: frozenset[str]) -> tuple[NextStep, ...]:
        return tuple(
            step
            for step in self._taxonomy.guidance.next_steps
            if (not step.levels or level_id in step.levels) and not (step.skills and have.issuperset(step.skills))
        )


def wilson_low(hits: int, total: int) -> float:
    """The lower end of Wilson's (1927) 95 % score interval of a share: few signals make no strong lean."""
    if not total:
        return 0.0
    share, z2 = hits / total, _Z * _Z
    centre = share + z2 / (2 * total)
    margin = _Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    return max(0.0, (centre - margin) / (1 + z2 / total))
