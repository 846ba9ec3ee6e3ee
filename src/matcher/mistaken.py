"""A posting that was given as a resume, or the other way round: a notice, and nothing in the score depends on it.

Swapped arguments give a score like any other, so that somebody has to say it. The signs are few and can be told:
headings that only postings have, headings that resumes have, and dated jobs or studies, which postings do not have.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.extraction.dates import date_ranges
from matcher.extraction.headings import ByHeading, headings_for
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
        resume = dict(headings_for(taxonomy.sections, "resume").sections.items())
        posting = headings_for(taxonomy.sections, "posting").sections.items()
        self._telling = ByHeading({words: section for words, section in resume.items() if section in _TELLING})
        self._asking = ByHeading(
            {words: section for words, section in posting if words not in resume and section in _ASKING | _OFFERING}
        )

    def notices(self, document: Document) -> tuple[Notice, ...]:
        """A notice where a document looks like one of the other kind; code ``looks-like-posting`` or ``-resume``."""
        # Looking for dates takes far longer than looking at headings, so it is done where they give cause.
        if document.kind == "resume":
            asking = _sections(document, self._asking)
            if not _asks(asking) or _dated(document):
                return ()
            signs = f"it has headings of {_listed(asking)}, and no dates of jobs or studies"
            return (Notice(POSTING, f"given as a resume, it looks like a posting: {signs}; check what it is"),)
        telling = _sections(document, self._telling)
        if len(telling) < _ENOUGH or _asks(_sections(document, self._asking)) or (dated := _dated(document)) < _ENOUGH:
            return ()
        signs = f"it has headings of {_listed(telling)}, and {dated} times from a date to another"
        return (Notice(RESUME, f"given as a posting, it looks like a resume: {signs}; check what it is"),)


def _sections(document: Document, headings: ByHeading[str]) -> list[str]:
    """The sections that have one of the headings, in the order of the document."""
    text = document.text
    found = [headings.get(text[line.span.start : line.span.end]) for line in document.lines]
    return list(dict.fromkeys(section for section in found if section is not None))


def _asks(asking: Sequence[str]) -> bool:
    return len(asking) >= _ENOUGH and not _ASKING.isdisjoint(asking)


def _dated(document: Document) -> int:
    return len(date_ranges(document.text, 0, len(document.text)))


def _listed(sections: list[str]) -> str:
    names = [name.replace("-", " ") for name in sections]
    return f"{', '.join(names[:-1])} and {names[-1]}"
