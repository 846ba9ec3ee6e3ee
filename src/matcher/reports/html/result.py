"""One match as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.model import Contribution, Document, Evidence, LevelGap, MatchResult, Missing, Profile, Unrecognised
from matcher.reports import figures
from matcher.reports.advice import Answers
from matcher.reports.figures import Quote, Rung, State
from matcher.reports.html.answers import shown_answers
from matcher.reports.html.marks import Claim, MarkedText, mark
from matcher.reports.html.page import page
from matcher.taxonomy.schema import Taxonomy

# A skill that stands in every role is not quoted from every role; what is left out is linked.
_QUOTES = 3
# What costs most is told at length, the rest in a table.
_CARDS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A quote and the anchor of the place it is from; None where the text is not on the page."""

    quote: Quote
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement, numbered as on the page."""

    number: int
    item: Contribution
    state: State
    asked: tuple[Place, ...]
    shown: tuple[Place, ...]
    more: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing, with the number of its requirement."""

    item: Missing
    number: int
    share: float
    asked: tuple[Place, ...]
    guides: list[int]


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder for both documents."""

    resume: Rung
    posting: Rung


@dataclass(frozen=True, slots=True)
class Lacking:
    """A requirement of a level that the resume does not show."""

    name: str
    guides: list[int]


def render_result(result: MatchResult, taxonomy: Taxonomy, answers: Answers | None = None) -> str:
    """A match as one self-contained HTML page, with the text of both documents.

    Args:
        result: what is shown.
        taxonomy: the one the result was made with; it names levels and guides.
        answers: what would raise the score, where it was asked.
    """
    ordered = figures.in_order(result.contributions)
    resume = _marked(result.resume.document, ordered, "r", asked=False)
    posting = _marked(result.posting.document, ordered, "p", asked=True, unread=result.posting.unrecognised)
    rows = requirement_rows(result, resume, posting)
    target = result.posting.level.inferred
    level_gaps = dict(result.resume.level.missing).get(target, ()) if target else ()
    advised = answers.sources if answers and answers.plan else [item.sources for item in result.missing]
    guides = figures.cited([*(advised if result.score is not None else ()), *(gap.sources for gap in level_gaps)])
    return page(
        "result.html.j2",
        style="".join(_tie(row.number) for row in rows),
        title=f"{figures.file_name(result.resume.document.source)}"
        f" against {figures.file_name(result.posting.document.source)}",
        result=result,
        scored=result.score is not None,
        allowed=figures.allowed(result),
        summary=figures.summary(result, taxonomy),
        counts=figures.counts(result.contributions),
        parts_of=figures.parts(result),
        rows=rows,
        cards=_CARDS,
        gaps=missing_rows(result, rows, posting, guides),
        steps=_steps(result, taxonomy),
        level_of=lambda level_id: figures.at_level(level_id, taxonomy),
        also=_also(result.resume, taxonomy),
        answers=shown_answers(answers, guides) if answers else None,
        lacking=lacking(level_gaps, taxonomy, guides),
        guides=[figures.source_title(source_id, taxonomy) for source_id in guides],
        unread=[(item.text, posting.anchors.get((item.start, item.end))) for item in result.posting.unrecognised],
        notices=figures.notices(result.resume, result.posting),
        documents=[("Resume", result.resume, resume), ("Posting", result.posting, posting)],
    )


def _also(resume: Profile, taxonomy: Taxonomy) -> list[str]:
    """What else a resume shows: years where the reason of its level does not tell them, degrees, certifications."""
    told = [] if figures.years_words(resume.experience_months) in resume.level.reason else [figures.dated(resume)]
    told.extend(taxonomy.degrees[degree.level].name for degree in resume.degrees)
    told.extend(item.name for item in resume.certifications if item.status == "used")
    # Who holds two of a kind is told so once.
    return list(dict.fromkeys(told))


def _tie(number: int) -> str:
    """The rules that light up a requirement's evidence while one points at the requirement, and the reverse."""
    tied = f"mark.q{number}"
    return (
        f"body:has(#q{number}:hover,#q{number}:focus-within) {tied}{{outline:3px solid var(--accent)}}"
        f"body:has({tied}:hover,{tied}:focus) #q{number}{{background:var(--lit)}}\n"
    )


def _marked(
    document: Document,
    ordered: Sequence[Contribution],
    prefix: str,
    *,
    asked: bool,
    unread: Sequence[Unrecognised] = (),
) -> MarkedText:
    claims = [
        Claim(place.start, place.end, number, figures.state(item))
        for number, item in enumerate(ordered, start=1)
        for place in (item.asked if asked else item.evidence)
    ]
    claims.extend(Claim(item.start, item.end, None, "unread") for item in unread)
    return mark(document.text, claims, prefix)


def requirement_rows(result: MatchResult, resume: MarkedText | None, posting: MarkedText | None) -> list[Row]:
    """The requirements in the order of the page; without marked texts the places have no anchors."""
    rows = []
    for number, item in enumerate(figures.in_order(result.contributions), start=1):
        shown = places(result.resume.document, item.evidence, resume.anchors if resume else {})
        asked = places(result.posting.document, item.asked, posting.anchors if posting else {})
        rows.append(Row(number, item, figures.state(item), asked[:_QUOTES], shown[:_QUOTES], shown[_QUOTES:]))
    return rows


def places(
    document: Document, evidence: Sequence[Evidence], anchors: Mapping[tuple[int, int], str]
) -> tuple[Place, ...]:
    """The lines that evidence stands on, each with the anchor of its first piece, where the text is on the page."""
    return tuple(
        Place(quote, anchors.get((quote.evidence[0].start, quote.evidence[0].end)))
        for quote in figures.quotes(document, evidence)
    )


def missing_rows(
    result: MatchResult, rows: Sequence[Row], posting: MarkedText | None, guides: Mapping[str, int]
) -> list[Gap]:
    """What is missing, each with the number of its requirement and its share of the dearest one's points."""
    numbers = {(row.item.kind, row.item.ids, row.item.asked): row.number for row in rows}
    most = max((item.points for item in result.missing), default=1)
    return [
        Gap(
            item,
            numbers[item.kind, item.ids, item.asked],
            item.points / most,
            places(result.posting.document, item.asked[:1], posting.anchors if posting else {}),
            figures.marks(item.sources, guides),
        )
        for item in result.missing
    ]


def _steps(result: MatchResult, taxonomy: Taxonomy) -> list[Step]:
    resume = figures.ladder(result.resume.level, taxonomy)
    posting = figures.ladder(result.posting.level, taxonomy)
    return [Step(mine, asked) for mine, asked in zip(resume, posting, strict=True)]


def lacking(gaps: Sequence[LevelGap], taxonomy: Taxonomy, guides: Mapping[str, int]) -> list[Lacking]:
    """What a document lacks of a level, with the numbers of the guides that ask it."""
    return [
        Lacking(
            figures.alternatives(gap.skill_ids, taxonomy),
            figures.marks(gap.sources, guides),
        )
        for gap in gaps
    ]
