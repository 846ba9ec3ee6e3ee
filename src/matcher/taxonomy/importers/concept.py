"""What an importer reads: concepts with their labels, before it is decided what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from csv import DictReader
from csv import Error as CsvError
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import TaxonomyError
from matcher.model import SkillKind


@dataclass(frozen=True, slots=True)
class Form:
    """Another form of a concept's name, by which a known skill of one of ``kinds`` is the same thing.

    Attributes:
        surely: whether it is even where the form is an ambiguous name.
        spelled: whether the skill's own name must be spelled exactly so; of abbreviations there are many.
    """

    text: str
    kinds: frozenset[SkillKind]
    surely: bool = False
    spelled: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of another classification.

    Attributes:
        key: its id there, such as a URI.
        name: its preferred label.
        short: the part of the preferred label that people write; empty where that is all of it.
        labels: its other labels.
        kind: what it would be here.
        broader: the keys of the concepts it belongs under.
        grouping: whether it is a heading and no skill.
        identifiers: what to keep of its ids.
        same_as: other forms of the name by which a known skill is recognised.
        context: words that tell of its surroundings, for names that need them.
    """

    key: str
    name: str
    kind: SkillKind
    short: str = ""
    labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    grouping: bool = False
    identifiers: tuple[str, ...] = ()
    same_as: tuple[Form, ...] = ()
    context: tuple[str, ...] = ()


def read_table(path: Path, delimiter: str = ",") -> tuple[tuple[str, ...], Iterator[dict[str, str]]]:
    """The header of a table and its rows by column name, whatever the order of the columns.

    Raises:
        TaxonomyError: the file cannot be read or is no table; the text names the file, and the line where it matters.
    """
    rows = _rows(path, delimiter)
    return tuple(next(rows)), rows


def _rows(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = DictReader(file, delimiter=delimiter)
            header = [(name or "").strip() for name in reader.fieldnames or ()]
            yield dict.fromkeys(header, "")
            reader.fieldnames = header
            for row in reader:
                line = reader.line_num
                yield {name: (value if isinstance(value, str) else "") for name, value in row.items() if name}
    except OSError as error:
        raise TaxonomyError((f"{path}: cannot be read: {error.strerror}",)) from error
    except UnicodeDecodeError as error:
        raise TaxonomyError((f"{path}:{line}: is not UTF-8; save it as UTF-8",)) from error
    except CsvError as error:
        raise TaxonomyError((f"{path}:{line + 1}: is no valid table: {error}",)) from error
