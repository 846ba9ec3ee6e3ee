"""The second stage on this machine: the pairs that are wanted are scored, exactly and once."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import chain, islice
from typing import Any

from matcher.batch.desk import Scored, gone, scored, stored
from matcher.batch.inputs import Found
from matcher.batch.job import Progress
from matcher.batch.session import Session, Source
from matcher.batch.tasks import Original, Pairs, chunks, score_originals, score_some
from matcher.integrity.traces import Postings
from matcher.model import DocumentKind, Profile

# Below this many pairs, starting workers would take longer than scoring.
_PAIRS_AT_HOME = 1_000


class Scoring:
    """Scores the pairs of a session that it does not know yet.

    Args:
        session: the run.
        found: where the documents are; those that copy from each other are read again.
    """

    def __init__(self, session: Session, found: Mapping[DocumentKind, Found]) -> None:
        self._session = session
        self._inputs = {kind: {item.name: item for item in group.inputs} for kind, group in found.items()}
        self._originals: dict[tuple[DocumentKind, int], Original] = {}
        # By the number of a resume, those of the postings that it may copy from.
        self._copied: dict[int, frozenset[int]] = {}

    def prepare(self) -> None:
        """Get ready for what scoring needs, whatever the documents say."""
        batch = self._session.batch
        if batch.top is not None or batch.min_score is not None:
            import_module("matcher.ranking")
            self._session.matcher.scorer.kinship.prepare()

    def run(self, resumes: Sequence[Source], postings: Sequence[Source]) -> None:
        """Score what the batch wants; the rows are in the journal."""
        session, total = self._session, len(postings)
        session.progress(Progress("scoring", 0, total))
        if resumes and postings:
            for kind, group in (("resume", resumes), ("posting", postings)):
                for item in group:
                    place = self._inputs[kind][item.name]  # type: ignore[index]
                    self._originals[kind, item.entry] = Original(item.entry, place, item.sha256)  # type: ignore[index]
            if session.batch.top is None and session.batch.min_score is None:
                self._every_pair(resumes, postings)
            else:
                self._best(resumes, postings)
        session.commit(now=True)
        session.progress(Progress("scoring", total, total))

    def _every_pair(self, resumes: Sequence[Source], postings: Sequence[Source]) -> None:
        for _ in self._features(resumes, postings):
            pass  # it notes the copies
        known: dict[int, set[int]] = {}
        for posting in postings:
            for resume in self._session.journal.pairs_of(posting.entry):
                known.setdefault(resume, set()).add(posting.entry)
        nothing: set[int] = set()
        self._pairs(
            (source.entry, wanted)
            for source in resumes
            if (wanted := [item.entry for item in postings if item.entry not in known.get(source.entry, nothing)])
        )

    def _best(self, resumes: Sequence[Source], postings: Sequence[Source]) -> None:
        """The pairs that can be among those wanted."""
        # NumPy is heavy to import; a run that wants every pair does not need it.
        from matcher.ranking import Rows, cuts, lowest

        session = self._session
        rows = Rows(session.matcher.scorer.taxonomy, session.matcher.scorer.weights, session.origin.as_of)
        for features in self._features(resumes, postings):
            rows.add(features)
        row_of = {source.entry: row for row, source in enumerate(resumes)}
        profiles = (stored(session.store, source.entry, source.name) for source in postings)
        least = lowest(session.batch.min_score)
        copied: dict[int, list[int]] = {}
        for resume, among in self._copied.items():
            for posting in among:
                copied.setdefault(posting, []).append(row_of[resume])
        done = 0

        def unbounded(group: Sequence[Profile]) -> Iterator[tuple[int, int]]:
            for place, posting in enumerate(postings[done : done + len(group)]):
                for row in copied.get(posting.entry, ()):
                    yield place, row

        for group in cuts(session.matcher.scorer, rows, profiles, session.batch.top, least, unbounded):
            entries = [posting.entry for posting in postings[done : done + len(group)]]
            wanted: dict[int, list[int]] = {-1: []}
            while wanted:
                wanted = {}
                for entry, (_, cut) in zip(entries, group, strict=True):
                    known = session.journal.pairs_of(entry)
                    exact = {row_of[resume]: points for resume, points in known.items() if resume in row_of}
                    for row in cut.next(exact):
                        wanted.setdefault(resumes[row].entry, []).append(entry)
                self._pairs(wanted.items())
            done += len(group)
            session.progress(Progress("scoring", done, len(postings)))

    def _features(self, resumes: Sequence[Source], postings: Sequence[Source]) -> Iterable[dict[str, Any]]:
        """What is known of each resume; which postings it may copy from is noted on the way."""
        # Four bytes a hash: as Python's numbers those of a thousand postings would take 70 MB.
        told = (self._known(posting)["trace"] for posting in postings)
        traces = Postings([{name: array("I", hashes) for name, hashes in trace.items()} for trace in told])
        for resume in resumes:
            features = self._known(resume)
            if among := traces.copied_by(features["trace"]):
                self._copied[resume.entry] = frozenset(postings[place].entry for place in among)
            yield features

    def _known(self, source: Source) -> dict[str, Any]:
        features = self._session.store.features(source.entry)
        if features is None:
            raise gone(self._session.store)
        return features

    def _pairs(self, pairs: Iterable[Pairs]) -> None:
        session, copies = self._session, list[Pairs]()
        remaining = self._apart(pairs, copies)
        # A look ahead, to see whether there is enough to do for other processes.
        ahead = list(islice(remaining, _PAIRS_AT_HOME + 1))
        few = len(ahead) <= _PAIRS_AT_HOME and sum(len(asked) for _, asked in ahead) <= _PAIRS_AT_HOME
        if few and not session.pool.started:
            keep_scored(session, scored(session.matcher, session.store, {}, ahead))
        else:
            limits = session.batch.limits
            for rows in session.pool.map(
                lambda some: score_some(session.pool.worker(), some, limits), chunks(chain(ahead, remaining))
            ):
                keep_scored(session, rows)
        for rows in session.pool.map(self._copy, copies):
            keep_scored(session, rows)

    def _apart(self, pairs: Iterable[Pairs], copies: list[Pairs]) -> Iterable[Pairs]:
        """The pairs without those in which one may copy from the other, which are put into ``copies``."""
        nothing: frozenset[int] = frozenset()
        for resume, asked in pairs:
            among = self._copied.get(resume, nothing)
            if copied := [posting for posting in asked if posting in among]:
                copies.append((resume, copied))
            if plain := [posting for posting in asked if posting not in among]:
                yield resume, plain

    def _copy(self, pair: Pairs) -> list[Scored]:
        resume, asked = pair
        return score_originals(
            self._session.pool.worker(),
            self._originals["resume", resume],
            [self._originals["posting", posting] for posting in asked],
            self._session.batch.limits,
        )

    @property
    def copied(self) -> Mapping[int, frozenset[int]]:
        """By the number of a resume, those of the postings that it may copy from."""
        return self._copied


def keep_scored(session: Session, rows: Iterable[Scored]) -> None:
    """Put scored pairs into the journal."""
    session.begin()
    kept = [(*row, json.dumps(failure) if failure else None) for *row, failure in rows]
    session.journal.put_results(kept)  # type: ignore[arg-type]
    session.scored += len(kept)
    session.commit()
