"""An audit small enough to check with pencil and paper, and held against fairlearn's own figures."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from fairlearn.metrics import MetricFrame, demographic_parity_difference, selection_rate

from matcher.audit.figures import Application, Joined, Rule, Settings
from matcher.audit.measure import audit, selected
from matcher.cli import main
from matcher.errors import SettingsError

# sex, race, score: 12 people, median of the eleven scores = 60.
PEOPLE = [
    ("f", "a", 90.0), ("f", "a", 60.0), ("f", "b", 55.0), ("f", "b", 40.0), ("f", None, 30.0), ("f", "b", None),
    ("m", "a", 95.0), ("m", "a", 80.0), ("m", "b", 75.0), ("m", "b", 70.0), ("m", "b", 50.0), ("m", "a", 20.0),
]  # fmt: skip


def joined() -> Joined:
    return Joined(
        ("sex", "race"),
        tuple(Application(f"r{i}", "p", score, (sex, race)) for i, (sex, race, score) in enumerate(PEOPLE)),
    )


def table(tables, *attributes):
    return next(item for item in tables if item.attributes == attributes)


def rates(item):
    return {group.groups: (group.chosen, group.count) for group in item.groups}


def test_selection_rates_at_a_threshold_by_hand():
    figures = audit(joined(), Settings(Rule(threshold=55)))
    sex = table(figures.selection, "sex")
    # Women at 55 or more: 90, 60, 55 of six people, one of whom has no score. Men: 95, 80, 75, 70 of six.
    assert rates(sex) == {("m",): (4, 6), ("f",): (3, 6)}
    assert sex.difference == pytest.approx(4 / 6 - 3 / 6)
    ratio = {group.name: group.impact_ratio for group in sex.groups}
    assert ratio == {"m": 1.0, "f": pytest.approx(3 / 4)}
    assert [group.name for group in sex.groups if group.reference] == ["m"]
    # 3/6 is less than 4/5 of 4/6.
    assert [(item.group, item.below) for item in figures.four_fifths if item.attribute == "sex"] == [
        ("m", False), ("f", True),
    ]  # fmt: skip
    race = table(figures.selection, "race")
    assert rates(race) == {("a",): (4, 5), ("b",): (3, 6)}
    assert race.unknown == 1
    both = table(figures.selection, "sex", "race")
    assert rates(both) == {("f", "a"): (2, 2), ("m", "a"): (2, 3), ("m", "b"): (2, 3), ("f", "b"): (1, 3)}
    assert both.difference == pytest.approx(1 - 1 / 3)


def test_scoring_rates_are_shares_above_the_median_of_all_scores():
    figures = audit(joined(), Settings(Rule()))
    assert figures.median == 60.0
    assert figures.without_score == 1
    assert figures.selection == ()
    # Above 60, not at it: of five women with a score 90; of six men 95, 80, 75, 70.
    assert rates(table(figures.scoring, "sex")) == {("m",): (4, 6), ("f",): (1, 5)}
    assert table(figures.scoring, "sex").groups[1].impact_ratio == pytest.approx((1 / 5) / (4 / 6))


def test_top_takes_all_who_tie_with_the_last():
    rows = [Application(str(i), p, s, ()) for i, (p, s) in enumerate(
        [("x", 50.0), ("x", 40.0), ("x", 40.0), ("x", 10.0), ("y", 5.0), ("y", None)])]  # fmt: skip
    assert selected(rows, Rule(top=2)) == [True, True, True, False, True, False]
    assert selected(rows, Rule(top=99)) == [True, True, True, True, True, False]
    assert selected(rows, Rule()) is None


@pytest.mark.parametrize("rule", [Rule(threshold=30), Rule(threshold=55), Rule(threshold=80), Rule(top=3), Rule(top=7)])
def test_figures_agree_with_fairlearn(rule):
    picked = [int(value) for value in selected(joined().applications, rule)]
    figures = audit(joined(), Settings(rule))
    for column, name in ((0, "sex"), (1, "race")):
        kept = [i for i, person in enumerate(PEOPLE) if person[column] is not None]
        y, groups = [picked[i] for i in kept], [PEOPLE[i][column] for i in kept]
        frame = MetricFrame(metrics=selection_rate, y_true=y, y_pred=y, sensitive_features=groups)
        ours = table(figures.selection, name)
        assert {group.name: group.rate for group in ours.groups} == pytest.approx(dict(frame.by_group))
        assert ours.difference == pytest.approx(demographic_parity_difference(y, y, sensitive_features=groups))
        assert min(group.impact_ratio for group in ours.groups) == pytest.approx(frame.ratio())
    kept = [i for i, person in enumerate(PEOPLE) if None not in person[:2]]
    y = [picked[i] for i in kept]
    features = pd.DataFrame([PEOPLE[i][:2] for i in kept], columns=["sex", "race"])
    frame = MetricFrame(metrics=selection_rate, y_true=y, y_pred=y, sensitive_features=features)
    ours = table(figures.selection, "sex", "race")
    assert {group.groups: group.rate for group in ours.groups} == pytest.approx(dict(frame.by_group))


def test_four_fifths_is_exact_at_the_border():
    # 8 of 10 against 10 of 10 is four fifths exactly, and not below it.
    rows = [("x", 90.0)] * 10 + [("y", 90.0)] * 8 + [("y", 10.0)] * 2
    people = Joined(("g",), tuple(Application(str(i), "p", s, (g,)) for i, (g, s) in enumerate(rows)))
    (_, reading) = audit(people, Settings(Rule(threshold=50))).four_fifths
    assert (reading.group, reading.below, reading.impact_ratio) == ("y", False, pytest.approx(0.8))


def test_intervals_are_seeded_and_hold_the_rate():
    one = audit(joined(), Settings(Rule(threshold=55), seed=7))
    two = audit(joined(), Settings(Rule(threshold=55), seed=7))
    other = audit(joined(), Settings(Rule(threshold=55), seed=8))
    assert one == two
    assert one != other
    for group in table(one.selection, "sex").groups:
        assert group.rate_interval.low <= group.rate <= group.rate_interval.high
        assert group.rate_interval.high - group.rate_interval.low > 0.3


def test_bootstrap_width_is_that_of_a_binomial_share():
    # 400 people of one group, half chosen: the standard error is sqrt(.25 / 400) = 0.025.
    rows = [("x", 90.0)] * 200 + [("x", 10.0)] * 200 + [("y", 90.0)] * 200 + [("y", 10.0)] * 200
    people = Joined(("g",), tuple(Application(str(i), "p", s, (g,)) for i, (g, s) in enumerate(rows)))
    (item,) = audit(people, Settings(Rule(threshold=50), resamples=20_000)).selection
    for group in item.groups:
        assert group.rate_interval.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.006)
        assert group.rate_interval.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.006)


def of_rates(counts: dict[str, tuple[int, int]]) -> Joined:
    """People of groups of which so many of so many are above a score of 50."""
    rows = [(name, 90.0 if i < hits else 10.0) for name, (hits, count) in counts.items() for i in range(count)]
    return Joined(("g",), tuple(Application(str(i), "p", s, (g,)) for i, (g, s) in enumerate(rows)))


@pytest.mark.parametrize(
    "counts",
    [
        {f"g{i}": (10, 20) for i in range(8)},
        {f"g{i}": (10 + i % 2, 20) for i in range(8)},
        {"a": (30, 40), "b": (20, 40), "c": (29, 40)},
        {"a": (3, 5), "b": (40, 100)},
    ],
)
def test_the_interval_of_a_difference_holds_the_difference(counts):
    # Eight groups that do not differ at all: the largest less the smallest rate of a draw is about 0.3 in every draw.
    (item,) = audit(of_rates(counts), Settings(Rule(threshold=50))).selection
    assert item.difference_interval.low <= item.difference <= item.difference_interval.high
    for group in item.groups:
        assert group.ratio_interval.low <= group.impact_ratio <= group.ratio_interval.high
    (reference,) = [group for group in item.groups if group.reference]
    assert (reference.ratio_interval.low, reference.ratio_interval.high) == (1.0, 1.0)


def test_the_interval_of_a_difference_is_that_of_two_binomial_shares():
    (item,) = audit(
        of_rates({"x": (240, 400), "y": (160, 400)}), Settings(Rule(threshold=50), resamples=20_000)
    ).selection
    wide = 1.96 * (2 * 0.6 * 0.4 / 400) ** 0.5
    assert item.difference == pytest.approx(0.2)
    assert item.difference_interval.low == pytest.approx(0.2 - wide, abs=0.008)
    assert item.difference_interval.high == pytest.approx(0.2 + wide, abs=0.008)


def test_small_groups_are_marked_and_shown():
    figures = audit(joined(), Settings(Rule(threshold=55), small_below=6))
    assert {group.name: group.small for group in table(figures.selection, "race").groups} == {"a": True, "b": False}


def test_local_law_tables_leave_tiny_categories_out_of_the_comparison():
    rows = (
        [("f", "a", 80.0 - i % 50) for i in range(60)]
        + [("m", "b", 79.5 - i % 50) for i in range(60)]
        + [("x", "c", 99.0)]
    )
    people = Joined(("sex", "race"), tuple(Application(str(i), "p", s, (g, r)) for i, (g, r, s) in enumerate(rows)))
    figures = audit(people, Settings(Rule()))
    by_sex = figures.local_law.scoring[0]
    tiny = next(group for group in by_sex.groups if group.name == "x")
    assert (tiny.excluded, tiny.impact_ratio, tiny.rate, tiny.count) == (True, None, 1.0, 1)
    assert [item.attributes for item in figures.local_law.scoring] == [("sex",), ("race",), ("sex", "race")]
    # The general table follows the definition to the letter: the highest rate of all is what the others are held to.
    assert next(group for group in table(figures.scoring, "sex").groups if group.reference).name == "x"


def test_without_race_there_are_no_local_law_tables_and_it_is_said_why():
    people = Joined(("sex",), tuple(Application(str(i), "p", s, (g,)) for i, (g, _, s) in enumerate(PEOPLE)))
    figures = audit(people, Settings(Rule()))
    assert figures.local_law.scoring == ()
    assert "race/ethnicity" in figures.local_law.reason


def test_nobody_selected_gives_no_ratio():
    figures = audit(joined(), Settings(Rule(threshold=100)))
    assert {group.impact_ratio for group in table(figures.selection, "sex").groups} == {None}
    assert figures.four_fifths == ()


def test_curves_give_the_rate_at_every_score():
    (sex, _) = audit(joined(), Settings(Rule())).curves
    at = dict(zip(sex.thresholds, sex.rates, strict=True))
    assert sex.groups == ("f", "m")
    assert at[55.0] == (Fraction(3, 6), pytest.approx(4 / 6))
    assert at[0.0] == (pytest.approx(5 / 6), 1.0)
    assert at[100.0] == (0.0, 0.0)
    assert dict(zip(sex.thresholds, sex.ratios, strict=True))[55.0] == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(Rule(threshold=50, top=3)), "not both"),
        (Settings(Rule(threshold=101)), "between 0 and 100"),
        (Settings(Rule(top=0)), "at least 1"),
        (Settings(Rule(), sex="shoe size"), "shoe size"),
    ],
)
def test_wrong_settings_are_refused(settings, words):
    with pytest.raises(SettingsError, match=words):
        audit(joined(), settings)


# --- the command ---


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    results, groups = tmp_path / "results.csv", tmp_path / "groups.csv"
    lines = [f"cvs/r{i}.pdf,job.txt,{'' if s is None else s}" for i, (_, _, s) in enumerate(PEOPLE)]
    results.write_text("resume,posting,score\n" + "\n".join(lines) + "\n", encoding="utf-8")
    rows = [f"r{i}.pdf,{sex},{race or 'Prefer not to say'}" for i, (sex, race, _) in enumerate(PEOPLE)]
    groups.write_text("resume,sex,race\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return str(results), str(groups)


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["audit", *arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_command_gives_the_same_figures_as_the_library(files):
    data = json.loads(run(*files, "--threshold", "55", "--format", "json"))
    (sex,) = [item for item in data["selection_rates"] if item["attributes"] == ["sex"]]
    assert [(g["group"], g["chosen"], g["count"], g["impact_ratio"]) for g in sex["groups"]] == [
        (["m"], 4, 6, 1.0), (["f"], 3, 6, 0.75),
    ]  # fmt: skip
    assert data["median_score"] == 60.0
    assert data["without_groups"] == 0
    assert "does not establish" in json.dumps(data) or data["does_not_establish"]


def test_every_format_says_what_is_not_established(files):
    for form in ("text", "json", "html"):
        text = " ".join(run(*files, "--top", "4", "--format", form).split())
        assert "does not establish why they differ" in text
        assert "1607.4(D)" in text
        assert "5-301" in text


def test_csv_has_a_row_for_each_group_of_each_reading(files):
    import csv as csv_module
    import io

    rows = list(csv_module.DictReader(io.StringIO(run(*files, "--threshold", "55", "--format", "csv"))))
    found = {(r["reading"], r["measure"], r["attribute"], r["group"]): r for r in rows}
    assert found["groups", "selection", "sex", "f"]["below_four_fifths"] == "yes"
    assert found["local-law-144", "scoring", "sex × race", "m × a"]["count"] == "3"


def test_html_page_has_the_plots_inside_and_nothing_from_outside(files):
    page = run(*files, "--format", "html")
    assert page.count("<svg") == 4  # two attributes, a plot of rates and one of ratios each
    assert "src=" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_group_names_are_text_in_every_output(tmp_path):
    results, groups = tmp_path / "r.csv", tmp_path / "g.csv"
    results.write_text("resume,score\na,10\nb,90\n", encoding="utf-8")
    groups.write_text('resume,team\na,<script>alert(1)</script>\nb,"=HYPERLINK(""http://x"")"\n', encoding="utf-8")
    page = run(str(results), str(groups), "--format", "html")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    table_text = run(str(results), str(groups), "--format", "csv")
    assert "\"'=HYPERLINK" in table_text


@pytest.mark.parametrize(
    ("results", "groups", "words"),
    [
        ("resume,points2\na,1\n", "resume,sex\na,f\n", "--score-column"),
        ("resume,score\na,high\n", "resume,sex\na,f\n", "row 1 has no score"),
        ("resume,score\na,1\n", "resume\na\n", "no column of groups"),
        ("resume,score\na,1\n", "resume,sex\nb,f\n", "no resume of the results"),
        ("resume,score\na,1\n", "resume,sex\na,f\na,m\n", "twice"),
        ("", "resume,sex\na,f\n", "is empty"),
        ('{"resume": "a", "score": 1}\n{broken\n', "resume,sex\na,f\n", "line 2 is not JSON"),
    ],
)
def test_wrong_files_get_one_clear_line(tmp_path, results, groups, words):
    one, two = tmp_path / "r.csv", tmp_path / "g.csv"
    one.write_text(results, encoding="utf-8")
    two.write_text(groups, encoding="utf-8")
    output = run(str(one), str(two), code=2)
    assert words in output
    assert output.count("\n") == 1
    assert "Traceback" not in output


def test_json_lines_of_whole_results_are_read_too(tmp_path):
    results, groups = tmp_path / "r.jsonl", tmp_path / "g.csv"
    rows = [
        {"resume": {"document": {"source": "a.pdf"}}, "posting": {"document": {"source": "p"}}, "score": 10.5},
        {"resume": "b.pdf", "posting": "p", "score": None},
        {"resume": "c.pdf", "posting": "p", "score": None, "error": "is encrypted"},
    ]
    results.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    groups.write_text("resume;sex\na.pdf;f\nb.pdf;m\nc.pdf;m\n", encoding="utf-8")
    data = json.loads(run(str(results), str(groups), "--format", "json"))
    assert (data["applications"], data["without_score"], data["groups_without_results"]) == (2, 1, 1)


def test_the_column_of_the_groups_file_is_named_without_touching_that_of_the_results(tmp_path):
    results, groups = tmp_path / "r.csv", tmp_path / "g.csv"
    results.write_text("resume,posting,score\na,p,10\nb,p,90\n", encoding="utf-8")
    groups.write_text("resume,person,sex\nx,a,f\ny,b,m\n", encoding="utf-8")
    data = json.loads(
        run(str(results), str(groups), "--resume-column", "person", "--by", "sex", "--format", "json")
    )  # fmt: skip
    assert (data["applications"], data["without_groups"]) == (2, 0)
    results.write_text("who,posting,score\na,p,10\nb,p,90\n", encoding="utf-8")
    both = [str(results), str(groups), "--resume-column", "person", "--by", "sex", "--format", "json"]
    assert "name it with --results-resume-column" in run(*both, code=2)
    assert json.loads(run(*both, "--results-resume-column", "who"))["without_groups"] == 0


def test_labels_that_differ_in_case_are_one_group_and_it_is_said(tmp_path):
    results, groups = tmp_path / "r.csv", tmp_path / "g.csv"
    results.write_text("resume,score\na,10\nb,90\nc,80\nd,70\n", encoding="utf-8")
    groups.write_text(
        "resume,sex\na,female\nb, Female \nc,FEMALE\nc,female\nd,male\nb,Female\ne,Female\n", encoding="utf-8"
    )
    data = json.loads(run(str(results), str(groups), "--threshold", "50", "--format", "json"))
    (table,) = data["selection_rates"]
    assert {tuple(item["group"]): (item["count"], item["chosen"]) for item in table["groups"]} == {
        ("Female",): (3, 2), ("male",): (1, 1),
    }  # fmt: skip
    assert data["merged_labels"] == [{"attribute": "sex", "group": "Female", "also_written": ["female", "FEMALE"]}]
    text = " ".join(run(str(results), str(groups), "--threshold", "50").split())
    assert "sex: 'female', 'FEMALE' counts as 'Female'" in text


def test_what_is_counted_are_applications(tmp_path):
    results, groups = tmp_path / "r.csv", tmp_path / "g.csv"
    results.write_text("resume,posting,score\na,p,10\na,q,90\nb,p,5\nb,q,5\n", encoding="utf-8")
    groups.write_text("resume,sex\na,f\nb,m\n", encoding="utf-8")
    text = run(str(results), str(groups), "--threshold", "50")
    assert "people" not in text.split("What this does not establish")[0]
    header = next(line for line in text.splitlines() if "chosen" in line)
    assert header.split()[:3] == ["group", "applications", "chosen"]
    assert any(line.split()[:3] == ["f", "2", "1"] for line in text.splitlines())
