"""Results and groups: reading both files, and joining them by resume."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath, PureWindowsPath
from typing import Any

from matcher.audit.figures import Application, Groups, Joined, Merged
from matcher.errors import ReadingError, SettingsError

# How people and forms write that a group is not known or not told.
_UNKNOWN = frozenset(
    {"", "unknown", "n/a", "na", "none", "null", "nan", "-", "?", "not stated", "not specified", "not disclosed",
     "undisclosed", "prefer not to say", "prefer not to answer", "decline to state", "declined to state",
     "decline to answer", "declined", "missing"}
)  # fmt: skip
_RESUME = ("resume", "resume_file", "resume_path", "candidate", "file", "cv")
_POSTING = ("posting", "posting_file", "posting_path", "job", "position", "vacancy")
_SCORE = ("score", "match_score", "match", "points")

Record = Mapping[str, Any]


def read_records(path: str) -> list[dict[str, Any]]:
    """The rows of a CSV or JSON Lines file (or of a JSON list), told apart by content.

    Raises:
        ReadingError: the file cannot be read, or is neither.
    """
    try:
        if not path:
            raise ReadingError("(no name)", "the name of the file is empty", "name a file", code="no-name")
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ReadingError(path, "there is no such file", "check the path", code="missing") from None
    except IsADirectoryError:
        raise ReadingError(path, "is a folder", "name a CSV or JSON Lines file", code="folder") from None
    except UnicodeDecodeError:
        raise ReadingError(path, "is not UTF-8 text", "save it as a UTF-8 CSV file", code="not-text") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadingError(path, f"cannot be opened ({reason})", "check its permissions", code="unreadable") from None
    if not text.strip():
        raise ReadingError(path, "is empty", "name the file that 'matcher batch' wrote", code="empty")
    return _json_records(path, text) if text.lstrip()[0] in "{[" else _csv_records(path, text)


def _json_records(path: str, text: str) -> list[dict[str, Any]]:
    try:
        whole = json.loads(text)
        rows = whole if isinstance(whole, list) else [whole]
    except json.JSONDecodeError:
        rows = []
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip():
                continue
            try:
                rows.append(json.loads(line))
            except json.JSONDecodeError:
                cause = f"line {number} is not JSON"
                raise ReadingError(path, cause, "write one JSON object on each line", code="not-json") from None
    except RecursionError:
        raise ReadingError(path, "is nested too deep", "write flat JSON objects", code="not-json") from None
    if not all(isinstance(row, dict) for row in rows):
        raise ReadingError(path, "holds something else than objects", "write one object a row", code="not-json")
    return rows


def _csv_records(path: str, text: str) -> list[dict[str, Any]]:
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = list(reader)
    except csv.Error as error:
        cause = f"is not a sound CSV file ({error}, line {reader.line_num})"
        raise ReadingError(path, cause, "export it again", code="not-csv") from None
    names = [name for name in reader.fieldnames or () if name]
    if len(set(names)) < len(names):
        raise ReadingError(path, "has two columns of one name", "rename one of them", code="not-csv")
    return [{(key or "").strip(): value for key, value in row.items() if key is not None} for row in rows]


def results_of(
    path: str, *, resume: str | None = None, posting: str | None = None, score: str | None = None
) -> list[tuple[str, str, float | None]]:
    """Resume, posting and score of each row; columns are found by their usual names unless they are given.

    Rows of files that could not be read (an ``error`` and no score) are left out: nobody was scored by them.

    Raises:
        ReadingError: a column is missing, or a score is no number from 0 to 100.
    """
    records = read_records(path)
    names = _names(records)
    resume_column = _column(path, names, resume, _RESUME, "resume", "--results-resume-column")
    score_column = _column(path, names, score, _SCORE, "score", "--score-column")
    try:
        posting_column: str | None = _column(path, names, posting, _POSTING, "posting", "--posting-column")
    except ReadingError:
        if posting is not None:
            raise
        posting_column = None  # results of one posting need not say so
    rows = []
    for number, record in enumerate(records, 1):
        value = record.get(score_column)
        if _is_failure(record) and _blank(value):
            continue
        name = _source(record.get(resume_column))
        if not name:
            raise ReadingError(path, f"row {number} names no resume", "remove the row or fill it in", code="no-resume")
        asked = _source(record.get(posting_column)) if posting_column else ""
        rows.append((name, asked, _score(path, number, value)))
    if not rows:
        raise ReadingError(path, "has no results", "name the file that 'matcher batch' wrote", code="empty")
    return rows


def _is_failure(record: Record) -> bool:
    return any(not _blank(record.get(key)) for key in ("error", "failure"))


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _score(path: str, number: int, value: Any) -> float | None:
    if _blank(value) or (isinstance(value, str) and value.strip().lower() in {"none", "null", "nan"}):
        return None
    try:
        score = float(value) if not isinstance(value, bool) else float("nan")
    except (TypeError, ValueError):
        score = float("nan")
    if not 0 <= score <= 100:
        raise ReadingError(
            path, f"row {number} has no score from 0 to 100", "correct it, or name the column with --score-column",
            code="no-score",
        )  # fmt: skip
    return score


def _source(value: Any) -> str:
    """The name of a document: a plain name, or the ``document.source`` of a whole profile."""
    if isinstance(value, Mapping):
        document = value.get("document", value)
        value = document.get("source") if isinstance(document, Mapping) else None
    text = "" if value is None else str(value).strip()
    # The apostrophe by which the batch's CSV keeps a spreadsheet from running a name as a formula.
    return text[1:] if text.startswith(tuple(f"'{sign}" for sign in "=+-@＝＋－＠")) else text


def _names(records: Sequence[Record]) -> list[str]:
    return list(dict.fromkeys(key for record in records for key in record))


def _column(path: str, names: Sequence[str], wanted: str | None, usual: Sequence[str], what: str, option: str) -> str:
    by_fold = {name.strip().casefold().replace(" ", "_"): name for name in reversed(names)}
    for candidate in [wanted] if wanted is not None else usual:
        if candidate in names:
            return candidate
        found = by_fold.get(candidate.strip().casefold().replace(" ", "_"))
        if found is not None:
            return found
    cause = f"has no column {wanted!r}" if wanted is not None else f"has no column of {what}s"
    shown = ", ".join(repr(name[:40]) for name in names[:12]) or "none"
    raise ReadingError(path, f"{cause} (it has: {shown})", f"name it with {option}", code=f"no-{what}-column")


def groups_of(path: str, *, resume: str | None = None, by: Sequence[str] = ()) -> Groups:
    """What a groups file says: its attributes, and for each resume their values.

    Labels that differ in case or space only are one group, under the label that most rows write.

    Raises:
        ReadingError: a column is missing, or a resume is named twice with different groups.
    """
    records = read_records(path)
    names = _names(records)
    resume_column = _column(path, names, resume, _RESUME, "resume", "--resume-column")
    attributes = (
        tuple(dict.fromkeys(_column(path, names, name, (), "group", "--by") for name in by))
        if by
        else tuple(name for name in names if name and name != resume_column)
    )
    if not attributes or resume_column in attributes:
        raise ReadingError(path, "has no column of groups", "add one beside the column of resumes", code="no-groups")
    groups: dict[str, tuple[str | None, ...]] = {}
    labels, merged = _labels(records, attributes)
    for number, record in enumerate(records, 1):
        name = _source(record.get(resume_column))
        if not name:
            raise ReadingError(path, f"row {number} names no resume", "remove the row or fill it in", code="no-resume")
        values = tuple(
            None if (group := _group(record.get(attribute))) is None else labels[attribute][group.casefold()]
            for attribute in attributes
        )
        if groups.setdefault(name, values) != values:
            raise ReadingError(
                path, f"names one resume twice with different groups (row {number})", "remove one", code="twice"
            )
    return Groups(attributes, groups, merged)


def _labels(
    records: Sequence[Record], attributes: Sequence[str]
) -> tuple[dict[str, dict[str, str]], tuple[Merged, ...]]:
    """For each attribute the label of every group by its case-folded form, and where several were made one."""
    labels: dict[str, dict[str, str]] = {}
    merged = []
    for attribute in attributes:
        written = Counter(group for record in records if (group := _group(record.get(attribute))) is not None)
        forms: dict[str, list[str]] = defaultdict(list)
        for label, _ in written.most_common():  # of equally many the one that stands first in the file
            forms[label.casefold()].append(label)
        labels[attribute] = {folded: same[0] for folded, same in forms.items()}
        merged += [Merged(attribute, same[0], tuple(same[1:])) for same in forms.values() if len(same) > 1]
    return labels, tuple(merged)


def _group(value: Any) -> str | None:
    text = "" if value is None else " ".join(str(value).split())
    return None if text.casefold() in _UNKNOWN else text


def join(
    results: Iterable[tuple[str, str, float | None]],
    groups: Groups,
) -> Joined:
    """Put results and groups together by the resume's name, or by its file name where that is unmistakable.

    Resumes of the results without groups stay in, as people whose groups are not known.

    Raises:
        SettingsError: not one resume is in both.
    """
    rows = list(results)
    sources = dict.fromkeys(name for name, _, _ in rows)
    values = groups.values
    key_of = _keys(sources, values)
    unknown: tuple[str | None, ...] = (None,) * len(groups.attributes)
    used = set(key_of.values())
    if not used:
        raise SettingsError(
            "no resume of the results is named in the groups file; both must write resumes alike"
            f" (for example {next(iter(sources), '')!r} and {next(iter(values), '')!r})"
        )
    applications = tuple(
        Application(name, posting, score, values[key_of[name]] if name in key_of else unknown)
        for name, posting, score in rows
    )
    return Joined(
        groups.attributes,
        applications,
        tuple(name for name in sources if name not in key_of),
        tuple(name for name in values if name not in used),
        groups.merged,
    )


def _keys(sources: Iterable[str], groups: Mapping[str, Any]) -> dict[str, str]:
    """For each resume of the results the name under which the groups file has it."""
    by_file: dict[str, list[str]] = defaultdict(list)
    for name in groups:
        by_file[_file_name(name)].append(name)
    sources = list(sources)
    same_file: dict[str, int] = defaultdict(int)
    for name in sources:
        same_file[_file_name(name)] += 1
    keys = {}
    for name in sources:
        file = _file_name(name)
        if name in groups:
            keys[name] = name
        elif len(by_file[file]) == 1 and same_file[file] == 1:
            keys[name] = by_file[file][0]
    return keys


def _file_name(source: str) -> str:
    return (PureWindowsPath(source) if "\\" in source else PurePath(source)).name
