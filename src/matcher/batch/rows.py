"""A match to one row of a table: the columns of all batch formats, in one place."""

from __future__ import annotations

import json
from typing import Any

from matcher.model import MatchResult

# The columns in their order: name, and what it holds. The order and the names stay; new ones go to the end.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("posting", "name of the posting's file"),
    ("rank", "place of the resume among those of the posting, from 1"),
    ("resume", "name of the resume's file"),
    ("score", "from 0 to 100 with two decimals; empty where there is no score"),
    ("abstained", "why there is no score"),
    ("understood", "share of the posting's asking lines that were understood, from 0 to 1"),
    ("posting_title", "the posting's title"),
    ("posting_level", "the level the posting asks"),
    ("resume_level", "the level the resume reads as"),
    ("experience_months", "months of dated jobs on the resume"),
    ("required", "number of required skills"),
    ("required_met", "number of them that the resume shows, itself or by a narrower one"),
    ("preferred", "number of preferred skills"),
    ("preferred_met", "number of them that the resume shows"),
    ("missing_required", "what is required and not fully shown, the dearest first"),
    ("missing_preferred", "what is preferred and not fully shown, the dearest first"),
    ("resume_notices", "codes of what is odd about the resume's file"),
    ("resume_duplicates", "other names of a resume with the same content; they have no rows of their own"),
    ("posting_duplicates", "other names of a posting with the same content"),
    ("resume_sha256", "SHA-256 of the resume's file"),
    ("posting_sha256", "SHA-256 of the posting's file"),
    ("as_of", "the day that 'present' means"),
    ("taxonomy_version", "version of the taxonomy"),
    ("taxonomy_sha256", "digest of the taxonomy"),
    ("settings_sha256", "digest of the weights"),
)
NAMES: tuple[str, ...] = tuple(name for name, _ in COLUMNS)
LISTS = frozenset(
    {"missing_required", "missing_preferred", "resume_notices", "resume_duplicates", "posting_duplicates"}
)
WHOLE = frozenset({"rank", "experience_months", "required", "required_met", "preferred", "preferred_met"})
DECIMAL = frozenset({"score", "understood"})

FAILURE_COLUMNS: tuple[tuple[str, str], ...] = (
    ("source", "name of the file"),
    ("kind", "resume or posting"),
    ("stage", "finding, reading, extraction or scoring"),
    ("error", "a stable identifier of the cause"),
    ("message", "what is wrong and what to do"),
)
FAILURE_NAMES: tuple[str, ...] = tuple(name for name, _ in FAILURE_COLUMNS)


def row(result: MatchResult) -> str:
    """The part of a row that the match itself decides, as one line of JSON; names and rank are put in at the end."""
    skills = [item for item in result.contributions if item.kind == "skill"]
    values: dict[str, Any] = {
        "score": result.score,
        "abstained": result.abstained,
        "understood": round(result.understood, 4),
        "posting_title": result.posting.title,
        "posting_level": result.posting.level.inferred,
        "resume_level": result.resume.level.inferred,
        "experience_months": result.resume.experience_months,
    }
    for strength in ("required", "preferred"):
        asked = [item for item in skills if item.strength == strength]
        values[strength] = len(asked)
        values[f"{strength}_met"] = sum(item.path in {"exact", "narrower"} for item in asked)
        values[f"missing_{strength}"] = [item.label for item in result.missing if item.strength == strength]
    values["resume_notices"] = list(dict.fromkeys(notice.code for notice in result.resume.document.notices))
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
