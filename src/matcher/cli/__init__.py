"""The command line: one file a command; each parses its arguments, calls the API and prints."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

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
}


class _Lazy(click.Group):
    """A group that imports a command when it is called, and suggests one for a mistyped name."""

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

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            close = get_close_matches(args[0], _COMMANDS, n=1)
            if not close:
                raise
            raise click.UsageError(f"No such command {args[0]!r}. Did you mean {close[0]!r}?", ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        from matcher.errors import MatcherError

        try:
            return super().invoke(ctx)
        except MatcherError as error:
            click.echo(str(error), err=True)
            ctx.exit(2)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from matcher import __version__

        click.echo(f"matcher {__version__}")
        ctx.exit()


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
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
