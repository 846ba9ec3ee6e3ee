"""Fuzzing for as long as one likes: ``python benchmarks/fuzz.py --minutes 30 [--seed N] [--keep FOLDER]``.

Damages the samples and small documents of every format, reads them, and scores every fifth that can be read. Whatever
is neither a sound answer nor an error for users is a bug: its input is kept in FOLDER and its trace is shown.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "fuzz"))

from mutate import mutated, mutated_archive
from targets import ScoreTarget, check_reading, seeds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"))
    options = parser.parse_args()
    corpus = seeds()
    others = [data for _, data in corpus]
    target = ScoreTarget()
    counts, kinds = Counter[str](), Counter[str]()
    slowest = (0.0, "")
    begun = time.monotonic()
    number = 0
    while time.monotonic() - begun < options.minutes * 60:
        number += 1
        random_ = random.Random(f"{options.seed} {number}")
        name, data = random_.choice(corpus)
        damage = mutated_archive if data.startswith(b"PK") and random_.random() < 0.5 else mutated
        bad = damage(data, others, random_)
        start = time.monotonic()
        try:
            document = check_reading(name, bad)
            counts["refused" if document is None else "read"] += 1
            if document is not None and number % 5 == 0:
                target.check(document)
                counts["scored"] += 1
        except Exception as error:  # a bug of any kind is what this looks for
            place = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
            kinds[kind] += 1
            if kinds[kind] == 1:
                options.keep.mkdir(parents=True, exist_ok=True)
                kept = options.keep / f"{options.seed}-{number}-{name}"
                kept.write_bytes(bad)
                print(f"bug: {kind}; kept as {kept}")
                traceback.print_exc()
        took = time.monotonic() - start
        slowest = max(slowest, (took, f"{name}, number {number}"))
    print(
        f"{number} documents: {dict(counts)}; slowest {slowest[0]:.1f} s ({slowest[1]}); bugs: {dict(kinds) or 'none'}"
    )
    return 1 if kinds else 0


if __name__ == "__main__":
    raise SystemExit(main())
