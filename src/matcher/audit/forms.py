"""An audit as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matcher.audit.figures import LIMITS, Audit, GroupRate, Interval, RateTable
from matcher.reports.table import Cell, to_csv

AUDIT_SCHEMA = "matcher.audit/1"
LOCAL_LAW = "New York City Local Law 144 of 2021, 6 RCNY 5-301"
FOUR_FIFTHS_RULE = "29 CFR 1607.4(D), four-fifths rule"

_COLUMNS = (
    "reading", "measure", "attribute", "group", "count", "chosen", "share", "rate", "rate_low", "rate_high",
    "impact_ratio", "ratio_low", "ratio_high", "reference", "small", "excluded", "p_value", "below_four_fifths",
)  # fmt: skip


def audit_dict(audit: Audit) -> dict[str, Any]:
    """An audit as plain data (``matcher.audit/1``)."""
    settings = audit.settings
    return {
        "schema": AUDIT_SCHEMA,
        "rule": {"threshold": settings.rule.threshold, "top": settings.rule.top},
        "settings": {
            "small_below": settings.small_below,
            "exclude_share": settings.exclude_share,
            "confidence": settings.confidence,
            "resamples": settings.resamples,
            "seed": settings.seed,
        },
        "applications": audit.applications,
        "postings": audit.postings,
        "without_score": audit.without_score,
        "without_groups": len(audit.ungrouped),
        "groups_without_results": len(audit.unscored),
        "merged_labels": [
            {"attribute": item.attribute, "group": item.label, "also_written": list(item.others)}
            for item in audit.merged
        ],
        "median_score": audit.median,
        "selection_rates": [_table(table) for table in audit.selection],
        "scoring_rates": [_table(table) for table in audit.scoring],
        "four_fifths_rule": {
            "source": FOUR_FIFTHS_RULE,
            "readings": [
                {
                    "attribute": item.attribute,
                    "group": item.group,
                    "reference": item.reference,
                    "impact_ratio": _rounded(item.impact_ratio),
                    "below_four_fifths": item.below,
                    "p_value": _rounded(item.p_value),
                    "small": item.small,
                }
                for item in audit.four_fifths
            ],
        },
        "local_law_144": {
            "source": LOCAL_LAW,
            "reason": audit.local_law.reason,
            "scoring_rates": [_table(table) for table in audit.local_law.scoring],
            "selection_rates": [_table(table) for table in audit.local_law.selection],
        },
        "thresholds": [
            {
                "attribute": curve.attribute,
                "groups": list(curve.groups),
                "thresholds": list(curve.thresholds),
                "selection_rates": [[_rounded(rate) for rate in rates] for rates in curve.rates],
                "lowest_impact_ratio": [_rounded(ratio) for ratio in curve.ratios],
            }
            for curve in audit.curves
        ],
        "does_not_establish": LIMITS,
    }


def audit_csv(audit: Audit) -> str:
    """One row for each group of each reading; cells that a spreadsheet would run as a formula are defused."""
    below = {(item.attribute, item.group): item.below for item in audit.four_fifths}
    rows = list[tuple[Cell, ...]]()
    for reading, tables in (
        ("groups", (*audit.selection, *audit.scoring)),
        ("local-law-144", (*audit.local_law.selection, *audit.local_law.scoring)),
    ):
        for table in tables:
            ruled = reading == "groups" and table.measure == "selection"
            for row, group in zip(_rows(reading, table), table.groups, strict=True):
                rows.append((*row, _yes(below.get((table.name, group.name)) if ruled else None)))
    return to_csv(_COLUMNS, rows)


def _yes(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _rows(reading: str, table: RateTable) -> Iterator[tuple[Cell, ...]]:
    for group in table.groups:
        rates, ratios = group.rate_interval, group.ratio_interval
        yield (
            reading, table.measure, table.name, group.name, group.count, group.chosen, _rounded(group.share),
            _rounded(group.rate), _rounded(rates.low if rates else None), _rounded(rates.high if rates else None),
            _rounded(group.impact_ratio), _rounded(ratios.low if ratios else None),
            _rounded(ratios.high if ratios else None), _yes(group.reference), _yes(group.small),
            _yes(group.excluded), _rounded(group.p_value),
        )  # fmt: skip


def _table(table: RateTable) -> dict[str, Any]:
    return {
        "measure": f"{table.measure} rate",
        "attributes": list(table.attributes),
        "demographic_parity_difference": _rounded(table.difference),
        "difference_interval": _interval(table.difference_interval),
        "unknown": table.unknown,
        "groups": [_group(group) for group in table.groups],
    }


def _group(group: GroupRate) -> dict[str, Any]:
    return {
        "group": list(group.groups),
        "count": group.count,
        "chosen": group.chosen,
        "share": _rounded(group.share),
        "rate": _rounded(group.rate),
        "rate_interval": _interval(group.rate_interval),
        "impact_ratio": _rounded(group.impact_ratio),
        "ratio_interval": _interval(group.ratio_interval),
        "reference": group.reference,
        "small": group.small,
        "excluded": group.excluded,
        "p_value": _rounded(group.p_value),
    }


def _interval(interval: Interval | None) -> list[float | None] | None:
    return [_rounded(interval.low), _rounded(interval.high)] if interval else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
