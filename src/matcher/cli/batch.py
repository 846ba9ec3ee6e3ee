"""``matcher batch``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Literal

import click

from matcher.cli.common import as_of_option, blind_options, configuration, matcher_for, taxonomy_option
from matcher.cli.parameters import Number, Whole
from matcher.cli.shape import Command
from matcher.cli.waiting import PATIENCE

if TYPE_CHECKING:
    from matcher.batch import Progress, Summary

_INTERRUPTED = 130  # what shells report for a command ended by Ctrl-C
_STAGES = {
    "reading": "documents read",
    "scoring": "postings scored",
    "reading and scoring": "resumes read and scored",
    "writing": "postings written",
}


@click.command(cls=Command)
@click.argument("resumes")
@click.argument("postings")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@click.option("--top", type=Whole(min=1), metavar="N", help="Only the N best resumes for each posting.")
@click.option("--min-score", type=Number(0, 100), metavar="X", help="Only pairs with a score of X or more.")
@click.option(
    "--jobs",
    type=Whole(min=1),
    metavar="N",
    envvar="MATCHER_JOBS",
    show_envvar=True,
    help="Worker processes; the number of cores by default.",
)
@click.option("--resume", is_flag=True, help="Go on with a run that was interrupted.")
@click.option(
    "--store",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep profiles in FILE, so that the next run need not read the same documents again.",
)
@click.option(
    "--engine",
    type=click.Choice(("local", "ray")),
    default="local",
    help="Processes on this machine, or a Ray cluster (needs the extra 'ray').",
)
@click.option(
    "--address", metavar="ADDRESS", help="With --engine ray: the cluster's address; a Ray on this machine by default."
)
@blind_options
@as_of_option
@taxonomy_option
@click.option("-v", "--verbose", is_flag=True, help="With --engine ray: show what Ray says.")
@click.pass_context
def command(
    ctx: click.Context,
    resumes: str,
    postings: str,
    output: Path,
    top: int | None,
    min_score: float | None,
    jobs: int | None,
    resume: bool,
    store: Path | None,
    engine: Literal["local", "ray"],
    address: str | None,
    blind: bool,
    key_file: str | None,
    as_of: date | None,
    overlays: tuple[str, ...],
    verbose: bool,
) -> None:
    """Rank RESUMES for each of POSTINGS.

    Each is a file, a folder with all below it, an archive (.zip, .tar, .tar.gz), a pattern in quotes such as
    'cvs/**/*.pdf', an address such as s3://bucket/cvs, or - for a list of paths on standard input.

    OUTPUT is CSV, JSON Lines (.jsonl), Parquet or HTML by its ending. Files that cannot be used are listed in
    NAME.failures.csv beside it, and the run goes on without them.

    Exit codes: 0 done; 2 the call was wrong; 130 interrupted, to be continued with --resume.

    Example: matcher batch resumes/ postings/ -o ranking.csv --top 20
    """
    from matcher.batch import Batch, run_batch

    config = configuration()
    weights = config.weights
    if weights:
        # What is wrong with them is told with the name of their file, before any work.
        matcher_for(overlays, as_of)
    batch = Batch(
        resumes, postings, output, top, min_score, jobs, resume, store, overlays, weights, as_of, stdin=sys.stdin,
        limits=config.limits, blind=blind, key_file=Path(key_file) if key_file else None, engine=engine,
        address=address, verbose=verbose,
    )  # fmt: skip
    try:
        with _progress() as show:
            summary = run_batch(batch, show)
    except KeyboardInterrupt:
        click.echo(
            f"interrupted; what is finished is kept, go on with the same command and --resume: {output}", err=True
        )
        ctx.exit(_INTERRUPTED)
    click.echo(_told(summary), err=True)
    click.echo(f"{_pairs(summary, top, min_score, resume)}; {summary.rows} rows written to {output}", err=True)
    if summary.failed:
        click.echo(f"what failed and why: {batch.failures}", err=True)


def _pairs(summary: Summary, top: int | None, min_score: float | None, resumed: bool) -> str:
    """What became of the pairs: most are not scored where only the best are wanted."""
    if summary.scored >= summary.pairs:
        return f"{summary.scored} pairs scored"
    goals = ([f"the top {top}"] if top is not None else []) + ([f"{min_score:g} points"] if min_score else [])
    reasons = (["were scored before"] if resumed else []) + ([f"cannot reach {' or '.join(goals)}"] if goals else [])
    others = f", the others {' or '.join(reasons)}" if reasons else ""
    return f"{summary.pairs} pairs, {summary.scored} scored exactly{others}"


def _told(summary: Summary) -> str:
    """What became of the documents; only what there was is told, but for what was read."""
    parts = [f"{summary.read - summary.reused} read"]
    if summary.reused:
        parts.append(f"{summary.reused} known from before")
    if summary.failed:
        parts.append(f"{summary.failed} failed")
    copies = ""
    if summary.skipped:
        share = "is a copy and shares" if summary.skipped == 1 else "are copies and share"
        copies = f"; {summary.skipped} {share} the row of another"
    return f"{summary.found} documents: {', '.join(parts)}{copies}"


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """A bar with rate and time left where a person is watching."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:.1f}/s" if speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    bar = Bar(*columns, console=Console(stderr=True))
    started = monotonic()
    try:
        tasks = {}

        def show(progress: Progress) -> None:
            if not bar.live.is_started and monotonic() - started > PATIENCE:
                bar.start()
            if progress.stage not in tasks:
                tasks[progress.stage] = bar.add_task(_STAGES[progress.stage], total=progress.total)
            bar.update(tasks[progress.stage], completed=progress.done, total=progress.total)

        yield show
    finally:
        bar.stop()
