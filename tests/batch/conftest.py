"""A small folder of resumes and postings, and one matcher for all tests of this room."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matcher import Matcher

DAY = date(2026, 11, 20)
_SKILLS = (
    "Python, PyTorch, Kubernetes, Docker",
    "Java, Spark, SQL, Airflow",
    "Python, scikit-learn, pandas, SQL",
    "Go, Kubernetes, Terraform, AWS",
    "Python, TensorFlow, MLflow, Docker, AWS",
)


def resume(number: int) -> str:
    skills = _SKILLS[number % len(_SKILLS)]
    first = skills.split(",")[0]
    return (
        f"Person {number}\nperson{number}@example.org\n\nExperience\n\n"
        f"Machine Learning Engineer, Company {number}\nJan {2012 + number % 9} - present\n"
        f"- Built services in {first} and kept them running\n\nSkills\n\n{skills}\n\nEducation\n\n"
        f"{'MSc' if number % 2 else 'BSc'} Computer Science, Some University, 2011\n"
    )


def posting(number: int) -> str:
    return (
        f"{'Senior ' if number % 2 else ''}Machine Learning Engineer\n\nRequirements\n\n"
        f"- {3 + number}+ years of experience with Python\n- {_SKILLS[number % len(_SKILLS)]}\n"
        "- Bachelor's degree in Computer Science\n\nNice to have\n\n- Kubernetes or Docker Swarm\n- Airflow\n"
    )


def fill(folder: Path, resumes: int = 8, postings: int = 3) -> tuple[Path, Path]:
    (folder / "cvs" / "more").mkdir(parents=True)
    (folder / "jobs").mkdir()
    for number in range(resumes):
        place = folder / "cvs" / ("more" if number % 3 == 0 else "") / f"r{number:02}.txt"
        place.write_text(resume(number), encoding="utf-8")
    for number in range(postings):
        (folder / "jobs" / f"p{number}.txt").write_text(posting(number), encoding="utf-8")
    return folder / "cvs", folder / "jobs"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    return fill(tmp_path)


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher(as_of=DAY)
