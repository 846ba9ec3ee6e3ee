from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from matcher.cli import main
from matcher.reports import figures
from matcher.reports.terminal import print_level, print_profile, print_result, print_result_line


def rendered(width, draw, **more):
    page = StringIO()
    console = Console(file=page, width=width, highlight=False, **more)
    draw(console)
    return page.getvalue()


@pytest.mark.parametrize("width", [80, 110, 140, 200])
def test_reports_fit_and_say_everything(width, matcher, result, taxonomy):
    for verbose in (False, True):
        text = rendered(width, lambda console, v=verbose: print_result(console, result, taxonomy, verbose=v))
        assert max(len(line) for line in text.splitlines()) <= width
        assert f"{result.score:.2f} of 100" in text
        assert figures.allowed(result) in text
        flat = " ".join(text.split())
        for item in result.missing:
            assert f"-{item.points / 100:.2f}" in flat
        for part in figures.parts(result):
            assert part.name in flat
    for profile in (result.resume, result.posting):
        career = matcher.career(profile)
        for draw in (print_profile, lambda *args, career=career: print_level(*args, career)):
            text = rendered(width, lambda console, d=draw, p=profile: d(console, p, taxonomy))
            assert max(len(line) for line in text.splitlines()) <= width


def test_more_room_is_used(result, taxonomy):
    heights = [
        len(rendered(width, lambda console: print_result(console, result, taxonomy)).splitlines())
        for width in (80, 140)
    ]
    assert heights[1] < heights[0]


def test_each_state_has_a_sign_of_its_own_without_colour(result, taxonomy):
    text = rendered(80, lambda console: print_result(console, result, taxonomy), no_color=True)
    assert "\x1b" not in text
    assert all(sign in text for sign in figures.STATE_SIGNS.values())


def test_no_color_is_obeyed_on_a_terminal(result, taxonomy, monkeypatch):
    def draw(console):
        print_result(console, result, taxonomy)

    coloured = rendered(80, draw, force_terminal=True, color_system="256")
    assert "\x1b[38;5;" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = rendered(80, draw, force_terminal=True, color_system="256")
    assert "38;5;" not in plain


def test_without_a_score_there_is_a_reason_and_no_points(abstained, taxonomy):
    text = rendered(80, lambda console: print_result(console, abstained, taxonomy))
    assert f"No score: {abstained.abstained}" in " ".join(text.split())
    assert "Where the points come from" not in text


def test_a_hostile_resume_cannot_steer_the_terminal(matcher, hostile_result, taxonomy):
    resume = hostile_result.resume
    career = matcher.career(resume)
    for draw in (
        lambda console: print_result(console, hostile_result, taxonomy, verbose=True),
        lambda console: print_profile(console, resume, taxonomy),
        lambda console: print_level(console, resume, taxonomy, career),
    ):
        text = rendered(80, draw)
        assert not set(text) & set("\x1b\x07\x00\u202e\u200b")
        assert max(len(line) for line in text.splitlines()) <= 80


def test_the_outcome_alone(result, taxonomy):
    lines = rendered(80, lambda console: print_result_line(console, result, taxonomy)).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{result.score:.2f} of 100")


SAMPLES = Path(__file__).parents[2] / "samples"
RESUME, POSTING = str(SAMPLES / "resumes/junior-ada-okafor.txt"), str(SAMPLES / "postings/junior-ml-engineer.md")
DAY = ("--as-of", "2026-11-20")


def run(*args, **more):
    return CliRunner().invoke(main, [*args, *DAY], **more)


def test_piped_output_is_plain_and_fits_eighty_columns():
    done = run("score", RESUME, POSTING)
    assert done.exit_code == 0, done.output
    assert "\x1b" not in done.output
    lines = done.output.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines == [line.rstrip() for line in lines]


def test_an_ascii_terminal_gets_ascii_signs():
    done = CliRunner(charset="ascii").invoke(main, ["score", RESUME, POSTING, *DAY])
    assert done.exit_code == 0, done.output
    assert "####" in done.output
    assert "\ufffd" not in done.output


def test_quiet_and_verbose_exclude_each_other():
    quiet = run("score", RESUME, POSTING, "--quiet")
    assert len(quiet.output.splitlines()) == 2
    assert len(run("score", RESUME, POSTING, "-v").output) > len(run("score", RESUME, POSTING).output)
    both = run("score", RESUME, POSTING, "-q", "-v")
    assert both.exit_code == 2
    assert "exclude each other" in both.output


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        (".html", "<!doctype html>"),
        (".HTM", "<!doctype html>"),
        (".md", "# junior-ada-okafor"),
        (".json", "{"),
        (".csv", "number,kind,label"),
        (".txt", "/"),
        (".out", "/"),
    ],
)
def test_the_ending_of_the_file_picks_the_format(tmp_path, ending, begins):
    file = tmp_path / f"report{ending}"
    done = run("score", RESUME, POSTING, "-o", str(file))
    assert (done.exit_code, done.output) == (0, "")
    assert file.read_text(encoding="utf-8").startswith(begins)


def test_a_format_that_is_given_wins(tmp_path):
    file = tmp_path / "report.html"
    assert run("score", RESUME, POSTING, "-o", str(file), "--format", "markdown").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("# ")


def test_a_format_a_command_lacks_is_named(tmp_path):
    file = tmp_path / "level.csv"
    done = run("level", RESUME, "-o", str(file))
    assert done.exit_code == 2
    assert "does not write csv" in done.output
    assert not file.exists()


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_every_command_writes_every_format(form):
    for command in (["score", RESUME, POSTING], ["level", RESUME], ["extract", POSTING, "--kind", "posting"]):
        done = run(*command, "--format", form)
        assert done.exit_code == 0, done.output
        assert len(done.output) > 200
