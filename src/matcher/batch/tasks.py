"""The plain steps of a batch, the same whichever engine runs them: read one document, score some pairs.

Each asks a :class:`matcher.batch.worker.Worker`, so that a document that crashes or hangs becomes a failure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.batch import remote
from matcher.batch.desk import Scored
from matcher.batch.inputs import Input, contents
from matcher.batch.worker import Worker, WorkerLostError
from matcher.errors import MatcherError, ReadingError
from matcher.model import DocumentKind, Failure, Stage
from matcher.reading.limits import Limits

PAIRS_A_TASK = 64
# Extraction takes its time too; a document that is not done after this many times the reader's limit never will be.
_PATIENCE = 2.0

# A resume's number, and those of the postings it is scored against.
Pairs = tuple[int, list[int]]


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read.

    Attributes:
        state: what tells whether its file was changed since.
        content: what is in it where it is not read from its path; a failure where that could not be got.
    """

    kind: DocumentKind
    input: Input
    state: str
    content: bytes | Failure | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What reading one document gave: a profile to keep, one that the store has, or a failure."""

    task: Task
    sha256: str = ""
    entry: int | None = None
    features: dict[str, Any] | None = None
    profile: bytes = b""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """A document that is read again, and the digest it must still have."""

    number: int
    input: Input
    sha256: str
    content: bytes | None = None


def fetched(item: Input, limits: Limits) -> bytes | Failure | None:
    """The content of an input that no path leads to: a member of an archive, or what is at an address; else None."""
    if item.member is not None:
        for _, content in contents(item.path, {item.member: item}, limits.max_bytes):
            return content
        return Failure(item.name, "reading", "archive", "it is no longer in its archive; run again")
    if not item.remote:
        return None
    try:
        return remote.fetch(item.path, limits.max_bytes + 1)
    except ReadingError as error:
        return Failure(item.name, "reading", error.code, f"{error.cause}; {error.remedy}")


def read_one(worker: Worker, task: Task, limits: Limits) -> Read:
    """Read one document."""
    content = task.content if task.content is not None else fetched(task.input, limits)
    if isinstance(content, Failure):
        return Read(task, failure=content)
    question = {"op": "profile", "kind": task.kind, **_place(task.input, content)}
    seconds = limits.max_seconds * _PATIENCE
    try:
        answer, body = _asked(worker, question, content or b"", seconds)
    except WorkerLostError as error:
        stage: Stage = "extraction" if error.stage == "extraction" else "reading"
        code, message = _lost(error, seconds)
        return Read(task, failure=Failure(task.input.name, stage, code, message))
    if "failed" in answer:
        stage, code, message = answer["failed"]
        return Read(task, failure=Failure(task.input.name, stage, code, message))
    return Read(task, answer["sha256"], None, answer["features"], body)


def score_some(
    worker: Worker, pairs: Sequence[Pairs], limits: Limits, profiles: Mapping[int, bytes] | None = None
) -> list[Scored]:
    """Score resumes against postings.

    Args:
        worker: has the postings in its store.
        pairs: by their numbers.
        limits: how long it may take.
        profiles: the resumes; None where the worker has them in its store too.

    Raises:
        MatcherError: a profile is no longer in the store.
    """
    sent = {} if profiles is None else {resume: profiles[resume] for resume, _ in pairs}
    question = {"op": "score", "pairs": pairs, "sizes": [[number, len(data)] for number, data in sent.items()]}
    return _scored(worker, question, b"".join(sent.values()), pairs, limits)


def score_originals(worker: Worker, resume: Original, postings: Sequence[Original], limits: Limits) -> list[Scored]:
    """Score a resume against postings that it copies from: all are read again, for what was kept of them is not enough.

    Raises:
        MatcherError: as for :func:`score_some`.
    """
    bodies, sent = [], []
    for item in (resume, *postings):
        content = item.content if item.content is not None else fetched(item.input, limits)
        if isinstance(content, Failure):
            failed = (content.error, content.message)
            asked = [item.number] if item is not resume else [posting.number for posting in postings]
            rest = [posting for posting in postings if posting.number not in asked]
            scored = score_originals(worker, resume, rest, limits) if rest else []
            return [*scored, *((resume.number, number, None, None, failed) for number in asked)]
        bodies.append(content or b"")
        sent.append({"number": item.number, "sha256": item.sha256, **_place(item.input, content)})
    question = {"op": "match", "documents": sent, "sizes": [len(body) for body in bodies]}
    pairs = [(resume.number, [posting.number for posting in postings])]
    return _scored(worker, question, b"".join(bodies), pairs, limits)


def _scored(
    worker: Worker, question: dict[str, Any], body: bytes, pairs: Sequence[Pairs], limits: Limits
) -> list[Scored]:
    seconds = limits.max_seconds * _PATIENCE
    try:
        answer, body = _asked(worker, question, body, seconds)
    except WorkerLostError as error:
        failure = _lost(error, seconds)
        return [(resume, posting, None, None, failure) for resume, asked in pairs for posting in asked]
    if "error" in answer:
        raise MatcherError(answer["error"])
    rows: list[Scored] = json.loads(body)
    return rows


def _place(item: Input, content: bytes | None) -> dict[str, str | None]:
    """Where the worker finds a document: at its path, or under a name in what it is sent."""
    return {"path": item.path, "name": None if content is None else item.member or item.path}


def _asked(worker: Worker, question: dict[str, Any], body: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
    """The worker's answer; one that crashed is replaced and asked once more, as it may not be the task's fault."""
    try:
        return worker.ask(question, body, seconds=seconds)
    except WorkerLostError as error:
        if error.too_slow:
            raise
        return worker.ask(question, body, seconds=seconds)


def _lost(error: WorkerLostError, seconds: float) -> tuple[str, str]:
    if error.too_slow:
        return "too-slow", f"took longer than {seconds:g} seconds; export the file again in a simpler form"
    return "crashed", "brought down the process twice; open it in its own program and save or export it again"


def chunks(pairs: Iterable[Pairs]) -> Iterator[list[Pairs]]:
    """Tasks of some pairs each: big enough to be worth sending, small enough to share out evenly."""
    chunk: list[Pairs] = []
    size = 0
    for resume, postings in pairs:
        for start in range(0, len(postings), PAIRS_A_TASK):
            part = postings[start : start + PAIRS_A_TASK]
            chunk.append((resume, part))
            size += len(part)
            if size >= PAIRS_A_TASK:
                yield chunk
                chunk, size = [], 0
    if chunk:
        yield chunk


def digest(item: Input, content: bytes | None) -> str | None:
    """The SHA-256 of a document's bytes; None where it cannot be read, which reading it will then say better."""
    if content is not None:
        return hashlib.sha256(content).hexdigest()
    try:
        if not Path(item.path).is_file():
            return None
        with Path(item.path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
