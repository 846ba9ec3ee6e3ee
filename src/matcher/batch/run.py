"""A batch from inputs to a finished file: its stages in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Thread

from matcher.batch.inputs import Found, expand
from matcher.batch.job import Batch, Progress, Summary, checked
from matcher.batch.reading import Reading, sources
from matcher.batch.scoring import Scoring
from matcher.batch.session import Session, Source, opened
from matcher.batch.writing import KINDS, Writing
from matcher.model import DocumentKind

Read = Mapping[DocumentKind, list[Source]]


def run_batch(batch: Batch, progress: Callable[[Progress], None] = lambda _: None) -> Summary:
    """Run a batch; the output and the table of failures are there whole or not at all.

    A run that is interrupted or killed leaves what it knows in a folder beside the output, and ``resume`` goes on from
    there; the finished file is the same, byte for byte, and the same whichever engine runs it.

    Raises:
        SettingsError: an argument is wrong, or a file cannot be written.
        MissingExtraError: the output's format, the engine or an address needs an extra that is not installed.
        TaxonomyError: the taxonomy is not valid.
    """
    form = checked(batch)
    if batch.engine == "ray":
        from matcher.batch.cluster import require

        require()
    never = [path for path in (batch.output, batch.failures, batch.store, batch.key_file) if path is not None]
    found: dict[DocumentKind, Found] = {
        "posting": expand(batch.postings, batch.stdin, never),
        "resume": expand(batch.resumes, batch.stdin, never),
    }
    with opened(batch, progress) as session:
        return (_on_ray if batch.engine == "ray" else _here)(session, found, form)


def _here(session: Session, found: Mapping[DocumentKind, Found], form: str) -> Summary:
    scoring = Scoring(session, found)
    # The parent waits for its workers while they read; meanwhile it can get ready for what comes after.
    ready = Thread(target=scoring.prepare, daemon=True)
    ready.start()
    try:
        Reading(session).run(found)
    finally:
        ready.join()
    read: Read = {kind: sources(session, kind, found[kind]) for kind in KINDS}
    session.journal.place(source.entry for source in read["resume"])
    scoring.run(read["resume"], read["posting"])
    writing = Writing(session, found, read, scoring.copied)
    return _summary(session, found, read, writing, writing.write(form))


def _on_ray(session: Session, found: Mapping[DocumentKind, Found], form: str) -> Summary:
    from matcher.batch.cluster import read_and_score

    # The workers of the cluster need all postings from the beginning; they are few.
    Reading(session).run({"posting": found["posting"]})
    postings = sources(session, "posting", found["posting"])
    read_and_score(session, found, postings)
    read: Read = {"posting": postings, "resume": sources(session, "resume", found["resume"])}
    session.journal.place(source.entry for source in read["resume"])
    writing = Writing(session, found, read, {})
    return _summary(session, found, read, writing, writing.write(form))


def _summary(
    session: Session,
    found: Mapping[DocumentKind, Found],
    read: Read,
    writing: Writing,
    rows: int,
) -> Summary:
    every = [source for group in read.values() for source in group]
    skipped = sum(len(source.others) for source in every)
    return Summary(
        sum(len(item.inputs) for item in found.values()), len(every) + skipped, session.reused, len(writing.failures),
        skipped, len(read["resume"]) * len(read["posting"]), session.scored, rows,
    )  # fmt: skip
