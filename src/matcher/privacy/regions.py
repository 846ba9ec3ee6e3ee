"""Where in a resume the person is described: the head of the page, sections of contact or personal details."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from matcher.model import Document, Line, Span

_BULLET = re.compile(r"\s*(?:[•●▪◦‣·∙○■□▸▹►➢➤✓❖*|]+|[-–—](?=\s))\s*")
_SPLIT = re.compile(r"\t+|\s{2,}|\s*[|•·∙●▪◦♦⋄⬥│¦]\s*|\s+[-–—]\s+|\s+/\s+|\s*;\s*")
_WORDS = re.compile(r"[^\W_]+(?:['’&][^\W_]+)*")

# First words of headings that end the head of the page. Headings of contact and personal details do not.
_BODY = frozenset(
    """summary profile objective experience employment education skills projects publications certifications
    certificates certification languages interests hobbies awards honors honours achievements accomplishments
    highlights background qualifications expertise competencies references research volunteering volunteer courses
    coursework training toolbox technologies career work history activities patents talks overview statement
    strengths tools
    berufserfahrung ausbildung kenntnisse sprachen projekte interessen werdegang bildungsweg fähigkeiten referenzen
    expérience expériences formation formations compétences langues loisirs projets diplômes références profil
    experiencia formación educación habilidades idiomas proyectos perfil referencias experiência formação educação
    habilidades competências resumo objetivo esperienza esperienze istruzione formazione competenze lingue progetti
    werkervaring opleiding opleidingen vaardigheden talen projecten arbeidserfaring utdanning ferdigheter språk
    arbetslivserfarenhet utbildning kompetenser färdigheter työkokemus koulutus taidot kielitaito doświadczenie
    wykształcenie umiejętności języki pracovní zkušenosti vzdělání experiență educație competențe limbi deneyim eğitim
    beceriler yetenekler diller опыт образование навыки языки εμπειρία εκπαίδευση δεξιότητες pengalaman pendidikan
    keahlian keterampilan deneyimi bilgisi iskustvo obrazovanje vještine работы experiencias kariyer werdegang
    supervision munkahelyek munkatapasztalat tanulmányok végzettség nghiệm vấn năng
    referanser referenser referenties referenze referencias references erfaring kompetanse
    keahlian keterampilan referees recommendations declaration employers positions roles""".split()
)
_HEADING_WORDS = _BODY | frozenset(
    """professional technical core key personal relevant selected executive academic additional top other about me
    and of areas strength strengths my the areas leadership appointments open source industry independent software
    machine learning engineering data information goals teaching service community professionnelle professionnelles
    professionali professionale profissional profesional laboral laborales lavorative académica acadêmica
    e y et und zawodowe i og och ja iş beruflicher beruflich schulische radno опыт""".split()
)
_PERSONAL_HEADING = re.compile(
    r"(?:contact(?: me| info(?:rmation)?| details)?|personal (?:details|information|data|info|particulars|profile)|"
    r"details|links|social(?: media)?|find me(?: online)?|online profiles?|profiles|websites?|address|"
    r"bio(?:data|-data)?|get in touch|reach me|persönliche (?:daten|angaben)|(?:angaben )?zur person|kontakt(?:daten)?|"
    r"coordonnées|informations personnelles|état civil|contacto|datos (?:personales|de contacto)|contatos?|contatti|"
    r"dados pessoais|informações pessoais|dati personali|informazioni personali|persoonlijke gegevens|"
    r"persoonsgegevens|contactgegevens|personalia|personopplysninger|personuppgifter|henkilötiedot|yhteystiedot|"
    r"dane osobowe|osobní údaje|lični podaci|osobni podaci|date personale|személyes adatok|kişisel bilgiler|iletişim|"
    r"личные данные|контакты|контакти|προσωπικά στοιχεία|επικοινωνία|data pribadi|data diri|thông tin cá nhân|liên hệ)",
    re.IGNORECASE,
)
_HEAD_LINES = 14


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line between separators, without its bullet."""

    span: Span
    text: str


class Regions:
    """A document with the lines that describe the person told apart from all others."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.lines = document.lines

    def words_of(self, line: Line) -> str:
        """The line without its bullet."""
        text = self.text[line.span.start : line.span.end]
        match = _BULLET.match(text)
        return text[match.end() if match else 0 :].strip()

    @cached_property
    def personal_lines(self) -> frozenset[int]:
        """Indices of the lines of the head and of sections of contact or personal details."""
        found: set[int] = set()
        inside = self.document.kind == "resume"
        for index, line in enumerate(self.lines):
            content = self.words_of(line)
            if is_heading(content):
                inside = bool(_PERSONAL_HEADING.fullmatch(content.strip(" :-–—_#*")))
                if inside:
                    found.add(index)
                continue
            if inside and not (index >= _HEAD_LINES and not found):
                found.add(index)
            if inside and len(content.split()) > 14:
                inside = index < 3  # running text: the head is over, whatever its heading was
        return frozenset(found)

    def cells(self, line: Line) -> Iterator[Cell]:
        """The parts of ``line``."""
        text = self.text[line.span.start : line.span.end]
        bullet = _BULLET.match(text)
        at = bullet.end() if bullet else 0
        for match in [*_SPLIT.finditer(text, at), None]:
            end = match.start() if match else len(text)
            piece = text[at:end]
            trimmed = piece.strip(" \t,")
            if trimmed:
                start = line.span.start + at + piece.index(trimmed[0])
                yield Cell(Span(start, start + len(trimmed)), trimmed)
            if match:
                at = match.end()


def is_heading(content: str) -> bool:
    """Whether a line is a heading as most resumes have them."""
    bare = content.strip(" :-–—_#*")
    words = [word.lower() for word in _WORDS.findall(bare)]
    if not words or len(words) > 5 or bare[:1].islower() or "@" in bare or any(char.isdigit() for char in bare):
        return False
    if _PERSONAL_HEADING.fullmatch(bare):
        return True
    # All of its words are words of headings, or it ends like one: "Performance Experience".
    if words[-1] in _BODY and len(words) <= 4 and (bare.isupper() or all(word[0].isupper() for word in bare.split())):
        return True
    return all(word in _HEADING_WORDS for word in words) and (
        any(word in _BODY for word in words) or words in (["about", "me"], ["about"])
    )
