import re

import pytest
from reports_hostile import RLO

from matcher.reports import markdown
from matcher.reports.markdown.text import escape


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("plain words, 4.5 years", "plain words, 4.5 years"),
        ("<script>", r"\<script\>"),
        ("[x](javascript:alert(1))", r"\[x\]\(javascript\:alert\(1\)\)"),
        ("a | b", r"a \| b"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("https://a.example www.b.example", r"https\://a.example www\.b.example"),
        (f"a{RLO}b\nc", "a[U+202E]b c".replace("[", r"\[").replace("]", r"\]")),
    ],
)
def test_markup_is_text(text, inert):
    assert escape(text) == inert


def cells(line):
    return re.split(r"(?<!\\)\|", line)[1:-1]


def tables(text):
    found = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert found
    return [[cells(line) for line in table.splitlines()] for table in found]


def test_a_result_has_all_parts_and_whole_tables(result, taxonomy):
    page = markdown.render_result(result, taxonomy)
    assert f"**Score: {result.score:.2f} of 100**" in page
    headings = re.findall(r"^#+ .*", page, re.MULTILINE)
    assert headings[1:5] == [
        "## Where the points come from",
        "## What is missing",
        "### How to close the gaps",
        "## Requirement by requirement",
    ]
    for table in tables(page):
        assert {len(row) for row in table} == {len(table[0])}
    assert sum(len(table) - 2 == len(result.contributions) for table in tables(page)) == 1
    assert sum(len(table) - 2 == len(result.missing) for table in tables(page)) >= 1


def test_without_a_score_there_are_reasons_and_no_points(abstained, taxonomy):
    page = markdown.render_result(abstained, taxonomy)
    assert "**No score:**" in page
    assert "Points" not in page


def test_a_hostile_resume_stays_text(matcher, hostile_result, taxonomy):
    pages = [
        markdown.render_result(hostile_result, taxonomy),
        markdown.render_profile(hostile_result.resume, taxonomy),
        markdown.render_level(hostile_result.resume, taxonomy, matcher.career(hostile_result.resume)),
    ]
    for page in pages:
        assert "script" in page
        assert not re.search(r"(?<!\\)<(?!br>)", page), "no tag but the reports' own line break"
        assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e\u200b]", page)
        assert "](" not in page


def test_profiles_and_levels(matcher, result, taxonomy):
    for profile in (result.resume, result.posting):
        page = markdown.render_profile(profile, taxonomy)
        assert profile.skills[0].name in page
        page = markdown.render_level(profile, taxonomy, matcher.career(profile, "staff"))
        verb = "To reach" if profile.document.kind == "resume" else "Compared with"
        assert f"## {verb} Staff (individual branch)" in page
        assert "To reach Lead" not in page
