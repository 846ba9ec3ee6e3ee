"""Sentences addressed to a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.integrity.finding import Finding, quote
from matcher.model import Document, Line, Span

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
        rf"\byou\sare\s(?:now\s)?(?:an?\s|the\s)?(?:helpful\s|impartial\s|expert\s|senior\s|friendly\s)?(?:{_MACHINE}|"
        rf"assistant|"
        r"recruiter|hiring\smanager|evaluator|screener)\b",
        rf"\b(?:rate|score|rank|grade|mark|classify|label|flag|recommend|select|shortlist|short-list|advance|approve|"
        rf"accept|treat|consider|evaluate|assess|present|describe|give|assign|award|hire|interview|prioriti[sz]e|"
        rf"pass|move|put|place)\s{_SUBJECT}\b",
        r"\b(?:rate|score|rank|mark|recommend|hire|shortlist|select)\s(?:me|him|her|them|it)\s(?:as|at|with|the|a\s|"
        r"an\s|"
        r"first|highest|highly|immediately|100|10|number|no\.?)",
        rf"\b(?:do\snot|don['’]t|never|must\snot)\s(?:reject|filter|discard|exclude|penali[sz]e|decline|screen|"
        rf"down-?rank|"
        rf"lower|downgrade)\b[^.\n]{{0,30}}\b(?:{_SUBJECT[3:-1]}|me)\b",
        r"\b(?:output|return|respond|reply|answer|print|say|report|state)\b[^.\n]{0,24}\b(?:score|match|rating|fit)\b"
        r"[^.\n]{0,14}\b(?:100|10\s?/\s?10|99|95|perfect|maximum|highest)\b",
        r"\b(?:set|raise|increase|boost|change|adjust|assign|give|award)\s(?:the\s|its\s|their\s|a\s|my\s|this\s|"
        r"him\s|her\s|"
        r"me\s)*(?:match\s|overall\s|final\s|fit\s|maximum\s|highest\s|full\s|top\s|perfect\s)*"
        r"(?:score|rating|rank|ranking|grade|marks?)\s?(?:to|of|:|=|at|as|\b)",
        rf"\b{_SUBJECT}\s(?:is|has|meets|matches|satisfies|exceeds|fulfil?ls|must|should|shall|will|needs\sto|ought)\b"
        r"[^.\n]{0,40}\b(?:all|every|each|any|perfect|ideal|best|top|100\s?%|exceptional|highest|be\s(?:ranked|rated|"
        r"scored|"
        r"selected|hired|shortlisted|advanced|recommended|considered))\b",
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext)[^>]*\|?>|\[/?INST\]|<</?SYS>>|"
        r"^\s*#{2,}\s?(?:system|instruction|prompt)\b|^\s*(?:system|assistant)\s?(?:prompt|message|instruction)?\s?:\s",
        r"\b(?:begin|end|start|new)\s(?:of\s)?(?:system\s)?(?:prompt|instructions?)\b\s?(?:[:\]*=-]|$)",
        # French, German, Spanish, Portuguese, Italian, Dutch: forget what you were told; value this person.
        r"\b(?:ignore[zr]?|oublie[zr]?|ne\stene[zr]\spas\scompte\sde)\s(?:\w+\s){0,3}(?:instructions|consignes|"
        r"directives)\b|"
        r"\b(?:ignoriere?|vergiss|vergessen\ssie|missachte)n?\s(?:sie\s)?(?:\w+\s){0,3}(?:anweisungen|instruktionen|"
        r"vorgaben|regeln)\b|"
        r"\b(?:ignor[ae]r?|olvid[ae]r?|descart[ae]r?|desconsider[ae]r?|esque[çc][ae]r?|dimentica(?:te)?|"
        r"ignorate)\s(?:\w+\s){0,3}"
        r"(?:instrucciones|indicaciones|instruções|istruzioni|reglas|regras|regole)\b|"
        r"\bnegeer\s(?:\w+\s){0,3}instructies\b",
        r"\b(?:note[zr]|évalue[zr]|recommande[zr]|classe[zr]|bewerten?|empfehlen?|valor[ae]|recomiend[ae]|calific[ae]|"
        r"avali[ae]|"
        r"recomende|valuta|raccomanda)\s(?:sie\s)?(?:ce|cette|diesen?|dieses|este|esta|a\seste|questo|"
        r"questa)\s(?:candidate?|"
        r"bewerber(?:in)?|lebenslauf|candidat[oa]|cv|curr[ií]culo?|profil|perfil|profilo)\b",
        r"\b(?:ats|ai|llm|seo|search|parser|scanner)[\s-]?(?:keywords?|tags?|terms?|optimi[sz]ed|optimi[sz]ation|"
        r"bait)\s?"
        r"(?:[:–—-]|$)",
    )
)
# People who build defences against such instructions write about them.
_ABOUT = re.compile(
    r"\b(?:inject(?:ion|ions|ed)|jail-?break\w*|red[\s-]?team\w*|adversarial|guard-?rails?|attack\w*|detect\w*|"
    r"defen[cds]\w*|"
    r"mitigat\w*|prevent\w*|filter(?:s|ed|ing)|robustness|moderation|vulnerabilit\w*|phishing)\b",
    re.IGNORECASE,
)


def instructions(document: Document) -> Iterator[Finding]:
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
                f"words addressed to a machine were left out: {quote(content[match.start() :])}",
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
