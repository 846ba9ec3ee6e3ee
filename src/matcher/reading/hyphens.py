"""Words broken over two lines by a hyphen, put together on the first of the two. Pure functions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from matcher.reading.draft import Draft

_BROKEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-\Z")
_REST = re.compile(r"([^\W\d_]+)([.,;:)!?'’]*)(?=\s|\Z|-|/)")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Parts of compounds that keep their hyphen: first parts that are seldom a syllable, and second parts.
_FIRST = frozenset(
    """
    all anti case client cloud cost cross customer cutting decision domain double early eight event ex
    fault fifth five forward four front full future goal half hands hard high higher highly industry
    large lead long low lower mid mission mono multi next nine non object open part peer pixel policy
    post problem product quasi real results risk role rule second self semi seven short single six small
    state step task ten test third three top triple two type use value vendor voice well wide world year
    zero
    """.split()
)
_SECOND = frozenset(
    """
    added agnostic application art availability available aware based bound centric class cloud
    compatible day defined driven effective efficient end ended facing first flow focused free friendly
    functional generation grade growing hand hoc house impact intensive language latency learning ledger
    level line long making member minded model month native on only oriented party performance
    performing person place platform plus point policy poor premise premises purpose quality ready
    related rich running saving scale scaling series service setting side site size solving source
    spanning specific stack standard standing starter step stop sub supervised team tech tenant term
    thinking throughput tier time to tolerant touch up user volume week wide word year years
    """.split()
)


def rejoin(drafts: Sequence[Draft]) -> list[Draft]:
    """The lines with broken words whole again; a line that loses its only word is dropped."""
    words = Counter(word.lower() for draft in drafts for word in _WORDS.findall(draft.text.rstrip("-")))
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


def _whole(start: str, rest: str, words: Counter[str]) -> str:
    joined, hyphened = start + rest, f"{start}-{rest}"
    if joined.lower() in words:
        return joined
    compound = (
        "-" in start
        or start.isupper()
        or start.lower() in _FIRST
        or (rest.lower() in _SECOND and len(start) > 2)
        or hyphened.lower() in words
        # Both are words that the document has elsewhere, too: the parts of this one are counted once each.
        or (words[start.lower()] > 1 and words[rest.lower()] > 1)
    )
    return hyphened if compound else joined
