"""A store of profiles in one SQLite file, so that no document is read twice.

SQLite, because it is in Python's standard library, is one file, survives being killed in the middle of a write, and
lets several processes read while one writes. A row is found by everything that a profile depends on: the content, the
ending of the name (it tells Markdown from plain text), the kind, the day, the taxonomy and the program. What is kept of
a document's text are the lines that a report quotes, see :mod:`matcher.profileform`, and hashes by which a copy can be
told, see :mod:`matcher.integrity.traces`.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Any

from matcher.errors import SettingsError
from matcher.model import DocumentKind

_APPLICATION_ID = 0x6D617463  # "matc" in ASCII, in the file's header
_SQLITE = b"SQLite format 3\0"  # how every file of SQLite begins
_APPLICATION_ID_AT = 68  # https://www.sqlite.org/fileformat.html#the_database_header
# In the low byte of an extended code: the content is not as SQLite wrote it.
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_FORMAT = 2
_BUSY_SECONDS = 60.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS profiles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL, ending TEXT NOT NULL, kind TEXT NOT NULL, as_of TEXT NOT NULL,
    taxonomy TEXT NOT NULL, program TEXT NOT NULL,
    made TEXT NOT NULL, features BLOB NOT NULL, profile BLOB NOT NULL,
    UNIQUE (sha256, ending, kind, as_of, taxonomy, program)
)
"""
# The rooms whose code decides what a profile says.
_DECIDING = (
    "model.py", "profile.py", "profileform.py", "levels.py", "legibility.py", "mistaken.py", "ranking",
    "integrity", "privacy",
    "reading", "extraction", "taxonomy",
)  # fmt: skip
_LIBRARIES = ("pdfplumber", "pdfminer.six", "pypdfium2", "python-docx", "spacy")


@dataclass(frozen=True, slots=True)
class Origin:
    """What all profiles of a run share: the taxonomy's digest, the program and the day (``YYYY-MM-DD``)."""

    taxonomy: str
    program: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Info:
    """What a store holds.

    Attributes:
        bytes: size of the file.
        kinds: number of profiles of each kind.
        current: number of profiles that this program could use with the taxonomy given.
        oldest, newest: the first and last moment of writing, ISO 8601 in UTC; None where it is empty.
    """

    bytes: int
    kinds: dict[str, int]
    current: int
    oldest: str | None
    newest: str | None


@cache
def program(*, blind: bool = False) -> str:
    """What stands for the program in a key: its version, its source and the libraries that read files.

    Args:
        blind: for profiles in which personal details are covered; they are never taken for others.
    """
    from matcher import __version__

    root = Path(__file__).parent
    digest = sha256()
    for name in _DECIDING:
        path = root / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {version(library)}\0".encode())
        except PackageNotFoundError:
            digest.update(f"{library} none\0".encode())
    return f"{__version__}+{digest.hexdigest()[:16]}{'+blind' if blind else ''}"


def _programs() -> tuple[str, str]:
    return program(), program(blind=True)


class ProfileStore:
    """Profiles by content. Use it as a context manager; each thread needs its own, which another one may close.

    Args:
        path: the file; it is created where it does not exist, readable by its owner only.
        create: whether a file that does not exist is made; if not, its absence is an error.

    Raises:
        SettingsError: the file cannot be opened or is no profile store.
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = True) -> None:
        self.path = Path(path)
        try:
            if self.path.exists():
                self._refuse_strangers()
            else:
                if not create:
                    raise SettingsError(f"{self.path}: there is no such profile store; check the path")
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            self._base = sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise SettingsError(f"{self.path}: cannot be opened as a profile store: {reason}") from error
        try:
            with self._errors():
                self._prepare()
        except BaseException:
            self._base.close()
            raise

    def _refuse_strangers(self) -> None:
        """See to it that a file which is something else is never opened as a store, let alone called a broken one."""
        if not self.path.is_file():
            raise SettingsError(f"{self.path}: is no file, and so no profile store; name another one")
        with self.path.open("rb") as file:
            header = file.read(len(_SQLITE))
        if header and header != _SQLITE:
            raise SettingsError(f"{self.path}: is no profile store; name the file that 'matcher batch --store' wrote")

    def _prepare(self) -> None:
        # Asked in the reverse order of writing: whoever sees the tables of another process sees its marks as well.
        (tables,) = self._base.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (found,) = self._base.execute("PRAGMA application_id").fetchone()
        if tables and found != _APPLICATION_ID:
            raise SettingsError(f"{self.path}: is a database, but no profile store; name another file")
        (form,) = self._base.execute("PRAGMA user_version").fetchone()
        if form not in (0, _FORMAT):
            raise SettingsError(f"{self.path}: was written by another version of matcher; name another file")
        # Several processes may read while one writes; a power cut may cost the last rows, never the file.
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        # Personal data that is deleted must not stay in free pages.
        self._base.execute("PRAGMA secure_delete = ON")
        if not tables:
            self._base.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            self._base.execute(f"PRAGMA user_version = {_FORMAT}")
            self._base.execute(_SCHEMA)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
                remedy = "cannot be used ({}); check the disk and the file's permissions"
            elif self._marked():
                remedy = "is damaged ({}); move it away, the next run makes a new one"
            else:
                raise SettingsError(f"{self.path}: is no profile store ({error}); name another file") from error
            raise SettingsError(f"{self.path}: the profile store {remedy.format(error)}") from error

    def _marked(self) -> bool:
        """Whether the file says of itself, in the header of its format, that it is a profile store."""
        try:
            with self.path.open("rb") as file:
                file.seek(_APPLICATION_ID_AT)
                return file.read(4) == _APPLICATION_ID.to_bytes(4, "big")
        except OSError:
            return False

    def __enter__(self) -> ProfileStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def stocked(self, origin: Origin) -> bool:
        """Whether there is any profile of this day, this taxonomy and this program."""
        with self._errors():
            row = self._base.execute(
                "SELECT 1 FROM profiles WHERE as_of = ? AND taxonomy = ? AND program = ? LIMIT 1",
                (origin.as_of, origin.taxonomy, origin.program),
            ).fetchone()
        return row is not None

    def find(self, content: str, ending: str, kind: DocumentKind, origin: Origin) -> int | None:
        """The number of the profile of the content with this SHA-256 under a name with this ending, or None."""
        with self._errors():
            row = self._base.execute(
                "SELECT id FROM profiles WHERE sha256 = ? AND ending = ? AND kind = ? AND as_of = ?"
                " AND taxonomy = ? AND program = ?",
                (content, ending, kind, origin.as_of, origin.taxonomy, origin.program),
            ).fetchone()
        return int(row[0]) if row else None

    def put(
        self, content: str, ending: str, kind: DocumentKind, origin: Origin, features: dict[str, Any], profile: bytes
    ) -> int:
        """Keep a profile (in the form of :func:`matcher.profileform.dump`); returns its number.

        What another process kept for the same content in the meantime stays.
        """
        made = datetime.now(UTC).isoformat(timespec="seconds")
        key = (content, ending, kind, origin.as_of, origin.taxonomy, origin.program)
        with self._errors():
            row = self._base.execute(
                "INSERT INTO profiles (sha256, ending, kind, as_of, taxonomy, program, made, features, profile)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (sha256, ending, kind, as_of, taxonomy, program) DO UPDATE SET made = made RETURNING id",
                (*key, made, zlib.compress(json.dumps(features).encode(), 1), zlib.compress(profile, 1)),
            ).fetchone()
        return int(row[0])

    def begin(self) -> None:
        """Open a transaction: many profiles are written at once much faster than one by one."""
        if not self._base.in_transaction:
            with self._errors():
                self._base.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make what was written since :meth:`begin` last."""
        with self._errors():
            if self._base.in_transaction:
                self._base.execute("COMMIT")

    def get(self, number: int) -> bytes | None:
        """The profile with a number, as :func:`matcher.profileform.dump` wrote it; None where it is gone."""
        with self._errors():
            row = self._base.execute("SELECT profile FROM profiles WHERE id = ?", (number,)).fetchone()
        return zlib.decompress(row[0]) if row else None

    def has(self, number: int | None) -> bool:
        """Whether there is a profile with a number."""
        with self._errors():
            return self._base.execute("SELECT 1 FROM profiles WHERE id = ?", (number,)).fetchone() is not None

    def features(self, number: int) -> dict[str, Any] | None:
        """The features of the profile with a number; None where it is gone."""
        with self._errors():
            row = self._base.execute("SELECT features FROM profiles WHERE id = ?", (number,)).fetchone()
        found: dict[str, Any] | None = json.loads(zlib.decompress(row[0])) if row else None
        return found

    def info(self, taxonomy: str) -> Info:
        """What the store holds; ``taxonomy`` is the digest of the taxonomy that counts as current."""
        with self._errors():
            kinds = dict(self._base.execute("SELECT kind, count(*) FROM profiles GROUP BY kind ORDER BY kind"))
            (current,) = self._base.execute(
                "SELECT count(*) FROM profiles WHERE taxonomy = ? AND program IN (?, ?)", (taxonomy, *_programs())
            ).fetchone()
            oldest, newest = self._base.execute("SELECT min(made), max(made) FROM profiles").fetchone()
            self._base.execute("PRAGMA wal_checkpoint(PASSIVE)")
        return Info(self.path.stat().st_size, kinds, current, oldest, newest)

    def prune(self, taxonomy: str, older_than_days: int | None = None) -> int:
        """Delete what another taxonomy or program made, and what is older than some days; returns how many."""
        limit = ""
        if older_than_days is not None:
            limit = (datetime.now(UTC) - timedelta(days=older_than_days)).isoformat(timespec="seconds")
        with self._errors():
            gone = self._base.execute(
                "DELETE FROM profiles WHERE taxonomy != ? OR program NOT IN (?, ?) OR made < ?",
                (taxonomy, *_programs(), limit),
            ).rowcount
        self._compact()
        return gone

    def clear(self) -> int:
        """Delete everything; returns how many profiles there were."""
        with self._errors():
            gone = self._base.execute("DELETE FROM profiles").rowcount
        self._compact()
        return gone

    def _compact(self) -> None:
        with self._errors():
            self._base.execute("VACUUM")
            # The log beside the file holds copies of the deleted rows until it is cut.
            self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
