"""Documents, profiles and results without the person: what reports and exports show in blind mode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from matcher.model import Document, Evidence, MatchResult, Notice, Profile, Span
from matcher.privacy.edits import covered, masked
from matcher.privacy.personal import Personal, find_personal
from matcher.privacy.pseudonyms import pseudonym

Blinded = TypeVar("Blinded", Document, Profile, MatchResult)
# Parts of names shorter than this are also parts of words.
_TELLING = 3


def blind(value: Blinded) -> Blinded:
    """The same value with personal details covered and the resume's source replaced by a pseudonym.

    Every offset stays true: covered text is as long as what it covers. Scores, skills, levels and dates are unchanged.
    Of a posting, e-mail addresses and telephone numbers are covered and its source stays.
    """
    if isinstance(value, Document):
        return _Screen(value).document
    if isinstance(value, Profile):
        return _Screen(value.document).profile(value)
    return _result(value)


def _result(result: MatchResult) -> MatchResult:
    resume, posting = _Screen(result.resume.document), _Screen(result.posting.document)
    contributions = tuple(
        replace(item, asked=posting.evidences(item.asked), evidence=resume.evidences(item.evidence))
        for item in result.contributions
    )
    missing = tuple(replace(item, asked=posting.evidences(item.asked)) for item in result.missing)
    return replace(
        result,
        resume=resume.profile(result.resume),
        posting=posting.profile(result.posting),
        contributions=contributions,
        missing=missing,
    )


class _Screen:
    """What covers one document and all that was taken from it."""

    def __init__(self, document: Document) -> None:
        self._original = document
        self._personal = find_personal(document)
        self._words = _words(document.text, self._personal)
        covered_document = masked(document, (item.span for item in self._personal))
        self.document = replace(
            covered_document,
            source=pseudonym(document) if document.kind == "resume" else document.source,
            notices=tuple(self._notice(notice) for notice in document.notices),
        )

    def profile(self, profile: Profile) -> Profile:
        level = profile.level
        return replace(
            profile,
            document=self.document,
            skills=tuple(replace(skill, evidence=self.evidences(skill.evidence)) for skill in profile.skills),
            requirements=tuple(item._replace(evidence=self.evidences(item.evidence)) for item in profile.requirements),
            unrecognised=tuple(
                replace(item, text=self._at(item.start, item.end, item.text)) for item in profile.unrecognised
            ),
            roles=tuple(
                replace(
                    role,
                    title=self._scrubbed(role.title),
                    employer=self._scrubbed(role.employer),
                    evidence=self._evidence(role.evidence),
                )
                for role in profile.roles
            ),
            degrees=tuple(replace(item, evidence=self._evidence(item.evidence)) for item in profile.degrees),
            certifications=tuple(
                replace(item, evidence=self._evidence(item.evidence)) for item in profile.certifications
            ),
            level=replace(
                level,
                reason=self._scrub(level.reason),
                disagreement=self._scrubbed(level.disagreement),
                evidence=self._evidence(level.evidence) if level.evidence else None,
                shown=tuple(
                    (level_id, tuple(item._replace(evidence=self.evidences(item.evidence)) for item in items))
                    for level_id, items in level.shown
                ),
            ),
            title=self._scrubbed(profile.title),
            years_evidence=self._evidence(profile.years_evidence) if profile.years_evidence else None,
        )

    def evidences(self, items: Sequence[Evidence]) -> tuple[Evidence, ...]:
        return tuple(self._evidence(item) for item in items)

    def _evidence(self, item: Evidence) -> Evidence:
        return item._replace(text=self._at(item.start, item.end, item.text))

    def _at(self, start: int, end: int, text: str) -> str:
        """The covered text at a place; words that were changed on the way are covered by what they are."""
        same = self._original.text[start:end] == text
        return self.document.text[start:end] if same else self._scrub(text)

    def _notice(self, notice: Notice) -> Notice:
        # A notice may quote words that were hidden on the page, which no span of the text covers.
        inside = Document("", "", "posting", notice.message, ())
        text = covered(notice.message, (item.span for item in find_personal(inside)))
        return Notice(notice.code, self._scrub(text))

    def _scrubbed(self, text: str | None) -> str | None:
        return None if text is None else self._scrub(text)

    def _scrub(self, text: str) -> str:
        if self._words is None:
            return text
        return covered(text, (Span(match.start(), match.end()) for match in self._words.finditer(text)))


def _words(text: str, personal: Iterable[Personal]) -> re.Pattern[str] | None:
    """What was found, as words to look for in text that has no place of its own."""
    found = {text[item.span.start : item.span.end] for item in personal if item.kind not in ("gender", "age")}
    telling = sorted((word for word in found if len(word) >= _TELLING), key=lambda word: (-len(word), word))
    if not telling:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in telling)})(?!\w)")
