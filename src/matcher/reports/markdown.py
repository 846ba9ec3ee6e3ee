"""Profiles and results as Markdown (CommonMark with tables) that stays readable as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from matcher.model import Document, Evidence, MatchResult, Missing, Profile
from matcher.reports import figures
from matcher.reports.figures import Rung
from matcher.reports.safe import one_line
from matcher.taxonomy.schema import Taxonomy

# Whatever begins markup, a link, HTML or a formula somewhere; a backslash before punctuation is always allowed.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#|~$!&@])")
# Addresses turn into links by themselves; a backslash in them stops that.
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|javascript|data)(:)|\b(www)(\.)")
# At the beginning of a line these make a list or a heading of it.
_LEADING = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")
_QUOTES = 2


def escape(text: str) -> str:
    """``text`` on one line, visible, with nothing in it that Markdown or HTML takes for markup."""
    inert = _ADDRESS.sub(_unlinked, _MARKUP.sub(r"\\\1", one_line(text)))
    return _LEADING.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", inert)


def _unlinked(match: re.Match[str]) -> str:
    return f"{match[1] or match[3]}\\{match[2] or match[4]}"


def render_result(result: MatchResult, taxonomy: Taxonomy) -> str:
    """A match as a Markdown document."""
    scored = result.score is not None
    resume, posting = result.resume.document, result.posting.document
    blocks = [
        f"# {escape(figures.file_name(resume.source))} against {escape(figures.file_name(posting.source))}",
        f"**Score: {result.score:.2f} of 100**; {figures.allowed(result)}."
        if scored
        else f"**No score:** {escape(result.abstained or '')}.",
        " ".join(escape(sentence) for sentence in figures.summary(result, taxonomy)),
        _bullets(
            f"{name} {escape(figures.level_sentence(side.level, taxonomy))}"
            + (f"; **{escape(side.level.disagreement)}**" if side.level.disagreement else "")
            for name, side in (("Resume", result.resume), ("Posting", result.posting))
        ),
        f"The matcher {figures.understood(result.posting)}.",
    ]
    if scored:
        blocks += [
            "## Where the points come from",
            _table(
                ("Part", "Points", "Of"),
                [(part.name, figures.points(part.points), figures.points(part.most)) for part in figures.parts(result)],
                right=(1, 2),
            ),
        ]
    if result.missing:
        blocks += ["## What is missing", _missing(result, scored=scored), *_suggestions(result.missing, taxonomy)]
    if result.contributions:
        blocks += ["## Requirement by requirement", _requirements(result, scored=scored)]
    blocks += ["## Level ladder", _ladder(result, taxonomy)]
    if result.posting.unrecognised:
        blocks += [
            "## Lines in which no skill was recognised",
            _bullets(escape(item.text) for item in result.posting.unrecognised),
        ]
    blocks += _notices(result.resume, result.posting)
    blocks += [
        "## How this was made",
        _bullets(
            [
                *(f"{side.kind}: {escape(side.source)}, SHA-256 `{side.sha256}`" for side in (resume, posting)),
                f"day that “present” means: {result.as_of}",
                f"taxonomy {escape(result.taxonomy_version)}, SHA-256 `{result.taxonomy_digest}`",
                f"weights: SHA-256 `{result.settings_hash}`",
            ]
        ),
    ]
    return _document(blocks)


def render_level(profile: Profile, taxonomy: Taxonomy, target: str | None) -> str:
    """One document against every level, and what it lacks for ``target``, as a Markdown document."""
    blocks = [
        f"# Level of {escape(figures.file_name(profile.document.source))}",
        f"It {escape(figures.level_sentence(profile.level, taxonomy))}.",
    ]
    if profile.level.disagreement:
        blocks.append(f"**{escape(profile.level.disagreement)}**")
    rungs = figures.ladder(profile.level, taxonomy)
    rows = [(escape(rung.level.name), figures.usual_years(rung.level), _rung(rung)) for rung in rungs]
    blocks.append(_table(("Level", "Usual years", "Covered"), rows))
    if target is not None:
        gaps = dict(profile.level.missing).get(target, ())
        blocks.append(f"## Missing for {escape(figures.level_name(target, taxonomy))}")
        lines = []
        for gap in gaps:
            name = escape(figures.alternatives(gap.skill_ids, taxonomy))
            guides = "; ".join(escape(figures.source_title(source_id, taxonomy)) for source_id in gap.sources)
            lines.append(f"{name} ({guides})" if guides else name)
        blocks.append(_bullets(lines) if lines else "Nothing.")
    return _document([*blocks, *_notices(profile)])


def render_profile(profile: Profile, taxonomy: Taxonomy) -> str:
    """What one document says as a Markdown document."""
    asks = profile.document.kind == "posting"
    facts = [f"It {escape(figures.level_sentence(profile.level, taxonomy))}"]
    facts.append(
        f"The matcher {figures.understood(profile)}"
        if asks
        else f"It shows {figures.years_words(profile.experience_months)} of dated jobs"
    )
    for degree in profile.degrees:
        field = f" in {escape(taxonomy.fields[degree.field].name)}" if degree.field else ""
        facts.append(f"Degree: {escape(taxonomy.degrees[degree.level].name)}{field}")
    facts.extend(f"Certification: {escape(item.name)}" for item in profile.certifications)
    blocks = [f"# {escape(figures.file_name(profile.document.source))}", _bullets(facts)]
    if profile.roles:
        rows = [
            (role.start, role.end, escape(role.title or ""), escape(role.employer or ""), role.kind)
            for role in profile.roles
        ]
        blocks += ["## Roles", _table(("From", "To", "Role", "Where", "Kind"), rows)]
    if profile.skills:
        skills = [
            (escape(item.name), item.kind, item.status or item.strength or "", _quoted(profile.document, item.evidence))
            for item in profile.skills
        ]
        blocks += ["## Skills", _table(("Skill", "Kind", "Asked" if asks else "Status", "Evidence"), skills)]
    if profile.unrecognised:
        blocks += [
            "## Lines in which no skill was recognised",
            _bullets(escape(item.text) for item in profile.unrecognised),
        ]
    return _document([*blocks, *_notices(profile)])


def _missing(result: MatchResult, *, scored: bool) -> str:
    rows = []
    for item in result.missing:
        tags = f"{item.strength}, often missing" if item.often_missing else item.strength
        row = (f"{escape(item.label)} ({tags})", escape(item.reason), _quoted(result.posting.document, item.asked))
        rows.append((f"−{figures.points(item.points)}", *row) if scored else row)
    names = ("Missing", "Resume", "Posting")
    return _table(("Points", *names), rows, right=(0,)) if scored else _table(names, rows)


def _suggestions(missing: Sequence[Missing], taxonomy: Taxonomy) -> list[str]:
    lines = []
    for item in missing:
        if item.acquire:
            effort = f" ({figures.EFFORT_WORDS[item.effort]})" if item.effort else ""
            guides = "; ".join(escape(figures.source_title(source_id, taxonomy)) for source_id in item.sources)
            advice = " ".join(escape(text) for text in (item.acquire, item.show) if text)
            lines.append(f"**{escape(item.label)}**{effort}: {advice}" + (f" — {guides}" if guides else ""))
    return ["### How to close the gaps", _bullets(lines)] if lines else []


def _requirements(result: MatchResult, *, scored: bool) -> str:
    rows = []
    for number, item in enumerate(figures.in_order(result.contributions), start=1):
        state = figures.state(item)
        said = figures.STATE_WORDS[state]
        why = said if item.reason == said else f"{said}: {escape(item.reason)}"
        row = (
            str(number),
            f"{escape(item.label)} ({item.strength})",
            f"{figures.STATE_SIGNS[state]} {why}",
            _quoted(result.resume.document, item.evidence),
        )
        rows.append((*row, f"{figures.points(item.points)}/{figures.points(item.max_points)}") if scored else row)
    names = ("#", "The posting asks", "The resume", "Evidence")
    return _table((*names, "Points"), rows, right=(0, 4)) if scored else _table(names, rows, right=(0,))


def _ladder(result: MatchResult, taxonomy: Taxonomy) -> str:
    pairs = zip(
        figures.ladder(result.resume.level, taxonomy), figures.ladder(result.posting.level, taxonomy), strict=True
    )
    rows = [
        (escape(mine.level.name), figures.usual_years(mine.level), _rung(mine), _rung(asked)) for mine, asked in pairs
    ]
    return _table(("Level", "Usual years", "Resume covers", "Posting asks"), rows)


def _rung(rung: Rung) -> str:
    share = "known by its title" if rung.share is None else f"{rung.share:.0%}"
    return f"**{share} ← reads as this**" if rung.reads_as else share


def _quoted(document: Document, evidence: Sequence[Evidence]) -> str:
    parts = []
    for quote in figures.quotes(document, evidence)[:_QUOTES]:
        words = "".join(_bold(text) if hit else _escape_part(text) for text, hit in quote.pieces)
        parts.append(f"“{words}”" + (f" ({escape(quote.place)})" if quote.place else ""))
    return "<br>".join(parts)


def _bold(text: str) -> str:
    return f"**{escape(text)}**"


def _escape_part(text: str) -> str:
    """Like ``escape``, with the white space at both ends kept as one space."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{escape(text)}{after}"


def _notices(*profiles: Profile) -> list[str]:
    found = figures.notices(*profiles)
    return ["## Notices", _bullets(f"{kind}: {escape(notice.message)}" for kind, notice in found)] if found else []


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(names: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    rule = ["---:" if index in right else "---" for index in range(len(names))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (names, rule, *rows))


def _document(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"
