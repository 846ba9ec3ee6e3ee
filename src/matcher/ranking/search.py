"""The best resumes of each posting, in the order of scoring every pair."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from matcher.integrity.traces import Postings, posting_trace, resume_trace
from matcher.model import MatchResult, Profile
from matcher.ranking.cut import cuts
from matcher.ranking.rows import Rows, features
from matcher.scoring import Scorer


def order(result: MatchResult) -> tuple[bool, float, str, str]:
    """The place of a result among those of its posting: best first, no score last, then by the resume's name."""
    document = result.resume.document
    return (result.score is None, -(result.score or 0.0), document.source, document.sha256)


def points(result: MatchResult) -> int | None:
    """The score in hundredths of a point, as a whole number; None where there is none."""
    return None if result.abstained is not None else sum(item.points for item in result.contributions)


def rank(
    scorer: Scorer,
    resumes: Iterable[Profile],
    postings: Iterable[Profile],
    top: int | None = None,
    min_score: float | None = None,
    score: Callable[[Profile, Profile], MatchResult] | None = None,
) -> Iterator[MatchResult]:
    """The best of the resumes for each posting, in the same order as scoring every pair one by one.

    Args:
        resumes: profiles of one day; they are all held in memory.
        top: how many for each posting; None for all.
        min_score: the lowest score wanted, from 0 to 100; without it pairs without a score come last.
        score: what scores a pair; the scorer by default. It may judge a resume that copies from the posting anew.
    """
    score = score or scorer.score
    # Where nothing has a score the first by name are the best.
    known = sorted(resumes, key=lambda profile: (profile.document.source, profile.document.sha256))
    if not known:
        return
    rows = Rows(scorer.taxonomy, scorer.weights, known[0].as_of)
    for profile in known:
        rows.add(features(profile))
    traces = [resume_trace(profile.document) for profile in known]

    def copied(group: Sequence[Profile]) -> Iterator[tuple[int, int]]:
        asked = Postings([posting_trace(posting.document.text) for posting in group])
        for row, trace in enumerate(traces):
            for place in asked.copied_by(trace):
                yield place, row

    for posting, cut in chain.from_iterable(cuts(scorer, rows, postings, top, lowest(min_score), copied)):
        exact: dict[int, int | None] = {}
        results: list[MatchResult] = []
        while len(chosen := cut.next(exact)):
            scored = [score(known[row], posting) for row in chosen]
            exact.update(zip(chosen.tolist(), map(points, scored), strict=True))
            results.extend(scored)
        wanted = [item for item in results if min_score is None or (item.score is not None and item.score >= min_score)]
        yield from sorted(wanted, key=order)[:top]


def lowest(min_score: float | None) -> float:
    """A score from 0 to 100 in whole hundredths of a point; minus infinity for None."""
    # 57.3 * 100 is a little less than 5730, and 1.1 * 100 a little more than 110.
    return -math.inf if min_score is None else math.ceil(round(min_score * 100, 6))
