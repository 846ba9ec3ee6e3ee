"""The behaviour cases, one test each; those known to fail must go on failing until they are moved to the others."""

from __future__ import annotations

import pytest
from extraction_cases import DATA, Case, mistakes, read_cases

from matcher import Matcher

CASES = read_cases(DATA / "cases")
KNOWN_FAILURES = read_cases(DATA / "known_failures")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, shared_matcher: Matcher) -> None:
    assert mistakes(shared_matcher, case) == []


@pytest.mark.xfail(strict=True, reason="known failure: move it to data/cases once it passes", raises=AssertionError)
@pytest.mark.parametrize("case", KNOWN_FAILURES, ids=lambda case: case.name)
def test_known_failure(case: Case, shared_matcher: Matcher) -> None:
    assert mistakes(shared_matcher, case) == []


def test_cues_are_covered(shared_matcher: Matcher) -> None:
    """Every phrase of ``taxonomy/cues.yaml`` stands in some case."""
    texts = [f" {_plain(case.text)} " for case in (*CASES, *KNOWN_FAILURES)]
    phrases = [cue.phrase for cue in shared_matcher.taxonomy.data.cues]
    assert phrases
    assert [phrase for phrase in phrases if not any(f" {_plain(phrase)} " in text for text in texts)] == []


def test_names_are_unique() -> None:
    names = [case.name for case in (*CASES, *KNOWN_FAILURES)]
    assert len(names) >= 320
    assert sorted({name for name in names if names.count(name) > 1}) == []


def _plain(text: str) -> str:
    kept = "".join(char if char.isalnum() or char == "'" else " " for char in text.lower().replace("’", "'"))
    return " ".join(kept.split())
