"""What the guides say to a document: targets on both branches, pay, tracks, background."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from matcher import Matcher, SettingsError
from matcher.career import Career, wilson_low
from matcher.cli import main
from matcher.model import Profile

RESUME = """Jo Doe

Experience

Senior Machine Learning Engineer, Globex
Jan 2022 - Present
- Ran Kubeflow and MLflow pipelines on Kubernetes with Terraform
- Served models with KServe and monitored them
- Built CI/CD with GitHub Actions

Software Engineer, Initech
Jan 2016 - Dec 2021
- Built microservices in Java and Docker
"""


@pytest.fixture(scope="module")
def profile(matcher: Matcher) -> Profile:
    return matcher.profile_text(RESUME, "resume")


@pytest.fixture(scope="module")
def career(matcher: Matcher, profile: Profile) -> Career:
    return matcher.career(profile)


def test_the_next_level_of_each_branch(career: Career) -> None:
    assert career.level_id == "senior"
    assert [target.level.id for target in career.targets] == ["staff", "lead"]
    for target in career.targets:
        assert target.gaps
        assert round(len(target.shown) / (len(target.shown) + len(target.gaps)), 4) == target.coverage


@pytest.mark.parametrize(
    ("level", "targets"),
    [
        (None, ["junior"]),
        ("junior", ["mid", "lead"]),
        ("staff", ["principal", "manager"]),
        ("lead", ["principal", "manager"]),
        ("manager", ["principal", "director"]),
        ("director", []),
    ],
)
def test_next_levels(matcher: Matcher, profile: Profile, level: str | None, targets: list[str]) -> None:
    from dataclasses import replace

    placed = replace(profile, level=replace(profile.level, inferred=level))
    assert [target.level.id for target in matcher.career(placed).targets] == targets


def test_a_target_may_be_named(matcher: Matcher, profile: Profile) -> None:
    assert [target.level.id for target in matcher.career(profile, "director").targets] == ["director"]
    with pytest.raises(SettingsError, match="no level 'boss'"):
        matcher.career(profile, "boss")


def test_pay_stands_with_its_guide(matcher: Matcher, career: Career) -> None:
    assert len(career.salary) == 3
    assert {salary.source for salary in career.salary} <= set(matcher.taxonomy.data.sources)


def test_the_track_it_leans_to(career: Career) -> None:
    assert career.tracks[0].track.id == "mlops-platform"
    assert [fit.lean for fit in career.tracks] == sorted((fit.lean for fit in career.tracks), reverse=True)


def test_the_background_and_its_gaps(career: Career) -> None:
    assert career.background is not None
    assert career.background.background.id == "software-engineering"
    assert "statistics" in {gap.skill_ids[0] for gap in career.background.gaps}
    assert all(gap.advice.acquire for gap in career.background.gaps)


def test_few_signals_make_no_strong_lean() -> None:
    assert wilson_low(0, 0) == 0
    assert wilson_low(1, 1) < wilson_low(10, 12)
    # Wilson (1927) as tabulated by Newcombe (1998): 81 of 263 is 0.2553 to 0.3662.
    assert wilson_low(81, 263) == pytest.approx(0.2553, abs=1e-4)


def test_the_command(tmp_path_factory: pytest.TempPathFactory) -> None:
    page = tmp_path_factory.mktemp("level") / "cv.txt"
    page.write_text(RESUME, encoding="utf-8")
    run = CliRunner()
    text = run.invoke(main, ["level", str(page), "--as-of", "2026-11-20"])
    assert text.exit_code == 0
    for words in (
        "Staff (individual branch)",
        "Lead (leading branch)",
        "Salary of Senior a year",
        "Coming from Software engineering",
    ):
        assert words in " ".join(text.output.split())
    data = json.loads(run.invoke(main, ["level", str(page), "--target", "principal", "--format", "json"]).output)
    assert [target["level"] for target in data["career"]["targets"]] == ["principal"]
    assert run.invoke(main, ["level", str(page), "--target", "senor"]).exit_code == 2
