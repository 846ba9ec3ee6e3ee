"""Do small learned models beat the rules where these fall short? Trains them, and measures them beside the rules.

Usage: python benchmarks/learned.py GOLD [GOLD ...] [--as-of 2026-11-20] [--save FOLDER]

Each GOLD is a folder as for ``accuracy.py``. Four kinds of logistic regression are tried, each alone after the rules:

* accept: rejects mentions of practices and soft skills that the words around do not bear out;
* roles: the section of a line of a posting that stands under no known heading;
* strength: how strongly a posting asks a skill;
* names: ambiguous names that the rules leave to a default.

They learn only from what was written for the project: ``learned/*.yaml`` beside this file, the postings of ``samples``,
the behaviour cases of the tests, and the examples and counterexamples of the taxonomy. Inputs are sorted and seeds
fixed; each model is measured after it was written to JSON (coefficients by name of feature) and read back. ``--save``
keeps that JSON. None of them is part of the matcher: RESULTS.md tells why.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from accuracy import Report, Tally, measure
from learned_models import (
    CorrectedExtractor,
    Example,
    Features,
    Linear,
    body,
    counted,
    deciding,
    line_features,
    train,
    words_of,
)
from matcher import Matcher
from matcher.extraction.segments import Unit
from matcher.taxonomy.loader import load_lexicon

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "extraction"))

from extraction_cases import DATA, read_cases  # noqa: E402

HEADINGS = {
    "about-company": "About us",
    "responsibilities": "Responsibilities",
    "requirements": "Requirements",
    "preferred": "Nice to have",
    "role": "About the role",
    "stack": "Our stack",
}
STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
FOLDS = 5
# How sure a model has to be to be heeded against the rules.
CERTAINTIES = (0.5, 0.7, 0.9)


def data(name: str) -> Any:
    return yaml.safe_load((HERE / "learned" / name).read_text(encoding="utf-8"))


class Bench:
    """A matcher whose extractor takes corrections, and the examples it makes of what was written for the project."""

    def __init__(self, as_of: date) -> None:
        self.matcher = Matcher(as_of=as_of)
        taxonomy = self.matcher._taxonomy
        self.extractor = CorrectedExtractor(taxonomy, load_lexicon(taxonomy))
        self.matcher._extractor = self.extractor
        self.cases = [case for case in read_cases(DATA / "cases") if "found" in case.expected]

    def mentions(self, text: str, kind: str) -> list[tuple[Any, Features]]:
        self.matcher.profile_text(text, kind=kind)  # type: ignore[arg-type]
        return list(self.extractor.described(self.extractor.found))

    def accepting(self) -> Iterator[Example]:
        """Practices and soft skills of the lines labelled for this."""
        for row in data("mentions.yaml"):
            heading = HEADINGS[row["section"]] if row["kind"] == "posting" else row["section"].title()
            label = dict.fromkeys(row.get("right", ()), "right") | dict.fromkeys(row.get("wrong", ()), "wrong")
            for mention, features in self.mentions(f"{heading}\n- {row['text']}\n", row["kind"]):
                if mention.skill_id in label:
                    yield Example(features, label[mention.skill_id], row["text"])

    def accepting_more(self) -> Iterator[Example]:
        """Practices and soft skills that a behaviour case or an example of the taxonomy wants: all of them right."""
        activities = {"practice", "soft"}
        skills = self.matcher.taxonomy.data.skills
        for case in self.cases:
            for mention, features in self.mentions(case.text, case.kind):
                if mention.skill_id in case.expected["found"] and skills[mention.skill_id].kind in activities:
                    yield Example(features, "right", case.text)
        for skill in sorted(skills.values(), key=lambda skill: skill.id):
            if skill.kind in activities:
                for sentence in skill.examples:
                    for mention, features in self.mentions(f"Experience\n- {' '.join(sentence.split())}\n", "resume"):
                        if mention.skill_id == skill.id:
                            yield Example(features, "right", sentence)

    def roles(self) -> Iterator[Example]:
        """Lines under their roles: those written for this, and those under the headings of the samples."""
        lines = [(role, line) for role, group in data("lines.yaml").items() for line in group]
        lines += [
            (role, line)
            for role, groups in data("strengths.yaml").items()
            for group in groups.values()
            for line in group
        ]
        for role, line in lines:
            yield Example(line_features(words_of(line)), role, line)
        for path in sorted((HERE.parent / "samples" / "postings").iterdir()):
            for role, unit in headed(self.extractor.segment(self.matcher.read(path, "posting")).units):
                if role in HEADINGS or role in {"benefits", "legal"}:
                    yield Example(line_features(self.extractor.words(unit)), role, f"{path.name} {unit.span.start}")

    def strengths(self) -> Iterator[Example]:
        """Skills of lines written for this, and those of behaviour cases that are mentioned once."""
        for section, groups in data("strengths.yaml").items():
            for strength, lines in groups.items():
                for line in lines:
                    for mention, features in self.mentions(f"{HEADINGS[section]}\n- {line}\n", "posting"):
                        if mention.strength is not None:
                            yield Example(features, strength, line)
        for case in self.cases:
            found = self.mentions(case.text, case.kind) if case.kind == "posting" else []
            for mention, features in found:
                alone = sum(other.skill_id == mention.skill_id for other, _ in found) == 1
                if alone and mention.skill_id in case.expected["found"]:
                    yield Example(features, case.expected["found"][mention.skill_id], case.text)

    def names(self) -> Iterator[Example]:
        """Every ambiguous name in an example or a counterexample of its own skill."""
        seen: list[tuple[str, Features]] = []

        def watch(candidate: Any, features: Features) -> None:
            seen.append((candidate[0].skill_id, dict(features)))

        for skill in sorted(self.matcher.taxonomy.data.skills.values(), key=lambda skill: skill.id):
            for label, sentences in (("right", skill.examples), ("wrong", skill.counterexamples)):
                for sentence in sentences:
                    seen.clear()
                    with deciding(watch):
                        self.matcher.profile_text(f"Experience\n- {' '.join(sentence.split())}\n", kind="resume")
                    for skill_id, features in seen:
                        if skill_id == skill.id:
                            # The confirming words were written for these very sentences.
                            yield Example(
                                {n: v for n, v in features.items() if n not in {"confirmed", "denied"}}, label, sentence
                            )

    def measure(self, folder: Path) -> dict[str, Report]:
        reports = {kind: Report() for kind in ("posting", "resume")}
        for kind, report in reports.items():
            measure(self.matcher, folder / f"{kind}s", kind, report)
        return reports


def headed(units: Sequence[Unit]) -> Iterator[tuple[str, Unit]]:
    """The lines and paragraphs under headings, with the section of the heading."""
    section = ""
    for unit in units:
        if unit.kind == "heading":
            section = unit.section
        elif section and body(unit):
            yield section, unit


def folds(examples: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    order = {line: index for index, line in enumerate(sorted({item.line for item in examples}))}
    for fold in range(FOLDS):
        yield (
            [item for item in examples if order[item.line] % FOLDS != fold],
            [item for item in examples if order[item.line] % FOLDS == fold],
        )


def fitted(name: str, examples: Sequence[Example], save: Path | None) -> Linear:
    """A model with the regularisation that does best on lines it did not learn from."""
    scores = {}
    for strength in STRENGTHS:
        losses, right = [], 0
        for learnt, held in folds(examples):
            model = Linear.loads(train(learnt, strength))
            for item in held:
                right += model.best(item.features)[0] == item.label
                losses.append(-math.log(max(1e-9, model.probabilities(item.features).get(item.label, 0.0))))
        scores[strength] = (math.fsum(losses) / len(losses), right / len(examples))
    best = min(STRENGTHS, key=lambda strength: scores[strength])
    text = train(examples, best)
    if save is not None:
        save.mkdir(parents=True, exist_ok=True)
        (save / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    commonest = max(sum(item.label == label for item in examples) for label in {item.label for item in examples})
    print(
        f"{name}: {len(examples)} examples ({counted(examples)}); C={best}; on lines not learnt from "
        f"{scores[best][1]:.3f} right, the commonest answer {commonest / len(examples):.3f}"
    )
    return Linear.loads(text)


def joined(*tallies: Tally) -> Tally:
    return Tally(*(sum(getattr(item, name) for item in tallies) for name in Tally.__dataclass_fields__))


def f1(tally: Tally) -> float:
    precision = tally.hit_of_found / tally.found if tally.found else 0.0
    recall = tally.hit_of_gold / tally.gold if tally.gold else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def row(reports: dict[str, Report]) -> str:
    """F1 of practices and soft skills, F1 of all, in postings and resumes; strength."""
    cells = []
    for report in reports.values():
        activities = joined(report.skills["practice"], report.skills["soft"])
        cells.append(
            f"{f1(activities):.3f} ({activities.hit_of_found}/{activities.found}) {f1(report.skills['hard']):.3f} "
            f"{f1(report.skills['all']):.3f}"
        )
    posting = reports["posting"]
    return f"{' | '.join(cells)} | {posting.right['strength']}/{posting.of['strength']}"


# Sections that ask alike: what a line needs to be told apart for.
ASKED = {"responsibilities": "requirements", "role": "requirements", "stack": "about-company", "legal": "benefits"}


def line_roles(bench: Bench, folder: Path, model: Linear, merged: Linear) -> str:
    """How often a line's words alone tell the section of the heading above it, which is hidden from all.

    Also how often they tell what matters to a score: asked, preferred, mentioned or silent.
    """
    total, right = 0, Counter[str]()
    for path in sorted((folder / "postings").glob("*.txt")):
        for section, unit in headed(bench.extractor.segment(bench.matcher.read(path, "posting")).units):
            if section in model.classes:
                total += 1
                features = line_features(bench.extractor.words(unit))
                rules, learnt = bench.extractor.told(unit) or "role", model.best(features)[0]
                right["rules"] += rules == section
                right["roles"] += learnt == section
                asked = ASKED.get(section, section)
                right["rules, asking"] += ASKED.get(rules, rules) == asked
                right["roles, asking"] += ASKED.get(learnt, learnt) == asked
                right["roles-merged, asking"] += merged.best(features)[0] == asked
    return f"{total} lines with their headings hidden: " + ", ".join(f"{name} {n}" for name, n in right.items())


def ordering(bench: Bench, folder: Path, model: Linear) -> float:
    """How often a mention that gold has is thought likelier than one that it has not; 0.5 is chance."""
    values: dict[bool, list[float]] = {True: [], False: []}
    for path in sorted(folder.glob("*/*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        kind = {"postings": "posting", "resumes": "resume"}.get(path.parent.name)
        if kind is None:
            continue
        stem = path.name.removesuffix(".gold.json")
        source = next(item for item in (path.with_name(f"{stem}.txt"), path.with_name(f"{stem}.pdf")) if item.exists())
        bench.matcher.profile(source, kind=kind)  # type: ignore[arg-type]
        wanted = {skill.id for item in gold["skills"] if (skill := bench.matcher.taxonomy.find(item["name"]))}
        for mention, features in bench.extractor.described(bench.extractor.found):
            if "kind=practice" in features or "kind=soft" in features:
                values[mention.skill_id in wanted].append(model.probabilities(features)["right"])
    wins = [(good > bad) + 0.5 * (good == bad) for good in values[True] for bad in values[False]]
    return math.fsum(wins) / len(wins)


# The words beside a mention and nothing else: no section, no kind, no length of the sentence.
_BESIDE = ("before=", "after=", "near ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 20))
    parser.add_argument("--save", type=Path)
    arguments = parser.parse_args()
    bench = Bench(arguments.as_of)
    own = list(bench.accepting())
    beside = [replace(item, features={n: v for n, v in item.features.items() if n.startswith(_BESIDE)}) for item in own]
    roles = list(bench.roles())
    examples = {
        "accept": own,
        "accept-beside": beside,
        "accept-with-cases": own + list(bench.accepting_more()),
        "roles": roles,
        "roles-merged": [replace(item, label=ASKED.get(item.label, item.label)) for item in roles],
        "strength": list(bench.strengths()),
        "names": list(bench.names()),
    }
    models = {name: fitted(name, items, arguments.save) for name, items in examples.items()}
    nothing = dict.fromkeys(("accept", "roles", "strength", "names"))
    trials: list[tuple[str, dict[str, Any]]] = [("rules alone", {})]
    for name, model in models.items():
        for certainty in CERTAINTIES:
            trials.append((f"{name} from {certainty}", {name.partition("-")[0]: model, "certainty": certainty}))
    trials.append(("rules alone, no headings", {"headless": True}))
    for name in ("roles", "roles-merged"):
        for certainty in CERTAINTIES:
            settings = {"roles": models[name], "certainty": certainty, "headless": True}
            trials.append((f"{name} from {certainty}, no headings", settings))
    for folder in arguments.gold:
        print(f"\n{folder.name}: practice and soft F1 (right/found), hard F1, all F1: postings | resumes | strength")
        for name, settings in trials:
            vars(bench.extractor).update(nothing | {"certainty": 0.5, "headless": False} | settings)
            print(f"  {name:30} {row(bench.measure(folder))}")
        vars(bench.extractor).update(nothing | {"headless": False})
        told = ", ".join(
            f"{name} {ordering(bench, folder, model):.3f}" for name, model in models.items() if "accept" in name
        )
        print(f"  right mentions ranked above wrong ones (0.5 is chance): {told}")
        print(f"  {line_roles(bench, folder, models['roles'], models['roles-merged'])}")


if __name__ == "__main__":
    main()
