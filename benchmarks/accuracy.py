"""Accuracy against documents with gold answers: skills, strength, alternatives, years, level, months.

Usage: python benchmarks/accuracy.py FOLDER [--errors] [--as-of 2026-11-20]

FOLDER holds ``postings/*.gold.json`` with ``.txt`` beside them and ``resumes/*.gold.json`` with ``.txt`` or ``.pdf``.
A gold skill counts as found where the taxonomy resolves its name and the document's own extraction has that skill.
A gold skill that the taxonomy does not know counts as missed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from matcher import Matcher
from matcher.model import Profile

GROUPS = {"practice": "practice", "soft": "soft"}


@dataclass
class Tally:
    """Counts of one kind of answer."""

    found: int = 0
    gold: int = 0
    hit_of_found: int = 0
    hit_of_gold: int = 0

    def row(self) -> str:
        precision = self.hit_of_found / self.found if self.found else 0.0
        recall = self.hit_of_gold / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"{precision:9.3f} {recall:8.3f} {f1:8.3f} {self.gold:6d} {self.found:6d}"


@dataclass
class Report:
    """All counts over one kind of document."""

    skills: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    groups: Tally = field(default_factory=Tally)
    errors: list[str] = field(default_factory=list)

    def check(self, name: str, right: bool, error: str) -> None:
        self.of[name] += 1
        self.right[name] += right
        if not right:
            self.errors.append(f"{name}: {error}")


def group_of(kind: str) -> str:
    return GROUPS.get(kind, "hard")


def measure(matcher: Matcher, folder: Path, kind: str, report: Report) -> None:
    for gold_path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(gold_path.read_text())
        stem = gold_path.name.removesuffix(".gold.json")
        source = next(path for path in (folder / f"{stem}.txt", folder / f"{stem}.pdf") if path.exists())
        profile = matcher.profile(source, kind=kind)  # type: ignore[arg-type]
        skills(matcher, stem, gold, profile, kind, report)
        if kind == "posting":
            posting(matcher, stem, gold, profile, report)
        else:
            resume(stem, gold, profile, report)
        # "unclear" means that the document does not tell: then no level is the right answer.
        expected = None if gold["level"] == "unclear" else gold["level"]
        report.check(
            "level",
            profile.level.inferred == expected,
            f"{stem}: {profile.level.inferred} for {gold['level']}",
        )


def skills(matcher: Matcher, stem: str, gold: dict[str, Any], profile: Profile, kind: str, report: Report) -> None:
    wanted: dict[str, dict[str, Any]] = {}
    for entry in gold["skills"]:
        skill = matcher.taxonomy.find(entry["name"])
        group = entry["kind"]
        for tally in (report.skills["all"], report.skills[group]):
            tally.gold += 1
        found = skill is not None and any(item.id == skill.id for item in profile.skills)
        for tally in (report.skills["all"], report.skills[group]):
            tally.hit_of_gold += found
        if skill is None:
            report.errors.append(f"unknown name: {stem}: {entry['name']} ({group})")
        elif not found:
            report.errors.append(f"missed: {stem}: {entry['name']} ({group}) | {entry['quote']}")
        if skill is not None:
            wanted[skill.id] = entry
    for item in profile.skills:
        entry = wanted.get(item.id)
        # A found skill is judged in the kind gold gives it; one that gold does not have, in our own kind.
        group = entry["kind"] if entry else group_of(item.kind)
        for tally in (report.skills["all"], report.skills[group]):
            tally.found += 1
            tally.hit_of_found += entry is not None
        if entry is None:
            text = profile.document.text
            place = item.evidence[0]
            line = text[max(0, place.start - 50) : place.end + 40].replace("\n", " ")
            report.errors.append(
                f"extra: {stem}: {item.name} ({group}, {item.status or item.strength}) | {place.text!r} in {line!r}"
            )
        else:
            name, value = ("strength", item.strength) if kind == "posting" else ("status", item.status)
            report.check(
                name,
                value == entry[name],
                f"{stem}: {item.name} {value} for {entry[name]} | {entry['quote']}",
            )


def posting(matcher: Matcher, stem: str, gold: dict[str, Any], profile: Profile, report: Report) -> None:
    groups: dict[str, set[str]] = defaultdict(set)
    for entry in gold["skills"]:
        skill = matcher.taxonomy.find(entry["name"])
        if entry["group"]:
            groups[entry["group"]].add(skill.id if skill else entry["name"])
    wanted = [members for members in groups.values() if len(members) > 1]
    ours = [set(item.skill_ids) for item in profile.requirements if item.any_of and len(item.skill_ids) > 1]
    report.groups.gold += len(wanted)
    report.groups.found += len(ours)
    for members in wanted:
        hit = any(_same(members, other) for other in ours)
        report.groups.hit_of_gold += hit
        if not hit:
            report.errors.append(f"group missed: {stem}: {sorted(members)}")
    for members in ours:
        hit = any(_same(members, other) for other in wanted)
        report.groups.hit_of_found += hit
        if not hit:
            report.errors.append(f"group extra: {stem}: {sorted(members)}")
    report.check(
        "min_years",
        profile.min_years == gold["min_years"],
        f"{stem}: {profile.min_years} for {gold['min_years']}",
    )
    asked: dict[str, float] = {}
    for item in profile.requirements:
        for skill_id in item.skill_ids:
            if item.min_years is not None:
                asked[skill_id] = max(asked.get(skill_id, 0.0), item.min_years)
    present = {item.id for item in profile.skills}
    for entry in gold["skills"]:
        skill = matcher.taxonomy.find(entry["name"])
        if skill is not None and skill.id in present:
            years = asked.get(skill.id)
            report.check(
                "skill years",
                years == entry["min_years"],
                f"{stem}: {skill.name} {years} for {entry['min_years']}",
            )
    degree = next((item for item in profile.degrees if item.strength != "mentioned"), None)
    level = min((item.level for item in profile.degrees if item.strength == (degree.strength if degree else None)),
                key=lambda level: matcher.taxonomy.data.degrees[level].rank, default=None)  # fmt: skip
    wanted_degree = (gold["degree"] or {}).get("level")
    report.check("degree", level == wanted_degree, f"{stem}: {level} for {wanted_degree}")


def _same(left: set[str], right: set[str]) -> bool:
    """Groups agree where more than half of all their members are shared."""
    return len(left & right) / len(left | right) > 0.5


def resume(stem: str, gold: dict[str, Any], profile: Profile, report: Report) -> None:
    if gold.get("experience_months") is not None:
        months = profile.experience_months
        right = months is not None and abs(months - gold["experience_months"]) <= 2
        report.check("months within two", right, f"{stem}: {months} for {gold['experience_months']}")
    ours = [item for item in profile.roles if item.kind == "job"]
    for role in gold["roles"]:
        if role["kind"] == "job":
            same = [item for item in ours if _agrees(item.start, role["start"]) and _agrees(item.end, role["end"])]
            # Of two jobs with the same dates the one with the title.
            same.sort(key=lambda item: not _title_like(item.title, role["title"]))
            title = same[0].title if same else None
            report.check("job dates", bool(same), f"{stem}: {role['title']} {role['start']} to {role['end']}")
            report.check("job title", _title_like(title, role["title"]), f"{stem}: {title!r} for {role['title']!r}")
            ours = [item for item in ours if item not in same[:1]]
    levels = sorted(item["level"] for item in gold["degrees"])
    found = sorted({item.level for item in profile.degrees})
    report.check("degrees", sorted(set(levels)) == found, f"{stem}: {found} for {levels}")


def _agrees(ours: str | None, gold: str | None) -> bool:
    """Whether dates agree as far as the gold tells: a year alone is right in any month of it."""
    return (ours or "").startswith(gold or "") if gold else ours is None


def _title_like(ours: str | None, gold: str) -> bool:
    def words(text: str) -> set[str]:
        return {word.strip(",.()&|-").lower() for word in text.split()} - {""}

    return ours is not None and len(words(ours) & words(gold)) >= 0.6 * max(1, len(words(gold)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="list every disagreement with the gold answers")
    parser.add_argument("--only", default="", help="list only errors that hold this text")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 20))
    arguments = parser.parse_args()
    matcher = Matcher(as_of=arguments.as_of)
    for kind in ("posting", "resume"):
        report = Report()
        measure(matcher, arguments.folder / f"{kind}s", kind, report)
        print(f"\n{kind}s{'':12} precision   recall       F1   gold  found")
        for group in ("all", "hard", "practice", "soft"):
            print(f"  {group:14}{report.skills[group].row()}")
        if kind == "posting":
            print(f"  {'alternatives':14}{report.groups.row()}")
        for name, total in report.of.items():
            print(f"  {name:18} {report.right[name]:4d} of {total:4d}  {report.right[name] / total:.3f}")
        if arguments.errors:
            print(*sorted(error for error in report.errors if arguments.only in error), sep="\n")


if __name__ == "__main__":
    main()
