"""What to do next as sections of a Markdown page: what would raise a score, and what the guides say about a career."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matcher.career import BackgroundFit, Career, Gap, Target
from matcher.model import DocumentKind
from matcher.reports import advice, figures
from matcher.reports.advice import Answers
from matcher.reports.markdown.text import bullets, escape, marks, numbered, sentence, table
from matcher.taxonomy.schema import Salary, Taxonomy
from matcher.whatif import Gain, SmallestSets, Step


def answers_sections(answers: Answers, guides: Mapping[str, int]) -> list[str]:
    """What would raise a score, as far as it was asked."""
    blocks: list[str] = []
    if answers.gains is not None:
        blocks += ["## What each missing item would add by itself", *_gains(answers.gains)]
    if answers.sets is not None:
        blocks += [f"## The shortest way to {answers.sets.target:g}", *_sets(answers.sets)]
    if answers.plan is not None:
        blocks += ["## Plan: the most points for the least effort first", _plan(answers.plan, guides)]
    return blocks


def _gains(gains: Sequence[Gain]) -> Iterator[str]:
    if not gains:
        yield "Nothing is missing."
        return
    rows = [
        (f"+{gain.points:.2f}", f"{gain.score:.2f}", escape(gain.item.label), figures.EFFORT_WORDS[gain.effort])
        for gain in gains
    ]
    yield table(("Points", "Score", "With", "Takes"), rows, right=(0, 1))
    yield advice.GAINS_NOTE


def _sets(found: SmallestSets) -> Iterator[str]:
    yield sentence(advice.sets_sentence(found))
    if found.size:
        yield bullets(
            f"{', '.join(escape(gain.item.label) for gain in item.gains)} ({item.score:.2f})" for item in found.sets
        )


def _plan(plan: Sequence[Step], guides: Mapping[str, int]) -> str:
    lines = []
    for step in plan:
        item = step.gain.item
        words = f"**{escape(item.label)}**: +{step.adds:.2f}, to {step.score:.2f}"
        words += f" (takes {figures.EFFORT_WORDS[step.gain.effort]})"
        told = " ".join(escape(text) for text in (item.acquire, item.show) if text)
        lines.append(f"{words}. {told}{marks(item.sources, guides)}" if told else words)
    return numbered(lines) if lines else "Nothing is missing."


def career_sections(career: Career, guides: Mapping[str, int], taxonomy: Taxonomy, kind: DocumentKind) -> list[str]:
    """What the guides say to a document of a kind: targets, pay, tracks, background, next steps."""
    blocks: list[str] = []
    for target in career.targets:
        blocks += _target(target, guides, kind)
    if career.level_id is not None:
        blocks += _salary(figures.level_name(career.level_id, taxonomy), career.salary, guides)
    if career.tracks:
        lines = (
            f"**{escape(fit.track.name)}**: {escape(advice.track_sentence(fit, taxonomy))}"
            f"{marks(fit.track.sources, guides)}"
            for fit in career.tracks
        )
        blocks += ["## Specialisations that the skills point to", bullets(lines)]
    if career.background is not None:
        blocks += _background(career.background, guides)
    steps = advice.next_steps(career)
    if steps:
        lines = (f"{escape(step.text)}{marks(step.sources, guides)}" for step in steps)
        blocks += ["## Next steps", bullets(lines)]
    return blocks


def _target(target: Target, guides: Mapping[str, int], kind: DocumentKind) -> Iterator[str]:
    yield f"## {escape(advice.target_heading(target, kind))} ({advice.branch(target.level)})"
    yield sentence(advice.target_sentence(target, kind))
    if target.gaps:
        yield table(("Missing", "Gain it, and show it", "Takes"), (_gap(gap, guides) for gap in target.gaps))
    yield from _salary(target.level.name, target.level.salary, guides)


def _gap(gap: Gap, guides: Mapping[str, int]) -> tuple[str, str, str]:
    often = " (often missing)" if gap.advice.often_missing else ""
    told = " ".join(escape(text) for text in (gap.advice.acquire, gap.advice.show) if text)
    effort = figures.EFFORT_WORDS[gap.advice.effort] if gap.advice.effort else ""
    return f"{escape(gap.label)}{often}{marks(gap.sources, guides)}", told, effort


def _salary(name: str, salaries: Sequence[Salary], guides: Mapping[str, int]) -> Iterator[str]:
    yield f"### Salary of {escape(name)} a year, as each guide gives it"
    yield (
        bullets(
            f"{advice.salary_range(salary)}{f', {escape(salary.basis)}' if salary.basis else ''}"
            f"{marks([salary.source], guides)}"
            for salary in salaries
        )
        or "No guide gives one."
    )


def _background(fit: BackgroundFit, guides: Mapping[str, int]) -> Iterator[str]:
    yield f"## Coming from {escape(fit.background.name)}"
    told = f"Told by {escape(fit.told_by)}. {escape(fit.background.advice)}{marks(fit.background.sources, guides)}"
    yield f"{told} {sentence(advice.background_sentence(fit))}"
