"""The samples audited: groups invented for invented people, every figure worked out again with plain loops."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import median

import pytest
from click.testing import CliRunner
from fairlearn.metrics import demographic_parity_difference

from matcher import Matcher
from matcher.cli import main

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "samples"
GROUPS = HERE / "groups.csv"


@pytest.fixture(scope="module")
def rows(tmp_path_factory) -> tuple[Path, list[tuple[str, str, float | None]]]:
    """Every sample resume against every sample posting, and the file that says so."""
    matcher = Matcher(as_of=date(2026, 11, 20))
    resumes = [matcher.profile(path, "resume") for path in sorted((SAMPLES / "resumes").iterdir())]
    postings = [matcher.profile(path, "posting") for path in sorted((SAMPLES / "postings").iterdir())]
    found = [
        (Path(result.resume.document.source).name, Path(result.posting.document.source).name, result.score)
        for result in matcher.rank(resumes, postings)
    ]
    path = tmp_path_factory.mktemp("audit") / "results.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("resume", "posting", "score"))
        writer.writerows(found)
    return path, found


@pytest.mark.parametrize("threshold", [40, 60, 75])
def test_figures_of_the_samples(rows, threshold):
    path, found = rows
    done = CliRunner().invoke(
        main, ["audit", str(path), str(GROUPS), "--threshold", str(threshold), "--format", "json"],
        catch_exceptions=False,
    )  # fmt: skip
    assert done.exit_code == 0
    data = json.loads(done.output)
    with GROUPS.open(encoding="utf-8") as file:
        people = {row["resume"]: row for row in csv.DictReader(file)}
    middle = median(score for _, _, score in found if score is not None)
    assert data["median_score"] == middle
    assert data["applications"] == len(found) == 7 * len(list((SAMPLES / "postings").iterdir()))
    keys = {
        ("sex",): lambda name: (people[name]["sex"],),
        ("race",): lambda name: (people[name]["race"],),
        ("sex", "race"): lambda name: (people[name]["sex"], people[name]["race"]),
    }
    for measure, chosen, counted in (
        ("selection_rates", lambda score: score is not None and score >= threshold, lambda score: True),
        ("scoring_rates", lambda score: score > middle, lambda score: score is not None),
    ):
        for table in data[measure]:
            key = keys[tuple(table["attributes"])]
            counts: dict[tuple[str, ...], list[bool]] = defaultdict(list)
            for name, _, score in found:
                if counted(score):
                    counts[key(name)].append(chosen(score))
            rates = {group: Fraction(sum(values), len(values)) for group, values in counts.items()}
            best = max(rates.values())
            assert {tuple(item["group"]) for item in table["groups"]} == set(rates)
            for item in table["groups"]:
                group = tuple(item["group"])
                assert item["count"] == len(counts[group])
                assert item["chosen"] == sum(counts[group])
                assert item["rate"] == pytest.approx(float(rates[group]), abs=1e-6)
                if best:
                    assert item["impact_ratio"] == pytest.approx(float(rates[group] / best), abs=1e-6)
            labels = [" ".join(key(name)) for name, _, score in found if counted(score)]
            picked = [int(chosen(score)) for _, _, score in found if counted(score)]
            assert table["demographic_parity_difference"] == pytest.approx(
                demographic_parity_difference(picked, picked, sensitive_features=labels), abs=1e-6
            )
            assert table["demographic_parity_difference"] == pytest.approx(float(best - min(rates.values())), abs=1e-6)
    below = {
        (item["attribute"], item["group"]): item["below_four_fifths"] for item in data["four_fifths_rule"]["readings"]
    }
    for table in data["selection_rates"][:2]:
        best = max(Fraction(item["chosen"], item["count"]) for item in table["groups"])
        for item in table["groups"]:
            if best:
                expected = Fraction(item["chosen"], item["count"]) < Fraction(4, 5) * best
                assert below[table["attributes"][0], item["group"][0]] == expected
