"""``matcher taxonomy import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.common import matcher_for, taxonomy_option, write_whole
from matcher.cli.shape import Group
from matcher.cli.steps import steps

if TYPE_CHECKING:
    from matcher.progress import Told
    from matcher.taxonomy.importers import Imported

_output = click.option(
    "-o", "--output", type=click.Path(dir_okay=False), required=True, help="The overlay file to write."
)
_verbose = click.option("-v", "--verbose", is_flag=True, help="Name every skill that was merged, and more of the rest.")


@click.group("import", cls=Group, short_help="ESCO or O*NET as an overlay")
def import_group() -> None:
    """Make an overlay from another classification; use it with --taxonomy.

    Skills of the same name as a known one add their source, ids and labels to it, all others become new. To import
    two classifications, import the second with --taxonomy and the overlay of the first.

    Example: matcher taxonomy import esco ESCO-FOLDER -o esco.yaml
    """


@import_group.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_output
@_verbose
@taxonomy_option
def esco(folder: Path, output: str, verbose: bool, overlays: tuple[str, ...]) -> None:
    """Import the skills of ESCO's CSV download in FOLDER.

    Example: matcher taxonomy import esco "ESCO dataset - v1.2.0 - classification - en - csv" -o esco.yaml
    """
    from matcher.taxonomy.importers import import_esco

    with steps() as told:
        imported = import_esco(folder, matcher_for(overlays, None).taxonomy.data, told=told)
        _write(imported, output, overlays, told)
    _report(imported, output, verbose=verbose)


@import_group.command()
@click.argument("file", type=click.Path(path_type=Path))
@_output
@_verbose
@taxonomy_option
def onet(file: Path, output: str, verbose: bool, overlays: tuple[str, ...]) -> None:
    """Import the products of O*NET's table "Technology Skills.txt".

    Example: matcher taxonomy import onet "Technology Skills.txt" -o onet.yaml
    """
    from matcher.taxonomy.importers import import_onet

    with steps() as told:
        imported = import_onet(file, matcher_for(overlays, None).taxonomy.data, told=told)
        _write(imported, output, overlays, told)
    _report(imported, output, verbose=verbose)


def _write(imported: Imported, output: str, overlays: tuple[str, ...], told: Told) -> None:
    from matcher.taxonomy.loader import load

    told("writing", 0, 1)
    write_whole(output, imported.to_yaml())
    told("writing", 1, 1)
    # What an import writes must load as it is; this says so now rather than at the next start.
    load([*overlays, output], told=told)


def _report(imported: Imported, output: str, *, verbose: bool) -> None:
    click.echo(f"taken    {len(imported.taken):>6} skills, {len(imported.groupings)} headings of the hierarchy")
    click.echo(f"merged   {len(imported.merged):>6} with skills of the same name")
    if verbose:
        for skill_id, name in imported.merged:
            click.echo(f"           {name} = {skill_id}")
    click.echo(f"names    {imported.names:>6} added, {imported.contextual} of them counting with context only")
    click.echo(f"skipped  {sum(imported.skipped.values()):>6}")
    for reason, count in imported.skipped.items():
        click.echo(f"         {count:>6} {reason}")
        for example in imported.examples[reason] if verbose else ():
            click.echo(f"                  {example}")
    click.echo(f"written to {output}; use it with --taxonomy {output}")
