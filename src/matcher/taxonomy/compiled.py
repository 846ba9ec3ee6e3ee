"""A taxonomy in the form that matching looks things up in: plain data, so that it can be kept in the cache.

Building spaCy's PhraseMatcher for 27,000 names takes more than a second at every start; these tables are read in
some ten milliseconds, and looking a token up in them costs less than a matcher call (``benchmarks/RESULTS.md``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from matcher.taxonomy.names import fold, singular, tokenize, words_of
from matcher.taxonomy.patterns import ANY_ENDING, any_of, marks, parse_pattern
from matcher.taxonomy.schema import Skill, Taxonomy

# One-word names of these kinds take no plural: "excels" is not Excel.
_PROPER_KINDS = frozenset({"language", "framework", "tool", "platform"})
# The word class of expressions whose words patterns do not see, and the key under which they stand among the decoys.
_FIXED_PHRASES = "fixed_phrase"
ANY_PATTERN = ""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True)


class ContextData(_Data):
    """How an ambiguous name is decided; ``confirm`` and ``deny`` are expressions over an encoded sentence."""

    exact: bool
    spellings: frozenset[str]
    confirm: str | None
    deny: str | None
    default: Literal["accept", "reject"]


class PatternData(_Data):
    """A pattern: ``parts`` has one expression for the row form and several for the ``&`` form.

    ``needs`` are the marks of each obligatory place, the place that rules out most sentences first.
    """

    skill_id: str
    parts: tuple[str, ...]
    needs: tuple[frozenset[str], ...]


class LexiconData(_Data):
    """All tables.

    Attributes:
        plural: names by their folded, singular words joined by spaces.
        proper: one-word names of tools and the like by their folded word.
        contexts: by skill id, a tab, and the key of the ambiguous name.
        decoys: longer expressions in which a name means something else, and the skills they rule out;
            :data:`ANY_PATTERN` stands for all that is told by a pattern.
    """

    plural: dict[str, str]
    proper: dict[str, str]
    contexts: dict[str, ContextData]
    decoys: dict[str, tuple[str, ...]]
    patterns: tuple[PatternData, ...]


def compile_lexicon(taxonomy: Taxonomy) -> LexiconData:
    """The tables of a taxonomy."""
    plural: dict[str, str] = {}
    proper: dict[str, str] = {}
    contexts: dict[str, ContextData] = {}
    decoys: dict[str, list[str]] = defaultdict(list)
    for skill in taxonomy.skills.values():
        if skill.grouping:
            continue
        for name in skill.names:
            for words in _variants(name):
                if len(words) == 1 and skill.kind in _PROPER_KINDS:
                    proper.setdefault(fold(words[0]), skill.id)
                else:
                    plural.setdefault(key_of(words), skill.id)
        _add_contexts(skill, taxonomy, contexts)
        if skill.ambiguous is not None:
            for phrase in skill.ambiguous.not_in:
                decoys[key_of(token.text for token in tokenize(phrase))].append(skill.id)
    for phrase in taxonomy.words.get(_FIXED_PHRASES, ()):
        decoys[key_of(token.text for token in tokenize(phrase))].append(ANY_PATTERN)
    return LexiconData(
        plural=plural,
        proper=proper,
        contexts=contexts,
        decoys={key: tuple(ids) for key, ids in decoys.items()},
        patterns=_patterns(taxonomy),
    )


def key_of(words: Iterable[str]) -> str:
    """The key under which a row of words is looked up."""
    return " ".join(singular(fold(word)) for word in words)


def _add_contexts(skill: Skill, taxonomy: Taxonomy, contexts: dict[str, ContextData]) -> None:
    rule = skill.ambiguous
    if rule is None:
        return
    names = rule.names or (skill.name,)
    written = [" ".join(token.text for token in tokenize(name)) for name in names]
    context = ContextData(
        exact=rule.spelling == "exact",
        # The plural of an abbreviation is spelled like it: "CNNs".
        spellings=frozenset([*written, *(f"{name}s" for name in written if name.isupper())]),
        confirm=any_of(rule.confirm, taxonomy.words),
        deny=any_of(rule.deny, taxonomy.words),
        default=rule.default,
    )
    for name in names:
        for words in _variants(name):
            contexts[f"{skill.id}\t{key_of(words)}"] = context


def _patterns(taxonomy: Taxonomy) -> tuple[PatternData, ...]:
    parsed = [
        (skill.id, parse_pattern(text, taxonomy.words)) for skill in taxonomy.skills.values() for text in skill.patterns
    ]
    frequency = _frequency(
        taxonomy, frozenset(mark for _, pattern in parsed for place in pattern.needs for mark in place)
    )

    def rarest(place: frozenset[str]) -> tuple[int, list[str]]:
        return sum(frequency[mark] for mark in place), sorted(place)

    return tuple(
        # The place whose words are the rarest rules out most sentences.
        PatternData(skill_id=skill_id, parts=pattern.parts, needs=tuple(sorted(set(pattern.needs), key=rarest)))
        for skill_id, pattern in parsed
    )


def _frequency(taxonomy: Taxonomy, known: frozenset[str]) -> Counter[str]:
    """How often each of the marks that patterns know stands in the taxonomy's own example sentences."""
    beginnings = tuple(sorted(mark[:-1] for mark in known if mark.endswith(ANY_ENDING)))
    words = Counter(
        word
        for skill in taxonomy.skills.values()
        for sentence in (*skill.examples, *skill.counterexamples)
        for word in words_of(sentence).folded
    )
    frequency = Counter[str]()
    for word, count in words.items():
        for mark in marks(word, beginnings) & known:
            frequency[mark] += count
    return frequency


def _variants(name: str) -> Iterable[tuple[str, ...]]:
    words = tuple(token.text for token in tokenize(name))
    yield words
    # "fine-tuning" is also written "finetuning"; the tokens of a hyphenated name are the words between its hyphens.
    if "-" in name and " " not in name and all(word.isalpha() for word in words) and len(words) == 2:
        yield ("".join(words),)
