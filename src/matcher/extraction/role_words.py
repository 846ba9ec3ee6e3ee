"""What a piece of a role's heading is by its words: a job title, an employer, a school or a place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.taxonomy.names import fold, singular

_WORD = re.compile(r"[^\s,;:()\[\]|·•/&+–—]+")
# Where the head of a title ends: "Director | of Engineering", "Engineer | (Contract)", "Engineer | II, Payments".
_AFTER_HEAD = re.compile(
    r"\s*[,(\[:;]|\s+(?:of|for|in|on|at|to|with|[-–—]|i{1,3}|iv|v|\d+|l\d+|sr|jr)(?:[\s,]|$)", re.IGNORECASE
)
_OCCUPATION = re.compile(r"[a-z]{2,}(?:er|or|ist|ian|eer)$")
_NO_OCCUPATION = frozenset(
    """center computer career summer winter september october november december power paper water river tower customer
    order number user browser server container docker cluster paper peter parker carter walker miller cooper fisher
    consumer computer other together super over under after never whether either motor sensor vector factor major minor
    senior junior interior exterior color error editor monitor processor harbor labor vendor""".split()
)
_JOINERS = frozenset({"and", "of", "the", "for"})
_PLACE = re.compile(r"[A-Z][^\W\d_]*\.?(?:[\s'’-][^\W\d_]+\.?){0,3}")
_LEGAL = re.compile(
    r",\s+(?=(?:inc|llc|l\.l\.c|ltd|limited|(?-i:[Cc]o)(?!-)|corp|gmbh|plc|llp|pvt|s\.a|n\.v|b\.v)\b)", re.IGNORECASE
)
_MANY_PLACES = re.compile(r"\s+(?:&|and|/|to|→)\s+|\s*;\s*")


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The words by which titles, employers, schools and places are known, as the taxonomy lists them."""

    titles: frozenset[str]
    employers: frozenset[str]
    endings: frozenset[str]
    schools: frozenset[str]
    teams: frozenset[str]
    modes: frozenset[str]
    regions: frozenset[str]
    cities: frozenset[str]

    @staticmethod
    def of(words: Mapping[str, tuple[str, ...]]) -> RoleWords:
        """The word classes of a taxonomy."""

        def folded(name: str) -> frozenset[str]:
            return frozenset(singular(fold(word)) for word in words.get(name, ()))

        return RoleWords(
            folded("job_title"), folded("employer"), folded("employer_ending"), folded("school"),
            frozenset(word for name in folded("team_name") for word in _words(name)),
            frozenset(fold(mode) for mode in words.get("work_mode", ())),
            frozenset(words.get("region", ())),
            frozenset(fold(city) for city in words.get("city", ())),
        )  # fmt: skip

    def title_rank(self, text: str) -> int:
        """How much ``text`` looks like a job title.

        3 where its head is a word for a job, 2 where any of its words is, 1 where its head ends like one, else 0.
        """
        head = _AFTER_HEAD.split(text.lstrip(" \t:;,-–—([|"), maxsplit=1)[0]
        words, heads = _words(text), _words(head)
        if heads and self._is_title(heads[-1]):
            return 3
        if any(self._is_title(word) for word in words):
            return 2
        return int(bool(heads) and bool(_OCCUPATION.search(heads[-1])) and heads[-1] not in _NO_OCCUPATION)

    def is_title(self, text: str) -> bool:
        """Whether any word of ``text`` is a word for a job."""
        return self.title_rank(text) >= 2

    def is_employer(self, text: str) -> bool:
        """Whether ``text`` holds a legal form or a kind of institution."""
        return any(word in self.employers or word in self.schools for word in _words(text))

    def ends_like_employer(self, text: str) -> bool:
        """Whether ``text`` ends like the name of an employer, which names of teams do too."""
        words = _words(text)
        return len(words) > 1 and words[-1] in self.endings

    def is_team(self, text: str) -> bool:
        """Whether ``text``, standing behind a title, names a team: all its words are what teams are for."""
        words = _words(text)
        return bool(words) and all(word in self.teams or word in _JOINERS for word in words)

    def is_school(self, text: str) -> bool:
        """Whether ``text`` names a place of study."""
        return any(word in self.schools for word in _words(text))

    def is_place(self, text: str) -> bool:
        """Whether ``text`` tells where the work was done and nothing else."""
        parts = [part for part in _MANY_PLACES.split(text.strip(" .,;()[]")) if part]
        return bool(parts) and all(self._is_place(part) for part in parts)

    def without_place(self, text: str) -> str:
        """``text`` without a place at its end, "Contoso Labs, Seattle, WA" to "Contoso Labs"."""
        bare = _LEGAL.sub("\N{NO-BREAK SPACE}", text)
        shortened = re.sub(r"\s*\(([^()]*)\)$", lambda match: "" if self.is_place(match[1]) else match[0], bare)
        # A full stop may set off the place: "Northwind Technology. San Jose, California".
        sentence, stop, rest = shortened.rpartition(". ")
        if stop and self.is_place(rest) and not self.is_place(shortened):
            shortened = sentence
        parts = re.split(r",\s+|\s+[-–—]\s+", shortened)
        joints = re.findall(r",\s+|\s+[-–—]\s+", shortened)
        kept = len(parts)
        in_region = parts[-1].strip(" .") in self.regions
        # A campus belongs to the name: "University of California, Berkeley".
        if kept > 1 and (in_region or (self._is_place(parts[-1]) and not self.is_school(parts[-2]))):
            kept -= 1
            if kept > 1 and in_region and self._is_city_of(parts[kept - 1], parts[kept], parts[: kept - 1]):
                kept -= 1
        whole = parts[0] + "".join(joint + part for joint, part in zip(joints, parts[1:kept], strict=False))
        # The legal form was set apart with a comma; the text is given back as it was written.
        return text[: len(whole) + bare[: len(whole)].count("\N{NO-BREAK SPACE}")].rstrip() if whole else text

    def _is_city_of(self, text: str, region: str, before: Sequence[str]) -> bool:
        """Whether ``text`` is the city before a region, and not the employer behind a title."""
        if fold(text) in self.cities:
            return True
        # Behind the abbreviation of a state stands a city; a country may follow the employer itself.
        short = len(region.strip(" .")) == 2
        return self.could_be_city(text) and (
            short or not (self.ends_like_employer(text) or all(map(self.is_title, before)))
        )

    def could_be_city(self, text: str) -> bool:
        """Whether ``text`` has the form of the name of a city, known or not."""
        words = text.split()
        return (
            len(words) <= 3 and bool(_PLACE.fullmatch(text)) and not self.is_employer(text) and not self.is_title(text)
        )

    def _is_place(self, text: str) -> bool:
        bare = text.strip(" .,()[]")
        folded = fold(bare)
        if folded in self.modes or folded in self.cities or bare in self.regions:
            return True
        parts = [part.strip(" .") for part in re.split(r",\s*|\s*/\s*", bare) if part.strip(" .")]
        if len(parts) < 2:
            # "Remote (US)", "Greater Boston Area", "Austin TX"
            head, _, tail = bare.rpartition(" ")
            return bool(head) and (
                (tail.isupper() and tail in self.regions and self.could_be_city(head))
                or (fold(tail) == "area" and fold(head.removeprefix("Greater ")) in self.cities)
                or (fold(head.split(" ")[0]) in self.modes and self._is_place(tail))
            )
        # "Seattle, WA" and "London, Remote", but neither "Google, London" nor "Google, Seattle, WA".
        *before, last = parts
        if last in self.regions:
            return self.could_be_city(before[0]) and all(part in self.regions for part in before[1:])
        return fold(last) in self.cities | self.modes and all(
            fold(part) in self.cities | self.modes or part in self.regions for part in before
        )

    def _is_title(self, word: str) -> bool:
        return word in self.titles or any(part in self.titles for part in word.split("-"))


def _words(text: str) -> list[str]:
    return [singular(fold(word.strip(".'’\"“”"))) for word in _WORD.findall(text)]
