"""The project's extraction as spaCy components, for pipelines of one's own.

``nlp.add_pipe("matcher_skills")`` puts the skills of a text into ``doc.spans["matcher_skills"]``, labelled with their
ids; ``matcher_requirements`` what a posting asks, labelled with its strength; ``matcher_sections`` the sections. They
need nothing else in the pipeline. What is known of a span besides its label is ``span._.matcher``.

The text is taken as it stands: what a reader of files mends (hyphens at line ends, columns, hidden text) is not mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from matcher import model
from matcher.errors import SettingsError
from matcher.extraction.extract import Extractor
from matcher.model import Document, DocumentKind, Line
from matcher.taxonomy.cache import Cache, default_folder
from matcher.taxonomy.loader import load, load_lexicon

SKILLS = "matcher_skills"
REQUIREMENTS = "matcher_requirements"
SECTIONS = "matcher_sections"
_KINDS: tuple[DocumentKind, ...] = ("resume", "posting")
# One character for one, so that places stay what they are.
_BLANK = str.maketrans(dict.fromkeys("\r\f\v\u00a0\u2007\u202f", " ") | dict.fromkeys("\u0085\u2028\u2029", "\n"))
_LINE = re.compile(r"[^\n]*\S")

# A range of characters, its label, and what else is known of it.
Found = tuple[int, int, str, dict[str, Any]]


class Component:
    """Finds ranges in a text and puts them into ``doc.spans``; nothing is kept from one text to the next.

    Args:
        key: the name in ``doc.spans``.
        taxonomy: overlays on the bundled taxonomy, files or folders.
        kind: what the texts are, ``resume`` or ``posting``.

    Raises:
        SettingsError: there is no such kind.
        TaxonomyError: the taxonomy is not valid.
    """

    def __init__(self, key: str, taxonomy: Sequence[str], kind: str) -> None:
        if kind not in _KINDS:
            raise SettingsError(f"{key}: there is no kind {kind!r}; known are: {', '.join(_KINDS)}")
        folder = default_folder()
        cache = Cache(folder) if folder else None
        data = load([Path(item) for item in taxonomy], cache=cache)
        self._extractor = Extractor(data, load_lexicon(data, cache=cache))
        self._key = key
        self._kind: DocumentKind = "posting" if kind == "posting" else "resume"
        if not Span.has_extension("matcher"):
            Span.set_extension("matcher", getter=details)

    def __call__(self, doc: Doc) -> Doc:
        """Add the spans; a range that does not fall on the pipeline's tokens is widened to whole ones."""
        spans, notes = [], []
        for start, end, label, note in self._find(document_of(doc.text, self._kind)):
            span = doc.char_span(start, end, label=label, alignment_mode="expand")
            if span is not None:
                spans.append(span)
                notes.append(note)
        doc.spans[self._key] = spans
        doc.spans[self._key].attrs["matcher"] = notes
        return doc

    def _find(self, document: Document) -> Iterable[Found]:
        raise NotImplementedError


class Skills(Component):
    """Every mention of a skill, labelled with the skill's id."""

    def _find(self, document: Document) -> Iterator[Found]:
        for item in self._extractor.extract(document).mentions:
            place = item.evidence
            yield (
                place.start,
                place.end,
                item.skill_id,
                {
                    "name": self._extractor.taxonomy.skills[item.skill_id].name,
                    "confidence": item.confidence,
                    "status": item.status,
                    "strength": item.strength,
                    "proficiency": item.proficiency,
                    "section": place.section,
                },
            )


class Requirements(Component):
    """Every requirement of a posting, labelled with its strength, from the first skill it names to the last."""

    def _find(self, document: Document) -> Iterator[Found]:
        for item in self._extractor.extract(document).requirements:
            yield (
                min(place.start for place in item.evidence),
                max(place.end for place in item.evidence),
                item.strength,
                {"skills": list(item.skill_ids), "any_of": item.any_of, "min_years": item.min_years},
            )


class Sections(Component):
    """Every section, labelled with its kind; neighbouring parts of one kind are one section."""

    def _find(self, document: Document) -> Iterator[Found]:
        begun: tuple[int, int, str] | None = None
        for unit in self._extractor.segment(document).units:
            if begun is not None and (unit.section != begun[2] or unit.kind == "heading"):
                yield (*begun, {})
                begun = None
            begun = (begun[0] if begun else unit.span.start, unit.span.end, unit.section)
        if begun is not None:
            yield (*begun, {})


def document_of(text: str, kind: DocumentKind) -> Document:
    """A text as a document whose places are those of the text."""
    flat = text.translate(_BLANK)
    lines = tuple(
        Line(model.Span(match.start(), match.end()), table_row="\t" in match.group()) for match in _LINE.finditer(flat)
    )
    return Document("<doc>", sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), kind, flat, lines)


def details(span: Span) -> dict[str, Any] | None:
    """What a component of this module knows of a span besides its label; None for any other span."""
    for key in (SKILLS, REQUIREMENTS, SECTIONS):
        group = span.doc.spans.get(key, ())
        for index, other in enumerate(group):
            if (other.start, other.end, other.label) == (span.start, span.end, span.label):
                known: dict[str, Any] = group.attrs["matcher"][index]
                return known
    return None


@Language.factory(SKILLS, default_config={"taxonomy": [], "kind": "resume"})
def make_skills(nlp: Language, name: str, taxonomy: list[str], kind: str) -> Component:  # noqa: ARG001
    """The component ``matcher_skills``."""
    return Skills(SKILLS, taxonomy, kind)


@Language.factory(REQUIREMENTS, default_config={"taxonomy": []})
def make_requirements(nlp: Language, name: str, taxonomy: list[str]) -> Component:  # noqa: ARG001
    """The component ``matcher_requirements``."""
    return Requirements(REQUIREMENTS, taxonomy, "posting")


@Language.factory(SECTIONS, default_config={"taxonomy": [], "kind": "resume"})
def make_sections(nlp: Language, name: str, taxonomy: list[str], kind: str) -> Component:  # noqa: ARG001
    """The component ``matcher_sections``."""
    return Sections(SECTIONS, taxonomy, kind)
