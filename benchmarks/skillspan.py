"""Against expert-annotated skill spans (SkillSpan, CoNLL: token, skill layer, knowledge layer).

Usage: python benchmarks/skillspan.py FILE.conll [--by-skill] [--missed]

Prints the recall on the spans of the knowledge layer, and the share of our mentions that overlap a gold span of
either layer. The files have sentences without the layout around them, so each sentence is read as one that asks.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matcher import Matcher
from matcher.model import Document, Line, Span

HEADING = "Requirements:\n"


@dataclass
class Sentence:
    """A sentence below a heading, with its gold spans as offsets."""

    text: str
    skill: list[tuple[int, int]]
    knowledge: list[tuple[int, int]]


def sentences(path: Path) -> Iterator[Sentence]:
    """The annotated sentences of a file."""
    for block in path.read_text().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line.count("\t") >= 2]
        if not rows:
            continue
        places, position = [], len(HEADING)
        for row in rows:
            places.append((position, position + len(row[0])))
            position += len(row[0]) + 1
        yield Sentence(HEADING + " ".join(row[0] for row in rows), _spans(rows, places, 1), _spans(rows, places, 2))


def _spans(rows: list[list[str]], places: list[tuple[int, int]], layer: int) -> list[tuple[int, int]]:
    spans = []
    for index, row in enumerate(rows):
        if row[layer][:1] == "B":
            end = index
            while end + 1 < len(rows) and rows[end + 1][layer][:1] == "I":
                end += 1
            spans.append((places[index][0], places[end][1]))
    return spans


def _document(text: str) -> Document:
    # Not through the reader: it mends layout, and the gold spans are offsets into this very text.
    end = len(HEADING) - 1
    return Document("sentence", "", "posting", text, (Line(Span(0, end)), Line(Span(end + 1, len(text)))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--by-skill", action="store_true", help="list how often each skill lies outside of gold spans")
    parser.add_argument("--missed", action="store_true", help="list the knowledge spans in which nothing was found")
    arguments = parser.parse_args()
    extractor = Matcher(as_of=date(2026, 11, 20))._extractor
    inside: Counter[tuple[str, bool]] = Counter()
    outside: Counter[tuple[str, bool]] = Counter()
    examples: dict[tuple[str, bool], list[str]] = defaultdict(list)
    recalled = total = 0
    missed: Counter[str] = Counter()
    for sentence in sentences(arguments.file):
        ours = []
        for mention in extractor.extract(_document(sentence.text)).mentions:
            start, end = mention.evidence.start, mention.evidence.end
            ours.append((start, end))
            key = (mention.skill_id, mention.named)
            hit = any(start < e and s < end for s, e in (*sentence.skill, *sentence.knowledge))
            (inside if hit else outside)[key] += 1
            if not hit:
                examples[key].append(mention.evidence.text[:60])
        for s, e in sentence.knowledge:
            total += 1
            hit = any(start < e and s < end for start, end in ours)
            recalled += hit
            if not hit:
                missed[sentence.text[s:e].lower()] += 1
    hits, count = sum(inside.values()), sum(inside.values()) + sum(outside.values())
    print(f"knowledge spans found: {recalled} of {total}  {recalled / max(1, total):.3f}")
    print(f"our mentions inside a gold span: {hits} of {count}  {hits / max(1, count):.3f}")
    if arguments.by_skill:
        for key, number in outside.most_common(150):
            how = "name" if key[1] else "phrase"
            print(f"{key[0]:35} {how:7} outside {number:3d} inside {inside[key]:3d}  {examples[key][:4]}")
    if arguments.missed:
        for text, number in missed.most_common(200):
            print(number, text)


if __name__ == "__main__":
    main()
