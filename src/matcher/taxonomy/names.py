"""How text is cut into tokens and when two spellings are the same word.

Names of the taxonomy and the text of documents go through the same functions, so a name matches where its tokens do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, chain, compress
from typing import Any, NamedTuple, TypeVar

from matcher.taxonomy.memo import remembered

# An address is one token, so that no name is found inside it.
_ADDRESS = r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:[\w-]+\.)+(?:com|org|edu|gov)(?:/\S*)?"
# A word with the marks that belong to it (C++, C#, .NET, Node.js, 3.5), or a single other character. Hyphens and
# slashes never join.
_WORD = r"""
    [A-Za-z0-9]++(?![^\W_]|[.+\#])                      # nearly all words; the next branch would say the same
  | (?:
        (?:(?<![\w.])\.(?=[Nn][Ee][Tt]\b))?              # .NET
        [^\W_]+
        (?:\.(?:[a-z]{2,3}|[A-Z]{2,3}|\d+|[A-Za-z](?=\.|\b))(?![^\W_]))*   # Node.js, ASP.NET, 3.5, e.g, Ph.D
        (?:\+\+|\#(?!\w)|\+(?=[\s,;)/]|$))?              # C++, C#, A+
    )
  | \S
"""
_PLAIN = re.compile(_WORD, re.VERBOSE)
_TOKEN = re.compile(rf"(?P<address>{_ADDRESS}) | {_WORD}", re.VERBOSE)
# What every address holds. Looking for addresses at each word takes longer than all the rest, and few words have one.
_ADDRESS_SIGN = re.compile(r"@|://|www\.|\.(?:com|org|edu|gov)")
_HYPHENS = frozenset("-‐‑\N{SOFT HYPHEN}")
_DROPPED = _HYPHENS | {"'", "’"}
_POSSESSIVE = re.compile(r"['’]s\b")

_BRITISH = (
    (re.compile(r"^(.{3,})is(e|es|ed|er|ers|ing|ation|ations|ational)$"), r"\1iz\2"),
    (re.compile(r"^(.{2,})ys(e|ed|ing)$"), r"\1yz\2"),
    (re.compile(r"^(.{2,})elling$"), r"\1eling"),
    (re.compile(r"^(.{2,})elled$"), r"\1eled"),
    (re.compile(r"^(.{2,})eller(s?)$"), r"\1eler\2"),
    (re.compile(r"^(behavi|col|fav|lab|neighb|hon|harb)our(.*)$"), r"\1or\2"),
    (re.compile(r"^(cent|fib|met|theat)re(s?)$"), r"\1er\2"),
    (re.compile(r"^(program)me(s?)$"), r"\1\2"),
    (re.compile(r"^(defen|offen|licen)c(e|es)$"), r"\1s\2"),
    (re.compile(r"^(catalog|dialog|analog)ue(s?)$"), r"\1\2"),
    (re.compile(r"^artefact(s?)$"), r"artifact\1"),
    (re.compile(r"^grey(.*)$"), r"gray\1"),
    (re.compile(r"^((?:ortho)?p(?=aed)|an(?=aesth|aem)|gyn(?=aec)|h(?=aem)|leuk(?=aem))ae(.*)$"), r"\1e\2"),
)


class Token(NamedTuple):
    """One token and where it stands."""

    text: str
    start: int
    end: int


# As ``Token(*values)``, without the call of a Python function for each token.
_as_token = partial(tuple.__new__, Token)


def tokenize(text: str) -> list[Token]:
    """Cut ``text`` into tokens; hyphens inside words and possessive endings are dropped."""
    spans: list[tuple[int, int]] = []
    done = 0
    for sign in _ADDRESS_SIGN.finditer(text):
        if sign.start() < done:
            continue
        start, end = _unbroken(text, sign.start(), done)
        spans += [match.span() for match in _PLAIN.finditer(text, done, start)]
        spans += map(_trimmed, _TOKEN.finditer(text, start, end))
        done = end
    spans += [match.span() for match in _PLAIN.finditer(text, done)]
    values = [text[start:end] for start, end in spans]
    if not _DROPPED.isdisjoint(values):
        kept = _kept(text, values, spans)
        values, spans = list(compress(values, kept)), list(compress(spans, kept))
    return list(map(_as_token, zip(values, [start for start, _ in spans], [end for _, end in spans], strict=True)))


def _unbroken(text: str, at: int, done: int) -> tuple[int, int]:
    """The stretch without white space around ``at``, not before ``done``."""
    start, end, size = at, at, len(text)
    while start > done and not text[start - 1].isspace():
        start -= 1
    while end < size and not text[end].isspace():
        end += 1
    return start, end


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Where a token stands; the signs of a sentence that follow an address are no part of it."""
    start, end = match.span()
    return (start, start + len(match[0].rstrip(".,;:)]}>"))) if match.lastgroup else (start, end)


def _kept(text: str, values: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Which tokens stay: all but hyphens inside words and the two of a possessive ending."""
    kept = [True] * len(values)
    size = len(text)
    for index in [index for index, value in enumerate(values) if value in _DROPPED]:
        start, end = spans[index]
        if values[index] in _HYPHENS:
            kept[index] = not (start > 0 and end < size and text[start - 1].isalnum() and text[end].isalnum())
        elif possessive := _POSSESSIVE.match(text, start):
            behind = index
            while behind < len(spans) and spans[behind][0] < possessive.end():
                kept[behind] = False
                behind += 1
    return kept


class Words(NamedTuple):
    """The tokens of a text, side by side.

    Attributes:
        starts: where each begins.
        texts: each as it stands.
        folded: each folded (:func:`fold`).
        keys: each folded and in the singular, the form in which names are looked up.
    """

    starts: Sequence[int]
    texts: Sequence[str]
    folded: Sequence[str]
    keys: Sequence[str]


def words_of(text: str) -> Words:
    """The tokens that :func:`tokenize` cuts ``text`` into, and their spellings."""
    starts, rows = rows_of(text, _cut)
    return Words(starts, *(column for column in list(zip(*rows, strict=True))[1:])) if rows else Words((), (), (), ())


# What is known of a token, the first of it its place in its stretch.
_Row = TypeVar("_Row", bound=tuple[Any, ...])


def rows_of(text: str, cut: Callable[[str], Sequence[_Row]]) -> tuple[list[int], list[_Row]]:
    """The tokens of ``text`` as ``cut`` makes them of the stretches between two spaces, and where each begins.

    No token reaches across a space, so what a stretch was cut into can be remembered: most stretches of a document are
    words that come again and again.
    """
    stretches = text.replace("\n", " ").replace("\t", " ").split(" ")
    pieces = list(map(cut, stretches))
    begins = accumulate([len(stretch) + 1 for stretch in stretches], initial=0)
    starts = [begin + row[0] for begin, held in zip(begins, pieces) for row in held]
    return starts, list(chain.from_iterable(pieces))


def cut_stretch(stretch: str) -> tuple[tuple[int, str, str, str], ...]:
    """The tokens of a stretch: the place of each in it, its text, this folded, and that in the singular."""
    return tuple((token.start, token.text, folded := fold(token.text), singular(folded)) for token in tokenize(stretch))


_cut = remembered(50_000)(cut_stretch)


@remembered(100_000)
def fold(word: str) -> str:
    """One form for all spellings of a word: lower case, no accents, American spelling."""
    lowered = word.lower().replace("’", "'")
    if not lowered.isascii():
        decomposed = unicodedata.normalize("NFKD", lowered)
        if " " not in lowered:
            decomposed = decomposed.replace(" ", "")  # one letter may stand for several words, or for a sign on a space
        lowered = "".join(char for char in decomposed if not unicodedata.combining(char)) or lowered
    if len(lowered) > 4:
        for pattern, replacement in _BRITISH:
            if pattern.match(lowered):
                return _spared(lowered) or pattern.sub(replacement, lowered)
    return lowered


# Words that end like a British verb and are none.
_NOT_BRITISH = frozenset(
    """exercise expertise enterprise advise advised adviser advisers advises supervise supervised supervises
    revise revised revises precise concise otherwise likewise promise promised promises premise premises franchise
    merchandise surprise noise raise raised raises rise wise comprise comprised comprises devise devised improvise
    televise compromise compromised disguise advertise advertised advertises advertising exercises enterprises
    supervising advising revising promising raising rising comprising surprising franchises""".split()
)


def _spared(word: str) -> str | None:
    return word if word in _NOT_BRITISH else None


# Abbreviations and names that end in s and are no plural.
_NOT_PLURAL = frozenset(
    """https adas darts ssms gprs adfs nats ssrs ssis ssas sass less axis keras pandas jenkins kubernetes windows nginx
    redis postgres macos paas saas iaas faas dbms rdbms umls bios tvos watchos chromeos""".split()
)


# Plurals that end in -ics, unlike physics and statistics.
_PLURAL_ICS = frozenset("metrics topics heuristics fabrics clinics epics comics antibiotics".split())


@remembered(100_000)
def singular(folded: str) -> str:
    """A folded word without its plural ending (Harman's S-stemmer, 1991, with its exceptions)."""
    if len(folded) < 4 or not folded.endswith("s") or folded in _NOT_PLURAL:
        return folded
    if folded.endswith("ies") and not folded.endswith(("eies", "aies")) and len(folded) > 4:
        return folded[:-3] + "y"
    if folded.endswith(("ches", "shes", "sses", "xes", "zes")):
        return folded[:-2]
    if folded.endswith(("us", "ss", "sis", "xis", "nis", "ics")) and folded not in _PLURAL_ICS:
        return folded
    return folded[:-1]


_VOWEL = re.compile(r"[aeiouy]")
_IRREGULAR = {
    "led": "lead", "built": "build", "wrote": "write", "written": "write", "ran": "run", "drove": "drive",
    "driven": "drive", "grew": "grow", "grown": "grow", "took": "take", "taken": "take", "taught": "teach",
    "brought": "bring", "chose": "choose", "chosen": "choose", "began": "begin", "held": "hold", "kept": "keep",
    "made": "make", "found": "find", "gave": "give", "given": "give", "spoke": "speak", "spoken": "speak",
    "won": "win", "understood": "understand", "met": "meet", "sold": "sell", "got": "get", "went": "go",
    "oversaw": "oversee", "overseen": "oversee", "analyses": "analyze", "people": "person",
    "children": "child", "indices": "index", "matrices": "matrix", "criteria": "criterion", "data": "data",
}  # fmt: skip


@remembered(100_000)
def stem(folded: str) -> str:
    """A folded word without verb endings and plural, for patterns: deploys, deployed, deploying -> deploy."""
    irregular = _IRREGULAR.get(folded)
    if irregular is not None:
        folded = irregular
    word = singular(folded)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and _VOWEL.search(word[: -len(ending)]):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("i"):
        word = word[:-1] + "y"
    return word


def name_key(name: str) -> tuple[str, ...]:
    """The form in which names are compared: folded, singular tokens."""
    return tuple(singular(fold(token.text)) for token in tokenize(name))


def squeezed_key(name: str) -> str:
    """A looser form that also forgets spaces and punctuation, for look-ups by people."""
    return "".join(part for part in name_key(name) if part not in ",;:()/&'\"!?|").replace(".", "")


def slug(name: str) -> str:
    """An id made from a name."""
    words = "".join(
        char if char.isalnum() else " " for char in fold(name).replace("+", " plus ").replace("#", " sharp ")
    )
    return "-".join(words.split())
