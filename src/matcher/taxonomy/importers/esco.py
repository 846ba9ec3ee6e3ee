"""ESCO's CSV download to an overlay.

Read by header, because the order of the columns differs between files and releases: every table with ``conceptUri``
and ``preferredLabel`` holds skills or groups of skills, one with ``conceptUri`` and ``broaderUri`` the hierarchy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from matcher.errors import TaxonomyError
from matcher.model import SkillKind
from matcher.progress import Told, counted, silent
from matcher.taxonomy.importers.concept import Concept, Form, read_table
from matcher.taxonomy.importers.overlay import Imported, build_overlay
from matcher.taxonomy.schema import Source, Taxonomy

SOURCE = Source(
    title="ESCO, the classification of European Skills, Competences, Qualifications and Occupations",
    publisher="European Commission",
    licence="This taxonomy uses the ESCO classification of the European Commission; its reuse is authorised"
    " with acknowledgement of the source. The names were selected and merged with others.",
)
_SKILL, _GROUP = "KnowledgeSkillCompetence", "SkillGroup"
_QUALIFIED = re.compile(r"^(?P<name>.+?)\s*\((?P<what>[^()]+)\)$")
_SEPARATOR = re.compile(r"\s*(?:\n|\s\|\s|\|(?=\S))\s*")
_LANGUAGES: frozenset[SkillKind] = frozenset({"language", "framework"})
_PRODUCTS: frozenset[SkillKind] = frozenset({"tool", "platform", "framework"})
# Skills of any occupation: ways of dealing with oneself and with others.
_TRANSVERSAL = "transversal"


@dataclass(slots=True)
class _Rows:
    concepts: dict[str, dict[str, str]] = field(default_factory=dict)
    broader: dict[str, dict[str, None]] = field(default_factory=dict)
    skipped: list[tuple[str, str]] = field(default_factory=list)


def import_esco(folder: Path, base: Taxonomy, *, told: Told = silent) -> Imported:
    """The skills of the ESCO tables in ``folder`` as an overlay on ``base``.

    URIs are kept as ``identifiers``, groups of skills as headings. ESCO's essential and optional relations are left
    out: what they link is needed together, while ``related`` here names alternatives.

    Raises:
        TaxonomyError: the folder holds no ESCO skills, or a table cannot be read.
    """
    rows = _Rows()
    for path in counted(_tables(folder), "reading tables", told):
        _read(path, rows)
    concepts = [_concept(uri, row, tuple(rows.broader.get(uri, ()))) for uri, row in rows.concepts.items()]
    if not any(not concept.grouping for concept in concepts):
        raise TaxonomyError(
            (f"{folder}: holds no ESCO skills; it needs a CSV with the columns conceptUri and preferredLabel,"
             " such as skills_en.csv",)
        )  # fmt: skip
    return build_overlay(base, concepts, "esco", SOURCE, rows.skipped, told=told)


def _tables(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise TaxonomyError((f"{folder}: is no folder; give the folder of ESCO's CSV files",))
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv" and path.is_file())
    # Where the folder holds several languages, the taxonomy's own is read.
    return [path for path in paths if path.stem.lower().endswith("_en")] or paths


def _read(path: Path, rows: _Rows) -> None:
    header, table = read_table(path)
    columns = set(header)
    if {"conceptUri", "preferredLabel"} <= columns:
        for row in table:
            _read_concept(row, rows)
    elif {"conceptUri", "broaderUri"} <= columns:
        for row in table:
            _link(rows, row["conceptUri"], row["broaderUri"])
    elif "Level 0 URI" in columns:
        for row in table:
            _read_levels(row, rows)
    elif {"originalSkillUri", "relatedSkillUri"} <= columns:
        for row in table:
            what = f"{row['originalSkillUri']} - {row['relatedSkillUri']}"
            rows.skipped.append((f"{row.get('relationType') or 'other'} relation, which is no alternative", what))
    else:
        rows.skipped.append(("table without skills", path.name))


def _read_concept(row: dict[str, str], rows: _Rows) -> None:
    uri, label = row["conceptUri"].strip(), _clean(row["preferredLabel"])
    kind = row.get("conceptType", "").strip() or _SKILL
    if kind not in {_SKILL, _GROUP}:
        rows.skipped.append(("neither a skill nor a group of skills", label))
    elif row.get("status", "").strip() not in {"", "released"}:
        rows.skipped.append(("not released", label))
    elif not uri or not label:
        rows.skipped.append(("without URI or label", uri or label))
    else:
        known = rows.concepts.get(uri)
        if known is None:
            rows.concepts[uri] = {**row, "conceptType": kind}
        else:
            # The same concept stands in several collections; what one leaves out another may give.
            for name, value in row.items():
                labels = name in {"altLabels", "hiddenLabels"} and known.get(name)
                known[name] = f"{known[name]}\n{value}" if labels else known.get(name) or value
        for parent in _split(row.get("broaderConceptUri", "")):
            _link(rows, uri, parent)


def _read_levels(row: dict[str, str], rows: _Rows) -> None:
    """A row of the hierarchy: each level's URI and term, the widest first."""
    above = ""
    for level in range(4):
        uri, term = row.get(f"Level {level} URI", "").strip(), row.get(f"Level {level} preferred term", "")
        if not uri:
            break
        rows.concepts.setdefault(uri, {"conceptUri": uri, "preferredLabel": term, "conceptType": _GROUP})
        if above:
            _link(rows, uri, above)
        above = uri


def _link(rows: _Rows, narrower: str, broader: str) -> None:
    if narrower.strip() and broader.strip():
        rows.broader.setdefault(narrower.strip(), {})[broader.strip()] = None


def _concept(uri: str, row: dict[str, str], broader: tuple[str, ...]) -> Concept:
    label = _clean(row["preferredLabel"])
    if row["conceptType"] == _GROUP:
        return Concept(uri, label, "concept", broader=broader, grouping=True, identifiers=(uri,))
    qualified = _QUALIFIED.match(label)
    what = qualified.group("what") if qualified else ""
    kinds = _LANGUAGES if "programming" in what else _PRODUCTS
    labels = [*_split(row.get("altLabels", "")), *_split(row.get("hiddenLabels", ""))]
    return Concept(
        uri,
        label,
        _kind(label, row, what),
        labels=tuple(dict.fromkeys(labels)),
        broader=broader,
        identifiers=(uri,),
        short=qualified.group("name") if qualified else "",
        same_as=(Form(qualified.group("name"), kinds, surely=True),) if qualified else (),
        context=(what,) if what else (),
    )


def _kind(label: str, row: dict[str, str], what: str) -> SkillKind:
    if "programming" in what:
        return "language"
    if row.get("reuseLevel", "").strip() == _TRANSVERSAL:
        return "soft"
    if row.get("skillType", "").strip() == "skill/competence":
        return "practice"
    # ESCO writes its own terms in lower case; a capital at the beginning is that of a product.
    return "tool" if what or (label[:1].isupper() and not label[:2].isupper()) else "concept"


def _split(labels: str) -> Iterator[str]:
    for label in _SEPARATOR.split(labels):
        cleaned = _clean(label)
        if cleaned:
            yield cleaned


def _clean(label: str) -> str:
    return " ".join(label.split()).strip(" ,;")
