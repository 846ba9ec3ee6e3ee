"""What the stages of one run share: the matcher, the places where results are kept, the workers."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from matcher.api import Matcher
from matcher.batch.job import Batch, Progress, available_cores
from matcher.batch.journal import Journal
from matcher.batch.pool import Pool
from matcher.batch.setup import Setup
from matcher.store import Origin, ProfileStore, program

_COMMIT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Source:
    """A distinct content: its first name, its other names, its number in the store."""

    name: str
    others: tuple[str, ...]
    sha256: str
    entry: int


@dataclass(slots=True)
class Session:
    """One run of a batch.

    Attributes:
        batch: what is to be done.
        matcher, origin: of the run's own day and taxonomy.
        setup: what a worker needs to know.
        journal, store: what is known already; they are written together, the store first, so that the journal never
            names what is not there.
        pool: the local workers.
        progress: is told how far the run is.
        reused, scored: counts for the summary.
    """

    batch: Batch
    matcher: Matcher
    origin: Origin
    setup: Setup
    journal: Journal
    store: ProfileStore
    pool: Pool
    progress: Callable[[Progress], None]
    reused: int = 0
    scored: int = 0
    _committed: float = field(default_factory=time.monotonic)

    def begin(self) -> None:
        """Open a transaction."""
        self.store.begin()
        self.journal.begin()

    def commit(self, *, now: bool = False) -> None:
        """Make what was written last, from time to time or ``now``."""
        if now or time.monotonic() - self._committed >= _COMMIT_SECONDS:
            self.store.commit()
            self.journal.commit()
            self._committed = time.monotonic()


@contextmanager
def opened(batch: Batch, progress: Callable[[Progress], None]) -> Iterator[Session]:
    """A session; what is kept only until the output is whole is removed when the block ends well.

    Raises:
        SettingsError: a file cannot be written, or an earlier run is in the way.
        TaxonomyError: the taxonomy is not valid.
    """
    with Journal(batch.output, resume=batch.resume) as journal:
        # A run that is resumed on another day is still the run of its own day.
        day = batch.as_of.isoformat() if batch.as_of else journal.get("as_of") or date.today().isoformat()  # noqa: DTZ011
        matcher = Matcher(batch.taxonomy, batch.settings, date.fromisoformat(day))
        origin = Origin(matcher.taxonomy.data.digest, program(blind=batch.blind), day)
        place = batch.store or journal.folder / "profiles.sqlite"
        with ProfileStore(place) as store:
            journal.adopt(_notes(batch, matcher, origin, place))
            setup = Setup(
                batch.taxonomy, dict(batch.settings), day, origin.taxonomy, str(place), asdict(batch.limits),
                batch.blind,
            )  # fmt: skip
            with Pool(setup, batch.jobs or available_cores()) as pool:
                session = Session(batch, matcher, origin, setup, journal, store, pool, progress)
                try:
                    yield session
                finally:
                    # What is finished stays finished, whatever ended the run.
                    session.commit(now=True)
        journal.remove()


def _notes(batch: Batch, matcher: Matcher, origin: Origin, place: Path) -> dict[str, str]:
    """What an earlier run must have in common with this one for its results to be of use."""
    notes = {
        "as_of": origin.as_of, "taxonomy": origin.taxonomy, "program": origin.program, "engine": batch.engine,
        "settings": matcher.scorer.settings_hash, "store": os.path.abspath(place),  # noqa: PTH100
    }  # fmt: skip
    if batch.engine == "ray":
        # Its workers send home only what is wanted.
        notes["wanted"] = f"{batch.top} {batch.min_score}"
    return notes
