"""Rates by group, impact ratios and their intervals. Rates and parity differences are fairlearn's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING, Any

from matcher.audit.figures import (
    Application,
    Audit,
    Curve,
    FourFifths,
    GroupRate,
    Interval,
    Joined,
    LocalLaw,
    Measure,
    RateTable,
    Rule,
    Settings,
)
from matcher.errors import MissingExtraError, SettingsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SEX = ("sex", "gender", "sex_gender")
_RACE = ("race_ethnicity", "race/ethnicity", "race", "ethnicity", "race_and_ethnicity")


def audit(joined: Joined, settings: Settings) -> Audit:
    """All figures of the audit of ``joined``.

    Selection rates count every application; one without a score is not selected. Scoring rates are shares above
    the median of all scores, as 6 RCNY 5-300 defines them, and count the applications that have one.

    Raises:
        SettingsError: a setting is out of range, or no application has a score.
        MissingExtraError: fairlearn is not installed.
    """
    _check(joined, settings)
    rows = joined.applications
    scores = [row.score for row in rows if row.score is not None]
    if not scores:
        raise SettingsError("no application has a score; there is nothing to audit")
    middle = float(median(scores))
    scored = [row for row in rows if row.score is not None]
    above = [row.score is not None and row.score > middle for row in scored]
    chosen = selected(rows, settings.rule)
    single = [(index,) for index in range(len(joined.attributes))]
    sets = [*single, *combinations(range(len(joined.attributes)), 2)]
    scoring = tuple(_table("scoring", joined.attributes, scored, above, indices, settings) for indices in sets)
    selection: tuple[RateTable, ...] = ()
    if chosen is not None:
        selection = tuple(_table("selection", joined.attributes, rows, chosen, indices, settings) for indices in sets)
    return Audit(
        settings,
        joined.attributes,
        len(rows),
        len({row.posting for row in rows}),
        len(rows) - len(scored),
        joined.ungrouped,
        joined.unscored,
        joined.merged,
        middle,
        selection,
        scoring,
        tuple(_four_fifths(selection)),
        _local_law(joined, settings, scored, above, chosen),
        tuple(_curve(joined.attributes[index], rows, index) for (index,) in single),
    )


def selected(rows: Sequence[Application], rule: Rule) -> list[bool] | None:
    """Who is selected by ``rule``, row by row; None where there is no rule.

    The best N of a posting are those with no fewer than N better; all who tie with the last are in, so that nobody
    is chosen by the order of the file.
    """
    if rule.threshold is not None:
        return [row.score is not None and row.score >= rule.threshold for row in rows]
    if rule.top is None:
        return None
    lowest: dict[str, float] = {}
    for posting in {row.posting for row in rows}:
        scores = sorted((row.score for row in rows if row.posting == posting and row.score is not None), reverse=True)
        if scores:
            lowest[posting] = scores[min(rule.top, len(scores)) - 1]
    return [row.score is not None and row.score >= lowest[row.posting] for row in rows]


def _check(joined: Joined, settings: Settings) -> None:
    rule = settings.rule
    if rule.threshold is not None and rule.top is not None:
        raise SettingsError("an audit takes a threshold or a top N, not both")
    if rule.threshold is not None and not 0 <= rule.threshold <= 100:
        raise SettingsError(f"the threshold {rule.threshold:g} is not between 0 and 100")
    if rule.top is not None and rule.top < 1:
        raise SettingsError(f"the best {rule.top} is nobody; give a number of at least 1")
    if not 0 < settings.confidence < 1:
        raise SettingsError(f"the confidence {settings.confidence:g} is not between 0 and 1")
    for name in (settings.sex, settings.race):
        if name is not None and name not in joined.attributes:
            raise SettingsError(f"there is no group column {name!r}; there are: {', '.join(joined.attributes)}")


def _table(
    measure: Measure,
    attributes: Sequence[str],
    rows: Sequence[Application],
    chosen: Sequence[bool],
    indices: Sequence[int],
    settings: Settings,
    exclude_share: float = 0.0,
) -> RateTable:
    """The rates by the groups of the attributes at ``indices``; groups below ``exclude_share`` are not compared."""
    names = tuple(attributes[index] for index in indices)
    known = [
        (tuple(value for index in indices if (value := row.groups[index]) is not None), picked)
        for row, picked in zip(rows, chosen, strict=True)
    ]
    known = [item for item in known if len(item[0]) == len(indices)]
    unknown = len(rows) - len(known)
    if not known:
        return RateTable(measure, names, (), None, None, unknown)
    counts = _counts(known, names)
    total = len(known)
    compared = [key for key, (count, _) in counts.items() if count / total >= exclude_share]
    best = max(compared, key=lambda key: (_rate(counts[key]), counts[key][0]), default=None)
    intervals = _Intervals(counts, compared, best, settings)
    groups = []
    for key, (count, hits) in counts.items():
        rate = _rate((count, hits))
        out = key not in compared
        top = _rate(counts[best]) if best is not None else 0.0
        ratio = None if out or top == 0 else rate / top
        groups.append(
            GroupRate(
                key,
                count,
                hits,
                count / total,
                rate,
                intervals.rates[key],
                ratio,
                intervals.ratios.get(key) if ratio is not None else None,
                count < settings.small_below,
                key == best and top > 0,
                out,
                None if out or best is None or key == best else _fisher(counts[key], counts[best]),
            )
        )
    groups.sort(key=lambda group: (group.excluded, -group.rate, group.groups))
    rates = [_rate(counts[key]) for key in compared]
    return RateTable(
        measure,
        names,
        tuple(groups),
        _parity_difference([item for item in known if item[0] in set(compared)], names) if len(rates) > 1 else None,
        intervals.difference if len(rates) > 1 else None,
        unknown,
    )


_Cell = tuple[int, int]
_Known = Sequence[tuple[tuple[str, ...], bool]]


def _rate(cell: _Cell) -> float:
    return cell[1] / cell[0]


def _frame(known: _Known, names: Sequence[str]) -> tuple[list[int], Any]:
    import pandas as pd

    columns = {name: [key[position] for key, _ in known] for position, name in enumerate(names)}
    return [int(picked) for _, picked in known], pd.DataFrame(columns, dtype="object")


def _counts(known: _Known, names: Sequence[str]) -> dict[tuple[str, ...], _Cell]:
    """Applications and chosen ones of each group that has any."""
    metrics = _fairlearn()
    picked, features = _frame(known, names)
    frame = metrics.MetricFrame(
        metrics={"count": metrics.count, "rate": metrics.selection_rate},
        y_true=picked,
        y_pred=picked,
        sensitive_features=features,
    ).by_group
    counts: dict[tuple[str, ...], _Cell] = {}
    for key, row in frame.iterrows():
        # An intersection nobody stands in has no count.
        if row["count"] > 0:
            group = tuple(str(part) for part in key) if isinstance(key, tuple) else (str(key),)
            counts[group] = (int(row["count"]), round(float(row["rate"]) * int(row["count"])))
    return counts


def _parity_difference(known: _Known, names: Sequence[str]) -> float:
    picked, features = _frame(known, names)
    return float(_fairlearn().demographic_parity_difference(picked, picked, sensitive_features=features))


def _fairlearn() -> Any:
    try:
        from fairlearn import metrics
    except ImportError:
        raise MissingExtraError("audit", "an audit by groups") from None
    return metrics


def _fisher(cell: _Cell, reference: _Cell) -> float:
    from scipy.stats import fisher_exact

    table = [[cell[1], cell[0] - cell[1]], [reference[1], reference[0] - reference[1]]]
    return float(fisher_exact(table).pvalue)


class _Intervals:
    """Percentile bootstrap: applications are drawn anew with replacement, the median score stays where it is.

    Only the counts of each group decide the rates, so that drawing them is drawing those counts from a multinomial
    distribution. Draws in which a group has nobody do not count for that group.

    A parity difference is a maximum less a minimum over groups, and drawing anew makes such an extreme larger on
    average even where no group differs: the interval of the extreme of each draw can lie wholly above the
    estimate. That is why the groups with the highest and the lowest rate are those of the data in every draw; impact
    ratios are held against
    the same highest group. The intervals are then percentile intervals of a plain difference and a plain ratio of two
    rates (B. Efron and R. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). They do not count that the
    two groups were chosen after seeing the data; with many groups the difference itself is too high on average.
    """

    def __init__(
        self,
        counts: dict[tuple[str, ...], _Cell],
        compared: Sequence[tuple[str, ...]],
        best: tuple[str, ...] | None,
        settings: Settings,
    ) -> None:
        import numpy as np

        keys = list(counts)
        total = sum(count for count, _ in counts.values())
        cells = [part for key in keys for part in (counts[key][1], counts[key][0] - counts[key][1])]
        generator = np.random.default_rng(settings.seed)
        draws = generator.multinomial(total, np.array(cells) / total, size=settings.resamples)
        hits, misses = draws[:, 0::2], draws[:, 1::2]
        people = hits + misses
        with np.errstate(invalid="ignore", divide="ignore"):
            rates = np.where(people > 0, hits / people, np.nan)
        columns = [keys.index(key) for key in compared]
        self._tails = [(1 - settings.confidence) / 2, (1 + settings.confidence) / 2]
        self.rates = {key: self._interval(rates[:, index]) for index, key in enumerate(keys)}
        self.ratios: dict[tuple[str, ...], Interval | None] = {}
        self.difference: Interval | None = None
        if best is not None:
            worst = min(compared, key=lambda key: (_rate(counts[key]), key == best))
            highest, lowest = rates[:, keys.index(best)], rates[:, keys.index(worst)]
            with np.errstate(invalid="ignore", divide="ignore"):
                ratios = rates[:, columns] / np.where(highest > 0, highest, np.nan)[:, None]
            self.ratios = {key: self._interval(ratios[:, place]) for place, key in enumerate(compared)}
            self.difference = self._interval(highest - lowest)

    def _interval(self, values: NDArray[np.float64]) -> Interval | None:
        import numpy as np

        values = values[~np.isnan(values)]
        if not len(values):
            return None
        low, high = np.quantile(values, self._tails)
        return Interval(float(low), float(high))


def _four_fifths(tables: Sequence[RateTable]) -> list[FourFifths]:
    """29 CFR 1607.4(D) speaks of race, sex and ethnic groups, each attribute for itself: intersections are not read."""
    readings = []
    for table in tables:
        reference = next((group for group in table.groups if group.reference), None)
        if len(table.attributes) != 1 or reference is None:
            continue
        for group in table.groups:
            # Whole numbers: 4/5 of a rate is met exactly or not, whatever the binary fractions say.
            below = 5 * group.chosen * reference.count < 4 * reference.chosen * group.count
            ratio = group.rate / reference.rate
            readings.append(
                FourFifths(
                    table.name, group.name, reference.name, ratio, below, group.p_value, group.small or reference.small
                )
            )
    return readings


def _local_law(
    joined: Joined,
    settings: Settings,
    scored: Sequence[Application],
    above: Sequence[bool],
    chosen: Sequence[bool] | None,
) -> LocalLaw:
    sex = settings.sex or _named(joined.attributes, _SEX)
    race = settings.race or _named(joined.attributes, _RACE)
    if sex is None or race is None:
        lacking = " and ".join(name for name, column in (("sex", sex), ("race/ethnicity", race)) if column is None)
        return LocalLaw((), (), f"the groups file has no column of {lacking}; name it with --sex or --race")
    one, two = joined.attributes.index(sex), joined.attributes.index(race)
    sets = [(one,), (two,), (one, two)]
    share = settings.exclude_share
    scoring = tuple(_table("scoring", joined.attributes, scored, above, indices, settings, share) for indices in sets)
    selection = (
        tuple(
            _table("selection", joined.attributes, joined.applications, chosen, indices, settings, share)
            for indices in sets
        )
        if chosen is not None
        else ()
    )
    return LocalLaw(scoring, selection)


def _named(attributes: Sequence[str], usual: Sequence[str]) -> str | None:
    folded = {name.casefold().replace(" ", "_"): name for name in attributes}
    return next((folded[name] for name in usual if name in folded), None)


def _curve(attribute: str, rows: Sequence[Application], index: int) -> Curve:
    """The rates at each score that occurs: between two of them nothing changes."""
    scores: dict[str, list[float]] = {}
    people: dict[str, int] = {}
    for row in rows:
        group = row.groups[index]
        if group is None:
            continue
        people[group] = people.get(group, 0) + 1
        if row.score is not None:
            scores.setdefault(group, []).append(row.score)
    names = tuple(sorted(people))
    thresholds = sorted({0.0, 100.0, *(score for values in scores.values() for score in values)})
    rates, ratios = list[tuple[float, ...]](), list[float | None]()
    for threshold in thresholds:
        at = tuple(sum(score >= threshold for score in scores.get(name, ())) / people[name] for name in names)
        rates.append(at)
        ratios.append(min(at) / max(at) if at and max(at) > 0 else None)
    return Curve(attribute, names, tuple(thresholds), tuple(rates), tuple(ratios))
