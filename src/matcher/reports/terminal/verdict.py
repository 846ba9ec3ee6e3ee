"""Whether a report still holds, for a terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol

from rich.console import Console
from rich.text import Text

from matcher.reports.safe import one_line, visible
from matcher.reports.terminal.draw import heading, indented

_MOST = 40


class Differs(Protocol):
    """A place in a report at which two sides differ."""

    @property
    def place(self) -> str:
        """Where."""

    @property
    def reported(self) -> Any:
        """What the report says."""

    @property
    def recomputed(self) -> Any:
        """What comes out now."""


def print_replay(console: Console, report: str, explanation: str, differences: Sequence[Differs]) -> None:
    """Print the verdict and the places that differ."""
    console.print(Text(f"{visible(report)}: {explanation}"))
    if not differences:
        return
    count = len(differences)
    console.print(heading(f"{count} {'place differs' if count == 1 else 'places differ'}"))
    for item in differences[:_MOST]:
        words = f"{one_line(item.place)}: {_value(item.reported)} in the report, {_value(item.recomputed)} now"
        console.print(indented("  -", words))
    if count > _MOST:
        console.print(Text(f"  and {count - _MOST} more; --format json has all of them"))


def _value(value: object) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = one_line(text)
    return text if len(text) <= 80 else f"{text[:79]}…"
