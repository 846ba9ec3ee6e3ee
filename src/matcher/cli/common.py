"""What the commands share: options, output, the matcher itself."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from matcher.errors import SettingsError

if TYPE_CHECKING:
    from rich.console import Console

    from matcher.api import Matcher

_F = TypeVar("_F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse the day."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2026-11-20", param, ctx)


def as_of_option(function: _F) -> _F:
    """``--as-of DATE``."""
    return click.option("--as-of", type=Day(), help="The day that 'present' means; today by default.")(function)


def taxonomy_option(function: _F) -> _F:
    """``--taxonomy PATH``, repeatable."""
    return click.option(
        "--taxonomy",
        "overlays",
        multiple=True,
        type=click.Path(),
        help="A file or folder that adds to or changes the bundled taxonomy; may be repeated.",
    )(function)


def format_option(*formats: str) -> Callable[[_F], _F]:
    """``--format``, the first one being the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How the answer is written.",
    )


def output_option(function: _F) -> _F:
    """``-o FILE``."""
    return click.option(
        "-o", "--output", type=click.Path(dir_okay=False), help="Write to this file instead of the screen."
    )(function)


def matcher_for(overlays: Sequence[str], as_of: date | None) -> Matcher:
    """The matcher of a command's options."""
    from matcher.api import Matcher

    return Matcher(overlays, as_of=as_of)


def emit(output: str | None, render: Callable[[Console], None]) -> None:
    """Render to the screen, or whole to a file."""
    from rich.console import Console

    if output is None:
        # Piped text is for other programs and for mail: no colour, and a width that does not depend on where it ran.
        width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "100"))
        render(Console(width=width, highlight=False, soft_wrap=False))
        return
    from io import StringIO

    page = StringIO()
    render(Console(file=page, width=100, highlight=False, no_color=True))
    write_whole(output, page.getvalue())


def emit_json(output: str | None, data: Any) -> None:
    """Write JSON to the screen, or whole to a file."""
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text)


def write_whole(output: str, text: str) -> None:
    """Write a file so that it is there whole or not at all.

    Raises:
        SettingsError: it cannot be written; the text says why.
    """
    path = Path(output)
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        # A temporary file is private; the finished one follows the user's own habit.
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise SettingsError(f"{output}: cannot be written: {reason}; choose another place with -o") from error
