"""Who a resume is about moves no score: every sample, rewritten for other people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matcher import Matcher
from matcher.audit.swap import ATTRIBUTES, PERSONAS, Change, SwapCheck, swap_check, swap_lines, variants

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
RESUMES = sorted(path for path in (SAMPLES / "resumes").iterdir() if path.is_file())
POSTINGS = sorted(path for path in (SAMPLES / "postings").iterdir() if path.is_file())

STATED = """Jonas Falkner
Date of birth: 4 April 1990 | Nationality: Austrian | Gender: male | Marital status: married
12 Tannenweg, 5020 Salzburg, Austria
jonas.falkner@post.example | +43 662 555 0123 | https://people.example/jonas.falkner
Photo: attached

Summary
He builds machine learning systems in Python and PyTorch; his models run on Kubernetes. Mr. Falkner leads himself.

Experience
Machine Learning Engineer, Alpenblick Software
March 2019 - present
- Trained ranking models with PyTorch and served them on Kubernetes.

Education
M.Sc. in Computer Science, University of Untersberg, 2014 - 2018
"""


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(as_of=date(2026, 11, 20))


def test_there_are_samples():
    assert len(RESUMES) >= 7
    assert len(POSTINGS) >= 6


def test_what_is_stated_is_rewritten(matcher):
    from matcher.reading import read_text

    document = read_text(STATED, "resume")
    found = list(variants(document, PERSONAS[1:2]))
    assert [variant.attribute for variant in found] == list(ATTRIBUTES)
    texts = {variant.attribute: variant.document.text for variant in found}
    whole = texts["all of them"]
    for gone in ("Falkner", "1990", "Austrian", "Salzburg", "Untersberg", "married", "jonas"):
        assert gone not in whole
    assert "OLUWASEUN" not in whole
    assert whole.startswith("Oluwaseun Adeyinka-Bello")
    assert "Okpara State University" in texts["school"]
    assert "Ibadan, Nigeria" in texts["address"]
    she = next(v.document.text for v in variants(document, PERSONAS[:1]) if v.attribute == "pronouns")
    assert "She builds machine learning systems in Python and PyTorch; her models" in she
    assert "leads herself" in she


def test_lines_stay_in_their_places():
    from matcher.reading import read_text

    document = read_text(STATED, "resume")
    for variant in variants(document):
        text, lines = variant.document.text, variant.document.lines
        assert [line.span.start for line in lines] == sorted(line.span.start for line in lines)
        shown = [text[line.span.start : line.span.end] for line in lines]
        assert all(part and "\n" not in part and part.strip() == part for part in shown), variant.attribute
        assert "\n".join(shown) == "\n".join(part for part in text.split("\n") if part.strip())


@pytest.mark.slow
@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.stem)
def test_no_score_of_any_sample_moves(matcher, path):
    postings = [matcher.profile(posting, "posting") for posting in POSTINGS]
    check = swap_check([matcher.read(path, "resume")], postings, matcher.profile_document, matcher.score)
    assert len(check.changes) >= len(ATTRIBUTES) * len(POSTINGS)
    assert check.moved == ()
    assert check.largest == 0


def test_the_stated_details_move_nothing(matcher):
    from matcher.reading import read_text

    postings = [matcher.profile(posting, "posting") for posting in POSTINGS]
    check = swap_check([read_text(STATED, "resume")], postings, matcher.profile_document, matcher.score)
    assert check.largest == 0


def test_a_matcher_that_minds_names_is_caught(matcher):
    class Biased:
        def __init__(self, result, profile):
            bonus = 5.0 if "whitlock" in profile.document.text.lower() else 0.0
            self.score = None if result.score is None else result.score + bonus

    posting = matcher.profile(next(path for path in POSTINGS if path.stem == "ml-engineer"), "posting")
    document = matcher.read(next(path for path in RESUMES if path.stem.startswith("junior")), "resume")
    check = swap_check(
        [document], [posting], matcher.profile_document,
        lambda resume, asked: Biased(matcher.score(resume, asked), resume), PERSONAS[:2],
    )  # fmt: skip
    assert check.largest == 5.0
    assert {change.attribute for change in check.moved} == {"name", "all of them"}
    assert "5.00 points" in "\n".join(swap_lines(check))


def test_a_score_that_vanishes_is_a_change():
    gone = Change("r", "p", "name", "x", 50.0, None)
    assert SwapCheck(1, 1, (gone, Change("r", "p", "name", "x", None, None))).largest == 100
