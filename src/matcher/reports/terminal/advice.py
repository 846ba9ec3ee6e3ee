"""What to do next, for a terminal: what each missing item is worth, a plan, and what the guides say about a career."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from matcher.career import Career, Gap, Target
from matcher.model import DocumentKind
from matcher.reports import advice, figures
from matcher.reports.advice import Answers
from matcher.reports.terminal.draw import Pen, heading, indented, spaced, table
from matcher.taxonomy.schema import Salary, Taxonomy
from matcher.whatif import Gain, SmallestSets, Step

# What is left is named without advice.
_MOST_GAPS = 12


def print_answers(console: Console, answers: Answers, taxonomy: Taxonomy) -> None:
    """Print what would raise a score, as far as it was asked."""
    if answers.gains is not None:
        _print_gains(console, answers.gains)
    if answers.sets is not None:
        _print_sets(console, answers.sets)
    if answers.plan is not None:
        _print_plan(console, answers.plan, figures.cited(answers.sources), taxonomy)


def _print_gains(console: Console, gains: Sequence[Gain]) -> None:
    console.print(heading("What each missing item would add by itself"))
    if not gains:
        console.print(spaced(Text("  Nothing is missing.")))
        return
    drawn = table(("points", 7), ("score", 6), ("with", max(20, Pen.of(console).width - 31)), ("takes", 12))
    for gain in gains:
        drawn.add_row(
            Text(f"+{gain.points:.2f}"),
            Text(f"{gain.score:.2f}"),
            Text(gain.item.label),
            Text(figures.EFFORT_WORDS[gain.effort]),
        )
    console.print(drawn)
    console.print(spaced(Text(advice.GAINS_NOTE, style="italic")))


def _print_sets(console: Console, found: SmallestSets) -> None:
    sentence = advice.sets_sentence(found)
    sentence = f"{sentence[:1].upper()}{sentence[1:]}"
    if not found.size:
        console.print(spaced(Text(f"{sentence}.")))
        return
    console.print(heading(f"{sentence}; those of least effort first"))
    for number, item in enumerate(found.sets, start=1):
        labels = ", ".join(gain.item.label for gain in item.gains)
        console.print(indented(f"  {number}.", f"{labels} ({item.score:.2f})"))
    console.print()


def _print_plan(console: Console, plan: Sequence[Step], guides: Mapping[str, int], taxonomy: Taxonomy) -> None:
    console.print(heading("Plan: the most points for the least effort first"))
    if not plan:
        console.print(spaced(Text("  Nothing is missing.")))
        return
    for number, step in enumerate(plan, start=1):
        item, effort = step.gain.item, figures.EFFORT_WORDS[step.gain.effort]
        lines = [Text(f"{item.label}: +{step.adds:.2f}, to {step.score:.2f} (takes {effort})")]
        if item.acquire:
            lines.append(Text(f"Gain it: {item.acquire}{_marks(item.sources, guides)}"))
        if item.show:
            lines.append(Text(f"Show it: {item.show}"))
        console.print(indented(f"{number:3}.", Text("\n").join(lines)))
    console.print()
    _print_guides(console, guides, taxonomy)


def print_career(console: Console, career: Career, taxonomy: Taxonomy, kind: DocumentKind) -> None:
    """Print what the guides say to a document of a kind: targets, pay, tracks, background and next steps."""
    guides = figures.cited(advice.sources(career))
    for target in career.targets:
        _print_target(console, target, guides, kind)
    if career.level_id is not None:
        _print_salary(console, figures.level_name(career.level_id, taxonomy), career.salary, guides)
    if career.tracks:
        console.print(heading("Specialisations that the skills point to"))
        for fit in career.tracks:
            words = f"{fit.track.name}: {advice.track_sentence(fit, taxonomy)}"
            console.print(indented("  -", f"{words}{_marks(fit.track.sources, guides)}"))
        console.print()
    if career.background is not None:
        fit_ = career.background
        console.print(heading(f"Coming from {fit_.background.name} (told by {fit_.told_by})"))
        console.print(indented("  ", f"{fit_.background.advice}{_marks(fit_.background.sources, guides)}"))
        sentence = advice.background_sentence(fit_)
        console.print(spaced(indented("  ", f"{sentence[:1].upper()}{sentence[1:]}.")))
    steps = advice.next_steps(career)
    if steps:
        console.print(heading("Next steps"))
        for step in steps:
            console.print(indented("  -", f"{step.text}{_marks(step.sources, guides)}"))
        console.print()
    _print_guides(console, guides, taxonomy)


def _print_target(console: Console, target: Target, guides: Mapping[str, int], kind: DocumentKind) -> None:
    level = target.level
    console.print(heading(f"{advice.target_heading(target, kind)} ({advice.branch(level)})"))
    sentence = advice.target_sentence(target, kind)
    console.print(Text(f"{sentence}{':' if target.gaps else '.'}"))
    for gap in target.gaps[:_MOST_GAPS]:
        console.print(indented("  -", _gap(gap, guides)))
    if len(target.gaps) > _MOST_GAPS:
        rest = "; ".join(gap.label for gap in target.gaps[_MOST_GAPS:])
        console.print(indented("  -", f"and {rest}"))
    _print_salary(console, level.name, level.salary, guides)


def _gap(gap: Gap, guides: Mapping[str, int]) -> Text:
    words = Text(gap.label)
    if gap.advice.often_missing:
        words.append(" (often missing)", style="italic")
    words.append(_marks(gap.sources, guides), style="italic")
    if gap.advice.acquire and gap.advice.effort:
        words.append(f"\nGain it (takes {figures.EFFORT_WORDS[gap.advice.effort]}): {gap.advice.acquire}")
    return words


def _print_salary(console: Console, name: str, salaries: Sequence[Salary], guides: Mapping[str, int]) -> None:
    if not salaries:
        console.print(spaced(Text(f"Salary of {name}: no guide gives one.")))
        return
    console.print(Text(f"Salary of {name} a year, as each guide gives it:"))
    for salary in salaries:
        basis = f", {salary.basis}" if salary.basis else ""
        console.print(indented("  -", f"{advice.salary_range(salary)}{basis}{_marks([salary.source], guides)}"))
    console.print()


def _marks(sources: Iterable[str], guides: Mapping[str, int]) -> str:
    return "".join(f" [{number}]" for number in figures.marks(sources, guides))


def _print_guides(console: Console, guides: Mapping[str, int], taxonomy: Taxonomy) -> None:
    if guides:
        console.print(heading("Guides cited"))
    for source_id, number in guides.items():
        console.print(indented(f"  [{number}]", figures.source_title(source_id, taxonomy)))
