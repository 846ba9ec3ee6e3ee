"""Skills in a segmented document: by name, by shared words of a coordination, by phrasing, by defined abbreviation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from matcher.extraction.lexicon import Hit, Lexicon
from matcher.extraction.segments import Segmented, Unit
from matcher.model import Span
from matcher.taxonomy.compiled import ContextData
from matcher.taxonomy.graph import Graph
from matcher.taxonomy.names import Token, singular
from matcher.taxonomy.patterns import BREAK, COMMA, encode, encode_words, find_first, holds

_LIST_JOINTS = frozenset({",", "/", "|", "&", "and", "or", "•", "·", ";", "+"})
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


class _Place(NamedTuple):
    unit: int
    sentence: int
    first: int
    last: int


def find_mentions(segmented: Segmented, lexicon: Lexicon, graph: Graph) -> tuple[Found, ...]:
    """Every mention of a skill, in order of place; headings are not searched."""
    if not segmented.tokens:
        return ()
    folded = segmented.folded
    places = _places(segmented.units)
    named = _named(segmented, lexicon, folded, places)
    phrased = _phrased(segmented, lexicon, folded, places, named)
    found = _without_labels(segmented, _specific((*named, *phrased), graph), graph, folded)
    return tuple(sorted(found, key=lambda item: (item.first, item.last, item.skill_id)))


def _with_narrower(
    found: Sequence[Found], graph: Graph
) -> tuple[dict[tuple[int, int], list[Found]], frozenset[tuple[int, int, str]]]:
    """The mentions of each sentence, and the skills that a narrower one stands beside: few, and only they may go."""
    by_sentence: dict[tuple[int, int], list[Found]] = defaultdict(list)
    for item in found:
        by_sentence[(item.unit, item.sentence)].append(item)
    broader = frozenset(
        (*place, above)
        for place, items in by_sentence.items()
        if len(items) > 1
        for item in items
        for above in graph.above(item.skill_id)
    )
    return by_sentence, broader


_LABEL_JOINTS = frozenset(
    [":", "language", "tool", "framework", "library", "system", "technology", "platform", "software", "service"]
)
# What these name is a field or an activity; a tool or a language before its own parts is meant itself.
_GENERAL_KINDS = frozenset({"concept", "practice", "soft"})
_ACTIVITIES = frozenset({"practice", "soft"})


def _without_labels(segmented: Segmented, found: Sequence[Found], graph: Graph, folded: Sequence[str]) -> list[Found]:
    """Without names that only head a list of what is meant: "Operating systems: Linux, Windows"."""
    firsts = {
        (unit_index, sentence_index): sentence.first
        for unit_index, unit in enumerate(segmented.units)
        for sentence_index, sentence in enumerate(unit.sentences)
    }
    by_sentence, broader = _with_narrower(found, graph)
    kept = []
    for item in found:
        if (item.unit, item.sentence, item.skill_id) not in broader:
            kept.append(item)
            continue
        opens = item.first == firsts[(item.unit, item.sentence)]
        heads = graph.kind(item.skill_id) in _GENERAL_KINDS and any(
            other.first >= item.last
            and item.skill_id in graph.above(other.skill_id)
            and all(singular(word) in _LABEL_JOINTS for word in folded[item.last : other.first])
            and (opens or other.first > item.last)
            for other in by_sentence[(item.unit, item.sentence)]
        )
        if not heads:
            kept.append(item)
    return kept


def _specific(found: Sequence[Found], graph: Graph) -> list[Found]:
    """Without the broader of two skills seen in the same words: "model monitoring" is not also monitoring.

    What is named stays beside a phrase that holds it, unless it is an activity: "shipped ML models" is ML as well.
    """
    by_sentence, broader = _with_narrower(found, graph)
    kept = []
    for item in found:
        if (item.unit, item.sentence, item.skill_id) not in broader:
            kept.append(item)
            continue
        firm = item.named and graph.kind(item.skill_id) not in _ACTIVITIES
        covered = any(
            other.skill_id != item.skill_id
            and not (firm and not other.named)
            and other.first < item.last
            and item.first < other.last
            and item.skill_id in graph.above(other.skill_id)
            for other in by_sentence[(item.unit, item.sentence)]
        )
        if not covered:
            kept.append(item)
    return kept


def _places(units: Sequence[Unit]) -> list[_Place]:
    return [
        _Place(unit_index, sentence_index, sentence.first, sentence.last)
        for unit_index, unit in enumerate(units)
        if unit.kind != "heading"
        for sentence_index, sentence in enumerate(unit.sentences)
        if sentence.last > sentence.first
    ]


def _named(segmented: Segmented, lexicon: Lexicon, folded: Sequence[str], places: Sequence[_Place]) -> list[Found]:
    tokens = segmented.tokens
    hits = lexicon.hits(folded, segmented.keys)
    starts = [place.first for place in places]
    decoys: dict[str, list[Hit]] = defaultdict(list)
    for decoy in lexicon.decoys(segmented.keys):
        decoys[decoy.skill_id].append(decoy)

    def place_of(hit: Hit) -> _Place | None:
        index = bisect_right(starts, hit.first) - 1
        if index < 0 or hit.last > places[index].last:
            return None
        return places[index]

    candidates: list[tuple[Hit, _Place, ContextData | None]] = []
    for hit in hits:
        place = place_of(hit)
        if place is None:
            continue
        context = lexicon.context(hit.skill_id, segmented.keys[hit.first : hit.last])
        if context is not None:
            if context.exact and _surface(tokens, hit) not in context.spellings:
                continue
            if any(decoy.first <= hit.first and hit.last <= decoy.last for decoy in decoys[hit.skill_id]):
                continue
        candidates.append((hit, place, context))
    candidates = _longest(candidates)
    accepted = _decide(segmented, candidates, folded)
    found = [
        Found(hit.skill_id, Span(tokens[hit.first].start, tokens[hit.last - 1].end), hit.first, hit.last,
              place.unit, place.sentence, confidence, True)
        for (hit, place, _), confidence in accepted
    ]  # fmt: skip
    found.extend(_shared_words(segmented, lexicon, folded, found, places))
    found.extend(_abbreviations(segmented, lexicon, found, places))
    return found


def _surface(tokens: Sequence[Token], hit: Hit) -> str:
    return " ".join(token.text for token in tokens[hit.first : hit.last])


def _longest(
    candidates: list[tuple[Hit, _Place, ContextData | None]],
) -> list[tuple[Hit, _Place, ContextData | None]]:
    """Drop what a longer name covers; of two overlapping equals the earlier stays."""
    taken: set[int] = set()
    kept = []
    for item in sorted(candidates, key=lambda item: (item[0].first - item[0].last, item[0].first, item[0].skill_id)):
        hit = item[0]
        span = range(hit.first, hit.last)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(item)
    return sorted(kept, key=lambda item: item[0].first)


# Sections in which a name that may mean something else is taken for what it names.
_LISTS = frozenset({"skills", "stack"})
# Sections in which a bullet of nothing but a name asks for it: "- Go", "- Proactive".
_ASKING = frozenset({"requirements", "preferred"})


def _alone(hit: Hit, place: _Place, folded: Sequence[str]) -> bool:
    """Whether a name is all that its sentence says."""
    rest = (*folded[place.first : hit.first], *folded[hit.last : place.last])
    return len(rest) <= 2 and not any(word[0].isalnum() for word in rest)


def _around(hit: Hit, place: _Place, folded: Sequence[str]) -> str:
    """The encoded sentence without a name: it must not vouch for itself."""
    return encode_words((*folded[place.first : hit.first], "_", *folded[hit.last : place.last]))


def _decide(
    segmented: Segmented, candidates: list[tuple[Hit, _Place, ContextData | None]], folded: Sequence[str]
) -> list[tuple[tuple[Hit, _Place, ContextData | None], float]]:
    """Settle ambiguous names by their company, their section and their sentence."""
    confidence: dict[int, float] = {
        index: _CERTAIN for index, (_, _, context) in enumerate(candidates) if context is None
    }
    pending: list[int] = []
    for index, (hit, place, context) in enumerate(candidates):
        if context is None:
            continue
        section = segmented.units[place.unit].section
        listed = section in _LISTS or (section in _ASKING and _alone(hit, place, folded))
        outside = _around(hit, place, folded) if context.deny or (context.confirm and not listed) else ""
        if context.deny and holds(context.deny, outside):
            continue
        if listed or (context.confirm and holds(context.confirm, outside)):
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


def _shared_words(
    segmented: Segmented,
    lexicon: Lexicon,
    folded: Sequence[str],
    found: Sequence[Found],
    places: Sequence[_Place],
) -> list[Found]:
    """Names that share a word in a coordination: "model validation and deployment", "unit and integration tests"."""
    tokens = segmented.tokens
    taken = {index for item in found for index in range(item.first, item.last)}
    bounds = {(place.unit, place.sentence): place for place in places}
    extra: list[Found] = []

    def offer(words: tuple[str, ...], first: int, last: int, item: Found) -> bool:
        key = " ".join(singular(word) for word in words)
        skill_id = lexicon.named(key)
        if skill_id is None:
            return False
        extra.append(
            Found(skill_id, Span(tokens[first].start, tokens[last - 1].end), first, last,
                  item.unit, item.sentence, _SHARED, True)
        )  # fmt: skip
        return True

    for item in found:
        if item.last - item.first < 2:
            continue
        place = bounds[(item.unit, item.sentence)]
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
    segmented: Segmented, lexicon: Lexicon, found: Sequence[Found], places: Sequence[_Place]
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
        initials = "".join(token.text[0] for token in tokens[item.first : item.last]).upper()
        if initials.startswith(short.upper()[0]) and not lexicon.knows(short):
            defined[short] = item.skill_id
    if not defined:
        return []
    taken = {index for item in found for index in range(item.first, item.last)}
    extra = []
    for place in places:
        for index in range(place.first, place.last):
            skill_id = defined.get(tokens[index].text.removesuffix("s"))
            if skill_id is not None and index not in taken:
                token = tokens[index]
                extra.append(
                    Found(skill_id, Span(token.start, token.end), index, index + 1,
                          place.unit, place.sentence, _LISTED, True)
                )  # fmt: skip
    return extra


def _phrased(
    segmented: Segmented,
    lexicon: Lexicon,
    folded: Sequence[str],
    places: Sequence[_Place],
    named: Sequence[Found],
) -> list[Found]:
    by_name = {(item.skill_id, item.unit, item.sentence) for item in named}
    tokens = segmented.tokens
    found: list[Found] = []
    names: dict[int, list[tuple[int, int]]] = defaultdict(list)
    firsts = {(place.unit, place.sentence): place.first for place in places}
    for item in named:
        names[firsts[(item.unit, item.sentence)]].append((item.first, item.last))
    for place in places:
        indices, words = _words(folded, place)
        candidates = lexicon.patterns.candidates(words) if len(indices) > 1 else []
        sentence = encode(words) if candidates else ""
        for candidate in candidates:
            if (candidate.skill_id, place.unit, place.sentence) in by_name:
                continue
            place_in = find_first(candidate.parts, sentence)
            if place_in is None:
                continue
            # Each word of an encoded sentence begins with a space.
            first = indices[sentence.count(" ", 0, place_in[0] + 1) - 1]
            last = indices[sentence.count(" ", 0, place_in[1]) - 1] + 1
            by_name.add((candidate.skill_id, place.unit, place.sentence))
            # "Self-supervised learning" holds "supervised learning" and does not mean it.
            if any(first >= low and last <= high and (first, last) != (low, high) for low, high in names[place.first]):
                continue
            found.append(
                Found(candidate.skill_id, Span(tokens[first].start, tokens[last - 1].end), first, last,
                      place.unit, place.sentence, _PHRASED, False)
            )  # fmt: skip
    return found


_BREAKS = frozenset({":", ";", "|", "•", "·", "–", "—", "-", "=", "→"})
_MAX_ASIDE = 4


def _words(folded: Sequence[str], place: _Place) -> tuple[list[int], list[str]]:
    """The pieces of a sentence that patterns see, and the token of each.

    A short aside in brackets ("large language models (LLMs)") is passed over, a long one stands apart.
    """
    indices: list[int] = []
    words: list[str] = []
    position = place.first
    while position < place.last:
        word = folded[position]
        if word == "(":
            end = next((i for i in range(position, place.last) if folded[i] == ")"), place.last)
            if end - position - 1 <= _MAX_ASIDE:
                position = end + 1
                continue
        if word[0].isalnum() or (word[0] == "." and len(word) > 1):
            indices.append(position)
            words.append(word)
        elif word == ",":
            indices.append(position)
            words.append(COMMA)
        elif word in _BREAKS or word in "()[]":
            indices.append(position)
            words.append(BREAK)
        position += 1
    return indices, words
