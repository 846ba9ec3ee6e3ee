"""``matcher verify``."""

from __future__ import annotations

import click

from matcher.cli.common import emit, emit_json, format_option, guarded, output_option, taxonomy_option
from matcher.cli.parameters import Named
from matcher.cli.shape import Command


@click.command(cls=Command)
@click.argument("report", type=Named())
@click.option("--resume", type=Named(), help="Where the resume is now; where the report says by default.")
@click.option("--posting", type=Named(), help="Where the posting is now; where the report says by default.")
@format_option("text", "json")
@output_option
@taxonomy_option
@click.pass_context
def command(
    ctx: click.Context,
    report: str,
    resume: str | None,
    posting: str | None,
    form: str,
    output: str | None,
    overlays: tuple[str, ...],
) -> None:
    """Make REPORT (from matcher score --format json) again and say whether it still holds; exit with 1 if not.

    Example: matcher verify report.json
    """
    from matcher.replay import replay

    with guarded() as reader:
        found = replay(report, resume=resume, posting=posting, taxonomy=overlays, reader=reader)
    if form == "json":
        emit_json(
            output,
            {
                "schema": "matcher.verify/1",
                "report": found.report,
                "holds": found.holds,
                "explanation": found.explanation,
                "causes": [{"code": cause.code, "message": cause.message} for cause in found.causes],
                "differences": [
                    {"place": item.place, "reported": item.reported, "recomputed": item.recomputed}
                    for item in found.differences
                ],
            },
        )
    else:
        from matcher.reports.terminal.verdict import print_replay

        emit(output, lambda console: print_replay(console, found.report, found.explanation, found.differences))
    if not found.holds:
        ctx.exit(1)
