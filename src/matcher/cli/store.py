"""``matcher store``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.common import matcher_for, taxonomy_option
from matcher.cli.parameters import Whole
from matcher.cli.shape import Group

if TYPE_CHECKING:
    from matcher.store import ProfileStore

_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


def _open(file: Path) -> ProfileStore:
    from matcher.store import ProfileStore

    return ProfileStore(file, create=False)


@click.group(cls=Group)
def command() -> None:
    """Look into a profile store, and delete from it.

    A store holds profiles and the lines of text that they quote, which is personal data.

    Example: matcher store info profiles.sqlite
    """


@command.command()
@_file
@taxonomy_option
def info(file: Path, overlays: tuple[str, ...]) -> None:
    """Tell what FILE holds.

    Example: matcher store info profiles.sqlite
    """
    with _open(file) as store:
        found = store.info(matcher_for(overlays, None).taxonomy.data.digest)
    count = sum(found.kinds.values())
    kinds = ", ".join(f"{number} {kind}s" for kind, number in found.kinds.items()) or "none"
    click.echo(f"{file}: {found.bytes / 1024 / 1024:.1f} MiB")
    click.echo(f"profiles: {kinds}")
    click.echo(f"of use with this program and taxonomy: {found.current} of {count}")
    if found.oldest:
        click.echo(f"made: from {found.oldest} to {found.newest}")


@command.command()
@_file
@click.option("--older-than", type=Whole(min=0), metavar="DAYS", help="Delete what is older, too.")
@taxonomy_option
def prune(file: Path, older_than: int | None, overlays: tuple[str, ...]) -> None:
    """Delete from FILE what another version of the program or another taxonomy made.

    Example: matcher store prune profiles.sqlite --older-than 90
    """
    with _open(file) as store:
        gone = store.prune(matcher_for(overlays, None).taxonomy.data.digest, older_than)
    click.echo(f"{gone} profiles deleted")


@command.command()
@_file
def clear(file: Path) -> None:
    """Delete all profiles in FILE.

    Example: matcher store clear profiles.sqlite
    """
    with _open(file) as store:
        gone = store.clear()
    click.echo(f"{gone} profiles deleted")
