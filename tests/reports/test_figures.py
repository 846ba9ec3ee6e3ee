from dataclasses import replace

import pytest

from matcher.model import Document, Evidence
from matcher.reports import figures


def document(text):
    return Document("x.txt", "0" * 64, "resume", text, ())


def evidence(text, words, after=0, **more):
    start = text.index(words, after)
    return Evidence(start, start + len(words), words, **more)


def test_a_quote_is_the_line_with_its_hits():
    text = "before\n  * Wrote Python and PyTorch code\nafter"
    [quote] = figures.quotes(document(text), [evidence(text, "PyTorch"), evidence(text, "Python", page=2)])
    assert quote.pieces == (("Wrote ", False), ("Python", True), (" and ", False), ("PyTorch", True), (" code", False))
    assert str(quote) == "Wrote Python and PyTorch code"


def test_a_long_line_is_cut_at_words_around_the_evidence():
    text = " ".join(f"word{index}" for index in range(200))
    [quote] = figures.quotes(document(text), [evidence(text, "word100")], width=60)
    shown = str(quote)
    assert len(shown) <= 62
    assert shown.startswith("…word")
    assert shown.endswith("…")
    assert "word100" in shown


def test_an_endless_word_is_cut_and_the_evidence_kept():
    text = "x" * 5000 + "Python" + "y" * 5000
    [quote] = figures.quotes(document(text), [evidence(text, "Python")], width=80)
    assert ("Python", True) in quote.pieces
    assert len(str(quote)) <= 82


def test_each_line_is_quoted_once():
    text = "Python here\nand Python there, Python again"
    places = [evidence(text, "Python"), evidence(text, "Python", 12), evidence(text, "Python", 20)]
    assert [str(quote) for quote in figures.quotes(document(text), places)] == text.split("\n")


def test_place_names_what_is_known():
    assert figures.place(Evidence(0, 1, "x", "experience", 2)) == "experience, page 2"
    assert figures.place(Evidence(0, 1, "x")) == ""


def test_parts_add_up_to_the_score(results):
    assert results
    for result in results:
        parts = figures.parts(result)
        assert sum(part.points for part in parts) == round(100 * result.score)
        assert sum(part.most for part in parts) == 10_000


def test_states_agree_with_points(result):
    states = {figures.state(item) for item in result.contributions}
    assert states == {"met", "partial", "missing"}
    for item in result.contributions:
        assert (figures.state(item) == "missing") == (item.points == 0)
        if item.points == item.max_points:
            assert figures.state(item) == "met"


def test_a_skill_that_is_only_being_learned_is_shown_in_part(result):
    item = next(item for item in result.contributions if figures.state(item) == "met" and item.kind == "skill")
    assert figures.state(replace(item, points=item.max_points // 4, credit=0.25)) == "partial"


def test_ranks_are_shared_by_equal_scores_and_absent_without_one(result, abstained):
    weaker = replace(result, contributions=result.contributions[:1])
    odd = replace(abstained, posting=result.posting)
    [group] = figures.by_posting([odd, weaker, result, result])
    assert [item.rank for item in group] == [1, 1, 3, None]
    assert [item.result.score for item in group] == [result.score, result.score, weaker.score, None]


@pytest.mark.parametrize(
    ("source", "name"),
    [("a/b/cv.pdf", "cv.pdf"), (r"C:\cv\cv.pdf", "cv.pdf"), ("-", "-"), ("<text>", "<text>"), ("/", "/")],
)
def test_file_names(source, name):
    assert figures.file_name(source) == name


@pytest.mark.parametrize(("months", "words"), [(None, "no dated jobs"), (14, "14 months"), (52, "4.3 years")])
def test_years_in_words(months, words):
    assert figures.years_words(months) == words


def test_guides_are_numbered_in_the_order_of_citing():
    assert figures.cited([("b", "a"), ("a", "c")]) == {"b": 1, "a": 2, "c": 3}
