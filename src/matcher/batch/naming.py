"""What documents are called in what a batch writes: their own names, or in blind mode pseudonyms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from matcher.batch.inputs import Found
from matcher.batch.session import Source
from matcher.batch.tasks import digest, fetched
from matcher.model import Document, DocumentKind, Failure
from matcher.reading.limits import Limits


@dataclass(frozen=True, slots=True)
class Names:
    """What resumes are called.

    Attributes:
        pseudonyms: by their own names; empty where they go by these.
    """

    pseudonyms: Mapping[str, str] = field(default_factory=dict)

    def resume(self, source: Source) -> str:
        """What a resume is called."""
        return self.pseudonyms.get(source.name, source.name)

    def others(self, source: Source) -> tuple[str, ...]:
        """Its other names; the pseudonym of a copy is the same."""
        return () if self.pseudonyms else source.others

    def failure(self, failure: Failure) -> Failure:
        """A resume's failure as it is shown; messages of the system may quote the name."""
        name = self.pseudonyms.get(failure.source)
        if name is None:
            return failure
        message = failure.message
        for own in (failure.source, PurePath(failure.source).name):
            message = message.replace(own, name)
        return replace(failure, source=name, message=message)

    def key(self) -> list[dict[str, str]]:
        """Pseudonym and name of each resume, in order of the pseudonyms."""
        pairs = sorted((name, source) for source, name in self.pseudonyms.items())
        return [{"pseudonym": name, "source": source} for name, source in pairs]


def pseudonyms(
    resumes: Iterable[Source], found: Found, failures: Iterable[tuple[DocumentKind, Failure]], limits: Limits
) -> Names:
    """Pseudonyms for all resumes.

    A document that was read has the pseudonym of its content, see :mod:`matcher.privacy.pseudonyms`, and so has one
    that could not be understood. What could not even be opened is numbered: a digest of its name could be guessed.

    Args:
        resumes: what was read.
        found: what was found.
        failures: what failed, in its order.
        limits: what one document may cost.
    """
    names = {name: _of_content(source.sha256) for source in resumes for name in (source.name, *source.others)}
    inputs = {item.name: item for item in found.inputs}
    unopened = 0
    for kind, failure in failures:
        if kind == "posting" or failure.source in names:
            continue
        item = inputs.get(failure.source)
        content = fetched(item, limits) if item is not None else None
        known = None if item is None or isinstance(content, Failure) else digest(item, content)
        unopened += known is None
        names[failure.source] = _of_content(known) if known else f"unopened-{unopened}"
    return Names(names)


def _of_content(sha256: str) -> str:
    # Only blind mode needs this room, and its patterns take a while to compile.
    from matcher.privacy.pseudonyms import pseudonym

    return pseudonym(Document("", sha256, "resume", "", ()))
