"""Small linear models over readable features, and an extractor that lets them correct its rules: for learned.py."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from unittest.mock import patch

from matcher.extraction import mentions as mentions_module
from matcher.extraction.cues import scopes
from matcher.extraction.extract import Extraction, Extractor
from matcher.extraction.requirements import section_strength, speaks_of_company
from matcher.extraction.segments import Segmented, Unit
from matcher.model import Document, Mention
from matcher.taxonomy.names import fold, tokenize
from matcher.taxonomy.patterns import holds

Features = dict[str, float]
# Every word that fewer lines of the training data hold is no feature.
MIN_LINES = 2
DECIMALS = 4


@dataclass(frozen=True)
class Example:
    """Something to decide, what was right, and the line it comes from (lines are never split between folds)."""

    features: Features
    label: str
    line: str


class Linear:
    """A softmax over sums of coefficients; everything it knows is in its JSON."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self.classes: list[str] = stored["classes"]
        self.intercept: list[float] = stored["intercept"]
        self.coefficients: dict[str, list[float]] = stored["coefficients"]
        for name, row in self.coefficients.items():
            if len(row) != len(self.classes) or not all(map(math.isfinite, row)):
                raise ValueError(f"coefficients of {name!r}: expected {len(self.classes)} finite numbers")

    @classmethod
    def loads(cls, text: str) -> Linear:
        return cls(json.loads(text))

    def probabilities(self, features: Features) -> dict[str, float]:
        sums = list(self.intercept)
        for name in sorted(features):
            for index, weight in enumerate(self.coefficients.get(name, ())):
                sums[index] += weight * features[name]
        exponents = [math.exp(value - max(sums)) for value in sums]
        return {label: value / math.fsum(exponents) for label, value in zip(self.classes, exponents, strict=True)}

    def best(self, features: Features) -> tuple[str, float]:
        return max(self.probabilities(features).items(), key=lambda item: (item[1], item[0]))


def train(examples: Sequence[Example], strength: float) -> str:
    """The JSON of a logistic regression; ``strength`` is scikit-learn's ``C``, the inverse of regularisation."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    lines: dict[str, set[str]] = {}
    for example in examples:
        for name in example.features:
            lines.setdefault(name, set()).add(example.line)
    kept = {name for name, held in lines.items() if len(held) >= MIN_LINES}
    vectorizer = DictVectorizer(sort=True)
    rows = vectorizer.fit_transform([{n: v for n, v in item.features.items() if n in kept} for item in examples])
    model = LogisticRegression(C=strength, max_iter=2000, random_state=0)
    model.fit(rows, [item.label for item in examples])
    weights, intercept, classes = model.coef_.tolist(), model.intercept_.tolist(), model.classes_.tolist()
    if len(classes) == 2:  # one row of weights speaks for the second class
        weights, intercept = [[0.0] * len(weights[0]), weights[0]], [0.0, intercept[0]]
    stored = {
        "classes": classes,
        "intercept": [round(value, DECIMALS) for value in intercept],
        "coefficients": {
            str(name): [round(row[index], DECIMALS) for row in weights]
            for index, name in enumerate(vectorizer.get_feature_names_out())
        },
    }
    return json.dumps(stored, indent=1, ensure_ascii=False)


def line_features(words: Iterable[str]) -> Features:
    """A line as its words, its pairs of words and how it begins, all to the same length however long the line."""
    kept = ["#" if word.isdigit() else word for word in words if word[0].isalnum()]
    features = {f"word={word}": 1.0 for word in kept}
    features |= {f"pair={first} {second}": 1.0 for first, second in pairwise(kept)}
    if kept:
        features[f"first={kept[0]}"] = 1.0
        features[f"first=-{kept[0][-3:]}"] = 1.0
    length = math.sqrt(len(features) or 1) / 3
    return {name: value / length for name, value in features.items()}


def around(folded: Sequence[str], first: int, last: int, start: int, end: int, masked: frozenset[int]) -> Features:
    """The words of a sentence around the tokens ``first`` to ``last``; names of skills are not words."""

    def word(index: int) -> str:
        return "SKILL" if index in masked else folded[index]

    features = {f"word={folded[i]}": 1.0 for i in range(start, end) if i not in masked and folded[i][0].isalpha()}
    features[f"before={word(first - 1) if first > start else 'START'}"] = 1.0
    features[f"after={word(last) if last < end else 'END'}"] = 1.0
    for index in range(max(start, first - 4), first):
        features[f"near before={word(index)}"] = 1.0
    for index in range(last, min(end, last + 4)):
        features[f"near after={word(index)}"] = 1.0
    opening = next((index for index in range(start, end) if folded[index][0].isalpha()), start)
    features[f"opens={word(opening)}"] = 1.0
    features[f"opens=-{word(opening)[-3:]}"] = 1.0
    return features


Candidate = tuple[Any, Any, Any]
Decider = Callable[[Candidate, Features], bool | None]


class CorrectedExtractor(Extractor):
    """The rules, and after them those models that are set.

    Attributes:
        accept: the model of practices and soft skills, which may reject a mention.
        roles: the model of lines under no heading.
        strength: the model of how strongly a posting asks.
        names: the model of ambiguous names that the rules do not settle by their context.
        certainty: the probability from which a model is heeded against the rules.
        headless: whether the headings of postings are hidden from rules and models alike.
    """

    accept: Linear | None = None
    roles: Linear | None = None
    strength: Linear | None = None
    names: Linear | None = None
    certainty: float = 0.5
    headless: bool = False
    segmented: Segmented
    found: Extraction

    def segment(self, document: Document) -> Segmented:
        self.segmented = super().segment(document)
        if document.kind == "posting":
            units = self.segmented.units
            if self.headless:
                units = tuple(
                    unit._replace(section=self.told(unit) or "role") if body(unit) else unit for unit in units
                )
            if self.roles is not None:
                free = [body(unit) for unit in units] if self.headless else unheaded(units)
                units = tuple(self._told(unit) if ask else unit for unit, ask in zip(units, free, strict=True))
            self.segmented = replace(self.segmented, units=units)
        return self.segmented

    def told(self, unit: Unit) -> str | None:
        """What the telltale words of a unit say, whatever stands above it."""
        first, last = bounds(unit)
        headings = self._headings["posting"]
        segmented = self.segmented
        return headings.telltales(segmented.tokens, segmented.folded, segmented.openings).section(first, last)

    def _told(self, unit: Unit) -> Unit:
        assert self.roles is not None
        role, probability = self.roles.best(line_features(self.words(unit)))
        return unit._replace(section=role) if probability >= self.certainty else unit

    def words(self, unit: Unit) -> Sequence[str]:
        return self.segmented.folded[slice(*bounds(unit))]

    def extract(self, document: Document) -> Extraction:
        with deciding(self._name_decider) if self.names is not None else nullcontext():
            self.found = super().extract(document)
        kept = []
        for mention, features in self.described(self.found):
            activity = self._kinds[mention.skill_id] in {"practice", "soft"}
            if self.accept and activity and self.accept.probabilities(features)["wrong"] >= self.certainty:
                continue
            if self.strength is not None and mention.strength is not None:
                label, probability = self.strength.best(features)
                if probability >= self.certainty:
                    mention = mention._replace(strength=label)  # type: ignore[arg-type]
            kept.append(mention)
        return replace(self.found, mentions=tuple(kept))

    def _name_decider(self, candidate: Candidate, features: Features) -> bool | None:
        _, place, context = candidate
        listed = self.segmented.units[place.unit].section in {"skills", "stack"}
        if listed or features.get("confirmed") or features.get("denied") or context is None:
            return None
        assert self.names is not None
        label, probability = self.names.best(features)
        return label == "right" if probability >= self.certainty else None

    def described(self, found: Extraction) -> Iterator[tuple[Mention, Features]]:
        """Each mention with what can be said of it and of the words around it."""
        segmented, text = self.segmented, found.document.text
        starts = segmented.starts
        spans = [self._tokens(mention, starts) for mention in found.mentions]
        masked = frozenset(index for first, last in spans for index in range(first, last))
        places = [(unit, sentence) for unit in segmented.units for sentence in unit.sentences]
        firsts = [sentence.first for _, sentence in places]
        for mention, (first, last) in zip(found.mentions, spans, strict=True):
            unit, sentence = places[bisect_right(firsts, first) - 1]
            features = around(segmented.folded, first, last, sentence.first, sentence.last, masked)
            features |= {
                f"kind={self._kinds[mention.skill_id]}": 1.0,
                f"section={unit.section}": 1.0,
                f"document={found.document.kind}": 1.0,
                f"status={mention.status}": 1.0,
                f"by section={section_strength(unit)}": float(mention.strength is not None),
                "named": float(mention.named),
                "company speaks": float(speaks_of_company(unit, text, sentence)),
                "confidence": mention.confidence,
                "tokens": min(last - first, 8) / 8,
                "words of sentence": min(sentence.last - sentence.first, 40) / 40,
                "place in sentence": (first - sentence.first) / max(1, sentence.last - sentence.first),
                "others in sentence": sum(sentence.first <= at < sentence.last for at, _ in spans) / 8,
            }
            governing = [
                scope
                for scope in scopes(
                    segmented.folded,
                    sentence.first,
                    sentence.last,
                    self.lexicon.cues,
                    range(sentence.first, sentence.last),
                )
                if scope.governs(first, last)
            ]
            for scope in governing:
                features[f"cue={scope.cue.kind}"] = 1.0
                features[f"cue={scope.cue.kind}, section={unit.section}"] = 1.0
            yield mention, features

    @staticmethod
    def _tokens(mention: Mention, starts: Sequence[int]) -> tuple[int, int]:
        first = bisect_right(starts, mention.evidence.start) - 1
        return first, max(first + 1, bisect_right(starts, mention.evidence.end - 1))


def body(unit: Unit) -> bool:
    """Whether a unit is a line or a paragraph without a label of its own."""
    return unit.kind in {"bullet", "paragraph"} and not unit.label and bool(unit.sentences)


def bounds(unit: Unit) -> tuple[int, int]:
    """The tokens of a unit, as a half-open range."""
    return unit.sentences[0].first, unit.sentences[-1].last


def unheaded(units: Sequence[Unit]) -> Iterator[bool]:
    """Of each unit whether it stands under no heading that was understood."""
    headed = False
    for unit in units:
        headed = headed or unit.kind == "heading"
        yield body(unit) and (unit.section == "other" or (not headed and unit.section == "role"))


_CAPITAL = re.compile(r"[A-Z]")


@contextmanager
def deciding(decider: Decider) -> Iterator[None]:
    """Ambiguous names are decided by ``decider``, and by the rules where it gives None."""
    rules = mentions_module._decide

    def decide(segmented: Segmented, candidates: list[Candidate], folded: Sequence[str], asking: Set[str]) -> list[Any]:
        ruled = {id(item): (item, confidence) for item, confidence in rules(segmented, candidates, folded, asking)}
        masked = frozenset(i for hit, _, context in candidates if context is None for i in range(hit.first, hit.last))
        for candidate in candidates:
            hit, place, context = candidate
            if context is None:
                continue
            features = around(folded, hit.first, hit.last, place.first, place.last, masked)
            outside = mentions_module._around(hit, place, folded)
            surface = segmented.tokens[hit.first][:1]
            features |= {
                "confirmed": float(bool(context.confirm and holds(context.confirm, outside))),
                "denied": float(bool(context.deny and holds(context.deny, outside))),
                f"default={context.default}": 1.0,
                f"section={segmented.units[place.unit].section}": 1.0,
                "capital": float(bool(_CAPITAL.match(surface))),
                "opens sentence": float(hit.first == place.first),
                "letters": float(hit.last - hit.first == 1 and len(folded[hit.first]) <= 2),
                "sure names beside": min(4, sum(place.first <= i < place.last for i in masked)) / 4,
            }
            accepted = decider(candidate, features)
            if accepted is True:
                ruled.setdefault(id(candidate), (candidate, mentions_module._DEFAULT))
            elif accepted is False:
                ruled.pop(id(candidate), None)
        return sorted(ruled.values(), key=lambda entry: entry[0][0].first)

    with patch.object(mentions_module, "_decide", decide):
        yield


def words_of(text: str) -> list[str]:
    return [fold(token.text) for token in tokenize(text)]


def counted(examples: Sequence[Example]) -> str:
    return ", ".join(f"{count} {label}" for label, count in sorted(Counter(item.label for item in examples).items()))
