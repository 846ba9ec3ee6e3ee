"""What was worked out of a profile, kept for as long as the profile is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import ref

from matcher.model import Profile

_T = TypeVar("_T")


class Kept(Generic[_T]):
    """Works something out once for each profile.

    Profiles are told apart by identity, as they never change and comparing two of them takes its time; and nothing
    here keeps one alive.

    Args:
        work_out: what is done once; its result must not hold the profile.
    """

    def __init__(self, work_out: Callable[[Profile], _T]) -> None:
        self._work_out = work_out
        self._known: dict[int, tuple[ref[Profile], _T]] = {}

    def __reduce__(self) -> tuple[type[Kept[_T]], tuple[Callable[[Profile], _T]]]:
        # A copy begins anew: it is not told when the profiles that this one knows are gone.
        return Kept, (self._work_out,)

    def __len__(self) -> int:
        return len(self._known)

    def of(self, profile: Profile) -> _T:
        """What was worked out of ``profile``."""
        number = id(profile)
        known = self._known.get(number)
        if known is None:
            known = ref(profile, lambda _: self._known.pop(number, None)), self._work_out(profile)
            self._known[number] = known
        return known[1]
