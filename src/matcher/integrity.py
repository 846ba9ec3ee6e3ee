"""Text that is there to impress a machine rather than to tell a person something.

Pure functions over a document. What they find is shown with its words, and is left out of what skills are looked for
in, so that it gains nothing. Hidden text is the reader's business: it never gets as far as the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from matcher.model import Document, Line, Notice, Span

Code = Literal["keyword-stuffing", "pasted-posting", "repeated-text", "machine-instruction", "same-text"]

# Measured on honest resumes: their longest single list has about 40 entries, all lists together about 80, of which
# at most 50 are not borne out anywhere else in the text.
_MAX_BLOCK = 45
_MAX_UNSUPPORTED = 80
_LONG_LIST = 10
_UNSUPPORTED_SHARE = 0.75
_MIN_LIST = 7
_ECHO_SHARE = 0.8
_ECHO_UNSUPPORTED = 3
_REPEATS = 6
# Words that two texts must share in a row, and altogether, before one is taken for a copy of the other.
_SHINGLE = 6
_MIN_RUN = 8
_MIN_COPIED = 30
_MIN_REPEATED_WORDS = 8
_MANY_TIMES = 5
_ROW = 3
_MANY_WORDS = 150
_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is there for a machine.

    Attributes:
        spans: where it stands; lines and lists are taken as wholes.
        message: what it is, for people, with the beginning of its words.
    """

    code: Code
    message: str
    spans: tuple[Span, ...]


def suspicious(document: Document, posting_text: str | None = None) -> tuple[Finding, ...]:
    """What in a resume is there for a machine; with the text of a posting also what was taken from it.

    Of a posting nothing is said: whoever writes it has nothing to gain from the score.
    """
    if document.kind != "resume":
        return ()
    findings = (*_instructions(document), *_repeated(document), *_stuffed(document))
    return findings if posting_text is None else (*findings, *borrowed(document, posting_text))


# From this share on, a text does not hold a copy of the posting, it is one.
_ALL_BUT = 0.9


def borrowed(document: Document, posting_text: str) -> tuple[Finding, ...]:
    """What in a resume was taken from one posting.

    Nothing is found in a document without lines: a profile that was kept for later has only the quoted parts of its
    text, too little to tell a copy by.
    """
    if document.kind != "resume" or not document.lines:
        return ()
    taken = (*_pasted(document, posting_text), *_echoed(document, posting_text))
    covered = sum(span.end - span.start for finding in taken for span in finding.spans)
    if covered > _ALL_BUT * len(document.text):
        # Nobody hides in such a text: it is the posting itself, held against itself.
        return (Finding("same-text", "almost all of this text is the posting's own", ()),)
    return taken


def without(document: Document, findings: Iterable[Finding]) -> Document:
    """``document`` with what was found blanked out; every other offset stays true."""
    spans = sorted(span for finding in findings for span in finding.spans)
    if not spans:
        return document
    text = document.text
    for span in spans:
        # Word for word: a paragraph must not become a blank line that cuts what stands around it.
        text = text[: span.start] + re.sub(r"[^\n]", " ", text[span.start : span.end]) + text[span.end :]
    lines = tuple(line for line in document.lines if text[line.span.start : line.span.end].strip())
    return replace(document, text=text, lines=lines)


def notices(findings: Iterable[Finding]) -> tuple[Notice, ...]:
    """The findings as notices of the document."""
    return tuple(Notice(finding.code, finding.message) for finding in findings)


# --- instructions ----------------------------------------------------------------------------------------------------

_MACHINE = (
    r"(?:a\.?i\.?|artificial\sintelligence|llms?|language\smodels?|large\slanguage\smodels?|ats|applicant\stracking"
    r"(?:\ssystems?)?|chat-?gpt|gpt(?:-?\d\w*)?|claude|gemini|copilot|chat-?bots?|bots?|algorithms?|machines?|"
    r"(?:resume|résumé|cv)\s(?:parsers?|screeners?|scanners?|bots?|filters?)|"
    r"(?:automated|automatic|ai|hiring|recruit(?:ing|ment)|screening|ranking|scoring|evaluation)\s"
    r"(?:systems?|tools?|models?|agents?|assistants?|software|bots?|algorithms?|parsers?|screeners?))"
)
_SUBJECT = r"(?:this|the|my|our)\s(?:candidate|applicant|resume|résumé|cv|profile|application|document|person)"
_INSTRUCTIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:ignore|disregard|forget|override|bypass|skip)\s(?:all\s|any\s|every\s|the\s|your\s|my\s|of\s|these\s)*"
        r"(?:previous|prior|above|earlier|preceding|former|other|existing|system|initial|original)\s"
        r"(?:\w+\s){0,2}?(?:instructions?|prompts?|rules?|directions?|directives?|guidelines?|criteria|commands?|"
        r"constraints?|context|text|requirements?)",
        rf"(?:^|[.!?\])>]\s*)(?:note|notice|message|memo|hint|instructions?|attention|dear|hello|hi|hey|important)"
        rf"\s?(?:to|for|:|,)?\s(?:the\s|any\s|all\s|every\s|an?\s)?{_MACHINE}\b",
        rf"(?:^|[.!?\])>]\s*)(?:for|to)\s(?:the\s|any\s|all\s|every\s|an?\s)?{_MACHINE}(?:\s(?:only|reading|reviewing|"
        rf"screening|parsing|processing|evaluating|scoring|ranking)\b|\s?[:!])",
        rf"\bif\syou(?:['’]re|\sare)\s(?:an?\s|the\s)?{_MACHINE}\b",
        rf"\byou\sare\s(?:now\s)?(?:an?\s|the\s)?(?:helpful\s|impartial\s|expert\s|senior\s|friendly\s)?(?:{_MACHINE}|assistant|"
        r"recruiter|hiring\smanager|evaluator|screener)\b",
        rf"\b(?:rate|score|rank|grade|mark|classify|label|flag|recommend|select|shortlist|short-list|advance|approve|"
        rf"accept|treat|consider|evaluate|assess|present|describe|give|assign|award|hire|interview|prioriti[sz]e|"
        rf"pass|move|put|place)\s{_SUBJECT}\b",
        r"\b(?:rate|score|rank|mark|recommend|hire|shortlist|select)\s(?:me|him|her|them|it)\s(?:as|at|with|the|a\s|an\s|"
        r"first|highest|highly|immediately|100|10|number|no\.?)",
        rf"\b(?:do\snot|don['’]t|never|must\snot)\s(?:reject|filter|discard|exclude|penali[sz]e|decline|screen|down-?rank|"
        rf"lower|downgrade)\b[^.\n]{{0,30}}\b(?:{_SUBJECT[3:-1]}|me)\b",
        r"\b(?:output|return|respond|reply|answer|print|say|report|state)\b[^.\n]{0,24}\b(?:score|match|rating|fit)\b"
        r"[^.\n]{0,14}\b(?:100|10\s?/\s?10|99|95|perfect|maximum|highest)\b",
        r"\b(?:set|raise|increase|boost|change|adjust|assign|give|award)\s(?:the\s|its\s|their\s|a\s|my\s|this\s|him\s|her\s|"
        r"me\s)*(?:match\s|overall\s|final\s|fit\s|maximum\s|highest\s|full\s|top\s|perfect\s)*"
        r"(?:score|rating|rank|ranking|grade|marks?)\s?(?:to|of|:|=|at|as|\b)",
        rf"\b{_SUBJECT}\s(?:is|has|meets|matches|satisfies|exceeds|fulfil?ls|must|should|shall|will|needs\sto|ought)\b"
        r"[^.\n]{0,40}\b(?:all|every|each|any|perfect|ideal|best|top|100\s?%|exceptional|highest|be\s(?:ranked|rated|scored|"
        r"selected|hired|shortlisted|advanced|recommended|considered))\b",
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext)[^>]*\|?>|\[/?INST\]|<</?SYS>>|"
        r"^\s*#{2,}\s?(?:system|instruction|prompt)\b|^\s*(?:system|assistant)\s?(?:prompt|message|instruction)?\s?:\s",
        r"\b(?:begin|end|start|new)\s(?:of\s)?(?:system\s)?(?:prompt|instructions?)\b\s?(?:[:\]*=-]|$)",
        r"\b(?:ats|ai|llm|seo|search|parser|scanner)[\s-]?(?:keywords?|tags?|terms?|optimi[sz]ed|optimi[sz]ation|bait)\s?"
        r"(?:[:–—-]|$)",
    )
)
# People who build defences against such instructions write about them.
_ABOUT = re.compile(
    r"\b(?:inject(?:ion|ions|ed)|jail-?break\w*|red[\s-]?team\w*|adversarial|guard-?rails?|attack\w*|detect\w*|defen[cds]\w*|"
    r"mitigat\w*|prevent\w*|filter(?:s|ed|ing)|robustness|moderation|vulnerabilit\w*|phishing)\b",
    re.IGNORECASE,
)


def _instructions(document: Document) -> Iterator[Finding]:
    """Sentences that tell a machine what to do; the whole paragraph goes, for what follows is part of the order."""
    for first, last in _paragraphs(document):
        start, end = document.lines[first].span.start, document.lines[last].span.end
        content = document.text[start:end].replace("\n", " ")
        for pattern in _INSTRUCTIONS:
            match = pattern.search(content)
            if match is None or _quoted(content, match) or _ABOUT.search(content, *_around(match)):
                continue
            yield Finding(
                "machine-instruction",
                f"words addressed to a machine were left out: {_quote(content[match.start() :])}",
                (Span(start, end),),
            )
            break


def _quoted(content: str, match: re.Match[str]) -> bool:
    """Whether the words stand in quotation marks, as those of somebody else."""
    before, after = content[: match.start()].rstrip(), content[match.end() :]
    return before.endswith(('"', "“", "‘", "„", "«", "`")) and any(sign in after for sign in '"”’“»`')


def _around(match: re.Match[str]) -> tuple[int, int]:
    """A few words before and behind: what a longer sentence speaks of further on is another matter."""
    return max(0, match.start() - 50), match.end() + 25


def _paragraphs(document: Document) -> Iterator[tuple[int, int]]:
    """First and last line of stretches without a blank line, a bullet or a heading between them."""
    first = 0
    lines = document.lines
    for index in range(1, len(lines) + 1):
        if index < len(lines) and not _begins(document, lines[index - 1], lines[index]):
            continue
        if lines:
            yield first, index - 1
        first = index


_BULLET = re.compile(r"\s*(?:[•●▪◦‣·∙○■□▸▹►➢➤➔→✓✔❖◆*]|[-–—](?=\s)|\(?\d{1,2}[.)](?=\s))")


def _begins(document: Document, before: Line, line: Line) -> bool:
    text = document.text
    content = text[line.span.start : line.span.end]
    return (
        "\n\n" in text[before.span.end : line.span.start + 1]
        or bool(_BULLET.match(content))
        or line.heading
        or before.heading
        or before.table_row
        or line.table_row
        or (before.column, before.page) != (line.column, line.page)
        or before.font_size != line.font_size
        or before.span.end - before.span.start < 40
    )


# --- lists -----------------------------------------------------------------------------------------------------------

_ITEMS = re.compile(r"[,;|•·∙●▪\t]|\s[/–—-]\s|\s{2,}|(?<=[\w)])\.(?=\s|$)|\band\b|\sor\s")
_WORD = re.compile(r"[^\W_]+(?:[+#]+|(?:[.'’/-][^\W_]+)*)")
_LABEL = re.compile(r"\s*[•●▪◦*–-]?\s*[^\s:][^:,;]{0,40}:\s*")
_FUNCTION = frozenset(
    """the a an of to in for with on by from at as is are was were be been that this it my our i we you your using used
    via into over their its which who have has had not but than then when while so will would can could also both these
    those through across within between after before during per such other up out more most""".split()
)
_MAX_ITEM_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that are nothing but a list under one label."""

    span: Span
    items: tuple[str, ...]


@lru_cache(maxsize=64)
def _blocks(document: Document) -> tuple[_Block, ...]:
    blocks: list[_Block] = []
    open_lines: list[Line] = []
    open_items: list[str] = []
    several = False

    def close() -> None:
        if len(open_items) >= _MIN_LIST:
            blocks.append(_Block(Span(open_lines[0].span.start, open_lines[-1].span.end), tuple(open_items)))
        open_lines.clear()
        open_items.clear()

    for line in document.lines:
        content = document.text[line.span.start : line.span.end]
        label = _LABEL.match(content)
        items = _items(content[label.end() if label else 0 :])
        if items is None or line.heading:
            close()
            continue
        gap = open_lines and "\n\n" in document.text[open_lines[-1].span.end : line.span.start + 1]
        # A blank line ends a list, but not where every entry stands for itself.
        if label or (gap and (len(items) > 1 or several)):
            close()
        if len(items) > 1 and not several and len(open_items) <= 3:
            close()  # what stood above was a heading
        several = len(items) > 1
        open_lines.append(line)
        open_items.extend(items)
    close()
    return tuple(blocks)


def _items(content: str) -> list[str] | None:
    """The entries of a line that is a list; None where it is running text."""
    pieces = [" ".join(word.lower() for word in _WORD.findall(piece)) for piece in _ITEMS.split(content) if piece]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return None
    if len(pieces) == 1:
        words = pieces[0].split()
        if len(words) >= 8 and sum(word in _FUNCTION for word in words) <= 0.1 * len(words):
            return words  # keywords with nothing but spaces between them
        return pieces if len(words) <= _MAX_ITEM_WORDS and not content.rstrip().endswith(".") else None
    short = [
        piece
        for piece in pieces
        if len(piece.split()) <= _MAX_ITEM_WORDS and not any(word in _FUNCTION for word in piece.split())
    ]
    words_in_all = sum(len(piece.split()) for piece in pieces)
    return short if len(short) >= 0.8 * len(pieces) and words_in_all / len(pieces) <= 3.2 else None


def _stuffed(document: Document) -> Iterator[Finding]:
    blocks = _blocks(document)
    if not blocks:
        return
    elsewhere = _elsewhere(document)
    taken: list[_Block] = []
    for block in blocks:
        distinct = set(block.items)
        counts = Counter(block.items)
        often, times = max(counts.items(), key=lambda item: (item[1], item[0]))
        bare = [item for item in distinct if f" {item} " not in elsewhere]
        if times >= _REPEATS and 3 * len(distinct) <= len(block.items):
            taken.append(block)
            yield Finding(
                "keyword-stuffing", f"a list that says {often!r} {times} times was left out: {_shown(document, block)}",
                (block.span,),
            )  # fmt: skip
        elif len(distinct) > _MAX_BLOCK and len(bare) >= _UNSUPPORTED_SHARE * len(distinct):
            taken.append(block)
            yield Finding(
                "keyword-stuffing",
                f"a list of {len(distinct)} keywords, {len(bare)} of which the rest of the text does not bear out,"
                f" was left out: {_shown(document, block)}",
                (_wall(document, block.span),),
            )
    rest = [block for block in blocks if block not in taken and len(block.items) >= _LONG_LIST]
    listed = {item for block in rest for item in block.items}
    bare = [item for item in listed if f" {item} " not in elsewhere]
    if len(bare) > _MAX_UNSUPPORTED and len(bare) >= _UNSUPPORTED_SHARE * len(listed):
        yield Finding(
            "keyword-stuffing",
            f"lists of {len(listed)} keywords in all, {len(bare)} of which the rest of the text does not bear out, were"
            f" left out: {_shown(document, rest[0])}",
            tuple(block.span for block in rest),
        )


def _wall(document: Document, span: Span) -> Span:
    """A list with the lines right below it that no full stop ends: rows of a wall in which an "and" stands."""
    end = span.end
    for line in document.lines:
        if line.span.start < end:
            continue
        if "\n\n" in document.text[end : line.span.start + 1] or line.heading:
            break
        if document.text[line.span.start : line.span.end].rstrip().endswith((".", ":")):
            break
        end = line.span.end
    return Span(span.start, end)


def _echoed(document: Document, posting_text: str) -> Iterator[Finding]:
    """Lists that are the posting's own keywords, and next to nothing else."""
    blocks = _blocks(document)
    if not blocks:
        return
    asked, elsewhere = _spaced(posting_text), _elsewhere(document)
    for block in blocks:
        distinct = set(block.items)
        echoed = [item for item in distinct if f" {item} " in asked]
        bare = [item for item in echoed if f" {item} " not in elsewhere]
        if len(echoed) >= _MIN_LIST and len(echoed) >= _ECHO_SHARE * len(distinct) and len(bare) >= _ECHO_UNSUPPORTED:
            yield Finding(
                "keyword-stuffing",
                f"a list of {len(distinct)} keywords, {len(echoed)} of them the posting's own and {len(bare)} not borne"
                f" out by the rest of the text, was left out: {_shown(document, block)}",
                (block.span,),
            )


@lru_cache(maxsize=64)
def _elsewhere(document: Document) -> str:
    """The words outside of the lists, as :func:`_spaced` has them."""
    at, parts = 0, list[str]()
    for block in _blocks(document):
        parts.append(document.text[at : block.span.start])
        at = block.span.end
    parts.append(document.text[at:])
    return _spaced("\n".join(parts))


@lru_cache(maxsize=64)
def _spaced(text: str) -> str:
    """The words of a text with one space around each, so that a phrase can be looked for as it is."""
    return f" {' '.join(_words(text)[0])} "


def _shown(document: Document, block: _Block) -> str:
    return _quote(document.text[block.span.start : block.span.end])


# --- copies ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    found = [(match.group().lower(), Span(match.start(), match.end())) for match in _WORD.finditer(text)]
    return tuple(word for word, _ in found), tuple(span for _, span in found)


@lru_cache(maxsize=64)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words, _ = _words(text)
    return frozenset(words[index : index + _SHINGLE] for index in range(len(words) - _SHINGLE + 1))


def _pasted(document: Document, posting_text: str) -> Iterator[Finding]:
    """Rows of words that are the posting's, when they are too many for chance and for stock phrases."""
    asked = _shingles(posting_text)
    if asked.isdisjoint(_shingles(document.text)):
        return
    words, spans = _words(document.text)
    shared = [False] * len(words)
    for index in range(len(words) - _SHINGLE + 1):
        if words[index : index + _SHINGLE] in asked:
            shared[index : index + _SHINGLE] = [True] * _SHINGLE
    runs = [(first, last) for first, last in _runs(shared) if last - first >= _MIN_RUN]
    copied = sum(last - first for first, last in runs)
    if copied < _MIN_COPIED:
        return
    places = tuple(_whole_lines(document, Span(spans[first].start, spans[last - 1].end)) for first, last in runs)
    first = places[0]
    yield Finding(
        "pasted-posting",
        f"{copied} words are the posting's own, word for word, and were left out:"
        f" {_quote(document.text[first.start : first.end])}",
        places,
    )


def _runs(marks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for index, mark in enumerate([*marks, False]):
        if mark and start is None:
            start = index
        elif not mark and start is not None:
            yield start, index
            start = None


def _whole_lines(document: Document, span: Span) -> Span:
    """``span`` made longer to the ends of the lines that it covers for the most part."""
    lines = document.lines
    first = max(0, bisect_right(lines, span.start, key=lambda line: line.span.start) - 1)
    last = max(first, bisect_left(lines, span.end, key=lambda line: line.span.start) - 1)
    start, end = span.start, span.end
    if lines[first].span.end - span.start >= 0.5 * (lines[first].span.end - lines[first].span.start):
        start = min(start, lines[first].span.start)
    if span.end - lines[last].span.start >= 0.5 * (lines[last].span.end - lines[last].span.start):
        end = max(end, lines[last].span.end)
    return Span(start, end)


def _repeated(document: Document) -> Iterator[Finding]:
    """Blocks that stand more than once, and lines that stand many times; the first of them stays.

    Two jobs of one kind may share a few lines, and honest resumes do.
    """
    keys = [
        " ".join(word.lower() for word in _WORD.findall(document.text[line.span.start : line.span.end]))
        for line in document.lines
    ]
    places: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if key.count(" ") >= _MIN_REPEATED_WORDS - 1:
            places.setdefault(key, []).append(index)
    again = [False] * len(keys)
    for indices in places.values():
        if len(indices) >= _MANY_TIMES:
            for index in indices[1:]:
                again[index] = True
        for position, later in enumerate(indices[1:], 1):
            if again[later]:
                continue
            rows = [_same_row(keys, earlier, later) for earlier in indices[:position]]
            rows = [row for row in rows if row[1] - row[0] >= _ROW]
            first, last = max(rows, key=lambda row: row[1] - row[0], default=(later, later))
            long = sum(key.count(" ") + 1 for key in keys[first:last])
            # One job described like another is common; a page that stands there again is not, nor is anything thrice.
            if long >= (_MANY_WORDS if len(rows) == 1 else _MIN_COPIED):
                again[first:last] = [True] * (last - first)
    spans = tuple(
        Span(document.lines[first].span.start, document.lines[last - 1].span.end) for first, last in _runs(again)
    )
    if spans:
        count = sum(again)
        yield Finding(
            "repeated-text",
            f"{count} lines that stand in the text already were left out:"
            f" {_quote(document.text[spans[0].start : spans[0].end])}",
            spans,
        )


def _same_row(keys: Sequence[str], earlier: int, later: int) -> tuple[int, int]:
    """The lines around ``later`` that stand in the same order around ``earlier``."""
    distance = later - earlier
    first = later
    while first - 1 - distance >= 0 and first - 1 > earlier and keys[first - 1] == keys[first - 1 - distance]:
        first -= 1
    last = later
    while last < len(keys) and last - distance < later and keys[last] == keys[last - distance]:
        last += 1
    return first, last


def _quote(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words}”" if len(words) <= _QUOTE else f"“{words[:_QUOTE].rstrip()} …”"
