"""Rows to CSV, JSON Lines or Parquet, and matches to an HTML page; a file is there whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from matcher.batch.rows import DECIMAL, FAILURE_NAMES, LISTS, NAMES, WHOLE
from matcher.errors import MissingExtraError, SettingsError

FORMATS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".html": "html", ".htm": "html"}
_ROWS_A_GROUP = 10_000
# What a spreadsheet takes for the beginning of a formula; the last ones are their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def format_of(path: Path) -> str:
    """The format that a file's ending names.

    Raises:
        SettingsError: it names none.
        MissingExtraError: it needs an extra that is not installed.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise SettingsError(f"{path}: the ending names no format; use one of {', '.join(sorted(FORMATS))}")
    if form == "parquet":
        _parquet()
    return form


def _parquet() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtraError("parquet", "writing Parquet") from None
    return pyarrow


@contextmanager
def whole(path: Path, *, private: bool = False) -> Iterator[Path]:
    """A temporary file beside ``path`` that takes its place when the block ends well, and is removed when it does not.

    Args:
        path: the file.
        private: only the owner may read it, whatever the user's habit is.

    Raises:
        SettingsError: it cannot be written; the text says why.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        # A temporary file is private; the finished one follows the user's own habit.
        if not private:
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(f"{path}: cannot be written: {reason}; choose another place") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_rows(path: Path, form: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows, each with the columns of :mod:`matcher.batch.rows`, as CSV, JSON Lines or Parquet."""
    writers: dict[str, Callable[[Path, Iterable[dict[str, Any]]], None]] = {
        "csv": _csv_rows, "jsonl": _json_lines, "parquet": _parquet_rows,
    }  # fmt: skip
    with whole(path) as temporary:
        writers[form](temporary, rows)


def write_failures(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write the failures table as CSV; it is written even where there are none."""
    with whole(path) as temporary:
        _csv(temporary, FAILURE_NAMES, rows)


def write_key(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write the key of blind mode as CSV, readable by its owner only."""
    with whole(path, private=True) as temporary:
        _csv(temporary, ("pseudonym", "source"), rows)


def _csv_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    _csv(path, NAMES, rows)


def _csv(path: Path, names: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> None:
    # With a byte order mark, because spreadsheets take a CSV without one for the system's old encoding.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(names)
        writer.writerows([cell(name, row[name]) for name in names] for row in rows)


def cell(name: str, value: Any) -> str:
    """A value as a CSV cell; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if name == "score":
        return f"{value:.2f}"
    if name in DECIMAL or name in WHOLE:
        return str(value)
    text = "; ".join(value) if name in LISTS else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps({name: row[name] for name in NAMES}, ensure_ascii=False) + "\n")


def _parquet_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    pyarrow = _parquet()
    from pyarrow.parquet import ParquetWriter

    def kind(name: str) -> Any:
        if name in LISTS:
            return pyarrow.list_(pyarrow.string())
        return pyarrow.float64() if name in DECIMAL else pyarrow.int64() if name in WHOLE else pyarrow.string()

    schema = pyarrow.schema([(name, kind(name)) for name in NAMES])
    remaining = iter(rows)
    with ParquetWriter(path, schema) as writer:
        while group := list(islice(remaining, _ROWS_A_GROUP)):
            writer.write_table(pyarrow.Table.from_pylist(group, schema))
