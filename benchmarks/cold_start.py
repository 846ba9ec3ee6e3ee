"""Cold start: the command line against what it cannot do without, in one run, taken in turn.

Usage: python benchmarks/cold_start.py [RUNS]

Two ratios: `matcher score` of a sample PDF against a bare script that imports spaCy and pdfplumber and reads the same
PDF; and the seconds that `matcher --help` takes beyond `import click`. One uncounted run first fills the caches.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
RESUME = SAMPLES / "resumes" / "senior-linh-brandvold.pdf"
POSTING = SAMPLES / "postings" / "ml-engineer.txt"
BARE = (
    "import spacy, pdfplumber, sys\n"
    "spacy.blank('en')\n"
    "with pdfplumber.open(sys.argv[1]) as pdf:\n"
    "    print(sum(len(page.extract_text()) for page in pdf.pages))\n"
)
COMMANDS = {
    "score": [sys.executable, "-m", "matcher", "score", str(RESUME), str(POSTING), "--as-of", "2026-11-20"],
    "bare": [sys.executable, "-c", BARE, str(RESUME)],
    "help": [sys.executable, "-m", "matcher", "--help"],
    "click": [sys.executable, "-c", "import click"],
}


def seconds(command: list[str]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(runs + 1):
        for name, command in COMMANDS.items():
            once = seconds(command)
            if number:
                times[name].append(once)
    for name, taken in times.items():
        print(f"{name:6} median {statistics.median(taken):.2f} s  ({min(taken):.2f} to {max(taken):.2f})")
    ratio = statistics.median(a / b for a, b in zip(times["score"], times["bare"], strict=True))
    beyond = statistics.median(a - b for a, b in zip(times["help"], times["click"], strict=True))
    print(f"score / bare script: {ratio:.2f}")
    print(f"--help beyond import click: {beyond:.2f} s")


if __name__ == "__main__":
    main()
