"""``Matcher``: the one front door of the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from matcher.errors import SettingsError
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
    from matcher.extraction.extract import Extractor
    from matcher.reading import Limits

Source = str | PathLike[str]


class Matcher:
    """Reads resumes and postings, and scores them against each other.

    Args:
        taxonomy: overlays on the bundled taxonomy, files or folders in its format.
        settings: weights that differ from ``taxonomy/scoring.yaml``, by key.
        as_of: the day that "present" means; today where it is not given, so give it where results must be repeatable.
        cache: whether compiled taxonomies are kept in the user's cache folder.

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
        self._scorer = Scorer(self._taxonomy, self._graph, self._ladder, _weights(self._taxonomy, settings or {}))
        self._limits = limits

    @cached_property
    def _extractor(self) -> Extractor:
        # spaCy is heavy to import; looking into the taxonomy does not need it.
        from matcher.extraction.extract import Extractor

        return Extractor(self._taxonomy, load_lexicon(self._taxonomy, cache=self._cache))

    def read(self, source: Source, kind: DocumentKind) -> Document:
        """Read a file (``-`` for standard input) without looking for anything in it.

        Raises:
            ReadingError: the file cannot be read; the text names the cause and the remedy.
        """
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
        """Tell what a document that was read says."""
        return build_profile(self._extractor.extract(document), self._taxonomy, self._ladder, self.as_of)

    def score(self, resume: Profile | Source, posting: Profile | Source) -> MatchResult:
        """Score a resume against a posting, each given as a profile or as a path.

        Raises:
            ReadingError: a file cannot be read.
        """
        return self._scorer.score(self._profile(resume, "resume"), self._profile(posting, "posting"))

    def rank(self, resumes: Iterable[Profile | Source], postings: Iterable[Profile | Source]) -> Iterator[MatchResult]:
        """Every resume against every posting; for each posting the best first, those without a score last.

        Equal scores are ordered by the resume's source, so that the order does not depend on the order of the input.

        Raises:
            ReadingError: a file cannot be read.
        """
        profiles = [self._profile(resume, "resume") for resume in resumes]
        for posting in postings:
            asked = self._profile(posting, "posting")
            results = [self._scorer.score(profile, asked) for profile in profiles]
            yield from sorted(
                results,
                key=lambda result: (
                    result.score is None,
                    -(result.score or 0.0),
                    result.resume.document.source,
                    result.resume.document.sha256,
                ),
            )

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
        raise SettingsError(f"setting {place!r}: {first['msg']}") from error
