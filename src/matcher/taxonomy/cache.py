"""Compiled taxonomies, kept as JSON and keyed by content, so that a start need not parse and check YAML again."""

from __future__ import annotations

import logging
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

_M = TypeVar("_M", bound=BaseModel)
_log = logging.getLogger(__name__)


def default_folder() -> Path | None:
    """``MATCHER_CACHE`` (empty: none), else the user's cache folder; None where there is no home."""
    named = os.environ.get("MATCHER_CACHE")
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "matcher"
    except RuntimeError:
        return None


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of compiled taxonomies; it holds nothing of any resume, and may be deleted at any time."""

    folder: Path

    def _path(self, kind: type[BaseModel], digest: str) -> Path:
        # The program is part of the key: another version may compile the same files differently.
        key = sha256((digest + _program_digest()).encode()).hexdigest()[:32]
        return self.folder / f"{kind.__name__.lower()}-{key}.json"

    def get(self, kind: type[_M], digest: str) -> _M | None:
        """What was made of the taxonomy of ``digest``, or None where it is not there or not whole."""
        path = self._path(kind, digest)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        checksum, _, body = content.partition(b"\n")
        try:
            if sha256(body).hexdigest().encode() != checksum:
                raise ValueError("checksum differs")
            return kind.model_validate_json(body)
        except (ValidationError, ValueError):
            _log.warning("the taxonomy cache %s is damaged and is made anew", path.name)
            return None

    def put(self, digest: str, value: BaseModel) -> None:
        """Keep ``value``; a folder that cannot be written to is told of once, and otherwise ignored."""
        body = value.model_dump_json().encode()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(sha256(body).hexdigest().encode() + b"\n" + body)
                Path(name).replace(self._path(type(value), digest))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            _tell_unwritable(self.folder, error.strerror or str(error))


@lru_cache(maxsize=8)
def _tell_unwritable(folder: Path, reason: str) -> None:
    _log.warning(
        "the taxonomy cache %s cannot be written (%s), so every start takes longer;"
        " name another folder in MATCHER_CACHE, or leave that empty to do without",
        folder,
        reason,
    )


@lru_cache(maxsize=1)
def _program_digest() -> str:
    # The source of this room stands for its version; nobody has to remember to raise a number.
    digest = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
