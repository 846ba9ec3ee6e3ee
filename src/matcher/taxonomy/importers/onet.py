"""O*NET's "Technology Skills" table to an overlay: software products under the commodity that O*NET files them in."""

from __future__ import annotations

import re
from pathlib import Path

from matcher.errors import TaxonomyError
from matcher.model import SkillKind
from matcher.progress import Told, silent
from matcher.taxonomy.importers.concept import Concept, Form, read_table
from matcher.taxonomy.importers.overlay import Imported, build_overlay
from matcher.taxonomy.schema import Source, Taxonomy

SOURCE = Source(
    title="O*NET Database, Technology Skills",
    publisher="U.S. Department of Labor, Employment and Training Administration",
    licence="This taxonomy includes information from the O*NET Database by the U.S. Department of Labor, Employment"
    " and Training Administration (USDOL/ETA), used under the CC BY 4.0 licence. O*NET is a trademark of USDOL/ETA."
    " The information was modified; USDOL/ETA has not approved, endorsed or tested the modifications.",
)
_PRODUCT: frozenset[SkillKind] = frozenset({"tool", "platform", "framework", "language"})
# What an abbreviation may stand for as well: a protocol, a kind of system.
_SPELLED_OUT: frozenset[SkillKind] = _PRODUCT | {"concept"}
_ABBREVIATED = re.compile(r"^(?P<long>.+\s\S+)\s+(?P<short>[A-Z][A-Za-z0-9+/&-]*[A-Z0-9])$")


def import_onet(path: Path, base: Taxonomy, *, told: Told = silent) -> Imported:
    """The products of an O*NET "Technology Skills" table as an overlay on ``base``.

    The commodities become headings, their codes ``identifiers``.

    Raises:
        TaxonomyError: the file is no such table; the text says what it lacks.
    """
    header, table = read_table(path, delimiter="\t")
    lacking = [name for name in ("Example", "Commodity Code", "Commodity Title") if name not in header]
    if lacking:
        raise TaxonomyError(
            (f"{path}:1: is no table of O*NET technology skills: the column {lacking[0]!r} is missing;"
             " give the file 'Technology Skills.txt' of the text download",)
        )  # fmt: skip
    products: dict[str, dict[str, None]] = {}
    commodities: dict[str, str] = {}
    for row in table:
        name, code, title = (" ".join(row[key].split()) for key in ("Example", "Commodity Code", "Commodity Title"))
        if not name:
            continue
        found = products.setdefault(name, {})
        if code and title:
            found[code] = None
            commodities.setdefault(code, title)
    if not products:
        raise TaxonomyError((f"{path}: holds no technology skills",))
    concepts = [_product(name, tuple(codes), commodities) for name, codes in products.items()]
    concepts.extend(
        Concept(code, title, "concept", grouping=True, identifiers=(f"UNSPSC {code}",))
        for code, title in commodities.items()
    )
    return build_overlay(base, concepts, "onet", SOURCE, told=told)


def _product(name: str, codes: tuple[str, ...], commodities: dict[str, str]) -> Concept:
    forms: list[Form] = []
    long, short = "", ""
    abbreviated = _ABBREVIATED.match(name)
    if abbreviated and _stands_for(abbreviated.group("short"), abbreviated.group("long")):
        # "Structured query language SQL": people write the one or the other.
        long, short = abbreviated.group("long"), abbreviated.group("short")
        forms.append(Form(long, _SPELLED_OUT))
        if len(short) > 2:
            forms.append(Form(short, _SPELLED_OUT, spelled=True))
    if name.endswith(" software"):
        # "Salesforce software" is Salesforce, but "Accounting software" is not accounting.
        forms.append(Form(name.removesuffix(" software"), _PRODUCT, surely=True))
    return Concept(
        name,
        name,
        "tool",
        short=long,
        labels=(short,) if short else (),
        broader=codes,
        same_as=tuple(forms),
        context=tuple(commodities[code] for code in codes),
    )


def _stands_for(short: str, long: str) -> bool:
    """Whether the letters of ``short`` are found in order among the words of ``long``, beginning with the first."""
    letters = [char.lower() for char in short if char.isalpha()]
    text = long.lower()
    if not letters or letters[0] not in {word[0] for word in text.split()}:
        return False
    initials = "".join(word[0] for word in re.split(r"[\s/&-]+", text) if word)
    position = 0
    for letter in letters:
        position = initials.find(letter, position) + 1
        if position == 0:
            return len(letters) > 2 and _within(letters, text)
    return True


def _within(letters: list[str], text: str) -> bool:
    position = 0
    for letter in letters:
        position = text.find(letter, position) + 1
        if position == 0:
            return False
    return True
