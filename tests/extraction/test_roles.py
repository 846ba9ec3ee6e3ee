"""Roles of resumes: what each text tells, by the cases of ``data/roles.yaml``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from matcher import Matcher
from matcher.model import Profile

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("data").joinpath("roles.yaml").read_text("utf-8"))
DATE_NOTICES = {"impossible-date", "future-date", "gap", "overlap"}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(as_of=date(2026, 11, 20))


def read(matcher: Matcher, case: dict[str, Any]) -> Profile:
    return matcher.profile_text(f"Jo Example\njo@example.org\n\n{case['text']}", kind="resume")


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_roles(matcher: Matcher, case: dict[str, Any]) -> None:
    profile = read(matcher, case)
    found = [
        f"{role.kind} | {role.title or '-'} | {role.employer or '-'} | {role.start} | {role.end}"
        for role in profile.roles
    ]
    assert found == case["roles"]


@pytest.mark.parametrize("case", [case for case in CASES if "bodies" in case], ids=lambda case: case["name"])
def test_bodies(matcher: Matcher, case: dict[str, Any]) -> None:
    document = read(matcher, case).document
    bodies = [document.text[role.body.start : role.body.end] for role in matcher._extractor.extract(document).roles]
    assert len(bodies) == len(case["bodies"])
    for word in case["bodies"]:
        assert [word in body for body in bodies] == [word == other for other in case["bodies"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_notices_about_dates(matcher: Matcher, case: dict[str, Any]) -> None:
    codes = {notice.code for notice in read(matcher, case).document.notices} & DATE_NOTICES
    if "notices" in case or len(case["roles"]) == 1:
        assert codes == set(case.get("notices", []))


@pytest.mark.parametrize(
    ("line", "title", "employer"),
    [
        (
            "• Working as a Senior Software Engineer in Meridian Infotech Pvt Ltd, Bengaluru from Nov 2022 till now.",
            "Senior Software Engineer",
            "Meridian Infotech Pvt Ltd",
        ),
        ("Worked with Kaveri Consulting Ltd as Data Analyst from June 2020 to October 2022", "Data Analyst", "Kaveri"),
        (
            "I was employed as an ML Engineer at Globex GmbH between May 2019 and March 2021",
            "ML Engineer",
            "Globex GmbH",
        ),
    ],
)
def test_roles_told_in_a_sentence(line: str, title: str, employer: str) -> None:
    profile = Matcher(as_of=date(2026, 11, 20)).profile_text(f"Jo Doe\n\nProfessional Experience\n{line}\n", "resume")
    (role,) = profile.roles
    assert role.title == title
    assert (role.employer or "").startswith(employer)


EUROPASS = """Curriculum Vitae

WORK EXPERIENCE

• Dates (from – to)              15/09/2020 – to date
• Name of employer               Contoso Soc. Coop., Torino
• Type of business               Machine vision
• Occupation or position held    Computer Vision Engineer
• Main activities                Object detection with PyTorch

• Dates (from – to)              01/02/2017 – 31/08/2020
• Name of employer               Politecnico di Milano
• Occupation or position held    Research Fellow
"""


def test_the_european_form_and_its_days_before_months() -> None:
    profile = Matcher(as_of=date(2026, 11, 20)).profile_text(EUROPASS, "resume")
    assert [(role.title, role.start, role.end, role.kind) for role in profile.roles] == [
        ("Computer Vision Engineer", "2020-09", "present", "job"),
        ("Research Fellow", "2017-02", "2020-08", "job"),
    ]


PROSE = """Ana Example
Lisbon

At the moment (since May 2023) I work at Lumen Tech as an NLP Engineer. I built the retrieval part of our search and
I keep the test set of 1,200 questions, which two lawyers and I curated by hand over the course of a whole year.

From September 2021 until April 2023 I was a Junior Data Scientist at Correio Verde, a parcel company in Porto, where
I classified complaint mails with logistic regression and made weekly dashboards on top of PostgreSQL.

Between 2014 and 2020 I worked for myself as a translator. In 2020-2021 I did the postgraduate programme in data
science at a school in Lisbon, where my final project compared neural machine translation systems with human raters.
"""


def test_roles_told_in_prose() -> None:
    profile = Matcher(as_of=date(2026, 11, 20)).profile_text(PROSE, "resume")
    assert [(role.title, role.employer, role.start, role.end) for role in profile.roles] == [
        ("NLP Engineer", "Lumen Tech", "2023-05", "present"),
        ("Junior Data Scientist", "Correio Verde", "2021-09", "2023-04"),
        ("translator", None, "2014-01", "2020-12"),
    ]


def test_a_heading_with_dates_before_prose_on_one_line() -> None:
    text = (
        "Ana Example\n\nGlobex Systems, Staff then Senior Staff Engineer (March 2017 to May 2022). I joined as third "
        "engineer on the speech team and built the streaming recogniser that shipped on nineteen million devices.\n"
    )
    (role,) = Matcher(as_of=date(2026, 11, 20)).profile_text(text, "resume").roles
    assert (role.employer, role.start, role.end) == ("Globex Systems", "2017-03", "2022-05")


def test_a_break_is_no_job() -> None:
    text = (
        "Jo Doe\n\nExperience\n\nML Engineer, Foo\nJan 2020 - Dec 2021\n- Trained models\n\nParental leave\n"
        "Jan 2022 - Dec 2022\n\nML Engineer, Bar\nJan 2023 - Dec 2023\n- Deployed models\n"
    )
    profile = Matcher(as_of=date(2026, 11, 20)).profile_text(text, "resume")
    assert [role.employer for role in profile.roles] == ["Foo", "Bar"]
    assert profile.experience_months == 36
