"""``matcher extract``."""

from __future__ import annotations

from datetime import date

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


@click.command(cls=Command)
@click.argument("file", type=Named())
@click.option("--kind", type=click.Choice(["resume", "posting"]), required=True, help="What FILE is.")
@format_option("text", "json", "markdown", "html", "csv")
@output_option
@as_of_option
@taxonomy_option
@blind_options
def command(
    file: str,
    kind: str,
    form: str,
    output: str | None,
    as_of: date | None,
    overlays: tuple[str, ...],
    blind: bool,
    key_file: str | None,
) -> None:
    """Tell what FILE says: skills, requirements, roles, degrees, certifications, level.

    Example: matcher extract resume.pdf --kind resume --format json
    """
    keyed(blind, key_file)
    spare(output, file)
    with guarded(file) as reader:
        matcher = matcher_for(overlays, as_of, reader)
        with deadline(file, SECONDS + reader.limits.max_seconds):
            profile = matcher.profile(file, kind="posting" if kind == "posting" else "resume")
    if blind:
        profile = blinded(profile, key_file)
    warn_mistaken(form, output, profile)
    taxonomy = matcher.taxonomy.data
    if form == "json":
        emit_json(output, profile.to_dict())
    elif form == "html":
        from matcher.reports.html import render_profile as render_html

        emit_text(output, render_html(profile, taxonomy))
    elif form == "markdown":
        from matcher.reports.markdown import render_profile as render_markdown

        emit_text(output, render_markdown(profile, taxonomy))
    elif form == "csv":
        from matcher.reports.table import skills_csv

        emit_text(output, skills_csv(profile))
    else:
        from matcher.reports.terminal import print_profile

        emit(output, lambda console: print_profile(console, profile, taxonomy))
