"""``matcher taxonomy``: look into, check and extend the taxonomy."""

from __future__ import annotations

import click


@click.group()
def command() -> None:
    """Look into, check and extend the taxonomy.

    Example: matcher taxonomy find k8s
    """
