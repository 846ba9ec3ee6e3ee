"""``matcher taxonomy stats`` and ``matcher taxonomy export``."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

import click

from matcher.cli.common import emit_json, emit_text, format_option, matcher_for, output_option, taxonomy_option
from matcher.cli.shape import Command

if TYPE_CHECKING:
    from matcher.taxonomy.schema import Taxonomy

_COLUMNS = ("id", "name", "kind", "aliases", "broader", "related", "grouping", "identifiers", "sources")
_SEPARATOR = "|"


@click.command(cls=Command, short_help="how much of everything there is")
@format_option("text", "json")
@output_option
@taxonomy_option
def stats(form: str, output: str | None, overlays: tuple[str, ...]) -> None:
    """Tell how much of everything the taxonomy holds.

    Example: matcher taxonomy stats --taxonomy nursing.yaml
    """
    from matcher.taxonomy.describe import figures

    data = figures(matcher_for(overlays, None).taxonomy.data)
    if form == "json":
        emit_json(output, {"schema": "matcher.taxonomy.stats/1", **data})
        return
    lines = []
    for key, value in data.items():
        if isinstance(value, dict):
            lines.append(key)
            lines.extend(f"  {name:<24}{count:>7}" for name, count in value.items())
        elif isinstance(value, int):
            lines.append(f"{key:<26}{value:>7}")
        else:
            lines.append(f"{key:<26}{value}")
    emit_text(output, "".join(f"{line}\n" for line in lines))


@click.command(cls=Command, short_help="all of it as JSON, or the skills as CSV")
@format_option("json", "csv")
@output_option
@taxonomy_option
def export(form: str, output: str | None, overlays: tuple[str, ...]) -> None:
    """Write the taxonomy out: all of it as JSON, or its skills as CSV with several values separated by '|'.

    Example: matcher taxonomy export --format csv -o skills.csv
    """
    data = matcher_for(overlays, None).taxonomy.data
    if form == "json":
        emit_json(output, {"schema": "matcher.taxonomy/1", **data.model_dump(mode="json")})
    else:
        emit_text(output, _table(data))


def _table(data: Taxonomy) -> str:
    page = StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for skill in data.skills.values():
        writer.writerow([_cell(getattr(skill, column)) for column in _COLUMNS])
    return page.getvalue()


def _cell(value: str | bool | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return _SEPARATOR.join(value)
    return value if isinstance(value, str) else "yes" if value else ""
