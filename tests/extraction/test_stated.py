"""Years that a resume states in words, where its dates do not tell them."""

from __future__ import annotations

from datetime import date

import pytest

from matcher import Matcher


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(as_of=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("7 yrs exp.", 7),
        ("4 yrs experience, pytorch, tensorflow", 4),
        ("yrs exp: 3y in data / analytics", 3),
        ("Experience: 6 years", 6),
        ("Over 8 years of hands-on machine learning experience.", 8),
        ("Engineer with twelve years in data platforms.", 12),
        ("3.5 years building recommender systems", 3.5),
        ("- 5 yrs server-side dev, java", 5),
        ("I am 34 years old.", None),
        ("Moved here 6 years ago.", None),
        ("30 years of experience in software", 30),
        ("Likes Python.", None),
    ],
)
def test_stated_years_are_read_with_their_place(matcher: Matcher, line: str, years: float | None) -> None:
    text = f"Jo Doe\n{line}\n"
    profile = matcher.profile_text(text, "resume")
    assert profile.stated_years == years
    assert profile.experience_months is None
    if years is not None:
        assert profile.years_evidence is not None
        assert profile.years_evidence.text == text[profile.years_evidence.start : profile.years_evidence.end]


def test_years_of_a_role_are_not_those_of_the_person(matcher: Matcher) -> None:
    text = "Jo Doe\n\nExperience\nEngineer, Globex\nJan 2020 - Dec 2021\n- Kept 15 years of data in PostgreSQL\n"
    profile = matcher.profile_text(text, "resume")
    assert profile.stated_years is None
    assert profile.experience_months == 24


def test_a_stated_figure_is_a_claim_and_dates_are_not(matcher: Matcher) -> None:
    posting = matcher.profile_text(
        "ML Engineer\n\nRequirements\n- 4+ years of experience\n- Python\n- SQL\n", "posting"
    )

    def years_credit(text: str) -> tuple[float, str]:
        result = matcher.score(matcher.profile_text(text, "resume"), posting)
        line = next(item for item in result.contributions if item.kind == "years")
        return line.credit, line.reason

    skills = "\nSkills\nPython, SQL\n"
    dated = "\nExperience\nEngineer, Globex\nJan 2020 - Dec 2023\n- Used Python\n"
    assert years_credit(f"Jo Doe\n{skills}") == (0.0, "no dated experience is shown")
    assert years_credit(f"Jo Doe\n4 years of experience\n{skills}")[0] == matcher.scorer.weights.status["listed"]
    assert years_credit(f"Jo Doe\n4 years of experience\n{dated}{skills}") == (1.0, "4.0 years of experience")
