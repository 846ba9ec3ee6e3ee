"""The JSON Schemas (draft 2020-12) of what ``to_dict`` and ``--format json`` give."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

NAMES = ("profile-1", "result-1", "level-1")
_PROFILE_ID = "urn:matcher:profile:1"


def load(name: str) -> dict[str, Any]:
    """A schema by its file name (``profile-1``) or by the ``schema`` field of an output (``matcher.profile/1``).

    What a schema refers to is bundled into its ``$defs``, so that any validator can use it as it is, with no network.

    Raises:
        KeyError: there is no such schema.
    """
    wanted = name.removeprefix("matcher.").replace("/", "-").removesuffix(".json")
    if wanted not in NAMES:
        raise KeyError(f"no schema {name!r}; there are: {', '.join(NAMES)}")
    schema = _read(wanted)
    if schema["$id"] != _PROFILE_ID:
        schema["$defs"] = {**schema.get("$defs", {}), "profile-1": _read("profile-1")}
    return schema


def _read(name: str) -> dict[str, Any]:
    text = (files(__package__) / f"{name}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
