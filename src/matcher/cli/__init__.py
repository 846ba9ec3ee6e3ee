"""The command line: one file a command; each parses its arguments, calls the API and prints."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from matcher.cli.shape import Group

# Named here, imported when used: `matcher --help` stays quick.
_COMMANDS = {
    "score": "match, level, missing skills and the evidence for each",
    "level": "one resume or posting against every level's requirements",
    "extract": "what one document says",
    "verify": "make a JSON report again and say whether it still holds",
    "batch": "folders of resumes against folders of postings, ranked, into one file",
    "store": "look into a profile store, and delete from it",
    "audit": "selection rates and impact ratios by group, and swap checks",
    "taxonomy": "look into, check and extend the taxonomy",
    "completion": "the script for completion in bash, zsh or fish",
}


_CONFIG = "matcher.cli.config"
INTERRUPTED = 130  # what shells report for a command ended by Ctrl-C


class _Lazy(Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"matcher.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        from matcher.errors import MatcherError

        try:
            self._configure(ctx)
            return super().invoke(ctx)
        except MatcherError as error:
            click.echo(str(error), err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            # Not 1, which says that the answer is no. A file that was to be written is there whole or not at all.
            click.echo("interrupted; nothing was written", err=True)
            ctx.exit(INTERRUPTED)

    def _configure(self, ctx: click.Context) -> None:
        """Read the configuration file; a broken one keeps nobody from reading the help."""
        from matcher.cli.config import Config, chosen, load

        helping = not set(ctx.help_option_names).isdisjoint(ctx.args)
        path = None if helping else chosen(ctx.meta.get(_CONFIG))
        ctx.obj = load(path, self) if path else Config()
        ctx.default_map = dict(ctx.obj.defaults)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from matcher import __version__

        click.echo(f"matcher {__version__}")
        ctx.exit()


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(),
    expose_value=False,
    callback=lambda ctx, _param, value: ctx.meta.__setitem__(_CONFIG, value),
    help="Weights and defaults; matcher.toml, or [tool.matcher] of pyproject.toml, of this folder or the nearest above"
    " by default. '' for none. [env var: MATCHER_CONFIG]",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Match resumes with job postings, with the text behind every statement.

    Example: matcher score resume.pdf posting.txt
    """
