"""``SkillVectorizer``: raw texts to a matrix of skills, for scikit-learn pipelines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from matcher.api import Matcher, Source
from matcher.errors import SettingsError
from matcher.model import DocumentKind, ProfileSkill, SkillKind
from matcher.taxonomy.schema import Scoring

if TYPE_CHECKING:
    from numpy.typing import NDArray

_VALUES = ("binary", "strength", "confidence")
_VOCABULARIES = ("seen", "taxonomy")


class SkillVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turns resumes or postings, as texts, into a sparse matrix with one column a skill.

    Args:
        kind: what the texts are.
        values: ``binary``, 1 for a skill that the text shows or asks; ``strength``, what the score gives for how it
            is shown (used, listed, being learned) or asked (required, preferred, mentioned), from 0 to 1;
            ``confidence``, how sure the reading is, from 0 to 1. A skill that a resume denies is always 0.
        vocabulary: ``seen``, the skills of the texts that were fitted; ``taxonomy``, all skills there are.
        skill_kinds: only skills of these kinds, e.g. ``("language", "tool")``; None for all.
        taxonomy: overlays on the bundled taxonomy, as for :class:`matcher.Matcher`.

    Attributes:
        vocabulary_: the column of each skill id.
    """

    _matcher: Matcher | None = None

    def __init__(
        self,
        kind: DocumentKind = "resume",
        *,
        values: Literal["binary", "strength", "confidence"] = "binary",
        vocabulary: Literal["seen", "taxonomy"] = "seen",
        skill_kinds: Sequence[SkillKind] | None = None,
        taxonomy: Source | Sequence[Source] | None = None,
    ) -> None:
        self.kind = kind
        self.values = values
        self.vocabulary = vocabulary
        self.skill_kinds = skill_kinds
        self.taxonomy = taxonomy

    def fit(self, raw_documents: Iterable[str], y: object = None) -> Self:  # noqa: ARG002
        """Learn which skills there are.

        Raises:
            SettingsError: a parameter has a value that it cannot have.
            ReadingError: a text is too long.
        """
        self._learn(raw_documents)
        return self

    def fit_transform(self, raw_documents: Iterable[str], y: object = None, **_: object) -> csr_matrix:  # noqa: ARG002
        """Learn which skills there are, and give the matrix of the same texts, each read only once."""
        return self._matrix(self._learn(raw_documents))

    def transform(self, raw_documents: Iterable[str]) -> csr_matrix:
        """The matrix of texts: a row each, floats from 0 to 1; skills that are not in the vocabulary are left out.

        Raises:
            NotFittedError: :meth:`fit` comes first.
            ReadingError: a text is too long.
        """
        check_is_fitted(self)
        if self._matcher is None:  # it stays behind where an estimator is copied to another process
            self._matcher = Matcher(self.taxonomy)
        return self._matrix(self._rows(self._matcher, raw_documents))

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:  # noqa: ARG002
        """The skill ids in the order of the columns."""
        check_is_fitted(self)
        return np.asarray(list(self.vocabulary_), dtype=object)

    def _learn(self, raw_documents: Iterable[str]) -> list[Mapping[str, float]]:
        for name, known in (("kind", ("resume", "posting")), ("values", _VALUES), ("vocabulary", _VOCABULARIES)):
            if getattr(self, name) not in known:
                raise SettingsError(f"there is no {name} {getattr(self, name)!r}; known are: {', '.join(known)}")
        matcher = self._matcher = Matcher(self.taxonomy)
        rows = self._rows(matcher, raw_documents)
        if self.vocabulary == "seen":
            names = sorted({skill_id for row in rows for skill_id in row})
        else:
            names = sorted(skill.id for skill in matcher.taxonomy if self._wanted(skill.kind))
        self.vocabulary_ = {skill_id: column for column, skill_id in enumerate(names)}
        return rows

    def _wanted(self, kind: str) -> bool:
        return self.skill_kinds is None or kind in self.skill_kinds

    def _rows(self, matcher: Matcher, raw_documents: Iterable[str]) -> list[Mapping[str, float]]:
        if isinstance(raw_documents, str):
            raise ValueError("Iterable over raw text documents expected, string object received.")
        return [self._row(matcher, text) for text in raw_documents]

    def _row(self, matcher: Matcher, text: str) -> Mapping[str, float]:
        if not isinstance(text, str):
            raise ValueError(f"texts expected, {type(text).__name__} received; read files with Matcher.read")
        if not text.strip():
            return {}
        weights = matcher.taxonomy.data.scoring
        skills = matcher.profile_text(text, self.kind).skills
        valued = ((skill.id, self._value(skill, weights)) for skill in skills if self._wanted(skill.kind))
        return {skill_id: value for skill_id, value in valued if value}

    def _value(self, skill: ProfileSkill, weights: Scoring) -> float:
        if skill.status == "negated":
            return 0.0
        if self.values == "binary":
            return 1.0
        if self.values == "confidence":
            return skill.confidence
        if skill.status is not None:
            return weights.status[skill.status]
        return weights.strength[skill.strength or "mentioned"]

    def _matrix(self, rows: Sequence[Mapping[str, float]]) -> csr_matrix:
        places = [
            (number, self.vocabulary_[skill_id], value)
            for number, row in enumerate(rows)
            for skill_id, value in row.items()
            if skill_id in self.vocabulary_
        ]
        numbers, columns, values = zip(*places, strict=True) if places else ((), (), ())
        shape = (len(rows), len(self.vocabulary_))
        return csr_matrix((np.asarray(values, dtype=np.float64), (numbers, columns)), shape=shape)

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = super().__getstate__()
        return {**state, "_matcher": None} if "_matcher" in state else state

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags
