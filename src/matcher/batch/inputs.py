"""What the user names (files, folders, globs, archives, a list on standard input) to single documents."""

from __future__ import annotations

import glob
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from lzma import LZMAError
from pathlib import Path
from typing import IO

from matcher.batch.remote import find, is_address
from matcher.errors import SettingsError
from matcher.model import Failure

MAX_MEMBERS = 200_000
MAX_EXPANDED_BYTES = 20 * 1024**3
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
# Broken archives raise errors that have no common base.
_BROKEN = (
    OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, tarfile.TarError, zlib.error,
    LZMAError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """One document to read.

    Attributes:
        name: what it is called in results: the path as given, with ``!/`` before the name inside of an archive.
        path: the file, or the archive it is in, or an address.
        member: its name inside of the archive, or None.
        stamp: of a file at an address, what tells whether it was changed.
    """

    name: str
    path: str
    member: str | None = None
    stamp: str | None = None

    @property
    def remote(self) -> bool:
        """Whether it is read from an address."""
        return self.stamp is not None

    @property
    def state(self) -> str:
        """What tells whether its file was changed: the size and the time it was written, where they can be had."""
        if self.stamp is not None:
            return self.stamp
        try:
            info = os.stat(self.path)  # noqa: PTH116  # a path may be any bytes
        except (OSError, ValueError):
            return ""
        return f"{info.st_size} {info.st_mtime_ns}"

    @property
    def ending(self) -> str:
        """The ending of the name, in lower case, with its dot."""
        # As pathlib has it, in a tenth of the time: it is asked for with every document.
        name = os.path.basename(self.member or self.path)  # noqa: PTH119
        at = name.rfind(".")
        return name[at:].lower() if 0 < at < len(name) - 1 else ""


@dataclass(frozen=True, slots=True)
class Found:
    """The documents found, in the order of their names, and what could not be looked into."""

    inputs: tuple[Input, ...]
    failures: tuple[Failure, ...]


def expand(argument: str, stdin: Iterable[str] = (), leave_out: Iterable[str | Path] = ()) -> Found:
    """The documents an argument names.

    A folder stands for all files below it, hidden ones left out; a link to a folder is not followed. An archive stands
    for the files in it. ``-`` stands for the paths in ``stdin``, one a line. An address such as ``s3://bucket/folder``
    stands for all files below it, or for those that its pattern matches.

    Args:
        argument: a file, a folder, an archive, a pattern with ``*``, ``?`` or ``[`` (``**`` for any folders), an
            address, or ``-``.
        stdin: the lines of standard input.
        leave_out: files that are never inputs, such as the output itself.

    Raises:
        SettingsError: the argument names nothing.
        MissingExtraError: it is an address, and what is needed for that is not installed.
    """
    if not argument:
        raise SettingsError("the name of a file or folder is empty; name one")
    search = _Search({os.path.realpath(path) for path in leave_out})
    if argument == "-":
        for line in stdin:
            if path := line.rstrip("\r\n"):
                search.address(path) if is_address(path) else search.path(path)
        if not search.found and not search.failures:
            raise SettingsError("standard input names no file; write one path a line")
    elif is_address(argument):
        search.address(argument)
    elif os.path.lexists(argument):
        search.path(argument)
    elif any(char in argument for char in "*?["):
        matches = glob.glob(argument, recursive=True)  # noqa: PTH207  # pathlib's takes no absolute patterns
        if not matches:
            raise SettingsError(f"{argument}: matches no file; check the pattern")
        for path in matches:
            search.path(path, named=False)
    else:
        raise SettingsError(f"{argument}: there is no such file or folder; check the path")
    if not search.found and not search.failures:
        raise SettingsError(f"{argument}: holds no document; hidden files and empty folders are left out")
    return Found(
        tuple(search.found[name] for name in sorted(search.found)),
        tuple(sorted(search.failures, key=lambda failure: (failure.source, failure.message))),
    )


class _Search:
    def __init__(self, leave_out: set[str]) -> None:
        self.found: dict[str, Input] = {}
        self.failures: list[Failure] = []
        self._leave_out = leave_out
        # Following links takes longer than all else here, and most files of a folder are none.
        self._folder = cache(os.path.realpath)

    def path(self, path: str, *, named: bool = True) -> None:
        if Path(path).is_dir():
            for folder, folders, files in os.walk(path, onerror=self._denied):
                folders[:] = [name for name in folders if not _hidden(name)]
                for file in files:
                    if not _hidden(file):
                        self._file(os.path.join(folder, file))  # noqa: PTH118  # a path as the user began it
        elif named or not _hidden(os.path.basename(path)):  # noqa: PTH119
            self._file(path)

    def address(self, address: str) -> None:
        for path, stamp in find(address).items():
            # As far as the two are the same the user has written it, hidden or not.
            below = path[len(os.path.commonprefix((address, path))) :]  # noqa: RUF071
            left_out = os.path.realpath(path.removeprefix("file://")) in self._leave_out
            if not left_out and not any(_hidden(part) for part in below.split("/")):
                self._add(Input(shown(path), path, stamp=stamp))

    def _file(self, path: str) -> None:
        if self._real(path) in self._leave_out:
            return
        if not path.lower().endswith(_ARCHIVES):
            self._add(Input(shown(path), path))
            return
        try:
            for member in _members(path):
                self._add(Input(shown(f"{path}!/{member}"), path, member))
        except _BROKEN as error:
            self.failures.append(_archive_failure(path, error))

    def _real(self, path: str) -> str:
        if os.path.islink(path):  # noqa: PTH114
            return os.path.realpath(path)
        folder, name = os.path.split(path)
        # What ends in a sign for a folder ("..") is none of the names below.
        return os.path.join(self._folder(folder), name) if name.strip(".") else os.path.realpath(path)  # noqa: PTH118

    def _add(self, item: Input) -> None:
        self.found[item.name] = item

    def _denied(self, error: OSError) -> None:
        reason = error.strerror or "unknown reason"
        message = f"the folder cannot be looked into ({reason}); check its permissions"
        self.failures.append(Failure(shown(str(error.filename)), "finding", "unreadable", message))


def shown(path: str) -> str:
    """A path as text that every file can hold; bytes that are no UTF-8 become escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _hidden(name: str) -> bool:
    """Names that systems and editors leave behind, and the parts of them in archives."""
    return (name.startswith((".", "~$", "__MACOSX")) and name not in {".", ".."}) or name in {
        "Thumbs.db",
        "desktop.ini",
    }


def _archive_failure(path: str, error: BaseException) -> Failure:
    reason = str(error) or type(error).__name__
    return Failure(shown(path), "finding", "archive", f"the archive cannot be read ({reason}); pack it again")


def _members(path: str) -> list[str]:
    """The names of the documents in an archive; nothing is unpacked."""
    names: dict[str, None] = {}
    total = 0
    for name, size in _listed(path):
        total += size
        if name:
            names[name] = None
        if len(names) > MAX_MEMBERS:
            raise ValueError(f"it holds more than {MAX_MEMBERS} files")
        if total > MAX_EXPANDED_BYTES:
            raise ValueError(f"it holds more than {MAX_EXPANDED_BYTES // 1024**3} GiB")
    return [name for name in names if not any(_hidden(part) for part in name.split("/"))]


def _listed(path: str) -> Iterator[tuple[str | None, int]]:
    """What an archive holds, by name and size; what is no file has no name."""
    if path.lower().endswith(".zip"):
        with zipfile.ZipFile(path) as packed:
            for item in packed.infolist():
                yield None if item.is_dir() else item.filename, item.file_size
    else:
        with tarfile.open(path) as tape:
            for entry in tape:
                yield entry.name if entry.isreg() else None, entry.size


def contents(path: str, wanted: Mapping[str, Input], limit: int) -> Iterator[tuple[Input, bytes | Failure]]:
    """The wanted members of an archive and their content, one at a time, in the archive's order.

    Args:
        path: the archive.
        wanted: the members to read, by their name in it.
        limit: the most bytes that are read of a member; one byte more tells that it is too big.
    """
    remaining = dict(wanted)
    try:
        if path.lower().endswith(".zip"):
            with zipfile.ZipFile(path) as packed:
                for name in list(remaining):
                    item = remaining.pop(name)
                    yield item, _content(item, limit, lambda name=name: packed.open(name))  # type: ignore[misc]
        else:
            with tarfile.open(path) as tape:
                for entry in tape:
                    item_or_none = remaining.pop(entry.name, None) if entry.isreg() else None
                    if item_or_none is not None:
                        yield item_or_none, _content(item_or_none, limit, lambda entry=entry: tape.extractfile(entry))  # type: ignore[misc]
    except _BROKEN as error:
        for item in remaining.values():
            yield item, Failure(item.name, "reading", "archive", _archive_failure(path, error).message)


def _content(item: Input, limit: int, opened: Callable[[], IO[bytes] | None]) -> bytes | Failure:
    try:
        file = opened()
        assert file is not None  # only regular members are asked for
        with file:
            return file.read(limit + 1)
    except _BROKEN as error:
        return Failure(item.name, "reading", "archive", _archive_failure(item.path, error).message)
