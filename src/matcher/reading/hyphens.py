"""Words broken over two lines by a hyphen, put together on the first of the two. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.reading.draft import Draft

_BROKEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-\Z")
_REST = re.compile(r"([^\W\d_]+)([.,;:)!?'’]*)(?=\s|\Z|-|/)")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# First parts of compounds that keep their hyphen.
_COMPOUND = frozenset(
    """
    all anti back best break built case client close cloud co cost cross customer data day decision deep
    detail domain double e early end event ever ex fact fast feature few first five forward four free
    front full fully future go goal half hand hands hard high higher highly home human in industry inter
    key large lead life light line long low lower machine mid mission mono multi near new next no non
    object off on one open out over part peer people pixel point policy post pre pro problem product
    profit quality quasi quick re read real results risk role rule run self semi server service set
    seven short side single six small software solution state step sub super system task team ten test
    third three time to top triple two type under up user value vice voice web well white wide work
    world write year zero
    """.split()
)


def rejoin(drafts: Sequence[Draft]) -> list[Draft]:
    """The lines with broken words whole again; a line that loses its only word is dropped."""
    words = {word.lower() for draft in drafts for word in _WORDS.findall(draft.text.rstrip("-"))}
    result: list[Draft] = []
    for draft in drafts:
        prior = result[-1] if result else None
        if prior is not None and prior.text.endswith("-") and prior.column == draft.column and draft.text:
            broken = _BROKEN.search(prior.text)
            rest = _REST.match(draft.text)
            if broken is not None and rest is not None and rest[1][0].islower():
                prior.text = prior.text[: broken.start()] + _whole(broken[1], rest[1], words) + rest[2]
                remaining = draft.text[rest.end() :]
                if remaining[:1] in "-/" and remaining:
                    tail, _, remaining = remaining.partition(" ")
                    prior.text += tail
                draft.text = remaining.lstrip()
                if not draft.text:
                    continue
        result.append(draft)
    return result


def _whole(start: str, rest: str, words: set[str]) -> str:
    joined, hyphened = start + rest, f"{start}-{rest}"
    if joined.lower() in words:
        return joined
    if hyphened.lower() in words or "-" in start or start.lower() in _COMPOUND or start.isupper():
        return hyphened
    return joined
