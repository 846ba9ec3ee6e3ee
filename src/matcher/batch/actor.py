"""A worker of the Ray engine: reads resumes and scores them against all postings, some at a time.

Its messages are columns of Arrow. It keeps nothing on the disk, and reads in a child process of its own as the local
engine does, so that a document that crashes or hangs takes neither the actor nor the others with it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from matcher.batch.desk import Scored
from matcher.batch.inputs import Input
from matcher.batch.pool import Pool
from matcher.batch.setup import Setup
from matcher.batch.tasks import Original, Read, Task, chunks, read_one, score_originals, score_some
from matcher.errors import MatcherError
from matcher.integrity.traces import Postings
from matcher.reading.limits import Limits

if TYPE_CHECKING:
    import pyarrow

# A document that is read: its name, its path or address as bytes, the name inside of an archive, what tells a change of
# it at an address, what tells a change at all, its content where it is sent along.
ASKED = ("name", "path", "member", "stamp", "state", "content")
# What became of it: its name and state, the digest of its content or its failure, and its rows; for all, what ended it.
ANSWERED = ("name", "state", "sha256", "failure", "rows", "error")


class Reader:
    """Reads and scores; Ray makes one for each of its actors.

    Args:
        setup: see :class:`matcher.batch.setup.Setup`, as JSON.
        postings: number, name, digest and trace of each posting, as JSON.
        contents: what is in the postings' files, should they be read again.
        top: how many resumes are wanted of a posting, None for all.
        least: the lowest score wanted in hundredths of a point, None for any or none.
    """

    def __init__(
        self, setup: str, postings: str, contents: Sequence[bytes], top: int | None, least: int | None
    ) -> None:
        self._setup = Setup.of(json.loads(setup))
        self._limits = Limits(**self._setup.limits)
        known = json.loads(postings)
        self._numbers: list[int] = [number for number, _, _, _ in known]
        self._traces = Postings([trace for _, _, _, trace in known])
        self._originals = {
            number: Original(number, Input(name, name), digest, content)
            for (number, name, digest, _), content in zip(known, contents, strict=True)
        }
        self._top, self._least = top, least
        # A pool of one: its thread that watches the clock is what is needed of it.
        self._pool = Pool(self._setup, 1)

    def __call__(self, batch: pyarrow.Table) -> pyarrow.Table:
        """What became of some documents; see :data:`ASKED` and :data:`ANSWERED` for the columns."""
        try:
            answers = self._answers([_task(row) for row in batch.to_pylist()])
        except MatcherError as error:
            # Ray would wrap it into traces of its own.
            answers = [dict.fromkeys(ANSWERED) | {"error": str(error)}]
        return table(ANSWERED, answers)

    def _answers(self, tasks: Sequence[Task]) -> list[dict[str, Any]]:
        worker = self._pool.worker()
        read = [read_one(worker, task, self._limits) for task in tasks]
        # Copies of a document share its rows.
        first: dict[str, int] = {}
        for number, item in enumerate(read):
            if item.failure is None:
                first.setdefault(item.sha256, number)
        rows: dict[int, list[Scored]] = {}
        for row in self._wanted(self._scored(read, first.values()), read):
            rows.setdefault(row[0], []).append(row)
        return [
            {
                "name": item.task.input.name,
                "state": item.task.state,
                "sha256": item.sha256 if item.failure is None else None,
                "failure": json.dumps(asdict(item.failure)) if item.failure else None,
                "rows": json.dumps([row[1:] for row in rows.get(number, ())], ensure_ascii=False),
                "error": None,
            }
            for number, item in enumerate(read)
        ]

    def _scored(self, read: Sequence[Read], numbers: Iterable[int]) -> Iterator[Scored]:
        worker = self._pool.worker()
        plain: list[tuple[int, list[int]]] = []
        for number in numbers:
            features = read[number].features
            assert features is not None
            copied = {self._numbers[place] for place in self._traces.copied_by(features["trace"])}
            if rest := [posting for posting in self._numbers if posting not in copied]:
                plain.append((number, rest))
            if copied:
                task = read[number].task
                original = Original(number, task.input, read[number].sha256, task.content)  # type: ignore[arg-type]
                asked = [self._originals[posting] for posting in sorted(copied)]
                yield from score_originals(worker, original, asked, self._limits)
        profiles = {number: read[number].profile for number, _ in plain}
        for some in chunks(plain):
            yield from score_some(worker, some, self._limits, profiles)

    def _wanted(self, rows: Iterable[Scored], read: Sequence[Read]) -> Iterator[Scored]:
        """The rows that can be among those wanted: whoever is not among the best here is not among the best of all."""
        by_posting: dict[int, list[Scored]] = {}
        for row in rows:
            if row[4] is not None:
                yield row
            elif self._least is None or (row[2] is not None and row[2] >= self._least):
                by_posting.setdefault(row[1], []).append(row)
        for group in by_posting.values():
            group.sort(key=lambda row: (row[2] is None, -(row[2] or 0), read[row[0]].task.input.name))
            yield from group[: self._top]


def _task(row: dict[str, Any]) -> Task:
    item = Input(row["name"], os.fsdecode(row["path"]), row["member"], row["stamp"])
    return Task("resume", item, row["state"], row["content"])


def table(names: Sequence[str], rows: Iterable[dict[str, Any]]) -> pyarrow.Table:
    """Rows as a table with these columns: text, but for paths and contents."""
    import pyarrow

    kinds = {"path": pyarrow.binary(), "content": pyarrow.large_binary(), "rows": pyarrow.large_string()}
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in names])
    return pyarrow.Table.from_pylist(list(rows), schema)
