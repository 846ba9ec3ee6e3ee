"""What every worker needs to know once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matcher.api import Matcher


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know once.

    Attributes:
        taxonomy: overlays, as for :class:`Matcher`.
        settings: weights that differ, as for :class:`Matcher`.
        as_of: the day, ``YYYY-MM-DD``.
        digest: of the taxonomy that the parent uses; a worker that finds another one refuses to work.
        store: the profile store's file; empty where there is none.
        limits: what one document may cost, the fields of :class:`matcher.reading.Limits`; its memory is what a worker
            may use on top of what it needs to start.
        blind: whether personal details are covered in profiles and rows.
        postings: profiles of postings and their numbers, for workers without a store.
    """

    taxonomy: tuple[str, ...]
    settings: dict[str, Any]
    as_of: str
    digest: str
    store: str
    limits: dict[str, Any]
    blind: bool = False
    postings: tuple[tuple[int, str], ...] = ()

    def matcher(self) -> Matcher:
        """The matcher of this setup."""
        from matcher.api import Matcher

        return Matcher(self.taxonomy, self.settings, date.fromisoformat(self.as_of))

    def plain(self) -> dict[str, Any]:
        """The setup as values that JSON can hold."""
        return {name: getattr(self, name) for name in Setup.__slots__}

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Setup:
        """The setup that :meth:`plain` made."""
        postings = tuple((number, profile) for number, profile in values["postings"])
        return cls(**{**values, "taxonomy": tuple(values["taxonomy"]), "postings": postings})
