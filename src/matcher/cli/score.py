"""``matcher score``."""

from __future__ import annotations

from datetime import date

import click

from matcher.cli.common import (
    as_of_option,
    emit,
    emit_json,
    format_option,
    matcher_for,
    output_option,
    taxonomy_option,
)


@click.command()
@click.argument("resume", type=click.Path())
@click.argument("posting", type=click.Path())
@format_option("text", "json")
@output_option
@as_of_option
@taxonomy_option
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="N",
    help="Exit with 1 where the score is below N, or there is none.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show all evidence and a suggestion for each missing item.")
@click.pass_context
def command(
    ctx: click.Context,
    resume: str,
    posting: str,
    form: str,
    output: str | None,
    as_of: date | None,
    overlays: tuple[str, ...],
    fail_under: float | None,
    verbose: bool,
) -> None:
    """Score RESUME against POSTING; one of them may be - for standard input.

    Example: matcher score resume.pdf posting.txt --format json -o report.json
    """
    if resume == posting == "-":
        raise click.UsageError("Only one of RESUME and POSTING can be read from standard input.")
    matcher = matcher_for(overlays, as_of)
    result = matcher.score(resume, posting)
    if form == "json":
        emit_json(output, result.to_dict())
    else:
        from matcher.reports.terminal import print_result

        emit(output, lambda console: print_result(console, result, matcher.taxonomy.data, verbose=verbose))
    if fail_under is not None and (result.score is None or result.score < fail_under):
        ctx.exit(1)
