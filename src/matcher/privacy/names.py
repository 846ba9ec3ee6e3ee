"""The person's name: where a resume states it, and where else it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from matcher.model import Span
from matcher.privacy.regions import Cell, Regions, is_heading

_PARTICLES = frozenset(
    "de da do dos das del della di du la le van von der den ter ten bin bint al el ibn abu san santa st y e i zu af av "
    "ben mac mc o d".split()
)
_HONORIFICS = r"(?:dr|prof|professor|mr|mrs|ms|miss|mx|sir|dame|rev|eng|ing|er|dipl\.?-?ing|herr|frau|capt|lt|col|sgt)"
_LEADING = re.compile(rf"^(?:{_HONORIFICS}\b\.?\s+)+", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:\s*[,(]?\s*\b(?:ph\.?\s?d|m\.?d|m\.?b\.?a|m\.?sc?|b\.?sc?|b\.?tech|m\.?tech|m\.?eng|b\.?eng|p\.?e|pmp|cfa|cpa|esq|jr|sr|"
    r"ii|iii|iv|dphil|mphil|jd|llm|rn|csm|cissp|she\s?/\s?her(?:s|\s?/\s?hers)?|he\s?/\s?him(?:\s?/\s?his)?|they\s?/\s?them(?:\s?/\s?theirs)?)\b\.?\)?)+\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’`][^\W\d_]+)*\.?")
_NICKNAME = re.compile(r"""\s["“(‘'][^\W\d_]{2,15}["”)’'](?=\s)""")
_LABEL = re.compile(
    r"^[\s•*#]*(?:(?:full|candidate|applicant|legal)?\s?name|r[ée]sum[ée]\s(?:of|for|:|-)|cv\s(?:of|for|:|-)|curriculum\svitae\s(?:of|for|:|-|–|—)|"
    r"(?:first|given|last|family|middle|sur)\s?name|surname)\s*[:\-–—\t]?\s+(?P<name>\S.*)$",
    re.IGNORECASE,
)

# Words that no line with nothing but a name has.
NOT_NAMES = frozenset(
    """engineer engineering developer development manager management scientist science analyst analytics architect
    consultant designer director lead leader officer president programmer researcher research intern student graduate
    administrator specialist coordinator assistant associate executive founder head chief principal senior junior staff
    professional freelance freelancer resume résumé cv curriculum vitae sample template functional software hardware
    data machine learning deep artificial intelligence computer systems system network web mobile full stack backend
    frontend cloud devops security product project program business operations marketing sales finance human resources
    university college school institute academy technologies technology solutions services consulting company corp inc
    ltd llc gmbh street avenue road lane drive way boulevard suite apartment city state county updated last page
    confidential welcome contact phone email address summary profile objective experience education skills projects
    publications certifications languages interests awards references links about and the for with of in to at by on
    python java sql english bachelor master degree curriculum functional chronological top key technical core new
    applied natural language processing computing platform infrastructure reliability quality assurance test testing
    teacher nurse doctor accountant lawyer editor writer artist clerk representative agent advisor trainer tutor
    available remote open work present current position title role team office administration support customer
    curriculum lebenslauf bewerbung anschreiben portfolio website home house""".split()
)
# Parts of names that are everyday words as well are not looked for on their own.
_EVERYDAY = frozenset(
    """may june april august summer will mark grant case best young long short price rich bill art drew chase hope
    faith grace joy rose lily ivy dawn eve star sky stone wood field park lake river hill banks brook ford page reed
    fox wolf bird king prince baron bishop pope cook baker mason carter miller smith taylor cooper major sergeant
    little small white black brown green gray grey gold silver day week wise love power powers young strong swift
    python ruby julia java scala perl go rust kotlin dart swift elm crystal jade pascal ada max min sum van den del
    san santa sun moon lee law ray jack jet pat penny frank earnest ernest guy gene dean rob sue don dan ken
    china india jordan israel paris london austin houston madison lincoln chelsea brooklyn virginia georgia carolina
    dallas denver phoenix jackson washington cash chance clay cliff earl ester forest glen harmony heath hunter iris
    jasmine melody mercy norm opal pearl peg rusty sandy skip sterling tab tex trace trip victor wade ward
    data learning model models cloud research english french spanish german""".split()
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ\u0100-\u024f]"
_PART = rf"{_CAPITAL}[^\W\d_]*\.?(?:[-'’]{_CAPITAL}?[^\W\d_]+)*"
_FOLLOWED = re.compile(rf"\b(?:(?i:{_HONORIFICS})\b\.?[ ]+)+(?P<name>{_PART}(?:[ ](?:[a-z]{{2,3}}[ ])?{_PART}){{0,3}})")
_RELATION = re.compile(
    r"\b(?i:advis[eo]rs?|supervisors?|supervised\sby|advised\sby|mentors?|mentored\sby|reporting\sto|reports?\sto|"
    r"reported\sto|manager|line\smanager|co-?authors?|authors?|referees?|references?|referred\sby|contact\sperson)"
    r"\s*:?[ ]+"
    rf"(?:(?i:{_HONORIFICS})\.?[ ]+)*(?P<name>{_CAPITAL}[^\W\d_]+(?:[-'’]{_CAPITAL}[^\W\d_]+)*(?:[ ]{_PART}){{1,3}})",
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the document writes it.

    Attributes:
        span: where it was read.
        parts: its words without titles and degrees.
    """

    span: Span
    parts: tuple[str, ...]


def find_names(regions: Regions, contact_words: Iterable[str] = ()) -> tuple[Name, ...]:
    """The person's name, where the resume states it; ``contact_words`` are local parts of mail and names on sites."""
    labelled = [name for line in regions.lines[:80] if (name := _labelled(regions, line.span)) is not None]
    words = {folded(word) for word in contact_words}
    candidates: list[tuple[float, int, Name]] = []
    sizes = [line.font_size for line in regions.lines if line.font_size and (line.page or 1) == 1]
    # "jane.developer@..." makes a name of a word that is none elsewhere.
    known = frozenset(part for word in words for part in re.split(r"[^a-z]+", word) if len(part) >= 3)
    largest = max(sizes, default=None)
    usual = sorted(sizes)[len(sizes) // 2] if sizes else None
    for index, line in enumerate(regions.lines[:120]):
        if (line.page or 1) > 1:
            break
        large = bool(line.font_size and largest and usual and line.font_size >= largest - 0.1 > usual * 1.15)
        if index > 12 and not large and not words:
            continue
        for cell in chain.from_iterable(_also_known(cell) for cell in regions.cells(line)):
            name = as_name(
                regions.text, cell.span, mononym=large or index == 0, backed=known if index < 4 else frozenset()
            )
            if name is None or (is_heading(cell.text) and not large):
                continue
            backed = _backed(name, words)
            if index > 12 and not large and not backed:
                continue
            whole = cell.span.end - cell.span.start >= (line.span.end - line.span.start) * 0.6
            score = 4.0 * backed + 3.0 * large + 2.0 * (index <= 1) + 1.0 * (index <= 5) + 1.0 * whole + line.heading
            if index in regions.personal_lines:
                score += 1.0
            if score >= 3.0:
                candidates.append((score, index, name))
    if not candidates:
        return tuple(labelled)
    best, place, name = max(candidates, key=lambda item: (item[0], -item[1]))
    found = [name]
    # A name set over two lines: first name above, last name below.
    for score, index, other in candidates:
        if (
            other is not name
            and abs(index - place) == 1
            and score >= best - 4.5
            and _same_setting(regions, index, place)
        ):
            found.append(other)
    return tuple(dict.fromkeys([*labelled, *found]))


_ALSO = re.compile(r"(?P<first>[^()]{3,50}?)\s*\((?P<also>[^()\d]{3,40})\)\s*")


def _also_known(cell: Cell) -> Iterator[Cell]:
    """A cell, or the two names of somebody who uses two: "Zhang Wei (David Zhang)"."""
    match = _ALSO.fullmatch(cell.text)
    if match is None or len(match["also"].split()) < 2:
        yield cell
        return
    for part in ("first", "also"):
        start = cell.span.start + match.start(part)
        yield Cell(Span(start, start + len(match[part])), match[part])


def _same_setting(regions: Regions, one: int, two: int) -> bool:
    first, second = regions.lines[one].font_size, regions.lines[two].font_size
    return first is not None and first == second and first >= 14


def _labelled(regions: Regions, span: Span) -> Name | None:
    text = regions.text[span.start : span.end]
    match = _LABEL.match(text)
    if match is None:
        return None
    cut = re.split(r"\s{2,}|[|•·;\t,]", match["name"], maxsplit=1)[0]
    start = span.start + match.start("name")
    return as_name(regions.text, Span(start, start + len(cut)), mononym=True)


def as_name(text: str, span: Span, *, mononym: bool = False, backed: frozenset[str] = frozenset()) -> Name | None:
    """The name that a stretch of text is, or None where it is something else; ``backed`` words are sure to be names."""
    content = text[span.start : span.end]
    lead = _LEADING.match(content)
    start = lead.end() if lead else 0
    tail = _TRAILING.search(content, start)
    end = tail.start() if tail and tail.start() > start else len(content)
    bare = content[start:end].strip(" ,")
    spoken = _NICKNAME.sub(" ", bare)
    if not bare or len(bare) > 60 or any(char.isdigit() or char in '@/:;!?()[]{}<>&+=%$#"“”' for char in spoken):
        return None
    pieces = spoken.replace(",", " ").split()
    least = 1 if mononym else 2
    if not least <= len(pieces) <= 6:
        return None
    parts = []
    for piece in pieces:
        if not _WORD.fullmatch(piece):
            return None
        low = piece.lower().strip(".")
        if low in NOT_NAMES and low not in backed:
            return None
        if low in _PARTICLES and piece[0].islower():
            parts.append(piece)
            continue
        small = piece[0].lower() != piece[0].upper() and not piece[0].isupper()
        if small and not any(folded(low) in word for word in backed if len(low) >= 3):
            return None
        parts.append(piece)
    if all(len(part.strip(".")) == 1 for part in parts):
        return None
    if len(parts) == 1 and (len(parts[0]) < 2 or (not parts[0][1:].islower() and not parts[0].isupper())):
        return None
    offset = span.start + content.index(bare, start)
    return Name(Span(offset, offset + len(bare)), tuple(parts))


def _backed(name: Name, words: Iterable[str]) -> bool:
    """Whether an address or profile name is made of the name: "j.doe", "doejane", "jdoe"."""
    parts = [folded(part) for part in name.parts if len(part.strip(".")) > 1]
    for word in words:
        bare = re.sub(r"[^a-z]", "", word)
        if len(bare) >= 3 and any(len(part) >= 3 and part in bare for part in parts):
            return True
    return False


def folded(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ł", "l").replace("ø", "o").replace("ß", "ss"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def occurrences(text: str, names: Sequence[Name]) -> Iterator[Span]:
    """Every place where one of the names, or a telling part of it, stands."""
    for name in names:
        yield name.span
        for pattern in _patterns(name.parts):
            for match in pattern.finditer(text):
                yield Span(match.start(), match.end())


def _patterns(parts: Sequence[str]) -> Iterator[re.Pattern[str]]:
    whole = [re.escape(part.rstrip(".")) for part in parts]
    gap = r"[.,]?\s+(?:[A-Z]\.?\s+)?"
    edge, close = r"(?<![^\W_])", r"(?:[’']s)?(?![^\W_])"
    yield re.compile(edge + gap.join(whole) + close, re.IGNORECASE)
    long = [part for part in parts if len(part.strip(".")) > 1 and part.lower() not in _PARTICLES]
    if len(long) >= 2:
        first, last = re.escape(long[0]), re.escape(long[-1])
        initial = re.escape(long[0][0])
        # "Jane Doe" for "Jane Q. Doe", "Doe, Jane", "J. Q. Doe", "Doe J."
        yield re.compile(rf"{edge}{first}\s+{last}{close}|{edge}{last},?\s+{first}{close}", re.IGNORECASE)
        upper = long[-1].title() if long[-1].isupper() else long[-1]
        surname = rf"(?:{re.escape(upper)}|{re.escape(upper.upper())})"
        yield re.compile(
            rf"{edge}{initial}\.\s?(?:[A-Z]\.\s?)*{surname}{close}|{edge}{surname},?\s+{initial}\.(?:\s?[A-Z]\.)*"
        )
    for part in long:
        if len(part) < 3 or part.lower() in _EVERYDAY | NOT_NAMES:
            continue
        titled = part.title() if part.isupper() else part
        yield re.compile(rf"{edge}(?:{re.escape(titled)}|{re.escape(titled.upper())}){close}")


def other_people(text: str) -> Iterator[Span]:
    """Names of other people that a title or their part in the story gives away."""
    for pattern in (_FOLLOWED, _RELATION):
        for match in pattern.finditer(text):
            words = match["name"].lower().replace(".", "").split()
            if words and not any(word in NOT_NAMES for word in words):
                yield Span(match.start("name"), match.end("name"))


_SURNAME = rf"{_CAPITAL}[^\W\d_]+(?:[-'’]{_CAPITAL}?[^\W\d_]+)*"
_INITIALS = rf"(?:{_CAPITAL}\.[ ]?){{1,3}}"
_AUTHOR = rf"(?:{_INITIALS}{_SURNAME}|{_SURNAME},[ ]{_INITIALS}|{_SURNAME}(?:[ ]{_CAPITAL}\.)?(?:[ ]{_SURNAME}){{1,2}})"
_AUTHORS = re.compile(rf"(?<!\w){_AUTHOR}(?:(?:,[ ]?|;[ ]?)?(?:[ ]?(?:and|&)[ ])?(?<=[ ,;]){_AUTHOR})+")


def authors(text: str, own: Sequence[Span]) -> Iterator[Span]:
    """Lists of authors in which the person's own name stands."""
    for match in _AUTHORS.finditer(text):
        if any(match.start() <= span.start and span.end <= match.end() for span in own):
            for author in re.finditer(_AUTHOR, match.group()):
                yield Span(match.start() + author.start(), match.start() + author.end())
