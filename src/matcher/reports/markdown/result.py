"""A match as a Markdown page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matcher.model import MatchResult, Missing
from matcher.reports import figures
from matcher.reports.advice import Answers
from matcher.reports.figures import Rung
from matcher.reports.markdown.advice import answers_sections
from matcher.reports.markdown.text import bullets, document, escape, guide_list, marks, notices, quoted, sentence, table
from matcher.taxonomy.schema import Taxonomy


def render_result(result: MatchResult, taxonomy: Taxonomy, answers: Answers | None = None) -> str:
    """A match as a Markdown document; ``answers`` say what would raise the score, where it was asked."""
    scored = result.score is not None
    planned = answers is not None and bool(answers.plan)
    advised = answers.sources if answers and planned else [item.sources for item in result.missing if item.acquire]
    guides = figures.cited(advised if scored else ())
    resume, posting = result.resume.document, result.posting.document
    blocks = [
        f"# {escape(figures.file_name(resume.source))} against {escape(figures.file_name(posting.source))}",
        f"**Score: {result.score:.2f} of 100**; {figures.allowed(result)}."
        if scored
        else f"**No score:** {escape(result.abstained or '')}.",
        " ".join(map(escape, figures.summary(result, taxonomy))),
        bullets(
            f"{name}: {escape(figures.level_sentence(side, taxonomy))}"
            + (f"; **{escape(side.level.disagreement)}**" if side.level.disagreement else "")
            for name, side in (("Resume", result.resume), ("Posting", result.posting))
        ),
        f"Of the posting, {figures.understood(result.posting)}." if scored else "",
    ]
    if scored:
        blocks += [
            "## Where the points come from",
            table(
                ("Part", "Points", "Of"),
                [(part.name, figures.points(part.points), figures.points(part.most)) for part in figures.parts(result)],
                right=(1, 2),
            ),
        ]
    if result.missing:
        blocks += [
            "## What is missing" if scored else "## What is missing of what was understood",
            _missing(result, scored=scored),
        ]
        # A plan says how to gain and to show each item, so nothing else need.
        # Where too little was understood, advice on the little would mislead.
        if scored and not planned:
            blocks += _suggestions(result.missing, guides)
    if answers is not None:
        blocks += answers_sections(answers, guides)
    if result.contributions:
        blocks += [
            "## Requirement by requirement",
            sentence(figures.STANDING_WORDS),
            _requirements(result, scored=scored),
        ]
    blocks += ["## Level ladder", _ladder(result, taxonomy)]
    if result.posting.unrecognised:
        blocks += [
            "## Lines in which no skill was recognised",
            bullets(escape(item.text) for item in result.posting.unrecognised),
        ]
    blocks += notices(result.resume, result.posting)
    blocks += guide_list(guides, taxonomy)
    blocks += [
        "## How this was made",
        bullets(
            [
                *(f"{side.kind}: {escape(side.source)}, SHA-256 `{side.sha256}`" for side in (resume, posting)),
                f"day that “present” means: {result.as_of}",
                f"taxonomy {escape(result.taxonomy_version)}, SHA-256 `{result.taxonomy_digest}`",
                f"weights: SHA-256 `{result.settings_hash}`",
            ]
        ),
    ]
    return document(blocks)


def _missing(result: MatchResult, *, scored: bool) -> str:
    rows = []
    for item in result.missing:
        tags = f"{item.strength}, often missing" if item.often_missing else item.strength
        row = (f"{escape(item.label)} ({tags})", escape(item.reason), quoted(result.posting.document, item.asked))
        rows.append((f"−{figures.points(item.points)}", *row) if scored else row)
    names = ("Missing", "Resume", "Posting")
    return table(("Points", *names), rows, right=(0,)) if scored else table(names, rows)


def _suggestions(missing: Sequence[Missing], guides: Mapping[str, int]) -> list[str]:
    lines = []
    for item in missing:
        if item.acquire:
            effort = f" (takes {figures.EFFORT_WORDS[item.effort]})" if item.effort else ""
            advice = " ".join(escape(text) for text in (item.acquire, item.show) if text)
            lines.append(f"**{escape(item.label)}**{effort}: {advice}{marks(item.sources, guides)}")
    return ["### How to close the gaps", bullets(lines)] if lines else []


def _requirements(result: MatchResult, *, scored: bool) -> str:
    rows = []
    for number, item in enumerate(figures.in_order(result.contributions), start=1):
        state = figures.state(item)
        said = figures.STATE_WORDS[state]
        why = said if item.reason == said else f"{said}: {escape(item.reason)}"
        row = (
            str(number),
            f"{escape(item.label)} ({item.strength})",
            f"{figures.STATE_SIGNS[state]} {why}",
            quoted(result.resume.document, item.evidence),
        )
        rows.append((*row, f"{figures.points(item.points)}/{figures.points(item.max_points)}") if scored else row)
    names = ("#", "The posting asks", "The resume", "Evidence")
    return table((*names, "Points"), rows, right=(0, 4)) if scored else table(names, rows, right=(0,))


def _ladder(result: MatchResult, taxonomy: Taxonomy) -> str:
    pairs = zip(
        figures.ladder(result.resume.level, taxonomy), figures.ladder(result.posting.level, taxonomy), strict=True
    )
    rows = [
        (escape(mine.level.name), figures.usual_years(mine.level), rung_cell(mine), rung_cell(asked))
        for mine, asked in pairs
    ]
    return table(("Level", "Usual years", "Resume shows", "Posting asks"), rows)


def rung_cell(rung: Rung) -> str:
    """The share of a level that a document shows, and whether it reads as this level."""
    share = "told by the title" if rung.share is None else f"{rung.share:.0%}"
    return f"**{share} ← reads as this**" if rung.reads_as else share
