"""The check of a taxonomy or an overlay: what the loader refuses, what the linter remarks, and its own examples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import TaxonomyError
from matcher.extraction.examples import failed_examples, unrecognised_names
from matcher.extraction.extract import Extractor
from matcher.progress import Told, counted, silent
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.lint import Remark, Severity, lint, name_path
from matcher.taxonomy.loader import load, load_lexicon, load_with_places
from matcher.taxonomy.merge import Raw
from matcher.taxonomy.schema import Skill, Taxonomy
from matcher.taxonomy.yamlfile import Path_


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found in a taxonomy.

    Attributes:
        errors: what must be mended, each with file and line.
        warnings: what is likely a mistake, each with file and line.
        skills, names, sentences: how much was checked, of an overlay what is its own; 0 where the taxonomy does not
            load.
    """

    errors: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    skills: int = 0
    names: int = 0
    sentences: int = 0


def check_taxonomy(path: Path | None = None, overlays: Sequence[Path] = (), *, told: Told = silent) -> CheckReport:
    """Check the taxonomy at ``path``; the bundled one where none is given.

    A folder with a ``taxonomy.yaml`` is a whole taxonomy and stands by itself. Anything else is an overlay: it is laid
    on the bundled taxonomy and on ``overlays``, what it wrote is checked, and so is that their examples still hold.
    """
    whole = path is not None and (path / "taxonomy.yaml").is_file()
    base = path if whole else None
    layers = [*overlays] if path is None or whole else [*overlays, path]
    try:
        taxonomy, raw = load_with_places(layers, base=base, told=told)
    except TaxonomyError as error:
        return CheckReport(error.problems)
    mine = len(layers) if path is not None and not whole else 0
    own = [skill for skill in taxonomy.skills.values() if raw.layer("skills", skill.id) >= mine]
    extractor = Extractor(taxonomy, load_lexicon(taxonomy))
    remarks = [
        *lint(taxonomy, raw),
        *_examples(extractor, taxonomy, raw, mine, overlays, told),
        *_unreachable(extractor, own, raw, told),
    ]
    remarks = [remark for remark in remarks if remark.layer >= mine]
    return CheckReport(
        tuple(f"{remark.where}: {remark.text}" for remark in remarks if remark.severity == "error"),
        tuple(f"{remark.where}: {remark.text}" for remark in remarks if remark.severity == "warning"),
        len(own),
        sum(len(skill.names) for skill in own),
        sum(
            raw.layer("skills", skill.id, (field, number)) >= mine
            for skill in own
            for field, sentences in (("examples", skill.examples), ("counterexamples", skill.counterexamples))
            for number in range(len(sentences))
        ),
    )


def _examples(
    extractor: Extractor, taxonomy: Taxonomy, raw: Raw, mine: int, overlays: Sequence[Path], told: Told
) -> Iterator[Remark]:
    """The sentences that do not hold; those of lower layers where it is the checked one that made them fail."""
    others = []
    skills = counted(tuple(taxonomy.skills.values()), "trying examples", told)
    for failed in failed_examples(extractor, skills, Graph(taxonomy)):
        if raw.layer("skills", failed.skill_id, (failed.field, failed.index)) < mine:
            others.append(failed)
            continue
        what = "is not found" if failed.field == "examples" else "is found, and must not be,"
        yield _remark(raw, "error", failed.skill_id, (failed.field, failed.index), f"{what} in {failed.sentence!r}")
    if not others:
        return
    before = load(overlays)
    known = [before.skills[skill_id] for skill_id in dict.fromkeys(failed.skill_id for failed in others)]
    already = {
        (failed.skill_id, failed.sentence)
        for failed in failed_examples(Extractor(before, load_lexicon(before)), known, Graph(before))
    }
    for failed in others:
        if (failed.skill_id, failed.sentence) not in already:
            what = "is no longer found" if failed.field == "examples" else "is now found"
            where = raw.where("skills", failed.skill_id, (failed.field, failed.index))
            text = f"skills {failed.skill_id!r}: with this overlay it {what} in {failed.sentence!r}"
            yield Remark("warning", where, text, mine)


def _unreachable(extractor: Extractor, skills: Sequence[Skill], raw: Raw, told: Told) -> Iterator[Remark]:
    sought = [skill for skill in skills if not skill.grouping]
    missed: dict[str, list[int]] = defaultdict(list)
    for skill_id, number in unrecognised_names(extractor, sought, told):
        missed[skill_id].append(number)
    for skill in sought:
        numbers = missed.get(skill.id, [])
        if len(numbers) == len(skill.names) and not skill.patterns:
            text = "is unreachable: under none of its names is it found, even alone in a list of skills"
            yield _remark(raw, "error", skill.id, ("name",), text)
            continue
        for number in numbers:
            text = f"is not found under the name {skill.names[number]!r}, even alone in a list of skills"
            yield _remark(raw, "warning", skill.id, name_path(skill, number)[2:], text)


def _remark(raw: Raw, severity: Severity, skill_id: str, place: Path_, text: str) -> Remark:
    where = raw.where("skills", skill_id, place)
    return Remark(severity, where, f"skills {skill_id!r}: {text}", raw.layer("skills", skill_id, place))
