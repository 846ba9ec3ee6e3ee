"""What an unfinished batch knows already: kept beside the output until the output is whole."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

from matcher.errors import SettingsError
from matcher.model import DocumentKind, Failure

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
    kind TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,
    sha256 TEXT, entry INTEGER, failure TEXT,
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results (
    posting INTEGER NOT NULL, resume INTEGER NOT NULL, points INTEGER, row TEXT, failure TEXT,
    PRIMARY KEY (posting, resume)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS contents (number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE);
CREATE TEMPORARY TABLE places (entry INTEGER PRIMARY KEY, place INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Item:
    """A document that was dealt with.

    Attributes:
        state: what tells whether the file was changed since.
        sha256, entry: its content and its number in the profile store; None where it failed.
    """

    kind: DocumentKind
    name: str
    state: str
    sha256: str | None = None
    entry: int | None = None
    failure: Failure | None = None


class Journal:
    """The folder ``.NAME.partial`` beside the output, readable by its owner only.

    Args:
        output: the file that the batch writes.
        resume: whether to go on with a journal that is there.

    Raises:
        SettingsError: there is a journal and ``resume`` is false; another run writes the same file; or the folder
            cannot be written.
    """

    def __init__(self, output: Path, *, resume: bool) -> None:
        self.folder = output.parent / f".{output.name}.partial"
        self._file = self.folder / "journal.sqlite"
        if self._file.exists() and not resume:
            raise SettingsError(
                f"{output}: an earlier run did not finish; go on with --resume, or begin anew by deleting {self.folder}"
            )
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600))
            self._base = sqlite3.connect(self._file, timeout=0, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise SettingsError(f"{output}: cannot be written: {reason}; choose another place with -o") from error
        try:
            # The lock is kept for as long as the run lasts, and is gone when the process is, however it ends.
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.execute("BEGIN IMMEDIATE")
            self._base.execute("COMMIT")
            self._base.executescript(_SCHEMA)
        except sqlite3.Error as error:
            self._base.close()
            if "locked" in str(error):
                raise SettingsError(f"{output}: another run is writing it; wait for it or name another file") from error
            raise self._broken(error) from error

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def _broken(self, error: sqlite3.Error) -> SettingsError:
        return SettingsError(f"{self.folder}: cannot be used ({error}); check the disk, or delete it and begin anew")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._broken(error) from error

    def remove(self) -> None:
        """Close and delete the folder: the output is whole."""
        self._base.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def get(self, name: str) -> str | None:
        """A note, or None."""
        with self._errors():
            found = self._base.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def adopt(self, notes: dict[str, str]) -> None:
        """Keep what the earlier run knows if it was run with the same notes, else forget it."""
        with self._errors():
            known = dict(self._base.execute("SELECT name, value FROM meta"))
            if known.items() >= notes.items():
                return
            self._base.execute("BEGIN")
            for table in ("meta", "items", "results", "contents"):
                self._base.execute(f"DELETE FROM {table}")  # noqa: S608
            self._base.executemany("INSERT INTO meta VALUES (?, ?)", sorted(notes.items()))
            self._base.execute("COMMIT")

    def against(self, postings: str) -> None:
        """Forget the resumes of an earlier run that was against other postings; ``postings`` stands for them."""
        with self._errors():
            if self.get("postings") == postings:
                return
            self._base.execute("BEGIN")
            self._base.execute("DELETE FROM items WHERE kind = 'resume'")
            self._base.execute("DELETE FROM results")
            self._base.execute("INSERT OR REPLACE INTO meta VALUES ('postings', ?)", (postings,))
            self._base.execute("COMMIT")

    def number(self, content: str) -> int:
        """The number of a content, given by its SHA-256; a new one where it has none yet."""
        with self._errors():
            self._base.execute("INSERT OR IGNORE INTO contents (sha256) VALUES (?)", (content,))
            row = self._base.execute("SELECT number FROM contents WHERE sha256 = ?", (content,)).fetchone()
        return int(row[0])

    def begin(self) -> None:
        """Open a transaction."""
        if not self._base.in_transaction:
            with self._errors():
                self._base.execute("BEGIN")

    def commit(self) -> None:
        """Make what was written since :meth:`begin` last."""
        with self._errors():
            if self._base.in_transaction:
                self._base.execute("COMMIT")

    def put(self, item: Item) -> None:
        """Keep what became of a document."""
        failure = json.dumps(asdict(item.failure)) if item.failure else None
        with self._errors():
            self._base.execute(
                "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?, ?)",
                (item.kind, item.name, item.state, item.sha256, item.entry, failure),
            )

    def items(self, kind: DocumentKind) -> Iterator[Item]:
        """What became of the documents so far, in the order of their names."""
        with self._errors():
            for name, state, sha256, entry, failure in self._base.execute(
                "SELECT name, state, sha256, entry, failure FROM items WHERE kind = ? ORDER BY name", (kind,)
            ):
                yield Item(kind, name, state, sha256, entry, Failure(**json.loads(failure)) if failure else None)

    def put_results(self, rows: Iterable[tuple[int, int, int | None, str | None, str | None]]) -> None:
        """Keep scored pairs: resume, posting, hundredths of a point, row, failure."""
        with self._errors():
            self._base.executemany(
                "INSERT OR REPLACE INTO results (resume, posting, points, row, failure) VALUES (?, ?, ?, ?, ?)", rows
            )

    def pairs_of(self, posting: int) -> dict[int, int | None]:
        """The hundredths of a point of the resumes that are scored against a posting."""
        with self._errors():
            return dict(self._base.execute("SELECT resume, points FROM results WHERE posting = ?", (posting,)))

    def place(self, resumes: Iterable[int]) -> None:
        """The resumes that belong to the results, in the order that settles equal scores."""
        with self._errors():
            self._base.execute("DELETE FROM places")
            self._base.executemany(
                "INSERT INTO places VALUES (?, ?)", ((entry, place) for place, entry in enumerate(resumes))
            )

    def ranked(self, posting: int, top: int | None, least: int | None) -> Iterator[tuple[int, int, str]]:
        """The best of a posting: rank from 1, resume, row; memory does not grow with their number."""
        with self._errors():
            cursor = self._base.execute(
                "SELECT resume, row FROM results JOIN places ON entry = resume WHERE posting = ? AND row IS NOT NULL"
                " AND (?2 IS NULL OR points >= ?2) ORDER BY points IS NULL, points DESC, place LIMIT ?3",
                (posting, least, -1 if top is None else top),
            )
            for rank, (resume, row) in enumerate(cursor, 1):
                yield rank, resume, row

    def failed_pairs(self) -> Iterator[tuple[int, int, str]]:
        """The pairs that could not be scored: resume, posting, failure."""
        with self._errors():
            yield from self._base.execute(
                "SELECT resume, posting, failure FROM results JOIN places ON entry = resume"
                " WHERE failure IS NOT NULL ORDER BY place, posting"
            )
