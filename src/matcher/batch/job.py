"""What a batch is asked to do, how far it is, and what it did."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from matcher.batch import writers
from matcher.errors import SettingsError
from matcher.reading.limits import Limits

Engine = Literal["local", "ray"]


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be done.

    Attributes:
        resumes, postings: a file, folder, archive or pattern, an address such as ``s3://bucket/folder``, or ``-`` for
            paths on standard input.
        output: the file to write; its ending says the format.
        top: how many resumes for each posting; None for all.
        min_score: the lowest score wanted, from 0 to 100; pairs without a score are then left out.
        jobs: number of worker processes; None for one a core.
        resume: go on with an earlier run that did not finish.
        store: a profile store to read from and add to; None for none.
        taxonomy, settings, as_of: as for :class:`matcher.Matcher`.
        limits: what one document may cost.
        stdin: the lines of standard input.
        blind: resumes get pseudonyms in place of their names, and personal details are covered.
        key_file: in blind mode, where to write which pseudonym stands for which file; None for nowhere.
        engine: ``local`` for processes on this machine, ``ray`` for a Ray cluster.
        address: of the cluster, as :func:`ray.init` takes it; None starts a Ray on this machine.
        verbose: let the engine show its own progress.
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
    blind: bool = False
    key_file: Path | None = None
    engine: Engine = "local"
    address: str | None = None
    verbose: bool = False

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
        pairs: resumes times postings, those that are copies counted once.
        scored: pairs scored exactly in this run: where only the best are wanted, those that may be among them.
        rows: rows written.
    """

    found: int
    read: int
    reused: int
    failed: int
    skipped: int
    pairs: int
    scored: int
    rows: int


def checked(batch: Batch) -> str:
    """The format of the output, once nothing in the call contradicts itself.

    Raises:
        SettingsError: an argument is wrong.
        MissingExtraError: the output's format needs an extra that is not installed.
    """
    form = writers.format_of(batch.output)
    for value, least, name in ((batch.top, 1, "top"), (batch.jobs, 1, "jobs"), (batch.min_score, 0, "min_score")):
        if value is not None and value < least:
            raise SettingsError(f"{name} must be at least {least}, and is {value:g}")
    if batch.resumes == batch.postings == "-":
        raise SettingsError("only one of resumes and postings can be a list on standard input")
    if not batch.output.parent.is_dir():
        raise SettingsError(f"{batch.output}: there is no folder {batch.output.parent}; make it first")
    if batch.key_file is not None and not batch.blind:
        raise SettingsError(f"{batch.key_file}: a key file goes with blind mode; ask for that too")
    if batch.engine == "ray":
        if form == "html":
            raise SettingsError(
                f"{batch.output}: the Ray engine writes CSV, JSON Lines and Parquet; for HTML leave --engine ray out"
            )
        if batch.store is not None:
            raise SettingsError(
                f"{batch.store}: the Ray engine keeps no profile store; leave the store or --engine ray out"
            )
    elif batch.address is not None:
        raise SettingsError(f"the address {batch.address} is of a Ray cluster; use it with --engine ray")
    return form


def available_cores() -> int:
    """The cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux tells
        return os.cpu_count() or 1
