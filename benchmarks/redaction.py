"""How much of what is personal blind mode covers, and what it covers besides.

    python benchmarks/redaction.py [FILE ...]

Each file holds resumes in which what is personal is marked ``{{kind|words}}``, with ``====`` between them (the sets in
``tests/privacy`` without a FILE). Recall is the share of marks whose letters and figures are all covered. A word
that is covered and not marked counts as wrongly covered: labels and titles beside a mark are among them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from matcher.privacy import blind
from matcher.reading import read_text

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "privacy"))

from tagged import cases, places  # noqa: E402

CORE = ("name", "e-mail", "phone", "address", "link")
_WORD = re.compile(r"[^\W_]+")


def measure(path: Path) -> tuple[Counter[str], Counter[str], int, int]:
    """Marks by kind, marks that are covered, words wrongly covered, words in all."""
    there, covered, wrong, words = Counter[str](), Counter[str](), 0, 0
    for text, marked in cases(path):
        document = read_text(text, "resume")
        shown = blind(document).text
        inside = [False] * len(document.text)
        for kind, start, end in places(document.text, marked):
            inside[start:end] = [True] * (end - start)
            there[kind] += 1
            covered[kind] += not any(char.isalnum() for char in shown[start:end])
        for match in _WORD.finditer(document.text):
            words += 1
            wrong += (
                not any(inside[match.start() : match.end()]) and shown[match.start() : match.end()] != match.group()
            )
    return there, covered, wrong, words


def main() -> None:
    """Print recall by kind and the share of words wrongly covered, for each file."""
    files = [Path(name) for name in sys.argv[1:]] or [
        ROOT / "tests" / "privacy" / "cases.txt",
        *sorted((ROOT / "tests" / "privacy" / "sets").glob("*.txt")),
    ]
    for path in files:
        there, covered, wrong, words = measure(path)
        core = sum(covered[kind] for kind in CORE) / sum(there[kind] for kind in CORE)
        shares = ", ".join(f"{kind} {covered[kind]}/{there[kind]}" for kind in sorted(there))
        print(f"{path.name}: recall {core:.3f} over {', '.join(CORE)}; {wrong} of {words} words wrongly covered")
        print(f"  {shares}")


if __name__ == "__main__":
    main()
