"""``matcher level``."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

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
    spare,
    taxonomy_option,
    warn_mistaken,
)
from matcher.cli.deadline import SECONDS, deadline
from matcher.cli.parameters import Named
from matcher.cli.shape import Command
from matcher.errors import SettingsError


@click.command(cls=Command)
@click.argument("file", type=Named())
@click.option(
    "--kind",
    type=click.Choice(["resume", "posting"]),
    default="resume",
    show_default=True,
    help="What FILE is.",
)
@click.option(
    "--target", metavar="LEVEL", help="Show what is missing for this level; the next one of each branch by default."
)
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

    With it what career guides say: salary, specialisations, what your background often lacks, next steps.

    Example: matcher level resume.pdf --target senior
    """
    keyed(blind, key_file)
    spare(output, file)
    with guarded(file) as reader:
        matcher = matcher_for(overlays, as_of, reader)
        levels = matcher.taxonomy.data.levels
        if target is not None and target not in levels:
            close = get_close_matches(target, levels, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(levels)}"
            raise SettingsError(f"there is no level {target!r}; {hint}")
        with deadline(file, SECONDS + reader.limits.max_seconds):
            profile = matcher.profile(file, kind="posting" if kind == "posting" else "resume")
    if blind:
        profile = blinded(profile, key_file)
    warn_mistaken(form, output, profile)
    career = matcher.career(profile, target)
    taxonomy = matcher.taxonomy.data
    if form == "json":
        from matcher.adviceform import career_dict
        from matcher.jsonform import level_dict

        if target is None and profile.level.inferred is not None:
            target = next(iter(levels[profile.level.inferred].next), None)
        emit_json(output, {**level_dict(profile, target), "career": career_dict(career)})
    elif form == "html":
        from matcher.reports.html import render_level as render_html

        emit_text(output, render_html(profile, taxonomy, career))
    elif form == "markdown":
        from matcher.reports.markdown import render_level as render_markdown

        emit_text(output, render_markdown(profile, taxonomy, career))
    else:
        from matcher.reports.terminal import print_level

        emit(output, lambda console: print_level(console, profile, taxonomy, career))
