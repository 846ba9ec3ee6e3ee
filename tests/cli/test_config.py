"""The configuration file and the environment: what counts, and what is said of a mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from matcher.cli import main

SAMPLES = Path(__file__).parents[2] / "samples"
RESUME = str(SAMPLES / "resumes" / "junior-ada-okafor.txt")
POSTING = str(SAMPLES / "postings" / "junior-ml-engineer.md")


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHER_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder below the one that a configuration is written to."""
    for name in ("MATCHER_CONFIG", "MATCHER_AS_OF", "MATCHER_TAXONOMY", "MATCHER_JOBS"):
        monkeypatch.delenv(name, raising=False)
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def score(*arguments: str) -> dict[str, Any]:
    result = run("score", RESUME, POSTING, *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_a_file_above_gives_defaults_and_weights(desk: Path) -> None:
    (desk / "matcher.toml").write_text(
        'as_of = 2026-11-20\nformat = "json"\n[weights]\nrecency_floor = 0.5\neffort_weeks = {"1" = 2}\n'
        "[weights.strength]\npreferred = 0.1\n"
    )
    found = score()

    assert found["as_of"] == "2026-11-20"
    assert found["settings"]["recency_floor"] == 0.5
    assert found["settings"]["strength"] == {"required": 1.0, "preferred": 0.1, "mentioned": 0.0}
    assert found["settings"]["effort_weeks"]["1"] == 2
    assert found["settings"]["effort_weeks"]["2"] == 3


def test_a_project_file_does_the_same(desk: Path) -> None:
    (desk / "pyproject.toml").write_text(
        '[tool.matcher]\nas-of = "2026-11-20"\n[tool.matcher.command.score]\nformat="json"\n'
    )

    assert score()["as_of"] == "2026-11-20"


def test_the_nearest_file_counts(desk: Path) -> None:
    (desk / "matcher.toml").write_text('as_of = 2020-01-01\nformat = "json"')
    (desk / "a" / "pyproject.toml").write_text("[tool.other]\nx = 1")
    (desk / "a" / "b" / "matcher.toml").write_text('as_of = 2026-11-20\nformat = "json"')

    assert score()["as_of"] == "2026-11-20"


def test_a_broken_project_file_of_something_else_is_no_matter(desk: Path) -> None:
    (desk / "a" / "pyproject.toml").write_text("not toml")
    (desk / "matcher.toml").write_text('as_of = 2026-11-20\nformat = "json"')

    assert score()["as_of"] == "2026-11-20"


def test_the_command_line_comes_first_then_the_environment_then_the_file(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "matcher.toml").write_text('as_of = 2021-01-01\nformat = "json"')
    assert score()["as_of"] == "2021-01-01"
    monkeypatch.setenv("MATCHER_AS_OF", "2022-01-01")
    assert score()["as_of"] == "2022-01-01"
    assert score("--as-of", "2023-01-01")["as_of"] == "2023-01-01"


def test_the_table_of_a_command_comes_before_what_all_share(desk: Path) -> None:
    (desk / "matcher.toml").write_text('format = "markdown"\n[command.score]\nformat = "json"')

    assert score()["schema"] == "matcher.result/1"
    assert run("extract", RESUME, "--kind", "resume").output.startswith("# ")


def test_a_shared_value_goes_to_those_that_take_it(desk: Path) -> None:
    (desk / "matcher.toml").write_text('format = "markdown"')

    assert run("taxonomy", "find", "k8s").output.startswith("Kubernetes")


def test_the_ending_of_the_output_comes_before_the_file(desk: Path) -> None:
    (desk / "matcher.toml").write_text('format = "json"')

    assert run("score", RESUME, POSTING, "-o", "out.md").exit_code == 0
    assert Path("out.md").read_text().startswith("# ")
    assert run("score", RESUME, POSTING, "-o", "out2.md", "--format", "json").exit_code == 0
    assert json.loads(Path("out2.md").read_text())


def test_paths_start_from_the_folder_of_the_file(desk: Path) -> None:
    (desk / "mine.yaml").write_text("skills:\n  glazing: {name: Ceramic Glazing, kind: practice}\n")
    (desk / "matcher.toml").write_text('taxonomy = "mine.yaml"')

    assert "Ceramic Glazing" in run("taxonomy", "find", "ceramic glazing").output


def test_named_and_none(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "matcher.toml").write_text("broken")
    (desk / "other.toml").write_text('format = "json"\nas_of = 2026-11-20')
    assert run("taxonomy", "find", "k8s").exit_code == 2
    assert run("--config", "", "taxonomy", "find", "k8s").exit_code == 0
    found = run("--config", str(desk / "other.toml"), "score", RESUME, POSTING)
    assert json.loads(found.output)["as_of"] == "2026-11-20"
    monkeypatch.setenv("MATCHER_CONFIG", str(desk / "other.toml"))
    assert score()["as_of"] == "2026-11-20"
    monkeypatch.setenv("MATCHER_CONFIG", "")
    assert run("taxonomy", "find", "k8s").exit_code == 0


def test_help_is_there_whatever_the_file_says(desk: Path) -> None:
    (desk / "matcher.toml").write_text("broken")

    assert run("score", "--help").exit_code == 0
    assert run("--help").exit_code == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("as_off = 1", "unknown key 'as_off'; did you mean 'as_of'?"),
        ("output = 'x'", "unknown key 'output'"),
        ("[weights]\nrecency_flor = 1", "unknown key 'weights.recency_flor'; did you mean 'recency_floor'?"),
        ("[weights.strength]\nrequird = 1", "unknown key 'weights.strength.requird'; did you mean 'required'?"),
        ("[weights]\nrecency_floor = 7", "weights: setting 'recency_floor'"),
        ("weights = 1", "weights must be a table"),
        ("[command.scor]\ntop = 1", "unknown key 'command.scor'; did you mean 'score'?"),
        ("[command.score]\nfail_undr = 1", "unknown key 'command.score.fail_undr'; did you mean 'fail_under'?"),
        ("[command.taxonomy.fnd]\ncount = 1", "unknown key 'command.taxonomy.fnd'; did you mean 'find'?"),
        ("[command.score]\nfail_under = 200", "command.score.fail_under = 200"),
        ("[command.score]\nquiet = 1", "must be true or false"),
        ("top = true", "must be a value, not true or false"),
        ("top = [1]", "must be one value"),
        ("taxonomy = 1", "must be a path in quotes"),
        ('format = "htm"', "'htm' is not one of"),
        ("as_of = 2026-11-20T10:00:00", "is not a day"),
        ("a b", "is no TOML"),
    ],
)
def test_a_mistake_is_one_line_that_names_file_and_key(desk: Path, text: str, said: str) -> None:
    (desk / "matcher.toml").write_text(text)
    result = run("score", RESUME, POSTING)

    assert result.exit_code == 2
    assert result.output.startswith(f"{desk / 'matcher.toml'}: ")
    assert said in result.output
    assert result.output.count("\n") == 1


def test_a_file_that_is_not_there(desk: Path) -> None:
    result = run("--config", "none.toml", "taxonomy", "find", "k8s")

    assert result.exit_code == 2
    assert result.output == "none.toml: cannot be read: No such file or directory; name a file with --config FILE\n"


def test_a_batch_uses_the_weights(desk: Path) -> None:
    call = ("batch", RESUME, POSTING, "--jobs", "1", "--as-of", "2026-11-20", "-o")
    assert run(*call, "plain.jsonl").exit_code == 0
    (desk / "matcher.toml").write_text("[weights]\nsibling_credit = 0.1\n[command.batch]\ntop = 1")
    assert run(*call, "weighed.jsonl").exit_code == 0
    plain, weighed = (json.loads(Path(name).read_text().splitlines()[0]) for name in ("plain.jsonl", "weighed.jsonl"))
    assert plain["settings_sha256"] != weighed["settings_sha256"]

    (desk / "matcher.toml").write_text("[weights]\nsibling_credit = 7")
    result = run(*call, "wrong.jsonl")
    assert result.exit_code == 2
    assert f"{desk / 'matcher.toml'}: weights: " in result.output
