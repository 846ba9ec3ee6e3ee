"""Names of other people: those a title, a label, a list of authors or a given name tells from all other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from matcher.model import Span
from matcher.privacy.given import is_given
from matcher.privacy.names import HONORIFICS, NOT_NAMES, PARTICLES, as_name
from matcher.privacy.regions import Cell, Regions, is_heading

_CAPITAL = r"[A-ZÀ-ÖØ-Þ\u0100-\u024f\u1e00-\u1eff]"
# A full stop behind a whole word ends the sentence.
_PART = rf"(?:(?:{_CAPITAL}\.|Jr\.|Sr\.|St\.)(?:-?{_CAPITAL}\.)*|{_CAPITAL}[^\W\d_]*(?:[-'’][^\W\d_]+)*)"
_FULL = rf"(?:[OD]['’])?{_CAPITAL}[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_PARTICLE = rf"(?:(?:{'|'.join(sorted(PARTICLES))})[ '’])"
_PERSON = rf"{_PART}(?:[ ]{_PARTICLE}{{0,2}}{_PART}){{1,3}}"
_TITLES = rf"(?:(?i:{HONORIFICS})\b\.?[ ]+)"
_AND = r"(?:,[ ]|[ ](?:and|&|und|et|y|e)[ ]|,[ ]and[ ])"
_PEOPLE = rf"(?P<names>{_TITLES}*{_PERSON}(?:{_AND}{_TITLES}*{_PERSON})*)"

_FOLLOWED = re.compile(rf"\b{_TITLES}+(?P<names>{_PART}(?:[ ]{_PARTICLE}{{0,2}}{_PART}){{0,3}})")
_RELATION = re.compile(
    r"\b(?i:advis[eo]rs?|supervisors?|advisees?|(?:co-?)?(?:supervised|advised|mentored|managed|coached|"
    r"examined)(?:\sby)?|"
    r"(?:hired|recommended|nominated|referred|introduced|trained|invited)\sby|mentors?(?:\sof|\sto)?|reporting\sto|"
    r"reports?\s"
    r"to|reported\s(?:directly\s)?to|(?:line\s)?manager|co-?authors?|authors?|inventors?|referees?|references?|"
    r"contact\sperson|joint\swork\swith|worked\sfor|succeeded|replaced|taught\sby|(?:assistant|successor|"
    r"deputy)\s(?:to|of)|alongside|together\swith|in\sthe\s(?:group|lab|team)\sof|"
    r"on\sbehalf\sof|encadr[ée]e?\spar|dirig[ée]e?\spar|"
    r"guid(?:ed|ata|ato)\s(?:by|da)|a\scargo\sde|(?:former\s)?(?:colleague|boss|teammate|co-?worker|co-?founder)|"
    r"jef[ea](?:\sinmediato)?|tuteur|tutrice|kierownik|esihenkilön?ä?|esimies|vorgesetzte[rn]?|chef|leidinggevende|"
    r"n[æa]rmeste\sleder|leder|felettes|nadřízen[ýá]|coordinador[a]?|supervisor[a]?|orientador[a]?|relatore|"
    r"responsabile|(?:pair-?programmed|paired)\swith|"
    r"betreut\s(?:von|durch)|dirigid[oa]\spor|orientad[oa]\spor|"
    rf"begeleid\sdoor)(?:\s?:)?[ ]+{_PEOPLE}"
)
_OWNED = re.compile(
    rf"(?<![\w-])(?P<names>{_PERSON})[’']s?[ ](?:(?:\w+)[ ])?(?i:thesis|team|group|lab|supervision|guidance|direction|"
    r"leadership|mentorship|dissertation|office)\b"
)
_SAID = re.compile(
    rf"(?:^|(?<=[.!?\n]\s)|(?<=\n))(?P<names>{_PERSON})\s(?:kindly\s)?(?:suggested|recommended|told|referred|"
    rf"introduced|encouraged|mentioned)"
    r"\s(?:that|me|this|you|your)\b",
    re.MULTILINE,
)
_LISTED = re.compile(
    r"^[\s•*\-–●▪]*(?:(?:former|current|doctoral|ph\.?d\.?|master(?:['’]?s)?|graduate|key|main|industrial|academic|"
    r"principal|primary|line|thesis)\s)*(?:students?|mentees?|collaborators?|team(?:\smates|mates|\smembers)?|"
    r"colleagues?|"
    r"inventors?|(?:co-?)?authors?|contributors?|(?:co-?)?(?:super|ad)vis[eo]rs?|managers?|referees?|references?|"
    r"(?:co-?)?founders?|referees?\savailable|mentors?|interviewers?|examiners?|partners?|betreuer(?:in)?|encadrants?|"
    r"orientador(?:a)?|"
    r"relatore|promotor|with)\s*(?::|\s[–—-])\s*(?P<names>[^\n:]+)$",
    re.IGNORECASE,
)
_DEAR = re.compile(
    rf"^\s*(?:Dear|Hello|Hi|Attn:?|To:?|"
    rf"Sehr geehrte[r]?)[ ]+{_TITLES}*(?P<names>{_PART}(?:[ ]{_PART}){{0,3}})\s*[,:!\n]"
)
# Whoever stands beside a person in one breath is one, too.
_COORDINATED = re.compile(
    rf"(?<![\w@./-])(?P<names>{_FULL}(?:[ ]{_PARTICLE}{{0,2}}{_FULL}){{1,2}}(?:[ ](?:and|&|und|et|"
    rf"y)[ ]{_FULL}(?:[ ]{_PARTICLE}{{0,2}}{_FULL}){{1,2}})+)"
)
_CAPITALS = re.compile(rf"(?<![\w@./-])(?P<names>{_FULL}(?:[ ]{_PARTICLE}{{0,2}}{_PART}){{1,3}})")
_REFERENCES = re.compile(
    r"(?:(?:character|professional|personal|academic|work)\s)?(?:references?|referees?|recommendations|referenzen|"
    r"r[ée]f[ée]rences?|referencias|refer[êe]ncias|referenze|referenties|referanslar|referenser|referanser)",
    re.IGNORECASE,
)
# Behind a name, a word of these makes it that of a house, a prize, a method or a place.
_THINGS = frozenset(
    """university college school institute institut universität academy hospital clinic foundation fund group labs lab
    laboratory laboratories center centre gmbh ag inc ltd llc plc corp corporation company co bank partners capital
    holdings associates consulting consultants technologies technology systems solutions services software studio
    studios media press publishing airlines motors energy pharma pharmaceuticals insurance logistics award prize medal
    scholarship fellowship grant lecture chair memorial street road avenue square park airport station library museum
    algorithm method model models test distribution theorem theory process filter network networks transform kernel
    equation function index coefficient estimator sampling inequality search tree trees conference workshop summit
    challenge cup league award awards day week festival house hall tower bridge language framework server cloud
    database engine platform api sdk cli""".split()
)
_NO_PERSON = NOT_NAMES | frozenset(
    """hiring team recruiter recruitment committee sir madam all everyone board internal external global local national
    international european american google microsoft amazon apache meta nvidia openai ibm oracle aws azure windows linux
    united north south east west new summer winter spring autumn january february march april june july august
    september october november december monday tuesday wednesday thursday friday""".split()
)
_INITIAL = rf"{_CAPITAL}\.(?:-{_CAPITAL}\.)?"
_INITIALS = rf"(?:{_INITIAL}[ ]?){{1,3}}"
_SURNAME = rf"(?:{_PARTICLE}{{0,2}}){_FULL}"
_AUTHOR = (
    rf"(?:{_INITIALS}{_SURNAME}|{_SURNAME},[ ]{_INITIALS}|{_SURNAME}[ ]{_CAPITAL}{{1,2}}(?!\w)|"
    rf"{_SURNAME}(?:[ ]{_CAPITAL}\.)?(?:[ ]{_SURNAME}){{1,2}})"
)
_AUTHORS = re.compile(rf"(?<![\w.]){_AUTHOR}(?:(?:,[ ]?|;[ ]?)?(?:[ ]?(?:and|&)[ ])?(?<=[ ,;]){_AUTHOR})+")
_SHORT = re.compile(
    rf"(?<![\w.])(?:{_INITIALS}{_SURNAME}|{_SURNAME},[ ]{_INITIALS}|{_SURNAME}[ ]{_CAPITAL}{{1,2}}(?!\w))"
)
_YEARS = re.compile(r"(?:19|20)\d\d|\bpresent\b", re.IGNORECASE)


def other_people(regions: Regions) -> Iterator[Span]:
    """Names of other people in a resume: managers, mentors, referees, whoever is written to."""
    text = regions.text
    for pattern in (_FOLLOWED, _RELATION, _OWNED, _SAID):
        for match in pattern.finditer(text):
            yield from _persons(text, match.start("names"), match.end("names"), least=1 if pattern is _FOLLOWED else 2)
    yield from _given(text)
    for match in _COORDINATED.finditer(text):
        if any(is_given(word) for word in re.findall(r"(?:^|[ ,])([^\W\d_][^\W\d_'’-]+)[ ]", match["names"])):
            yield from _persons(text, match.start("names"), match.end("names"), least=2)
    inside = False
    for index, line in enumerate(regions.lines):
        content = text[line.span.start : line.span.end]
        bare = regions.words_of(line).strip(" :-–—_#*")
        if _REFERENCES.fullmatch(bare):
            inside = True
            continue
        inside = inside and not is_heading(bare)
        at = line.span.start
        if (listed := _LISTED.match(content)) is not None:
            yield from _pieces(text, at + listed.start("names"), at + listed.end("names"))
        if index < 40 and (dear := _DEAR.match(content + "\n")) is not None:
            yield from _persons(text, at + dear.start("names"), at + dear.end("names"), least=1)
        if inside:
            for cell in regions.cells(line):
                name = as_name(text, _without_number(cell))
                if name is not None and not _is_thing(text, name.span):
                    yield name.span


def _without_number(cell: Cell) -> Span:
    """The beginning of a cell up to the first sign, without the number of a list."""
    number = re.match(r"\s*\(?\d{1,2}[.)]\s*", cell.text)
    at = number.end() if number else 0
    return Span(cell.span.start + at, cell.span.start + at + len(re.split(r"[,(:]", cell.text[at:])[0].rstrip()))


def reference_lines(regions: Regions) -> frozenset[int]:
    """Indices of the lines of sections of referees: telephone numbers are looked for there as in the head."""
    found, inside = set[int](), False
    for index, line in enumerate(regions.lines):
        bare = regions.words_of(line).strip(" :-–—_#*")
        if _REFERENCES.fullmatch(bare):
            inside = True
        elif is_heading(bare):
            inside = False
        elif inside:
            found.add(index)
    return frozenset(found)


def authors(text: str, own: Sequence[Span]) -> Iterator[Span]:
    """Lists of authors: those in which the person's own name stands, and those with initials."""
    for match in _AUTHORS.finditer(text):
        short = [item for item in _SHORT.finditer(match.group()) if not re.match(r"(?:U\.|E\.U)", item.group())]
        mine = any(match.start() <= span.start < match.end() for span in own)
        if mine or (len(short) >= 2 and any("." in item.group() for item in short)):
            for author in re.finditer(_AUTHOR, match.group()):
                yield Span(match.start() + author.start(), match.start() + author.end())


def _given(text: str) -> Iterator[Span]:
    """Words with capitals of which the first is a given name."""
    for match in _CAPITALS.finditer(text):
        words = match["names"].split(" ")
        # "Team Lead Maria Lopez": titles may stand before a name, other words with capitals make it something else.
        at = match.start()
        while len(words) > 2 and words[0].lower() in NOT_NAMES:
            at += len(words[0]) + 1
            words = words[1:]
        if not is_given(words[0]) or len(words) < 2 or not any(char.islower() for char in words[-1]):
            continue
        if re.search(r"(?:[^\W\d_]|&)[ ]$", text[:at][-3:]) and _capital_before(text, at):
            continue
        if re.search(r"(?:\bat|@|\bjoined|\bchez|\bbei)[ ]$", text[max(0, at - 8) : at]) or _is_employer(
            text, at, match.end()
        ):
            continue
        yield from _persons(text, at, match.end(), least=2)


def _capital_before(text: str, at: int) -> bool:
    """Whether the word right before is one with a capital that is no title: "Monte Carlo Methods"."""
    before = re.search(r"([^\W\d_]+|&)\.?[ ]$", text[max(0, at - 30) : at])
    if before is None:
        return False
    word = before[1]
    begins = re.search(r"(?:^|[.!?:•\n]\s*)$", text[max(0, at - 40) : at - len(before[0])])
    return (word == "&" or (len(word) > 1 and word[0].isupper())) and word.lower() not in NOT_NAMES and not begins


def _is_employer(text: str, start: int, end: int) -> bool:
    """Whether the words stand beside a title in a line with years: "Analyst, Raymond James, 2015"."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = len(text) if last < 0 else last
    if not _YEARS.search(text, first, line_end):
        return False
    before = re.search(r"([^,|•·()]*)\s*[,|•·–—@(]\s*$|^\s*$", text[max(first, start - 80) : start])
    after = re.match(r"\s*(?:[,|•·–—(]\s*([^,|•·()]*)|$)", text[end:line_end])
    if before is None or after is None:
        return False
    beside = f"{before[1] or ''} {after[1] or ''}".lower()
    return any(word in NOT_NAMES for word in re.findall(r"[^\W\d_]+", beside))


def _persons(text: str, start: int, end: int, *, least: int) -> Iterator[Span]:
    """The names in a stretch of text that looks like names."""
    for piece in re.finditer(rf"{_TITLES}*(?P<name>{_PART}(?:[ ]{_PARTICLE}{{0,2}}{_PART})*)", text[start:end]):
        words = piece["name"].split(" ")
        while words and words[-1].lower().strip(".") in _NO_PERSON:
            words.pop()
        lowered = [word.lower().strip(".") for word in words]
        if len(words) < least or any(word in _NO_PERSON for word in lowered):
            continue
        if all(word.isupper() and len(word) > 1 for word in words) and len(words) == 1:
            continue
        name = Span(start + piece.start("name"), start + piece.start("name") + len(" ".join(words)))
        if not _is_thing(text, name):
            yield name


def _is_thing(text: str, span: Span) -> bool:
    """Whether the words are the name of an organisation, a prize or a method rather than a person's."""
    behind = re.match(r"[ ]+([^\W\d_]+)", text[span.end :][:40])
    words = [word.lower() for word in text[span.start : span.end].split()]
    return (behind is not None and behind[1].lower() in _THINGS) or any(word in _THINGS for word in words[1:])


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The names among the entries of a list."""
    for piece in re.finditer(r"[^,;&()/]+", text[start:end]):
        words = re.split(r"\s(?:and|und|et)\s", piece.group())
        at = start + piece.start()
        for word in words:
            bare = word.strip()
            place = text.index(bare, at) if bare else at
            name = as_name(text, Span(place, place + len(bare)))
            if name is not None and not any(part.lower() in _THINGS for part in name.parts):
                yield name.span
            at = place + len(bare)
