"""What to do next, on every page that says it: careers on level pages, what would raise a score on match pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from rich.console import Console

from matcher import schemas
from matcher.cli import main
from matcher.reports import advice, figures, html, markdown
from matcher.reports.advice import Answers
from matcher.reports.terminal import print_answers, print_level
from matcher.taxonomy.schema import Salary
from matcher.whatif import SmallestSets

SAMPLES = Path(__file__).parents[2] / "samples"
MID, POSTING = str(SAMPLES / "resumes/mid-mateo-arrascue.pdf"), str(SAMPLES / "postings/ml-engineer.txt")
CHANGER = str(SAMPLES / "resumes/changer-noor-eikelboom.md")
DAY = ("--as-of", "2026-11-20")


def words(text):
    """The words of a page in any form, without tags, escapes and line breaks."""
    bare = re.sub(r"<(style|script)>.*?</\1>|<[^>]+>", " ", text, flags=re.DOTALL)
    bare = re.sub(r"\\(?=[^\w\s])", "", unescape(bare)).replace("**", "")
    return re.sub(r"\s+([,.;:)])", r"\1", " ".join(bare.split()))


def on_terminal(draw, width=100):
    page = StringIO()
    draw(Console(file=page, width=width, highlight=False))
    return page.getvalue()


@pytest.fixture(scope="module")
def changer(matcher):
    return matcher.profile(CHANGER, "resume")


@pytest.fixture(scope="module")
def career(matcher, changer):
    found = matcher.career(changer)
    assert found.targets
    assert found.tracks
    assert found.background
    assert found.next_steps
    return found


@pytest.fixture(scope="module", params=["terminal", "html", "markdown"])
def level_page(request, career, changer, taxonomy):
    if request.param == "terminal":
        return words(on_terminal(lambda console: print_level(console, changer, taxonomy, career), 4000))
    render = {"html": html.render_level, "markdown": markdown.render_level}[request.param]
    return words(render(changer, taxonomy, career))


def test_a_level_page_tells_the_whole_career(level_page, career, taxonomy):
    for target in career.targets:
        assert f"To reach {target.level.name}" in level_page
        assert advice.branch(target.level) in level_page
        assert f"{target.coverage:.0%}" in level_page
        for gap in target.gaps:
            assert gap.label in level_page
        for salary in target.level.salary:
            assert advice.salary_range(salary) in level_page
            assert salary.basis in level_page
    for salary in career.salary:
        assert advice.salary_range(salary) in level_page
    for fit in career.tracks:
        assert fit.track.name in level_page
        assert f"{len(fit.signals)} of the {len(fit.track.signals)} skills" in level_page
    assert f"Coming from {career.background.background.name}" in level_page
    assert career.background.background.advice in level_page
    for gap in career.background.gaps:
        assert gap.label in level_page
    for step in advice.next_steps(career):
        assert step.text in level_page
    for source_id in figures.cited(advice.sources(career)):
        assert " ".join(figures.source_title(source_id, taxonomy).split()) in level_page


def test_what_is_not_there_has_no_section(career, changer, taxonomy):
    bare = replace(career, targets=(), salary=(), tracks=(), background=None, next_steps=(), level_id=None)
    for page in (
        html.render_level(changer, taxonomy, bare),
        markdown.render_level(changer, taxonomy, bare),
        on_terminal(lambda console: print_level(console, changer, taxonomy, bare)),
    ):
        for heading in ("To reach", "Salary", "Specialisations", "Coming from", "Next steps", "Guides cited"):
            assert heading not in words(page)


def test_salaries_are_drawn_to_scale(career, changer, taxonomy):
    page = html.render_level(changer, taxonomy, career)
    section = page[page.index('<section aria-labelledby="pay">') :]
    section = section[: section.index("</section>")]
    bars = [tuple(map(float, found)) for found in re.findall(r'class="fill" x="([\d.]+)" width="([\d.]+)"', section)]
    ranges = [
        (int(low.replace(",", "")), int(high.replace(",", "") or 0))
        for low, high in re.findall(r"([\d,]+) (?:to ([\d,]+)|and more) USD", section)
    ]
    assert len(bars) == len(ranges) > 4
    top = max(high or round(1.25 * low) for low, high in ranges)
    ranges = [(low, high or top) for low, high in ranges]
    for (start, width), (low, high) in zip(bars, ranges, strict=True):
        assert start == pytest.approx(100 * low / top, abs=0.01)
        assert start + width == pytest.approx(100 * high / top, abs=0.02)


def test_a_range_without_an_end_goes_on_to_the_edge(career, changer, taxonomy):
    source = career.salary[0].source
    open_ended = replace(
        career, targets=(), salary=(Salary(min=50, max=200, source=source), Salary(min=100, source=source))
    )
    page = html.render_level(changer, taxonomy, open_ended)
    assert '<rect class="fill" x="50.00" width="50.00" height="8"/>' in page
    assert "100 and more USD" in words(page)


@pytest.fixture(scope="module", params=["terminal", "html", "markdown"])
def answered(request, result, answers, taxonomy):
    """How a match page of each form answers what is asked."""

    def render(asked):
        if request.param == "terminal":
            return words(on_terminal(lambda console: print_answers(console, asked, taxonomy), 4000))
        page = {"html": html.render_result, "markdown": markdown.render_result}[request.param]
        return words(page(result, taxonomy, asked))

    return render


HEADINGS = ("What each missing item would add by itself", "90 it takes", "Plan: the most points for the least effort")


def test_a_match_page_answers_what_was_asked(answered, answers):
    page = answered(answers)
    assert all(heading in page for heading in HEADINGS)
    assert len(answers.gains) > 3
    for gain in answers.gains:
        assert f"+{gain.points:.2f}" in page
        assert f"{gain.score:.2f}" in page
    assert answers.sets.sets
    for way in answers.sets.sets:
        assert ", ".join(gain.item.label for gain in way.gains) in page
        assert f"{way.score:.2f}" in page
    for number, step in enumerate(answers.plan, start=1):
        assert f"{number}. {step.gain.item.label}" in page
        assert f"+{step.adds:.2f}" in page
        assert f"to {step.score:.2f}" in page
    # Several items may share an advice; each stands in the plan and nowhere else.
    told = Counter(text for step in answers.plan for text in (step.gain.item.acquire, step.gain.item.show) if text)
    assert {text: page.count(text) for text in told} == told


def test_a_match_page_does_not_answer_what_was_not_asked(answered, answers):
    for index, asked in enumerate(
        (
            Answers(answers.start, gains=answers.gains),
            Answers(answers.start, sets=answers.sets),
            Answers(answers.start, plan=answers.plan),
        )
    ):
        page = answered(asked)
        assert [heading in page for heading in HEADINGS] == [number == index for number in range(3)]


def test_nothing_missing_is_said(answered, answers):
    page = answered(Answers(100.0, (), SmallestSets(90.0, 0, 100.0), ()))
    assert page.count("Nothing is missing.") == 2
    assert "he score is at 90 already" in page


def test_no_way_is_said(answered):
    assert "o set of missing items reaches 99: with all of them the score is 98.50" in answered(
        Answers(80.0, sets=SmallestSets(99.0, None, 98.5))
    )


def test_without_questions_the_pages_say_nothing_of_them(result, taxonomy):
    for page in (html.render_result(result, taxonomy), markdown.render_result(result, taxonomy)):
        assert not any(heading in words(page) for heading in HEADINGS)


def run(*args):
    return CliRunner().invoke(main, [*args, *DAY])


@pytest.mark.parametrize("ending", ["html", "md", "txt"])
def test_the_command_writes_the_answers_into_every_form(ending, tmp_path):
    file = tmp_path / f"report.{ending}"
    done = run("score", MID, POSTING, "--what-if", "--plan", "--target-score", "90", "-o", str(file))
    assert (done.exit_code, done.output) == (0, "")
    page = words(file.read_text(encoding="utf-8"))
    assert all(heading in page for heading in HEADINGS)


def test_a_form_without_room_for_answers_is_named(tmp_path):
    done = run("score", MID, POSTING, "--plan", "--format", "csv")
    assert done.exit_code == 2
    assert "csv" in done.output


def test_without_a_score_there_is_no_answer():
    done = run("score", CHANGER, str(SAMPLES / "postings/registered-nurse.txt"), "--plan")
    assert done.exit_code == 0
    assert "There is no score, so nothing can be said of what would raise it." in done.output
    assert "Plan:" not in done.output


@pytest.mark.parametrize("more", [["--what-if"], ["--plan", "--target-score", "95"], ["--target-score", "100"]])
def test_the_answers_as_data_hold_against_the_schema(more):
    done = run("score", MID, POSTING, "--format", "json", *more)
    data = json.loads(done.output)
    assert data["what_if"]["items"]
    check = Draft202012Validator(schemas.load("result-1"))
    check.validate(data)
    data["what_if"]["plan"][0]["points"] = "many"
    assert not check.is_valid(data)
