"""What asks nothing: sections that are not searched, and the words that give them away."""

from __future__ import annotations

from datetime import date

import pytest

from matcher import Matcher


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(as_of=date(2026, 11, 20))


def _skills(matcher: Matcher, kind: str, text: str) -> set[str]:
    return {skill.id for skill in matcher.profile_text(text, kind).skills}  # type: ignore[arg-type]


def test_what_a_posting_offers_says_nothing_of_what_it_asks(matcher: Matcher) -> None:
    asked = "Data Engineer\n\nRequirements\n- Experience with databases\n- NLPX in production\n"
    offered = "\nBenefits\n- Learn PostgreSQL and Natural Language Processing (NLPX)\n"
    assert _skills(matcher, "posting", asked) == _skills(matcher, "posting", asked + offered)
    assert "databases" in _skills(matcher, "posting", asked + offered)


def test_references_say_nothing_of_skills(matcher: Matcher) -> None:
    held = "Ada Lund\n\nSkills\nPython, databases\n"
    told = "\nReferences\nBo Berg, PostgreSQL administrator\n"
    assert _skills(matcher, "resume", held) == _skills(matcher, "resume", held + told) == {"python", "databases"}


@pytest.mark.parametrize(
    "line",
    [
        "Medical • dental • vision, and Python classes for everybody who stays.",
        "We offer paid… time off and Python classes.",
        "A 401(k) with match, and Python classes.",
        "Parental leave, and Python classes.",
    ],
)
def test_signs_between_the_words_of_an_offer_do_not_hide_it(line: str, matcher: Matcher) -> None:
    assert "python" not in _skills(matcher, "posting", f"ML Engineer\n\n{line}\n")
