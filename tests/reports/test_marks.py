from hypothesis import given
from hypothesis import strategies as st

from matcher.reports.html.marks import Claim, Piece, mark


def test_ranges_become_marks_with_anchors():
    marked = mark("uses Python daily", [Claim(5, 11, 3, "met")], "r")
    assert marked.pieces == (Piece("uses "), Piece("Python", "r1", "met", (3,)), Piece(" daily"))
    assert marked.anchors == {(5, 11): "r1"}


def test_overlapping_ranges_share_one_mark_that_says_the_best():
    claims = [Claim(0, 10, 1, "missing"), Claim(5, 15, 2, "partial"), Claim(15, 18, None, "unread")]
    marked = mark("machine learning ops", claims, "p")
    assert [(piece.text, piece.anchor, piece.state, piece.numbers) for piece in marked.pieces] == [
        ("machine learnin", "p1", "partial", (1, 2)),
        ("g o", "p2", "unread", ()),
        ("ps", None, None, ()),
    ]
    assert marked.anchors == {(0, 10): "p1", (5, 15): "p1", (15, 18): "p2"}


@given(
    st.text(min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20), st.integers(1, 5)), max_size=12),
)
def test_pieces_are_the_text_and_every_range_has_an_anchor(text, ranges):
    claims = [
        Claim(start, min(len(text), start + length), number, "met")
        for start, length, number in ranges
        if start < min(len(text), start + length)
    ]
    marked = mark(text, claims, "x")
    assert "".join(piece.text for piece in marked.pieces) == text
    anchors = [piece.anchor for piece in marked.pieces if piece.anchor]
    assert len(anchors) == len(set(anchors))
    by_anchor = {piece.anchor: piece for piece in marked.pieces}
    for claim in claims:
        piece = by_anchor[marked.anchors[claim.start, claim.end]]
        assert text[claim.start : claim.end] in piece.text
        assert claim.number in piece.numbers
