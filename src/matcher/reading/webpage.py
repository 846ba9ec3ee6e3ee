"""HTML to drafts: the page's own JobPosting data where it has some, else its main text without navigation."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model import Notice
from matcher.reading.draft import Draft
from matcher.reading.jobposting import job_postings, posting_drafts
from matcher.reading.pagelines import PageLine, drafts_of, page_text
from matcher.reading.remarks import hidden_text

_MAIN_SHARE = 0.35


def html_drafts(text: str, notices: list[Notice], posting: bool) -> list[Draft]:
    """The lines of a page that a person came for."""
    page = page_text(text)
    main = _main(page.lines) if posting else page.lines
    for found in job_postings(page.data):
        drafts = posting_drafts(found)
        if sum(len(draft.text) for draft in drafts) >= 200:
            return drafts
    notices += hidden_text(page.hidden) if page.hidden else []
    return drafts_of(main)


def _main(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines of the main part: what the page marks as such if that is much of it, else what is no navigation."""
    kept = [line for line in lines if not line.aside] or list(lines)
    whole = sum(len(line.text) for line in kept)
    marked = [line for line in kept if line.main]
    if sum(len(line.text) for line in marked) >= _MAIN_SHARE * whole:
        kept = marked
    # Menus and lists of other jobs are short lines that are all link, several in a row or in one.
    result: list[PageLine] = []
    run: list[PageLine] = []
    for line in [*kept, None]:
        if line is not None and line.linked > 0.8 and len(line.text) < 60:
            run.append(line)
            continue
        if len(run) < 3 and all(item.anchors < 2 for item in run):
            result += run
        run = []
        if line is not None:
            result.append(line)
    return result or list(kept)
