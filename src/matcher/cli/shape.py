"""How commands and groups look: options under headings, suggestions for what is mistyped."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

import click

# By the name of the parameter; what is not here is what the command itself is about.
_HEADINGS = {
    "Output": ("form", "output", "quiet", "verbose"),
    "Reading": ("as_of", "overlays"),
    "Personal data": ("blind", "key_file"),
    "What to do next": ("what_if", "plan", "target_score"),
    "Selection": ("threshold", "top", "by", "sex", "race", "postings", "min_score"),
    "Columns": ("resume_column", "results_resume_column", "posting_column", "score_column"),
    "Statistics": ("small", "exclude_under", "confidence", "resamples", "seed"),
    "The run": ("jobs", "resume", "store", "engine", "address"),
    "Other": ("help",),
}
# Fewer options than these are told apart without headings.
_FEW = 8


class Command(click.Command):
    """A command whose help groups its options where they are many."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, those of one purpose together."""
        options = [item for item in self.get_params(ctx) if isinstance(item, click.Option)]
        if len(options) < _FEW:
            super().format_options(ctx, formatter)
            return
        grouped: dict[str, list[tuple[str, str]]] = {name: [] for name in ("Options", *_HEADINGS)}
        for option in options:
            record = option.get_help_record(ctx)
            if record is not None:
                heading = next((name for name, members in _HEADINGS.items() if option.name in members), "Options")
                grouped[heading].append(record)
        for heading, records in grouped.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)


class Group(click.Group):
    """A group that suggests a command for a mistyped one, whatever the version of click."""

    command_class = Command
    group_class = type

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command that ``args`` begin with."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            close = get_close_matches(args[0], self.list_commands(ctx), n=1)
            if not close:
                raise
            raise click.UsageError(f"No such command {args[0]!r}. Did you mean {close[0]!r}?", ctx) from error
