"""The child's side of a worker process: reads and scores what the parent asks, until the parent hangs up."""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any, Protocol

from matcher import children
from matcher.batch.covering import covered
from matcher.batch.rows import row
from matcher.batch.setup import Setup
from matcher.children import receive, send
from matcher.errors import MatcherError, ReadingError
from matcher.model import Document, DocumentKind, MatchResult, Profile

if TYPE_CHECKING:
    from matcher.api import Matcher

_POSTINGS_KEPT = 1_000

# The numbers of a resume and a posting in the store, the hundredths of a point, the row, what went wrong instead.
Scored = tuple[int, int, int | None, str | None, tuple[str, str] | None]


class Profiles(Protocol):
    """Where profiles are found by their numbers: a profile store, or what a worker was given."""

    @property
    def path(self) -> Path:
        """What it is called."""

    def get(self, number: int) -> bytes | None:
        """The profile with a number, as :func:`matcher.profileform.dump` wrote it; None where it is gone."""


class _Shelf:
    path = Path("postings")

    def __init__(self, profiles: Iterable[tuple[int, str]]) -> None:
        self._profiles = {number: text.encode() for number, text in profiles}

    def get(self, number: int) -> bytes | None:
        return self._profiles.get(number)


class ChangedError(MatcherError):
    """A document is no longer what it was when the run began."""


def serve() -> None:
    """Answer what the parent asks until it hangs up."""
    answers = children.answers()
    questions = sys.stdin.buffer
    header, _ = receive(questions)
    setup = Setup.of(header)
    tasks: SimpleQueue[tuple[dict[str, Any], bytes]] = SimpleQueue()
    try:
        desk = _Desk(setup, answers)
    except MatcherError as error:
        send(answers, {"error": str(error)})
        return
    children.settle()
    threading.Thread(target=_listen, args=(questions, tasks), daemon=True).start()
    children.bound_memory(setup.limits["max_memory_mib"], more=True)
    send(answers, {})
    while True:
        task, body = tasks.get()
        if task["op"] == "profile":
            desk.profile(task["kind"], task["path"], task["name"], body)
        elif task["op"] == "score":
            desk.score(task["pairs"], dict(_parts(task["sizes"], body)))
        else:
            desk.match(task["documents"], _cut(task["sizes"], body))


def _listen(questions: IO[bytes], tasks: SimpleQueue[tuple[dict[str, Any], bytes]]) -> None:
    # In a thread of its own, so that a child whose parent is gone ends even in the middle of a document.
    while True:
        try:
            tasks.put(receive(questions))
        except (OSError, EOFError, ValueError):
            os._exit(0)


def _parts(sizes: Sequence[tuple[int, int]], body: bytes) -> Iterator[tuple[int, bytes]]:
    pieces = _cut([size for _, size in sizes], body)
    yield from zip((number for number, _ in sizes), pieces, strict=True)


def _cut(sizes: Sequence[int], body: bytes) -> list[bytes]:
    at, pieces = 0, []
    for size in sizes:
        pieces.append(body[at : at + size])
        at += size
    return pieces


class _Desk:
    """The child's work."""

    def __init__(self, setup: Setup, answers: IO[bytes]) -> None:
        from matcher.reading import Limits

        self._setup = setup
        self._answers = answers
        self._limits = Limits(**setup.limits)
        self._matcher = setup.matcher()
        if self._matcher.taxonomy.data.digest != setup.digest:
            raise MatcherError("the taxonomy was changed during the run; run again with --resume")
        self._store: Profiles | None = _Shelf(setup.postings) if setup.postings else None
        self._postings: dict[int, Profile] = {}
        self._originals: dict[str, Profile] = {}

    def _document(self, kind: DocumentKind, path: str, name: str | None, content: bytes) -> Document:
        """A document out of a file, or with ``name`` out of its content."""
        from matcher.reading import read, read_bytes

        if name is not None:
            return read_bytes(content, kind, source=name, limits=self._limits)
        # A file may be called "-", which stands for standard input where a person writes it.
        return read("./-" if path == "-" else path, kind, limits=self._limits)

    def profile(self, kind: DocumentKind, path: str, name: str | None, content: bytes) -> None:
        """Read one document; answer with its profile."""
        from matcher.integrity.traces import posting_trace, resume_trace
        from matcher.profileform import dump
        from matcher.ranking import features

        stage = "reading"
        try:
            document = self._document(kind, path, name, content)
            stage = "extraction"
            send(self._answers, {"stage": stage})
            profile = self._matcher.profile_document(document)
            if kind == "resume":
                known = {**features(profile), "trace": resume_trace(document)}
            else:
                known = {"trace": posting_trace(document.text)}
            answer = {"sha256": document.sha256, "features": known}
            body = dump(covered(profile, blind=self._setup.blind))
        except ReadingError as error:
            send(self._answers, {"failed": [stage, error.code, f"{error.cause}; {error.remedy}"]})
        except MemoryError:
            message = f"needs more than {self._limits.max_memory_mib} MiB of memory; use a smaller file"
            send(self._answers, {"failed": [stage, "out-of-memory", message]})
        except Exception as error:
            send(self._answers, {"failed": [stage, *described(error)]})
        else:
            send(self._answers, answer, body)

    def score(self, pairs: Sequence[tuple[int, Sequence[int]]], sent: Mapping[int, bytes]) -> None:
        """Score resumes, in the store or sent, against postings in the store; answer with rows."""
        from matcher.store import ProfileStore

        if self._store is None:
            self._store = ProfileStore(self._setup.store, create=False)
        try:
            rows = list(scored(self._matcher, self._store, self._postings, pairs, sent))
        except MatcherError as error:
            send(self._answers, {"error": str(error)})
        else:
            self._answer(rows)

    def match(self, documents: Sequence[Mapping[str, Any]], contents: Sequence[bytes]) -> None:
        """Read a resume and postings again, and score them as the documents that they are; answer with rows."""
        (resume, *postings), (content, *others) = documents, contents
        rows: list[Scored] = []
        try:
            held = self._again("resume", resume, content)
        except Exception as error:
            failed = _described_again(error)
            self._answer([(resume["number"], posting["number"], None, None, failed) for posting in postings])
            return
        for posting, other in zip(postings, others, strict=True):
            try:
                asked = self._originals.get(posting["sha256"]) or self._again("posting", posting, other)
                if len(self._originals) >= _POSTINGS_KEPT:
                    self._originals.clear()
                self._originals[posting["sha256"]] = asked
                result = self._matcher.score(held, asked)
                shown = row(covered(result, blind=self._setup.blind))
                rows.append((resume["number"], posting["number"], _points(result), shown, None))
            except Exception as error:
                rows.append((resume["number"], posting["number"], None, None, _described_again(error)))
        self._answer(rows)

    def _again(self, kind: DocumentKind, item: Mapping[str, Any], content: bytes) -> Profile:
        document = self._document(kind, item["path"], item["name"], content)
        if document.sha256 != item["sha256"]:
            raise ChangedError("the file was changed during the run; run again")
        return self._matcher.profile_document(document)

    def _answer(self, rows: Sequence[Scored]) -> None:
        send(self._answers, {}, json.dumps(rows, ensure_ascii=False).encode())


def scored(
    matcher: Matcher,
    store: Profiles,
    postings: dict[int, Profile],
    pairs: Sequence[tuple[int, Sequence[int]]],
    sent: Mapping[int, bytes] | None = None,
) -> Iterator[Scored]:
    """Score pairs of stored profiles exactly.

    Args:
        matcher: scores them.
        store: holds the profiles.
        postings: profiles of postings that were loaded before; it is added to.
        pairs: the numbers of resumes, each with those of the postings it is scored against.
        sent: profiles of resumes that are not in the store.

    Raises:
        MatcherError: a profile is no longer in the store.
    """
    from matcher.profileform import load

    for resume, asked in pairs:
        profile = load(sent[resume], "") if sent and resume in sent else stored(store, resume)
        for posting in asked:
            if posting not in postings:
                if len(postings) >= _POSTINGS_KEPT:
                    postings.clear()
                postings[posting] = stored(store, posting)
            try:
                result = matcher.score(profile, postings[posting])
                yield resume, posting, _points(result), row(result), None
            except Exception as error:
                yield resume, posting, None, None, described(error)


def stored(store: Profiles, number: int, name: str = "") -> Profile:
    """A profile out of the store, under a name.

    Raises:
        MatcherError: it is no longer there.
    """
    from matcher.profileform import load

    data = store.get(number)
    if data is None:
        raise gone(store)
    return load(data, name)


def gone(store: Profiles) -> MatcherError:
    """The error for a profile that somebody deleted in the middle of a run."""
    return MatcherError(f"{store.path}: profiles were deleted during the run; run again with --resume")


def described(error: Exception) -> tuple[str, str]:
    """An unexpected error as identifier and message: its kind and place, as its own text may quote the document."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
    kind = type(error).__name__
    return kind, f"stopped with {kind} at {place}; please report it, with the file if you may share it"


def _described_again(error: Exception) -> tuple[str, str]:
    """What went wrong with a document that could be read before."""
    if isinstance(error, ChangedError):
        return "changed", str(error)
    if isinstance(error, ReadingError):
        return error.code, f"{error.cause}; {error.remedy}"
    return described(error)


def _points(result: MatchResult) -> int | None:
    return None if result.abstained is not None else sum(item.points for item in result.contributions)
