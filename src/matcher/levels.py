"""Where a document stands on the ladder: the level it states, the level it reads as, and what each level asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matcher.model import DocumentKind, Evidence, LevelGap, LevelReading
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.names import fold, singular, tokenize
from matcher.taxonomy.schema import Level, Taxonomy

# Without a title that says more, years alone do not make a senior: this share of the level's requirements does.
_COVERAGE_TO_RISE = 0.4


class Ladder:
    """The levels of a taxonomy, ready to read documents against."""

    def __init__(self, taxonomy: Taxonomy, graph: Graph) -> None:
        self._levels = sorted(taxonomy.levels.values(), key=lambda level: (level.branch, level.rank))
        self._graph = graph
        self._titles = sorted(
            (
                (tuple(singular(fold(token.text)) for token in tokenize(title)), level)
                for level in self._levels
                for title in level.titles
            ),
            key=lambda item: (-len(item[0]), item[0]),
        )
        self._not_titles = [
            (tuple(singular(fold(token.text)) for token in tokenize(title)), level.id)
            for level in self._levels
            for title in level.not_titles
        ]
        self._individual = [level for level in self._levels if level.branch == "individual"]

    def stated(self, title: str | None) -> str | None:
        """The level that a job title states; None where it states none."""
        if not title:
            return None
        words = [singular(fold(token.text)) for token in tokenize(title)]
        barred: dict[str, list[set[int]]] = {}
        for row, level_id in self._not_titles:
            barred.setdefault(level_id, []).extend(_spans(words, row))
        hits: list[Level] = []
        covered: set[int] = set()
        for row, level in self._titles:
            for span in _spans(words, row):
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
        shown: Iterable[str],
        *,
        title: str | None,
        months: int | None,
        min_years: float | None,
        evidence: Evidence | None = None,
    ) -> LevelReading:
        """Read a document against every level.

        Args:
            shown: ids of the skills a resume shows or a posting asks.
            title: the job title that may state a level.
            months: months of experience of a resume.
            min_years: years a posting asks.
        """
        have = self._graph.with_broader(shown)
        coverage, missing = [], []
        for level in self._levels:
            if not level.requires:
                continue
            gaps = tuple(
                LevelGap(requirement.skill_ids, requirement.sources)
                for requirement in level.requires
                if have.isdisjoint(requirement.skill_ids)
            )
            coverage.append((level.id, round(1 - len(gaps) / len(level.requires), 4)))
            missing.append((level.id, gaps))
        stated = self.stated(title)
        years = min_years if kind == "posting" else None if months is None else months / 12
        inferred, reason = self._infer(kind, stated, years, dict(coverage))
        return LevelReading(
            inferred,
            stated,
            reason,
            tuple(coverage),
            tuple(missing),
            self._disagreement(kind, stated, years),
            evidence,
        )

    def _by_years(self, years: float) -> Level | None:
        fitting = [level for level in self._individual if level.use_years and level.use_years.min <= years]
        return max(fitting, key=lambda level: level.rank) if fitting else None

    def _infer(
        self, kind: DocumentKind, stated: str | None, years: float | None, coverage: dict[str, float]
    ) -> tuple[str | None, str]:
        if stated is not None:
            return stated, "the title states it"
        if years is None:
            return None, "neither a title nor years tell the level"
        level = self._by_years(years)
        if level is None:
            return None, "no level begins at these years"
        if kind == "posting":
            return level.id, f"it asks {years:g} years"
        # Years open the door to a level; only what was done there goes through it.
        rungs = [item for item in self._individual if item.use_years and item.rank <= level.rank]
        reached = rungs[0]
        for rung in rungs[1:]:
            if rung.rank <= 2 or coverage.get(rung.id, 0.0) >= _COVERAGE_TO_RISE:
                reached = rung
            else:
                break
        if reached.rank < level.rank:
            return reached.id, f"{years:.1f} years, and too little of what {level.name} asks"
        return reached.id, f"{years:.1f} years of experience"

    def _disagreement(self, kind: DocumentKind, stated: str | None, years: float | None) -> str | None:
        if stated is None or years is None:
            return None
        level = next(item for item in self._levels if item.id == stated)
        if level.use_years is None:
            return None
        low, high = level.use_years.min, level.use_years.max
        verb = "asks" if kind == "posting" else "shows"
        if years < low:
            return f"titled {level.name}, {verb} {years:.3g} years where {low:g} or more are usual"
        if high is not None and years > high and kind == "posting":
            return f"titled {level.name}, {verb} {years:.3g} years where {low:g} to {high:g} are usual"
        return None

    def order(self) -> Sequence[str]:
        """The ids of all levels: the individual branch upwards, then the leading one."""
        return [level.id for level in self._levels]

    def seniority(self, level_id: str) -> float:
        """A place on one scale for both branches: a lead stands between senior and staff, and so on."""
        level = next(item for item in self._levels if item.id == level_id)
        return float(level.rank) if level.branch == "individual" else _LEADING_OFFSET + level.rank


def _spans(words: Sequence[str], row: tuple[str, ...]) -> list[set[int]]:
    """The places of ``row`` in ``words``, each as a set of positions."""
    return [
        set(range(start, start + len(row)))
        for start in range(len(words) - len(row) + 1)
        if tuple(words[start : start + len(row)]) == row
    ]


# A first leading level (rank 1) stands half a step above senior (rank 3).
_LEADING_OFFSET = 2.5
