"""Whether a posting takes experience instead of a degree that it asks."""

from __future__ import annotations

import re

# As far as one requirement reaches behind the degree; the next item of a list or an empty line ends it before.
_WINDOW = 240
_NEXT_ITEM = re.compile(r"\n\s*(?:[-*+•‣▪●○◦–·»]|\d{1,2}[.)])\s|\n\s*\n")
_INSTEAD = re.compile(
    r"""
    \b(?:or|and/or)\s+(?:an?\s+|the\s+|your\s+)?(?:\w+\s+){0,2}?
        (?:equivalent|equivalence|comparable|commensurate|corresponding|similar)\b(?:\W+\w+){0,6}?\W+
        (?:experience|background|practice|work)\b
    | \bequivalent\s+(?:\w+\s+){0,3}experience\s+(?:is\s+)?(?:\w+\s+)?(?:accepted|considered|welcome|fine)\b
    | \bexperience\b(?:\W+\w+){0,3}?\W+(?:in\s+lieu|in\s+place|instead)\s+of\b
    | \b(?:in\s+lieu|in\s+place|instead)\s+of\s+(?:an?\s+|the\s+)?(?:formal\s+)?degree\b
    | \bor\s+(?:at\s+least\s+)?\d{1,2}\s*\+?\s*years\s+of\s+(?:\w+\s+){0,3}experience\s+instead\b
    | \bdegree\s+(?:or|/)\s*experience\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def takes_experience(text: str, start: int, end: int) -> bool:
    """Whether the requirement that names a degree at ``text[start:end]`` also takes equivalent experience.

    A bare "or equivalent" does not say so: it may as well mean a degree of another country.
    """
    low = text.rfind("\n", 0, start) + 1
    window = text[low : end + _WINDOW]
    stop = _NEXT_ITEM.search(window, end - low)
    return bool(_INSTEAD.search(" ".join(window[: stop.start() if stop else None].split())))
