"""The configuration file: ``matcher.toml``, or ``[tool.matcher]`` of a ``pyproject.toml``.

Its keys are the long names of options (``as_of`` or ``as-of``), for every command that has them; ``[command.NAME]``
holds those of one command, ``[weights]`` what differs from ``taxonomy/scoring.yaml``, and ``[limits]`` what one file
may cost. What the command line or the
environment says comes before it. Paths in it start from its own folder.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import click

from matcher.errors import SettingsError

if TYPE_CHECKING:
    from matcher.reading import Limits

NAME = "matcher.toml"
PROJECT = "pyproject.toml"
VARIABLE = "MATCHER_CONFIG"
_COMMANDS = "command"
_WEIGHTS = "weights"
_LIMITS = "limits"
# One file for the answers of every command would be written over by each of them.
_NOT_SHARED = frozenset({"output"})


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says.

    Attributes:
        file: where it was read; None where there is none.
        weights: the settings of :class:`matcher.Matcher`.
        defaults: values of options by command, in the form of click's ``default_map``.
        costs: limits on what one file may cost that differ from the usual ones, by name.
    """

    file: Path | None = None
    weights: Mapping[str, Any] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    costs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def limits(self) -> Limits:
        """What one file may cost."""
        from matcher.reading import Limits

        return Limits(**self.costs)


def find(start: Path) -> Path | None:
    """The file of the nearest folder from ``start`` upwards; ``matcher.toml`` comes before ``pyproject.toml``."""
    for folder in (start, *start.parents):
        if (own := folder / NAME).is_file():
            return own
        project = folder / PROJECT
        if project.is_file() and _speaks_of_matcher(project):
            return project
    return None


def _speaks_of_matcher(project: Path) -> bool:
    try:
        return "matcher" in tomllib.loads(project.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError):
        # A project file that is not ours to judge.
        return False


def chosen(given: str | None) -> Path | None:
    """The file to use: ``--config`` or ``MATCHER_CONFIG`` (empty: none), else the one that is found."""
    named = given if given is not None else os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    return find(Path.cwd())


def load(path: Path | None, main: click.Group) -> Config:
    """Read and check a configuration file.

    Args:
        path: the file; None for none.
        main: the group whose commands and options its keys name.

    Raises:
        SettingsError: it cannot be read, or a key or value in it is not valid; the text names both.
    """
    if path is None:
        return Config()
    data = _table(path)
    weights = _weights(path, data.pop(_WEIGHTS, {}))
    costs = _costs(path, data.pop(_LIMITS, {}))
    own = _mapping(path, _COMMANDS, data.pop(_COMMANDS, {}))
    context = click.Context(main, info_name="matcher")
    defaults = _of_group(path, main, context, own, _COMMANDS)
    _share(path, main, context, data, defaults)
    return Config(path, weights, defaults, costs)


def _table(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(f"{path}: cannot be read: {reason}; name a file with --config FILE") from error
    except ValueError as error:
        raise SettingsError(f"{path}: is no TOML: {error}; mend it, or do without with --config ''") from error
    if path.name != PROJECT:
        return data
    return dict(_mapping(path, "tool.matcher", data.get("tool", {}).get("matcher", {})))


def _mapping(path: Path, key: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise SettingsError(f"{path}: {key} must be a table; write it as [{key}]")
    return value


def _weights(path: Path, value: Any) -> dict[str, Any]:
    """The weights, with the whole numbers that TOML must quote as keys made numbers."""
    from matcher.taxonomy.schema import Scoring

    given = _mapping(path, _WEIGHTS, value)
    weights: dict[str, Any] = {}
    for key, entry in given.items():
        place = f"{_WEIGHTS}.{key}"
        if key not in Scoring.model_fields:
            raise _unknown(path, place, key, Scoring.model_fields)
        known = _literal_keys(Scoring.model_fields[key].annotation)
        if isinstance(entry, Mapping):
            for name in entry:
                if known and name not in known:
                    raise _unknown(path, f"{place}.{name}", name, known)
            entry = {int(name) if name.isdecimal() else name: share for name, share in entry.items()}
        weights[key] = entry
    return weights


def _costs(path: Path, value: Any) -> Mapping[str, Any]:
    """The limits that are given, each of them known and a number above 0."""
    given = _mapping(path, _LIMITS, value)
    if not given:
        return given
    from matcher.reading import Limits

    known = {item.name for item in fields(Limits)}
    for key, number in given.items():
        place = f"{_LIMITS}.{key}"
        if key not in known:
            raise _unknown(path, place, key, known)
        whole = key != "max_seconds"
        if isinstance(number, bool) or not isinstance(number, int if whole else int | float) or number <= 0:
            kind = "whole number" if whole else "number"
            raise SettingsError(f"{path}: {place} = {number!r}: must be a {kind} above 0")
    return given


def _literal_keys(annotation: Any) -> tuple[str, ...]:
    """The keys that a table of weights may have; empty where any key may be."""
    if get_origin(annotation) is not dict:
        return ()
    keys = get_args(annotation)[0]
    return get_args(keys) if get_origin(keys) is Literal else ()


def _of_group(
    path: Path, group: click.Group, context: click.Context, tables: Mapping[str, Any], place: str
) -> dict[str, Any]:
    """The values that tables named after commands give to those commands."""
    names = group.list_commands(context)
    defaults: dict[str, Any] = {}
    for name, value in tables.items():
        at = f"{place}.{name}"
        if name not in names:
            raise _unknown(path, at, name, names)
        command = group.get_command(context, name)
        table = _mapping(path, at, value)
        if isinstance(command, click.Group):
            defaults[name] = _of_group(path, command, click.Context(command, parent=context), table, at)
        elif command is not None:
            inner = click.Context(command, parent=context, info_name=name)
            defaults[name] = dict(_values(path, command, inner, table, at))
    return defaults


def _values(
    path: Path, command: click.Command, context: click.Context, table: Mapping[str, Any], place: str
) -> Iterator[tuple[str, Any]]:
    options = options_of(command)
    for key, value in table.items():
        at = f"{place}.{key}"
        option = options.get(_key(key))
        if option is None or option.name is None:
            raise _unknown(path, at, key, options)
        yield option.name, _checked(path, at, option, context, value)


def _share(
    path: Path, main: click.Group, context: click.Context, shared: Mapping[str, Any], defaults: dict[str, Any]
) -> None:
    """Give values for all commands to each command that has such an option and takes the value."""
    leaves = list(_leaves(main, context, defaults))
    known = {name for command, _, _ in leaves for name in options_of(command)} - _NOT_SHARED
    for key, value in shared.items():
        name = _key(key)
        if name not in known:
            raise _unknown(path, key, key, (*known, _WEIGHTS, _LIMITS, _COMMANDS))
        refused: SettingsError | None = None
        taken = False
        for command, inner, own in leaves:
            option = options_of(command).get(name)
            if option is None or option.name is None:
                continue
            try:
                own.setdefault(option.name, _checked(path, key, option, inner, value))
                taken = True
            except SettingsError as error:
                # Not every command writes every format; it is enough that some do.
                refused = error
        if refused is not None and not taken:
            raise refused


def _leaves(
    group: click.Group, context: click.Context, defaults: dict[str, Any]
) -> Iterator[tuple[click.Command, click.Context, dict[str, Any]]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        inner = click.Context(command, parent=context, info_name=name)
        own = defaults.setdefault(name, {})
        if isinstance(command, click.Group):
            yield from _leaves(command, inner, own)
        else:
            yield command, inner, own


def options_of(command: click.Command) -> dict[str, click.Option]:
    """The options of a command by the keys that name them in a configuration file."""
    return {
        _key(name): option
        for option in command.params
        if isinstance(option, click.Option)
        for name in option.opts
        if name.startswith("--")
    }


def _key(name: str) -> str:
    return name.lstrip("-").replace("-", "_")


def _checked(path: Path, place: str, option: click.Option, context: click.Context, value: Any) -> Any:
    """A value as its option takes it; a relative path starts from the folder of the file."""
    if option.is_flag != isinstance(value, bool):
        wanted = "true or false" if option.is_flag else "a value, not true or false"
        raise SettingsError(f"{path}: {place} = {value!r}: must be {wanted}")
    if isinstance(value, Mapping) or (isinstance(value, list) and not option.multiple):
        raise SettingsError(f"{path}: {place}: must be one value")
    items = value if isinstance(value, list) else [value]
    if isinstance(option.type, click.Path):
        for item in items:
            if not isinstance(item, str):
                raise SettingsError(f"{path}: {place} = {item!r}: must be a path in quotes")
        items = [item if item == "-" else str(path.parent / Path(item).expanduser()) for item in items]
    result: Any = items if option.multiple else items[0]
    try:
        option.type_cast_value(context, result)
    except click.BadParameter as error:
        raise SettingsError(f"{path}: {place} = {value!r}: {error.message}") from error
    return result


def _unknown(path: Path, place: str, key: str, known: Iterable[str]) -> SettingsError:
    names = sorted(known)
    close = get_close_matches(_key(key), names, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(names)}"
    return SettingsError(f"{path}: unknown key {place!r}; {hint}")
