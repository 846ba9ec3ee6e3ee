"""A document to everything that was found in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice, takewhile

from matcher.extraction.alternatives import Alternatives
from matcher.extraction.asking import asking_parts
from matcher.extraction.cues import Scope, scopes
from matcher.extraction.headings import Headings, headings_for
from matcher.extraction.lexicon import Lexicon
from matcher.extraction.mentions import REQUIREMENT_SECTIONS, Found, find_mentions
from matcher.extraction.qualifications import FoundCertification, FoundDegree, Qualifications, distinct_degrees
from matcher.extraction.requirements import (
    ASKING_SECTIONS,
    SILENT_SECTIONS,
    YearsAsked,
    mention_strength,
    section_strength,
    speaks_of_company,
    years_asked,
    years_for,
)
from matcher.extraction.role_rows import rows_of
from matcher.extraction.role_words import RoleWords
from matcher.extraction.roles import FoundRole, find_roles
from matcher.extraction.segments import Segmented, Sentence, Unit, segment
from matcher.extraction.stated import stated_years
from matcher.extraction.studies import studies
from matcher.model import (
    CertificationMention,
    Degree,
    Document,
    DocumentKind,
    Evidence,
    Mention,
    Requirement,
    Span,
    Status,
    Strength,
    Unrecognised,
)
from matcher.taxonomy.compiled import LexiconData
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.names import fold, singular
from matcher.taxonomy.schema import Taxonomy

_LISTED_SECTIONS = frozenset(
    {"skills", "certifications", "education", "coursework", "languages", "interests", "additional"}
)
_SILENT_SECTIONS: dict[DocumentKind, frozenset[str]] = {
    "resume": frozenset({"references", "contact"}),
    "posting": SILENT_SECTIONS,
}
_STRENGTH_ORDER: dict[str, int] = {"required": 0, "preferred": 1, "mentioned": 2}


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in a document, each item with its place."""

    document: Document
    title: str | None
    mentions: tuple[Mention, ...]
    requirements: tuple[Requirement, ...]
    unrecognised: tuple[Unrecognised, ...]
    asked: int
    min_years: float | None
    years_evidence: Evidence | None
    stated_years: float | None
    roles: tuple[FoundRole, ...]
    degrees: tuple[Degree, ...]
    certifications: tuple[CertificationMention, ...]
    headline: str | None


class Extractor:
    """Extraction with one taxonomy; stateless between documents."""

    def __init__(self, taxonomy: Taxonomy, data: LexiconData) -> None:
        self.taxonomy = taxonomy
        self._graph = Graph(taxonomy)
        self._qualifications = Qualifications(taxonomy)
        self._headings: dict[str, Headings] = {
            kind: headings_for(taxonomy.sections, kind) for kind in ("resume", "posting")
        }
        telltale = chain.from_iterable(headings.first_words for headings in self._headings.values())
        self.lexicon = Lexicon(taxonomy, data, {*self._qualifications.first_words, *telltale})
        self._title_words = frozenset(singular(fold(word)) for word in taxonomy.words.get("job_title", ()))
        self._role_words = RoleWords.of(taxonomy.words)
        self._kinds = {skill.id: skill.kind for skill in taxonomy.skills.values()}
        self._generic = frozenset(skill.id for skill in taxonomy.skills.values() if skill.generic)
        self._alternatives = Alternatives(self._kinds, self._graph)

    def segment(self, document: Document) -> Segmented:
        """The document cut into units and sentences."""
        return segment(document, self._headings[document.kind], self.lexicon.known(document.text))

    def extract(self, document: Document) -> Extraction:
        """Everything found in ``document``."""
        segmented = self.segment(document)
        found = find_mentions(segmented, self.lexicon, self._graph, _SILENT_SECTIONS[document.kind])
        degrees = self._qualifications.degrees(segmented)
        certified = self._qualifications.certifications(segmented)
        found = self._without_generic(_without_fields(found, degrees, certified))
        cues = _Cues(segmented, self.lexicon)
        if document.kind == "posting":
            return self._posting(segmented, found, degrees, certified, cues)
        return self._resume(segmented, found, degrees, certified, cues)

    def _without_generic(self, found: Sequence[Found]) -> tuple[Found, ...]:
        """Mentions without the general terms that a narrower skill of the same document makes say nothing more."""
        generic = {item.skill_id for item in found if item.skill_id in self._generic}
        if not generic:
            return tuple(found)
        idle = generic.intersection(chain.from_iterable([self._graph.above(item.skill_id) for item in found]))
        return tuple([item for item in found if item.skill_id not in idle])

    def _posting(
        self,
        segmented: Segmented,
        found: Sequence[Found],
        degrees: Sequence[FoundDegree],
        certified: Sequence[FoundCertification],
        cues: _Cues,
    ) -> Extraction:
        document, text = segmented.document, segmented.document.text
        by_sentence: dict[tuple[int, int], list[Found]] = {}
        for item in _without_poster(segmented, found):
            by_sentence.setdefault((item.unit, item.sentence), []).append(item)
        qualified: dict[int, list[Span]] = {}
        for unit_of, span in ((item.unit, item.span) for group in (degrees, certified) for item in group):
            qualified.setdefault(unit_of, []).append(span)
        mentions: list[Mention] = []
        requirements: list[Requirement] = []
        unrecognised: list[Unrecognised] = []
        asked, all_years = 0, list[tuple[float, Span, Unit]]()
        for unit_index, unit in enumerate(segmented.units):
            if unit.kind == "heading":
                continue
            telling, asking_section = section_strength(unit) is not None, unit.section in ASKING_SECTIONS
            understood = list(qualified.get(unit_index, ()))
            for sentence_index, sentence in enumerate(unit.sentences):
                years = years_asked(text, sentence) if telling else []
                if years:
                    understood += [entry.span for entry in years]
                    if asking_section:
                        all_years += [(entry.low, entry.span, unit) for entry in years]
                key = (unit_index, sentence_index)
                items = by_sentence.get(key)
                if items is None:
                    continue
                understood += [item.span for item in items]
                scoped = cues[key]
                company = speaks_of_company(unit, text, sentence)
                asking: dict[int, tuple[Found, Strength, Evidence]] = {}
                for item in items:
                    strength = mention_strength(unit, item, scoped, self._kinds[item.skill_id], company=company)
                    if strength is None:
                        continue
                    place = self._evidence(segmented, item.span, unit)
                    asking[id(item)] = item, strength, place
                    mentions.append(
                        Mention(item.skill_id, place, item.confidence, item.named,
                                None, strength, _proficiency(item, scoped) if scoped else None)
                    )  # fmt: skip
                groups = self._alternatives.groups(segmented, [item for item, _, _ in asking.values()])
                requirements += [
                    _requirement([asking[id(item)] for item in group.members], group.any_of, years, text)
                    for group in groups
                ]
            for part in asking_parts(unit, text):
                asked += 1
                if not any(place.start < part.end and part.start < place.end for place in understood):
                    unrecognised.append(Unrecognised(text[part.start : part.end].strip(), part.start, part.end))
        total = self._total_years(all_years)
        return Extraction(
            document,
            _posting_title(segmented),
            tuple(mentions),
            tuple(requirements),
            tuple(unrecognised),
            asked,
            total[0] if total else None,
            self._evidence(segmented, total[1], total[2]) if total else None,
            None,
            (),
            self._asked_degrees(segmented, degrees, cues),
            self._certifications(segmented, certified, cues),
            None,
        )

    def _total_years(self, years: Sequence[tuple[float, Span, Unit]]) -> tuple[float, Span, Unit] | None:
        """The total a posting asks: the largest figure it requires, else the largest it prefers."""
        required = [entry for entry in years if entry[2].section != "preferred"]
        pool = required or list(years)
        return max(pool, key=lambda entry: (entry[0], -entry[1].start)) if pool else None

    def _resume(
        self,
        segmented: Segmented,
        found: Sequence[Found],
        degrees: Sequence[FoundDegree],
        certified: Sequence[FoundCertification],
        cues: _Cues,
    ) -> Extraction:
        document = segmented.document
        rows = rows_of(segmented)
        roles = find_roles(document.text, rows, self._role_words)
        starts = [role.body.start for role in roles]
        employers = _employers(document.text, roles)
        mentions = []
        for item in found:
            unit = segmented.units[item.unit]
            if any(place.start <= item.span.start and item.span.end <= place.end for place in employers):
                continue
            key = (item.unit, item.sentence)
            index = bisect_right(starts, item.span.start) - 1
            role = index if index >= 0 and item.span.start < roles[index].body.end else None
            sentence = _sentence(segmented, item.unit, item.sentence)
            status = _status(unit, item, cues[key])
            if status == "used" and role is None and _claims(document.text, unit, sentence):
                status = "listed"
            elif status == "listed" and _tells_deed(document.text, sentence):
                status = "used"
            mentions.append(
                Mention(item.skill_id, self._evidence(segmented, item.span, unit), item.confidence, item.named,
                        status=status, proficiency=_proficiency(item, cues[key]), role=role)
            )  # fmt: skip
        held = distinct_degrees(
            [
                item
                for item in degrees
                if (
                    segmented.units[item.unit].section in {"education", "summary", "header", "certifications", "other"}
                    or not any(unit.section == "education" for unit in segmented.units)
                )
                and not _NOT_HELD.search(_line_of(document.text, item.span))
            ],
            segmented,
        )
        shown = tuple(
            Degree(item.level, item.field, self._evidence(segmented, item.span, segmented.units[item.unit]),
                   study.year, institution=study.institution)
            for item, study in zip(held, studies(document.text, rows, held, self._role_words), strict=True)
        )  # fmt: skip
        stated = stated_years(segmented, roles)
        return Extraction(
            document, None, tuple(mentions), (), (), 0, None,
            self._evidence(segmented, stated.span, stated.unit) if stated else None,
            stated.years if stated else None, roles, shown,
            self._certifications(segmented, certified, cues), _headline(segmented, self._title_words),
        )  # fmt: skip

    def _asked_degrees(self, segmented: Segmented, degrees: Sequence[FoundDegree], cues: _Cues) -> tuple[Degree, ...]:
        result = []
        for item in degrees:
            unit = segmented.units[item.unit]
            if unit.kind == "heading" or unit.section in SILENT_SECTIONS | {"about-company", "other"}:
                continue
            if _FEWER_YEARS.search(
                segmented.document.text, max(unit.span.start, item.span.start - 60), item.span.start
            ):
                continue
            as_found = Found("", item.span, item.first, item.first + 1, item.unit, item.sentence, 1.0, True)
            strength = mention_strength(unit, as_found, cues[(item.unit, item.sentence)]) or "mentioned"
            result.append(Degree(item.level, item.field, self._evidence(segmented, item.span, unit), strength=strength))
        return tuple(result)

    def _certifications(
        self, segmented: Segmented, certified: Sequence[FoundCertification], cues: _Cues
    ) -> tuple[CertificationMention, ...]:
        posting = segmented.document.kind == "posting"
        result = []
        for item in certified:
            unit = segmented.units[item.unit]
            scope = cues[(item.unit, item.sentence)]
            as_found = Found("", item.span, item.first, item.last, item.unit, item.sentence, 1.0, True)
            if posting and mention_strength(unit, as_found, scope) is None:
                continue
            result.append(
                CertificationMention(
                    item.certification_id,
                    self.taxonomy.certifications[item.certification_id].name,
                    self._evidence(segmented, item.span, unit),
                    None if posting else _status(unit, as_found, scope, listed="used"),
                    mention_strength(unit, as_found, scope) if posting else None,
                )
            )
        return tuple(result)

    def _evidence(self, segmented: Segmented, span: Span, unit: Unit) -> Evidence:
        lines = unit.lines
        index = bisect_right(lines, span.start, key=lambda line: line.span.start) - 1 if len(lines) > 1 else 0
        page = lines[max(index, 0)].page if lines else None
        return Evidence(span.start, span.end, segmented.document.text[span.start : span.end], unit.section, page)


def _requirement(
    asked: Sequence[tuple[Found, Strength, Evidence]], any_of: bool, years: Sequence[YearsAsked], text: str
) -> Requirement:
    """One requirement of the mentions that make it, each with its strength and its place."""
    own = [years_for(item, years, text) for item, _, _ in asked] if years else []
    most = max((value for value in own if value is not None), default=None) if own else None
    if len(asked) == 1:  # as most are
        item, strength, place = asked[0]
        return Requirement((item.skill_id,), any_of, strength, most, (place,))
    return Requirement(
        tuple(dict.fromkeys([item.skill_id for item, _, _ in asked])),
        any_of,
        min([strength for _, strength, _ in asked], key=_STRENGTH_ORDER.__getitem__),
        most,
        tuple([place for _, _, place in asked]),
    )


# A degree that was given up, or is still studied for, is not held.
_NOT_HELD = re.compile(
    r"\b(?:drop(?:ped)?[\s-]?out|not\s+(?:finished|completed|graduated|awarded)|unfinished|incomplete|discontinued|withdrew"
    r"|did\s+not\s+(?:finish|complete|graduate)|without\s+(?:a\s+)?degree|in\s+progress|pursuing|ongoing)\b",
    re.IGNORECASE,
)


def _line_of(text: str, span: Span) -> str:
    """The line a place stands in, and no more of a long one than belongs to it."""
    low = max(text.rfind("\n", 0, span.start) + 1, span.start - 80)
    high = text.find("\n", span.end)
    return text[low : min(high if high >= 0 else len(text), span.end + 80)]


# "8+ years (or 6+ with a PhD)": a degree that shortens the years is not asked.
_FEWER_YEARS = re.compile(
    r"\bor\s+(?:at\s+least\s+)?\d{1,2}\s*\+?\s*(?:years?|yrs?)?\s+(?:\w+\s+){0,3}?with\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)


class _Cues(dict[tuple[int, int], list[Scope]]):
    """The cues of each sentence, by unit and sentence; looked for when first asked, for most are never asked."""

    def __init__(self, segmented: Segmented, lexicon: Lexicon) -> None:
        super().__init__()
        self._segmented = segmented
        self._index = lexicon.cues
        self._places = lexicon.cue_beginnings.places(segmented.folded, segmented.openings)

    def __missing__(self, key: tuple[int, int]) -> list[Scope]:
        sentence = _sentence(self._segmented, *key)
        low, high = bisect_left(self._places, sentence.first), bisect_left(self._places, sentence.last)
        places = self._places[low:high]
        found = scopes(self._segmented.folded, sentence.first, sentence.last, self._index, places) if places else []
        self[key] = found
        return found


def _sentence(segmented: Segmented, unit: int, sentence: int) -> Sentence:
    return segmented.units[unit].sentences[sentence]


def _without_fields(
    found: Sequence[Found], degrees: Sequence[FoundDegree], certified: Sequence[FoundCertification]
) -> tuple[Found, ...]:
    """Mentions without those that name a field of study or a certification: they ask that, not the skill."""
    owner = {place: index for index, item in enumerate(degrees) for place in range(item.first, item.field_last)}
    for index, item in enumerate(certified, start=len(degrees)):
        owner.update(dict.fromkeys(range(item.first, item.last), index))

    def belongs(item: Found) -> bool:
        if item.named:
            return all(place in owner for place in range(item.first, item.last))
        # A phrase that begins in one of them and ends in another is put together from both.
        first, last = owner.get(item.first), owner.get(item.last - 1)
        return first is not None and last is not None and first != last

    return tuple(item for item in found if not belongs(item)) if owner else tuple(found)


# "About Salesforce": who posts it. Only a line of its own is a heading.
_ABOUT = re.compile(r"\W*(?i:about|who\s+is|life\s+at|why|join|meet)\s+([A-Z][\w.&'-]*(?:\s+[A-Z][\w.&'-]*){0,3})\W*")


def _without_poster(segmented: Segmented, found: Sequence[Found]) -> Sequence[Found]:
    """Mentions of a posting without the names of whoever posts it: only its requirements ask for its own product."""
    text = segmented.document.text
    abouts = (
        _ABOUT.fullmatch(text, unit.span.start, unit.span.end) for unit in segmented.units if unit.kind == "heading"
    )
    posters = {about[1].casefold() for about in abouts if about}
    if not posters:
        return found
    return [
        item
        for item in found
        if segmented.units[item.unit].section in REQUIREMENT_SECTIONS
        or text[item.span.start : item.span.end].casefold() not in posters
    ]


def _employers(text: str, roles: Sequence[FoundRole]) -> list[Span]:
    """Where the roles name their employers: "Contoso Analytics AS" shows no analytics."""
    found = []
    for role in roles:
        at = text.find(role.employer, role.header.start, role.header.end) if role.employer else -1
        if role.employer and at >= 0:
            found.append(Span(at, at + len(role.employer)))
    return found


_DONE = re.compile(
    r"^\W*(?:[A-Za-z]+ly\s+)?(?:[A-Za-z]{2,}ed|built|led|wrote|ran|made|won|grew|drove|taught|brought|took|set up)\b",
    re.IGNORECASE,
)
# "I wrapped it in a service", "we have since built": deeds in the middle of a sentence.
_I_DID = re.compile(
    r"\b(?:I|we)\s+(?:(?:have|also|then|later|since|now|already|even|both)\s+){0,2}"
    r"(?:[a-z]{2,}ed|built|led|wrote|ran|made|did|began|kept|own|keep|run|lead|review|maintain|operate|look\s+after|drove"
    r"|taught|brought|took|set)\b"
)
# So many deeds make a story of a paragraph, and its other sentences tell of them: "The autoscaling is done with KEDA."
_STORY = 2
_MIN_DEED_WORDS = 6
_CLAIMED_SECTIONS = frozenset({"summary", "header", "other"})


def _claims(text: str, unit: Unit, sentence: Sentence) -> bool:
    """Whether a sentence of a summary claims a skill ("skilled in") rather than telling what was done with it."""
    if unit.section not in _CLAIMED_SECTIONS:
        return False
    content = text[sentence.span.start : sentence.span.end]
    start = _DONE.match(content)
    if len(_I_DID.findall(text, unit.span.start, unit.span.end)) >= _STORY:
        return False
    return not _I_DID.search(content) and (start is None or fold(start.group().strip().split()[-1]) in _CLAIMS)


def _tells_deed(text: str, sentence: Sentence) -> bool:
    """Whether a sentence, whatever the section it stands in, tells what was done with a skill."""
    content = text[sentence.span.start : sentence.span.end]
    if len(content.split()) < _MIN_DEED_WORDS:
        return False
    start = _DONE.match(content)
    return bool(_I_DID.search(content)) or (
        start is not None and fold(start.group().strip().split()[-1]) not in _CLAIMS
    )


# Past participles that claim rather than tell.
_CLAIMS = frozenset(
    """skilled experienced motivated accomplished certified qualified dedicated interested advanced versed seasoned
    talented driven focused trained oriented""".split()
)


def _status(unit: Unit, item: Found, scopes: Sequence[Scope], listed: Status = "listed") -> Status:
    kinds = {scope.cue.kind for scope in scopes if scope.governs(item.first, item.last)}
    if "negation" in kinds:
        return "negated"
    if "learning" in kinds:
        return "learning"
    return listed if unit.section in _LISTED_SECTIONS else "used"


def _proficiency(item: Found, scopes: Sequence[Scope]) -> str | None:
    if not scopes:
        return None
    grades = [
        scope
        for scope in scopes
        if scope.cue.kind == "proficiency" and scope.cue.level and scope.governs(item.first, item.last)
    ]
    return min(grades, key=lambda scope: abs(scope.at - item.first)).cue.level if grades else None


def _posting_title(segmented: Segmented) -> str | None:
    text = segmented.document.text
    for unit in segmented.units[:3]:
        if unit.kind == "title":
            return text[unit.span.start : unit.span.end].strip()
    return None


# Units at the top of a resume, and among its jobs, that are asked for a title.
_MAX_HEADLINE = 6
_MAX_TITLE_WORDS = 12
# A line that begins so tells of somebody: "Reported to the Director", "My manager was the Director".
_TELLS = re.compile(r"\W*(?:[a-z]+(?:ed|ing)|my|our|i|we|the|an?)\b|.*\.\s*$", re.IGNORECASE | re.DOTALL)


def _headline(segmented: Segmented, title_words: frozenset[str]) -> str | None:
    """The line that says what a person is: under the name, or without one the first title among the jobs."""
    text = segmented.document.text
    above = takewhile(lambda unit: unit.kind != "heading", segmented.units[:_MAX_HEADLINE])
    jobs = (unit for unit in segmented.units if unit.section == "experience" and unit.kind == "paragraph")
    lines = [text[line.span.start : line.span.end].strip() for unit in above for line in unit.lines]
    for unit in islice(jobs, _MAX_HEADLINE):
        named = [text[line.span.start : line.span.end].strip() for line in unit.lines]
        lines += [content for content in named if not _TELLS.match(content)]
    for content in lines:
        words = content.split()
        if len(words) <= _MAX_TITLE_WORDS and any(
            singular(fold(word.strip(",.|/()"))) in title_words for word in words
        ):
            return content
    return None
