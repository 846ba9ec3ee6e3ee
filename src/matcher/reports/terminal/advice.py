"""What to do next, for a terminal: what each missing item is worth, a plan, and what the guides say about a career."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from matcher.career import Career, Gap, Target
from matcher.reports import figures
from matcher.reports.terminal.draw import Pen, heading, indented, spaced, table
from matcher.taxonomy.schema import Salary, Taxonomy
from matcher.whatif import SmallestSets, WhatIf

_MOST_GAPS = 12
_MOST_STEPS = 5


def print_what_if(console: Console, answers: WhatIf) -> None:
    """Print the points that each missing item would add by itself."""
    pen = Pen.of(console)
    console.print(heading("What each missing item would add"))
    if not answers.gains:
        console.print(Text("  Nothing is missing."))
        return
    drawn = table(("points", 7), ("score", 6), ("with", max(20, pen.width - 40)), ("effort", 12))
    for gain in answers.gains:
        drawn.add_row(
            Text(f"+{gain.points:.2f}"),
            Text(f"{gain.score:.2f}"),
            Text(gain.item.label),
            Text(figures.EFFORT_WORDS[gain.effort]),
        )
    console.print(spaced(drawn))


def print_sets(console: Console, found: SmallestSets) -> None:
    """Print the smallest sets of missing items that reach a target."""
    if found.size is None:
        words = f"No set of missing items reaches {found.target:g}: with all of them the score is {found.best:.2f}."
        console.print(spaced(Text(words)))
        return
    if found.size == 0:
        console.print(spaced(Text(f"The score is at {found.target:g} already.")))
        return
    noun = "item" if found.size == 1 else "items"
    sure = "" if found.proven else " at the most"
    console.print(heading(f"To reach {found.target:g} it takes {found.size} {noun}{sure}; those of least effort first"))
    for number, item in enumerate(found.sets, start=1):
        labels = ", ".join(gain.item.label for gain in item.gains)
        console.print(indented(f"  {number}.", f"{labels} ({item.score:.2f})"))
    console.print()


def print_plan(console: Console, answers: WhatIf, taxonomy: Taxonomy) -> None:
    """Print the missing items in the order of points for the effort, with the guides' way to acquire and show each."""
    steps = answers.plan()
    console.print(heading("Plan: the most points for the least effort first"))
    if not steps:
        console.print(spaced(Text("  Nothing is missing.")))
        return
    guides = figures.cited(step.gain.item.sources for step in steps)
    for number, step in enumerate(steps, start=1):
        item = step.gain.item
        lines = [Text(f"{item.label}: +{step.adds:.2f} to {step.score:.2f} ({figures.EFFORT_WORDS[step.gain.effort]})")]
        if item.acquire:
            cited = "".join(f" [{guides[source_id]}]" for source_id in item.sources)
            lines.append(Text(f"Acquire: {item.acquire}{cited}"))
        if item.show:
            lines.append(Text(f"Show: {item.show}"))
        console.print(indented(f"{number:3}.", Text("\n").join(lines)))
    _print_guides(console, guides, taxonomy)


def print_career(console: Console, career: Career, taxonomy: Taxonomy) -> None:
    """Print the targets with what is missing for each, pay, tracks, background and next steps."""
    guides = figures.cited(_citations(career))
    for target in career.targets:
        _print_target(console, target, guides)
    if career.level_id is not None:
        _print_salary(console, figures.level_name(career.level_id, taxonomy), career.salary, guides)
    if career.tracks:
        console.print(heading("Specialisation tracks it leans to"))
        for fit in career.tracks:
            names = ", ".join(taxonomy.skills[skill_id].name for skill_id in fit.signals)
            words = f"{fit.track.name}: {len(fit.signals)} of {len(fit.track.signals)} signals ({names})"
            console.print(indented("  -", f"{words}{_marks(fit.track.sources, guides)}"))
        console.print()
    if career.background is not None:
        fit_, gaps = career.background.background, career.background.gaps
        console.print(heading(f"Background: {fit_.name} (told by {career.background.told_by})"))
        console.print(indented("  ", f"{fit_.advice}{_marks(fit_.sources, guides)}"))
        console.print(indented("  ", f"Gaps that are still open: {', '.join(gap.label for gap in gaps)}"))
        console.print()
    if career.next_steps:
        console.print(heading("Next steps"))
        for step in career.next_steps[:_MOST_STEPS]:
            console.print(indented("  -", f"{step.text}{_marks(step.sources, guides)}"))
    _print_guides(console, guides, taxonomy)


def _print_target(console: Console, target: Target, guides: dict[str, int]) -> None:
    level = target.level
    branch = "individual branch" if level.branch == "individual" else "leading branch"
    years = "" if not target.years else f", {target.years:.1f} years short of the usual {figures.usual_years(level)}"
    count = len(target.gaps)
    missing = "nothing is missing" if not count else f"{count} of its requirements are missing"
    console.print(heading(f"{level.name} ({branch}): {target.coverage:.0%} covered, {missing}{years}"))
    for gap in target.gaps[:_MOST_GAPS]:
        console.print(indented("  -", _gap(gap, guides)))
    if count > _MOST_GAPS:
        rest = ", ".join(gap.label for gap in target.gaps[_MOST_GAPS:])
        console.print(indented("  -", f"and {rest}"))
    _print_salary(console, level.name, level.salary, guides)


def _gap(gap: Gap, guides: dict[str, int]) -> Text:
    words = Text(gap.label)
    if gap.advice.often_missing:
        words.append(" (often missing)", style="italic")
    words.append(_marks(gap.sources, guides), style="italic")
    if gap.advice.acquire and gap.advice.effort:
        words.append(f"\nAcquire ({figures.EFFORT_WORDS[gap.advice.effort]}): {gap.advice.acquire}")
    return words


def _print_salary(console: Console, name: str, salaries: Sequence[Salary], guides: dict[str, int]) -> None:
    if not salaries:
        console.print(spaced(Text(f"Salary of {name}: no guide gives one.")))
        return
    console.print(Text(f"Salary of {name}, as the guides give it:"))
    for salary in salaries:
        most = f" to {salary.max:,}" if salary.max is not None else " and more"
        basis = f", {salary.basis}" if salary.basis else ""
        words = f"{salary.min:,}{most} {salary.currency} a year{basis} [{guides[salary.source]}]"
        console.print(indented("  -", words))
    console.print()


def _citations(career: Career) -> Iterable[Iterable[str]]:
    for target in career.targets:
        for gap in target.gaps:
            yield gap.sources
        yield [salary.source for salary in target.level.salary]
    yield [salary.source for salary in career.salary]
    for fit in career.tracks:
        yield fit.track.sources
    if career.background is not None:
        yield career.background.background.sources
    for step in career.next_steps[:_MOST_STEPS]:
        yield step.sources


def _marks(sources: Iterable[str], guides: dict[str, int]) -> str:
    return "".join(f" [{guides[source_id]}]" for source_id in sources)


def _print_guides(console: Console, guides: dict[str, int], taxonomy: Taxonomy) -> None:
    if guides:
        console.print()
    for source_id, number in guides.items():
        console.print(indented(f"  [{number}]", figures.source_title(source_id, taxonomy)))
