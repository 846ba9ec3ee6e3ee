"""``matcher taxonomy check``."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.common import quiet_option, taxonomy_option
from matcher.cli.shape import Command
from matcher.cli.steps import steps


@click.command(cls=Command, short_help="say what must be mended in the taxonomy or in an overlay")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Take warnings as errors.")
@quiet_option
@taxonomy_option
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], strict: bool, quiet: bool, overlays: tuple[str, ...]) -> None:
    """Check the bundled taxonomy, or each of PATHS; exit with 1 where something must be mended.

    A folder with a taxonomy.yaml is a whole taxonomy; any other folder or file is an overlay on the bundled one (and
    on those given with --taxonomy). Checked are: keys and values, ids, names of two owners, circles, names that are
    common words, names that can never be found, and every example and counterexample.

    Example: matcher taxonomy check nursing.yaml
    """
    from matcher.taxonomy_check import check_taxonomy

    failed = False
    for path in paths or (None,):
        with steps() as told:
            report = check_taxonomy(path, [Path(overlay) for overlay in overlays], told=told)
        for problem in report.errors:
            click.echo(f"error: {problem}")
        for problem in report.warnings if not quiet or strict else ():
            click.echo(f"warning: {problem}")
        failed = failed or bool(report.errors) or (strict and bool(report.warnings))
        checked = f"{report.skills} skills, {report.names} names, {report.sentences} example sentences"
        click.echo(
            f"{path or 'the bundled taxonomy'}: {checked}: {_count(report.errors, 'error')},"
            f" {_count(report.warnings, 'warning')}"
        )
    if failed:
        ctx.exit(1)


def _count(items: tuple[str, ...], what: str) -> str:
    return f"{len(items)} {what}{'' if len(items) == 1 else 's'}"
