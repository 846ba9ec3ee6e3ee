"""Where the person lives: places in the head of the page, and street addresses anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from matcher.model import Line, Span
from matcher.privacy.names import NOT_NAMES
from matcher.privacy.regions import Cell, Regions, is_heading

_STREETS = (
    r"(?i:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|terrace|ter|circle|cir|"
    r"crescent|cres|square|sq|parkway|pkwy|highway|hwy|close|mews|grove|row|quay|walk|trail|alley|nagar|marg|colony|"
    r"layout|sector|cross|phase|block)"
)
_WORD = r"[A-ZÀ-Þ0-9][\w.'’-]*"
# A street is written with capitals and on one line; a year before a word is no house number.
_STREET = re.compile(
    r"(?<![\w$€£.,/-])(?:"
    rf"(?!(?:19|20)\d\d[ ]+(?:[A-Z][a-z]+[ ]+)?\d)\d{{1,5}}[A-Za-z]?"
    rf"(?:[-/]\d{{1,4}}[A-Za-z]?)?,?[ ]+(?:{_WORD}[ ]+){{0,4}}{_STREETS}\b(?!\s?:)\.?"
    r"|(?:(?i:p\.?[ ]?o\.?[ ]?box)|Flat|Apt\.?|Apartment|(?:House|Plot|Door|H\.?)[ ]?[Nn]o\.?)[ ]*[:#]?[ ]*\d\w{0,5}"
    r"|[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|gasse|platz|weg|allee)[ ]\d{1,4}[a-z]?"
    r"|(?i:rue|avenue|boulevard|via|viale|calle|avenida|rua|ul\.|ulica)[ ]"
    r"(?:[A-ZÀ-Þ][\w.'’-]+[ ]|(?:d[aeou]s?|del|du|la|les)[ ]){1,5}\d{1,4}"
    r"|\d{1,4},?[ ](?i:rue|avenue|boulevard|via|calle)(?:[ ](?:[A-ZÀ-Þ][\w.'’-]+|d[aeou]s?|del|la|les)){1,5})"
    r"(?:,?[ ](?i:apt|suite|unit|ste|floor|fl|#)\.?[ ]?\w{1,5})?"
    r"(?:[, ]+(?:[A-ZÀ-Þ][\w.'’-]*|\d{3,6}(?:-\d{3,4})?)){0,7}"
)
_N = r"(?:\d{1,5}[A-Za-z]?(?:[-/ ]?[\dA-Z]{1,4})?)"
# What only an address has: names of streets in many languages, parts of houses, boxes, postcodes with a town.
_EVIDENCE = re.compile(
    r"(?i:(?<!\w)(?:rua|r\.|avenida|avda?\.?|av\.|calle|c/|carrer|paseo|plaza|praça|travessa|alameda|via|viale|piazza|"
    r"corso|vicolo|rue|"
    r"avenue|boulevard|bd\.?|chemin|all[ée]e|impasse|quai|ul\.|ulica|al\.|aleja|os\.|pl\.|str\.|strada|calea|șos\.?|"
    r"jl\.?|jalan|jln\.?|"
    r"lorong|soi|thanon|đường|phố|quận|phường|ngõ|ул\.?|улица|пр(?:-т|\.)|проспект|пер\.|наб\.|вул\.?|λεωφόρος|λεωφ\.|"
    r"οδός)\s)[^\n]{0,60}?\d"
    r"|(?i:quận|phường)\s\d|(?<![^\W\d_])(?:д|кв|корп|мкр|м|р-н|обл)\.\s?[\dА-ЯІЇЄ]|(?i:mah|cad|sok)\.\s"
    r"|(?i:(?<!\w)(?:p\.?\s?o\.?\s?box|b\.?p\.?|postfach|postboks|casilla|apartado|private\sbag|po\sbox|flat|apt\.?|"
    r"apto\.?|apartamento|apartment|"
    r"suite|unit|blk|block|plot|stand|house|villa|door|[hd]\.?\s?no\.?|bl\.|ap\.|sc\.|r\.?d\.?|brgy\.?|barangay|purok|"
    r"level|floor|room)\s?(?:no\.?\s?:?\s?|#\s?)?)[A-Z]?\d"
    r"|(?i:(?<!\w)(?:brgy\.?|barangay|purok|mah\.|mahallesi|cad\.|caddesi|sok\.|sokak|sokağı)(?!\w))"
    rf"|(?i:[^\W\d_]{{2,}}(?:straße|strasse|str\.|gasse|platz|weg|allee|ring|damm|ufer|gracht|straat|laan|plein|kade|"
    rf"dijk|singel|gata|"
    rf"gatan|gate|gaten|vegen|veien|vägen|vej|gade|katu|tie|kuja|polku|utca|körút|tér))\s{_N}"
    rf"|(?i:(?<!\w)(?:am|an\sder|auf\sdem|im|zum|zur))\s[^\W\d_]+\s{_N},"
    r"|[^\W\d_]+-(?:ro|gil|gu|dong|daero|ku|cho|shi|machi|chome|fu|ken)(?:\s|,|$)"
    r"|[\u3040-\u9fff][省市区區县縣路街号號町村丁目]|[\uac00-\ud7af]+[시구동로길]\s|〒\s?\d"
    r"|(?<![\w+.-])(?!(?:19|20)\d\d\s)\d{4,6}\s(?:[A-Z]{2}\s)?[A-ZÀ-ÞĀ-Ž][^\W\d_]+(?!\s(?:LOC|users|stars))|"
    r"(?<![\w+.])\d{3}\s\d{2}\s[A-ZÀ-ÞΑ-Ω]"
    r"|(?<![\w+.])\d{2}-\d{3}\s[A-ZÀ-Ž]|(?<!\d)\d{5}-\d{3}(?!\d)|[A-Z]\d[\dW]\s?[A-Z\d]{4}(?!\w)|"
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"
    r"|[^\W\d_]{2,}\s?[,–-]\s?\d{3}\s?\d{3}(?![\d-])|[A-Z][^\W\d_]{3,}\s\d{6}(?!\d)|[A-Z][^\W\d_]+,?\s(?!(?:19|"
    r"20)\d\d\s*$)\d{4,6}\s*$"
    r"|(?<!\d)\d{4}-\d{3}\s[A-Z]|(?<![\w-])[A-Z]{1,2}-\d{4,5}(?!\d)|[\u0590-\u06ff]{2,}\s\d{1,4}[,،\s]|\b(?:NSW|VIC|"
    r"QLD|WA|SA|TAS|ACT|NT)\s\d{4}\b"
    r"|(?<!\d)\d{1,5}[A-Za-z]?,?\s(?:[^\W\d_]+\.?\s){1,4}(?i:street|st|avenue|ave|road|rd|lane|ln|drive|dr|blvd|"
    r"boulevard|way|court|ct|close|"
    r"crescent|terrace|place|mews|grove|row|gardens|park|square|highway|parkway|walk|view|quay|wharf|parade|esplanade|"
    r"circle|loop|trail|pike|yard|green|bank|plaza|hill|rise|cross|main|nagar|marg|cottage)\b"
)
_STRONG = re.compile(r"\t+|\s{2,}|\s*[|•·∙●▪◦♦⋄⬥│¦]\s*|\s*;\s*|\s//\s|\s[–—]\s")
# A line with a period is about a job or a school.
_PERIOD = re.compile(
    r"(?:19|20)\d\d\s?(?:[-–—/]|to|bis)\s?(?:(?:19|20)\d\d|\d\d?[/.]|present|now|today|heute)", re.IGNORECASE
)
_LABEL = re.compile(r"\s*[^\W\d_][^:\d\n]{0,24}:\s+")
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{2}[\s,]+\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|\d{6}|\d{5})\b"
)
_PLACE_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*\.?|\d{1,6}[A-Za-z]?(?:-\d{1,4})?")
_STATED = re.compile(
    r"\b(?:based|located|living|live|lives|resid(?:e|es|ing)|relocating|hails)\s(?:in|at|from|to)\s"
    r"(?P<place>(?!The\b)[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,2}(?:,\s[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,2}){0,2})"
)
_LOOSE = frozenset(
    {"of", "the", "area", "greater", "metro", "bay", "region", "and", "de", "la", "am", "upon", "sur", "new"}
)


def places(regions: Regions, taken: Iterable[Span]) -> Iterator[Span]:
    """Places where the person is described, that are not part of anything already found there."""
    held = sorted(taken)
    touched = {
        index
        for index in regions.personal_lines
        for span in held
        if regions.lines[index].span.start <= span.start < regions.lines[index].span.end
    }
    for index in sorted(regions.personal_lines):
        line = regions.lines[index]
        if is_heading(regions.words_of(line)) or _PERIOD.search(regions.text, line.span.start, line.span.end):
            continue
        yield from _written(regions, line, held)
        near = index in touched or index - 1 in touched or index + 1 in touched
        for cell in regions.cells(line):
            for piece in _outside(cell, held, regions.text):
                if not _is_label(regions.text, piece, held) and _is_place(
                    regions.text[piece.start : piece.end], contact=near and (index in touched or index > 1)
                ):
                    yield piece


def _written(regions: Regions, line: Line, held: list[Span]) -> Iterator[Span]:
    """The stretches between separators that hold what only an address has; commas and hyphens are part of it."""
    text, at = regions.text, line.span.start
    ends = [line.span.start + match.start() for match in _STRONG.finditer(text[line.span.start : line.span.end])]
    for end in [*ends, line.span.end]:
        label = _LABEL.match(text, at, end)
        start = label.end() if label else at
        for piece in _outside(Cell(Span(start, end), text[start:end]), held, text):
            content = text[piece.start : piece.end]
            if len(content) <= 140 and _EVIDENCE.search(content) and not content.endswith(":"):
                yield piece
        at = end


def _is_label(text: str, piece: Span, held: list[Span]) -> bool:
    """Whether a word is the label of what stands behind it: "Cel.: +51 ...", "T: ..."."""
    behind = text[piece.end : piece.end + 4].lstrip(" ")
    return behind.startswith((":", ".:")) or (
        text[piece.end - 1] == "." and any(0 <= span.start - piece.end <= 2 for span in held)
    )


def streets(text: str) -> Iterator[Span]:
    """Street addresses with what follows of town and postcode on the same line."""
    for match in _STREET.finditer(text):
        yield Span(match.start(), match.start() + len(match.group().rstrip(" ,.")))


def stated(text: str) -> Iterator[Span]:
    """Places behind "based in" and the like."""
    for match in _STATED.finditer(text):
        yield Span(match.start("place"), match.end("place"))


def _outside(cell: Cell, held: list[Span], text: str) -> Iterator[Span]:
    """The parts of a cell between the spans already found in it."""
    at = cell.span.start
    for span in [*held, None]:
        if span is not None and (span.end <= at or span.start >= cell.span.end):
            continue
        end = cell.span.end if span is None else span.start
        piece = text[at:end]
        trimmed = piece.strip(" \t,:()-–|•·")
        if trimmed:
            start = at + piece.index(trimmed)
            yield Span(start, start + len(trimmed))
        if span is not None:
            at = max(at, span.end)


def _is_place(content: str, *, contact: bool) -> bool:
    """Whether a cell names a place: "Austin, TX", "10115 Berlin"; beside contact details also "Lisbon"."""
    content = re.sub(r"^(?:address|location|based in|lives? in|home)\s*:?\s*", "", content, flags=re.IGNORECASE)
    if len(content) > 90 or "@" in content or ("." in content.rstrip(".") and not re.search(r"\b[A-Z]\.", content)):
        return False
    if _POSTCODE.search(content) and any(char.isalpha() for char in content) and len(content.split()) <= 12:
        return True
    parts = [part.strip() for part in content.split(",") if part.strip()]
    words = [word for part in parts for word in part.split()]
    if not words or len(words) > 9 or len(parts) > 5:
        return False
    lowered = [word.lower().strip(".()") for word in words]
    if any(
        word in _NO_PLACE or (word in NOT_NAMES and word not in _LOOSE | _ALLOWED and not _is_code(shown))
        for word, shown in zip(lowered, words, strict=True)
    ):
        return False
    if not all(_PLACE_WORD.fullmatch(word.strip("()")) for word in words):
        return False
    capital = all(word[0].isupper() or word[0].isdigit() or word.lower() in _LOOSE for word in words)
    return capital and (len(parts) >= 2 or (contact and len(words) <= 3))


def _is_code(word: str) -> bool:
    """Whether a word is the code of a state or country: "ON", "IN", "OR"."""
    return len(word.strip(".()")) == 2 and word.isupper()


_NO_PLACE = frozenset(
    """linkedin github gitlab twitter facebook mastodon soundcloud website portfolio blog kaggle medium skype phone
    mobile email e-mail tel fax mail web dr prof mr mrs ms ph.d phd md mba msc bsc jan feb mar apr may jun jul aug sep
    sept oct nov dec january february march april june july august september october november december links
    contact photo photograph picture nationality citizenship gender sex age born birth date marital status religion visa
    passport bsc msc hons ceng beng meng btech mtech ba ma llb dear sincerely regards cel cell mob ph telefon telefono
    correo perfil male female single married name id no""".split()
)
# Words that titles have and names of places have as well.
_ALLOWED = frozenset(
    {"city", "state", "county", "in", "at", "street", "road", "lane", "avenue", "way", "drive", "remote", "open"}
)
