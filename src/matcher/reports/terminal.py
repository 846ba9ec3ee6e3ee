"""Profiles and results for a terminal: tables and bars where there is one, plain text where it is piped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from matcher.model import Contribution, Evidence, LevelReading, MatchResult, Missing, Notice, Profile
from matcher.taxonomy.schema import Taxonomy

# Blue and orange are told apart by readers of every kind of colour vision; a sign always says the same.
_GOOD, _FAIR, _POOR = "blue", "yellow", "dark_orange"
_BAR_WIDTH = 20
_QUOTE = 60
_EFFORT = {1: "days", 2: "weeks", 3: "months", 4: "a year", 5: "years"}


def print_result(console: Console, result: MatchResult, taxonomy: Taxonomy, *, verbose: bool = False) -> None:
    """Print a match: the score, the level of both, what is missing, what matched, notices."""
    console.print(_heading(result))
    console.print(_levels(result, taxonomy))
    if result.abstained is None:
        console.print(_parts(result))
    if result.missing:
        console.print(_missing(result.missing, result.posting, verbose=verbose))
    matched = [item for item in result.contributions if item.points > 0]
    if matched:
        console.print(_matched(matched, result, verbose=verbose))
    if result.posting.unrecognised:
        console.print(_unrecognised(result.posting))
    notices = (*result.resume.document.notices, *result.posting.document.notices)
    if notices:
        console.print(_notices(notices))


def print_level(console: Console, profile: Profile, taxonomy: Taxonomy, target: str | None) -> None:
    """Print one document against every level, and what it lacks for ``target``."""
    reading = profile.level
    console.print(Text(profile.document.source, style="bold"))
    console.print(Text(_level_sentence(reading, taxonomy)))
    if reading.disagreement:
        console.print(Text(f"! {reading.disagreement}", style=_FAIR))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("level")
    table.add_column("covered", justify="right")
    table.add_column("")
    table.add_column("usual years")
    for level_id, share in reading.coverage:
        level = taxonomy.levels[level_id]
        mark = " <" if level_id == reading.inferred else ""
        years = level.use_years
        usual = "" if years is None else f"{years.min:g} to {years.max:g}" if years.max else f"{years.min:g} or more"
        table.add_row(level.name + mark, f"{share:.0%}", _bar(share), usual)
    console.print(Padding(table, (1, 0)))
    if target is None:
        return
    gaps = dict(reading.missing).get(target, ())
    console.print(Text(f"Missing for {taxonomy.levels[target].name}: {len(gaps) or 'nothing'}", style="bold"))
    for gap in gaps:
        names = " or ".join(taxonomy.skills[skill_id].name for skill_id in gap.skill_ids)
        console.print(Text(f"  - {names} ({', '.join(gap.sources)})" if gap.sources else f"  - {names}"))


def print_profile(console: Console, profile: Profile, taxonomy: Taxonomy) -> None:
    """Print what one document says."""
    console.print(Text(profile.document.source, style="bold"))
    console.print(Text(_level_sentence(profile.level, taxonomy)))
    if profile.experience_months is not None:
        console.print(Text(f"{profile.experience_months} months of dated experience"))
    if profile.document.kind == "posting":
        console.print(Text(f"understood {profile.recognised} of {profile.asked} lines that ask something"))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("skill", "kind", "status" if profile.document.kind == "resume" else "strength", "evidence"):
        table.add_column(name, overflow="fold" if name == "evidence" else "ellipsis")
    for skill in profile.skills:
        table.add_row(
            Text(skill.name),
            skill.kind,
            skill.status or skill.strength or "",
            Text(_place(profile, skill.evidence[0])),
        )
    console.print(Padding(table, (1, 0)))
    for role in profile.roles:
        name = ", ".join(part for part in (role.title, role.employer) if part) or "(untitled)"
        console.print(Text(f"{role.start} to {role.end}  {name} [{role.kind}]"))
    for degree in profile.degrees:
        field = f" in {taxonomy.fields[degree.field].name}" if degree.field else ""
        console.print(Text(f"{taxonomy.degrees[degree.level].name}{field}"))
    for certification in profile.certifications:
        console.print(Text(f"Certification: {certification.name}"))
    if profile.document.notices:
        console.print(_notices(profile.document.notices))


def _heading(result: MatchResult) -> RenderableType:
    title = Text.assemble(
        (result.resume.document.source, "bold"), " against ", (result.posting.document.source, "bold")
    )
    score = result.score
    if score is None:
        return Panel(Group(title, Text(f"No score: {result.abstained}", style=_POOR)), expand=False)
    understood = f"understood {result.posting.recognised} of {result.posting.asked} lines that ask something"
    line = Text.assemble(
        (f"{score:.2f}", f"bold {_colour(score / 100)}"), " of 100  ", _bar(score / 100), f"  {understood}"
    )
    return Panel(Group(title, line), expand=False)


def _levels(result: MatchResult, taxonomy: Taxonomy) -> RenderableType:
    lines: list[Text] = []
    for name, profile in (("Resume", result.resume), ("Posting", result.posting)):
        lines.append(Text.assemble((f"{name}: ", "bold"), _level_sentence(profile.level, taxonomy)))
        if profile.level.disagreement:
            lines.append(Text(f"  ! {profile.level.disagreement}", style=_FAIR))
    return Padding(Group(*lines), (0, 0, 1, 0))


def _level_sentence(reading: LevelReading, taxonomy: Taxonomy) -> str:
    if reading.inferred is None:
        return f"level unclear, {reading.reason}"
    level = taxonomy.levels[reading.inferred]
    share = dict(reading.coverage).get(reading.inferred)
    covered = "" if share is None else f", covers {share:.0%} of what this level asks"
    return f"reads as {level.name} ({reading.reason}){covered}"


def _parts(result: MatchResult) -> RenderableType:
    names = {
        "skill": "Skills",
        "degree": "Degree",
        "certification": "Certifications",
        "years": "Years",
        "level": "Level",
    }
    table = Table(box=None, pad_edge=False, show_header=False)
    for kind, name in names.items():
        items = [item for item in result.contributions if item.kind == kind]
        most = sum(item.max_points for item in items)
        if most:
            got = sum(item.points for item in items)
            table.add_row(name, _bar(got / most), Text(f"{got / 100:.2f} of {most / 100:.2f}"))
    return Padding(table, (0, 0, 1, 0))


def _missing(items: Sequence[Missing], posting: Profile, *, verbose: bool) -> RenderableType:
    table = Table(
        box=None,
        pad_edge=False,
        header_style="bold",
        title_justify="left",
        title="What is missing",
        title_style="bold",
    )
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("what", overflow="fold", ratio=2)
    table.add_column("asked as", overflow="fold", ratio=3)
    for item in items:
        what = Text(item.label)
        tags: list[str] = [item.strength] if item.strength != "required" else []
        if item.often_missing:
            tags.append("often missing")
        if item.partial:
            tags.append(item.reason)
        if tags:
            what.append(f" ({'; '.join(tags)})", style="italic")
        asked = Text(_place(posting, item.asked[0]) if item.asked else "")
        if item.acquire and (verbose or item.often_missing or item is items[0]):
            effort = f" ({_EFFORT[item.effort]})" if item.effort else ""
            asked.append(f"\n> {item.acquire}{effort}", style=_GOOD)
        table.add_row(Text(f"-{item.points / 100:.2f}"), what, asked)
    return Padding(table, (0, 0, 1, 0))


def _matched(items: Sequence[Contribution], result: MatchResult, *, verbose: bool) -> RenderableType:
    table = Table(
        box=None,
        pad_edge=False,
        header_style="bold",
        title_justify="left",
        title="What matched",
        title_style="bold",
    )
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("what", overflow="fold", ratio=2)
    table.add_column("shown as", overflow="fold", ratio=3)
    for item in sorted(items, key=lambda item: -item.points):
        what = Text(item.label)
        what.append(f" ({item.reason})", style="italic")
        places = item.evidence if verbose else item.evidence[:1]
        table.add_row(
            Text(f"{item.points / 100:.2f}/{item.max_points / 100:.2f}"),
            what,
            Text("\n".join(_place(result.resume, place) for place in places)),
        )
    return Padding(table, (0, 0, 1, 0))


def _unrecognised(posting: Profile) -> RenderableType:
    lines = [Text("Lines in which no skill was recognised", style="bold")]
    lines.extend(Text(f"  - {_shorten(item.text)}") for item in posting.unrecognised)
    return Padding(Group(*lines), (0, 0, 1, 0))


def _notices(notices: Iterable[Notice]) -> RenderableType:
    lines = [Text("Notices", style="bold")]
    lines.extend(Text(f"  ! {notice.message}") for notice in notices)
    return Group(*lines)


def _bar(share: float) -> Text:
    filled = round(share * _BAR_WIDTH)
    return Text("█" * filled + "░" * (_BAR_WIDTH - filled), style=_colour(share))


def _colour(share: float) -> str:
    return _GOOD if share >= 0.7 else _FAIR if share >= 0.4 else _POOR


def _place(profile: Profile, item: Evidence) -> str:
    """The evidence with the words around it on its line."""
    text = profile.document.text
    start = text.rfind("\n", 0, item.start) + 1
    end = text.find("\n", item.end)
    end = len(text) if end < 0 else end
    low, high = max(start, item.start - _QUOTE // 2), min(end, item.end + _QUOTE // 2)
    quote = " ".join(text[low:high].split())
    page = f" (page {item.page})" if item.page else ""
    return f"{'…' if low > start else ''}{quote}{'…' if high < end else ''}{page}"


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 2 * _QUOTE else f"{line[: 2 * _QUOTE]}…"
