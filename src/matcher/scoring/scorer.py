"""A resume against a posting, term by term."""

from __future__ import annotations

import hashlib
import json

from matcher.guidance import Guides
from matcher.levels import Ladder
from matcher.model import MatchResult, Profile
from matcher.scoring.asked import Asked, asked_by
from matcher.scoring.confidence import abstention
from matcher.scoring.kept import Kept
from matcher.scoring.kinship import Kinship
from matcher.scoring.missing import missing
from matcher.scoring.shown import Shown
from matcher.scoring.terms import contributions
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
        # Many resumes are scored against one posting after the other, and each of these asks the same of all.
        self._asked = Kept(self._work_out)
        self._shown: Shown | None = None

    def score(self, resume: Profile, posting: Profile) -> MatchResult:
        """Score ``resume`` against ``posting``; both must be profiles of this scorer's taxonomy."""
        asked, shown = self._asked.of(posting), self._showing(resume)
        credits = [shown.credit(term) for term in asked.terms]
        points = contributions(asked.terms, asked.most, credits)
        return MatchResult(
            resume,
            posting,
            points,
            missing(asked, credits, points),
            self.taxonomy.version,
            self.taxonomy.digest,
            self.settings_hash,
            resume.as_of,
            asked.understood,
            abstention(posting, asked.terms, asked.understood, shown.legible, self.weights),
            shown.legible,
            self.settings,
            self._program_version,
        )

    def _work_out(self, posting: Profile) -> Asked:
        return asked_by(posting, self.taxonomy, self.weights, self.guides)

    def _showing(self, resume: Profile) -> Shown:
        """What a resume shows; that of the last one is kept."""
        shown = self._shown
        if shown is None or shown.resume is not resume:
            self._shown = shown = Shown(resume, self.kinship, self.taxonomy, self.weights, self.ladder)
        return shown
