"""A paragraph while its runs are gathered, and the lines that come of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from matcher.reading.docx.looks import Look
from matcher.reading.draft import Draft
from matcher.reading.links import Anchor, anchor, by_line, field_address

_BULLET = "• "


@dataclass(slots=True)
class Paragraph:
    """A paragraph while its runs are gathered; text boxes met on the way are read after it.

    Attributes:
        look: what its runs look like where they do not say.
        boxes: the lines of its text boxes.
    """

    look: Look
    boxes: list[Draft] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _sizes: Counter[float] = field(default_factory=Counter)
    _bold: int = 0
    _letters: int = 0
    _links: list[Anchor] = field(default_factory=list)
    _instruction: list[str] | None = None
    _result_from: int | None = None

    @property
    def end(self) -> int:
        """The place of what comes next."""
        return len(self._parts)

    def add(self, text: str, look: Look) -> None:
        """Append the text of a run."""
        letters = sum(1 for char in text if char.isalnum())
        self._parts.append(text)
        self._letters += letters
        self._bold += letters if look.bold else 0
        if look.size is not None and letters:
            self._sizes[look.size] += letters

    def link(self, start: int, target: str | None) -> None:
        """Note that what was added from ``start`` on is linked."""
        self._links += anchor("".join(self._parts[start:]), target)

    def instruct(self, text: str) -> None:
        """Append to the instruction of the field that has begun, if one has."""
        if self._instruction is not None:
            self._instruction.append(text)

    def follow(self, mark: str) -> None:
        """A field comes as marks among the runs: begin, its instruction, separate, its result, end."""
        if mark == "begin":
            self._instruction, self._result_from = [], None
        elif mark == "separate" and self._instruction is not None:
            self._result_from = len(self._parts)
        elif mark == "end":
            if self._instruction is not None and self._result_from is not None:
                self.link(self._result_from, field_address("".join(self._instruction)))
            self._instruction = self._result_from = None

    def drafts(self, column: int) -> list[Draft]:
        """Its lines, then those of its text boxes."""
        look = self.look
        bold = self._letters > 0 and self._bold == self._letters
        size = self._sizes.most_common(1)[0][0] if self._sizes else None
        drafts: list[Draft] = []
        for line in (line.strip() for line in "".join(self._parts).split("\n")):
            if line:
                text = line if not look.listed or look.heading or drafts else _BULLET + line.lstrip("•·▪ ")
                drafts.append(Draft(text, column=column, font_size=size, bold=bold, heading=bool(look.heading)))
        for draft, links in zip(drafts, by_line([draft.text for draft in drafts], self._links), strict=True):
            draft.links = links
        return (drafts or [Draft("")]) + self.boxes
