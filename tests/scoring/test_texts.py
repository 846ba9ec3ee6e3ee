"""The laws of the score on texts, through reading and extraction."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from worlds import shared_matcher

from matcher.model import Profile

SAMPLES = Path(__file__).parents[2] / "samples"
FEW = limits(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

POSTING = """Senior Machine Learning Engineer

Requirements
- 5+ years of experience in software engineering
- Strong Python and SQL
- Experience with PyTorch or TensorFlow
- Kubernetes and Docker in production
- Bachelor's degree in Computer Science or equivalent experience

Nice to have
- Apache Kafka
- MLflow
"""
HEADS = {
    "plain": ("Alex Doe", "alex@mail.example", "Utrecht", ""),
    "woman": ("Maria Gonzalez Perez", "maria@mail.example", "Bogota", "Gender: female"),
    "man": ("Mohammed Al-Farsi", "mo@mail.example", "Muscat", "Gender: male"),
    "older": ("Gerald Ashworth", "g@mail.example", "Leeds", "Date of birth: 3 May 1961"),
    "elsewhere": ("Nguyen Thi Lan", "lan@mail.example", "Hanoi", "Nationality: Vietnamese"),
}
SCHOOLS = ("Harvard University", "Eastmere Community College", "University of Lagos")
# Names of skills the posting asks, each with other ways to write it.
VARIANTS = {
    "Python": ("python", "PYTHON", "Python 3"),
    "Kubernetes": ("kubernetes", "k8s", "K8s"),
    "PyTorch": ("pytorch", "PYTORCH", "Pytorch"),
    "Docker": ("docker", "DOCKER"),
    "MLflow": ("mlflow", "MLFlow", "ML Flow"),
    "Apache Kafka": ("Kafka", "kafka", "apache kafka"),
    "SQL": ("SQL", "sql"),
}


def resume(
    skills: tuple[str, ...] = ("Java", "Git"),
    used: tuple[str, ...] = ("Python",),
    head: str = "plain",
    school: str = SCHOOLS[0],
    layout: str = "comma",
) -> str:
    name, mail, town, personal = HEADS[head]
    listed = {"comma": ", ".join(skills), "bar": " | ".join(skills), "bullets": "\n".join(f"- {x}" for x in skills)}
    gap = "\n\n\n" if layout == "bar" else "\n"
    return (
        f"{name}\n{mail} | {town}\n{personal}\n\nExperience\n\n"
        f"Machine Learning Engineer, Globex\nJan 2021 - Present\n"
        + "".join(f"- Built production services with {skill} for three teams{gap}" for skill in used)
        + f"\nSkills\n\n{listed[layout]}\n\nEducation\n\nBSc Computer Science, {school}, 2016 - 2020\n"
    )


def points(text: str) -> float:
    known = shared_matcher()
    return known.scorer.score(known.profile_text(text, "resume"), asked()).points


def asked() -> Profile:
    if "posting" not in _ASKED:
        _ASKED["posting"] = shared_matcher().profile_text(POSTING, "posting")
    return _ASKED["posting"]


_ASKED: dict[str, Profile] = {}
NAMES = st.sampled_from(sorted(VARIANTS))
SOME = st.lists(NAMES, max_size=4, unique=True).map(tuple)


def test_the_posting_is_read_as_it_is_meant() -> None:
    found = {frozenset(item.skill_ids) for item in asked().requirements}
    assert {frozenset({"python"}), frozenset({"pytorch", "tensorflow"}), frozenset({"kubernetes"})} <= found
    assert asked().min_years == 5
    assert [item.or_experience for item in asked().degrees] == [True]
    assert asked().level.inferred == "senior"


@FEW
@given(SOME, SOME, NAMES, st.booleans())
def test_adding_a_shown_skill_never_lowers(
    listed: tuple[str, ...], used: tuple[str, ...], more: str, in_role: bool
) -> None:
    before = points(resume(("Java", *listed), ("Go", *used)))
    after = points(
        resume(("Java", *listed), ("Go", *used, more)) if in_role else resume(("Java", *listed, more), ("Go", *used))
    )
    assert after >= before


@FEW
@given(SOME, SOME, NAMES)
def test_repeating_a_skill_changes_nothing(listed: tuple[str, ...], used: tuple[str, ...], again: str) -> None:
    once = resume(("Java", again, *listed), ("Go", again, *used))
    twice = resume(("Java", again, *listed, again), ("Go", again, *used, again))
    assert points(twice) == points(once)


@FEW
@given(SOME, st.sampled_from(sorted(HEADS)), st.sampled_from(SCHOOLS))
def test_who_it_is_changes_nothing(used: tuple[str, ...], head: str, school: str) -> None:
    skills = ("Java", "Docker")
    assert points(resume(skills, ("Python", *used), head, school)) == points(resume(skills, ("Python", *used)))


@FEW
@given(st.permutations(["Java", "Docker", "Kubernetes", "SQL", "MLflow"]), st.sampled_from(("comma", "bar", "bullets")))
def test_order_and_layout_change_nothing(skills: list[str], layout: str) -> None:
    plain = points(resume(("Java", "Docker", "Kubernetes", "SQL", "MLflow")))
    assert points(resume(tuple(skills), layout=layout)) == plain


@pytest.mark.parametrize(("name", "variant"), [(name, other) for name in sorted(VARIANTS) for other in VARIANTS[name]])
def test_case_and_spelling_change_nothing(name: str, variant: str) -> None:
    assert points(resume(("Java", "Git", variant))) == points(resume(("Java", "Git", name)))
    assert points(resume(used=("Go", variant))) == points(resume(used=("Go", name)))


def test_the_order_of_the_posting_changes_nothing() -> None:
    known = shared_matcher()
    head, *lines = POSTING.split("\nRequirements\n")[1].split("\nNice to have\n")[0].strip().splitlines()
    turned = POSTING.replace("\n".join([head, *lines]), "\n".join([head, *reversed(lines)]))
    assert turned != POSTING
    held = known.profile_text(resume(("Kafka", "Docker"), ("Python", "TensorFlow")), "resume")
    assert known.scorer.score(held, known.profile_text(turned, "posting")).points == (
        known.scorer.score(held, asked()).points
    )


@pytest.mark.slow
def test_the_same_bytes_in_every_process_and_hash_seed(tmp_path: Path) -> None:
    pages = []
    for seed in ("0", "1", "4711"):
        page = tmp_path / f"{seed}.json"
        command = [
            sys.executable, "-m", "matcher", "score", str(SAMPLES / "resumes" / "junior-ada-okafor.txt"),
            str(SAMPLES / "postings" / "senior-ml-engineer.md"), "--as-of", "2026-11-20", "--format", "json",
            "--what-if", "--target-score", "60", "-o", str(page),
        ]  # fmt: skip
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        pages.append(page.read_bytes())
    assert len(pages[0]) > 1000
    assert pages[0] == pages[1] == pages[2]
