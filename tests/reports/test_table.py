import csv
from io import StringIO

import pytest

from matcher.reports import figures, table


def read(text):
    return list(csv.DictReader(StringIO(text)))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_what_a_spreadsheet_would_run_is_defused(text):
    assert table.defused(text).startswith("'")
    [row] = read(table.to_csv(("a",), [(text,)]))
    assert row["a"].startswith("'")


def test_numbers_stay_numbers_and_words_stay_words():
    assert table.to_csv(("a", "b", "c"), [(-1.5, "plain", None)]) == "a,b,c\n-1.5,plain,\n"


def test_columns_are_what_they_were():
    # Other programs read these files: a column may be added at the end, never renamed, moved or removed.
    assert table.REQUIREMENT_COLUMNS[:19] == (
        "number", "kind", "label", "ids", "any_of", "strength", "state", "points", "max_points", "credit", "matched",
        "path", "reason", "asked", "asked_start", "asked_end", "evidence", "evidence_start", "evidence_end",
    )  # fmt: skip
    assert table.SKILL_COLUMNS[:15] == (
        "id", "name", "kind", "status", "strength", "proficiency", "months", "last_used", "confidence", "mentions",
        "evidence", "start", "end", "section", "page",
    )  # fmt: skip


def test_requirements_add_up_to_the_score(result):
    rows = read(table.requirements_csv(result))
    assert len(rows) == len(result.contributions)
    assert round(sum(float(row["points"]) for row in rows), 2) == result.score
    shown = [row for row in rows if row["evidence"]]
    assert shown
    for row in shown:
        text = result.resume.document.text[int(row["evidence_start"]) : int(row["evidence_end"])]
        assert row["evidence"] == text


def test_skills_have_a_row_each(result):
    rows = read(table.skills_csv(result.resume))
    assert [row["id"] for row in rows] == [skill.id for skill in result.resume.skills]


def test_no_cell_of_a_hostile_resume_is_a_formula(hostile_result):
    texts = [
        table.requirements_csv(hostile_result),
        table.skills_csv(hostile_result.resume),
    ]
    for text in texts:
        for row in csv.reader(StringIO(text)):
            assert not [cell for cell in row if cell[:1] in set("=+-@\t\r")]
            assert not [cell for cell in row if "\x1b" in cell]


def test_states_are_those_of_the_other_reports(result):
    rows = read(table.requirements_csv(result))
    assert [row["state"] for row in rows] == [figures.state(item) for item in figures.in_order(result.contributions)]
