"""Glyphs to words, words to rows of chunks: what stands close together on one baseline. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median

from matcher.reading.glyphs import Glyph, Style

# In ems. Word spaces in justified LaTeX shrink to 0.22; kerning opens at most 0.08 inside a word.
_WORD_GAP = 0.15
_HINTED_GAP = 0.05
_CHUNK_GAP = 0.85
_SAME_BASELINE = 0.15


@dataclass(slots=True)
class Word:
    """Glyphs that touch. ``first`` and ``last`` are places in the order in which the page is painted."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    style: Style
    first: int
    last: int
    space_after: bool = False


@dataclass(slots=True)
class Chunk:
    """Words of one baseline with nothing wider than a word space between them."""

    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    first: int
    last: int

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)


def words_of(glyphs: Iterable[Glyph]) -> list[Word]:
    """Words in painting order; a gap, a jump, another baseline or a space ends a word."""
    words: list[Word] = []
    letters: list[str] = []
    x0 = x1 = top = bottom = base = size = drawn_at = 0.0
    style: Style | None = None
    lead: Style | None = None
    first = last = 0
    hinted = False
    for index, glyph in enumerate(glyphs):
        text, left, high, right, low, baseline, glyph_style = glyph
        if text == " ":
            if letters and lead is not None:
                words.append(Word("".join(letters), x0, top, x1, bottom, base, size, lead, first, last, True))
                letters = []
            hinted = False
            continue
        if not text:
            hinted = True
            continue
        if letters and lead is not None:
            gap = left - x1
            # A ligature's letters share one box.
            if not (left == drawn_at and baseline == base) and (
                gap > (_HINTED_GAP if hinted else _WORD_GAP) * size
                or gap < -0.6 * size
                or (baseline - base > 0.1 * size or base - baseline > 0.1 * size)
            ):
                words.append(Word("".join(letters), x0, top, x1, bottom, base, size, lead, first, last, hinted))
                letters = []
        if letters:
            letters.append(text)
            if right > x1:
                x1 = right
            if glyph_style is not style:
                style = glyph_style
                top, bottom, size = min(top, high), max(bottom, low), max(size, style.size)
        else:
            letters = [text]
            x0, x1, top, bottom, base = left, right, high, low, baseline
            style = lead = glyph_style
            size = style.size if style.size > 0.5 else bottom - top
            first = index
        last, drawn_at, hinted = index, left, False
    if letters and lead is not None:
        words.append(Word("".join(letters), x0, top, x1, bottom, base, size, lead, first, last))
    return words


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words grouped by baseline from the top of the page down, each row from left to right."""
    rows: list[list[Word]] = []
    base = size = 0.0
    for word in sorted(words, key=attrgetter("baseline")):
        if rows and word.baseline - base <= max(1.2, _SAME_BASELINE * min(size, word.size)):
            rows[-1].append(word)
        else:
            rows.append([word])
            base, size = word.baseline, word.size
    rows = _with_raised(rows)
    for row in rows:
        row.sort(key=attrgetter("x0"))
    return [_joined(row) for row in rows]


def _with_raised(rows: list[list[Word]]) -> list[list[Word]]:
    # Superscripts and the like stand off the baseline, are smaller, and touch a word of the row next to theirs.
    merged: list[list[Word]] = []
    for index, row in enumerate(rows):
        if len(row) <= 4 and len(rows) > 1:
            neighbours = merged[-1:] + rows[index + 1 : index + 2]
            for other in neighbours:
                if all(any(_raised(word, host) for host in other) for word in row):
                    other.extend(row)
                    break
            else:
                merged.append(row)
        else:
            merged.append(row)
    return merged


def _raised(word: Word, host: Word) -> bool:
    if word.size < 0.85 * host.size:
        letters, shift = 4, 0.6
    else:
        letters, shift = 1, 0.35  # the lowered E of TeX
    return (
        len(word.text) <= letters
        and abs(word.baseline - host.baseline) < shift * host.size
        and -0.45 * host.size < word.x0 - host.x1 < 0.2 * host.size
    )


def _joined(row: list[Word]) -> list[Word]:
    """Pieces of one word put together again, and words painted twice for weight or shadow kept once."""
    kept: list[Word] = []
    for word in row:
        if kept:
            prior = kept[-1]
            if word.text == prior.text and abs(word.x0 - prior.x0) < 0.12 * word.size:
                continue
            gap = word.x0 - prior.x1
            if not prior.space_after and -0.45 * word.size < gap <= _WORD_GAP * min(word.size, prior.size):
                kept[-1] = _merged(prior, word)
                continue
        kept.append(word)
    return kept


def _merged(left: Word, right: Word) -> Word:
    longer = left if len(left.text) >= len(right.text) else right
    return Word(
        left.text + right.text,
        left.x0,
        min(left.top, right.top),
        max(left.x1, right.x1),
        max(left.bottom, right.bottom),
        longer.baseline,
        max(left.size, right.size),
        longer.style,
        min(left.first, right.first),
        max(left.last, right.last),
        right.space_after,
    )


def chunks_of(row: Sequence[Word]) -> list[Chunk]:
    """A row cut where the gap is too wide to be a word space."""
    row, widened = _tightened(row)
    groups: list[list[Word]] = []
    limit = _chunk_gap(row) + widened
    for word in row:
        if groups:
            prior = groups[-1][-1]
            gap = word.x0 - prior.x1
            size = max(word.size, prior.size)
            jumped = not 0 < word.first - prior.last <= 3
            apart = gap > limit * size or (jumped and gap > 0.5 * size)
            if not apart or _is_marker(groups[-1], gap, size):
                groups[-1].append(word)
                continue
        groups.append([word])
    return [chunk_from(group) for group in groups]


def _tightened(row: Sequence[Word]) -> tuple[Sequence[Word], float]:
    """A row whose letters are spaced out ("S K I L L S") as words, and by how many ems its gaps are too wide."""
    single = sum(1 for word in row if len(word.text) == 1 and word.text.isalnum())
    if single < 4 or single < 0.6 * len(row):
        return row, 0.0
    gaps = [
        right.x0 - left.x1 for left, right in pairwise(row) if len(left.text) == 1 and right.x0 - left.x1 < left.size
    ]
    if len(gaps) < 3:
        return row, 0.0
    usual = median(gaps)
    words = [row[0]]
    for word in row[1:]:
        if word.x0 - words[-1].x1 <= 1.3 * usual + 0.05 * word.size:
            words[-1] = _merged(words[-1], word)
        else:
            words.append(word)
    return words, 2 * usual / max(row[0].size, 1.0)


_MARKER = re.compile(r"[^\w\s]{1,2}\Z|o\Z|\(?\d{1,2}[.)]\Z|[\ue000-\uf8ff]\Z")


def _is_marker(group: list[Word], gap: float, size: float) -> bool:
    # A bullet or a number stands apart from its item and still belongs to it.
    return len(group) == 1 and gap <= 4 * size and _MARKER.match(group[0].text) is not None


def is_marked(chunk: Chunk) -> bool:
    """Whether a chunk begins with a bullet or a number."""
    return len(chunk.words) > 1 and _MARKER.match(chunk.words[0].text) is not None


def _chunk_gap(row: Sequence[Word]) -> float:
    # In letter-spaced or widely justified rows the ordinary gap is wide already.
    gaps = [(right.x0 - left.x1) / max(left.size, right.size, 1.0) for left, right in pairwise(row)]
    if len(gaps) < 4:
        return _CHUNK_GAP
    return min(1.6, max(_CHUNK_GAP, 2.2 * median(gaps)))


def chunk_from(words: list[Word]) -> Chunk:
    """The chunk that these words of one row make, from left to right."""
    sizes = [word.size for word in words]
    return Chunk(
        words,
        words[0].x0,
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
        words[0].baseline,
        max(sizes),
        min(word.first for word in words),
        max(word.last for word in words),
    )
