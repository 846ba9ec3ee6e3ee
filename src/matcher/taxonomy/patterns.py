"""The pattern language of the taxonomy as regular expressions over a sentence's words.

A sentence is handed over as one string of ``" stem/word"`` pieces (see :func:`encode`), so that a pattern can ask for
an inflection of a word (its stem), for the word itself, or for a beginning. A comma is a piece that only a gap can
pass; a colon, a semicolon, a dash or a bracket is a line break that nothing passes.
The grammar is in ``taxonomy/README.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from matcher.taxonomy.memo import remembered
from matcher.taxonomy.names import fold, stem, tokenize

DEFAULT_GAP = 4
NEAR = 10
COMMA, BREAK = ",", "\n"
# Closes a mark that stands for all words with one beginning; no stem ends so.
ANY_ENDING = "*"
_GAP = re.compile(r"\.\.\.(\d{0,2})$")
_CLASS = re.compile(r"<([a-z][a-z0-9_-]*)>$")
# A choice that begins with a letter, or with a sign that is written with a backslash.
_FIRST = re.compile(r"\\.|\w")
# No part of a word is ever given back: what follows begins with a space.
_REST = r"/\S++"


class PatternError(ValueError):
    """A pattern that does not follow the grammar."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One place of a pattern: any of these word rows will do; one of ``marks`` must be in the sentence."""

    regex: str
    marks: frozenset[str]
    optional: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A parsed pattern.

    Attributes:
        parts: one expression for the row form; for the ``&`` form, one for each part.
        needs: for each obligatory place, the marks (:func:`marks`) of which a sentence must have at least one.
    """

    parts: tuple[str, ...]
    needs: tuple[frozenset[str], ...]


def encode(words: Iterable[str]) -> str:
    """Folded words, :data:`COMMA` and :data:`BREAK` as the string that patterns search.

    Each word begins at a space; a comma is written with a space too, a break with none.
    """
    return "".join(map(_piece, words)) + " "


@remembered(50_000)
def _piece(word: str) -> str:
    return f" {word}" if word in (BREAK, COMMA) else f" {stem(word)}/{word}"


def encode_words(words: Iterable[str]) -> str:
    """As :func:`encode`, for folded tokens of which only words (and ``_``) are wanted."""
    return "".join(map(_word_piece, words)) + " "


@remembered(50_000)
def _word_piece(word: str) -> str:
    return _piece(word) if word[0].isalnum() or word[0] in "_." else ""


def marks(word: str, beginnings: Iterable[str]) -> frozenset[str]:
    """What tells without a search that a pattern cannot match: the stem of a folded word, and those of its beginnings
    that patterns know, each with a star."""
    # As an expression sees them: a word that has a slash itself can be entered behind that, too.
    seen = f"{stem(word)}/{word}".partition("/")[2]
    return frozenset([stem(word), *(start + ANY_ENDING for start in beginnings if seen.startswith(start))])


def parse_pattern(text: str, classes: Mapping[str, Sequence[str]]) -> Pattern:
    """Parse one pattern.

    Raises:
        PatternError: the pattern does not follow the grammar or names an unknown class.
    """
    if "&" in text:
        places = [_row(part.split(), classes) for part in text.split("&")]
        if len(places) < 2 or not all(places):
            raise PatternError("the & form takes two or more parts")
        if any(place.optional for row in places for place in row):
            raise PatternError("the & form takes no optional words")
        return Pattern(
            tuple("".join(place.regex for place in row) for row in places),
            tuple(place.marks for row in places for place in row),
        )
    regex, needs = "", []
    items = text.split()
    for index, item in enumerate(items):
        gap = _GAP.match(item)
        if gap:
            if index in (0, len(items) - 1):
                raise PatternError("a gap needs a word on both sides")
            regex += rf"(?: ,)?(?: [^,\s]\S*+(?: ,)?){{0,{int(gap.group(1) or DEFAULT_GAP)}}}?"
            continue
        place = _place(item, classes)
        regex += f"(?:{place.regex})?" if place.optional else place.regex
        if not place.optional:
            needs.append(place.marks)
    if not needs:
        raise PatternError("a pattern needs at least one word that is not optional")
    return Pattern((regex,), tuple(needs))


def any_of(phrases: Sequence[str], classes: Mapping[str, Sequence[str]]) -> str | None:
    """One expression that finds any of ``phrases`` in an encoded sentence; None where there are none.

    Raises:
        PatternError: a phrase does not follow the grammar.
    """
    if not phrases:
        return None
    rows = ("".join(place.regex for place in _row(_words(phrase), classes)) for phrase in phrases)
    return _either(rows)


def _words(phrase: str) -> list[str]:
    return [word for word in phrase.replace("-", " ").split() if any(char.isalnum() for char in word)]


def _row(items: Sequence[str], classes: Mapping[str, Sequence[str]]) -> list[_Place]:
    if any(_GAP.match(item) for item in items):
        raise PatternError("gaps have no place here")
    return [_place(item, classes) for item in items]


def _place(item: str, classes: Mapping[str, Sequence[str]]) -> _Place:
    optional = item.endswith("?")
    item = item.removesuffix("?")
    if not item:
        raise PatternError("empty place in the pattern")
    regexes: list[str] = []
    marks: set[str] = set()
    for choice in _expand(item, classes):
        regex, first = _choice(choice)
        regexes.append(regex)
        marks.add(first)
    # Longest first, so that "deep learning" is preferred to "deep".
    unique = sorted(set(regexes), key=lambda regex: (-len(regex), regex))
    return _Place(_either(unique), frozenset(marks), optional)


def _either(choices: Iterable[str]) -> str:
    """The choices, which all begin with a space, as one; what they begin and end with alike is written once.

    Places have dozens of choices. So written all patterns are a fifth smaller and are compiled as much faster, and a
    search passes over a word by its first letter. The first choice that fits is still the first: only neighbours are
    put together, and choices that exclude each other.
    """
    runs = []
    for rest, run in groupby(choices, lambda choice: choice.endswith(_REST)):
        end = _REST if rest else ""
        runs.append(_grouped(_by_letter([choice[1 : len(choice) - len(end)] for choice in run])) + end)
    return " " + _grouped(runs)


def _by_letter(choices: Iterable[str]) -> list[str]:
    result: list[str] = []
    for lettered, run in groupby(choices, lambda choice: bool(_letter(choice))):
        if not lettered:
            result += run
            continue
        rests: dict[str, list[str]] = {}
        for choice in run:
            rests.setdefault(_letter(choice), []).append(choice.removeprefix(_letter(choice)))
        result += [letter + _grouped(group) for letter, group in rests.items()]
    return result


def _letter(choice: str) -> str:
    """What a choice begins with, where it is one letter or sign."""
    first = _FIRST.match(choice)
    return first[0] if first else ""


def _grouped(choices: Sequence[str]) -> str:
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _expand(item: str, classes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for choice in item.split("|"):
        name = _CLASS.match(choice)
        if not name:
            yield choice
            continue
        if name.group(1) not in classes:
            raise PatternError(f"unknown word class <{name.group(1)}>")
        yield from classes[name.group(1)]


@lru_cache(maxsize=20_000)
def _choice(choice: str) -> tuple[str, str]:
    """The expression of one alternative, and the mark of its first word: its stem, or its beginning and a star."""
    if not choice or set("<>&").intersection(choice):
        raise PatternError(f"cannot read {choice!r}")
    pieces, first = "", ""
    for word in choice.replace("_", " ").split():
        exact, prefix = word.startswith("="), word.endswith("*")
        bare = word.removeprefix("=").removesuffix("*")
        tokens = [fold(token.text) for token in tokenize(bare)]
        if not tokens:
            raise PatternError(f"cannot read {choice!r}")
        for position, token in enumerate(tokens):
            if prefix and position == len(tokens) - 1:
                pieces += rf" [^/\s]++/{re.escape(token)}\S*+"
                first = first or token + ANY_ENDING
            elif exact:
                pieces += f" {re.escape(stem(token))}/{re.escape(token)}(?= )"
            else:
                pieces += f" {re.escape(stem(token))}{_REST}"
            first = first or stem(token)
    return pieces, first


@remembered(50_000, longest=None)
def _compiled(regex: str) -> re.Pattern[str]:
    # Compiled when first needed: of thousands of patterns a document touches some dozens.
    return re.compile(f"(?:{regex})(?= )")


def holds(regex: str, sentence: str) -> bool:
    """Whether an expression of :func:`any_of` finds anything in an encoded sentence."""
    return _compiled(regex).search(sentence) is not None


# Words of the last member of a list that needs no "and": "clean, tested code".
_LAST_MEMBER = 3


def _one_list(matched: str) -> bool:
    """Whether commas in a match separate members of one list ("design, train and deploy models")."""
    _, comma, rest = matched.rpartition(" ,")
    if not comma or rest.count(" ") <= _LAST_MEMBER:
        return True
    return any(joint in f"{rest} " for joint in (" and/and ", " or/or ", " also/also "))


def find_first(parts: Sequence[str], sentence: str) -> tuple[int, int] | None:
    """The first place in the encoded ``sentence`` where a pattern matches, as character offsets in it."""
    if len(parts) == 1:
        pattern = _compiled(parts[0])
        # Next to no candidate matches at all, and asking once is faster than to iterate over nothing.
        match = pattern.search(sentence)
        while match is not None and not _one_list(match[0]):
            match = pattern.search(sentence, match.end())
        return match.span() if match is not None else None
    places = []
    for part in parts:
        found = [match.span() for match in _compiled(part).finditer(sentence)]
        if not found:
            return None
        places.append(found)
    # The first place of the first part that has all others near.
    for start, end in places[0]:
        chosen = [(start, end)]
        for others in places[1:]:
            near = [
                place
                for place in others
                if all(place[1] <= taken[0] or place[0] >= taken[1] for taken in chosen)
                and sentence.count(" ", min(place[0], start), max(place[1], end)) <= NEAR
                and "\n" not in sentence[min(place[0], start) : max(place[1], end)]
            ]
            if not near:
                break
            chosen.append(min(near, key=lambda place: (abs(place[0] - start), place)))
        else:
            return min(place[0] for place in chosen), max(place[1] for place in chosen)
    return None
