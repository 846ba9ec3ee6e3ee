"""The worked example of docs/score.md, computed: every row and number of the page must be what comes out."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from matcher import Matcher
from matcher.model import Contribution, MatchResult

PAGE = Path(__file__).parents[2] / "docs" / "score.md"
SCORING = Path(__file__).parents[2] / "taxonomy" / "scoring.yaml"


def block(kind: str) -> str:
    found = re.search(rf"```text {kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def example(matcher: Matcher) -> MatchResult:
    return matcher.score(
        matcher.profile_text(block("resume"), "resume"), matcher.profile_text(block("posting"), "posting")
    )


def row(item: Contribution) -> str:
    return f"| {item.label} | {item.points / 100:.2f} | {item.max_points / 100:.2f} | {item.reason} |"


def table(result: MatchResult) -> str:
    total = f"| **the score** | **{result.points:.2f}** | **100.00** | |"
    return "\n".join(
        ["| asked | points | of | why |", "| --- | --- | --- | --- |", *map(row, result.contributions), total]
    )


def best(matcher: Matcher, result: MatchResult) -> str:
    gain = matcher.what_if(result).gains[0]
    return f"{gain.item.label}, which would add {gain.points:.2f} and make it {gain.score:.2f}."


def test_the_page_shows_what_comes_out(matcher: Matcher) -> None:
    page, result = PAGE.read_text(encoding="utf-8"), example(matcher)
    assert table(result) in page
    assert f"The item that would add most: {best(matcher, result)}" in " ".join(page.split())
    assert result.interval is not None
    low, high = result.interval
    assert f"The interval is {low:.2f} to {high:.2f}." in page


def test_the_page_gives_the_weights_of_the_file() -> None:
    page = PAGE.read_text(encoding="utf-8")
    weights = yaml.safe_load(SCORING.read_text(encoding="utf-8"))["scoring"]
    for words in (
        f"required {weights['strength']['required']}, preferred {weights['strength']['preferred']}, only mentioned 0",
        f"a degree | {weights['degree']} × strength",
        f"a certification | {weights['certification']} × strength",
        f"years of experience | {weights['total_years']}",
        f"a level | {weights['level']}",
        f"merely listed {weights['status']['listed']}, being learned {weights['status']['learning']}",
        f"`{weights['recency_floor']} + {1 - weights['recency_floor']:.1f} ×",
        f"2^(−(y − {weights['recency_full_years']}) / {weights['recency_half_life_years']})`",
        f"{weights['broader_credit']} × its specificity",
        f"a known alternative | {weights['sibling_credit']}",
        f"of specificity {weights['sibling_specificity']} or more",
        f"`{weights['years_floor']} + {1 - weights['years_floor']:.1f} × min(1, months shown / months asked)`",
        f"one rank below {weights['degree_one_below']}",
        f"one step below {weights['level_one_below']}, two steps {weights['level_two_below']}",
        f"less than {weights['min_legible']:.0%} of the resume".replace("%", " %"),
    ):
        assert words in " ".join(page.split()), words
