"""One document for a terminal: what it says, or where it stands on the ladder."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from matcher.career import Career
from matcher.model import Profile
from matcher.reports import figures
from matcher.reports.safe import one_line, visible
from matcher.reports.terminal.advice import print_career
from matcher.reports.terminal.draw import POOR, Pen, heading, indented, print_notices, spaced, table
from matcher.taxonomy.schema import Taxonomy


def print_level(console: Console, profile: Profile, taxonomy: Taxonomy, career: Career) -> None:
    """Print one document against every level, and what the guides say to it."""
    pen = Pen.of(console)
    _print_heading(console, profile, taxonomy)
    verb = "shown" if profile.document.kind == "resume" else "asked"
    drawn = table(("level", None), (verb, 5), ("", 20), ("usual years", None), right=verb)
    console.print(heading("Level ladder: the share of what career guides list for each level"))
    branch = "individual"
    for rung in figures.ladder(profile.level, taxonomy):
        if rung.level.branch != branch:
            branch = rung.level.branch
            drawn.add_row()
        name = Text(rung.level.name, style="bold" if rung.reads_as else "")
        name.append(" <" if rung.reads_as else "")
        covered = (Text(""), Text("told by the title", style="italic"))
        if rung.share is not None:
            covered = (Text(f"{rung.share:.0%}"), pen.bar(rung.share))
        drawn.add_row(name, *covered, Text(figures.usual_years(rung.level)))
    console.print(spaced(drawn))
    print_notices(console, figures.notices(profile))
    print_career(console, career, taxonomy, profile.document.kind)


def print_profile(console: Console, profile: Profile, taxonomy: Taxonomy) -> None:
    """Print what one document says."""
    pen = Pen.of(console)
    _print_heading(console, profile, taxonomy)
    asks = profile.document.kind == "posting"
    # The words of the document say more than the kind of a skill, so they come first where room is scarce.
    kinds = [("kind", 9)] if pen.wide else []
    room = pen.width - 11 - 11 * len(kinds)
    skill = room // 3
    drawn = table(("skill", skill - 2), *kinds, ("asked" if asks else "status", 9), ("evidence", room - skill))
    for item in profile.skills:
        drawn.add_row(
            Text(item.name),
            *([item.kind] if kinds else []),
            item.status or item.strength or "",
            pen.quotes(profile.document, item.evidence, room - skill),
        )
    if not asks:
        console.print(Text(pen.plain(figures.STANDING_WORDS), style="italic"))
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
    console.print(Text(figures.level_sentence(profile, taxonomy)))
    if profile.level.disagreement:
        console.print(Text(f"! {profile.level.disagreement}", style=POOR))
    if profile.document.kind == "resume":
        if figures.years_words(profile.experience_months) not in profile.level.reason:
            console.print(Text(figures.dated(profile)))
    else:
        console.print(Text(figures.understood(profile)))
    console.print()
