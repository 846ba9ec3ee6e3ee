"""How far a result can be trusted: what of the resume was legible, what of the posting understood, when to abstain."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model import Profile
from matcher.scoring.terms import Term
from matcher.taxonomy.schema import Scoring


def legibility(resume: Profile, weights: Scoring) -> float:
    """The share of a resume that could be read, from 0 to 1.

    The share of legible words, times what the weights in ``reading`` give for each kind of notice that the reader left
    (text recognised from pictures, pages without text and so on).
    """
    share = resume.legible
    for code in sorted({notice.code for notice in resume.document.notices}):
        share *= weights.reading.get(code, 1.0)
    return share


def understood_share(posting: Profile, terms: Sequence[Term]) -> float:
    """The share of the posting's asking lines in which something was recognised, from 0 to 1."""
    if posting.asked:
        return posting.recognised / posting.asked
    return 1.0 if terms else 0.0


def abstention(
    posting: Profile, terms: Sequence[Term], understood: float, legible: float, weights: Scoring
) -> str | None:
    """Why there is no score; None where there is one."""
    if legible < weights.min_legible:
        return f"only {legible:.0%} of the resume could be read, too little for a score"
    if posting.asked and understood < weights.min_recognised_share:
        noun = "requirement" if posting.asked == 1 else "requirements"
        return f"I understood {posting.recognised} of its {posting.asked} {noun}, too few for a score"
    skills = sum(term.kind == "skill" for term in terms)
    if skills < weights.min_requirements:
        noun = "skill" if skills == 1 else "skills"
        return f"the posting asks {skills or 'no'} {noun} that I know, too few for a score"
    return None
