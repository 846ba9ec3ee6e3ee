"""Title and employer among the cells of a role's heading. Pure functions over strings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.extraction.dates import date_ranges, single_dates
from matcher.extraction.role_words import RoleWords

# What separates the cells of a heading whatever stands in them; dashes, commas and "at" separate only where needed.
_CELLS = re.compile(r"\t+| {2,}|\s+[|·•●▪◦‖¦∙]\s*|\s*[|·•●▪◦‖¦∙]\s+|\s+(?://|--)\s+|\s*\n\s*")
_DASHES = re.compile(r"\s+[-–—―]\s+|\s*[–—―]\s+|\s+[–—―]\s*")
_AT = re.compile(r"\s+(?:at|@)\s+|\s*@\s*(?=[A-Z])", re.IGNORECASE)
_WITH = re.compile(r"\s+(?:with|for)\s+(?=(?:the\s+)?[A-Z])")
_COMMAS = re.compile(
    r",\s+(?![^(]*\))(?!(?:inc|llc|l\.l\.c|ltd|limited|(?-i:[Cc]o)(?!-)|corp|gmbh|plc|llp|pvt|s\.a|n\.v|b\.v)\b)",
    re.IGNORECASE,
)
_EDGES = re.compile(r"^[\s,;:)\]|·•–—/@*#_-]+|[\s,;:(\[|·•–—/@*_-]+$")
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")
_TITLE_LABEL = (
    r"(?:occupation\s+or\s+)?position(?:\s+held)?|occupation|job\s+title|title|role|designation|post(?:\s+held)?|job"
)
_EMPLOYER_LABEL = (
    r"(?:name(?:\s+and\s+address)?\s+of\s+)?employer|company(?:\s+name)?|organi[sz]ation(?:\s+name)?"
    r"|institution|firm|client"
)
_OTHER_LABEL = (
    r"duration|dates?(?:\s+\(?from\s*[-–—]\s*to\)?)?|period|time(?:\s+period)?|tenure|from|location|place|address"
    r"|team\s+size|project(?:\s+name)?|type\s+of\s+business(?:\s+or\s+sector)?|website|link"
)
_LABEL = re.compile(
    rf"^(?:(?P<title>{_TITLE_LABEL})|(?P<employer>{_EMPLOYER_LABEL})|(?P<other>{_OTHER_LABEL}))"
    r"(?:\s*[:：]\s*|\s+[-–—]\s+(?=\S)|\t\s*|\s{2,}|$)",
    re.IGNORECASE,
)
# In capitals a label needs no colon: "ORGANISATION Contoso Ltd", "DURATION Jan 2014".
_CAPITAL_LABEL = re.compile(
    rf"^(?:(?P<title>{_TITLE_LABEL})|(?P<employer>{_EMPLOYER_LABEL})|(?P<other>{_OTHER_LABEL}))\s+(?=\S)", re.IGNORECASE
)
# What stands beside titles and employers and is neither.
_NOISE = re.compile(
    r"""(?:
        \(?(?:about\s+)?\d+\+?\s*(?:years?|yrs?|months?|mos?)\.?(?:[\s,]+(?:and\s+)?\d+\s*(?:months?|mos?)\.?)?\)?
      | full[\s-]?time | part[\s-]?time | permanent | temporary | contract(?:or)? | seasonal | self
      | expected | anticipated | present | current(?:ly)? | ongoing | to\s+date | since | from | to | and
      | link | website | github
      | (?:work\s+|professional\s+|relevant\s+)?(?:experience|employment(?:\s+history)?|work\s+history)
      | work | education | projects? | skills | responsibilities | (?:cum\.?\s+)?(?:major\s+)?gpa\b.*
      | \(.*(?:full|part)[\s-]?time.*\)
      | (?:https?://|www\.)\S+ | \S+@\S+ | [\w.-]+\.(?:com|org|io|net|edu)(?:/\S*)? | [\W\d_]+
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_DEGREE = re.compile(
    r"\b(?:bachelor|master(?:'?s)?\s+(?:of|in|degree)|master['’]s|masters|ph\.?\s?d|doctor(?:ate|al|\s+of)|associate(?:'s)?\s+(?:of|in|degree)|diploma"
    r"|b\.?\s?sc?|m\.?\s?sc?|b\.?\s?e|b\.?\s?a|m\.?\s?a|b\.?tech|m\.?tech|b\.?eng|m\.?eng|mba|bba|bca|mca|b\.?com|ged|minor|major|degree|certificate"
    r"|high\s+school)\b\.?",
    re.IGNORECASE,
)


_TRAILING_DATE = re.compile(
    r"[\s,(]+(?:(?:expected|anticipated)\s+)?(?:[A-Z][a-z]+\.?\s+)?(?:19|20)\d\d\)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a heading names. ``sure`` is False where the employer was only split off the title at a comma or a dash."""

    title: str | None
    employer: str | None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    row: int
    label: str = ""


def job_names(rows: Sequence[str], words: RoleWords) -> Names:
    """Title and employer of a position from the rows of its heading, dates already taken out."""
    found = _cells(rows, words)
    title = next((cell for cell in found if cell.label == "title"), None)
    employer = next((cell for cell in found if cell.label == "employer"), None)
    plain = [cell for cell in found if not cell.label]
    if title is None:
        title = _title_cell(plain, words)
    others = [cell for cell in plain if cell is not title]
    if employer is None:
        employer = _employer_cell(others, words)
    if title is None:
        return _without_title(employer, [cell for cell in others if cell is not employer], words)
    if title.label == "title" or employer is not None:
        # "Engineer at Acme | Search" names its employer itself.
        split = None if title.label else _split(title.text, (_AT,), words)
        if split is not None and (employer is None or not words.is_employer(employer.text)):
            return split
        name = words.without_place(title.text) if not title.label else title.text
        return Names(name, _employer(employer.text, words) if employer else None)
    return _split(words.without_place(title.text), (_AT, _DASHES, _COMMAS, _WITH), words) or Names(
        words.without_place(title.text), None
    )


def study_names(rows: Sequence[str], words: RoleWords) -> Names:
    """Degree and school of a time of study."""
    parts = [
        piece
        for cell in _cells(rows, words)
        for dashed in _DASHES.split(cell.text)
        for piece in (
            [dashed] if words.is_school(dashed) and not _DEGREE.search(dashed) else _study_pieces(dashed, words)
        )
    ]
    school = next((part for part in parts if words.is_school(part) and not _DEGREE.match(part)), None)
    degree = next((part for part in parts if part != school and _DEGREE.search(part)), None)
    if degree is not None:
        degree = _bare(_TRAILING_DATE.sub("", degree))
    rest = [part for part in parts if part != school and not _DEGREE.search(part)]
    if school is None and rest:
        school = rest[0]
    if school is None:
        return Names(degree, None)
    name, *field = _COMMAS.split(words.without_place(school))
    # "PhD | Lakeside University, Physics": the field stands with the school where the degree has none.
    if degree and field and len(degree.split()) == 1:
        return Names(f"{degree}, {', '.join(field)}", name)
    return Names(degree, ", ".join((name, *field)))


def project_names(rows: Sequence[str], words: RoleWords) -> Names:
    """Name of a project as its title; a role in it or an employer are not told apart."""
    found = _cells(rows, words)
    return Names(
        found[0].text if found else None, found[1].text if len(found) > 1 and words.is_employer(found[1].text) else None
    )


def is_study(text: str, words: RoleWords) -> bool:
    """Whether a heading names a school or a degree."""
    return words.is_school(text) or bool(_DEGREE.search(text))


def is_noise(text: str, words: RoleWords) -> bool:
    """Whether a row of a heading holds nothing but places, durations, addresses and the like."""
    return not _cells([text], words)


def label_of(text: str) -> str | None:
    """``title``, ``employer`` or ``other`` where ``text`` begins with a label, else None."""
    match = _label(text)
    return match.lastgroup if match else None


def _label(text: str) -> re.Match[str] | None:
    match = _LABEL.match(text)
    if match is None:
        match = _CAPITAL_LABEL.match(text)
        if match and not match.group().isupper():
            return None
    return match


def _study_pieces(text: str, words: RoleWords) -> list[str]:
    """ "B.S. in Physics, Lakeside University" to its two parts; a field behind a comma stays with its degree."""
    parts = _COMMAS.split(text)
    at = next((index for index, part in enumerate(parts) if words.is_school(part)), None)
    if at is None:
        return [text]
    degree = next((index for index, part in enumerate(parts) if _DEGREE.match(part.strip())), None)
    if degree is not None and degree > at:
        return [", ".join(parts[:degree]), ", ".join(parts[degree:])]
    return [part for part in (", ".join(parts[:at]), ", ".join(parts[at:])) if part]


def _cells(rows: Sequence[str], words: RoleWords) -> list[_Cell]:
    """The cells of the rows that may name something."""
    cells: list[_Cell] = []
    for number, row in enumerate(rows):
        # A label may stand in a cell of its own: "Name of employer    Contoso Ltd".
        label = ""
        for piece in _CELLS.split(_EMPTY_BRACKETS.sub(" ", row)):
            bare = _bare(piece)
            match = _label(bare)
            if match:
                label, bare = match.lastgroup or "", _bare(bare[match.end() :])
                if not bare:
                    continue
            label, own = "", label
            if own == "other" or not bare or _NOISE.fullmatch(bare) or _is_date(bare):
                continue
            if words.is_place(bare) and own != "employer":
                continue
            cells.append(_Cell(bare, number, own))
    return cells


def _bare(piece: str) -> str:
    bare = _EDGES.sub("", piece.strip())
    if bare.count("(") > bare.count(")"):
        bare += ")" if piece.rstrip().endswith(")") else ""
        if bare.count("(") > bare.count(")"):
            bare = _EDGES.sub("", bare.rpartition("(")[0])
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1].strip()
    return bare if len(bare) > 1 else ""


def _is_date(text: str) -> bool:
    """Whether a cell is nothing but a date."""
    found = [*date_ranges(text, 0, len(text)), *single_dates(text, 0, len(text))]
    covered = sum(item.span.end - item.span.start for item in found[:1])
    return bool(found) and covered >= 0.6 * len(text)


def _title_cell(cells: Sequence[_Cell], words: RoleWords) -> _Cell | None:
    ranked = [
        (words.title_rank(cell.text), not words.is_employer(cell.text), -number) for number, cell in enumerate(cells)
    ]
    best = max(ranked, default=(0, False, 0))
    if best[0] >= 2:
        return cells[-best[2]]
    if _SELF.search(" ".join(cell.text for cell in cells)) and len(cells) > 1:
        return next((cell for cell in cells if _SELF.fullmatch(cell.text)), None)
    # A word that only ends like one for a job counts where something else can be the employer.
    weak = [cell for cell in cells if words.title_rank(cell.text) == 1 and not words.is_employer(cell.text)]
    return weak[0] if weak else None


_SELF = re.compile(r"self[\s-]?employed|owner", re.IGNORECASE)


def _employer_cell(cells: Sequence[_Cell], words: RoleWords) -> _Cell | None:
    named = [cell for cell in cells if words.is_employer(cell.text)]
    return next(iter(named or cells), None)


def _without_title(employer: _Cell | None, others: Sequence[_Cell], words: RoleWords) -> Names:
    """No word for a job anywhere: where two things are named, the one beside the employer is the title."""
    if employer is None:
        return Names(None, None)
    if others and others[0].row == employer.row and not words.is_employer(employer.text):
        return Names(employer.text, words.without_place(others[0].text))
    name = others[0].text if others and len(others[0].text.split()) <= 6 else None
    return Names(name, words.without_place(employer.text))


def _employer(text: str, words: RoleWords) -> str:
    """An employer without its place and without what was done there: "internship at Acme, Boston, MA" to "Acme"."""
    split = _AT.split(text, maxsplit=1)
    return words.without_place(split[1] if len(split) > 1 and words.is_title(split[0]) else text)


def _split(text: str, separators: Sequence[re.Pattern[str]], words: RoleWords) -> Names | None:
    """Title and employer in one cell, at the first separator that has a title on one side of it only."""
    for separator in separators:
        parts = [bare for part in separator.split(text) if (bare := _bare(part))]
        if len(parts) < 2:
            continue
        ranks = [words.title_rank(part) for part in parts]
        first = next((index for index, rank in enumerate(ranks) if rank == max(ranks)), 0)
        if ranks[first] == 0:
            continue
        joint = separator.findall(text)[0] if separator is not _COMMAS else ", "
        before, after = parts[:first], parts[first + 1 :]
        if separator is _AT or separator is _WITH:
            return (
                Names(parts[0], words.without_place(joint.join(parts[1:]).removeprefix("the "))) if first == 0 else None
            )
        if before:
            # "Acme, Engineer, Payments": what follows the title is its team.
            return Names(joint.join(parts[first:]), words.without_place(joint.join(before)), separator is not _COMMAS)
        titled = 0
        while titled < len(after) and words.is_title(after[titled]) and not words.is_employer(after[titled]):
            titled += 1
        rest = after[titled:]
        if not rest:
            continue
        # "Engineer, Payments, Acme Inc.": the team stays with the title.
        teams = next((index for index, part in enumerate(rest) if not words.is_team(part)), len(rest))
        marked = next((index for index, part in enumerate(rest) if words.is_employer(part)), teams)
        if marked == len(rest):
            return Names(joint.join(parts), None)
        return Names(
            joint.join([parts[0], *after[:titled], *rest[:marked]]),
            words.without_place(joint.join(rest[marked:]) if marked or words.is_employer(rest[0]) else rest[0]),
            sure=separator is not _COMMAS or words.is_employer(rest[marked]),
        )
    return None
