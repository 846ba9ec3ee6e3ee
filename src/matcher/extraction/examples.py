"""The example sentences of a taxonomy, tried with the real extraction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from matcher.extraction.extract import Extractor
from matcher.model import Document, Line, Span
from matcher.progress import Told, counted, silent
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.schema import Skill

# A sentence is tried as a bullet of a resume's experience: no list of skills around it vouches for an ambiguous name.
_HEADING = "Experience"
# Names are tried many to a document: cutting a document up costs more than another line of it.
_NAMES_A_DOCUMENT = 500


@dataclass(frozen=True, slots=True)
class FailedExample:
    """A sentence in which the skill was missed (``examples``) or wrongly found (``counterexamples``)."""

    skill_id: str
    field: Literal["examples", "counterexamples"]
    index: int
    sentence: str


def failed_examples(extractor: Extractor, skills: Iterable[Skill], graph: Graph) -> Iterator[FailedExample]:
    """Every example of ``skills`` that does not hold, in order; a narrower skill shows the skill as well."""
    for skill in skills:
        for index, sentence in enumerate(skill.examples):
            if skill.id not in graph.with_broader(found_in(extractor, sentence)):
                yield FailedExample(skill.id, "examples", index, sentence)
        for index, sentence in enumerate(skill.counterexamples):
            if skill.id in found_in(extractor, sentence):
                yield FailedExample(skill.id, "counterexamples", index, sentence)


def found_in(extractor: Extractor, sentence: str) -> frozenset[str]:
    """The skills found in a sentence that stands alone, whatever it says of them."""
    text = " ".join(sentence.split())
    document = _document((_HEADING, f"- {text}"))
    return frozenset(mention.skill_id for mention in extractor.extract(document).mentions)


def _chunks(skills: Iterable[Skill]) -> Iterator[list[tuple[str, int, str]]]:
    """Names to be tried in one document: a general term by itself, since narrower skills would make it idle."""
    rest: list[tuple[str, int, str]] = []
    for skill in skills:
        names = [(skill.id, number, name) for number, name in enumerate(skill.names)]
        if skill.generic:
            yield names
        else:
            rest.extend(names)
    for start in range(0, len(rest), _NAMES_A_DOCUMENT):
        yield rest[start : start + _NAMES_A_DOCUMENT]


def unrecognised_names(extractor: Extractor, skills: Iterable[Skill], told: Told = silent) -> Iterator[tuple[str, int]]:
    """The names by which a skill is not found even where a list of skills holds nothing but the name.

    Yields:
        The skill's id and the number of the name: 0 for the canonical one, from 1 on for the aliases.
    """
    for chunk in counted(list(_chunks(skills)), "trying names", told):
        # The semicolon says that it is a line of a list and no heading, whatever the name.
        document = _document(("Skills", *(f"- {' '.join(name.split())};" for _, _, name in chunk)))
        found: dict[int, set[str]] = {}
        starts = {line.span.start: number for number, line in enumerate(document.lines)}
        extraction = extractor.extract(document)
        for mention in extraction.mentions:
            line = document.text.rfind("\n", 0, mention.evidence.start) + 1
            found.setdefault(starts[line], set()).add(mention.skill_id)
        # A name of a certification, such as ITIL, is read as the certification, which shows the skill.
        for certification in extraction.certifications:
            line = document.text.rfind("\n", 0, certification.evidence.start) + 1
            shown = extractor.taxonomy.certifications[certification.id].skills
            found.setdefault(starts[line], set()).update(shown)
        for number, (skill_id, name_number, _) in enumerate(chunk, start=1):
            if skill_id not in found.get(number, ()):
                yield skill_id, name_number


def _document(lines: tuple[str, ...]) -> Document:
    text = "\n".join(lines)
    spans, start = list[Line](), 0
    for line in lines:
        spans.append(Line(Span(start, start + len(line)), heading=start == 0))
        start += len(line) + 1
    return Document("<example>", sha256(text.encode()).hexdigest(), "resume", text, tuple(spans))
