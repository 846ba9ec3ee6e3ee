"""``matcher audit``."""

from __future__ import annotations

from datetime import date

import click

from matcher.cli.common import (
    as_of_option,
    emit,
    emit_json,
    emit_text,
    format_option,
    guarded,
    matcher_for,
    output_option,
    taxonomy_option,
)
from matcher.cli.parameters import Named, Number, Whole
from matcher.cli.shape import Command
from matcher.cli.waiting import working


@click.command(cls=Command)
@click.argument("files", nargs=-1, type=Named(), metavar="RESULTS GROUPS")
@format_option("text", "json", "csv", "html")
@output_option
@click.option("--threshold", type=Number(0, 100), metavar="N", help="Selected are scores of at least N.")
@click.option("--top", type=Whole(1), metavar="N", help="Selected are the N best of each posting.")
@click.option("--by", multiple=True, metavar="COLUMN", help="A group column; may be repeated. All by default.")
@click.option("--sex", metavar="COLUMN", help="The column of sex, for the tables of Local Law 144.")
@click.option("--race", metavar="COLUMN", help="The column of race/ethnicity, for the tables of Local Law 144.")
@click.option(
    "--posting",
    "postings",
    multiple=True,
    metavar="POSTING",
    help="Audit this posting only; with --swap the posting file to score against. May be repeated.",
)
@click.option("--resume-column", metavar="COLUMN", help="The column of resumes in GROUPS, where its name is unusual.")
@click.option(
    "--results-resume-column",
    metavar="COLUMN",
    help="The column of resumes in RESULTS, where matcher did not write them.",
)
@click.option("--posting-column", metavar="COLUMN", help="The column of postings in RESULTS.")
@click.option("--score-column", metavar="COLUMN", help="The column of scores in RESULTS.")
@click.option("--small", type=Whole(1), default=30, show_default=True, help="Mark groups of fewer applications.")
@click.option(
    "--exclude-under",
    type=Number(0, 0.5),
    default=0.02,
    show_default=True,
    help="Share below which the Local Law 144 tables do not compare a category.",
)
@click.option("--confidence", type=Number(0.5, 0.999), default=0.95, show_default=True, help="Of the intervals.")
@click.option("--resamples", type=Whole(100, 1_000_000), default=2000, show_default=True, help="Bootstrap draws.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the bootstrap.")
@click.option(
    "--swap", is_flag=True, help="FILES are resumes: rewrite who they are about, and show whether a score moves."
)
@as_of_option
@taxonomy_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    form: str,
    output: str | None,
    threshold: float | None,
    top: int | None,
    by: tuple[str, ...],
    sex: str | None,
    race: str | None,
    postings: tuple[str, ...],
    resume_column: str | None,
    results_resume_column: str | None,
    posting_column: str | None,
    score_column: str | None,
    small: int,
    exclude_under: float,
    confidence: float,
    resamples: int,
    seed: int,
    swap: bool,
    as_of: date | None,
    overlays: tuple[str, ...],
) -> None:
    """Compare selection and scoring rates by group: RESULTS is what 'matcher batch' wrote, GROUPS a table of groups.

    With --swap, rewrite the resumes FILES as other people's, and exit with 1 where any score moves.

    Example: matcher audit results.csv groups.csv --top 10 --format html -o audit.html

    Example: matcher audit --swap resume.pdf --posting posting.txt
    """
    if swap:
        _swap(ctx, files, postings, form, output, as_of, overlays)
        return
    if len(files) != 2:
        raise click.UsageError("Name two files, RESULTS and GROUPS; or use --swap with resumes.", ctx)
    from matcher.audit.figures import Rule, Settings
    from matcher.audit.measure import audit
    from matcher.audit.tables import groups_of, join, results_of
    from matcher.errors import SettingsError

    results = results_of(files[0], resume=results_resume_column, posting=posting_column, score=score_column)
    if postings:
        known = {posting for _, posting, _ in results}
        if strange := [name for name in postings if name not in known]:
            raise SettingsError(f"{files[0]}: has no posting {strange[0]!r}; it has: {', '.join(sorted(known)[:10])}")
        results = [row for row in results if row[1] in postings]
    groups = groups_of(files[1], resume=resume_column, by=(*by, *filter(None, (sex, race))) if by else ())
    settings = Settings(Rule(threshold, top), small, exclude_under, confidence, resamples, seed, sex, race)
    with working("comparing groups"):
        figures = audit(join(results, groups), settings)
    if form == "json":
        from matcher.audit.forms import audit_dict

        emit_json(output, audit_dict(figures))
    elif form == "csv":
        from matcher.audit.forms import audit_csv

        emit_text(output, audit_csv(figures))
    elif form == "html":
        from matcher.audit.page import audit_page

        emit_text(output, audit_page(figures))
    else:
        from matcher.audit.screen import print_audit

        emit(output, lambda console: print_audit(console, figures))


def _swap(
    ctx: click.Context,
    files: tuple[str, ...],
    postings: tuple[str, ...],
    form: str,
    output: str | None,
    as_of: date | None,
    overlays: tuple[str, ...],
) -> None:
    if not files or not postings:
        raise click.UsageError("--swap needs at least one resume, and a posting with --posting.", ctx)
    if form not in ("text", "json"):
        raise click.UsageError("--swap answers as text or json.", ctx)
    from matcher.audit.swap import swap_check, swap_dict, swap_lines

    with guarded(*files, *postings) as reader, working("swapping"):
        matcher = matcher_for(overlays, as_of, reader)
        asked = [matcher.profile(path, "posting") for path in postings]
        resumes = [matcher.read(path, "resume") for path in files]
        check = swap_check(resumes, asked, matcher.profile_document, matcher.score)
    if form == "json":
        emit_json(output, swap_dict(check))
    else:
        emit_text(output, "\n".join(swap_lines(check)) + "\n")
    if check.moved:
        ctx.exit(1)
