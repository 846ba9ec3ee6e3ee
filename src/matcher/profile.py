"""An extraction to a profile: sightings gathered by skill, months by union of roles, the level read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from matcher.extraction.dates import Month, months_between, union_months
from matcher.extraction.equivalents import takes_experience
from matcher.extraction.extract import Extraction
from matcher.extraction.roles import FoundRole
from matcher.legibility import legible_share
from matcher.levels import Ladder, titles_latest_first
from matcher.model import (
    Degree,
    Document,
    Evidence,
    Mention,
    Notice,
    Profile,
    ProfileSkill,
    Requirement,
    Role,
    Status,
    Strength,
    most_years,
)
from matcher.taxonomy.schema import Taxonomy

_STATUS_ORDER: dict[Status | None, int] = {"used": 0, "listed": 1, "learning": 2, "negated": 3}
_STRENGTH_ORDER: dict[Strength | None, int] = {"required": 0, "preferred": 1, "mentioned": 2}
# A role shorter than this gap after another one is not worth a notice, in months.
_GAP_MONTHS = 12


def build_profile(extraction: Extraction, taxonomy: Taxonomy, ladder: Ladder, as_of: date) -> Profile:
    """The profile of a document as of a day; dates after it are taken as that day."""
    today = Month.of(as_of)
    document = extraction.document
    roles = tuple(_role(document, role) for role in extraction.roles)
    spans = [_months(role, today) for role in roles]
    skills = _skills(extraction.mentions, taxonomy, spans)
    if document.kind == "resume":
        jobs = [span for role, span in zip(roles, spans, strict=True) if role.kind == "job" and span]
        months = union_months(jobs) if jobs else None
        titles = titles_latest_first(roles)
        title, evidence = titles[0] if titles else (extraction.headline, None)
        notices = _date_notices(extraction.roles, jobs, today)
        if notices:
            document = _noticed(document, notices)
    else:
        months, title, evidence, titles = None, extraction.title, extraction.years_evidence, ()
    level = ladder.read(
        document.kind,
        skills,
        title=title,
        earlier=[earlier for earlier, _ in titles[1:]],
        years=most_years(months, extraction.stated_years),
        min_years=extraction.min_years,
        evidence=evidence,
    )
    return Profile(
        document,
        skills,
        _merged(extraction.requirements),
        extraction.unrecognised,
        roles,
        months,
        extraction.min_years,
        _degrees(extraction, today),
        extraction.certifications,
        level,
        title,
        extraction.asked - len(extraction.unrecognised),
        extraction.asked,
        as_of.isoformat(),
        extraction.years_evidence,
        legible_share(document.text),
        extraction.stated_years,
    )


def _degrees(extraction: Extraction, today: Month) -> tuple[Degree, ...]:
    """The degrees; in a posting each with whether experience is taken instead."""
    document = extraction.document
    if document.kind == "resume":
        # A year to come says when it will be held.
        return tuple(item for item in extraction.degrees if item.year is None or item.year <= today.year)
    return tuple(
        replace(item, or_experience=takes_experience(document.text, item.evidence.start, item.evidence.end))
        for item in extraction.degrees
    )


def _noticed(document: Document, notices: Sequence[Notice]) -> Document:
    return replace(document, notices=(*document.notices, *notices))


def _role(document: Document, role: FoundRole) -> Role:
    end = "present" if role.dates.end is None else str(role.dates.end)
    evidence = Evidence(role.header.start, role.header.end, document.text[role.header.start : role.header.end])
    return Role(role.title, role.employer, str(role.dates.start), end, role.kind, evidence)


def _months(role: Role, today: Month) -> tuple[Month, Month] | None:
    start = Month.parse(role.start)
    end = today if role.end == "present" else min(Month.parse(role.end), today)
    return (start, end) if start <= end else None


def _skills(
    mentions: Sequence[Mention], taxonomy: Taxonomy, spans: Sequence[tuple[Month, Month] | None]
) -> tuple[ProfileSkill, ...]:
    grouped: dict[str, list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault(mention.skill_id, []).append(mention)
    result = []
    for skill_id, group in grouped.items():
        skill, seen = taxonomy.skills[skill_id], _seen(group)
        shown = _shown(group, spans) if group[0].status else _ASKED
        result.append(
            ProfileSkill(
                skill_id,
                skill.name,
                skill.kind,
                seen.confidence,
                seen.evidence,
                shown.status,
                seen.strength,
                seen.proficiency,
                shown.months,
                shown.last_used,
                undated=shown.undated,
            )
        )
    return tuple(sorted(result, key=lambda skill: (skill.evidence[0].start, skill.id)))


class _Seen(NamedTuple):
    """What the mentions of a skill say together."""

    confidence: float
    evidence: tuple[Evidence, ...]
    strength: Strength | None
    proficiency: str | None


def _seen(group: Sequence[Mention]) -> _Seen:
    if len(group) == 1:  # as most are
        (only,) = group
        return _Seen(only.confidence, (only.evidence,), only.strength, only.proficiency)
    strengths = [mention.strength for mention in group if mention.strength]
    grades = [mention.proficiency for mention in group if mention.proficiency]
    return _Seen(
        max([mention.confidence for mention in group]),
        tuple(dict.fromkeys([mention.evidence for mention in group])),
        min(strengths, key=_STRENGTH_ORDER.__getitem__) if strengths else None,
        grades[0] if grades else None,
    )


class _Shown(NamedTuple):
    """What a resume shows of a skill; nothing of it in a posting."""

    status: Status | None = None
    months: int | None = None
    last_used: str | None = None
    undated: Status | None = None


_ASKED = _Shown()


def _shown(group: Sequence[Mention], spans: Sequence[tuple[Month, Month] | None]) -> _Shown:
    statuses = [mention.status for mention in group if mention.status]
    used = {mention.role for mention in group if mention.role is not None and mention.status == "used"}
    dated = [span for index in sorted(used) if (span := spans[index])]
    undated = [
        mention.status for mention in group if mention.status and (mention.role is None or not spans[mention.role])
    ]
    return _Shown(
        min(statuses, key=_STATUS_ORDER.__getitem__),
        union_months(dated) if dated else None,
        str(max(end for _, end in dated)) if dated else None,
        min(undated, key=_STATUS_ORDER.__getitem__) if undated else None,
    )


def _merged(requirements: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """The same thing asked twice is one requirement, as strong and as long as its strongest wording."""
    merged: dict[tuple[tuple[str, ...], bool], Requirement] = {}
    for item in requirements:
        key = (tuple(sorted(item.skill_ids)) if len(item.skill_ids) > 1 else item.skill_ids, item.any_of)
        old = merged.get(key)
        if old is None:
            merged[key] = item
            continue
        years = [value for value in (old.min_years, item.min_years) if value is not None]
        merged[key] = Requirement(
            old.skill_ids,
            old.any_of,
            min(old.strength, item.strength, key=lambda strength: _STRENGTH_ORDER[strength]),
            max(years) if years else None,
            (*old.evidence, *item.evidence),
        )
    return tuple(merged.values())


def _date_notices(roles: Sequence[FoundRole], jobs: Sequence[tuple[Month, Month]], today: Month) -> list[Notice]:
    notices = []
    for role in roles:
        if not role.dates.possible:
            end = role.dates.end or "present"
            notices.append(Notice("impossible-date", f"the dates of a role cannot be: {role.dates.start} to {end}"))
        elif role.dates.start > today:
            notices.append(Notice("future-date", f"a role begins after {today}: {role.dates.start}"))
        elif role.dates.end is not None and role.dates.end > today:
            notices.append(Notice("future-date", f"a role ends after {today}: {role.dates.end}; counted up to {today}"))
    reached: Month | None = None
    for start, end in sorted(jobs):
        if reached is not None and start.number - reached.number > _GAP_MONTHS:
            notices.append(Notice("gap", f"no job is dated between {reached} and {start}"))
        if reached is not None and months_between(start, min(reached, end)) > 1 and start < reached:
            notices.append(Notice("overlap", f"two jobs overlap from {start} to {min(reached, end)}; counted once"))
        reached = end if reached is None else max(reached, end)
    return notices
