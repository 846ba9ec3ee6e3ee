"""``matcher level``."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
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
    matcher_for,
    output_option,
    taxonomy_option,
)
from matcher.cli.deadline import deadline
from matcher.cli.shape import Command
from matcher.errors import SettingsError

if TYPE_CHECKING:
    from rich.console import Console


@click.command(cls=Command)
@click.argument("file", type=click.Path())
@click.option(
    "--kind",
    type=click.Choice(["resume", "posting"]),
    default="resume",
    show_default=True,
    help="What FILE is.",
)
@click.option("--target", metavar="LEVEL", help="Show what is missing for this level; the next one by default.")
@format_option("text", "json", "markdown", "html")
@output_option
@as_of_option
@taxonomy_option
@blind_options
def command(
    file: str,
    kind: str,
    target: str | None,
    form: str,
    output: str | None,
    as_of: date | None,
    overlays: tuple[str, ...],
    blind: bool,
    key_file: str | None,
) -> None:
    """Place FILE on the level ladder, and say what is missing for the next levels or for --target.

    With it what the guides say: pay, specialisation tracks, gaps of the background, next steps.

    Example: matcher level resume.pdf --target senior
    """
    matcher = matcher_for(overlays, as_of)
    levels = matcher.taxonomy.data.levels
    if target is not None and target not in levels:
        close = get_close_matches(target, levels, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(levels)}"
        raise SettingsError(f"there is no level {target!r}; {hint}")
    with deadline(file):
        profile = matcher.profile(file, kind="posting" if kind == "posting" else "resume")
    if blind:
        profile = blinded(profile, key_file)
    career = matcher.career(profile, target)
    if target is None and profile.level.inferred is not None:
        target = next(iter(levels[profile.level.inferred].next), None)
    taxonomy = matcher.taxonomy.data
    if form == "json":
        from matcher.adviceform import career_dict
        from matcher.jsonform import level_dict

        emit_json(output, {**level_dict(profile, target), "career": career_dict(career)})
    elif form == "html":
        from matcher.reports.html import render_level as render_html

        emit_text(output, render_html(profile, taxonomy, target))
    elif form == "markdown":
        from matcher.reports.markdown import render_level as render_markdown

        emit_text(output, render_markdown(profile, taxonomy, target))
    else:
        from matcher.reports.terminal import print_level
        from matcher.reports.terminal.advice import print_career

        def render(console: Console) -> None:
            print_level(console, profile, taxonomy, None)
            console.print()
            print_career(console, career, taxonomy)

        emit(output, render)
