"""What the commands share: options, output, the matcher itself."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from matcher.cli.config import Config
from matcher.errors import SettingsError
from matcher.model import MatchResult, Profile

if TYPE_CHECKING:
    from rich.console import Console

    from matcher.api import Matcher
    from matcher.reading import GuardedReader

_F = TypeVar("_F", bound=Callable[..., Any])
_Reported = TypeVar("_Reported", Profile, MatchResult)


if TYPE_CHECKING:
    _DayType = click.ParamType[date]
else:  # a type with parameters in the newest versions of click only
    _DayType = click.ParamType


class Day(_DayType):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse the day."""
        try:
            # A configuration file may give a day; one with an hour is another type, derived from it.
            return value if type(value) is date else date.fromisoformat(value)
        except (TypeError, ValueError):
            self.fail(f"{str(value)!r} is not a day; write it as 2026-11-20", param, ctx)


def as_of_option(function: _F) -> _F:
    """``--as-of DATE``."""
    return click.option(
        "--as-of",
        type=Day(),
        envvar="MATCHER_AS_OF",
        show_envvar=True,
        help="The day that 'present' means; today by default.",
    )(function)


def taxonomy_option(function: _F) -> _F:
    """``--taxonomy PATH``, repeatable."""
    return click.option(
        "--taxonomy",
        "overlays",
        multiple=True,
        type=click.Path(),
        envvar="MATCHER_TAXONOMY",
        show_envvar=True,
        help="A file or folder that adds to or changes the bundled taxonomy; may be repeated.",
    )(function)


_ENDINGS = {
    ".txt": "text",
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
}


# What no command writes, though a name may ask for it: the text of a report under such a name would open nowhere.
_FOREIGN = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".jsonl", ".parquet", ".png"})


def format_option(*formats: str) -> Callable[[_F], _F]:
    """``--format``; where it is not given, the ending of ``-o FILE`` decides, else it is the first one."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        callback=lambda ctx, param, value: _form(ctx, param, value, formats),
        help=f"How the answer is written; by the ending of -o FILE where it is not given, else {formats[0]}.",
    )


def _form(ctx: click.Context, param: click.Parameter, value: str | None, formats: Sequence[str]) -> str:
    output = ctx.params.get("output")
    # A default of the configuration file says less about this call than the ending of its file does.
    configured = ctx.get_parameter_source(param.name or "") is ParameterSource.DEFAULT_MAP
    if value and not (configured and output and Path(output).suffix.lower() in _ENDINGS):
        return value
    return _by_ending(output, formats)


def _by_ending(output: str | None, formats: Sequence[str]) -> str:
    form = _ENDINGS.get(Path(output).suffix.lower()) if output else None
    if form is not None and form not in formats:
        raise click.BadParameter(
            f"{output}: this command does not write {form}; its formats are: {', '.join(formats)}",
            param_hint="'-o' / '--output'",
        )
    if output and Path(output).suffix.lower() in _FOREIGN:
        raise click.BadParameter(
            f"{output}: this command does not write {Path(output).suffix}; its formats are: {', '.join(formats)}"
            + ("; an HTML report can be printed to PDF" if "html" in formats else ""),
            param_hint="'-o' / '--output'",
        )
    return form or formats[0]


def quiet_option(function: _F) -> _F:
    """``--quiet``."""
    return click.option("-q", "--quiet", is_flag=True, help="Show the outcome alone.")(function)


def output_option(function: _F) -> _F:
    """``-o FILE``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False),
        # The format depends on it.
        is_eager=True,
        help="Write to this file instead of the screen.",
    )(function)


def blind_options(function: _F) -> _F:
    """``--blind`` and ``--key-file FILE``."""
    function = click.option(
        "--key-file",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="With --blind: write which pseudonym stands for which file, readable by you alone.",
    )(function)
    return click.option(
        "--blind",
        is_flag=True,
        help="Leave out names, contact details and other personal details; resumes get pseudonyms.",
    )(function)


def warn_mistaken(form: str, output: str | None, *profiles: Profile) -> None:
    """Say on standard error that a document looks like one of the other kind, where no report on the screen does."""
    from matcher.mistaken import POSTING, RESUME

    if form == "text" and output is None:
        return
    for profile in profiles:
        for notice in profile.document.notices:
            if notice.code in (POSTING, RESUME):
                click.echo(f"{profile.document.source}: {notice.message}", err=True)


def keyed(blind: bool, key_file: str | None) -> None:
    """See to it that a key file is asked for only where there are pseudonyms.

    Raises:
        SettingsError: there is a key file without blind mode.
    """
    if key_file is not None and not blind:
        raise SettingsError(f"{key_file}: a key file goes with blind mode; ask for that too with --blind")


def blinded(value: _Reported, key_file: str | None) -> _Reported:
    """What a report in blind mode is made of; the key is written where it is asked for.

    Raises:
        SettingsError: the key file cannot be written.
    """
    from matcher.privacy import blind
    from matcher.privacy.pseudonyms import key_table

    if key_file is not None:
        document = value.resume.document if isinstance(value, MatchResult) else value.document
        write_whole(key_file, key_table([document]), private=True)
    return blind(value)


@contextmanager
def guarded(*paths: str) -> Iterator[GuardedReader]:
    """What reads the files of a command: in a process that can be ended, which starts while the taxonomy loads.

    Raises:
        ReadingError: one of the files is not there or cannot be opened; that is told before any work.
    """
    from matcher.reading import GuardedReader

    with GuardedReader(configuration().limits) as reader:
        reader.expect(*paths)
        yield reader


def spare(output: str | None, *inputs: str) -> None:
    """See to it that an answer is not written over what it is about.

    Raises:
        SettingsError: the output is one of the inputs.
    """
    # A path that cannot be looked at (too long, in a closed folder) is no file here, and writing to it says why.
    if output is None or not os.path.isfile(output):  # noqa: PTH113
        return
    for item in inputs:
        if item != "-" and os.path.isfile(item) and Path(item).samefile(output):  # noqa: PTH113
            raise SettingsError(f"{output}: is what the command reads; choose another name with -o")


def matcher_for(overlays: Sequence[str], as_of: date | None, reader: GuardedReader | None = None) -> Matcher:
    """The matcher of a command's options and of the weights in the configuration file."""
    from matcher.api import Matcher

    config = configuration()
    try:
        return Matcher(overlays, settings=config.weights, as_of=as_of, limits=config.limits, reader=reader)
    except SettingsError as error:
        raise (SettingsError(f"{config.file}: weights: {error}") if config.weights else error) from error


def configuration() -> Config:
    """What the configuration file says, if there is one."""
    context = click.get_current_context(silent=True)
    config = context.find_root().obj if context is not None else None
    return config if isinstance(config, Config) else Config()


def emit(output: str | None, render: Callable[[Console], None]) -> None:
    """Render to the screen, or whole to a file."""
    from rich.console import Console

    if output is None and sys.stdout.isatty():
        if isinstance(sys.stdout, TextIOWrapper):
            # A letter that the screen's encoding lacks is no reason to end without an answer.
            sys.stdout.reconfigure(errors="replace")
        render(Console(highlight=False))
        return
    # What goes elsewhere is plain: no colour, no spaces at the ends of lines, a width that does not depend on where.
    encoding = "utf-8" if output else sys.stdout.encoding or "utf-8"
    page = TextIOWrapper(BytesIO(), encoding=encoding, errors="replace", newline="\n", write_through=True)
    render(Console(file=page, width=_columns(), highlight=False, no_color=True, force_terminal=False))
    page.seek(0)
    emit_text(output, "".join(f"{line.rstrip()}\n" for line in page))


def _columns() -> int:
    """The width of text that goes elsewhere than to a screen: COLUMNS where it is a sensible number, else 80."""
    columns = os.environ.get("COLUMNS", "")
    return max(40, int(columns)) if columns.isdecimal() else 80


def emit_text(output: str | None, text: str) -> None:
    """Write a finished text to the screen, or whole to a file."""
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text)


def emit_json(output: str | None, data: Any) -> None:
    """Write JSON to the screen, or whole to a file."""
    emit_text(output, json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def write_whole(output: str, text: str, *, private: bool = False) -> None:
    """Write a file so that it is there whole or not at all; a device or pipe is written to as it is.

    Args:
        output: the file; a link is followed.
        text: what it will hold.
        private: only the owner may read it, whatever the user's habit is.

    Raises:
        SettingsError: it cannot be written; the text says why.
    """
    temporary: str | None = None
    try:
        path = Path(output).resolve()
        if not path.parent.is_dir():
            raise SettingsError(f"{output}: cannot be written: there is no folder {Path(output).parent}; make it first")
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            return
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        # A temporary file is private; the finished one follows the user's own habit.
        if not private:
            mask = os.umask(0)
            os.umask(mask)
            Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
        temporary = None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingsError(f"{output}: cannot be written: {reason}; choose another place with -o") from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
