"""Match resumes with job postings: skills, levels, a score that is the sum of its explanations."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from matcher.errors import MatcherError, MissingExtraError, ReadingError, SettingsError, TaxonomyError

if TYPE_CHECKING:
    from matcher.api import Matcher
    from matcher.model import MatchResult, Profile
    from matcher.vectorizer import SkillVectorizer

__all__ = [
    "MatchResult",
    "Matcher",
    "MatcherError",
    "MissingExtraError",
    "Profile",
    "ReadingError",
    "SettingsError",
    "SkillVectorizer",
    "TaxonomyError",
    "__version__",
]

try:
    __version__ = version("matcher")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"

_HOMES = {
    "Matcher": "matcher.api",
    "Profile": "matcher.model",
    "MatchResult": "matcher.model",
    "SkillVectorizer": "matcher.vectorizer",
}


def __getattr__(name: str) -> Any:
    # Loaded when first used, so that `matcher --help` need not wait for the taxonomy's machinery.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
