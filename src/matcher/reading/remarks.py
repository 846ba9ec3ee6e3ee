"""The notices that more than one format gives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model import Notice

_NAMED_WORDS = 40
_PAGE_WORD = re.compile(r"(?:page|of|\W*\d{1,3}\W*)\Z", re.IGNORECASE)


def hidden_text(words: Sequence[str]) -> list[Notice]:
    """What to say about text that a person would not see; a page number may be lost without a word."""
    if all(_PAGE_WORD.match(word) for word in words):
        return []
    named = " ".join(words[:_NAMED_WORDS]) + (" ..." if len(words) > _NAMED_WORDS else "")
    return [Notice("hidden-text", f"text that is not visible on the page was left out: {named}")]
