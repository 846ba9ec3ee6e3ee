"""Types of arguments and options that speak plainly where a value is wrong."""

from __future__ import annotations

from math import isnan
from typing import Any

import click


class Named(click.Path):
    """A file that a command reads. Whether it can be read the reader says, in the words that a batch has for it."""

    def __init__(self) -> None:
        super().__init__(readable=False)


class Number(click.FloatRange):
    """A number within limits, which says so in plain words where it is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Parse the number."""
        try:
            wrong = isinstance(value, bool) or isnan(float(value))
        except (TypeError, ValueError):
            wrong = True
        if wrong:
            self.fail(f"{str(value)!r} is not a number", param, ctx)
        number: float = super().convert(value, param, ctx)
        return number


class Whole(click.IntRange):
    """A whole number within limits, which says so in plain words where it is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Parse the number."""
        try:
            wrong = isinstance(value, bool) or int(value) != float(value)
        except (TypeError, ValueError, OverflowError):
            wrong = True
        if wrong:
            self.fail(f"{str(value)!r} is not a whole number", param, ctx)
        number: int = super().convert(value, param, ctx)
        return number
