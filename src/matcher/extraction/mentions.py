"""Skills in a segmented document: by name, by shared words of a coordination, by phrasing, by defined abbreviation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain, compress
from operator import attrgetter, itemgetter
from typing import NamedTuple

from matcher.extraction.lexicon import Hit, Lexicon
from matcher.extraction.phrasing import Phrasing
from matcher.extraction.segments import Place, Segmented
from matcher.model import Span
from matcher.taxonomy.compiled import ANY_PATTERN, ContextData
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.names import singular
from matcher.taxonomy.patterns import encode_words, find_first, holds

_LIST_JOINTS = frozenset({",", "/", "|", "&", "and", "or", "•", "·", ";", "+"})
# What parts the entries of a list whatever their words, and what its first entry may follow and its last one precede.
_SEPARATORS = frozenset({",", "/", "|", "•", "·", ";"})
_ENTRY_STARTS, _ENTRY_ENDS = frozenset({None, ":", "("}) | _SEPARATORS, frozenset({None, ".", ")"}) | _SEPARATORS
_CERTAIN, _LISTED, _CONFIRMED, _PHRASED, _SHARED, _DEFAULT = 1.0, 0.9, 0.85, 0.8, 0.8, 0.7


class Found(NamedTuple):
    """A skill seen at a place.

    Attributes:
        first, last: the tokens it covers, as a half-open range.
        unit, sentence: where it stands, as indices into the segmented document.
        confidence: from 0 to 1; what the evidence for this reading is worth.
        named: whether the skill was named rather than paraphrased.
    """

    skill_id: str
    span: Span
    first: int
    last: int
    unit: int
    sentence: int
    confidence: float
    named: bool


# A name found, where it stands, and how it is decided where it is ambiguous.
Candidate = tuple[Hit, Place, ContextData | None]


def find_mentions(segmented: Segmented, lexicon: Lexicon, graph: Graph, silent: Set[str]) -> tuple[Found, ...]:
    """Every mention of a skill, in order of place; headings and the sections ``silent`` are not searched."""
    if not segmented.tokens:
        return ()
    units = segmented.units
    searched = [not place.heading and units[place.unit].section not in silent for place in segmented.places]
    known = segmented.known
    hits, decoys = lexicon.hits(known)
    hits = [hit for hit in hits if (index := segmented.where[hit.first]) >= 0 and searched[index]]
    named = _named(segmented, lexicon, graph, hits, decoys)
    named += _abbreviations(segmented, lexicon, named, searched)
    phrasing = lexicon.phrasing(
        known, _asides(segmented), (range(fixed.first, fixed.last) for fixed in decoys.get(ANY_PATTERN, ()))
    )
    by_sentence: dict[int, list[Found]] = defaultdict(list)
    for item in (*named, *_phrased(segmented, phrasing, named, searched)):
        by_sentence[segmented.where[item.first]].append(item)
    found: list[Found] = []
    for items in by_sentence.values():
        if len(items) > 1 and (broader := _broader(items, graph)):
            items = _without_labels(segmented, _specific(items, broader, graph), broader, graph)
        found += items
    return tuple(sorted(found, key=attrgetter("first", "last", "skill_id")))


def _broader(found: Sequence[Found], graph: Graph) -> set[str]:
    """Of the skills of one sentence those that a narrower one stands beside: few, and only they may go."""
    skills = {item.skill_id for item in found}
    return skills.intersection(chain.from_iterable(map(graph.above, skills)))


_LABEL_JOINTS = frozenset(
    [":", "language", "tool", "framework", "library", "system", "technology", "platform", "software", "service"]
)
# What these name is a field or an activity; a tool or a language before its own parts is meant itself.
_GENERAL_KINDS = frozenset({"concept", "practice", "soft"})
_ACTIVITIES = frozenset({"practice", "soft"})


def _without_labels(segmented: Segmented, found: list[Found], broader: Set[str], graph: Graph) -> list[Found]:
    """Without names that only head a list of what is meant: "Operating systems: Linux, Windows"."""
    folded = segmented.folded
    opening = segmented.places[segmented.where[found[0].first]].first

    def heads(item: Found) -> bool:
        return (
            item.named
            and graph.kind(item.skill_id) in _GENERAL_KINDS
            and any(
                other.first >= item.last
                and item.skill_id in graph.above(other.skill_id)
                and all(singular(word) in _LABEL_JOINTS for word in folded[item.last : other.first])
                and (item.first == opening or other.first > item.last)
                for other in found
            )
        )

    return [item for item in found if item.skill_id not in broader or not heads(item)]


def _specific(found: list[Found], broader: Set[str], graph: Graph) -> list[Found]:
    """Without the broader of two skills seen in the same words: "model monitoring" is not also monitoring.

    What is named stays beside a phrase that holds it, unless it is an activity: "shipped ML models" is ML as well.
    """

    def covered(item: Found) -> bool:
        firm = item.named and graph.kind(item.skill_id) not in _ACTIVITIES
        return any(
            other.skill_id != item.skill_id
            and not (firm and not other.named)
            and other.first < item.last
            and item.first < other.last
            and item.skill_id in graph.above(other.skill_id)
            for other in found
        )

    return [item for item in found if item.skill_id not in broader or not covered(item)]


def _named(
    segmented: Segmented, lexicon: Lexicon, graph: Graph, hits: Sequence[Hit], decoys: Mapping[str, Sequence[Hit]]
) -> list[Found]:
    tokens, folded, keys, places = segmented.tokens, segmented.folded, segmented.keys, segmented.places
    candidates: list[Candidate] = []
    for hit in hits:
        place = places[segmented.where[hit.first]]
        if hit.last > place.last:
            continue
        context = lexicon.context(hit, keys)
        if context is not None:
            if context.exact and _surface(tokens, hit) not in context.spellings:
                if not _listed(hit, place, folded):
                    continue
                # "python, r, sql": who writes a list in small letters has only the company of the others to vouch.
                context = context.model_copy(update={"confirm": None, "default": "reject"})
            if any(decoy.first <= hit.first and hit.last <= decoy.last for decoy in decoys.get(hit.skill_id, ())):
                continue
        candidates.append((hit, place, context))
    accepted = _decide(segmented, _longest(candidates), folded, lexicon.asking)
    found = [
        Found(hit.skill_id, segmented.span(hit.first, hit.last), hit.first, hit.last,
              place.unit, place.sentence, confidence, True)
        for (hit, place, _), confidence in accepted
    ]  # fmt: skip
    found.extend(_shared_words(segmented, lexicon, graph, found))
    return found


def _listed(hit: Hit, place: Place, folded: Sequence[str]) -> bool:
    """Whether a name is an entry of a list by itself: separators or the ends of the sentence on both of its sides."""
    before = folded[hit.first - 1] if hit.first > place.first else None
    after = folded[hit.last] if hit.last < place.last else None
    if before not in _ENTRY_STARTS or after not in _ENTRY_ENDS:
        return False
    return before in _SEPARATORS or after in _SEPARATORS


def _surface(tokens: Sequence[str], hit: Hit) -> str:
    return " ".join(tokens[hit.first : hit.last])


def _longest(candidates: list[Candidate]) -> list[Candidate]:
    """Drop what a longer name covers; of two overlapping equals the earlier stays."""
    kept: list[Candidate] = []
    row: list[Candidate] = []
    end = 0
    for item in sorted(candidates, key=itemgetter(0)):
        if row and item[0].first >= end:
            kept += row if len(row) == 1 else _longest_of(row)
            row = []
        row.append(item)
        end = max(end, item[0].last)
    return kept + _longest_of(row)


def _longest_of(candidates: list[Candidate]) -> list[Candidate]:
    """The same of candidates each of which overlaps another one."""
    taken: set[int] = set()
    kept = []
    for item in sorted(candidates, key=lambda item: (item[0].first - item[0].last, item[0])):
        span = range(item[0].first, item[0].last)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(item)
    return sorted(kept, key=itemgetter(0))


# Sections in which a name that may mean something else is taken for what it names.
_LISTS = frozenset({"skills", "stack"})
# Sections in which a bullet of nothing but a name asks for it: "- Go", "- Proactive".
REQUIREMENT_SECTIONS = frozenset({"requirements", "preferred"})
_MAX_ASKING_WORDS = 8
# Tokens to each side of a name that may vouch for it; hardly a sentence has more.
_NEAR = 150


def _alone(hit: Hit, place: Place, folded: Sequence[str], asking: Set[str]) -> bool:
    """Whether a name is all that its sentence names: "Go", "Basic understanding of Go"."""
    if place.last - place.first - (hit.last - hit.first) > _MAX_ASKING_WORDS:
        return False
    rest = (*folded[place.first : hit.first], *folded[hit.last : place.last])
    return all(word in asking or not word[0].isalnum() for word in rest)


def _around(hit: Hit, place: Place, folded: Sequence[str]) -> str:
    """The encoded sentence without a name, which must not vouch for itself; of an endless one what is near."""
    low, high = max(place.first, hit.first - _NEAR), min(place.last, hit.last + _NEAR)
    return encode_words((*folded[low : hit.first], "_", *folded[hit.last : high]))


def _decide(
    segmented: Segmented, candidates: list[Candidate], folded: Sequence[str], asking: Set[str]
) -> list[tuple[Candidate, float]]:
    """Settle ambiguous names by their company, their section and their sentence."""
    confidence: dict[int, float] = {}
    pending: list[int] = []
    for index, (hit, place, context) in enumerate(candidates):
        if context is None:
            confidence[index] = _CERTAIN
            continue
        section = segmented.units[place.unit].section
        listed = section in _LISTS or (section in REQUIREMENT_SECTIONS and _alone(hit, place, folded, asking))
        deny, confirm = context.deny, context.confirm
        outside = _around(hit, place, folded) if deny or (confirm and not listed) else ""
        if deny and holds(deny, outside):
            continue
        if listed or (confirm and holds(confirm, outside)):
            confidence[index] = _CONFIRMED
        elif context.default == "accept":
            confidence[index] = _DEFAULT
        else:
            pending.append(index)
    # A name in a list of skills is a skill; what is settled settles its neighbours, to both sides.
    settled = True
    while settled and pending:
        settled = False
        for index in list(pending):
            hit, place, _ = candidates[index]
            for other in (index - 1, index + 1):
                if not (0 <= other < len(candidates)) or other not in confidence:
                    continue
                neighbour, other_place, _ = candidates[other]
                if other_place != place:
                    continue
                low, high = (neighbour.last, hit.first) if other < index else (hit.last, neighbour.first)
                between = folded[low:high]
                if 0 < len(between) <= 3 and all(word in _LIST_JOINTS for word in between):
                    confidence[index] = _LISTED
                    pending.remove(index)
                    settled = True
                    break
    return [(candidates[index], confidence[index]) for index in sorted(confidence)]


def _shared_words(segmented: Segmented, lexicon: Lexicon, graph: Graph, found: Sequence[Found]) -> list[Found]:
    """Names that share a word in a coordination: "model validation and deployment", "unit and integration tests".

    A word that is an activity itself is read so where that says more: in "model deployment and monitoring" models are
    monitored.
    """
    folded, places, where = segmented.folded, segmented.places, segmented.where
    sharing = [
        item
        for item in found
        if item.last - item.first > 1
        and (
            (item.last < (place := places[where[item.first]]).last and folded[item.last] in _LIST_JOINTS)
            or (item.first > place.first and folded[item.first - 1] in _LIST_JOINTS)
        )
    ]
    if not sharing:
        return []
    alone = {
        item.first: item.skill_id
        for item in found
        if item.last - item.first == 1 and graph.kind(item.skill_id) == "practice"
    }
    taken = {index for item in found for index in range(item.first, item.last)} - alone.keys()
    extra: list[Found] = []

    def offer(words: tuple[str, ...], first: int, last: int, item: Found) -> bool:
        key = " ".join(singular(word) for word in words)
        skill_id = lexicon.named(key)
        # "ML Research, Research Intern" says the same word again and shares none.
        if skill_id in (None, item.skill_id) or (first in alone and alone[first] not in graph.above(skill_id)):
            return False
        extra.append(
            Found(skill_id, segmented.span(first, last), first, last,
                  item.unit, item.sentence, _SHARED, True)
        )  # fmt: skip
        return True

    for item in sharing:
        place = places[where[item.first]]
        # To the right the first words are shared: "data collection, cleaning and labelling".
        position, misses = item.last, 0
        joined = position < place.last and folded[position] in _LIST_JOINTS
        sizes = range(item.last - item.first - 1, 0, -1) if joined else ()
        heads = [tuple(folded[item.first : item.first + size]) for size in sizes]
        while position < place.last and misses < 2:
            if folded[position] in _LIST_JOINTS:
                position += 1
                continue
            if position == item.last or folded[position - 1] not in _LIST_JOINTS:
                break
            if position in taken:
                break
            for head in heads:
                if offer((*head, folded[position]), position, position + 1, item):
                    misses = 0
                    break
            else:
                misses += 1
            position += 1
        # To the left the last words are shared: "batch and real-time inference".
        position, misses = item.first - 1, 0
        joined = position >= place.first and folded[position] in _LIST_JOINTS
        sizes = range(1, item.last - item.first) if joined else ()
        tails = [tuple(folded[item.last - size : item.last]) for size in sizes]
        while position >= place.first and misses < 2:
            if folded[position] in _LIST_JOINTS:
                position -= 1
                continue
            if position + 1 >= item.first or folded[position + 1] not in _LIST_JOINTS or position in taken:
                break
            for tail in tails:
                if offer((folded[position], *tail), position, position + 1, item):
                    misses = 0
                    break
            else:
                misses += 1
            position -= 1
    return extra


_DEFINED = re.compile(r"\(\s*([A-Z][A-Za-z]*[A-Z]s?)\s*\)")


def _abbreviations(
    segmented: Segmented, lexicon: Lexicon, found: Sequence[Found], searched: Sequence[bool]
) -> list[Found]:
    """Later uses of an abbreviation that the text itself defines behind a skill's name."""
    text, tokens = segmented.document.text, segmented.tokens
    ends = {item.span.end: item for item in found}
    defined: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        before = len(text[: match.start()].rstrip())
        item = ends.get(before)
        short = match.group(1).removesuffix("s")
        if item is None or len(short) < 2:
            continue
        initials = "".join(token[0] for token in tokens[item.first : item.last]).upper()
        if initials.startswith(short.upper()[0]) and not lexicon.knows(short):
            defined[short] = item.skill_id
    if not defined:
        return []
    taken = {index for item in found for index in range(item.first, item.last)}
    extra = []
    for index, token in enumerate(tokens):
        skill_id = defined.get(token.removesuffix("s"))
        at = segmented.where[index]
        if skill_id is not None and index not in taken and at >= 0 and searched[at]:
            place = segmented.places[at]
            extra.append(
                Found(skill_id, segmented.span(index, index + 1), index, index + 1,
                      place.unit, place.sentence, _LISTED, True)
            )  # fmt: skip
    return extra


def _phrased(segmented: Segmented, phrasing: Phrasing, named: Sequence[Found], searched: Sequence[bool]) -> list[Found]:
    found: list[Found] = []
    by_sentence: dict[int, list[Found]] = defaultdict(list)
    for item in named:
        by_sentence[segmented.where[item.first]].append(item)
    for index in compress(range(len(searched)), searched):
        place = segmented.places[index]
        candidates = phrasing.candidates(place.first, place.last)
        if not candidates:
            continue
        sentence = phrasing.encoded(place.first, place.last)
        # Each word of an encoded sentence begins with a space, and one closes it.
        if sentence.count(" ") < 3:
            continue
        names = by_sentence.get(index, ())
        known = {item.skill_id for item in names}
        for skill_id, parts in candidates:
            if skill_id in known:
                continue
            place_in = find_first(parts, sentence)
            if place_in is None:
                continue
            seen = phrasing.seen(place.first, place.last)
            first = seen[sentence.count(" ", 0, place_in[0] + 1) - 1]
            last = seen[sentence.count(" ", 0, place_in[1]) - 1] + 1
            # "Self-supervised learning" holds "supervised learning" and does not mean it.
            if any(
                first >= item.first and last <= item.last and (first, last) != (item.first, item.last) for item in names
            ):
                continue
            known.add(skill_id)
            found.append(
                Found(skill_id, segmented.span(first, last), first, last,
                      place.unit, place.sentence, _PHRASED, False)
            )  # fmt: skip
    return found


_MAX_ASIDE = 4


def _asides(segmented: Segmented) -> Iterator[range]:
    """Short asides in brackets ("large language models (LLMs)"), which patterns pass over; long ones stand apart."""
    folded, opened, done = segmented.folded, -1, 0
    for _ in range(folded.count("(")):
        opened = folded.index("(", opened + 1)
        index = segmented.where[opened]
        if opened < done or index < 0:
            continue
        last = segmented.places[index].last
        # No further than an aside can reach: a line of brackets that are never closed is not searched for each of them.
        reach = min(last, opened + _MAX_ASIDE + 2)
        closed = next((at for at in range(opened, reach) if folded[at] == ")"), last)
        if closed - opened - 1 <= _MAX_ASIDE:
            done = min(closed + 1, last)
            yield range(opened, done)
