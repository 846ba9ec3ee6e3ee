"""The first stage: every document is read once, out of the store or by a worker."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from matcher.batch.inputs import Found, Input, contents
from matcher.batch.job import Progress
from matcher.batch.journal import Item
from matcher.batch.session import Session, Source
from matcher.batch.tasks import Read, Task, digest, fetched, read_one
from matcher.model import DocumentKind, Failure
from matcher.store import ProfileStore


class Reading:
    """Reads the documents of a session that it does not know yet."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._local = threading.local()
        self._stores: list[ProfileStore] = []
        self._done = self._total = 0
        # A store that has nothing of use is not asked for each file, which would have to be read for it.
        self._stocked = session.batch.store is not None and session.store.stocked(session.origin)

    def run(self, found: Mapping[DocumentKind, Found]) -> None:
        """Read everything found; what became of it is in the journal and the store."""
        session = self._session
        self._total = sum(len(item.inputs) for item in found.values())
        waiting = {
            kind: list(unread(session, kind, item.inputs, lambda old: session.store.has(old.entry)))
            for kind, item in found.items()
        }
        self._done = self._total - sum(len(items) for items in waiting.values())
        session.reused += sum(reused(session, kind, item.inputs, waiting[kind]) for kind, item in found.items())
        session.progress(Progress("reading", self._done, self._total))
        limit = session.batch.limits.max_bytes
        every = (task for kind, items in waiting.items() for task in tasks(kind, items, limit))
        try:
            for answer in session.pool.map(self._one, self._unknown(every)):
                self._take(answer)
        finally:
            session.commit(now=True)
            for store in self._stores:
                store.close()

    def _unknown(self, every: Iterable[Task]) -> Iterator[Task]:
        """The tasks that need a thread: what the store knows takes less time to look up than to hand over."""
        for task in every:
            # What is at an address takes its time to come.
            known = None if task.input.remote else self._out_of_store(task, self._session.store)
            if known is None:
                yield task
            else:
                self._take(known)

    def _one(self, task: Task) -> Read:
        """Read one document, in a thread: by this thread's worker, or what comes from an address out of the store."""
        limits = self._session.batch.limits
        if task.input.remote:
            if task.content is None:
                task = Task(task.kind, task.input, task.state, fetched(task.input, limits))
            known = self._out_of_store(task, self._threads_store())
            if known is not None:
                return known
        return read_one(self._session.pool.worker(), task, limits)

    def _out_of_store(self, task: Task, store: ProfileStore) -> Read | None:
        if not self._stocked or isinstance(task.content, Failure):
            return None
        known = digest(task.input, task.content)
        entry = store.find(known, task.input.ending, task.kind, self._session.origin) if known else None
        return Read(task, known, entry) if known and entry is not None else None

    def _take(self, answer: Read) -> None:
        self._session.begin()
        self._keep(answer)
        self._done += 1
        self._session.commit()
        self._session.progress(Progress("reading", self._done, self._total))

    def _threads_store(self) -> ProfileStore:
        found: ProfileStore | None = getattr(self._local, "store", None)
        if found is None:
            found = self._local.store = ProfileStore(self._session.store.path)
            self._stores.append(found)
        return found

    def _keep(self, answer: Read) -> None:
        session, task, entry = self._session, answer.task, answer.entry
        if answer.failure is None:
            if entry is None:
                assert answer.features is not None
                entry = session.store.put(
                    answer.sha256, task.input.ending, task.kind, session.origin, answer.features, answer.profile
                )
            else:
                session.reused += 1
        content = answer.sha256 if answer.failure is None else None
        session.journal.put(Item(task.kind, task.input.name, task.state, content, entry, answer.failure))


def unread(
    session: Session, kind: DocumentKind, inputs: Sequence[Input], usable: Callable[[Item], bool]
) -> Iterator[tuple[Input, str]]:
    """The inputs that the journal knows nothing of use about, or that were changed since, with their states."""
    known = {item.name: item for item in session.journal.items(kind)}
    for item in inputs:
        state = item.state
        old = known.get(item.name)
        if old is None or old.state != state or not (old.failure or usable(old)):
            yield item, state


def reused(session: Session, kind: DocumentKind, inputs: Sequence[Input], waiting: Sequence[tuple[Input, str]]) -> int:
    """How many of the inputs the journal knows to be understood, and are not waiting to be read again."""
    again = {item.name for item, _ in waiting}
    known = {item.name for item in session.journal.items(kind) if item.sha256 is not None} - again
    return sum(item.name in known for item in inputs)


def tasks(kind: DocumentKind, inputs: Sequence[tuple[Input, str]], limit: int) -> Iterator[Task]:
    """Inputs as tasks, those of archives with their contents, of which at most ``limit`` bytes and one are read."""
    packed: dict[str, dict[str, Input]] = {}
    states: dict[str, str] = {}
    for item, state in inputs:
        if item.member is None:
            yield Task(kind, item, state)
        else:
            packed.setdefault(item.path, {})[item.member] = item
            states[item.path] = state
    for path, wanted in packed.items():
        for item, content in contents(path, wanted, limit):
            yield Task(kind, item, states[path], content)


def sources(session: Session, kind: DocumentKind, found: Found) -> list[Source]:
    """The distinct contents that were read, in the order of their first names."""
    wanted = {item.name for item in found.inputs}
    names: dict[str, list[Item]] = {}
    # The journal's order is by bytes; the order of results is that of the names as text.
    for item in sorted(session.journal.items(kind), key=lambda item: item.name):
        if item.name in wanted and item.sha256 is not None:
            names.setdefault(item.sha256, []).append(item)
    result = []
    for content, (first, *others) in names.items():
        assert first.entry is not None
        result.append(Source(first.name, tuple(item.name for item in others), content, first.entry))
    return result
