"""Documents at addresses such as ``s3://bucket/folder``, through fsspec; nothing is fetched that nobody named."""

from __future__ import annotations

import re
from typing import Any

from matcher.errors import MissingExtraError, ReadingError, SettingsError

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
# What tells whether a file was changed, by the names that the different storages have for it.
_STAMPS = ("size", "mtime", "LastModified", "last_modified", "updated", "ETag", "etag", "created")
# File systems that are in the memory of one process.
_HERE_ALONE = ("memory://",)


def is_address(argument: str) -> bool:
    """Whether an argument is an address rather than a path."""
    return _ADDRESS.match(argument) is not None


def is_shared(address: str) -> bool:
    """Whether other processes can read at an address too."""
    return not address.startswith(_HERE_ALONE)


def find(address: str) -> dict[str, str]:
    """The files at or below an address, or matching its pattern: the address of each and what tells a change.

    Raises:
        SettingsError: nothing is there, or it cannot be looked into.
        MissingExtraError: fsspec, or what it needs for this kind of address, is not installed.
    """
    try:
        system, root = _opened(address)
        if any(char in root for char in "*?["):
            found = {path: info for path, info in system.glob(root, detail=True).items() if info["type"] == "file"}
        else:
            found = system.find(root, detail=True)
        return {
            system.unstrip_protocol(path): " ".join(str(info[name]) for name in _STAMPS if info.get(name) is not None)
            for path, info in found.items()
        }
    except (SettingsError, MissingExtraError):
        raise
    except Exception as error:  # each storage has errors of its own
        raise SettingsError(f"{address}: cannot be looked into ({_reason(error)}); check the address") from error


def fetch(address: str, limit: int) -> bytes:
    """The first ``limit`` bytes of the file at an address.

    Raises:
        ReadingError: it cannot be read.
    """
    try:
        system, path = _opened(address)
        with system.open(path, "rb") as file:
            content: bytes = file.read(limit)
    except Exception as error:  # each storage has errors of its own
        cause = f"cannot be opened ({_reason(error)})"
        raise ReadingError(address, cause, "check the address and the permissions", code="unreadable") from None
    return content


def _reason(error: Exception) -> str:
    """What an error is about; its own text may hold the address with its password."""
    return (isinstance(error, OSError) and error.strerror) or type(error).__name__


def _opened(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise MissingExtraError("ray", f"reading from {address.partition('://')[0]}://") from None
    try:
        system, path = url_to_fs(address)
    except ImportError as error:
        raise SettingsError(f"{address}: {error}") from error
    except ValueError:
        raise SettingsError(f"{address}: no storage of this kind is known; check what stands before ://") from None
    return system, path
