"""The last stage: rows in order, the table of failures, and in blind mode the key."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from matcher.batch import writers
from matcher.batch.covering import covered
from matcher.batch.desk import stored
from matcher.batch.inputs import Found
from matcher.batch.job import Progress
from matcher.batch.naming import Names, pseudonyms
from matcher.batch.session import Session, Source
from matcher.batch.tasks import fetched
from matcher.model import Document, DocumentKind, Failure, MatchResult
from matcher.reading import read, read_bytes

KINDS: tuple[DocumentKind, ...] = ("posting", "resume")
_KindFailure = tuple[DocumentKind, Failure]


class Writing:
    """Writes what a session knows.

    Args:
        session: the run.
        found: what was found.
        sources: what was read.
        copied: by the number of a resume, those of the postings that it may copy from.
    """

    def __init__(
        self,
        session: Session,
        found: Mapping[DocumentKind, Found],
        sources: Mapping[DocumentKind, Sequence[Source]],
        copied: Mapping[int, frozenset[int]],
    ) -> None:
        self._session = session
        self._found = found
        self._resumes, self._postings = sources["resume"], sources["posting"]
        self._copied = copied
        self.failures = self._failures(sources)
        batch = session.batch
        self._names = Names()
        if batch.blind:
            self._names = pseudonyms(self._resumes, found["resume"], self.failures, batch.limits)

    def write(self, form: str) -> int:
        """Write the output, then what goes with it; returns the number of rows."""
        batch = self._session.batch
        shown = [
            (kind, self._names.failure(failure) if kind == "resume" else failure) for kind, failure in self.failures
        ]
        shown.sort(key=lambda item: tuple(_failure_row(*item).values()))
        count = self._page([failure for _, failure in shown]) if form == "html" else self._table(form)
        writers.write_failures(batch.failures, (_failure_row(kind, failure) for kind, failure in shown))
        if batch.key_file is not None:
            writers.write_key(batch.key_file, self._names.key())
        return count

    def _table(self, form: str) -> int:
        count = 0

        def counted() -> Iterator[dict[str, Any]]:
            nonlocal count
            for row in self._rows():
                count += 1
                yield row

        writers.write_rows(self._session.batch.output, form, counted())
        return count

    def _rows(self) -> Iterator[dict[str, Any]]:
        session = self._session
        by_entry = {source.entry: source for source in self._resumes}
        taxonomy = session.matcher.scorer.taxonomy
        common = {
            "as_of": session.origin.as_of,
            "taxonomy_version": taxonomy.version,
            "taxonomy_sha256": taxonomy.digest,
            "settings_sha256": session.matcher.scorer.settings_hash,
        }
        for number, posting in enumerate(self._postings):
            session.progress(Progress("writing", number, len(self._postings)))
            for rank, entry, row in self._ranked(posting):
                resume = by_entry[entry]
                yield {
                    **json.loads(row),
                    **common,
                    "posting": posting.name,
                    "rank": rank,
                    "resume": self._names.resume(resume),
                    "resume_duplicates": list(self._names.others(resume)),
                    "posting_duplicates": list(posting.others),
                    "resume_sha256": resume.sha256,
                    "posting_sha256": posting.sha256,
                }
        session.progress(Progress("writing", len(self._postings), len(self._postings)))

    def _ranked(self, posting: Source) -> Iterator[tuple[int, int, str]]:
        return self._session.journal.ranked(posting.entry, self._session.batch.top, least_points(self._session))

    def _page(self, failures: Sequence[Failure]) -> int:
        from matcher.reports.html.batch import render_batch

        session = self._session
        results = list(self._results())
        with writers.whole(session.batch.output) as path:
            page = render_batch(results, session.matcher.scorer.taxonomy, failures=failures)
            path.write_text(page, encoding="utf-8", newline="\n")
        return len(results)

    def _results(self) -> Iterator[MatchResult]:
        session = self._session
        by_entry = {source.entry: source for source in self._resumes}
        for posting in self._postings:
            asked = stored(session.store, posting.entry, posting.name)
            for _, entry, _ in self._ranked(posting):
                resume = by_entry[entry]
                if posting.entry in self._copied.get(entry, ()):
                    held = session.matcher.profile_document(self._document("resume", resume))
                    whole = session.matcher.profile_document(self._document("posting", posting))
                    result = session.matcher.score(held, whole)
                    yield covered(result, blind=session.batch.blind)
                else:
                    name = self._names.resume(resume)
                    yield session.matcher.score(stored(session.store, entry, name), asked)

    def _document(self, kind: DocumentKind, source: Source) -> Document:
        """A document as it was read before."""
        limits = self._session.batch.limits
        item = next(item for item in self._found[kind].inputs if item.name == source.name)
        content = fetched(item, limits)
        if isinstance(content, bytes):
            return read_bytes(content, kind, source=source.name, limits=limits)
        return read("./-" if item.path == "-" else item.path, kind, limits=limits)

    def _failures(self, sources: Mapping[DocumentKind, Sequence[Source]]) -> list[_KindFailure]:
        journal = self._session.journal
        failures: list[_KindFailure] = []
        for kind in KINDS:
            wanted = {item.name for item in self._found[kind].inputs}
            failures.extend((kind, failure) for failure in self._found[kind].failures)
            failures.extend(
                (kind, item.failure) for item in journal.items(kind) if item.failure and item.name in wanted
            )
        names = {kind: {source.entry: source.name for source in sources[kind]} for kind in KINDS}
        for resume, posting, text in journal.failed_pairs():
            if posting in names["posting"]:
                code, message = json.loads(text)
                message = f"against {names['posting'][posting]}: {message}"
                failures.append(("resume", Failure(names["resume"][resume], "scoring", code, message)))
        return sorted(failures, key=lambda item: tuple(_failure_row(*item).values()))


def least_points(session: Session) -> int | None:
    """The lowest score wanted in hundredths of a point."""
    least = session.batch.min_score
    return None if least is None else math.ceil(round(least * 100, 6))


def _failure_row(kind: DocumentKind, failure: Failure) -> dict[str, str]:
    return {"source": failure.source, "kind": kind, **asdict(failure)}
