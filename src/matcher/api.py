"""``Matcher``: the one front door of the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from matcher import __version__
from matcher.errors import SettingsError
from matcher.integrity import Finding, borrowed, notices, suspicious, without
from matcher.levels import Ladder
from matcher.model import Document, DocumentKind, MatchResult, Profile
from matcher.profile import build_profile
from matcher.scoring import Scorer
from matcher.taxonomy.cache import Cache, default_folder
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.loader import load, load_lexicon
from matcher.taxonomy.lookup import TaxonomyView
from matcher.taxonomy.schema import Scoring, Taxonomy

if TYPE_CHECKING:
    from matcher.career import Career
    from matcher.extraction.extract import Extractor
    from matcher.mistaken import Signs
    from matcher.reading import GuardedReader, Limits
    from matcher.whatif import WhatIf

Source = str | PathLike[str]


class Matcher:
    """Reads resumes and postings, and scores them against each other.

    Args:
        taxonomy: overlays on the bundled taxonomy, files or folders in its format.
        settings: weights that differ from ``taxonomy/scoring.yaml``, by key.
        as_of: the day that "present" means; today where it is not given, so give it where results must be repeatable.
        cache: whether compiled taxonomies are kept in the user's cache folder.
        limits: what one file may cost; safe defaults where not given.
        reader: reads files in a process that can be ended, within its own limits; without one they are read in this
            process, where limits on memory and on libraries that hang do not hold. Whoever made it closes it.

    Raises:
        TaxonomyError: the taxonomy is not valid.
        SettingsError: a setting is unknown or out of range.
    """

    def __init__(
        self,
        taxonomy: Source | Sequence[Source] | None = None,
        settings: Mapping[str, Any] | None = None,
        as_of: date | None = None,
        *,
        cache: bool = True,
        limits: Limits | None = None,
        reader: GuardedReader | None = None,
    ) -> None:
        overlays = [] if taxonomy is None else [taxonomy] if isinstance(taxonomy, str | PathLike) else list(taxonomy)
        folder = default_folder() if cache else None
        self._cache = Cache(folder) if folder else None
        self._taxonomy = load([Path(item) for item in overlays], cache=self._cache)
        self.taxonomy = TaxonomyView(self._taxonomy)
        # The user's own day, not that of Greenwich, is what "present" means to them.
        self.as_of = as_of or date.today()  # noqa: DTZ011
        self._graph = Graph(self._taxonomy)
        self._ladder = Ladder(self._taxonomy, self._graph)
        self._scorer = Scorer(
            self._taxonomy,
            self._graph,
            self._ladder,
            _weights(self._taxonomy, settings or {}),
            program_version=__version__,
        )
        self._limits = limits
        self._reader = reader

    @cached_property
    def _extractor(self) -> Extractor:
        # spaCy is heavy to import; looking into the taxonomy does not need it.
        from matcher.extraction.extract import Extractor

        return Extractor(self._taxonomy, load_lexicon(self._taxonomy, cache=self._cache))

    @cached_property
    def _signs(self) -> Signs:
        from matcher.mistaken import Signs

        return Signs(self._taxonomy)

    def read(self, source: Source, kind: DocumentKind) -> Document:
        """Read a file (``-`` for standard input) without looking for anything in it.

        Raises:
            ReadingError: the file cannot be read; the text names the cause and the remedy.
        """
        if self._reader is not None:
            return self._reader.read(source, kind)
        from matcher.reading import Limits, read

        return read(source, kind, limits=self._limits or Limits())

    def profile(self, source: Source, kind: DocumentKind) -> Profile:
        """Read a file and tell what it says.

        Raises:
            ReadingError: the file cannot be read; the text names the cause and the remedy.
        """
        return self.profile_document(self.read(source, kind))

    def profile_text(self, text: str, kind: DocumentKind, *, source: str = "<text>") -> Profile:
        """Tell what a text says.

        Raises:
            ReadingError: the text is empty or too long.
        """
        from matcher.reading import read_text

        return self.profile_document(read_text(text, kind, source=source))

    def profile_document(self, document: Document) -> Profile:
        """Tell what a document that was read says; what is there for a machine only is noticed and left out."""
        return self._profile_without(document, suspicious(document))

    def _profile_without(self, document: Document, findings: Sequence[Finding]) -> Profile:
        extraction = self._extractor.extract(without(document, findings))
        told = dict.fromkeys((*document.notices, *notices(findings), *self._signs.notices(document)))
        if tuple(told) != document.notices:
            document = replace(document, notices=tuple(told))
        if extraction.document is not document:
            extraction = replace(extraction, document=document)
        return build_profile(extraction, self._taxonomy, self._ladder, self.as_of)

    def score(self, resume: Profile | Source, posting: Profile | Source) -> MatchResult:
        """Score a resume against a posting, each given as a profile or as a path.

        Raises:
            ReadingError: a file cannot be read.
        """
        held, asked = self._profile(resume, "resume"), self._profile(posting, "posting")
        taken = borrowed(held.document, asked.document.text)
        if taken:
            # What a resume copies from the posting says nothing about the person.
            held = self._profile_without(held.document, (*suspicious(held.document), *taken))
            told = tuple(dict.fromkeys(held.document.notices))  # those of the dates were there before
            held = replace(held, document=replace(held.document, notices=told))
        return self._scorer.score(held, asked)

    def rank(
        self,
        resumes: Iterable[Profile | Source],
        postings: Iterable[Profile | Source],
        *,
        top: int | None = None,
        min_score: float | None = None,
    ) -> Iterator[MatchResult]:
        """Every resume against every posting; for each posting the best first, those without a score last.

        Equal scores are ordered by the resume's source, so that the order does not depend on the order of the input.

        Args:
            resumes: profiles of the same day, or paths; they are all held in memory.
            postings: profiles or paths.
            top: how many for each posting, at least 1; pairs that cannot be among them are not scored. None for all.
            min_score: the lowest score wanted, from 0 to 100; pairs without a score are then left out.

        Raises:
            ReadingError: a file cannot be read.
            SettingsError: ``top`` is less than 1.
        """
        # NumPy is heavy to import; scoring a single pair does not need it.
        from matcher.ranking import rank

        if top is not None and top < 1:
            raise SettingsError(f"top must be at least 1, and is {top}")
        profiles = [self._profile(resume, "resume") for resume in resumes]
        asked = (self._profile(posting, "posting") for posting in postings)
        return rank(self._scorer, profiles, asked, top, min_score, self.score)

    def what_if(self, result: MatchResult) -> WhatIf:
        """What each missing item of a result is worth, the smallest sets that reach a score, and a plan."""
        from matcher.whatif import WhatIf

        return WhatIf(self._scorer, result)

    def career(self, profile: Profile, target: str | None = None) -> Career:
        """What the guides say to a profile: next levels (or ``target``), pay, tracks, background and next steps.

        Raises:
            SettingsError: there is no level ``target``.
        """
        from matcher.career import Counsel

        if target is not None and target not in self._taxonomy.levels:
            raise SettingsError(f"there is no level {target!r}; known are: {', '.join(self._taxonomy.levels)}")
        return Counsel(self._taxonomy, self._graph, self._ladder, self._scorer.guides).read(profile, target)

    @property
    def scorer(self) -> Scorer:
        """The scorer, for tools that score many pairs."""
        return self._scorer

    def _profile(self, item: Profile | Source, kind: DocumentKind) -> Profile:
        if not isinstance(item, Profile):
            return self.profile(item, kind)
        if item.document.kind != kind:
            raise SettingsError(
                f"{item.document.source}: is a profile of a {item.document.kind} where a {kind} is needed;"
                f" make it with kind={kind!r}"
            )
        return item


def _weights(taxonomy: Taxonomy, settings: Mapping[str, Any]) -> Scoring:
    merged = taxonomy.scoring.model_dump()
    for key, value in settings.items():
        if key not in merged:
            raise SettingsError(f"unknown setting {key!r}; known are: {', '.join(merged)}")
        merged[key] = {**merged[key], **value} if isinstance(value, Mapping) else value
    try:
        return Scoring.model_validate(merged)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"setting {place!r}: {said}" if place else f"setting {said}") from error
