"""Results that the report tests share: the project's samples, and a resume that means harm."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from reports_hostile import HOSTILE_RESUME, hostile

from matcher import Matcher
from matcher.model import MatchResult, Profile
from matcher.reports.advice import Answers
from matcher.taxonomy.schema import Taxonomy

SAMPLES = Path(__file__).parents[2] / "samples"
POSTINGS = ("senior-ml-engineer.md", "junior-ml-engineer.md")


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher(as_of=date(2026, 11, 20), cache=False)


@pytest.fixture(scope="session")
def taxonomy(matcher: Matcher) -> Taxonomy:
    return matcher.taxonomy.data


@pytest.fixture(scope="session")
def postings(matcher: Matcher) -> list[Profile]:
    return [matcher.profile(SAMPLES / "postings" / name, "posting") for name in POSTINGS]


@pytest.fixture(scope="session")
def resumes(matcher: Matcher) -> list[Profile]:
    paths = sorted(path for path in (SAMPLES / "resumes").iterdir() if path.suffix in {".pdf", ".md", ".txt", ".docx"})
    assert len(paths) >= 3, "the samples are there"
    return [matcher.profile(path, "resume") for path in paths]


@pytest.fixture(scope="session")
def results(matcher: Matcher, resumes: list[Profile], postings: list[Profile]) -> list[MatchResult]:
    return [matcher.score(resume, posting) for posting in postings for resume in resumes]


@pytest.fixture(scope="session")
def result(results: list[MatchResult]) -> MatchResult:
    """One with requirements of every state."""
    return next(item for item in results if "mid-" in item.resume.document.source)


@pytest.fixture(scope="session")
def answers(matcher: Matcher, result: MatchResult) -> Answers:
    """All that can be asked about it."""
    return Answers.of(matcher.what_if(result), gains=True, plan=True, target=90.0)


@pytest.fixture(scope="session")
def abstained(matcher: Matcher, resumes: list[Profile]) -> MatchResult:
    found = matcher.score(resumes[0], matcher.profile_text("Gardener wanted.\n\nYou prune roses.", "posting"))
    assert found.score is None
    return found


@pytest.fixture(scope="session")
def hostile_result(matcher: Matcher, postings: list[Profile]) -> MatchResult:
    resume = matcher.profile_text(HOSTILE_RESUME, "resume", source="<img src=x onerror=alert(2)>.pdf")
    return hostile(matcher.score(resume, postings[0]))
