"""A resume against a posting, term by term."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from matcher.guidance import Guides
from matcher.levels import Ladder
from matcher.model import MatchResult, Profile
from matcher.scoring.confidence import abstention, legibility, understood_share
from matcher.scoring.kinship import Holdings, Kinship
from matcher.scoring.missing import missing
from matcher.scoring.skills import skill_terms
from matcher.scoring.standing import certification_terms, degree_terms, level_terms, years_terms
from matcher.scoring.terms import Term, contributions
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.schema import Scoring, Taxonomy


class Scorer:
    """Scores pairs of profiles with one taxonomy and one set of weights."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        graph: Graph,
        ladder: Ladder,
        weights: Scoring | None = None,
        *,
        program_version: str = "",
    ) -> None:
        self.taxonomy = taxonomy
        self.weights = weights or taxonomy.scoring
        self.ladder = ladder
        self.guides = Guides(taxonomy, graph)
        self.settings = json.dumps(self.weights.model_dump(mode="json"), sort_keys=True)
        self.settings_hash = hashlib.sha256(self.settings.encode()).hexdigest()
        self.kinship = Kinship(taxonomy, graph, self.weights.sibling_specificity)
        self._program_version = program_version

    def score(self, resume: Profile, posting: Profile) -> MatchResult:
        """Score ``resume`` against ``posting``; both must be profiles of this scorer's taxonomy."""
        terms = [term for term in self._terms(resume, posting) if term.weight > 0]
        points = contributions(terms)
        understood = understood_share(posting, terms)
        legible = legibility(resume, self.weights)
        return MatchResult(
            resume,
            posting,
            points,
            missing(terms, points, self.guides),
            self.taxonomy.version,
            self.taxonomy.digest,
            self.settings_hash,
            resume.as_of,
            understood,
            abstention(posting, terms, understood, legible, self.weights),
            legible,
            self.settings,
            self._program_version,
        )

    def _terms(self, resume: Profile, posting: Profile) -> list[Term]:
        taxonomy, weights = self.taxonomy, self.weights
        held = Holdings(resume, self.kinship)
        as_of = date.fromisoformat(resume.as_of)
        return [
            *(
                term
                for requirement in posting.requirements
                for term in skill_terms(requirement, held, taxonomy, weights, as_of)
            ),
            *degree_terms(resume, posting, taxonomy, weights),
            *certification_terms(resume, posting, taxonomy, weights),
            *years_terms(resume, posting, weights),
            *level_terms(resume, posting, taxonomy, self.ladder, weights),
        ]
