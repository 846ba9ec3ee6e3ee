"""The person's name: where a resume states it, and where else it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from matcher.model import Span
from matcher.privacy.given import folded, is_given
from matcher.privacy.regions import Cell, Regions, is_heading

PARTICLES = frozenset(
    "de da do dos das del della di du la le las los lo van von der den ter ten het dela delos "
    "bin bint binti binte bt bte al "
    "el ul ibn abu san santa st y e i zu zur af av ap tho nee née "
    "ben mac mc o d".split()
)
HONORIFICS = (
    r"(?:dr(?:\.?-ing|\.\s?med|\.\s?rer\.?\s?nat)?|prof|professor|mr|mrs|ms|miss|mx|sir|dame|rev|engr?|ing|er|"
    r"dipl\.?-?ing|herr|frau|capt|lt|col|"
    r"sgt|sra?|srta|sig(?:\.ra)?|doc|mgr|mme|mlle|madame|monsieur|hon|atty|arch|shri|sri|smt|ato|pastor|lic|adv|datuk|"
    r"dato|puan|encik|ustaz|sheikh|alhaji|bapak|ibu|doña|don|dott(?:\.ssa)?|m)"
)
_LEADING = re.compile(rf"^(?:{HONORIFICS}\b\.?\s+)+", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:\s*[,(]?\s*\b(?:ph\.?\s?d|m\.?d|m\.?b\.?a|m\.?sc?|b\.?sc?|b\.?tech|m\.?tech|m\.?eng|b\.?eng|p\.?e|pmp|"
    r"bsc\s?\(hons\)|ba\s?\(hons\)|hons|c\.?eng|b\.?a|m\.?a|m\.?phil|ed\.?d|cfa|cpa|esq|jr|sr|"
    r"ii|iii|iv|dphil|mphil|jd|llm|rn|csm|cissp|she\s?/\s?her(?:s|\s?/\s?hers)?|he\s?/\s?him(?:\s?/\s?his)?|"
    r"they\s?/\s?them(?:\s?/\s?theirs)?)\b\.?\)?)+\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’`][^\W\d_]+)*\.?")
_NICKNAME = re.compile(r"""\s["“(‘'][^\W\d_]{2,15}["”)’'](?=\s)""")
_LABEL = re.compile(
    r"^[\s•*#]*(?:(?:full|candidate|applicant|legal)?\s?name|r[ée]sum[ée]\s(?:of|for|:|-)|cv\s(?:of|for|:|-)|"
    r"curriculum\svitae\s(?:of|for|:|-|–|—)|"
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
    labelled.extend(_introduced(regions))
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
            given = frozenset(word.lower() for word in cell.text.split() if index < 2 and is_given(word))
            name = as_name(
                regions.text, cell.span, mononym=large or index == 0, backed=known | given if index < 4 else frozenset()
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
            if any(is_given(part) for part in name.parts):
                score += 1.5
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
    found.extend(_other_scripts(regions, found))
    return tuple(dict.fromkeys([*labelled, *found]))


_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u1bff\u2e80-\u9fff\uac00-\ud7ff]+(?:[ ·・][\u0370-\u1bff\u2e80-\u9fff\uac00-\ud7ff]+){0,3}"
)


def _other_scripts(regions: Regions, names: Sequence[Name]) -> Iterator[Name]:
    """The name again in letters of another script, on the same line."""
    for name in names:
        line = next((line for line in regions.lines if line.span.start <= name.span.start < line.span.end), None)
        if line is None or not regions.text[name.span.start : name.span.end].isascii():
            continue
        for match in _OTHER_SCRIPT.finditer(regions.text, line.span.start, line.span.end):
            yield Name(Span(match.start(), match.end()), tuple(re.split(r"[ ·・]", match.group())))


_ALSO = re.compile(r"(?P<first>[^()]{3,50}?)\s*\((?P<also>[^()\d]{2,40})\)\s*(?:,.*)?")
_CHILD_OF = re.compile(r"(?P<first>[^()/]{3,50}?)\s+[sdwc]/o\.?\s.*", re.IGNORECASE)
_BEFORE_COMMA = re.compile(r"(?P<first>[^(),]{3,50}),\s*(?P<also>.*)")


def _also_known(cell: Cell) -> Iterator[Cell]:
    """A cell, or the two names of somebody who uses two: "Zhang Wei (David Zhang)"; "Ada Byron, 31 years" is one."""
    if (child := _CHILD_OF.fullmatch(cell.text)) is not None:
        yield Cell(Span(cell.span.start, cell.span.start + len(child["first"])), child["first"])
        return
    match = _ALSO.fullmatch(cell.text)
    if match is not None and len(match["also"].split()) < 2 and match["also"].isascii():
        match = None
    if match is None:
        match = _BEFORE_COMMA.fullmatch(cell.text)
        # "DOE, JANE" is one name; what has figures, or more than a name behind it, is none.
        if match is None or len(match["first"].split()) < 2 or not _no_name(match["also"]):
            yield cell
            return
    for part in ("first", "also"):
        start = cell.span.start + match.start(part)
        yield Cell(Span(start, start + len(match[part])), match[part])


def _no_name(text: str) -> bool:
    words = [word.lower().strip(".()") for word in text.split()]
    return len(words) > 3 or any(word in NOT_NAMES or any(char.isdigit() for char in word) for word in words)


_CAPITALS = r"(?:[^\W\d_a-z][^\W\d_]*\.?(?:[-'’][^\W\d_]+)*)"
_WHOLE = rf"(?P<name>{_CAPITALS}(?:\s(?:[a-z]{{1,4}}\s){{0,2}}{_CAPITALS}){{0,4}})"
_INTRODUCED = (
    re.compile(
        rf"\b(?i:my\sname\sis|i(?:['’]m|\sam)(?:\scalled)?|je\sm['’]appelle|ich\shei(?:ß|ss)e|"
        rf"me\sllamo)\s{_WHOLE}(?=[!,.\n]|\s(?i:and|und|et|y)\s|$)"
    ),
    re.compile(rf"^\s*{_WHOLE}[’']s?\s(?i:r[ée]sum[ée]|cv|curriculum(?:\svitae)?|portfolio|profile)\b", re.MULTILINE),
    re.compile(
        r"^\s*(?i:(?:yours\s)?(?:sincerely|faithfully|truly|respectfully)|(?:kind|best|warm)(?:est)?\s(?:regards|"
        r"wishes)|regards|"
        r"cordialement|mit\sfreundlichen\sgrü(?:ß|ss)en|atentamente|saludos|cordiali\ssaluti|med\svennlig\shilsen|"
        r"sincerely\syours)"
        rf",?\s*\n\s*{_WHOLE}\s*$",
        re.MULTILINE,
    ),
    re.compile(rf"^\s*\(\s?{_WHOLE}\s?\)\s*$", re.MULTILINE),
)


def _introduced(regions: Regions) -> Iterator[Name]:
    """Names that the person gives in a sentence, signs with, or puts on the paper: "My name is ...", "...'s resume"."""
    for pattern in _INTRODUCED:
        for match in pattern.finditer(regions.text):
            alone = len(match["name"].split()) == 1
            if alone and not is_given(match["name"]):
                continue
            name = as_name(regions.text, Span(match.start("name"), match.end("name")), mononym=True)
            if name is not None:
                yield name


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
    # Behind the label everything is a name, in small letters too.
    sure = frozenset(word.lower().strip(".") for word in cut.split())
    return as_name(regions.text, Span(start, start + len(cut)), mononym=True, backed=sure - NOT_NAMES)


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
        if low in PARTICLES and piece[0].islower():
            parts.append(piece)
            continue
        small = piece[0].lower() != piece[0].upper() and not piece[0].isupper()
        if small and not any(folded(low) in word for word in backed if len(low) >= 3 or low in backed):
            return None
        parts.append(piece)
    if all(len(part.strip(".")) == 1 for part in parts):
        return None
    cased = parts[0].lower() != parts[0].upper()
    if len(parts) == 1 and (len(parts[0]) < 2 or (cased and not parts[0][1:].islower() and not parts[0].isupper())):
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
    long = [part for part in parts if len(part.strip(".")) > 1 and part.lower() not in PARTICLES]
    if len(long) >= 2:
        first, last = re.escape(long[0]), re.escape(long[-1])
        initial = re.escape(long[0][0])
        # "Jane Doe" for "Jane Q. Doe", "Doe, Jane", "J. Q. Doe", "Doe J."
        yield re.compile(rf"{edge}{first}\s+{last}{close}|{edge}{last},?\s+{first}{close}", re.IGNORECASE)
        upper = long[-1].title() if long[-1].isupper() else long[-1]
        surname = rf"(?:(?:[a-z]{{1,3}}\s){{0,2}}(?:{re.escape(upper)}|{re.escape(upper.upper())}))"
        yield re.compile(
            rf"{edge}{initial}\.\s?(?:[A-Z]\.\s?)*{surname}{close}|{edge}{surname},?\s+{initial}\.(?:\s?[A-Z]\.)*"
        )
    for part in long:
        if len(part) < 3 or part.lower() in _EVERYDAY | NOT_NAMES:
            continue
        titled = part.title() if part.isupper() else part
        yield re.compile(rf"{edge}(?:{re.escape(titled)}|{re.escape(titled.upper())}){close}")
