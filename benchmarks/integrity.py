"""How often a resume made for machines passes unnoticed, and how often an honest one is accused.

    python benchmarks/integrity.py [HONEST ...]

Plays every game of ``tests/integrity/games.py`` with each resume of ``samples`` and two postings, and prints
the largest gain and the share that no notice tells of. Then it reads the honest resumes: the samples, those of
``tests/integrity/honest`` and all PDF, DOCX, HTML, Markdown and text files of the folders HONEST, with every posting of
``samples`` and prints how many are accused of anything.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from matcher import Matcher, MatcherError
from matcher.integrity import suspicious
from matcher.reading import read

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
sys.path.insert(0, str(ROOT / "tests" / "integrity"))

from games import GAMES  # noqa: E402

CODES = {"keyword-stuffing", "pasted-posting", "repeated-text", "machine-instruction"}
_ENDINGS = {".pdf", ".docx", ".html", ".md", ".txt"}


def games() -> None:
    """Print the largest gain of each game, and how many no notice tells of."""
    matcher = Matcher(as_of=date(2026, 11, 20))
    names = sorted({skill.name for skill in matcher.taxonomy.data.skills.values()})
    postings = [SAMPLES / "postings" / name for name in ("engineering-manager-ml.md", "ml-engineer.txt")]
    texts = [read(path, "posting").text for path in postings]
    asked = [matcher.profile_text(text, "posting") for text in texts]
    played = missed = gained = 0
    for name, game in GAMES.items():
        gains, silent = [], 0
        for path in sorted((SAMPLES / "resumes").iterdir()):
            honest_text = read(path, "resume").text
            for text, posting in zip(texts, asked, strict=True):
                honest = matcher.score(matcher.profile_text(honest_text, "resume"), posting)
                gamed = matcher.score(matcher.profile_text(game(honest_text, text, names), "resume"), posting)
                gains.append((gamed.score or 0) - (honest.score or 0))
                silent += CODES.isdisjoint(notice.code for notice in gamed.resume.document.notices)
        played, missed, gained = played + len(gains), missed + silent, gained + sum(gain > 1 for gain in gains)
        print(f"{name:18} largest gain {max(gains):5.1f}, not noticed {silent} of {len(gains)}")
    print(f"{played} gamed resumes: {missed} not noticed ({missed / played:.3f}), {gained} gain more than a point")


def honest_files(folders: list[str]) -> Iterator[Path]:
    """The honest resumes."""
    yield from sorted((SAMPLES / "resumes").iterdir())
    yield from sorted((ROOT / "tests" / "integrity" / "honest").iterdir())
    for folder in folders:
        yield from sorted(path for path in Path(folder).rglob("*") if path.suffix.lower() in _ENDINGS)


def honest(folders: list[str]) -> None:
    """Print which honest resumes are accused, alone or beside a posting of the samples."""
    texts = [read(path, "posting").text for path in sorted((SAMPLES / "postings").iterdir())]
    count = accused = 0
    for path in honest_files(folders):
        try:
            document = read(path, "resume")
        except MatcherError:
            continue
        count += 1
        codes = {finding.code for text in texts for finding in suspicious(document, text)}
        if codes:
            accused += 1
            print(f"{path.name}: {', '.join(sorted(codes))}")
    print(f"{count} honest resumes: {accused} accused ({accused / count:.3f})")


if __name__ == "__main__":
    games()
    honest(sys.argv[1:])
