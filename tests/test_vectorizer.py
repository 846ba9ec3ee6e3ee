"""``SkillVectorizer``, and what notebooks show."""

from __future__ import annotations

import html
import pickle
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import check_is_fitted

from matcher import Matcher, ReadingError, SettingsError, SkillVectorizer

SAMPLES = Path(__file__).parents[1] / "samples"
RESUMES = [
    "Skills\nPython, Docker",
    "Experience\nBuilt services in Python with Kubernetes. No experience with Java.",
    " ",
]


# scikit-learn runs those of its checks that apply to what an estimator says it takes; for texts these are few, so the
# others that make sense for texts are written out below.
@parametrize_with_checks([SkillVectorizer()])
def test_checks_of_scikit_learn(estimator, check):
    check(estimator)


def test_a_row_for_each_text_and_a_column_for_each_skill():
    vectorizer = SkillVectorizer()
    matrix = vectorizer.fit_transform(RESUMES)

    assert vectorizer.get_feature_names_out().tolist() == ["docker", "kubernetes", "python"]
    assert matrix.toarray().tolist() == [[1, 0, 1], [0, 1, 1], [0, 0, 0]]
    assert matrix.dtype == np.float64
    assert (vectorizer.fit(RESUMES).transform(RESUMES) != matrix).nnz == 0


def test_strength_is_what_the_score_gives():
    scoring = Matcher().taxonomy.data.scoring
    resumes = SkillVectorizer(values="strength").fit_transform(RESUMES).toarray()
    assert resumes[:, 2].tolist() == [scoring.status["listed"], scoring.status["used"], 0]

    posting = "Requirements\n- Python\n\nNice to have\n- Kubernetes\n"
    vectorizer = SkillVectorizer("posting", values="strength")
    values = dict(zip(vectorizer.fit([posting]).vocabulary_, vectorizer.transform([posting]).toarray()[0]))
    assert values == {"kubernetes": scoring.strength["preferred"], "python": scoring.strength["required"]}


def test_confidence_lies_between_nothing_and_one():
    values = SkillVectorizer(values="confidence").fit_transform(["Skills\nPython, Spark"]).toarray()

    assert values.size >= 2
    assert ((values > 0) & (values <= 1)).all()


def test_unknown_skills_are_left_out_and_the_whole_taxonomy_is_not():
    assert SkillVectorizer().fit(RESUMES).transform(["Skills\nScala"]).nnz == 0

    vectorizer = SkillVectorizer(vocabulary="taxonomy", skill_kinds=("language",)).fit([])
    names = vectorizer.get_feature_names_out().tolist()
    assert "scala" in names
    assert "kubernetes" not in names
    assert vectorizer.transform(["Skills\nScala, Kubernetes"]).nnz == 1


def test_a_taxonomy_of_ones_own(tmp_path):
    overlay = tmp_path / "crafts.yaml"
    overlay.write_text("skills:\n  glazing: {name: Ceramic Glazing, kind: practice}\n")

    assert "glazing" in SkillVectorizer(taxonomy=overlay).fit(["Skills\nCeramic glazing"]).vocabulary_


def test_it_is_an_estimator_like_others():
    vectorizer = SkillVectorizer("posting", values="strength")
    copy = clone(vectorizer)
    assert copy.get_params() == vectorizer.get_params()
    assert not hasattr(copy, "vocabulary_")
    for call in (copy.transform, lambda _: copy.get_feature_names_out()):
        with pytest.raises(NotFittedError):
            call(RESUMES)
    assert copy.set_params(kind="resume") is copy
    assert copy.fit(RESUMES) is copy
    check_is_fitted(copy)
    first = copy.vocabulary_
    assert copy.fit(RESUMES).vocabulary_ == first


def test_a_copy_for_another_process_gives_the_same():
    vectorizer = SkillVectorizer().fit(RESUMES)
    state = pickle.dumps(vectorizer)

    assert len(state) < 2000, "the taxonomy stays behind"
    assert (pickle.loads(state).transform(RESUMES) != vectorizer.transform(RESUMES)).nnz == 0


def test_it_works_in_a_pipeline_under_cross_validation():
    texts = [f"Skills\n{words}" for words in ("Python, Docker", "Java, Spring", "Python, PyTorch", "Java, Kotlin") * 3]
    labels = [0, 1, 0, 1] * 3
    scores = cross_val_score(make_pipeline(SkillVectorizer(), LogisticRegression()), texts, labels, cv=3)

    assert scores.tolist() == [1, 1, 1]


@pytest.mark.parametrize("parameter", ["kind", "values", "vocabulary"])
def test_a_parameter_that_cannot_be(parameter):
    with pytest.raises(SettingsError, match=f"there is no {parameter} 'x'; known are: "):
        SkillVectorizer(**{parameter: "x"}).fit(RESUMES)


def test_what_is_no_list_of_texts():
    with pytest.raises(ValueError, match="Iterable over raw text documents expected"):
        SkillVectorizer().fit("Python")
    with pytest.raises(ValueError, match=r"texts expected, .*Path received"):
        SkillVectorizer().fit([Path("cv.pdf")])
    with pytest.raises(ReadingError):
        SkillVectorizer().fit(["Python " * 5_000_000])


@pytest.fixture(scope="module")
def result():
    matcher = Matcher(as_of=date(2026, 11, 20))
    return matcher.score(SAMPLES / "resumes" / "junior-ada-okafor.txt", SAMPLES / "postings" / "junior-ml-engineer.md")


def test_a_notebook_shows_the_report_in_a_frame_of_its_own(result):
    for value, heading in ((result, "Requirement by requirement"), (result.resume, "Skills")):
        shown = value._repr_html_()
        frame = re.fullmatch(r'<iframe srcdoc="([^"]*)" sandbox="" title="report" style="[^"]*"></iframe>', shown)
        assert frame is not None
        page = html.unescape(frame[1])
        assert page.lower().startswith("<!doctype html>")
        assert heading in page


def test_a_notebook_shows_plain_text_where_it_cannot_know_the_names(tmp_path):
    overlay = tmp_path / "crafts.yaml"
    overlay.write_text("skills:\n  glazing: {name: Ceramic Glazing, kind: practice}\n")
    matcher = Matcher(overlay, as_of=date(2026, 11, 20))
    resume = matcher.profile_text("Skills\nCeramic glazing", "resume")
    posting = matcher.profile_text("Requirements\n- Ceramic glazing\n- Python", "posting")

    assert resume._repr_html_() is None
    assert matcher.score(resume, posting)._repr_html_() is None
