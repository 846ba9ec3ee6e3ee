"""One document as a Markdown page: what it says, or where it stands on the ladder and what would help."""

from __future__ import annotations

from matcher.career import Career
from matcher.model import Profile
from matcher.reports import advice, figures
from matcher.reports.markdown.advice import career_sections
from matcher.reports.markdown.result import rung_cell
from matcher.reports.markdown.text import bullets, document, escape, guide_list, notices, quoted, sentence, table
from matcher.taxonomy.schema import Taxonomy


def render_level(profile: Profile, taxonomy: Taxonomy, career: Career) -> str:
    """One document against every level, and what the guides say to it, as a Markdown document."""
    guides = figures.cited(advice.sources(career))
    blocks = [
        f"# Level of {escape(figures.file_name(profile.document.source))}",
        sentence(figures.level_sentence(profile, taxonomy)),
    ]
    if profile.level.disagreement:
        blocks.append(f"**{escape(profile.level.disagreement)}**")
    rungs = figures.ladder(profile.level, taxonomy)
    rows = [(escape(rung.level.name), figures.usual_years(rung.level), rung_cell(rung)) for rung in rungs]
    verb = "Shown" if profile.document.kind == "resume" else "Asked"
    blocks.append(table(("Level", "Usual years", verb), rows))
    blocks += notices(profile)
    blocks += career_sections(career, guides, taxonomy, profile.document.kind)
    return document([*blocks, *guide_list(guides, taxonomy)])


def render_profile(profile: Profile, taxonomy: Taxonomy) -> str:
    """What one document says as a Markdown document."""
    asks = profile.document.kind == "posting"
    facts = [sentence(figures.level_sentence(profile, taxonomy))]
    facts.append(sentence(figures.understood(profile)) if asks else sentence(figures.dated(profile)))
    for degree in profile.degrees:
        field = f" in {escape(taxonomy.fields[degree.field].name)}" if degree.field else ""
        facts.append(f"Degree: {escape(taxonomy.degrees[degree.level].name)}{field}")
    facts.extend(f"Certification: {escape(item.name)}" for item in profile.certifications)
    blocks = [f"# {escape(figures.file_name(profile.document.source))}", bullets(facts)]
    if profile.roles:
        rows = [
            (role.start, role.end, escape(role.title or ""), escape(role.employer or ""), role.kind)
            for role in profile.roles
        ]
        blocks += ["## Roles", table(("From", "To", "Role", "Where", "Kind"), rows)]
    if profile.skills:
        skills = [
            (escape(item.name), item.kind, item.status or item.strength or "", quoted(profile.document, item.evidence))
            for item in profile.skills
        ]
        blocks += ["## Skills", table(("Skill", "Kind", "Asked" if asks else "Status", "Evidence"), skills)]
    if profile.unrecognised:
        blocks += [
            "## Lines in which no skill was recognised",
            bullets(escape(item.text) for item in profile.unrecognised),
        ]
    return document([*blocks, *notices(profile)])
