"""Facts found in resumes of many layouts, against hand-written truth files, and one resume set in several themes.

Usage: python benchmarks/layouts.py FOLDER [--errors] [--as-of 2026-11-20]

FOLDER holds ``offlinecv/*.pdf``, some with a ``*.truth.json`` beside them (``experience`` with title, company and
dates, ``education`` with degree and institution, ``skills``), and ``rendercv/*.pdf``: the same resume in each theme.

Two columns are printed for each kind of fact. ``in text``: the fact stands in the text that was read, a title within a
few lines of its employer and its dates, so that the reading order is right. ``extracted``: a role, degree or skill of
the profile has it. A skill that the taxonomy does not know counts as missed. A role of the profile has dates, so a
template whose dates are placeholders ("20XX") has none; the share without such roles is told too.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from matcher import Matcher
from matcher.extraction.dates import date_ranges
from matcher.model import Profile, Role

KINDS = ("titles", "employers", "dates", "degrees", "institutions", "skills")
# A heading of at most four lines holds the title, the employer and the dates of a role.
NEAR = 240


@dataclass
class Report:
    """Counts of facts by kind, and those not found."""

    of: Counter[str] = field(default_factory=Counter)
    in_text: Counter[str] = field(default_factory=Counter)
    extracted: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    undated: int = 0

    def check(self, kind: str, stem: str, fact: str, in_text: bool, extracted: bool) -> None:
        self.of[kind] += 1
        self.in_text[kind] += in_text
        self.extracted[kind] += extracted
        if not (in_text and extracted):
            lost = " and ".join(["text"] * (not in_text) + ["profile"] * (not extracted))
            self.errors.append(f"{kind}: {stem}: {fact!r} not in the {lost}")


def squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


class Text:
    """A text without spaces and marks, for finding facts in it."""

    def __init__(self, text: str) -> None:
        self.squeezed = squeezed(text)

    def has(self, fact: str) -> bool:
        return squeezed(fact) in self.squeezed

    def near(self, facts: list[str]) -> bool:
        """Whether all facts stand close together somewhere."""
        places = [[match.start() for match in re.finditer(re.escape(squeezed(fact)), self.squeezed)] for fact in facts]
        return any(all(any(abs(at - other) < NEAR for other in rest) for rest in places[1:]) for at in places[0])


def same(ours: str | None, theirs: str) -> bool:
    return ours is not None and squeezed(ours) == squeezed(theirs)


def months(dates: str) -> tuple[str, str] | None:
    found = date_ranges(dates, 0, len(dates))
    return (str(found[0].start), str(found[0].end or "present")) if found else None


def measure(matcher: Matcher, path: Path, report: Report) -> None:
    truth = json.loads(path.read_text())
    stem = path.name.removesuffix(".truth.json")
    profile = matcher.profile(path.with_name(f"{stem}.pdf"), kind="resume")
    text = Text(profile.document.text)
    jobs = [role for role in profile.roles if role.kind not in {"education", "project"}]
    for entry in truth.get("experience", []):
        facts = [entry["title"], entry["company"], entry["dates"]]
        together = text.near(facts)
        role = best(jobs, entry)
        report.undated += len(facts) * (months(entry["dates"]) is None)
        report.check("titles", stem, entry["title"], together, role is not None and same(role.title, entry["title"]))
        report.check(
            "employers", stem, entry["company"], together, role is not None and same(role.employer, entry["company"])
        )
        report.check(
            "dates", stem, entry["dates"], together,
            role is not None and (role.start, role.end) == months(entry["dates"]),
        )  # fmt: skip
    for entry in truth.get("education", []):
        together = text.near([entry["degree"], entry["institution"]])
        report.check("degrees", stem, entry["degree"], together, has_degree(matcher, profile, entry["degree"]))
        report.check("institutions", stem, entry["institution"], together, has_school(profile, entry["institution"]))
    for name in truth.get("skills", []):
        # "Microsoft Word/Excel/PowerPoint" names three.
        skills = [matcher.taxonomy.find(part) for part in (name.split("/") if "/" in name else [name])]
        known = [skill.id for skill in skills if skill is not None]
        ours = {skill.id for skill in profile.skills}
        report.check("skills", stem, name, text.has(name), bool(known) and ours.issuperset(known))


def best(jobs: list[Role], entry: dict[str, Any]) -> Role | None:
    """The role that shares most with an entry of the truth."""

    def shared(role: Role) -> int:
        return (
            same(role.title, entry["title"])
            + same(role.employer, entry["company"])
            + ((role.start, role.end) == months(entry["dates"]))
        )

    found = max(jobs, key=shared, default=None)
    return found if found is not None and shared(found) else None


def has_degree(matcher: Matcher, profile: Profile, wanted: str) -> bool:
    """Whether the profile has the level and the field that the words of the truth name."""
    alone = matcher.profile_text(f"Education\n\n{wanted}", kind="resume").degrees
    ours = {(degree.level, degree.field) for degree in profile.degrees}
    return bool(alone) and ours.issuperset((degree.level, degree.field) for degree in alone)


def has_school(profile: Profile, wanted: str) -> bool:
    schools = [degree.institution for degree in profile.degrees]
    schools += [role.employer for role in profile.roles if role.kind == "education"]
    return any(same(school, wanted) for school in schools)


def themes(matcher: Matcher, folder: Path) -> bool:
    """Whether all themes of one resume have the same skills and roles; differences are printed."""
    profiles = {path.stem: matcher.profile(path, kind="resume") for path in sorted(folder.glob("*.pdf"))}
    if not profiles:
        sys.exit(f"{folder}: holds no PDF")
    alike = True
    for name, facts in (
        (
            "skills",
            {stem: {(skill.id, skill.status, skill.months) for skill in p.skills} for stem, p in profiles.items()},
        ),
        ("roles", {stem: {role_facts(role) for role in p.roles} for stem, p in profiles.items()}),
        ("degrees", {stem: {(degree.level, degree.field) for degree in p.degrees} for stem, p in profiles.items()}),
    ):
        common, everything = set.intersection(*facts.values()), set.union(*facts.values())
        alike = alike and common == everything
        print(f"  {name:10} {len(common)} of {len(everything)} in all {len(profiles)} themes")
        for stem, own in facts.items():
            for fact in sorted(map(str, own - common)):
                print(f"    only some: {stem}: {fact}")
    return alike


def role_facts(role: Role) -> tuple[str | None, ...]:
    # How a theme words the degree differs; its school and its dates do not.
    title = None if role.kind == "education" else role.title
    return role.kind, title, role.employer, role.start, role.end


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="list the facts that were not found")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 20))
    arguments = parser.parse_args()
    matcher, report = Matcher(as_of=arguments.as_of), Report()
    truths = sorted((arguments.folder / "offlinecv").glob("*.truth.json"))
    if not truths:
        sys.exit(f"{arguments.folder / 'offlinecv'}: holds no *.truth.json")
    for path in truths:
        measure(matcher, path, report)
    print(f"{len(truths)} resumes   facts  in text     share  extracted     share")
    for kind in (*KINDS, "all"):
        total, in_text, extracted = (
            sum(counts.values()) if kind == "all" else counts[kind]
            for counts in (report.of, report.in_text, report.extracted)
        )
        if total:
            print(
                f"  {kind:14} {total:6d} {in_text:8d} {in_text / total:9.3f} {extracted:10d} {extracted / total:9.3f}"
            )
    dated, extracted = sum(report.of.values()) - report.undated, sum(report.extracted.values())
    print(f'  without the {report.undated} facts of roles whose dates are no dates ("20XX"): {extracted / dated:.3f}')
    if arguments.errors:
        print(*report.errors, sep="\n")
    print("themes of one resume")
    themes(matcher, arguments.folder / "rendercv")


if __name__ == "__main__":
    main()
