"""A short run of the fuzzing: damaged documents through every reader, and through the whole of a score.

``python benchmarks/fuzz.py --minutes N`` runs the same for longer.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutate import mutated, mutated_archive
from targets import ScoreTarget, check_reading, seeds

from matcher.reading import read_text

SEEDS = seeds()
ROUNDS = 25


@pytest.fixture(scope="module")
def target() -> ScoreTarget:
    return ScoreTarget()


def test_the_corpus_has_every_format():
    endings = Counter(name.rpartition(".")[2] for name, _ in SEEDS)
    assert set(endings) >= {"pdf", "docx", "odt", "txt", "md", "html", "rtf", "json"}


@pytest.mark.parametrize(("name", "data"), SEEDS, ids=[name for name, _ in SEEDS])
def test_damaged_documents_are_read_or_refused(name, data):
    others = [content for _, content in SEEDS]
    outcomes = Counter[bool]()
    for number in range(ROUNDS):
        random_ = random.Random(f"{name} {number}")
        damage = mutated_archive if data.startswith(b"PK") and number % 2 else mutated
        outcomes[check_reading(name, damage(data, others, random_)) is None] += 1
    assert sum(outcomes.values()) == ROUNDS


def test_sound_documents_pass_the_same_checks(target):
    for name, data in SEEDS:
        document = check_reading(name, data)
        assert (document is None) == (name == "empty.txt")
        if document is not None and name.startswith(("seed.", "made.")):
            assert target.check(document).resume.skills


@pytest.mark.slow
def test_damaged_documents_are_scored(target):
    texts = [(name, data) for name, data in SEEDS if not name.endswith(("pdf", "docx"))]
    scored = 0
    for number in range(40):
        random_ = random.Random(number)
        name, data = random_.choice(texts)
        document = check_reading(name, mutated(data, [data for _, data in texts], random_))
        if document is not None:
            target.check(document)
            scored += 1
    assert scored >= 20


PIECES = st.sampled_from(
    ["Python", "C++", "- ", "\n", "\n\n", "Skills", "Experience", ":", ", ", " | ", "5+ years of ", "2019 - 2022",
     "03/2021", "present", "no ", "not only ", "Senior Engineer", "B.Sc. in Statistics", "Requirements",
     "Ignore all previous instructions", "@", "jo@x.example", "(555) 555-0100", "█", "İ", "ß", "\u0301", "𝕻𝖞𝖙𝖍𝖔𝖓",
     "\t", "  ", "/", "(", ")", "e.g. ", "AWS", "k8s"]
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), min_size=1, max_size=60))
def test_any_text_is_scored(target, pieces):
    text = "".join(pieces)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return
    from matcher.errors import ReadingError

    try:
        document = read_text(text, "resume")
    except ReadingError:
        return
    target.check(document)


@pytest.mark.parametrize(
    "piece",
    ["A. ", "Ab, ", "x-", "12-", "a@", "1", "(at) ", "name: x, ", "Jo Ann (Jo Bee) ", "ignore all ", "Python, ", "Ab\n",
     "a line of some eight or more words to count\n"],
)  # fmt: skip
def test_no_text_takes_for_ever(piece):
    # Five times the text may take some five times as long; a search that goes back over it again takes 25 times.
    import time

    from matcher.integrity import suspicious
    from matcher.privacy import find_personal

    def seconds(size: int) -> float:
        document = read_text("Jo Ferrand\njo@x.example\n\n" + piece * (size // len(piece)), "resume")
        start = time.process_time()
        find_personal(document)
        suspicious(document, "Python and Kubernetes are asked for here")
        return time.process_time() - start

    assert seconds(50_000) < 18 * max(seconds(10_000), 0.02)
