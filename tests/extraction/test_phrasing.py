"""Telling without a search which patterns could match: never one too few."""

from time import process_time

import pytest

from matcher.extraction.phrasing import PatternIndex, Phrasing
from matcher.taxonomy.compiled import PatternData
from matcher.taxonomy.patterns import BREAK, COMMA, encode, find_first, parse_pattern

_CLASSES = {"make": ("build", "design", "set up"), "model": ("model", "neural network*")}
_PATTERNS = (
    "<make> ... <model>",
    "<make> & <model>",
    "deploy ...2 <model>",
    "large? <model> train*",
    "=tests",
    "optim* <model>",
)
_SENTENCES = (
    ["we", "built", "and", "designed", "neural", "networks"],
    ["models", COMMA, "which", "she", "set", "up"],
    ["deploys", "the", "large", "models", "training"],
    ["models", "training", BREAK, "designing"],
    ["she", "tests", "and", "optimised", "models"],
    ["optimisation"],
    ["nothing", "of", "the", "kind"],
)


def _index() -> tuple[PatternIndex, list[PatternData]]:
    patterns = []
    for number, text in enumerate(_PATTERNS):
        parsed = parse_pattern(text, _CLASSES)
        patterns.append(
            PatternData(skill_id=str(number), parts=parsed.parts, needs=parsed.needs, anchor=parsed.needs[-1])
        )
    return PatternIndex(patterns), patterns


def _phrasing(
    index: PatternIndex, words: list[str], asides: tuple[range, ...] = (), fixed: tuple[range, ...] = ()
) -> Phrasing:
    return Phrasing(index, *zip(*map(index.word, words), strict=True), asides, fixed)


def _candidates(index: PatternIndex, words: list[str]) -> list[str]:
    return [item.skill_id for item in _phrasing(index, words).candidates(0, len(words))]


@pytest.mark.parametrize("words", _SENTENCES, ids=" ".join)
def test_every_pattern_that_matches_is_a_candidate(words):
    index, patterns = _index()
    matching = [item.skill_id for item in patterns if find_first(item.parts, encode(words)) is not None]
    candidates = _candidates(index, words)
    assert set(matching) <= set(candidates)
    assert candidates == sorted(candidates)


def test_the_sentences_try_every_pattern():
    _, patterns = _index()
    found = {item.skill_id for item in patterns for words in _SENTENCES if find_first(item.parts, encode(words))}
    assert found == {item.skill_id for item in patterns}


def test_a_sentence_without_the_words_has_no_candidates():
    index, _ = _index()
    assert _candidates(index, ["nothing", "of", "the", "kind"]) == []
    assert _candidates(index, ["she", "tests"]) == ["4"]


def test_an_aside_is_passed_over():
    index, _ = _index()
    words = ["optimised", "(", "she", "tests", ")", "models"]
    assert _candidates(index, words) == ["4", "5"]
    phrasing = _phrasing(index, words, (range(1, 5),))
    assert [item.skill_id for item in phrasing.candidates(0, 6)] == ["5"]
    assert phrasing.seen(0, 6) == [0, 5]
    assert phrasing.encoded(0, 6) == encode(["optimised", "models"])


def test_the_words_of_a_fixed_phrase_fill_a_gap_and_no_place():
    index, _ = _index()
    words = ["designed", "data", "models", "and", "models"]
    phrasing = _phrasing(index, words, fixed=(range(1, 3),))
    assert [item.skill_id for item in phrasing.candidates(0, 5)] == ["0", "1"]
    assert phrasing.candidates(0, 4) == []
    assert phrasing.seen(0, 5) == [0, 1, 2, 3, 4]
    assert phrasing.encoded(0, 5) == encode(["designed", "_", "_", "and", "models"])


# What takes the square of its length takes minutes here.
@pytest.mark.parametrize("kind", ["resume", "posting"])
@pytest.mark.parametrize(
    "endless",
    ["( " * 40_000, "." * 80_000, "!?" * 40_000, "2023" + " " * 80_000 + "x", "r, go, c, " * 6_000, "Go ( " * 12_000],
    ids=["open brackets", "dots", "marks", "spaces behind a year", "names in small letters", "names and brackets"],
)
def test_endless_lines_take_no_more_than_their_length(shared_matcher, endless, kind):
    started = process_time()
    profile = shared_matcher.profile_text(f"Requirements\n\nWe use Python.\n\n{endless}", kind=kind)
    assert "python" in {skill.id for skill in profile.skills}
    assert process_time() - started < 4


# One letter that stands for four words, and one that stands for a sign on a space.
@pytest.mark.parametrize("word", ["\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}", "a\N{GREEK YPOGEGRAMMENI}b"])
def test_a_letter_that_stands_for_several_words_shifts_no_place(shared_matcher, word):
    text = f"{word} {word} {word} Deployed machine learning models to production and monitored drift in production"
    profile = shared_matcher.profile_text(text, kind="resume")
    assert "model-deployment" in {skill.id for skill in profile.skills}
    assert all(text[item.start : item.end] == item.text for skill in profile.skills for item in skill.evidence)


@pytest.mark.parametrize(
    "place", ["machine_learning_operations_group|deep_learn*|deep", "=deep_=learning|deep|built_x"]
)
def test_the_longest_choice_of_a_place_is_taken_however_it_is_written(place: str) -> None:
    sentence = encode(["deep", "learning"])
    assert find_first(parse_pattern(place, {}).parts, sentence) == (0, len(sentence) - 1)
