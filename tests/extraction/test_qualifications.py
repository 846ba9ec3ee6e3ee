"""Degrees of resumes: level, field, school and year."""

from __future__ import annotations

import pytest

from matcher import Matcher


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher()


def degrees(matcher: Matcher, text: str) -> list[tuple[str, str | None, str | None, int | None]]:
    found = matcher.profile_text(text, kind="resume").degrees
    return [(item.level, item.field, item.institution, item.year) for item in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "B.S. in Physics, Lakemoor State University\nAug 2013 - May 2017",
            [("bachelor", "physics", "Lakemoor State University", 2017)],
        ),
        (
            "Lakemoor University    Leeds, UK\nMSc Statistics    2015 – 2016\nNorthfield College    York, UK\n"
            "BSc Mathematics    2012 – 2015",
            [
                ("master", "statistics", "Lakemoor University", 2016),
                ("bachelor", "mathematics", "Northfield College", 2015),
            ],
        ),
        (
            "Master of Science in Computer Science\nLakemoor State University | 2019-2021 |\n"
            "Bachelor of Science in Computer Science\nNorthfield College | 2015-2019 |",
            [
                ("master", "computer-science", "Lakemoor State University", 2021),
                ("bachelor", "computer-science", "Northfield College", 2019),
            ],
        ),
        ("University of Lakemoor  2017\nB.S. in Biology", [("bachelor", "biology", "University of Lakemoor", 2017)]),
        (
            "B.Tech in Electronics, Lakemoor Institute of Technology",
            [("bachelor", "electronics", "Lakemoor Institute of Technology", None)],
        ),
        (
            "M.Sc. in Statistics — Wingtip University\tJul 2019 - Dec 2020",
            [("master", "statistics", "Wingtip University", 2020)],
        ),
        (
            "PhD  Lakemoor University, PhD in Physics – Bath, UK  2018 – 2022",
            [("phd", "physics", "Lakemoor University", 2022)],
        ),
        ("Associate degree, Accounting, Bellflower College", [("associate", "accounting", "Bellflower College", None)]),
        (
            "State Polytechnic University, Mallow\nBachelor of Science in Physics, December 2024",
            [("bachelor", "physics", "State Polytechnic University, Mallow", 2024)],
        ),
    ],
)
def test_degrees(matcher: Matcher, lines: str, expected: list[tuple[str, str | None, str | None, int | None]]) -> None:
    assert degrees(matcher, f"Jo Example\n\nEducation\n\n{lines}") == expected


@pytest.mark.parametrize(
    "line",
    [
        "Community Music School, Boston, MA",
        "Created a master validation script in Python",
        "Scrum Master for the automation team",
        "Led discussions with 9 high school students",
        "Lowell, MA, USA",
    ],
)
def test_what_only_looks_like_a_degree(matcher: Matcher, line: str) -> None:
    assert degrees(matcher, f"Jo Example\n\nEducation\n\n{line}") == []


def test_a_degree_named_again_elsewhere_counts_once(matcher: Matcher) -> None:
    summary = "Summary\n\nEngineer with a Ph.D. and ten years of practice."
    text = f"{summary}\n\nEducation\n\nPh.D. in Physics, Lakemoor University\n2012"
    assert degrees(matcher, text) == [("phd", "physics", "Lakemoor University", 2012)]
