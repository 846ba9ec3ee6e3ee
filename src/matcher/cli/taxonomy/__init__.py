"""``matcher taxonomy``: look into, check and extend the taxonomy."""

from __future__ import annotations

import click

from matcher.cli.shape import Group
from matcher.cli.taxonomy.check import check
from matcher.cli.taxonomy.export import export, stats
from matcher.cli.taxonomy.imports import import_group
from matcher.cli.taxonomy.look import find, show


@click.group(cls=Group)
def command() -> None:
    """Look into, check and extend the taxonomy.

    Example: matcher taxonomy find k8s
    """


for _command in (show, find, check, stats, export, import_group):
    command.add_command(_command)
