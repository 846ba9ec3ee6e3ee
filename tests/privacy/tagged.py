"""Resumes in which what is personal is marked: ``{{kind|words}}``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

TAG = re.compile(r"\{\{([a-z-]+)\|(.*?)\}\}")


def cases(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each resume as plain text, with the kinds and words of what is marked in it, in order."""
    for block in path.read_text(encoding="utf-8").split("\n====\n"):
        yield TAG.sub(lambda match: match[2], block), [(match[1], match[2]) for match in TAG.finditer(block)]


def places(text: str, marked: list[tuple[str, str]]) -> Iterator[tuple[str, int, int]]:
    """Kind, beginning and end of each mark in the plain text."""
    at = 0
    for kind, words in marked:
        start = text.index(words, at)
        at = start + len(words)
        yield kind, start, at


def found(text: str, marked: list[tuple[str, str]], covered: str) -> list[tuple[str, str, bool]]:
    """For each mark, in order of place, whether all its letters and digits are covered in ``covered``."""
    return [
        (kind, text[start:end], not any(char.isalnum() for char in covered[start:end]))
        for kind, start, end in places(text, marked)
    ]
