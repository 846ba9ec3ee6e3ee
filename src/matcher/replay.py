"""A JSON report made again from what it names: whether it still holds, what differs, and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matcher.api import Matcher, Source
from matcher.errors import ReadingError, SettingsError
from matcher.jsonform import RESULT_SCHEMA
from matcher.taxonomy.schema import Scoring

if TYPE_CHECKING:
    from matcher.reading import GuardedReader

# What names the inputs; a difference here is a cause and not a result.
_CAUSES = frozenset({"program", "taxonomy", "settings", "settings_sha256", "as_of"})
_NEEDED = ("as_of", "program", "taxonomy", "settings", "settings_sha256", "resume", "posting", "contributions")
_KINDS = ("resume", "posting")


@dataclass(frozen=True, slots=True)
class Cause:
    """Something the result rests on that is not as it was."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in the report, what it says there, and what comes out now; None where one side has nothing."""

    place: str
    reported: Any
    recomputed: Any


@dataclass(frozen=True, slots=True)
class Replay:
    """What making a report again gave.

    Attributes:
        causes: what has changed of inputs, taxonomy, settings and program since.
        differences: where the results differ.
    """

    report: str
    causes: tuple[Cause, ...]
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Whether the same documents give the same result; another taxonomy or program may well do that."""
        return not self.differences and not any(cause.code in {*_KINDS, "tampered"} for cause in self.causes)

    @property
    def explanation(self) -> str:
        """Why, in one sentence."""
        if self.holds:
            return "the report holds" + (", although " + self._causes() if self.causes else "")
        if not self.causes:
            return (
                "documents, taxonomy, settings, program and date are the same: the report was changed after it was made"
            )
        return f"the report does not hold: {self._causes()}"

    def _causes(self) -> str:
        return "; ".join(cause.message for cause in self.causes)


def replay(
    report: Source,
    *,
    resume: Source | None = None,
    posting: Source | None = None,
    taxonomy: Source | Sequence[Source] | None = None,
    reader: GuardedReader | None = None,
) -> Replay:
    """Score again what a JSON report scored, with its date and its weights, and compare.

    Args:
        report: a file that ``matcher score --format json`` wrote.
        resume, posting: where the documents are now; where the report says by default, seen from the current folder
            or else from the report's.
        taxonomy: the overlays the report was made with.
        reader: reads the documents, as for :class:`matcher.Matcher`.

    Raises:
        SettingsError: the file is no report, or one that this program cannot make again.
        ReadingError: a document cannot be read.
    """
    path = Path(report)
    data = _load(path)
    matcher = Matcher(taxonomy, settings=_settings(path, data), as_of=_day(path, data), reader=reader)
    documents = {"resume": resume, "posting": posting}
    profiles = [
        matcher.profile(
            given if given is not None else _document(path, data, kind), "resume" if kind == "resume" else "posting"
        )
        for kind, given in documents.items()
    ]
    result = matcher.score(*profiles)
    fresh: dict[str, Any] = json.loads(json.dumps(result.to_dict()))
    if "what_if" in data:
        from matcher.adviceform import what_if_dict

        sets = data["what_if"].get("sets") if isinstance(data["what_if"], dict) else None
        target = sets.get("target") if isinstance(sets, dict) else None
        fresh["what_if"] = json.loads(json.dumps(what_if_dict(matcher.what_if(result), target)))
    return Replay(str(path), tuple(_causes(data, fresh)), tuple(compare(data, fresh)))


def compare(reported: Mapping[str, Any], recomputed: Mapping[str, Any]) -> Iterator[Difference]:
    """Where two reports give different results, in the order of the report; names and hashes of inputs are left out."""
    for key in dict.fromkeys((*reported, *recomputed)):
        if key not in _CAUSES:
            yield from _compare(key, reported.get(key), recomputed.get(key))


def _compare(place: str, old: Any, new: Any) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            if not (place in _KINDS and key == "document"):
                yield from _compare(f"{place}.{key}", old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list):
        olds, news = _named(old), _named(new)
        for name in dict.fromkeys((*olds, *news)):
            yield from _compare(f"{place}[{name}]", olds.get(name), news.get(name))
    elif old != new:
        yield Difference(place, old, new)


def _named(items: Sequence[Any]) -> dict[str, Any]:
    """Items by what they are about, so that one more of them does not make all that follow differ."""
    named: dict[str, Any] = {}
    for item in items:
        name = str(len(named))
        if isinstance(item, dict):
            name = str(item.get("label") or item.get("id") or " or ".join(map(str, item.get("skills", ()))) or name)
        count = 2
        unique = name
        while unique in named:
            unique, count = f"{name} ({count})", count + 1
        named[unique] = item
    return named


def _causes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Cause]:
    for kind in _KINDS:
        before, now = old[kind]["document"], new[kind]["document"]
        if before.get("sha256") != now["sha256"]:
            yield Cause(
                kind,
                f"the {kind} is not the document it was"
                f" (SHA-256 {_short(before.get('sha256'))}, now {_short(now['sha256'])})",
            )
    before, now = old["taxonomy"], new["taxonomy"]
    if before != now:
        yield Cause("taxonomy", f"the taxonomy was {_version(before)} and is {_version(now)}")
    if old["settings_sha256"] != _digest(old["settings"]):
        yield Cause("tampered", "the settings in the report do not have the hash that the report gives for them")
    before, now = old["program"].get("version"), new["program"]["version"]
    if before != now:
        yield Cause("program", f"the program was version {before} and is version {now}")


def _digest(settings: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()


def _short(digest: object) -> str:
    return str(digest)[:12]


def _version(taxonomy: Mapping[str, Any]) -> str:
    return f"{taxonomy.get('version')} ({_short(taxonomy.get('sha256'))})"


def _load(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(f"{path}: cannot be read: {reason}; name a report that 'matcher score' wrote") from error
    except ValueError as error:
        raise SettingsError(f"{path}: is no JSON; make a report with: matcher score --format json") from error
    if not isinstance(data, dict) or data.get("schema") != RESULT_SCHEMA:
        raise SettingsError(f"{path}: is no report of a match; make one with: matcher score --format json")
    for key in _NEEDED:
        wanted = str if key in {"as_of", "settings_sha256"} else list if key == "contributions" else dict
        if not isinstance(data.get(key), wanted):
            raise SettingsError(f"{path}: {key!r} is missing or not of its kind; make the report again")
    for kind in _KINDS:
        document = data[kind].get("document")
        if not isinstance(document, dict) or not isinstance(document.get("source"), str):
            raise SettingsError(f"{path}: does not name its {kind}; make the report again")
    return data


def _settings(path: Path, data: Mapping[str, Any]) -> Mapping[str, Any]:
    unknown = sorted(set(data["settings"]) - set(Scoring.model_fields))
    if unknown:
        raise SettingsError(
            f"{path}: has a setting {unknown[0]!r} that this version does not know;"
            f" use version {data['program'].get('version')} of the program"
        )
    settings: Mapping[str, Any] = data["settings"]
    return settings


def _day(path: Path, data: Mapping[str, Any]) -> date:
    try:
        return date.fromisoformat(data["as_of"])
    except ValueError as error:
        raise SettingsError(f"{path}: 'as_of' is not a day: {data['as_of']!r}; make the report again") from error


def _document(path: Path, data: Mapping[str, Any], kind: str) -> str | PathLike[str]:
    source = Path(data[kind]["document"]["source"])
    for place in (source, path.parent / source):
        if place.is_file():
            return place
    raise ReadingError(
        str(source),
        f"the {kind} of this report is not there",
        f"say where it is with --{kind} PATH",
        code="missing",
    )
