"""YAML with line numbers: a parsed file, and for each place in it the line where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

Path_ = tuple[str | int, ...]


@dataclass(slots=True)
class YamlFile:
    """One parsed YAML file.

    Attributes:
        name: the file's name as shown in messages.
        data: the top-level mapping.
        lines: the 1-based line of each key and item, by its path from the top.
        problems: mistakes found while parsing, each with file and line.
    """

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def line(self, path: Path_) -> int:
        """The line of ``path``, or of its nearest enclosing place."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path_, text: str) -> str:
        """``text`` with this file's name and the line of ``path`` before it."""
        return f"{self.name}:{self.line(path)}: {text}"


# A taxonomy is flat. What is deeper, or grows beyond this by references to itself, is a mistake or worse.
_MAX_DEPTH = 32
_MAX_NODES = 5_000_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(name: str, content: bytes) -> YamlFile:
    """Parse ``content``; mistakes land in ``problems`` rather than being raised."""
    file = YamlFile(name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        file.problems.append(f"{name}:1: is not UTF-8 (byte {error.start})")
        return file
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return file
        if not isinstance(node, yaml.MappingNode):
            file.problems.append(f"{name}:1: must be a mapping, such as 'skills:' with entries below it")
            return file
        file.data = _Builder(loader, file).build(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        file.problems.append(f"{name}:{mark.line + 1 if mark else 1}: is not valid YAML: {error.problem}")
    except yaml.YAMLError as error:
        file.problems.append(f"{name}:1: is not valid YAML: {str(error).splitlines()[0]}")
    finally:
        loader.dispose()
    return file


class _Builder:
    """Nodes to plain data, with the line of each; refuses what unfolds without end."""

    def __init__(self, loader: Any, file: YamlFile) -> None:
        self._loader = loader
        self._file = file
        self._nodes = 0

    def build(self, node: Any, path: Path_) -> Any:
        self._nodes += 1
        if len(path) > _MAX_DEPTH or self._nodes > _MAX_NODES:
            raise yaml.MarkedYAMLError(
                problem="nests too deeply or repeats itself without end", problem_mark=node.start_mark
            )
        file = self._file
        if isinstance(node, yaml.MappingNode):
            mapping: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = self._loader.construct_object(key_node, deep=True)
                line = key_node.start_mark.line + 1
                if not isinstance(key, str):
                    key = str(key)
                if key in mapping:
                    file.problems.append(f"{file.name}:{line}: {key!r} stands twice in the same mapping")
                file.lines[(*path, key)] = line
                mapping[key] = self.build(value_node, (*path, key))
            return mapping
        if isinstance(node, yaml.SequenceNode):
            items = []
            for index, item in enumerate(node.value):
                file.lines[(*path, index)] = item.start_mark.line + 1
                items.append(self.build(item, (*path, index)))
            return items
        return self._loader.construct_object(node, deep=True)
