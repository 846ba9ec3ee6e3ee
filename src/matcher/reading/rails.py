"""Labels in a rail at the left, and what stands at the right of a tall text. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.reading.columns import Row
from matcher.reading.words import Chunk

# Only names of sections that are never the name of a kind of skills: "Languages" and "Tools" are both.
_SECTIONS = frozenset(
    name.strip()
    for name in """
    about me, achievements, activities, additional experience, awards, career history, certifications, education,
    education and training, employment, employment history, experience, honors, honors and awards, honours, interests,
    internships, key skills, leadership, objective, personal projects, professional experience, professional summary,
    profile, projects, publications, references, research, research experience, skills, skills and interests,
    skills and tools, summary, teaching, technical skills, training, volunteer experience, volunteering,
    work experience, work history
    """.split(",")
)
_RAIL_SHARE = 0.42  # of the width of the text: where the body begins at the latest
_EDGE = 2.0
_TALL = 1.3


def section_labels(rows: Sequence[Row]) -> dict[int, Chunk | None]:
    """First chunks, by id, that name a section and share their line with its text; for each the rest of the name.

    The rest stands at the same edge one line below. One such line may be chance, so at least two are asked for.
    """
    if not rows:
        return {}
    left = min(row[0].x0 for row in rows)
    body = left + _RAIL_SHARE * (max(row[-1].x1 for row in rows) - left)
    found: dict[int, Chunk | None] = {}
    for index, row in enumerate(rows):
        if len(row) < 2 or row[0].x0 > left + _EDGE or row[1].x0 > body or id(row[0]) in map(id, found.values()):
            continue
        below = rows[index + 1][0] if index + 1 < len(rows) else None
        if below is not None and _is_section(f"{row[0].text} {below.text}") and _goes_on(row[0], below):
            found[id(row[0])] = below
        elif _is_section(row[0].text) and not all(_is_section(chunk.text) for chunk in row[1:]):
            found[id(row[0])] = None
    return found if len(found) > 1 else {}


def _is_section(text: str) -> bool:
    return text.lower().replace("&", "and").rstrip(" :") in _SECTIONS


def _goes_on(label: Chunk, below: Chunk) -> bool:
    return (
        abs(below.x0 - label.x0) <= _EDGE
        and abs(below.size - label.size) <= 0.5
        and below.baseline - label.baseline <= 1.9 * label.size
    )


def tall_first(rows: Sequence[Row]) -> list[Row]:
    """The rows with a tall text at the left (a name) before the small ones at its right (its contacts).

    They stand higher by their baselines and beside it by its height. Of a block of lines that begins above the tall
    text all lines follow it.
    """
    ordered: list[Row] = []
    for row in rows:
        tall = row[0]
        start = len(ordered)
        while start and _is_beside(tall, ordered[start - 1], ordered[start] if start < len(ordered) else None):
            start -= 1
        if start == len(ordered):
            ordered.append(row)
        else:
            ordered[start:] = [[tall], *ordered[start:], *([row[1:]] if len(row) > 1 else [])]
    return ordered


def _is_beside(tall: Chunk, row: Row, below: Row | None) -> bool:
    """Whether a row stands at the right of a tall text, or goes on upwards from one that does."""
    if row[0].x0 < tall.x1 or tall.size < _TALL * max(chunk.size for chunk in row):
        return False
    if row[0].bottom > tall.top:
        return True
    if below is None:
        return False
    near = below[0].baseline - row[0].baseline <= 1.9 * max(below[0].size, row[0].size)
    return near and (abs(below[0].x0 - row[0].x0) <= _EDGE or abs(below[-1].x1 - row[-1].x1) <= _EDGE)
