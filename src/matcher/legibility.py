"""How much of a text is letters that a person could have written."""

from __future__ import annotations

import unicodedata

# Private, unassigned, surrogate and control characters; line breaks and tabs separate words and do not come here.
_NO_LETTERS = frozenset({"Co", "Cn", "Cs", "Cc"})
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# What PDF readers write for a glyph whose letter the file does not tell.
_UNKNOWN_GLYPH = "(cid:"


def legible_share(text: str) -> float:
    """The share of words without an unreadable character, from 0 to 1; 0 where there are no words."""
    # Most texts have none; the whole is looked at faster than its words.
    if not text.isspace() and not _broken(text.replace("\n", " ").replace("\t", " ")):
        return 1.0 if text else 0.0
    words = text.split()
    return 1 - sum(map(_broken, words)) / len(words) if words else 0.0


def _broken(word: str) -> bool:
    return (
        _REPLACEMENT in word
        or _UNKNOWN_GLYPH in word
        or (not word.isprintable() and any(unicodedata.category(letter) in _NO_LETTERS for letter in word))
    )
