"""An audit for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matcher.audit.figures import LIMITS, Audit, GroupRate, Interval, RateTable
from matcher.reports.safe import one_line


def print_audit(console: Console, audit: Audit) -> None:
    """Print the rates by group, the two readings, and what they do not establish."""
    for line in summary(audit):
        console.print(Text(line))
    for table in (*audit.selection, *audit.scoring):
        console.print(Padding(_rates(table), (1, 0, 0, 0)))
        for note in notes(table):
            console.print(Text(f"  {note}"))
    if audit.selection:
        console.print(Padding(Text("Four-fifths rule, 29 CFR 1607.4(D)", style="bold"), (1, 0, 0, 0)))
        for line in four_fifths(audit):
            console.print(Text(f"  {line}"))
    console.print(Padding(Text("New York City Local Law 144, 6 RCNY 5-301", style="bold"), (1, 0, 0, 0)))
    if audit.local_law.reason:
        console.print(Text(f"  not made: {audit.local_law.reason}"))
    for table in (*audit.local_law.scoring, *audit.local_law.selection):
        console.print(Padding(_rates(table), (0, 0, 0, 2)))
        for note in notes(table):
            console.print(Text(f"    {note}"))
    console.print(Padding(Text("What this does not establish", style="bold"), (1, 0, 0, 0)))
    console.print(Text(LIMITS))


def summary(audit: Audit) -> list[str]:
    """What was audited, in sentences."""
    lines = [
        f"{audit.applications} applications to {audit.postings}"
        f" {'posting' if audit.postings == 1 else 'postings'}; median score {audit.median:g}."
    ]
    if audit.without_score:
        lines.append(f"{audit.without_score} have no score: they count as not selected, and in no scoring rate.")
    if audit.selection:
        lines.append(f"Selected means {audit.settings.rule}.")
    else:
        lines.append("No selection rule was given (--threshold or --top), so there are scoring rates only.")
    if audit.ungrouped:
        lines.append(
            f"{len(audit.ungrouped)} resumes of the results are not in the groups file: their groups are unknown."
        )
    if audit.unscored:
        lines.append(f"{len(audit.unscored)} resumes of the groups file are not in the results.")
    for item in audit.merged:
        labels = ", ".join(repr(one_line(label)) for label in item.others)
        lines.append(
            f"{one_line(item.attribute)}: {labels} counts as {one_line(item.label)!r}: labels that differ in upper and"
            " lower case only are one group."
        )
    if audit.postings > 1:
        lines.append("The same person may count once for each posting; intervals take applications as independent.")
    settings = audit.settings
    lines.append(
        f"Intervals: {settings.confidence:.0%} percentile bootstrap, {settings.resamples} resamples,"
        f" seed {settings.seed}."
        f" 'small' marks groups below {settings.small_below} applications."
    )
    return lines


def notes(table: RateTable) -> list[str]:
    """What is to be said below a table."""
    lines = []
    if not table.groups:
        lines.append("nobody's group is known")
    elif all(group.chosen == 0 for group in table.groups):
        lines.append("nobody was chosen, so there is no ratio")
    if table.difference is not None:
        text = f"demographic parity difference {table.difference:.3f}"
        if table.difference_interval:
            text += f" ({_span(table.difference_interval)})"
        lines.append(text)
    if table.unknown:
        applications = "application" if table.unknown == 1 else "applications"
        lines.append(f"{table.unknown} {applications} not compared because a group is unknown")
    reference = next((group for group in table.groups if group.reference), None)
    if reference is not None and reference.small:
        lines.append(
            "the group that all are compared with is small: its rate, and every ratio, moves with one application"
        )
    excluded = [group for group in table.groups if group.excluded]
    if excluded:
        lines.append(f"{len(excluded)} groups are too small a share to compare; their figures are shown")
    return lines


def four_fifths(audit: Audit) -> list[str]:
    """The readings by the four-fifths rule, in sentences."""
    lines = []
    for item in audit.four_fifths:
        if item.group == item.reference:
            continue
        verdict = "below four fifths" if item.below else "at or above four fifths"
        who = one_line(f"{item.attribute}: {item.group} against {item.reference}")
        text = f"{who}: {item.impact_ratio:.3f}, {verdict}"
        if item.p_value is not None:
            text += f"; Fisher's exact test p = {item.p_value:.3f}"
        if item.small:
            text += "; small numbers"
        lines.append(text)
    return lines or ["nothing to compare: fewer than two groups, or nobody was selected"]


def heading(table: RateTable) -> str:
    """The name of a table."""
    what = "Selection rate" if table.measure == "selection" else "Scoring rate (share above the median)"
    return one_line(f"{what} by {table.name}")


def marks(group: GroupRate) -> str:
    """The marks of a group, in words."""
    names = [
        name
        for name, there in (
            ("highest", group.reference),
            ("small", group.small),
            ("not compared", group.excluded),
        )
        if there
    ]
    return ", ".join(names)


def cells(group: GroupRate) -> Sequence[str]:
    """A group's row: group, count, chosen, rate, interval, impact ratio, interval, marks."""
    return (
        one_line(group.name),
        str(group.count),
        str(group.chosen),
        f"{group.rate:.3f}",
        _span(group.rate_interval),
        "" if group.impact_ratio is None else f"{group.impact_ratio:.3f}",
        _span(group.ratio_interval),
        marks(group),
    )


HEADERS = ("group", "applications", "chosen", "rate", "interval", "impact ratio", "interval", "")


def _rates(table: RateTable) -> Table:
    grid = Table(box=None, pad_edge=False, header_style="bold", title=heading(table), title_justify="left")
    for name, numeric in zip(HEADERS, (False, True, True, True, True, True, True, False), strict=True):
        # What is counted is named whole, at the cost of columns whose names have spaces to break at.
        grid.add_column(name, justify="right" if numeric else "left", no_wrap=name == "applications")
    for group in table.groups:
        grid.add_row(*(Text(value) for value in cells(group)))
    return grid


def _span(interval: Interval | None) -> str:
    return f"{interval.low:.3f} to {interval.high:.3f}" if interval else ""
