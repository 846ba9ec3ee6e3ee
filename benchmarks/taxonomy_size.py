"""Extraction time per document with taxonomies of 900, 10,000 and 100,000 names, side by side in one run.

Usage: python benchmarks/taxonomy_size.py [--documents N] [--rounds N]

The small taxonomy is cut out of the bundled one. The larger ones add made-up names, most of them of two or three words
that real documents use as well, so that looking them up costs what it would cost with real names; few are found. The
documents are made of the bundled taxonomy's own example sentences. The taxonomies take turns within each round, so
that a busy machine slows all of them alike; reported is the best round of each.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator

from matcher.extraction.extract import Extractor
from matcher.model import Document
from matcher.reading import read_text
from matcher.taxonomy.compiled import compile_lexicon
from matcher.taxonomy.loader import load
from matcher.taxonomy.names import name_key
from matcher.taxonomy.schema import Skill, Taxonomy

SIZES = (900, 10_000, 100_000)
_BULLETS = 40


def cut(taxonomy: Taxonomy, names: int) -> Taxonomy:
    """Skills from all over ``taxonomy`` that hold ``names`` names between them, with their patterns."""
    kept: dict[str, Skill] = {}
    skills = list(taxonomy.skills.values())
    stride = max(1, sum(len(skill.names) for skill in skills) // names)
    total = 0
    for skill in (skill for first in range(stride) for skill in skills[first::stride]):
        if total + len(skill.names) <= names:
            kept[skill.id] = skill
            total += len(skill.names)
    linked = {
        skill.id: skill.model_copy(
            update={
                "broader": tuple(other for other in skill.broader if other in kept),
                "related": tuple(other for other in skill.related if other in kept),
            }
        )
        for skill in kept.values()
    }
    return taxonomy.model_copy(update={"skills": linked})


def grown(taxonomy: Taxonomy, names: int, made_up: Iterator[str]) -> Taxonomy:
    """``taxonomy`` with skills of made-up names, three names each, until it holds ``names`` names."""
    skills = dict(taxonomy.skills)
    total = sum(len(skill.names) for skill in skills.values())
    taken = {name_key(name) for skill in skills.values() for name in skill.names}
    while total < names:
        fresh: list[str] = []
        while len(fresh) < min(3, names - total):
            name = next(made_up)
            if name_key(name) not in taken:
                taken.add(name_key(name))
                fresh.append(name)
        skill = Skill(id=f"made-up-{len(skills)}", name=fresh[0], kind="tool", aliases=tuple(fresh[1:]))
        skills[skill.id] = skill
        total += len(fresh)
    return taxonomy.model_copy(update={"skills": skills})


def made_up_names(words: list[str], chance: random.Random) -> Iterator[str]:
    syllables = ["ka", "lo", "mi", "ra", "ven", "tor", "zu", "pel", "qui", "dra", "sel", "nox", "bri", "fan", "gol"]
    while True:
        kind = chance.random()
        invented = "".join(chance.choices(syllables, k=chance.randint(2, 4)))
        if kind < 0.3:
            yield invented
        elif kind < 0.7:
            yield f"{chance.choice(words)} {invented}"
        else:
            yield f"{chance.choice(words)} {chance.choice(words)} {invented}"


def documents(taxonomy: Taxonomy, count: int, chance: random.Random) -> list[Document]:
    sentences = [sentence for skill in taxonomy.skills.values() for sentence in skill.examples]
    made = []
    for number in range(count):
        chosen = chance.sample(sentences, _BULLETS)
        lines = ["A. Person", "Engineer", "", "Experience", *(f"- {line}" for line in chosen[:-8]), "", "Skills"]
        lines.append(", ".join(skill.name for skill in chance.sample(list(taxonomy.skills.values()), 25)))
        lines += ["", "Projects", *(f"- {line}" for line in chosen[-8:])]
        made.append(read_text("\n".join(lines), "resume", source=f"document {number}"))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    chance = random.Random(7)
    bundled = load()
    made = documents(bundled, options.documents, chance)
    words = sorted({word for document in made for word in document.text.split() if word.isalpha()})
    small = cut(bundled, SIZES[0])
    sizes = [small, *(grown(small, size, made_up_names(words, random.Random(size))) for size in SIZES[1:]), bundled]
    labels = [*(f"{size:,}" for size in SIZES), "bundled"]

    extractors, builds = [], []
    for taxonomy in sizes:
        start = time.perf_counter()
        extractors.append(Extractor(taxonomy, compile_lexicon(taxonomy)))
        builds.append(time.perf_counter() - start)
    for extractor in extractors:
        # The first documents pay for patterns that are compiled when they are first needed.
        for document in made:
            extractor.extract(document)
    best = [float("inf")] * len(sizes)
    found = [0] * len(sizes)
    for _ in range(options.rounds):
        for index, extractor in enumerate(extractors):
            start = time.perf_counter()
            found[index] = sum(len(extractor.extract(document).mentions) for document in made)
            best[index] = min(best[index], (time.perf_counter() - start) / len(made))

    print(f"{len(made)} documents of {sum(len(document.text.split()) for document in made) // len(made)} words\n")
    print(
        f"{'taxonomy':>10} {'names':>8} {'patterns':>9} {'compile':>9} {'ms/document':>12} {'ratio':>6} {'mentions':>9}"
    )
    for label, taxonomy, build, seconds, mentions in zip(labels, sizes, builds, best, found, strict=True):
        names = sum(len(skill.names) for skill in taxonomy.skills.values())
        patterns = sum(len(skill.patterns) for skill in taxonomy.skills.values())
        print(
            f"{label:>10} {names:>8,} {patterns:>9,} {build:>7.2f} s {seconds * 1000:>12.2f}"
            f" {seconds / best[0]:>6.2f} {mentions:>9,}"
        )


if __name__ == "__main__":
    main()
