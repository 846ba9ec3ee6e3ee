"""``matcher score``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from matcher.cli.common import (
    as_of_option,
    blind_options,
    blinded,
    emit,
    emit_json,
    emit_text,
    format_option,
    guarded,
    keyed,
    matcher_for,
    output_option,
    quiet_option,
    spare,
    taxonomy_option,
    warn_mistaken,
)
from matcher.cli.deadline import SECONDS, deadline
from matcher.cli.parameters import Named, Number
from matcher.cli.shape import Command

if TYPE_CHECKING:
    from rich.console import Console


@click.command(cls=Command)
@click.argument("resume", type=Named())
@click.argument("posting", type=Named())
@format_option("text", "json", "markdown", "html", "csv")
@output_option
@as_of_option
@taxonomy_option
@blind_options
@click.option(
    "--fail-under",
    type=Number(0, 100),
    metavar="N",
    help="Exit with 1 where the score is below N, or there is none.",
)
@click.option("--what-if", is_flag=True, help="Show the exact points that each missing item would add.")
@click.option("--plan", is_flag=True, help="Show what to learn in which order, and what the guides advise.")
@click.option(
    "--target-score",
    type=Number(0, 100),
    metavar="N",
    help="Show the smallest sets of missing items that reach N.",
)
@quiet_option
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
    blind: bool,
    key_file: str | None,
    fail_under: float | None,
    what_if: bool,
    plan: bool,
    target_score: float | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Score RESUME against POSTING; one of them may be - for standard input.

    Example: matcher score resume.pdf posting.txt -o report.html
    """
    if resume == posting == "-":
        raise click.UsageError("Only one of RESUME and POSTING can be read from standard input.")
    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose exclude each other.")
    asked = what_if or plan or target_score is not None
    if asked and (quiet or form == "csv"):
        raise click.UsageError("--what-if, --plan and --target-score go neither with --quiet nor with the format csv.")
    keyed(blind, key_file)
    spare(output, resume, posting)
    with guarded(resume, posting) as reader:
        matcher = matcher_for(overlays, as_of, reader)
        with deadline(f"{resume}, {posting}", SECONDS + 2 * reader.limits.max_seconds):
            result = matcher.score(resume, posting)
    taxonomy = matcher.taxonomy.data
    if blind:
        result = blinded(result, key_file)
    warn_mistaken("line" if quiet else form, output, result.resume, result.posting)
    answers = None
    if asked and form != "json":
        from matcher.reports.advice import Answers

        if result.score is None:
            click.echo("There is no score, so nothing can be said of what would raise it.", err=True)
        else:
            answers = Answers.of(matcher.what_if(result), gains=what_if, plan=plan, target=target_score)
    if form == "json":
        data = result.to_dict()
        if asked:
            from matcher.adviceform import what_if_dict

            data["what_if"] = what_if_dict(matcher.what_if(result), target_score)
        emit_json(output, data)
    elif form == "html":
        from matcher.reports.html import render_result as render_html

        emit_text(output, render_html(result, taxonomy, answers))
    elif form == "markdown":
        from matcher.reports.markdown import render_result as render_markdown

        emit_text(output, render_markdown(result, taxonomy, answers))
    elif form == "csv":
        from matcher.reports.table import requirements_csv

        emit_text(output, requirements_csv(result))
    else:
        from matcher.reports.terminal import print_answers, print_result, print_result_line

        if quiet:
            emit(output, lambda console: print_result_line(console, result, taxonomy))
        else:

            def render(console: Console) -> None:
                print_result(console, result, taxonomy, verbose=verbose, suggest=answers is None or not answers.plan)
                if answers is not None:
                    print_answers(console, answers, taxonomy)

            emit(output, render)
    if fail_under is not None and (result.score is None or result.score < fail_under):
        ctx.exit(1)
