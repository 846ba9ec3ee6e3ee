"""Against expert-annotated skill spans (SkillSpan, CoNLL: token, skill layer, knowledge layer).

Usage: python benchmarks/skillspan.py FILE.conll [--by-skill]

Prints the recall on the spans of the knowledge layer, and the share of our mentions that overlap a gold span of
either layer. The file has no line breaks of the original posting beyond its sentences, so each sentence is a line.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matcher import Matcher
from matcher.model import Document, Line, Span

HEADING = "Requirements:\n"


@dataclass
class Posting:
    """A posting as text, with its gold spans as offsets."""

    text: str
    skill: list[tuple[int, int]]
    knowledge: list[tuple[int, int]]


def postings(path: Path) -> Posting:
    """All postings of a file as one text, a sentence a line."""
    pieces = [HEADING]
    layers: dict[int, list[tuple[int, int]]] = {1: [], 2: []}
    position = len(HEADING)
    for sentence in path.read_text().split("\n\n"):
        rows = [line.split("\t") for line in sentence.split("\n") if line.count("\t") >= 2]
        if not rows:
            continue
        places = []
        for row in rows:
            places.append((position, position + len(row[0])))
            position += len(row[0]) + 1
        pieces.append(" ".join(row[0] for row in rows) + "\n")
        for layer in (1, 2):
            for index, row in enumerate(rows):
                if row[layer][:1] == "B":
                    end = index
                    while end + 1 < len(rows) and rows[end + 1][layer][:1] == "I":
                        end += 1
                    layers[layer].append((places[index][0], places[end][1]))
    return Posting("".join(pieces), layers[1], layers[2])


def _lines(text: str) -> list[Line]:
    lines, position = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Line(Span(position, position + len(line))))
        position += len(line) + 1
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--by-skill", action="store_true", help="list how often each skill lies outside of gold spans")
    parser.add_argument("--missed", action="store_true", help="list the knowledge spans in which nothing was found")
    arguments = parser.parse_args()
    matcher = Matcher(as_of=date(2026, 11, 20))
    inside: Counter[tuple[str, bool]] = Counter()
    outside: Counter[tuple[str, bool]] = Counter()
    examples: dict[tuple[str, bool], list[str]] = defaultdict(list)
    recalled = total = 0
    missed: Counter[str] = Counter()
    posting = postings(arguments.file)
    # Not through the reader: it mends layout, and the gold spans are offsets into this very text.
    document = Document("spans", "", "posting", posting.text, tuple(_lines(posting.text)))
    for extraction in (matcher._extractor.extract(document),):
        spans = []
        for mention in extraction.mentions:
            for place in (mention.evidence,):
                start, end = place.start, place.end
                spans.append((start, end))
                skill_id = mention.skill_id
                named = mention.named
                hit = any(start < e and s < end for s, e in (*posting.skill, *posting.knowledge))
                (inside if hit else outside)[(skill_id, named)] += 1
                if not hit:
                    examples[(skill_id, named)].append(" ".join(place.text.split())[:60])
        for s, e in posting.knowledge:
            total += 1
            hit = any(start < e and s < end for start, end in spans)
            recalled += hit
            if not hit:
                missed[posting.text[s:e].lower()] += 1
    ours = sum(inside.values()) + sum(outside.values())
    print(f"knowledge spans found: {recalled} of {total}  {recalled / max(1, total):.3f}")
    print(f"our mentions inside a gold span: {sum(inside.values())} of {ours}  {sum(inside.values()) / max(1, ours):.3f}")
    if arguments.by_skill:
        for key, count in outside.most_common(150):
            print(f"{key[0]:35} {'name' if key[1] else 'phrase':7} outside {count:3d} inside {inside[key]:3d}  {examples[key][:4]}")
    if arguments.missed:
        for text, count in missed.most_common(150):
            print(count, text)


if __name__ == "__main__":
    main()
