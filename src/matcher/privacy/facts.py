"""Facts about a person that carry a label or stand in a fixed phrase: birth, age, gender, nationality and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from matcher.model import Span

Fact = Literal[
    "birth", "age", "gender", "nationality", "marital-status", "photo", "address", "name", "family", "identity"
]

_LABELS: dict[Fact, str] = {
    "birth": r"(?:date\s(?:and\splace\s)?of\sbirth|place\sof\sbirth|birth\s?-?(?:date|day|place)|d\.?\s?o\.?\s?b\.?"
    r"|born(?:\son|\sin)?|geburts(?:datum|tag|ort|jahr)|geb\.|(?:date|lieu)\sde\snaissance|data\sur\.?|n[ée]e?\sle|"
    r"fecha\sde\snacimiento|"
    r"lugar\sde\snacimiento|data\sde\snascimento|naturalidade|data\sdi\snascita|luogo\sdi\snascita|"
    r"luogo\se\sdata\sdi\snascita|"
    r"geboorte(?:datum|plaats)|fødselsdato|fødested|födelsedatum|født|född|syntymäaika|data\surodzenia|"
    r"miejsce\surodzenia|"
    r"datum\snarození|dátum\snarodenia|datum\srođenja|data\snașterii|születési\s(?:idő|dátum|hely)|doğum\s(?:tarihi|"
    r"yeri)|"
    r"дата\sрождения|дата\sнародження|ημερομηνία\sγέννησης|ngày\ssinh|tempat(?:,?\s(?:/\s)?|\sdan\s)(?:tanggal|"
    r"tgl\.?)\slahir|ttl|"
    r"生年月日|出生日期|출생|생년월일|year\sof\sbirth|birth\syear|birth)",
    "age": r"(?:age|alter|âge|edad|idade|età|leeftijd|alder|ålder|ikä|wiek|yaş|возраст|usia|umur|tuổi|年龄|年齢|나이)",
    "gender": r"(?:gender|sex|geschlecht|sexe|sexo|sesso|geslacht|kjønn|kön|sukupuoli|płeć|pohlaví|cinsiyet|пол|"
        r"jenis\skelamin|giới\stính|"
    r"性别|性別|성별|title|preferred\spronouns|pronouns)",
    "nationality": r"(?:nationality|nationalities|citizenship|citizen\sof|country\sof\sorigin|place\sof\sorigin|"
    r"ethnicity|ethnic\sorigin|race|religion|caste|visa\sstatus|visa|immigration\sstatus|work\sauthori[sz]ation|"
    r"mother\stongue|staatsangehörigkeit|staatsbürgerschaft|nationalität|nationalité|nacionalidad|nacionalidade|"
    r"nazionalità|cittadinanza|nationaliteit|nasjonalitet|statsborgerskap|nationalitet|medborgarskap|kansalaisuus|"
    r"narodowość|obywatelstwo|národnost|državljanstvo|naționalitate|cetățenie|állampolgárság|uyruk|гражданство|"
    r"громадянство|υπηκοότητα|quốc\stịch|kewarganegaraan|agama|国籍|國籍|국적|konfession|work\srights|right\sto\swork|"
    r"work\spermit|residency(?:\sstatus)?|residence\spermit|tribe|state\sof\sorigin|lga|community|denomination|"
    r"blood\sgroup|height|weight)",
    "identity": r"(?:(?:passport|national\sid(?:entity)?|social\ssecurity|identity|id|tax|residence|iqama|aadhaar|pan|"
    r"driving\slicen[cs]e|driver(?:['’]?s)?\slicen[cs]e|visa|emirates\sid|national\sinsurance|ni|voter\sid)"
    r"(?:\s(?:card|document))?\s(?:no|nr|number|num|details)\.?|passport|ssn|aadhaar|iqama|nric|fin|cpf|rg|cnp|dni|"
    r"nie|nif|curp|"
    r"rfc|rut|c[ée]dula(?:\sde\s(?:identidad|ciudadan[íi]a))?|codice\sfiscale|c\.?\s?f\.?|pesel|nip|bsn|personnummer|"
    r"fødselsnummer|henkilötunnus|oib|jmbg|egn|tc\s(?:kimlik\s)?no|t\.?c\.?\s?kimlik(?:\sno)?|инн|снилс|паспорт|nik|"
    r"no\.?\sktp|cccd|"
    r"cmnd|身份证号?|ausweisnummer|nin|bvn|sin|tin|umid|sss(?:\sno)?\.?|philhealth(?:\sno)?\.?)",
    "marital-status": r"(?:familienstand|(?:état|situation)\s(?:civil|familiale|de\sfamille)|estado\scivil|"
        r"stato\scivile|"
    r"burgerlijke\s(?:staat|stand)|sivilstand|civilstånd|civilstatus|siviilisääty|stan\scywilny|rodinný\sstav|"
    r"bračno\sstanje|bračni\sstatus|stare\scivilă|"
    r"családi\sállapot|medeni\s(?:hal|durum)[iu]?|семейное\sположение|сімейний\sстан|οικογενειακή\sκατάσταση|"
    r"status\s(?:perkawinan|pernikahan)|"
    r"tình\strạng\shôn\snhân|婚姻状况|婚姻狀況|결혼\s?여부|kinder|enfants|hijos|filhos|figli|dependents|dependants|"
    r"marital\sstatus|civil\sstatus|family\sstatus|relationship\sstatus|marital|children)",
    "photo": r"(?:photo|photograph|picture|headshot|profile\s(?:photo|picture|image))",
    "address": r"(?:(?:permanent|current|present|home|residential|mailing|postal|correspondence|contact|local)?\s?"
    r"address|residence|place\sof\sresidence|hometown|home\stown|resides\sin|(?:current\s)?location|based\sin|"
    r"lives\sin|(?:dienst|privat|wohn|post)?anschrift|(?:privat|post)?adresse|wohnort|wohnhaft(?:\sin)?|domicile|"
    r"domiciled?(?:\sin)?|"
    r"direcci[óo]n|domicilio|endereço|morada|indirizzo|residenza|adres[aă]?|adresă|woonplaats|bosted|bostad|osoite|"
    r"lakcím|cím|bydliště|prebivalište|miejsce\szamieszkania|ikametgah|адрес|адреса|διεύθυνση|địa\schỉ|alamat|"
    r"住所|地址|现居地|주소|ciudad|cidade|citt[àa]|ville|stadt|city|town|place)",
    "name": r"(?:(?:full|first|last|given|family|middle|sur|candidate(?:'s|’s)?|applicant(?:'s|’s)?|legal|preferred)"
    r"\s?name|name|surname)",
    "family": r"(?:(?:father|mother|husband|wife|spouse|guardian|next\sof\skin)|(?:father|mother|husband|wife|spouse|"
        r"guardian)(?:'s|’s)?\s(?:name|occupation)|spouse|"
    r"[sdwc](?:/[sdwc])*(?:/|\s)of|[sdwc]/o|father\s?/\s?husband(?:'s|’s)?\sname)",
}  # fmt: skip
_SEPARATOR = r"\s*(?:[:=\t]|\s[-–—]\s|\s{2,}|[-–—]\s)\s*:?\s*"
_VALUE = (
    r"(?P<value>[^\n|•·;\t]{1,120}?)"
    r"(?=\s*(?:$|[|•·;\t\n]|\s{3,}|,?\s(?:gender|sex|nationality|marital|d\.?o\.?b|age|date of)\b))"
)
_LABELLED = {
    fact: re.compile(
        rf"(?:^|(?<=[|•·;,/\t\n])|(?<=\s\s)|(?<=[.!?]\s))[\s•*\-–—●▪]*(?P<label>{label}){_SEPARATOR}{_VALUE}",
        re.IGNORECASE | re.MULTILINE,
    )
    for fact, label in _LABELS.items()
}
_ALONE = {
    fact: re.compile(rf"^[\s•*●▪-]*(?:{label})\s*[:\-–]?\s*$", re.IGNORECASE | re.MULTILINE)
    for fact, label in _LABELS.items()
    if fact not in ("name", "photo")
}
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[\s./\-]+(?:of\s)?(?:{_MONTH}|\d{{1,2}})[\s.,/\-]+\d{{2,4}}|{_MONTH}\s\d{{1,2}}"
    rf"(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|(?:{_MONTH}\s)?(?:19|20)\d\d)"
)
_PEOPLES = (
    r"(?:american|british|english|scottish|welsh|irish|canadian|australian|indian|pakistani|bangladeshi|chinese|"
    r"taiwanese|japanese|korean|vietnamese|thai|filipino|indonesian|malaysian|singaporean|german|french|spanish|"
    r"italian|portuguese|dutch|belgian|swiss|austrian|polish|czech|slovak|hungarian|romanian|bulgarian|greek|turkish|"
    r"russian|ukrainian|swedish|norwegian|danish|finnish|israeli|iranian|iraqi|egyptian|moroccan|tunisian|algerian|"
    r"nigerian|ghanaian|kenyan|ethiopian|ugandan|south\safrican|mexican|brazilian|argentin(?:e|ian)|chilean|"
    r"colombian|peruvian|venezuelan|cuban|lebanese|syrian|jordanian|saudi|emirati|afghan|nepal(?:i|ese)|sri\slankan|"
    r"u\.?s\.?a?\.?|u\.?k\.?|e\.?u\.?|european|swiss|croatian|serbian|estonian|latvian|lithuanian)"
)
_PHRASES: tuple[tuple[Fact, re.Pattern[str]], ...] = (
    ("birth", re.compile(rf"\bborn\s(?:on\s|in\s)?(?:the\s)?{_DAY}(?:\sin\s[A-Z]\w+(?:,\s[A-Z]\w+)?)?", re.IGNORECASE)),
    ("birth", re.compile(r"\bborn\s(?:and\sraised\s)?in\s[A-Z][\w-]+(?:,?\s[A-Z][\w-]+){0,2}")),
    ("age", re.compile(r"\b\d{2}[\s-]?(?:years?|yrs?)[\s-]old\b|\baged\s\d{2}\b", re.IGNORECASE)),
    # Not HIS, the hospital information system.
    ("gender", re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]er|[Hh]is|[Hh]ers|[Hh]imself|[Hh]erself)\b")),
    ("gender", re.compile(r"(?<!\w)(?:they\s?/\s?them(?:\s?/\s?theirs)?)(?!\w)", re.IGNORECASE)),
    ("gender", re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Herr|Frau|Madame|Monsieur)\b\.?(?=\s[A-Z])")),
    ("gender", re.compile(r"^[\s•*-]*(?:male|female|non-?binary|transgender)\s*$", re.IGNORECASE | re.MULTILINE)),
    ("nationality", re.compile(
        rf"\b(?:dual\s)?{_PEOPLES}(?:\s?(?:/|and|&)\s?{_PEOPLES})?\s(?:citizen(?:ship)?|national(?:ity)?|passport"
        r"(?:\sholder)?|work\s(?:permit|visa))\b(?!\s(?-i:[A-Z][a-z]))", re.IGNORECASE)),
    ("nationality", re.compile(
        r"\bcitizen\sof\s(?:the\s)?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}|\b(?:green\scard|permanent\sresiden(?:t|cy|ce)|"
        r"h-?1-?b|ead|opt)\s(?:holder|card|visa|status)\b|\bpermanent\sresident\b", re.IGNORECASE)),
    ("marital-status", re.compile(
        r"^[\s•*-]*(?:single|unmarried|married|divorced|widowed|engaged|separated)\s*$"
        r"|\b(?:happily\s)?(?:married|divorced|widowed)(?:\s(?:to|with|since)\b[^\n.;,]{0,40})?"
        r"(?=\s*(?:[,.;|•·\n]|$|\swith\s))"
        r"|\b(?:father|mother|parent)\sof\s(?:\d|one|two|three|four|five|six)\b[^\n.;]{0,30}",
        re.IGNORECASE | re.MULTILINE)),
    ("identity", re.compile(
        r"\b(?:dni|nie|c\.c\.|n\.?i\.?c|cpf|cnic|nric|i/c|ic|bi|nif|pesel|curp|ssn|bsn|cnp|nin|bvn|pan|aadhaar|"
        r"passport|iqama|rut|rfc)(?!\w)\s?"
        r"(?:no|n\.?º|nr|number|"
        r"#)?\.?\s?[:#]?\s?(?=[\w.-]*\d[\w.-]*\d[\w.-]*\d[\w.-]*\d[\w.-]*\d)[\w.-]{6,}\w", re.IGNORECASE)),
    ("photo", re.compile(
        r"[\[(<{]\s?(?:photo(?:graph)?|picture|headshot|image)\s?[\])>}]|\b(?:photo(?:graph)?|picture|headshot)\s"
        r"(?:attached|enclosed|here)\b", re.IGNORECASE)),
)  # fmt: skip
_MARRIED = (
    r"(?:single|unmarried|married|divorced|widowed|ledig|verheiratet|geschieden|verwitwet|célibataire|mari[ée]e?|"
    r"pacsée?|"
    r"divorcée?|solter[oa]|casad[oa]|divorciad[oa]|viud[oa]|solteir[oa]|viúv[oa]|celibe|nubile|coniugat[oa]|sposat[oa]|"
    r"divorziat[oa]|ongehuwd|gehuwd|samenwonend|getrouwd|gift|ugift|skilt|samboer|sambo|naimisissa|naimaton|żonaty|"
    r"mężatka|kawaler|panna|ženatý|vdaná|svobodn[ýá]|oženjen|udata|neoženjen|neudata|căsătorit[ăa]?|necăsătorit[ăa]?|"
    r"n[őo]s|férjezett|bekar|evli|женат|замужем|холост|не\sзамужем|έγγαμ(?:ος|η)|άγαμ(?:ος|η)|menikah|belum\smenikah|"
    r"lajang|"
    r"độc\sthân|已婚|未婚|기혼|미혼)"
)
# Only where the person is described: elsewhere these words speak of other things.
_HEAD_PHRASES: tuple[tuple[Fact, re.Pattern[str]], ...] = (
    # A day in the head that begins or ends no period is the day of birth.
    ("birth", re.compile(
        r"(?<![\d./–-])\d{1,2}[./-]\d{1,2}[./-](?:19[4-9]\d|200\d)\b(?!\s?[–-])(?:\sr\.)?|(?<![\d./–-])(?:19[4-9]\d|"
        r"200\d)[./-]\d{1,2}[./-]\d{1,2}"
        r"(?![\d./]|\s?[–-])|(?<![\d./–-])\d{1,2}\.?\s(?:\d{1,2}\.|(?:de\s)?[^\W\d_]{3,9}\.?)\s(?:de\s)?(?:19[4-9]\d|"
        r"200\d)\b(?!\s?[–-])")),
    ("birth", re.compile(
        r"\b(?:née?|nato|nata|født|fødd|född|fædd(?:ur)?|geboren|geb\.|nacid[oa]|nascid[oa]|syntynyt|urodzon[ya]|ur\.|"
        r"narozen[aá]?|"
        r"rođen[a]?|născut[ăa]?|született|doğumlu|родил(?:ся|ась)|born|b\.)\s[^\n|•·;()—]{0,40}?\d{4}(?:\s(?:in|à|a|"
        r"en|em|i|w|v|u|te)\s"
        r"[^\W\d_]+)?|\b(?:nato|nata|née?|nacid[oa]|nascid[oa]|geboren|født|född)\s(?:a|à|en|em|in|"
        r"i)\s[^\W\d_]+", re.IGNORECASE)),
    ("age", re.compile(
        r"(?<![\w.])\d{2}\s(?:anos|años|ans|anni|jahre?(?:\salt)?|jaar(?:\soud)?|år(?:\sgammel)?|vuotta|lat|let|"
        r"godina|ani|éves|"
        r"yaşında|лет|ετών|tuổi|tahun|y/?o|years?(?=\s*(?:$|[,|•·;])))(?!\w)|\d{2}[岁歳세](?!\w)|"
        r"(?<=,\s)\d{2}(?=\s*(?:,\s(?:male|female)|$))",
        re.IGNORECASE | re.MULTILINE)),
    ("marital-status", re.compile(
        rf"(?:(?<=^)|(?<=[|•·,;—–/]\s)|(?<=[|•·,;—–/]))[ ]*{_MARRIED}(?=\s*(?:$|[|•·,;—–./(])|\s(?:mit|with|avec|con|"
        rf"com|med)\s)"
        r"(?:[^\n|;]{0,3}(?:(?:two|three|one|no|to|tre|zwei|drei|ein|deux|trois|un|dos|tres|dois|due|\d)\s(?:children|"
        r"child|"
        r"kids|kinder|kind|enfants?|hijos|filhos|figli|barn)))?", re.IGNORECASE | re.MULTILINE)),
    ("nationality", re.compile(
        r"\b(?:nationalité|nacionalidad|nationality|staatsangehörigkeit|nacionalidade)\s[^\W\d_]+(?:-[^\W\d_]+)*"
        r"|(?:(?<=^)|(?<=[|•·;—–]\s))(?:brasileir[oa]|español[a]?|mexican[oa]|italian[oa]|português|portuguesa|"
        r"française?|"
        rf"deutsche?r?|österreicher(?:in)?|colombian[oa]|argentin[oa]|chilen[oa]|peruan[oa]|{_PEOPLES})(?=\s*(?:$|"
        rf"[|•·;—–]|,\s*(?:\d|{_MARRIED})))"
        r"|\b[A-Z][\w.]+\s(?:citizen(?:ship)?|national|passport\sholder|resident)\b", re.IGNORECASE | re.MULTILINE)),
    ("gender", re.compile(
        r"(?:(?<=^)|(?<=[|•·,;—–/]\s))(?:male|female|non-?binary|man|woman|männlich|weiblich|masculino|femenino|"
        r"feminino|homme|femme|"
        r"maschio|femmina|mann|kvinne|kvinna|mies|nainen|erkek|kadın|男|女|남|여)(?=\s*(?:$|[|•·,;—–/]))",
        re.IGNORECASE | re.MULTILINE)),
)  # fmt: skip
_PLACE = re.compile(
    r"^\s*(?:place|ort|lieu|lugar|luogo|plaats)\s?:\s*(?P<value>[^\W\d_]+(?:[ -][^\W\d_]+){0,2})\s*(?:$|,|date)",
    re.I | re.M,
)

# Labels that are words of everyday prose count only where the person is described.
_PROSE = frozenset({"age", "photo", "name", "address", "identity", "family"})


def facts(text: str, *, personal: bool) -> Iterator[tuple[Fact, Span]]:
    """Facts in one stretch of text; ``personal`` where it is the head or a section of personal details."""
    for fact, pattern in _LABELLED.items():
        if fact in _PROSE and not personal:
            continue
        for match in pattern.finditer(text):
            if match["value"].strip():
                yield fact, Span(match.start("value"), match.end("value"))
    for match in _PLACE.finditer(text):
        yield "address", Span(match.start("value"), match.end("value"))
    for fact, pattern in (*_PHRASES, *_HEAD_PHRASES) if personal else _PHRASES:
        for match in pattern.finditer(text):
            start = match.start() + len(match.group()) - len(match.group().lstrip(" •*-\n"))
            yield fact, Span(start, match.end())


def label_of(line: str) -> Fact | None:
    """The fact whose label fills a whole line, so that the value stands on the next one."""
    return next((fact for fact, pattern in _ALONE.items() if pattern.fullmatch(line)), None)
