"""The spaCy components, in pipelines that are not ours."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from matcher import Matcher, SettingsError
from matcher.extraction.components import document_of

RESUME = """Jane Roe
Machine Learning Engineer

Experience
Built a feature store in Python and PyTorch on Kubernetes; no experience with Java.

Skills
C++, Docker, Spark
"""
POSTING = "Requirements\n- 3+ years of Python\n- AWS or GCP\n\nNice to have\n- Kubernetes\n"


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("matcher_skills")
    nlp.add_pipe("matcher_sections")
    return nlp


@pytest.fixture(scope="module")
def asked() -> Doc:
    nlp = spacy.blank("en")
    nlp.add_pipe("matcher_skills", config={"kind": "posting"})
    nlp.add_pipe("matcher_requirements")
    return nlp(POSTING)


def test_skills_are_labelled_with_their_ids(nlp: Language) -> None:
    doc = nlp(RESUME)
    found = {span.label_: span for span in doc.spans["matcher_skills"]}

    assert {"python", "pytorch", "kubernetes", "java", "cpp", "docker", "apache-spark"} <= found.keys()
    assert found["cpp"].text == "C++"
    assert found["python"]._.matcher["status"] == "used"
    assert found["java"]._.matcher["status"] == "negated"
    assert found["docker"]._.matcher == {
        "name": "Docker", "confidence": 1.0, "status": "listed", "strength": None, "proficiency": None,
        "section": "skills",
    }  # fmt: skip
    assert doc[0:1]._.matcher is None


def test_they_are_those_of_the_matcher(nlp: Language) -> None:
    doc = nlp(RESUME)
    profile = Matcher(cache=False).profile_text(RESUME, "resume")
    places = {(skill.id, item.start) for skill in profile.skills for item in skill.evidence}

    assert len(places) >= 8
    assert {(span.label_, span.start_char) for span in doc.spans["matcher_skills"]} == places


def test_sections(nlp: Language) -> None:
    doc = nlp(RESUME)

    assert [span.label_ for span in doc.spans["matcher_sections"]] == ["header", "experience", "skills"]
    assert doc.spans["matcher_sections"][1].text.startswith("Experience\nBuilt")


def test_requirements_of_a_posting(asked: Doc) -> None:
    found = {tuple(span._.matcher["skills"]): span for span in asked.spans["matcher_requirements"]}

    assert found["python",].label_ == "required"
    assert found["python",]._.matcher["min_years"] == 3
    either = found["aws", "google-cloud"]
    assert either.text == "AWS or GCP"
    assert either._.matcher["any_of"] is True
    assert found["kubernetes",].label_ == "preferred"
    skills = {span.label_: span for span in asked.spans["matcher_skills"]}
    assert skills["python"]._.matcher["strength"] == "required"


def test_a_pipe_gives_what_single_calls_give(nlp: Language) -> None:
    def found(docs: Iterable[Doc]) -> list[list[tuple[int, int, str]]]:
        return [[(span.start, span.end, span.label_) for span in doc.spans["matcher_skills"]] for doc in docs]

    texts = [RESUME, "", "Skills\nPython", " \n "] * 2
    single = found(nlp(text) for text in texts)

    assert len(single[0]) >= 8
    assert [len(spans) for spans in single[1:4]] == [0, 1, 0]
    assert found(nlp.pipe(texts, batch_size=3)) == single
    assert found(nlp.pipe(texts, batch_size=3, n_process=2)) == single


def test_a_saved_pipeline_finds_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    doc, other = nlp(RESUME), again(RESUME)

    assert again.config["components"]["matcher_skills"] == {
        "factory": "matcher_skills",
        "taxonomy": [],
        "kind": "resume",
    }
    assert [span.label_ for span in doc.spans["matcher_skills"]] == [
        span.label_ for span in other.spans["matcher_skills"]
    ]


def test_saved_documents_keep_what_is_known(nlp: Language) -> None:
    saved = DocBin(docs=[nlp(RESUME)]).to_bytes()
    doc = next(DocBin().from_bytes(saved).get_docs(nlp.vocab))

    assert any(span._.matcher["status"] == "negated" for span in doc.spans["matcher_skills"])


def test_a_taxonomy_of_ones_own(tmp_path: Path) -> None:
    overlay = tmp_path / "crafts.yaml"
    overlay.write_text("skills:\n  glazing: {name: Ceramic Glazing, kind: practice}\n")
    nlp = spacy.blank("en")
    nlp.add_pipe("matcher_skills", config={"taxonomy": [str(overlay)]})

    assert "glazing" in {
        span.label_ for doc in [nlp("Skills\nCeramic glazing")] for span in doc.spans["matcher_skills"]
    }


def test_a_kind_that_is_none() -> None:
    with pytest.raises(SettingsError, match="there is no kind 'cv'; known are: resume, posting"):
        spacy.blank("en").add_pipe("matcher_skills", config={"kind": "cv"})


def test_a_skill_inside_of_a_token_is_widened_to_it() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=["Skills:\u00a0Python/Docker"], spaces=[False])  # type: ignore[assignment]
    nlp.add_pipe("matcher_skills")
    doc = nlp("Skills:\u00a0Python/Docker")

    assert {span.label_ for span in doc.spans["matcher_skills"]} >= {"python", "docker"}
    assert {span.text for span in doc.spans["matcher_skills"]} == {doc.text}


def test_places_are_those_of_the_text() -> None:
    text = "a\r\nb\u00a0c\n\n \u2028d\te "
    document = document_of(text, "resume")

    assert len(document.text) == len(text)
    assert [text[line.span.start : line.span.end] for line in document.lines] == ["a", "b\u00a0c", "d\te"]
    assert [line.table_row for line in document.lines] == [False, False, True]


def test_spacy_finds_the_components_by_itself() -> None:
    assert {item.name for item in entry_points(group="spacy_factories")} >= {
        "matcher_skills",
        "matcher_requirements",
        "matcher_sections",
    }
