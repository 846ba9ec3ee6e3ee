"""The schema.org/JobPosting that a page carries for machines, as lines under headings."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable

from matcher.reading.draft import BREAK, Draft
from matcher.reading.pagelines import fragment_drafts

_PARTS = (
    ("description", ""),
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("experienceRequirements", "Experience requirements"),
    ("educationRequirements", "Education requirements"),
    ("skills", "Skills"),
    ("jobBenefits", "Benefits"),
)
_SAID = (
    "name", "title", "description", "credentialCategory", "monthsOfExperience", "streetAddress", "addressLocality",
    "addressRegion", "addressCountry", "address", "currency", "minValue", "maxValue", "value", "unitText",
)  # fmt: skip


def job_postings(scripts: Iterable[str]) -> list[dict[str, object]]:
    """The JobPosting objects in pieces of JSON-LD."""
    found: list[dict[str, object]] = []
    for script in scripts:
        try:
            waiting = [json.loads(script.strip().removeprefix("<!--").removesuffix("-->"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting += value
            elif isinstance(value, dict):
                kind = value.get("@type")
                if kind == "JobPosting" or (isinstance(kind, list) and "JobPosting" in kind):
                    found.append(value)
                waiting += [value[key] for key in ("@graph", "mainEntity", "itemListElement", "item") if key in value]
    return found


def posting_drafts(posting: dict[str, object]) -> list[Draft]:
    """A schema.org/JobPosting as lines under headings."""
    drafts = [Draft(_words(posting.get("title") or posting.get("name")), heading=True)]
    for key in ("hiringOrganization", "jobLocation", "employmentType", "baseSalary"):
        drafts.append(Draft(_words(posting.get(key))))
    for key, heading in _PARTS:
        value = posting.get(key)
        items = value if isinstance(value, list) else [value]
        lines: list[Draft] = []
        for item in items:
            text = _words(item) if isinstance(item, dict) else item
            if isinstance(text, str) and text.strip():
                if "&lt;" in text:
                    text = html.unescape(text)  # escaped twice, as many boards do
                lines += fragment_drafts(text)
        if lines:
            drafts += [BREAK, *([Draft(heading, heading=True)] if heading else []), *lines]
    return drafts


def _words(value: object, depth: int = 0) -> str:
    """The readable words of a JSON-LD value."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if depth > 6:
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, (_words(item, depth + 1) for item in value)))
    if isinstance(value, dict):
        parts = {key: _words(value[key], depth + 1) for key in _SAID if key in value}
        if parts.get("monthsOfExperience"):
            parts["monthsOfExperience"] += " months of experience"
        return ", ".join(part for part in parts.values() if part)
    return ""
