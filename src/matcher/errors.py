"""The errors a user can cause, each a sentence that names the place, the cause and the remedy."""

from __future__ import annotations


class MatcherError(Exception):
    """Base of every error that a user's input can cause; its text is fit to be shown as it is."""


class ReadingError(MatcherError):
    """A file cannot be read.

    Attributes:
        source: the file's name as the user gave it.
        cause: what is wrong, e.g. ``"is encrypted and needs a password"``.
        remedy: what the user can do about it.
        code: a stable identifier of the cause, e.g. ``"encrypted"``.
    """

    def __init__(self, source: str, cause: str, remedy: str, *, code: str) -> None:
        self.source = source
        self.cause = cause
        self.remedy = remedy
        self.code = code
        super().__init__(f"{source}: {cause}; {remedy}")

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword-only arguments need help to cross a process boundary.
        return (_reading_error, (self.source, self.cause, self.remedy, self.code))


def _reading_error(source: str, cause: str, remedy: str, code: str) -> ReadingError:
    return ReadingError(source, cause, remedy, code=code)


class TaxonomyError(MatcherError):
    """The taxonomy is not valid; the text has one line per mistake, each with file and line."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class SettingsError(MatcherError):
    """A setting or an argument is not valid."""


class MissingExtraError(MatcherError):
    """An optional dependency is needed and not installed."""

    def __init__(self, extra: str, purpose: str) -> None:
        self.extra = extra
        super().__init__(f"{purpose} needs the extra '{extra}'; install it with: pip install 'matcher[{extra}]'")
