"""How much of a posting was understood is counted by what it asks, also where it has no bullets."""

from __future__ import annotations

import pytest

from matcher import Matcher


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher()


NURSE = """Registered Nurse

The ward is on the second floor. You will look after twelve beds on our ward. You hold a valid registration. You have
worked with telemetry and ventilators. You give medication and write it down.
"""


def test_each_sentence_of_a_paragraph_that_speaks_to_somebody_counts(matcher: Matcher) -> None:
    profile = matcher.profile_text(NURSE, "posting")
    assert profile.asked == 4
    assert [item.text.split()[1] for item in profile.unrecognised] == ["will", "hold", "have", "give"]
    result = matcher.score(matcher.profile_text("Jo Doe\n\nSkills\nPython, SQL\n", "resume"), profile)
    assert result.score is None
    assert result.abstained == "I understood 0 of its 4 requirements, too few for a score"


def test_each_entry_behind_a_label_counts(matcher: Matcher) -> None:
    text = "Barista\n\nRequired: Python, pulling espresso shots, steaming milk to texture. Preferred: latte art."
    profile = matcher.profile_text(text, "posting")
    assert (profile.recognised, profile.asked) == (1, 4)
    for item in profile.unrecognised:
        assert text[item.start : item.end].strip() == item.text


def test_a_bullet_is_one_line(matcher: Matcher) -> None:
    text = "Engineer\n\nRequirements\n- Python, SQL, Docker and patience with legacy wiring. And a smile for guests.\n"
    profile = matcher.profile_text(text, "posting")
    assert (profile.recognised, profile.asked) == (1, 1)
