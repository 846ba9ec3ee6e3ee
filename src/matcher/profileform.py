"""Profiles as JSON and back, for stores and between processes.

What is written is the whole profile except the name it was read under, and of the text only the lines that a statement
points into: a header with a name and an address is left out, and so are all links. The profile that comes back has a
text of the same length, so that all offsets hold, with line breaks in place of what was left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pydantic import TypeAdapter

from matcher.model import Evidence, Profile, Unrecognised


@dataclass(frozen=True, slots=True)
class _Form:
    """A profile without its text, the text's length, and the lines kept, each with its offset."""

    profile: Profile
    length: int
    kept: tuple[tuple[int, str], ...]


@cache
def _adapter() -> TypeAdapter[_Form]:
    return TypeAdapter(_Form)


def dump(profile: Profile) -> bytes:
    """One line of JSON; the source's name is not in it."""
    document = profile.document
    bare = replace(profile, document=replace(document, source="", text="", lines=(), links=()))
    return _adapter().dump_json(_Form(bare, len(document.text), tuple(_kept(profile))))


def load(data: bytes, source: str) -> Profile:
    """The profile that :func:`dump` wrote, under the name ``source``.

    Raises:
        ValueError: the data is not what :func:`dump` writes.
    """
    form = _adapter().validate_json(data)
    pieces: list[str] = []
    at = 0
    for start, line in form.kept:
        pieces.extend(("\n" * (start - at), line))
        at = start + len(line)
    pieces.append("\n" * (form.length - at))
    return replace(form.profile, document=replace(form.profile.document, source=source, text="".join(pieces)))


def _kept(profile: Profile) -> Iterator[tuple[int, str]]:
    text = profile.document.text
    at = 0
    for start, end in sorted((item.start, item.end) for item in _places(profile)):
        low = max(at, text.rfind("\n", 0, start) + 1)
        high = text.find("\n", end)
        high = len(text) if high < 0 else high
        if low < high:
            yield low, text[low:high]
            at = high


def _places(profile: Profile) -> Iterator[Evidence | Unrecognised]:
    for skill in profile.skills:
        yield from skill.evidence
    for requirement in profile.requirements:
        yield from requirement.evidence
    yield from profile.unrecognised
    yield from (role.evidence for role in profile.roles)
    yield from (degree.evidence for degree in profile.degrees)
    yield from (certification.evidence for certification in profile.certifications)
    for evidence in (profile.level.evidence, profile.years_evidence):
        if evidence is not None:
            yield evidence
