"""Contact details that are told by their form: e-mail, links, profile names, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from matcher.model import Span

_AT = r"(?:\s?@\s?|\s?[\[(<{]\s?at\s?[\])>}]\s?|\s@\s|\sat\s(?=\w+\s?(?:[\[(<{]\s?dot|\sdot\s)))"
_DOT = r"(?:\.|\s?[\[(<{]\s?dot\s?[\])>}]\s?|\sdot\s)"
_EMAIL = re.compile(
    rf"(?:mailto:)?(?<![\w.])[\w][\w.+'’&-]{{0,63}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,8}}(?<![.\-])"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{2,63}(?![\w.])"
    r"|[\[(<{]\s?(?:your\s)?e-?mail(?:\s(?:address|protected|redacted|removed|hidden))?\s?[\])>}]"
    r"|e-?mail\s(?:redacted|removed|hidden)",
    re.IGNORECASE,
)
_GENERIC = (
    "com org net edu gov mil int info biz name pro me us uk eu de fr nl be ch at es it pt pl cz se no dk fi ie ca au nz"
    " in jp cn kr br mx ar cl za ng ke gh eg tr ru ua ro gr hu il sg hk tw my id ph th vn pk bd lk dev page blog site"
    " online tech space store website xyz art design digital studio cloud example test invalid io ai app co gg ly so sh"
    " tv fm cv bio link social network club live works academy"
).split()
# Endings that product names have as well: Socket.io, fast.ai, ASP.NET, Notion.so.
_PRODUCT = frozenset(
    "net io ai app co so sh in it me at be no is us my ly pro name store page live cloud works".split()
)
_HOST = r"(?:[A-Za-z0-9\u00c0-\u024f](?:[\w-]{0,61}[A-Za-z0-9\u00c0-\u024f])?\.){1,6}"
_LINK = re.compile(
    r"\b(?:https?|ftp|tg|skype|callto)\s?:\s?//?\s?[^\s|•·<>()\[\]]+"
    r"|\bwww\.[^\s|•·<>()\[\]]+"
    rf"|(?<![\w@./-]){_HOST}(?P<ending>{'|'.join(_GENERIC)})(?P<path>(?::\d+)?/[^\s|•·<>()\[\],;]*)?(?![\w@-])(?!\.\w)",
    re.IGNORECASE,
)
_SITES = (
    r"(?:linked-?in|git-?hub|git-?lab|bit-?bucket|twitter|facebook|instagram|you-?tube|quora|kaggle|medium|mastodon|"
    r"bluesky|threads|stack-?overflow|orcid|(?:google\s)?scholar|research-?gate|hugging-?face|skype|telegram|"
    r"whats-?app|"
    r"we-?chat(?:\sid)?|weixin|kakao(?:-?talk)?|viber|zalo|icq|matrix|researcher-?id|scopus|dblp|semantic\sscholar|"
    r"google-?scholar|devpost|gitee|codepen|replit|"
    r"codechef|topcoder|angellist|wellfound|vk|vkontakte|signal|discord|slack|leetcode|hackerrank|codeforces|dribbble|"
    r"behance|xing|reddit|tiktok|snapchat)"
)
# "GitHub: janesmith", "Twitter:// @janesmith". A label alone, or a sentence about GitHub, is no profile name.
_HANDLE = re.compile(
    rf"\b(?P<site>{_SITES})(?:\s(?:id|profile|handle|username|user|account))?\s?(?::\s?(?://)?|\s[-–—]\s|\s@|[=/])\s?"
    r"(?P<handle>@?(?:live:)?[\w.\-]*[\w])",
    re.IGNORECASE,
)
# Short labels count with a colon only: "gh: janesmith".
_SHORT_LABEL = re.compile(
    r"(?<![\w/])(?:gh|gl|tw|ig|li|tg|fb|so|yt|line(?:\sid)?|qq|x)\s?:\s(?P<handle>@?(?=\S*[^\W\d_])[\w.-]{3,}\w)",
    re.IGNORECASE,
)
_AT_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z_][\w.]{2,}(?![\w@])")

_PHONE = re.compile(
    r"(?<![\w.,/$€£#@=+-])"
    r"(?:\+\s?\d{1,4}|\(\+?\d{1,4}\)|00\d{1,3}(?=[\s.-])|\d{1,5})"
    r"(?:[\s.\-–‐‑/]{0,3}\(?\d{1,6}\)?){1,7}"
    r"(?:\s?(?:x|ext\.?|extension)\s?\d{1,6})?(?![\w@%]|[.,]\d)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:(?<![^\W\d_])(?:phone|telephone|tel|mobile|mob|cell|cellular|contact\s(?:no|number|num)|ph|fax|whats-?app|"
    r"mobil|kom|p|port|cel|celular|cellulare|móvil|telefon|telefono|teléfono|téléphone|telefone|telemóvel|handy|gsm|"
    r"puh|"
    r"matkapuhelin|puhelin|κιν|τηλ|тел|моб|hp|no\.?\shp|điện\sthoại|sđt|đt|電話|电话|手机|전화|휴대폰|direct|home|work|office|"
    r"\b[mtpch]))"
    r"(?:\s?(?:no|number|num|nr|#))?\.?\s*[:.\-–#]?\s*(?:\([a-z]\)\s*)?$|[☎✆📞📱]\s*$",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?<!\w)\+?(?:\d{0,3}[\s.-]?)?\(?[xX#]{3}\)?[\s.\-–]?(?:[xX#]{3}|\d{3})[\s.\-–]?(?:[xX#]{4}|\d{4})(?!\w)"
    r"|[\[(<{]\s?(?:your\s)?(?:tele)?phone(?:\s(?:number|no|redacted|removed))?\s?[\])>}]",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(
    r"(?:(?:19|20)\d\d[./\-–]\d{1,2}(?:[./\-–]\d{1,2})?|\d{1,2}[./\-–]\d{1,2}[./\-–](?:19|20)?\d\d"
    r"|\d{1,2}[./\-–](?:19|20)\d\d)"
)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also written out to fool machines, and placeholders for them."""
    for match in _EMAIL.finditer(text):
        yield Span(match.start(), match.end())


def links(text: str, *, contact: bool) -> Iterator[Span]:
    """Web addresses; ``contact`` text also has bare domains of endings that product names share."""
    for match in _LINK.finditer(text):
        ending = (match["ending"] or "").lower()
        bare = bool(ending) and not match["path"]
        if bare and ending in _PRODUCT and not contact:
            continue
        if match["path"] and ending == "net" and match["path"][1:2].isdigit():
            continue  # VB.NET/2005
        end = match.end()
        while text[end - 1] in ".,;:!?'\"”’":
            end -= 1
        yield Span(match.start(), end)


def handles(text: str) -> Iterator[Span]:
    """Names on sites: behind the site's name, or with an at sign."""
    for match in _HANDLE.finditer(text):
        if not match["handle"].lower().startswith(("http", "www.")) and match["handle"].lower() not in _NO_HANDLE:
            yield Span(match.start("handle"), match.end("handle"))
    for match in _SHORT_LABEL.finditer(text):
        yield Span(match.start("handle"), match.end("handle"))
    for match in chain(_AT_HANDLE.finditer(text), _PROFILE_PATH.finditer(text)):
        yield Span(match.start(), match.end())


_PROFILE_PATH = re.compile(r"(?<![\w/.])/?in/[A-Za-z0-9][\w-]{2,}(?![\w/])")
_NO_HANDLE = frozenset("actions pages ci copilot profile the a and workflows stars spark nets com".split())


def phones(text: str, *, contact: bool) -> Iterator[Span]:
    """Telephone numbers; outside of ``contact`` text only where nothing else looks like that."""
    for match in _PLACEHOLDER.finditer(text):
        if any(char in "xX#" for char in match.group()) or match.group()[0] in "[(<{":
            yield Span(match.start(), match.end())
    for match in _PHONE.finditer(text):
        whole = _trimmed(text, match.start(), match.end())
        # Two numbers with a stroke between them read like one that is too long.
        pieces = [whole] if _digits(text, whole) <= 15 else list(_halves(text, whole))
        for span in pieces:
            if _is_phone(text, span, contact=contact):
                yield span


def _digits(text: str, span: Span) -> int:
    return sum(char.isdigit() for char in text[span.start : span.end])


def _halves(text: str, span: Span) -> Iterator[Span]:
    for piece in re.finditer(r"[^/]+", text[span.start : span.end]):
        bare = piece.group().strip()
        start = span.start + piece.start() + piece.group().index(bare)
        yield Span(start, start + len(bare))


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without dates at either end: "555-0123 2014-2018" is a number and a range of years."""
    piece = text[start:end]
    tail = re.search(r"\s+(?:19|20)\d\d(?:\s?[\-–]\s?(?:19|20)?\d\d)?$", piece)
    if tail and sum(char.isdigit() for char in piece[: tail.start()]) >= 7:
        end = start + tail.start()
    if text[start:end].count(")") > text[start:end].count("("):
        end = start + text[start:end].rindex(")")
    return Span(start, end)


def _is_phone(text: str, span: Span, *, contact: bool) -> bool:
    piece = text[span.start : span.end]
    digits = sum(char.isdigit() for char in re.sub(r"(?:x|ext).*", "", piece, flags=re.IGNORECASE))
    if not 7 <= digits <= 15:
        return False
    labelled = bool(_LABELLED.search(text[max(0, span.start - 24) : span.start]))
    groups = re.findall(r"\d+", piece)
    if _DATE.fullmatch(piece.strip()) or (_DATE.match(piece.strip()) and digits <= 8 and not labelled):
        return False
    if (
        contact
        and [len(group) for group in groups] == [3, 3, 3]
        and re.search(
            r"(?:^|"
            r"[—–|•:,(.-])\s*$",
            text[: span.start],
        )
    ):
        return True
    if sum(bool(_YEAR.fullmatch(group)) for group in groups) >= 2 or re.fullmatch(r"\d{1,3}(?:[.\s]\d{3})+", piece):
        # "2 345 678" and "1.200.000" are amounts, unless a country code or a label says otherwise.
        return labelled or (piece.startswith("+") and digits >= 9)
    if piece.startswith(("+", "00", "(+")) or labelled:
        return True
    if piece.startswith("(") and digits >= 9:
        return True
    shape = [len(group) for group in groups]
    if shape in ([3, 3, 4], [1, 3, 3, 4]):
        return True
    if len(groups) == 1:
        return digits >= 9 and contact
    return contact and digits >= (7 if shape == [3, 4] else 9) and not any(_YEAR.fullmatch(group) for group in groups)
