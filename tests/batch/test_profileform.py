from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher import Matcher
from matcher.model import Evidence, Profile, ProfileSkill
from matcher.profileform import dump, load

from .conftest import posting, resume

_number = st.floats(allow_nan=False, allow_infinity=False)
_evidence = st.builds(
    lambda start, length, text: Evidence(start, start + length, text, None, 1),
    st.integers(0, 150),
    st.integers(0, 30),
    st.text(max_size=8),
)
st.register_type_strategy(Evidence, _evidence)
st.register_type_strategy(float, _number)


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.from_type(Profile), st.text(max_size=200))
def test_what_comes_back_is_what_was_written(profile: Profile, text: str) -> None:
    profile = replace(profile, document=replace(profile.document, text=text))
    back = load(dump(profile), profile.document.source)
    assert back == replace(profile, document=replace(profile.document, text=back.document.text, lines=(), links=()))
    assert len(back.document.text) == len(text)
    for skill in profile.skills:
        for item in skill.evidence:
            assert back.document.text[item.start : item.end] == text[item.start : item.end]


def test_lines_that_nothing_points_into_are_not_kept(matcher: Matcher) -> None:
    profile = matcher.profile_text(resume(1), kind="resume")
    assert "person1@example.org" in profile.document.text
    data = dump(profile)
    assert b"example.org" not in data
    assert b"\n" not in data
    assert load(data, "x").to_dict() == replace(profile, document=replace(profile.document, source="x")).to_dict()


def test_scores_do_not_depend_on_the_way_a_profile_came(matcher: Matcher) -> None:
    left, right = matcher.profile_text(resume(2), kind="resume"), matcher.profile_text(posting(2), kind="posting")
    back = load(dump(left), "<text>"), load(dump(right), "<text>")
    assert matcher.score(*back).to_dict() == matcher.score(left, right).to_dict()
    assert all(isinstance(skill, ProfileSkill) for skill in back[0].skills)
    assert back[0].skills
