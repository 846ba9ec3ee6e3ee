"""``matcher extract``."""

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
@click.argument("file", type=click.Path())
@click.option("--kind", type=click.Choice(["resume", "posting"]), required=True, help="What FILE is.")
@format_option("text", "json")
@output_option
@as_of_option
@taxonomy_option
def command(file: str, kind: str, form: str, output: str | None, as_of: date | None, overlays: tuple[str, ...]) -> None:
    """Tell what FILE says: skills, requirements, roles, degrees, certifications, level.

    Example: matcher extract resume.pdf --kind resume --format json
    """
    matcher = matcher_for(overlays, as_of)
    profile = matcher.profile(file, kind="posting" if kind == "posting" else "resume")
    if form == "json":
        emit_json(output, profile.to_dict())
        return
    from matcher.reports.terminal import print_profile

    emit(output, lambda console: print_profile(console, profile, matcher.taxonomy.data))
