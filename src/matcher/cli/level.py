"""``matcher level``."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

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
from matcher.errors import SettingsError


@click.command()
@click.argument("file", type=click.Path())
@click.option(
    "--kind",
    type=click.Choice(["resume", "posting"]),
    default="resume",
    show_default=True,
    help="What FILE is.",
)
@click.option("--target", metavar="LEVEL", help="Show what is missing for this level; the next one by default.")
@format_option("text", "json")
@output_option
@as_of_option
@taxonomy_option
def command(
    file: str,
    kind: str,
    target: str | None,
    form: str,
    output: str | None,
    as_of: date | None,
    overlays: tuple[str, ...],
) -> None:
    """Place FILE on the level ladder, and say what is missing for the next level or for --target.

    Example: matcher level resume.pdf --target senior
    """
    matcher = matcher_for(overlays, as_of)
    levels = matcher.taxonomy.data.levels
    if target is not None and target not in levels:
        close = get_close_matches(target, levels, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(levels)}"
        raise SettingsError(f"there is no level {target!r}; {hint}")
    profile = matcher.profile(file, kind="posting" if kind == "posting" else "resume")
    if target is None and profile.level.inferred is not None:
        target = next(iter(levels[profile.level.inferred].next), None)
    if form == "json":
        data = profile.to_dict()
        emit_json(
            output,
            {
                "schema": "matcher.level/1",
                "document": data["document"],
                "target": target,
                "level": data["level"],
            },
        )
        return
    from matcher.reports.terminal import print_level

    emit(output, lambda console: print_level(console, profile, matcher.taxonomy.data, target))
