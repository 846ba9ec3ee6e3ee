"""The two sources of glyphs hold each other to the same words, places and styles."""

from __future__ import annotations

import pytest
from pages import Put, column, drawn, pdf
from test_layout import HEAD, MAIN, SIDE

from matcher.reading import pdfium, plumber
from matcher.reading.columns import find_split
from matcher.reading.glyphs import Page
from matcher.reading.words import Chunk, Word, words_of

PAGES = [
    # pdfminer does not know what the bullet of a standard font is, nor how wide.
    pdf(HEAD + column([part for part in MAIN if "•" not in part], 50, 100) + column(SIDE, 400, 100)),
    # More letters than pdfium is asked about at once.
    pdf(column([f"Line {number} of a page that is full of words from top to bottom" for number in range(50)], 50, 60)),
    pdf([Put('Tight words, in e.g. a line (of) "signs"', 50, 100, 9), Put("BIG AND BOLD", 50, 140, 30, True)]),
]


def from_pdfium(data: bytes) -> Page:
    with pdfium.opened(data) as document, pdfium.page_of(document, 0) as page:
        return pdfium.read_page(page, 1)


def from_plumber(data: bytes) -> Page:
    with plumber.opened(data) as document:
        return plumber.read_page(document, 0)


def words(page: Page) -> list[Word]:
    return sorted(words_of(page.glyphs), key=lambda word: (round(word.baseline), word.x0))


@pytest.mark.parametrize("data", PAGES)
def test_both_sources_give_the_same_words(data: bytes) -> None:
    one, two = words(from_pdfium(data)), words(from_plumber(data))
    assert [word.text for word in one] == [word.text for word in two]
    assert len(one) > 5
    for mine, other in zip(one, two, strict=True):
        assert mine.x0 == pytest.approx(other.x0, abs=1.5)
        assert mine.x1 == pytest.approx(other.x1, abs=1.5)
        assert mine.baseline == pytest.approx(other.baseline, abs=0.6)
        assert mine.style.bold == other.style.bold
        assert mine.style.turn == other.style.turn == 0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_has_its_letters_where_they_are_shown(turn: int) -> None:
    page = from_pdfium(drawn(lambda canvas: (canvas.setPageRotation(turn), canvas.drawString(100, 500, "Turned"))))
    assert (page.width, page.height) == (612, 792)
    first, last = page.glyphs[0], page.glyphs[5]
    assert [glyph.text for glyph in page.glyphs[:6]] == list("Turned")
    assert {glyph.style.turn for glyph in page.glyphs[:6]} == {turn}
    # The corner of the page at which the text begins, and the way it runs.
    x, y = {0: (100, 292), 90: (500, 100), 180: (512, 500), 270: (112, 692)}[turn]
    assert first.x0 - 12 <= x <= first.x1 + 12
    assert first.top - 12 <= y <= first.bottom + 12
    along = {0: last.x0 - first.x1, 90: last.top - first.bottom, 180: first.x0 - last.x1, 270: first.top - last.bottom}
    assert along[turn] > 0


def test_a_place_that_is_no_number_does_not_hold_the_columns_up():
    # A fuzzed font gave such boxes; the look for shared edges then went round without end.
    nowhere = float("nan")
    rows = [
        [Chunk([], nowhere, 10.0 * row, nowhere, 10.0 * row + 8, 10.0 * row + 7, 8.0, row, row)] for row in range(6)
    ]
    assert find_split(rows) is None
