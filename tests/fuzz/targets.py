"""What the fuzzing calls, and what must hold of every answer."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from documents import documents

from matcher import Matcher
from matcher.errors import ReadingError
from matcher.integrity import suspicious, without
from matcher.model import Document, Evidence, MatchResult
from matcher.privacy import blind
from matcher.reading import Limits, read_bytes

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
LIMITS = Limits(max_seconds=10.0, max_pages=20, max_text_chars=200_000)
RTF = rb"{\rtf1\ansi{\fonttbl\f0\fswiss Helvetica;}\f0\pard Jo Ferrand\par Engineer, Tallow Mill, 2019 - 2022\par\b Skills\b0\par Python, Kubernetes\par}"  # noqa: E501
HTML = (
    b"<!doctype html><html><body><h1>Jo Ferrand</h1><h2>Experience</h2><p>Engineer, Tallow Mill, 2019 - 2022</p>"
    b"<ul><li>Built models in <b>PyTorch</b></li></ul><table><tr><td>Python</td><td>SQL</td></tr></table></body></html>"
)
JSON = (
    b'{"basics": {"name": "Jo Ferrand", "email": "jo@ferrand.example"}, "work": [{"name": "Tallow Mill", "position":'
    b' "Engineer", "startDate": "2019-03", "endDate": "2022-01", "highlights": ["Built models in PyTorch"]}],'
    b' "skills": [{"name": "ML", "keywords": ["Python", "Kubernetes"]}]}'
)


def seeds() -> list[tuple[str, bytes]]:
    """The corpus that damage starts from: every sample and one small document for each other format."""
    files = [path for folder in ("resumes", "postings") for path in sorted((SAMPLES / folder).iterdir())]
    return [
        *((path.name, path.read_bytes()) for path in files),
        ("seed.rtf", RTF), ("seed.html", HTML), ("seed.json", JSON), ("empty.txt", b" "),
        *documents(),
        ("seed-utf16.txt", "Jo Ferrand\nSkills\nPython, C++".encode("utf-16")),
    ]  # fmt: skip


def check_reading(name: str, data: bytes) -> Document | None:
    """Read bytes: either a document that is true to itself, or an error for users; anything else is a bug."""
    try:
        document = read_bytes(data, "resume", source=name, limits=LIMITS)
    except ReadingError as error:
        check_error(name, str(error))
        return None
    assert document.text.strip() == document.text, "no white space around the text"
    end = 0
    for line in document.lines:
        assert end <= line.span.start < line.span.end <= len(document.text), "lines stand in order, inside of the text"
        assert "\n" not in document.text[line.span.start : line.span.end], "a line is one line"
        end = line.span.end
    document.text.encode("utf-8")
    return document


def check_error(name: str, message: str) -> None:
    """An error names its file, and is one line."""
    assert message.startswith(name)
    assert "\n" not in message


class ScoreTarget:
    """The whole way from a document to a score, with one matcher for all."""

    def __init__(self) -> None:
        self.matcher = Matcher(as_of=date(2026, 11, 20))
        self.posting = self.matcher.profile(SAMPLES / "postings" / "ml-engineer.txt", "posting")
        self.resume = self.matcher.profile(SAMPLES / "resumes" / "junior-ada-okafor.txt", "resume")

    def check(self, document: Document) -> MatchResult:
        """Score a document on both sides, in the open and blind."""
        profile = self.matcher.profile_document(document)
        result = self.matcher.score(profile, self.posting)
        self._sound(result)
        for item in _evidence(result):
            assert document.text[item.start : item.end] == item.text, "evidence is what stands there"
        findings = suspicious(document, self.posting.document.text)
        assert len(without(document, findings).text) == len(document.text)
        shown = blind(result)
        assert shown.score == result.score
        assert len(shown.resume.document.text) == len(document.text)
        result.to_dict()
        shown.to_dict()
        asked = Document(
            document.source, document.sha256, "posting", document.text, document.lines, document.notices, document.pages
        )
        self._sound(self.matcher.score(self.resume, self.matcher.profile_document(asked)))
        return result

    def _sound(self, result: MatchResult) -> None:
        score = result.score
        assert (score is None) == (result.abstained is not None)
        assert score is None or (math.isfinite(score) and 0 <= score <= 100)
        if score is not None:
            assert sum(item.max_points for item in result.contributions) == 10_000
        assert all(0 <= item.points <= item.max_points for item in result.contributions)


def _evidence(result: MatchResult) -> Iterator[Evidence]:
    for skill in result.resume.skills:
        yield from skill.evidence
    for item in result.contributions:
        yield from item.evidence
    for role in result.resume.roles:
        yield role.evidence
