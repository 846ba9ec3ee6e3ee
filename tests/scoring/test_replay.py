"""A report made again: it holds, or what differs is named with its cause."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from matcher import Matcher, ReadingError, SettingsError
from matcher.cli import main
from matcher.replay import replay

RESUME = "Jo Doe\n\nExperience\n\nEngineer, Globex\nJan 2021 - Present\n- Built services in Python on Kubernetes\n"
POSTING = (
    "Senior ML Engineer\n\nRequirements\n- Python\n- Kubernetes\n- PyTorch or TensorFlow\n- 5+ years of experience\n"
)


@pytest.fixture
def report(tmp_path: Path, matcher: Matcher) -> Path:
    (tmp_path / "resume.txt").write_text(RESUME, encoding="utf-8")
    (tmp_path / "posting.txt").write_text(POSTING, encoding="utf-8")
    result = matcher.score(tmp_path / "resume.txt", tmp_path / "posting.txt")
    path = tmp_path / "report.json"
    path.write_text(json.dumps(result.to_dict()), encoding="utf-8")
    return path


def changed(report: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    data = json.loads(report.read_text(encoding="utf-8"))
    change(data)
    report.write_text(json.dumps(data), encoding="utf-8")
    return report


def test_a_report_holds(report: Path) -> None:
    found = replay(report)
    assert (found.holds, found.causes, found.differences) == (True, (), ())
    assert found.explanation == "the report holds"


def test_it_is_made_again_with_its_own_weights_and_day(tmp_path: Path, report: Path, matcher: Matcher) -> None:
    other = Matcher(settings={"status": {"listed": 0.3}}, as_of=matcher.as_of.replace(year=2024))
    result = other.score(tmp_path / "resume.txt", tmp_path / "posting.txt")
    report.write_text(json.dumps(result.to_dict()), encoding="utf-8")
    assert replay(report).holds


def test_a_changed_number_is_found(report: Path) -> None:
    def better(data: dict[str, Any]) -> None:
        data["contributions"][0]["points"] += 5
        data["score"] += 5

    found = replay(changed(report, better))
    assert not found.holds
    assert len(found.differences) == 2
    assert found.differences[0].place == "score"
    assert found.differences[1].place.startswith("contributions[")
    assert "changed after it was made" in found.explanation


def test_changed_weights_are_found_whether_or_not_their_hash_is_changed_too(report: Path) -> None:
    found = replay(changed(report, lambda data: data["settings"].update(years_floor=0.1, sibling_credit=0.9)))
    assert not found.holds
    assert [cause.code for cause in found.causes] == ["tampered"]


def test_another_resume_is_named_as_the_cause(report: Path, tmp_path: Path) -> None:
    (tmp_path / "resume.txt").write_text(RESUME + "- Trained models in PyTorch\n", encoding="utf-8")
    found = replay(report)
    assert not found.holds
    assert [cause.code for cause in found.causes] == ["resume"]
    score = next(item for item in found.differences if item.place == "score")
    assert score.recomputed > score.reported


def test_another_taxonomy_is_named_and_may_hold(report: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "more.yaml"
    overlay.write_text("skills:\n  zorblax:\n    name: Zorblax\n    kind: tool\n", encoding="utf-8")
    found = replay(report, taxonomy=overlay)
    assert found.holds
    assert [cause.code for cause in found.causes] == ["taxonomy"]
    assert "although" in found.explanation


def test_another_program_version_is_named(report: Path) -> None:
    found = replay(changed(report, lambda data: data["program"].update(version="0.0.1")))
    assert found.holds
    assert [cause.code for cause in found.causes] == ["program"]


def test_files_may_have_moved(report: Path, tmp_path: Path) -> None:
    there = (tmp_path / "resume.txt").rename(tmp_path / "elsewhere.txt")
    with pytest.raises(ReadingError, match="--resume"):
        replay(report)
    assert replay(report, resume=there).holds


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("", "no JSON"),
        ("[]", "no report"),
        ('{"schema": "matcher.profile/1"}', "no report"),
        ('{"schema": "matcher.result/1"}', "missing"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, content: str, word: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=word):
        replay(path)
    with pytest.raises(SettingsError, match="cannot be read"):
        replay(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda data: data.update(as_of="soon"), "as_of"),
        (lambda data: data["settings"].update(magic=1), "magic"),
        (lambda data: data["settings"].update(degree=-1), "degree"),
        (lambda data: data["resume"].pop("document"), "resume"),
        (lambda data: data.update(contributions={}), "contributions"),
    ],
)
def test_a_broken_report_is_refused(report: Path, change: Callable[[dict[str, Any]], None], word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        replay(changed(report, change))


def test_the_command_says_so_with_its_exit_code(report: Path, tmp_path: Path) -> None:
    run = CliRunner()
    good = run.invoke(main, ["verify", str(report)])
    assert (good.exit_code, "holds" in good.output) == (0, True)
    bad = run.invoke(main, ["verify", str(changed(report, lambda data: data.update(score=1.0))), "--format", "json"])
    assert bad.exit_code == 1
    assert json.loads(bad.output)["differences"][0]["place"] == "score"
    assert run.invoke(main, ["verify", str(tmp_path / "none.json")]).exit_code == 2


def test_what_if_in_a_report_is_made_again(tmp_path: Path, report: Path) -> None:
    page = tmp_path / "what-if.json"
    arguments = ["score", str(tmp_path / "resume.txt"), str(tmp_path / "posting.txt"), "--plan", "--target-score", "90"]
    asked = CliRunner().invoke(main, [*arguments, "--as-of", "2026-11-20", "-o", str(page)])
    assert asked.exit_code == 0, asked.output
    data = json.loads(page.read_text(encoding="utf-8"))
    assert data["what_if"]["sets"]["target"] == 90
    assert data["what_if"]["plan"]
    assert replay(page).holds
    found = replay(changed(page, lambda data: data["what_if"]["items"][0].update(points=99)))
    assert not found.holds
