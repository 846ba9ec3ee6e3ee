"""The text of a document cut into pieces, those behind a statement marked and numbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from matcher.reports.figures import State

MarkState = Literal[State, "unread"]
# Where pieces of evidence overlap, the mark says the best that is true of any of them.
_BEST_FIRST: tuple[MarkState, ...] = ("met", "partial", "missing", "unread")


@dataclass(frozen=True, slots=True)
class Claim:
    """A range of the text that statement ``number`` rests on; None for a line that no statement covers."""

    start: int
    end: int
    number: int | None
    state: MarkState


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text; with an ``anchor`` it is marked."""

    text: str
    anchor: str | None = None
    state: MarkState | None = None
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The pieces of a text, in order and complete, and the anchor of each range that was claimed."""

    pieces: tuple[Piece, ...]
    anchors: dict[tuple[int, int], str]


def mark(text: str, claims: Iterable[Claim], prefix: str) -> MarkedText:
    """Mark the claimed ranges of a text; ranges that overlap become one mark. Empty ranges mark nothing."""
    pieces: list[Piece] = []
    anchors: dict[tuple[int, int], str] = {}
    done = 0
    for index, cluster in enumerate(_clusters(claims), start=1):
        start, end = cluster[0].start, max(claim.end for claim in cluster)
        if done < start:
            pieces.append(Piece(text[done:start]))
        anchor = f"{prefix}{index}"
        numbers = sorted({claim.number for claim in cluster if claim.number is not None})
        state = min((claim.state for claim in cluster), key=_BEST_FIRST.index)
        pieces.append(Piece(text[start:end], anchor, state, tuple(numbers)))
        anchors |= {(claim.start, claim.end): anchor for claim in cluster}
        done = end
    if done < len(text):
        pieces.append(Piece(text[done:]))
    return MarkedText(tuple(pieces), anchors)


def _clusters(claims: Iterable[Claim]) -> list[list[Claim]]:
    clusters: list[list[Claim]] = []
    reached = 0
    for claim in sorted(claims, key=lambda claim: (claim.start, claim.end)):
        if claim.start >= claim.end:
            continue
        if clusters and claim.start < reached:
            clusters[-1].append(claim)
        else:
            clusters.append([claim])
        reached = max(reached, claim.end)
    return clusters
