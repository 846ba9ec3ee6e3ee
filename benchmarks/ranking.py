"""The score as a ranking, against four plain baselines on the same graded pairs.

Usage: python benchmarks/ranking.py FOLDER [--as-of 2026-11-20] [--resamples 2000] [--detail]

FOLDER holds ``jobs.csv`` (job_id, job_title, job_description), ``candidates.csv`` (candidate_id, cv_text) and
``gold_eval_pairs_reduced.csv`` (job_id, candidate_id, expected_label: strong, medium, weak or no_fit).

Nothing is fitted to these pairs: the score uses the weights of ``taxonomy/scoring.yaml``, TF-IDF and BM25 take their
document frequencies from the texts, and no label is read before the figures are computed. Where the score abstains,
the pair is ordered by what was understood of it, after all pairs with a score, as ``Matcher.rank`` does.

nDCG has linear gains 3, 2, 1, 0 and is averaged over postings (Järvelin and Kekäläinen 2002, ties averaged as in
McSherry and Najork 2008); pairwise accuracy is the share of pairs of one posting with different labels that are in the
right order, a tie counting one half. Intervals are percentiles of a bootstrap that resamples whole postings, and the
last columns are those of the paired difference.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.metrics import ndcg_score
from sklearn.metrics.pairwise import cosine_similarity

from matcher import Matcher
from matcher.model import MatchResult, Profile

GAINS = {"strong": 3, "medium": 2, "weak": 1, "no_fit": 0}
OURS = "matcher score"
SEED = 20261120


@dataclass(frozen=True)
class Pairs:
    """The texts and the graded pairs of one folder."""

    postings: Mapping[str, str]
    resumes: Mapping[str, str]
    gold: Mapping[str, Mapping[str, int]]  # posting -> resume -> gain


def load(folder: Path) -> Pairs:
    def rows(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, skipinitialspace=True))

    postings = {row["job_id"]: f"{row['job_title']}\n\n{row['job_description']}" for row in rows("jobs.csv")}
    resumes = {row["candidate_id"]: row["cv_text"] for row in rows("candidates.csv")}
    gold: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows("gold_eval_pairs_reduced.csv"):
        gold[row["job_id"].strip()][row["candidate_id"].strip()] = GAINS[row["expected_label"].strip()]
    return Pairs(postings, resumes, gold)


Scores = dict[str, dict[str, float]]  # posting -> resume -> score


def cosine(pairs: Pairs, vectorizer: CountVectorizer) -> Scores:
    names = [*pairs.postings, *pairs.resumes]
    matrix = vectorizer.fit_transform([*pairs.postings.values(), *pairs.resumes.values()])
    place = {name: index for index, name in enumerate(names)}
    return {
        posting: {
            resume: float(cosine_similarity(matrix[place[posting]], matrix[place[resume]])[0, 0]) for resume in graded
        }
        for posting, graded in pairs.gold.items()
    }


def bm25(pairs: Pairs, k1: float = 1.5, b: float = 0.75) -> Scores:
    """Okapi BM25 (Robertson and Zaragoza 2009): the posting is the query, the resumes are the collection."""
    analyse = CountVectorizer(stop_words="english").build_analyzer()
    terms = {name: Counter(analyse(text)) for name, text in pairs.resumes.items()}
    average = sum(counts.total() for counts in terms.values()) / len(terms)
    frequency = Counter(term for counts in terms.values() for term in counts)

    def score(query: str, resume: str) -> float:
        counts = terms[resume]
        length = k1 * (1 - b + b * counts.total() / average)
        return sum(
            math.log(1 + (len(terms) - frequency[term] + 0.5) / (frequency[term] + 0.5))
            * counts[term]
            * (k1 + 1)
            / (counts[term] + length)
            for term in sorted(set(analyse(query)))
        )

    return {
        posting: {resume: score(pairs.postings[posting], resume) for resume in graded}
        for posting, graded in pairs.gold.items()
    }


def skill_jaccard(postings: Mapping[str, Profile], resumes: Mapping[str, Profile], pairs: Pairs) -> Scores:
    def ids(profile: Profile) -> frozenset[str]:
        return frozenset(skill.id for skill in profile.skills if skill.status != "negated")

    def overlap(left: frozenset[str], right: frozenset[str]) -> float:
        return len(left & right) / len(left | right) if left | right else 0.0

    return {
        posting: {resume: overlap(ids(postings[posting]), ids(resumes[resume])) for resume in graded}
        for posting, graded in pairs.gold.items()
    }


def ours(results: Mapping[tuple[str, str], MatchResult], pairs: Pairs) -> Scores:
    def value(result: MatchResult) -> float:
        return result.points if result.score is not None else result.points - 100.0

    return {
        posting: {resume: value(results[posting, resume]) for resume in graded}
        for posting, graded in pairs.gold.items()
    }


def ndcg(gains: Sequence[int], scores: Sequence[float]) -> float:
    return float(ndcg_score([gains], [scores]))


def pair_counts(gains: Sequence[int], scores: Sequence[float]) -> tuple[float, int]:
    """The number of rightly ordered pairs, and the number of pairs that have an order."""
    right, total = 0.0, 0
    for (gain, score), (other_gain, other_score) in combinations(zip(gains, scores, strict=True), 2):
        if gain != other_gain:
            total += 1
            agree = (gain - other_gain) * (score - other_score)
            right += 1.0 if agree > 0 else 0.5 if agree == 0 else 0.0
    return right, total


def table(methods: Mapping[str, Scores], pairs: Pairs, resamples: int) -> list[str]:
    """The lines of the table: each measure with its interval, and ours minus the other with its interval."""
    postings = sorted(pairs.gold)
    rng = np.random.default_rng(SEED)
    draws = rng.integers(0, len(postings), size=(resamples, len(postings)))

    def per_posting(scores: Scores, measure: Callable[[list[int], list[float]], object]) -> list[object]:
        return [
            measure(
                [pairs.gold[posting][resume] for resume in sorted(pairs.gold[posting])],
                [scores[posting][resume] for resume in sorted(pairs.gold[posting])],
            )
            for posting in postings
        ]

    figures: dict[str, dict[str, tuple[float, np.ndarray]]] = {}
    for name, scores in methods.items():
        gains = np.array(per_posting(scores, ndcg), dtype=float)
        counts = np.array(per_posting(scores, pair_counts), dtype=float)
        figures[name] = {
            "nDCG": (float(gains.mean()), gains[draws].mean(axis=1)),
            "pairwise": (
                float(counts[:, 0].sum() / counts[:, 1].sum()),
                counts[:, 0][draws].sum(axis=1) / counts[:, 1][draws].sum(axis=1),
            ),
        }
    lines = []
    for measure in ("nDCG", "pairwise"):
        lines.append(f"{measure:16} value  95 % interval    ours minus it  95 % interval")
        own, own_draws = figures[OURS][measure]
        for name, by_measure in figures.items():
            value, draw = by_measure[measure]
            low, high = np.percentile(draw, [2.5, 97.5])
            line = f"{name:16} {value:.3f}  {low:.3f} to {high:.3f}"
            if name != OURS:
                low, high = np.percentile(own_draws - draw, [2.5, 97.5])
                line += f"  {own - value:+13.3f}  {low:+.3f} to {high:+.3f}"
            lines.append(line)
        lines.append("")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 20))
    parser.add_argument("--resamples", type=int, default=2000)
    parser.add_argument("--detail", action="store_true", help="print every pair with its label and all scores")
    arguments = parser.parse_args()
    pairs = load(arguments.folder)
    matcher = Matcher(as_of=arguments.as_of)
    postings = {name: matcher.profile_text(pairs.postings[name], "posting", source=name) for name in sorted(pairs.gold)}
    needed = sorted({resume for graded in pairs.gold.values() for resume in graded})
    resumes = {name: matcher.profile_text(pairs.resumes[name], "resume", source=name) for name in needed}
    results = {
        (posting, resume): matcher.score(resumes[resume], postings[posting])
        for posting, graded in pairs.gold.items()
        for resume in graded
    }
    methods = {
        OURS: ours(results, pairs),
        "TF-IDF cosine": cosine(pairs, TfidfVectorizer(stop_words="english")),
        "count cosine": cosine(pairs, CountVectorizer(stop_words="english")),
        "BM25": bm25(pairs),
        "skill Jaccard": skill_jaccard(postings, resumes, pairs),
    }
    total = sum(len(graded) for graded in pairs.gold.values())
    abstained = sum(result.score is None for result in results.values())
    print(f"{total} graded pairs, {len(pairs.gold)} postings, {len(needed)} resumes; abstained on {abstained} pairs\n")
    print("\n".join(table(methods, pairs, arguments.resamples)))
    if arguments.detail:
        for posting in sorted(pairs.gold):
            print(posting, pairs.postings[posting].splitlines()[0], "|", next(iter(
                result.abstained or "scored" for (name, _), result in results.items() if name == posting)))  # fmt: skip
            for resume, gain in sorted(pairs.gold[posting].items(), key=lambda item: (-item[1], item[0])):
                row = "  ".join(f"{scores[posting][resume]:8.2f}" for scores in methods.values())
                print(f"  {gain} {resume} {row}")


if __name__ == "__main__":
    main()
