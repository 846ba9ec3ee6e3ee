"""Resumes of made-up people, and postings, put together from the samples; the same count gives the same files."""

from __future__ import annotations

import random
import re
from pathlib import Path

from matcher import Matcher

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
_BULLET = re.compile(r"^\s*[-•*]\s+(?P<text>\S.{30,})$", re.MULTILINE)
_TITLES = ("Machine Learning Engineer", "Data Scientist", "MLOps Engineer", "Research Engineer", "Software Engineer")
_FIRST = ("Noor", "Iris", "Milo", "Tara", "Joel", "Rhea", "Otis", "Lena", "Hugo", "Mina")
_LAST = ("Hale", "Brook", "Lund", "Sato", "Pereira", "Novak", "Okoye", "Weiss", "Rossi", "Malik")
_SHARE_OF_PDFS = 0.7


def resumes(folder: Path, count: int, matcher: Matcher) -> None:
    """Write ``count`` resumes, most of them as PDFs of one or two pages, the rest as text."""
    chance = random.Random(count)
    lines = [
        match["text"]
        for path in sorted((SAMPLES / "resumes").iterdir())
        for match in _BULLET.finditer(matcher.read(path, "resume").text)
    ]
    names = sorted(skill.name for skill in matcher.scorer.taxonomy.skills.values())
    usual = chance.sample(names, 150)
    folder.mkdir(parents=True)
    for number in range(count):
        text = _resume(chance, number, lines, usual, names)
        if chance.random() < _SHARE_OF_PDFS:
            _pdf(folder / f"{number:06}.pdf", text)
        else:
            (folder / f"{number:06}.txt").write_text("\n".join(text) + "\n", encoding="utf-8")


def postings(folder: Path, count: int) -> None:
    """Write ``count`` postings: the samples, told apart by a reference."""
    folder.mkdir(parents=True)
    originals = sorted((SAMPLES / "postings").iterdir())
    for number in range(count):
        original = originals[number % len(originals)]
        text = original.read_text(encoding="utf-8")
        (folder / f"{number:04}{original.suffix}").write_text(f"{text}\n\nReference {number}\n", encoding="utf-8")


def _resume(chance: random.Random, number: int, lines: list[str], usual: list[str], names: list[str]) -> list[str]:
    first, last = chance.choice(_FIRST), chance.choice(_LAST)
    text = [f"{first} {last}", f"{first}.{last}{number}@example.org".lower(), "", "Experience"]
    year = 2026
    for job in range(chance.randint(1, 4)):
        begin = year - chance.randint(1, 4)
        text += [
            "",
            f"{chance.choice(_TITLES)}, Company {chance.randint(1, 999)}",
            f"{begin} - {year if job else 'present'}",
        ]
        for _ in range(chance.randint(2, 5)):
            if chance.random() < 0.5:
                text.append(f"- {chance.choice(lines)}")
            else:
                text.append(
                    f"- Built services for team {chance.randint(1, 99)} with {', '.join(chance.sample(usual, 2))}"
                )
        year = begin
    text += ["", "Skills", ", ".join(chance.sample(usual, 8)), ", ".join(chance.sample(names, 6))]
    degree = chance.choice(("BSc", "MSc", "PhD"))
    return [*text, "", "Education", f"{degree} Computer Science, Some University, {year}"]


def _pdf(path: Path, lines: list[str]) -> None:
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    page = Canvas(str(path), invariant=1)
    at = 790
    for line in lines:
        for piece in simpleSplit(line, "Helvetica", 10, 480) or [""]:
            if at < 50:
                page.showPage()
                at = 790
            page.setFont("Helvetica", 10)
            page.drawString(60, at, piece)
            at -= 13
    page.save()
