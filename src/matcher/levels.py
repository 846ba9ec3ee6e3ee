"""Where a document stands on the ladder: the level it states, the level it reads as, and what each level asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter

from matcher.model import (
    DocumentKind,
    Evidence,
    LevelGap,
    LevelReading,
    LevelShown,
    Profile,
    ProfileSkill,
    Role,
)
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.names import words_of
from matcher.taxonomy.schema import Level, Taxonomy

# Without a title that says more, years alone do not make a senior: this share of the level's requirements does.
_COVERAGE_TO_RISE = 0.4
# A title is believed as it stands unless the years shown are less than this share of those usual for it.
_IMPLAUSIBLE_YEARS = 1 / 3
# Requirements speak against a title only from this distance on: neighbouring levels share too many of them.
_REQUIREMENTS_APART = 2.0
# A first leading level (rank 1) stands half a step above senior (rank 3).
_LEADING_OFFSET = 2.5
# The highest individual rank that years alone reach: mid-level; and the highest that years and requirements reach
# without a title: senior. What lies above is a role that somebody was given, and a title says so.
_RANK_BY_YEARS, _RANK_WITHOUT_TITLE = 2, 3


def shown_skills(kind: DocumentKind, skills: Iterable[ProfileSkill]) -> tuple[ProfileSkill, ...]:
    """The skills that count towards a level: what a resume shows, what a posting asks."""
    if kind == "resume":
        return tuple(skill for skill in skills if skill.status in {"used", "listed"})
    return tuple(skill for skill in skills if skill.strength != "mentioned")


def titles_latest_first(roles: Sequence[Role]) -> tuple[tuple[str, Evidence], ...]:
    """The titles of the jobs with their places, a current job first; those of internships where no job has one."""
    for kind in ("job", "internship"):
        titled = [role for role in roles if role.kind == kind and role.title]
        if titled:
            ordered = sorted(
                titled, key=lambda role: ("9999-99" if role.end == "present" else role.end, role.start), reverse=True
            )
            return tuple((role.title or "", role.evidence) for role in ordered)
    return ()


class Ladder:
    """The levels of a taxonomy, ready to read documents against."""

    def __init__(self, taxonomy: Taxonomy, graph: Graph) -> None:
        self._levels = sorted(taxonomy.levels.values(), key=lambda level: (level.branch, level.rank))
        # What a document does not show is the same gap for every document, so each is made once.
        self._requires = [
            (level.id, tuple(LevelGap(item.skill_ids, item.sources) for item in level.requires))
            for level in self._levels
            if level.requires
        ]
        self._by_id = taxonomy.levels
        self._graph = graph
        self._titles = _TitleRows((title_words(title), level) for level in self._levels for title in level.titles)
        self._not_titles = _TitleRows(
            (title_words(title), level) for level in self._levels for title in level.not_titles
        )
        self._individual = [level for level in self._levels if level.branch == "individual"]

    def stated(self, title: str | None) -> str | None:
        """The level that a job title states; None where it states none."""
        if not title:
            return None
        words = title_words(title)
        barred: dict[str, list[set[int]]] = {}
        for row, level in self._not_titles.among(words):
            barred.setdefault(level.id, []).extend(spans_of(words, row))
        hits: list[Level] = []
        covered: set[int] = set()
        for row, level in self._titles.among(words):
            for span in spans_of(words, row):
                if not span & covered and not any(span <= other for other in barred.get(level.id, ())):
                    covered |= span
                    hits.append(level)
        if not hits:
            return None
        # "Senior Engineering Manager" is a manager, "Senior Staff Engineer" is staff.
        return max(hits, key=lambda level: (level.branch == "leading", level.rank)).id

    def read(
        self,
        kind: DocumentKind,
        skills: Iterable[ProfileSkill],
        *,
        title: str | None,
        earlier: Sequence[str] = (),
        years: float | None,
        min_years: float | None,
        evidence: Evidence | None = None,
    ) -> LevelReading:
        """Read a document against every level.

        Args:
            skills: the skills of the document; those that it neither shows nor asks are left out here.
            title: the job title that may state a level.
            earlier: titles of earlier jobs, the latest first.
            years: years of experience of a resume.
            min_years: years a posting asks.
            evidence: the place of the title, or of the years.
        """
        by = self._shown_by(shown_skills(kind, skills))
        coverage, missing, shown = [], [], []
        for level_id, asked in self._requires:
            gaps, met = [], []
            for gap in asked:
                for skill_id in gap.skill_ids:
                    if skill_id in by:
                        holder = by[skill_id]
                        met.append(LevelShown(gap.skill_ids, holder.id, holder.evidence[:1], gap.sources))
                        break
                else:
                    gaps.append(gap)
            coverage.append((level_id, round(len(met) / len(asked), 4)))
            missing.append((level_id, tuple(gaps)))
            shown.append((level_id, tuple(met)))
        shares = dict(coverage)
        stated = self.stated(title)
        years = min_years if kind == "posting" else years
        by_years = self._by_years(years)
        by_requirements = self._by_requirements(shares)
        inferred, reason = (
            self._infer_posting(stated, years, by_years)
            if kind == "posting"
            else self._infer_resume(stated, years, by_years, shares, earlier)
        )
        return LevelReading(
            inferred,
            stated,
            reason,
            tuple(coverage),
            tuple(missing),
            self._disagreement(kind, stated, years, by_years, by_requirements),
            evidence,
            tuple(shown),
            None if years is None else round(years, 2),
            by_years.id if by_years else None,
            by_requirements.id if by_requirements else None,
        )

    def reread(self, profile: Profile) -> LevelReading:
        """The reading of a profile whose skills or months have changed."""
        titles = [title for title, _ in titles_latest_first(profile.roles)]
        return self.read(
            profile.document.kind,
            profile.skills,
            title=profile.title,
            earlier=titles[1:],
            years=profile.experience_years,
            min_years=profile.min_years,
            evidence=profile.level.evidence,
        )

    def _shown_by(self, skills: Sequence[ProfileSkill]) -> Mapping[str, ProfileSkill]:
        """For each skill that is held, itself or by a narrower one, the skill of the document that holds it."""
        by = {skill.id: skill for skill in skills}
        for skill in skills:
            for above in self._graph.above(skill.id):
                by.setdefault(above, skill)
        return by

    def _by_years(self, years: float | None) -> Level | None:
        if years is None:
            return None
        fitting = [level for level in self._individual if level.use_years and level.use_years.min <= years]
        return max(fitting, key=lambda level: level.rank) if fitting else None

    def _by_requirements(self, coverage: Mapping[str, float]) -> Level | None:
        """The individual level of which most is shown, if it is enough.

        What the lowest level requires every level above it needs as well, so it is named only where no other is.
        """
        reached = [level for level in self._individual if coverage.get(level.id, 0.0) >= _COVERAGE_TO_RISE]
        lowest = next(level for level in self._individual if level.requires) if reached else None
        reached = [level for level in reached if level is not lowest] or reached
        return max(reached, key=lambda level: (coverage[level.id], level.rank)) if reached else None

    def _infer_posting(self, stated: str | None, years: float | None, by_years: Level | None) -> tuple[str | None, str]:
        if stated is not None:
            return stated, "the title states it"
        if years is None:
            return None, "neither a title nor years tell the level"
        return (
            (by_years.id, f"it asks {years:g} years") if by_years else (None, "fewer years than any level begins with")
        )

    def _infer_resume(
        self,
        stated: str | None,
        years: float | None,
        by_years: Level | None,
        coverage: Mapping[str, float],
        earlier: Sequence[str],
    ) -> tuple[str | None, str]:
        if stated is not None:
            level = self._by_id[stated]
            below = self._below(level)
            if years is not None and below is not None and level.use_years:
                usual = level.use_years.min
                if years < usual * _IMPLAUSIBLE_YEARS:
                    return below.id, f"titled {level.name}, but {years:.1f} years are far from the usual {usual:g}"
            return stated, "the title states it"
        before = next((level_id for title in earlier if (level_id := self.stated(title))), None)
        reached = self._reached(by_years, coverage) if by_years else None
        # A plain title does not undo a level that an earlier one stated, unless the years have outgrown it.
        if before is not None and (reached is None or self.seniority(before) > self.seniority(reached.id)):
            return before, "the title of an earlier job states it"
        if reached is None:
            unknown = "neither a title nor years tell the level"
            return None, unknown if years is None else "fewer years than any level begins with"
        if by_years is not None and reached.rank < min(by_years.rank, _RANK_WITHOUT_TITLE):
            above = self._above(reached)
            return reached.id, f"{years:.1f} years, and too little of what {above.name} asks"
        if by_years is not None and reached.rank < by_years.rank:
            return reached.id, f"{years:.1f} years of experience, and no title of a level above"
        return reached.id, f"{years:.1f} years of experience"

    def _reached(self, by_years: Level, coverage: Mapping[str, float]) -> Level | None:
        """Years open the door to a level; only what was done there goes through it."""
        reached: Level | None = None
        for rung in self._individual:
            if rung.use_years is None or rung.rank > min(by_years.rank, _RANK_WITHOUT_TITLE):
                continue
            if rung.rank > _RANK_BY_YEARS and coverage.get(rung.id, 0.0) < _COVERAGE_TO_RISE:
                break
            reached = rung
        return reached

    def _above(self, level: Level) -> Level:
        """The next higher individual level."""
        return min((other for other in self._individual if other.rank > level.rank), key=lambda other: other.rank)

    def _below(self, level: Level) -> Level | None:
        """The next lower level of the same branch; below the first leading one, the individual level under it."""
        place = self.seniority(level.id)
        lower = [other for other in self._levels if other.branch == level.branch and other.rank < level.rank] or [
            other for other in self._individual if other.rank < place
        ]
        return max(lower, key=lambda other: other.rank) if lower else None

    def _disagreement(
        self,
        kind: DocumentKind,
        stated: str | None,
        years: float | None,
        by_years: Level | None,
        by_requirements: Level | None,
    ) -> str | None:
        """Where title, years and requirements do not say the same, one sentence; None where they do."""
        title = self._by_id[stated] if stated is not None else None
        verb = "asks" if kind == "posting" else "shows"
        found = []
        if title is not None and title.use_years is not None and years is not None:
            low, high = title.use_years.min, title.use_years.max
            if years < low:
                found.append(f"{verb} {years:.3g} years where {low:g} or more are usual")
            elif high is not None and years > high and kind == "posting":
                usual = f", which is usual for {by_years.name}" if by_years and by_years.id != title.id else ""
                found.append(f"{verb} {years:.3g} years where {low:g} to {high:g} are usual{usual}")
        said = title or (by_years if kind == "posting" else None)
        if (
            said is not None
            and by_requirements is not None
            and by_requirements.rank - self.seniority(said.id) >= _REQUIREMENTS_APART
        ):
            found.append(f"{verb} for much of what {by_requirements.name} requires" if kind == "posting" else
                         f"{verb} much of what {by_requirements.name} requires")  # fmt: skip
        if not found:
            return None
        lead = f"titled {title.name}" if title is not None else f"{verb} {years:.3g} years"
        return f"{lead}, {', and '.join(found)}"

    def order(self) -> Sequence[str]:
        """The ids of all levels: the individual branch upwards, then the leading one."""
        return [level.id for level in self._levels]

    def seniority(self, level_id: str) -> float:
        """A place on one scale for both branches: a lead stands between senior and staff, and so on."""
        level = self._by_id[level_id]
        return float(level.rank) if level.branch == "individual" else _LEADING_OFFSET + level.rank


class _TitleRows:
    """Rows of words that tell a level, by their first words: a title holds next to none of them."""

    def __init__(self, rows: Iterable[tuple[tuple[str, ...], Level]]) -> None:
        self._by_first: dict[str, list[tuple[int, tuple[str, ...], Level]]] = {}
        # The longest row decides, so they keep the number of their turn.
        for turn, (row, level) in enumerate(sorted(rows, key=lambda item: (-len(item[0]), item[0]))):
            self._by_first.setdefault(row[0], []).append((turn, row, level))

    def among(self, words: Iterable[str]) -> Iterator[tuple[tuple[str, ...], Level]]:
        """The rows all of whose words are among ``words``, the longest first."""
        held = frozenset(words)
        near = chain.from_iterable([self._by_first[word] for word in held if word in self._by_first])
        return ((row, level) for _, row, level in sorted(near, key=itemgetter(0)) if held.issuperset(row))


def title_words(title: str) -> tuple[str, ...]:
    """The words of a title as they are compared: folded, in the singular."""
    return tuple(words_of(title).keys)


def spans_of(words: Sequence[str], row: Sequence[str]) -> list[set[int]]:
    """The places of ``row`` in ``words``, each as a set of positions."""
    return [
        set(range(start, start + len(row)))
        for start in range(len(words) - len(row) + 1)
        if tuple(words[start : start + len(row)]) == tuple(row)
    ]
