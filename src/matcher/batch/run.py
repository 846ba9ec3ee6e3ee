"""A batch from inputs to a finished file: read everything once, score what is wanted, write in order."""

from __future__ import annotations

import hashlib
import json
import math
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from matcher.api import Matcher
from matcher.batch import writers
from matcher.batch.inputs import Found, Input, contents, expand
from matcher.batch.journal import Item, Journal
from matcher.batch.pool import Pool
from matcher.batch.worker import Scored, Setup, WorkerLostError, gone, scored, stored
from matcher.errors import MatcherError, SettingsError
from matcher.model import DocumentKind, Failure, MatchResult, Stage
from matcher.reading.limits import Limits
from matcher.store import Origin, ProfileStore, program

_KINDS: tuple[DocumentKind, ...] = ("posting", "resume")
_COMMIT_SECONDS = 1.0
_PAIRS_A_TASK = 64
# Below this many pairs, starting workers would take longer than scoring.
_PAIRS_AT_HOME = 1_000
# Extraction takes its time too; a document that is not done after this many times the reader's limit never will be.
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be done.

    Attributes:
        resumes, postings: a file, folder, archive or pattern, or ``-`` for paths on standard input.
        output: the file to write; its ending says the format.
        top: how many resumes for each posting; None for all.
        min_score: the lowest score wanted, from 0 to 100; pairs without a score are then left out.
        jobs: number of worker processes; None for one a core.
        resume: go on with an earlier run that did not finish.
        store: a profile store to read from and add to; None for none.
        taxonomy, settings, as_of: as for :class:`matcher.Matcher`.
        limits: what one document may cost.
        stdin: the lines of standard input.
    """

    resumes: str
    postings: str
    output: Path
    top: int | None = None
    min_score: float | None = None
    jobs: int | None = None
    resume: bool = False
    store: Path | None = None
    taxonomy: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    as_of: date | None = None
    limits: Limits = field(default_factory=Limits)
    stdin: Iterable[str] = ()

    @property
    def failures(self) -> Path:
        """The file of the failures table, beside the output."""
        return self.output.with_name(f"{self.output.stem}.failures.csv")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: ``done`` of ``total`` documents read, postings scored or postings written."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    Attributes:
        found: documents named by the user.
        read: documents that were read and understood, now or before the run was resumed.
        reused: documents that were not read because the store, or the run that was resumed, had them already.
        failed: rows of the failures table.
        skipped: documents with the same content as another one; they share its rows.
        scored: pairs scored exactly.
        rows: rows written.
    """

    found: int
    read: int
    reused: int
    failed: int
    skipped: int
    scored: int
    rows: int


@dataclass(frozen=True, slots=True)
class _Source:
    """A distinct content: its first name, its other names, its number in the store."""

    name: str
    others: tuple[str, ...]
    sha256: str
    entry: int


@dataclass(frozen=True, slots=True)
class _Task:
    kind: DocumentKind
    input: Input
    state: str
    content: bytes | Failure | None


@dataclass(frozen=True, slots=True)
class _Read:
    """What reading one document gave: a profile to keep, one that the store has, or a failure."""

    task: _Task
    sha256: str = ""
    entry: int | None = None
    features: dict[str, Any] | None = None
    profile: bytes = b""
    failure: Failure | None = None


def run_batch(batch: Batch, progress: Callable[[Progress], None] = lambda _: None) -> Summary:
    """Run a batch; the output and the table of failures are there whole or not at all.

    A run that is interrupted or killed leaves what it knows in a folder beside the output, and ``resume`` goes on from
    there; the finished file is the same, byte for byte.

    Raises:
        SettingsError: an argument is wrong, or a file cannot be written.
        MissingExtraError: the output's format needs an extra that is not installed.
        TaxonomyError: the taxonomy is not valid.
    """
    form = writers.format_of(batch.output)
    for value, least, name in ((batch.top, 1, "top"), (batch.jobs, 1, "jobs"), (batch.min_score, 0, "min_score")):
        if value is not None and value < least:
            raise SettingsError(f"{name} must be at least {least}, and is {value:g}")
    if batch.resumes == batch.postings == "-":
        raise SettingsError("only one of resumes and postings can be a list on standard input")
    if not batch.output.parent.is_dir():
        raise SettingsError(f"{batch.output}: there is no folder {batch.output.parent}; make it first")
    never = [batch.output, batch.failures, *([batch.store] if batch.store else [])]
    found: dict[DocumentKind, Found] = {
        "posting": expand(batch.postings, batch.stdin, never),
        "resume": expand(batch.resumes, batch.stdin, never),
    }
    with Journal(batch.output, resume=batch.resume) as journal:
        # A run that is resumed on another day is still the run of its own day.
        day = batch.as_of.isoformat() if batch.as_of else journal.get("as_of") or date.today().isoformat()  # noqa: DTZ011
        matcher = Matcher(batch.taxonomy, batch.settings, date.fromisoformat(day))
        origin = Origin(matcher.taxonomy.data.digest, program(), day)
        place = batch.store or journal.folder / "profiles.sqlite"
        with ProfileStore(place) as store:
            settings = matcher.scorer.settings_hash
            journal.adopt(
                {"as_of": day, "taxonomy": origin.taxonomy, "program": origin.program, "settings": settings,
                 "store": os.path.abspath(place)}  # noqa: PTH100
            )  # fmt: skip
            setup = Setup(batch.taxonomy, dict(batch.settings), day, origin.taxonomy, str(place), asdict(batch.limits))
            with Pool(setup, batch.jobs or available_cores()) as pool:
                run = _Run(batch, matcher, origin, journal, store, pool, progress)
                try:
                    summary = run.all(found, form)
                finally:
                    # What is finished stays finished, whatever ended the run.
                    store.commit()
                    journal.commit()
        journal.remove()
    return summary


def available_cores() -> int:
    """The cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux tells
        return os.cpu_count() or 1


class _Run:
    def __init__(
        self,
        batch: Batch,
        matcher: Matcher,
        origin: Origin,
        journal: Journal,
        store: ProfileStore,
        pool: Pool,
        progress: Callable[[Progress], None],
    ) -> None:
        self._batch = batch
        self._matcher = matcher
        self._origin = origin
        self._journal = journal
        self._store = store
        self._pool = pool
        self._progress = progress
        self._local = threading.local()
        self._committed = time.monotonic()
        self._reused = 0
        self._scored = 0

    def all(self, found: Mapping[DocumentKind, Found], form: str) -> Summary:
        self._read(found)
        sources = {kind: self._sources(kind, found[kind]) for kind in _KINDS}
        resumes, postings = sources["resume"], sources["posting"]
        self._journal.place(source.entry for source in resumes)
        self._score(resumes, postings)
        failures = self._failures(found, sources)
        rows = self._write(form, resumes, postings, [failure for _, failure in failures])
        writers.write_failures(self._batch.failures, (_failure_row(kind, failure) for kind, failure in failures))
        named = sum(len(item.inputs) for item in found.values())
        read = sum(len(source.others) + 1 for group in sources.values() for source in group)
        return Summary(
            named,
            read,
            self._reused,
            len(failures),
            sum(len(source.others) for group in sources.values() for source in group),
            self._scored,
            rows,
        )

    # Reading.

    def _read(self, found: Mapping[DocumentKind, Found]) -> None:
        total = sum(len(item.inputs) for item in found.values())
        open_inputs = {kind: list(self._open(kind, found[kind].inputs)) for kind in _KINDS}
        done = total - sum(len(items) for items in open_inputs.values())
        self._reused += done
        self._progress(Progress("reading", done, total))
        tasks = (task for kind in _KINDS for task in self._tasks(kind, open_inputs[kind]))
        for answer in self._pool.map(self._one, tasks):
            self._begin()
            self._keep(answer)
            done += 1
            self._commit()
            self._progress(Progress("reading", done, total))
        self._commit(now=True)

    def _open(self, kind: DocumentKind, inputs: Sequence[Input]) -> Iterator[tuple[Input, str]]:
        """The inputs that the journal knows nothing about, or that were changed since."""
        known = {item.name: item for item in self._journal.items(kind)}
        for item in inputs:
            state = _state(item.path)
            old = known.get(item.name)
            settled = old is not None and old.state == state and (old.failure or self._store.has(old.entry))
            if not settled:
                yield item, state

    def _tasks(self, kind: DocumentKind, inputs: Sequence[tuple[Input, str]]) -> Iterator[_Task]:
        packed: dict[str, dict[str, Input]] = {}
        states: dict[str, str] = {}
        for item, state in inputs:
            if item.member is None:
                yield _Task(kind, item, state, None)
            else:
                packed.setdefault(item.path, {})[item.member] = item
                states[item.path] = state
        for path, wanted in packed.items():
            for item, content in contents(path, wanted, self._batch.limits.max_bytes):
                yield _Task(kind, item, states[path], content)

    def _one(self, task: _Task) -> _Read:
        """Read one document, in a thread: out of the store, or by this thread's worker."""
        if isinstance(task.content, Failure):
            return _Read(task, failure=task.content)
        if self._batch.store is not None:
            content = _sha256(task)
            entry = self._threads_store().find(content, task.input.ending, task.kind, self._origin) if content else None
            if content is not None and entry is not None:
                return _Read(task, content, entry)
        question = {"op": "profile", "kind": task.kind, "path": task.input.path, "member": task.input.member}
        seconds = self._batch.limits.max_seconds * _PATIENCE
        try:
            answer, body = self._asked(question, task.content or b"", seconds)
        except WorkerLostError as error:
            stage: Stage = "extraction" if error.stage == "extraction" else "reading"
            code, message = _lost(error, seconds)
            return _Read(task, failure=Failure(task.input.name, stage, code, message))
        if "failed" in answer:
            stage, code, message = answer["failed"]
            return _Read(task, failure=Failure(task.input.name, stage, code, message))
        return _Read(task, answer["sha256"], None, answer["features"], body)

    def _asked(self, question: dict[str, Any], body: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """The worker's answer; one that crashed is replaced and asked once more, as it may not be the task's fault."""
        worker = self._pool.worker()
        try:
            return worker.ask(question, body, seconds=seconds)
        except WorkerLostError as error:
            if error.too_slow:
                raise
            return worker.ask(question, body, seconds=seconds)

    def _threads_store(self) -> ProfileStore:
        found: ProfileStore | None = getattr(self._local, "store", None)
        if found is None:
            found = self._local.store = ProfileStore(self._store.path)
        return found

    def _keep(self, answer: _Read) -> None:
        task, entry = answer.task, answer.entry
        if answer.failure is None:
            if entry is None:
                assert answer.features is not None
                entry = self._store.put(
                    answer.sha256, task.input.ending, task.kind, self._origin, answer.features, answer.profile
                )
            else:
                self._reused += 1
        content = answer.sha256 if answer.failure is None else None
        self._journal.put(Item(task.kind, task.input.name, task.state, content, entry, answer.failure))

    def _sources(self, kind: DocumentKind, found: Found) -> list[_Source]:
        """The distinct contents, in the order of their first names."""
        wanted = {item.name for item in found.inputs}
        names: dict[str, list[Item]] = {}
        # The journal's order is by bytes; the order of results is that of the names as text.
        for item in sorted(self._journal.items(kind), key=lambda item: item.name):
            if item.name in wanted and item.sha256 is not None:
                names.setdefault(item.sha256, []).append(item)
        result = []
        for content, (first, *others) in names.items():
            assert first.entry is not None
            result.append(_Source(first.name, tuple(item.name for item in others), content, first.entry))
        return result

    # Scoring.

    def _score(self, resumes: Sequence[_Source], postings: Sequence[_Source]) -> None:
        total = len(postings)
        self._progress(Progress("scoring", 0, total))
        if self._batch.top is None and self._batch.min_score is None:
            self._score_pairs(resumes, [posting.entry for posting in postings])
            self._progress(Progress("scoring", total, total))
            return
        # SciPy is heavy to import; a run that wants every pair does not need it.
        from matcher.ranking import Rows, cuts, lowest

        rows = Rows(self._matcher.scorer.taxonomy, self._matcher.scorer.weights, self._origin.as_of)
        for source in resumes:
            known_features = self._store.features(source.entry)
            if known_features is None:
                raise gone(self._store)
            rows.add(known_features)
        if not resumes:
            return
        row_of = {source.entry: row for row, source in enumerate(resumes)}
        done = 0
        profiles = (stored(self._store, source.entry, source.name) for source in postings)
        least = lowest(self._batch.min_score)
        for group in cuts(self._matcher.scorer, rows, profiles, self._batch.top, least):
            entries = [posting.entry for posting in postings[done : done + len(group)]]
            wanted: dict[int, list[int]] = {-1: []}
            while wanted:
                wanted = {}
                for entry, (_, cut) in zip(entries, group, strict=True):
                    known = self._journal.pairs_of(entry)
                    exact = {row_of[resume]: points for resume, points in known.items() if resume in row_of}
                    for row in cut.next(exact):
                        wanted.setdefault(resumes[row].entry, []).append(entry)
                self._run_pairs(wanted.items())
            done += len(group)
            self._progress(Progress("scoring", done, total))

    def _score_pairs(self, resumes: Sequence[_Source], postings: Sequence[int]) -> None:
        """Every resume against every posting."""
        known: dict[int, set[int]] = {}
        for posting in postings:
            for resume in self._journal.pairs_of(posting):
                known.setdefault(resume, set()).add(posting)
        nothing: set[int] = set()
        self._run_pairs(
            (source.entry, wanted)
            for source in resumes
            if (wanted := [posting for posting in postings if posting not in known.get(source.entry, nothing)])
        )

    def _run_pairs(self, pairs: Iterable[tuple[int, list[int]]]) -> None:
        remaining = iter(pairs)
        # A look ahead, to see whether there is enough to do for other processes.
        ahead = list(islice(remaining, _PAIRS_AT_HOME + 1))
        if not self._pool.started and len(ahead) <= _PAIRS_AT_HOME and sum(len(p) for _, p in ahead) <= _PAIRS_AT_HOME:
            self._keep_scored(scored(self._matcher, self._store, {}, ahead))
            return
        for rows in self._pool.map(self._scored_task, _chunks(_chain(ahead, remaining))):
            self._keep_scored(rows)

    def _scored_task(self, pairs: list[tuple[int, list[int]]]) -> list[Scored]:
        seconds = self._batch.limits.max_seconds * _PATIENCE
        try:
            answer, body = self._asked({"op": "score", "pairs": pairs}, b"", seconds)
        except WorkerLostError as error:
            failure = _lost(error, seconds)
            return [(resume, posting, None, None, failure) for resume, asked in pairs for posting in asked]
        if "error" in answer:
            raise MatcherError(answer["error"])
        rows: list[Scored] = json.loads(body)
        return rows

    def _keep_scored(self, rows: Iterable[Scored]) -> None:
        self._journal.begin()
        kept = [(*row, json.dumps(failure) if failure else None) for *row, failure in rows]
        self._journal.put_results(kept)  # type: ignore[arg-type]
        self._scored += len(kept)
        self._commit()

    # Writing.

    def _rows(self, resumes: Sequence[_Source], postings: Sequence[_Source]) -> Iterator[dict[str, Any]]:
        by_entry = {source.entry: source for source in resumes}
        taxonomy = self._matcher.scorer.taxonomy
        common = {
            "as_of": self._origin.as_of,
            "taxonomy_version": taxonomy.version,
            "taxonomy_sha256": taxonomy.digest,
            "settings_sha256": self._matcher.scorer.settings_hash,
        }
        for number, posting in enumerate(postings):
            self._progress(Progress("writing", number, len(postings)))
            for rank, entry, row in self._ranked(posting):
                resume = by_entry[entry]
                yield {
                    **json.loads(row),
                    **common,
                    "posting": posting.name,
                    "rank": rank,
                    "resume": resume.name,
                    "resume_duplicates": list(resume.others),
                    "posting_duplicates": list(posting.others),
                    "resume_sha256": resume.sha256,
                    "posting_sha256": posting.sha256,
                }
        self._progress(Progress("writing", len(postings), len(postings)))

    def _ranked(self, posting: _Source) -> Iterator[tuple[int, int, str]]:
        least = None if self._batch.min_score is None else math.ceil(round(self._batch.min_score * 100, 6))
        return self._journal.ranked(posting.entry, self._batch.top, least)

    def _write(
        self, form: str, resumes: Sequence[_Source], postings: Sequence[_Source], failures: Sequence[Failure]
    ) -> int:
        if form == "html":
            from matcher.reports.html.batch import render_batch

            taxonomy = self._matcher.scorer.taxonomy
            results = list(self._results(resumes, postings))
            with writers.whole(self._batch.output) as path:
                path.write_text(render_batch(results, taxonomy, failures=failures), encoding="utf-8", newline="\n")
            return len(results)
        count = 0

        def counted() -> Iterator[dict[str, Any]]:
            nonlocal count
            for row in self._rows(resumes, postings):
                count += 1
                yield row

        writers.write_rows(self._batch.output, form, counted())
        return count

    def _results(self, resumes: Sequence[_Source], postings: Sequence[_Source]) -> Iterator[MatchResult]:
        by_entry = {source.entry: source for source in resumes}
        for posting in postings:
            asked = stored(self._store, posting.entry, posting.name)
            for _, entry, _ in self._ranked(posting):
                yield self._matcher.score(stored(self._store, entry, by_entry[entry].name), asked)

    def _failures(
        self, found: Mapping[DocumentKind, Found], sources: Mapping[DocumentKind, list[_Source]]
    ) -> list[tuple[DocumentKind, Failure]]:
        failures: list[tuple[DocumentKind, Failure]] = []
        for kind in _KINDS:
            wanted = {item.name for item in found[kind].inputs}
            failures.extend((kind, failure) for failure in found[kind].failures)
            failures.extend(
                (kind, item.failure) for item in self._journal.items(kind) if item.failure and item.name in wanted
            )
        names = {kind: {source.entry: source.name for source in sources[kind]} for kind in _KINDS}
        for resume, posting, text in self._journal.failed_pairs():
            if posting in names["posting"]:
                code, message = json.loads(text)
                message = f"against {names['posting'][posting]}: {message}"
                failures.append(("resume", Failure(names["resume"][resume], "scoring", code, message)))
        return sorted(failures, key=lambda item: tuple(_failure_row(*item).values()))

    # The journal and the store are written together, the store first: the journal never names what is not there.

    def _begin(self) -> None:
        self._store.begin()
        self._journal.begin()

    def _commit(self, *, now: bool = False) -> None:
        if now or time.monotonic() - self._committed >= _COMMIT_SECONDS:
            self._store.commit()
            self._journal.commit()
            self._committed = time.monotonic()


def _failure_row(kind: DocumentKind, failure: Failure) -> dict[str, str]:
    return {"source": failure.source, "kind": kind, **asdict(failure)}


def _state(path: str) -> str:
    """What tells whether a file was changed: its size and the time it was written."""
    try:
        info = os.stat(path)  # noqa: PTH116  # a path may be any bytes
    except (OSError, ValueError):
        return ""
    return f"{info.st_size} {info.st_mtime_ns}"


def _sha256(task: _Task) -> str | None:
    """The digest of a document's bytes; None where it cannot be read, which the worker will then say better."""
    if isinstance(task.content, bytes):
        return hashlib.sha256(task.content).hexdigest()
    try:
        if not Path(task.input.path).is_file():
            return None
        with Path(task.input.path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def _lost(error: WorkerLostError, seconds: float) -> tuple[str, str]:
    if error.too_slow:
        return "too-slow", f"took longer than {seconds:g} seconds; export the file again in a simpler form"
    return "crashed", "brought down the process twice; open it in its own program and save or export it again"


def _chain(
    first: Iterable[tuple[int, list[int]]], rest: Iterable[tuple[int, list[int]]]
) -> Iterator[tuple[int, list[int]]]:
    yield from first
    yield from rest


def _chunks(pairs: Iterable[tuple[int, list[int]]]) -> Iterator[list[tuple[int, list[int]]]]:
    """Tasks of some pairs each: big enough to be worth sending, small enough to share out evenly."""
    chunk: list[tuple[int, list[int]]] = []
    size = 0
    for resume, postings in pairs:
        for start in range(0, len(postings), _PAIRS_A_TASK):
            part = postings[start : start + _PAIRS_A_TASK]
            chunk.append((resume, part))
            size += len(part)
            if size >= _PAIRS_A_TASK:
                yield chunk
                chunk, size = [], 0
    if chunk:
        yield chunk
