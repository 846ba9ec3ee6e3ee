"""What one document says, as a page."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.model import Profile, ProfileSkill
from matcher.reports import figures
from matcher.reports.html.marks import Claim, mark
from matcher.reports.html.page import page
from matcher.reports.html.result import Place, places
from matcher.taxonomy.schema import Taxonomy

_QUOTES = 3


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill of a document, numbered as on the page."""

    number: int
    skill: ProfileSkill
    shown: tuple[Place, ...]
    more: tuple[Place, ...]


def render_profile(profile: Profile, taxonomy: Taxonomy) -> str:
    """What one document says, as one self-contained HTML page with its text."""
    claims = [
        Claim(item.start, item.end, number, "missing" if skill.status == "negated" else "met")
        for number, skill in enumerate(profile.skills, start=1)
        for item in skill.evidence
    ]
    claims.extend(Claim(item.start, item.end, None, "unread") for item in profile.unrecognised)
    marked = mark(profile.document.text, claims, "d")
    rows = [
        SkillRow(number, skill, shown[:_QUOTES], shown[_QUOTES:])
        for number, skill in enumerate(profile.skills, start=1)
        if (shown := places(profile.document, skill.evidence, marked.anchors))
    ]
    return page(
        "profile.html.j2",
        title=figures.file_name(profile.document.source),
        profile=profile,
        rows=rows,
        marked=marked,
        level_sentence=figures.level_sentence(profile, taxonomy),
        degrees=[
            (taxonomy.degrees[item.level].name, taxonomy.fields[item.field].name if item.field else None)
            for item in profile.degrees
        ],
        requirements=[(figures.alternatives(item.skill_ids, taxonomy), item) for item in profile.requirements],
        unread=[(item.text, marked.anchors.get((item.start, item.end))) for item in profile.unrecognised],
        notices=figures.notices(profile),
    )
