"""Match resumes with job postings: skills, levels, a score that is the sum of its explanations."""

from __future__ import annotations

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

# Written here and read by the build: asking the installed package's metadata takes a fifth of the time of `--help`.
__version__ = "0.1.0"

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
