"""What of a profile or a result is kept and shown: all of it, or in blind mode all but personal details."""

from __future__ import annotations

from typing import TypeVar

from matcher.model import MatchResult, Profile

_Item = TypeVar("_Item", Profile, MatchResult)


def covered(item: _Item, *, blind: bool) -> _Item:
    """The item itself, or in blind mode one with personal details covered, see :func:`matcher.privacy.blind`."""
    if not blind:
        return item
    # Only blind mode needs this room, and its patterns take a while to compile.
    from matcher import privacy

    return privacy.blind(item)
