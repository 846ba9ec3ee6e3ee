"""A match for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from matcher.model import Contribution, MatchResult, Missing
from matcher.reports import figures
from matcher.reports.safe import one_line, visible
from matcher.reports.terminal.draw import POOR, Items, Pen, heading, indented, print_notices, spaced
from matcher.taxonomy.schema import Taxonomy

# How many suggestions are given unasked.
_SUGGESTIONS = 3


def print_result(
    console: Console, result: MatchResult, taxonomy: Taxonomy, *, verbose: bool = False, suggest: bool = True
) -> None:
    """Print a match: the score, the level of both, parts, what is missing, what matched, notices.

    Args:
        verbose: quote all evidence and give a suggestion for each missing item.
        suggest: say how to close gaps; needless where a plan follows.
    """
    pen = Pen.of(console)
    _print_heading(console, pen, result, taxonomy)
    if result.score is not None:
        _print_parts(console, pen, result)
    if result.missing:
        _print_missing(console, pen, result, verbose=verbose)
        if suggest and result.score is not None:
            # Where too little was understood, advice on the little would mislead.
            _print_suggestions(console, result.missing, taxonomy, verbose=verbose)
    matched = [item for item in figures.in_order(result.contributions) if item.points > 0]
    if matched:
        _print_matched(console, pen, matched, result, verbose=verbose)
    if result.posting.unrecognised:
        console.print(heading("Lines in which no skill was recognised"))
        for item in result.posting.unrecognised:
            console.print(indented("  -", one_line(item.text)))
        console.print()
    print_notices(console, figures.notices(result.resume, result.posting))


def print_result_line(console: Console, result: MatchResult, taxonomy: Taxonomy) -> None:
    """Print the score, the level of both and the number of notices, and nothing else."""
    console.print(_score_line(Pen.of(console), result))
    levels = [figures.level_name(side.level.inferred, taxonomy) for side in (result.resume, result.posting)]
    line = f"resume: {levels[0]}; posting: {levels[1]}"
    count = len(figures.notices(result.resume, result.posting))
    console.print(Text(f"{line}; {count} {'notice' if count == 1 else 'notices'}" if count else line))


def _score_line(pen: Pen, result: MatchResult) -> Text:
    if result.score is None:
        return Text(f"No score: {result.abstained}", style=POOR)
    line = Text.assemble((f"{result.score:.2f}", "bold"), " of 100  ", pen.bar(result.score / 100))
    return line.append(f"  {figures.allowed(result)}")


def _print_heading(console: Console, pen: Pen, result: MatchResult, taxonomy: Taxonomy) -> None:
    names = (visible(side.document.source) for side in (result.resume, result.posting))
    console.print(Text(" against ").join(Text(name, style="bold") for name in names))
    console.print(spaced(_score_line(pen, result)))
    for name, side in (("Resume ", result.resume), ("Posting", result.posting)):
        sentence = Text(figures.level_sentence(side, taxonomy))
        if side.level.disagreement:
            sentence.append(f"\n! {side.level.disagreement}", style=POOR)
        # Where there is no score, its reason says how much.
        if side is result.posting and result.score is not None:
            sentence.append(f"\n{figures.understood(side)}")
        console.print(indented(name, sentence))
    console.print()


def _print_parts(console: Console, pen: Pen, result: MatchResult) -> None:
    console.print(heading("Where the points come from"))
    wide = min(40, max(10, pen.width - 42))
    for part in figures.parts(result):
        line = Text.assemble(f"{part.name:<17}", pen.bar(part.share, wide))
        console.print(line.append(f"  {figures.points(part.points):>6} of {figures.points(part.most)}"))
    console.print()


def _print_missing(console: Console, pen: Pen, result: MatchResult, *, verbose: bool) -> None:
    signs = Text.assemble("  ", pen.sign("missing"), " not shown  ", pen.sign("partial"), " shown in part")
    known, cost = (" of what was understood", "") if result.score is None else ("", ", and the points it costs")
    console.print(heading(f"What is missing{known} ({len(result.missing)}){cost}").append(signs))
    items = Items(pen, 0 if result.score is None else 6)
    for item in result.missing:
        tags: list[str] = [item.strength] if item.strength != "required" else []
        if item.often_missing:
            tags.append("often missing")
        items.add(
            f"-{figures.points(item.points)}",
            "partial" if item.partial else "missing",
            f"{item.label} ({', '.join(tags)})" if tags else item.label,
            "" if item.reason == figures.STATE_WORDS["missing"] else item.reason,
            pen.quotes(result.posting.document, item.asked, items.quote, None if verbose else 1),
        )
    console.print(spaced(items.drawn))


def _print_suggestions(console: Console, missing: Sequence[Missing], taxonomy: Taxonomy, *, verbose: bool) -> None:
    found = [item for item in missing if item.acquire]
    if not found:
        return
    told = found if verbose else found[:_SUGGESTIONS]
    console.print(heading("To close the gaps" if verbose else "To close the largest gaps"))
    for item in told:
        effort = f" (takes {figures.EFFORT_WORDS[item.effort]})" if item.effort else ""
        advice = Text.assemble((f"{item.label}{effort}: ", "bold"), item.acquire or "")
        if item.show:
            advice.append(f" {item.show}")
        if verbose:
            guides = "; ".join(figures.source_title(source_id, taxonomy) for source_id in item.sources)
            advice.append(f" [{guides}]" if guides else "", style="italic")
        console.print(indented("  -", advice))
    if len(told) < len(found):
        console.print(Text(f"  --verbose gives {len(found) - len(told)} more", style="italic"))
    console.print()


def _print_matched(
    console: Console, pen: Pen, found: Sequence[Contribution], result: MatchResult, *, verbose: bool
) -> None:
    earned = "" if result.score is None else ", with the points earned of those possible"
    console.print(heading(f"What matched ({len(found)}){earned}"))
    console.print(Text(pen.plain(figures.STANDING_WORDS), style="italic"))
    items = Items(pen, 0 if result.score is None else 11)
    for item in sorted(found, key=lambda item: -item.points):
        items.add(
            f"{figures.points(item.points)}/{figures.points(item.max_points)}",
            figures.state(item),
            item.label,
            item.reason,
            pen.quotes(result.resume.document, item.evidence, items.quote, None if verbose else 1),
        )
    console.print(spaced(items.drawn))
