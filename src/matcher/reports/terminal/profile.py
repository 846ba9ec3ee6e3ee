"""One document for a terminal: what it says, or where it stands on the ladder."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from matcher.model import Profile
from matcher.reports import figures
from matcher.reports.safe import one_line, visible
from matcher.reports.terminal.draw import POOR, Pen, heading, indented, print_notices, spaced, table
from matcher.taxonomy.schema import Taxonomy


def print_level(console: Console, profile: Profile, taxonomy: Taxonomy, target: str | None) -> None:
    """Print one document against every level, and what it lacks for ``target``."""
    pen = Pen.of(console)
    _print_heading(console, profile, taxonomy)
    drawn = table(("level", None), ("covered", 7), ("", 20), ("usual years", None), right="covered")
    for rung in figures.ladder(profile.level, taxonomy):
        name = Text(rung.level.name, style="bold" if rung.reads_as else "")
        name.append(" <" if rung.reads_as else "")
        covered = (Text(""), Text("known by its title", style="italic"))
        if rung.share is not None:
            covered = (Text(f"{rung.share:.0%}"), pen.bar(rung.share))
        drawn.add_row(name, *covered, Text(figures.usual_years(rung.level)))
    console.print(spaced(drawn))
    if target is not None:
        gaps = dict(profile.level.missing).get(target, ())
        console.print(heading(f"Missing for {figures.level_name(target, taxonomy)}: {len(gaps) or 'nothing'}"))
        guides = figures.cited(gap.sources for gap in gaps)
        for gap in gaps:
            names = Text(figures.alternatives(gap.skill_ids, taxonomy))
            names.append("".join(f" [{guides[source_id]}]" for source_id in gap.sources), style="italic")
            console.print(indented("  -", names))
        if guides:
            console.print()
        for source_id, number in guides.items():
            console.print(indented(f"  [{number}]", figures.source_title(source_id, taxonomy)))
    print_notices(console, figures.notices(profile))


def print_profile(console: Console, profile: Profile, taxonomy: Taxonomy) -> None:
    """Print what one document says."""
    pen = Pen.of(console)
    _print_heading(console, profile, taxonomy)
    skill = (pen.width - 22) // 3
    quote = pen.width - 22 - skill
    asks = profile.document.kind == "posting"
    drawn = table(("skill", skill - 2), ("kind", 9), ("asked" if asks else "status", 9), ("evidence", quote))
    for item in profile.skills:
        drawn.add_row(
            Text(item.name),
            item.kind,
            item.status or item.strength or "",
            pen.quotes(profile.document, item.evidence, quote),
        )
    console.print(spaced(drawn))
    for role in profile.roles:
        name = ", ".join(one_line(part) for part in (role.title, role.employer) if part) or "(untitled)"
        console.print(indented(f"{role.start} to {role.end:<7}", f"{name} [{role.kind}]"))
    for degree in profile.degrees:
        field = f" in {taxonomy.fields[degree.field].name}" if degree.field else ""
        console.print(Text(f"{taxonomy.degrees[degree.level].name}{field}"))
    for certification in profile.certifications:
        console.print(Text(f"Certification: {certification.name}"))
    print_notices(console, figures.notices(profile))


def _print_heading(console: Console, profile: Profile, taxonomy: Taxonomy) -> None:
    console.print(Text(visible(profile.document.source), style="bold"))
    console.print(Text(figures.level_sentence(profile.level, taxonomy)))
    if profile.level.disagreement:
        console.print(Text(f"! {profile.level.disagreement}", style=POOR))
    if profile.document.kind == "resume":
        console.print(Text(f"{figures.years_words(profile.experience_months)} of dated jobs"))
    else:
        console.print(Text(figures.understood(profile)))
    console.print()
