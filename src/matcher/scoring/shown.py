"""What a resume earns of whatever is asked, worked out once for all postings."""

from __future__ import annotations

from datetime import date

from matcher.levels import Ladder
from matcher.model import ContributionKind, Profile
from matcher.scoring.confidence import legibility
from matcher.scoring.kinship import Holdings, Kinship
from matcher.scoring.skills import skills_credit
from matcher.scoring.standing import certification_credit, degree_credit, level_credit, years_credit
from matcher.scoring.terms import Credit, Term
from matcher.taxonomy.schema import Scoring, Taxonomy

# All that a credit depends on, on the side of the posting.
_Key = tuple[ContributionKind, tuple[str, ...], float | None, bool]


class Shown:
    """What one resume shows. Postings ask much the same, so each credit is kept.

    Attributes:
        resume: the resume itself.
        legible: the share of the resume that could be read, from 0 to 1.
    """

    def __init__(self, resume: Profile, kinship: Kinship, taxonomy: Taxonomy, weights: Scoring, ladder: Ladder) -> None:
        self.resume = resume
        self.legible = legibility(resume, weights)
        self._held = Holdings(resume, kinship)
        self._as_of = date.fromisoformat(resume.as_of)
        self._taxonomy, self._weights, self._ladder = taxonomy, weights, ladder
        self._credits: dict[_Key, Credit] = {}

    def credit(self, term: Term) -> Credit:
        """What the resume earns of a term."""
        key = term.kind, term.ids, term.years, term.or_experience
        known = self._credits.get(key)
        if known is None:
            known = self._credits[key] = self._work_out(term)
        return known

    def _work_out(self, term: Term) -> Credit:
        resume, taxonomy, weights = self.resume, self._taxonomy, self._weights
        match term.kind:
            case "skill":
                return skills_credit(term.ids, term.years, self._held, taxonomy, weights, self._as_of)
            case "degree":
                return degree_credit(term.ids[0], resume, taxonomy, weights, or_experience=term.or_experience)
            case "certification":
                return certification_credit(term.ids[0], resume)
            case "years":
                return years_credit(term.years or 0.0, resume, weights)
            case "level":
                return level_credit(term.ids[0], resume, taxonomy, self._ladder, weights)
