"""A posting that was given as a resume, or the other way round: a notice, and nothing in the score depends on it.

Swapped arguments give a score like any other, so that somebody has to say it. The signs are few and can be told:
headings that only postings have, headings that resumes have, and dated jobs or studies, which postings do not have.
"""

from __future__ import annotations

from matcher.extraction.dates import date_ranges
from matcher.extraction.segments import headings_for
from matcher.model import Document, Notice
from matcher.taxonomy.schema import Taxonomy

POSTING, RESUME = "looks-like-posting", "looks-like-resume"
# Sections of postings: of the first at least one is needed. Resumes have none of them but "responsibilities", in a job.
_ASKING = frozenset({"responsibilities", "requirements", "preferred"})
_OFFERING = frozenset({"role", "benefits", "about-company"})
# Sections in which a resume tells of times.
_TELLING = frozenset(
    {"experience", "education", "projects", "coursework", "certifications", "publications", "volunteering", "awards"}
)
_ENOUGH = 2


class Signs:
    """What tells the kind of a document, ready for look-up."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._resume = headings_for(taxonomy.sections, "resume")
        self._posting = headings_for(taxonomy.sections, "posting")

    def notices(self, document: Document) -> tuple[Notice, ...]:
        """A notice where a document looks like one of the other kind; code ``looks-like-posting`` or ``-resume``."""
        asking, telling = self._sections(document)
        asks = len(asking) >= _ENOUGH and not _ASKING.isdisjoint(asking)
        if document.kind == "resume":
            if not asks or _dated(document):
                return ()
            signs = f"it has headings of {_listed(asking)}, and no dates of jobs or studies"
            return (Notice(POSTING, f"given as a resume, it looks like a posting: {signs}; check what it is"),)
        dated = _dated(document)
        if asks or dated < _ENOUGH or len(telling) < _ENOUGH:
            return ()
        signs = f"it has headings of {_listed(telling)}, and {dated} times from a date to another"
        return (Notice(RESUME, f"given as a posting, it looks like a resume: {signs}; check what it is"),)

    def _sections(self, document: Document) -> tuple[list[str], list[str]]:
        """The sections whose headings only postings have, and those of resumes, in the order of the document."""
        asking: dict[str, None] = {}
        telling: dict[str, None] = {}
        for line in document.lines:
            text = document.text[line.span.start : line.span.end]
            resume, posting = self._resume.exact(text), self._posting.exact(text)
            if resume in _TELLING:
                telling[resume] = None
            elif resume is None and posting is not None and posting in _ASKING | _OFFERING:
                asking[posting] = None
        return list(asking), list(telling)


def _dated(document: Document) -> int:
    return len(date_ranges(document.text, 0, len(document.text)))


def _listed(sections: list[str]) -> str:
    names = [name.replace("-", " ") for name in sections]
    return f"{', '.join(names[:-1])} and {names[-1]}"
