"""Of a saved job page the posting is read, line by line, and nothing of what stands around it."""

from __future__ import annotations

import pytest
from jobpages import JobPage, job_pages

from matcher.reading import read_text


@pytest.mark.parametrize("page", job_pages(), ids=lambda page: page.name)
def test_a_posting_is_read_and_nothing_around_it(page: JobPage) -> None:
    assert sum(words in page.html for words in page.unwanted) >= 2
    document = read_text(page.html, "posting")
    lines = [document.text[line.span.start : line.span.end].lstrip("•- ") for line in document.lines]
    assert lines == list(page.wanted)


def test_hidden_words_of_a_page_are_named() -> None:
    page = next(page for page in job_pages() if page.name == "hidden words")
    assert [notice.message.rpartition(": ")[2] for notice in read_text(page.html, "posting").notices] == ["Rust"]
