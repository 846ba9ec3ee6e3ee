"""Looking into the taxonomy by name, in any spelling, and by the guides' own words."""

from __future__ import annotations

import pytest

from matcher.taxonomy.lookup import TaxonomyView


@pytest.mark.parametrize(
    ("text", "skill_id"),
    [
        ("k8s", "kubernetes"),
        ("KUBERNETES", "kubernetes"),
        ("kubernetes", "kubernetes"),
        ("fine tuning", "fine-tuning"),
        ("Finetuning", "fine-tuning"),
        ("vector database", "vector-databases"),
        ("containerisation", "containerization"),
        ("scikit learn", "scikit-learn"),
        ("  PyTorch ", "pytorch"),
    ],
)
def test_a_skill_is_found_in_any_spelling(bundled: TaxonomyView, text: str, skill_id: str) -> None:
    skill = bundled.find(text)

    assert skill is not None
    assert skill.id == skill_id


def test_every_name_leads_to_its_own_skill(bundled: TaxonomyView) -> None:
    wrong = [(skill.id, name) for skill in bundled for name in skill.names if bundled.find(name) is not skill]

    assert len(bundled) > 900
    # An id may be spelled like a name of another skill only by mistake.
    assert wrong == []


def test_nothing_is_found_for_nonsense_and_suggestions_for_a_slip(bundled: TaxonomyView) -> None:
    assert bundled.find("qwertyzxcv") is None
    assert bundled.places("qwertyzxcv") == ()
    assert bundled.suggest("kuberntes")[0].id == "kubernetes"
    assert bundled.suggest("tensroflow")[0].id == "tensorflow"


def test_the_words_of_a_guide_lead_to_what_took_them_up(bundled: TaxonomyView) -> None:
    row = next(row for row in bundled.data.coverage if bundled.find(row.says) and row.at.startswith("levels/"))

    assert row.at in {f"{place.part}/{place.id}" for place in bundled.places(row.says)}


@pytest.mark.parametrize(
    ("text", "at"),
    [("Senior", "levels/senior"), ("bachelor", "degrees/bachelor"), ("AWS Machine Learning Specialty",
      "certifications/aws-machine-learning-specialty")],
)  # fmt: skip
def test_what_is_no_skill_is_found_as_well(bundled: TaxonomyView, text: str, at: str) -> None:
    assert at in {f"{place.part}/{place.id}" for place in bundled.places(text)}
