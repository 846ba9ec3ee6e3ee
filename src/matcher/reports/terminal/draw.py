"""What the terminal reports are drawn with: signs, bars, quotes, tables of known width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matcher.model import Document, Evidence, Notice
from matcher.reports import figures
from matcher.reports.figures import State
from matcher.reports.safe import one_line

# Blue and orange are told apart by readers of every kind of colour vision; a sign always says the same. These two
# shades can be read on black and on white.
GOOD, POOR = "dodger_blue1", "dark_orange3"
STYLES: dict[State, str] = {"met": GOOD, "partial": "", "missing": POOR}
_ASCII_SIGNS: dict[State, str] = {"met": "+", "partial": "~", "missing": "-"}


# From this width on, quotes stand beside what they are about.
_WIDE = 110
# A reason of so many letters needs no line of its own.
_BRIEF = 16


@dataclass(frozen=True, slots=True)
class Pen:
    """How to draw on one console: its width in columns, and whether it can show more than ASCII."""

    width: int
    unicode: bool

    @classmethod
    def of(cls, console: Console) -> Pen:
        """The pen for a console."""
        return cls(console.width, console.encoding.lower().startswith("utf"))

    @property
    def wide(self) -> bool:
        """Whether there is room for more than the necessary."""
        return self.width >= _WIDE

    def plain(self, text: str) -> str:
        """``text`` with quotation marks that the console can show."""
        return text if self.unicode else text.replace("“", '"').replace("”", '"')

    def sign(self, state: State) -> Text:
        """The sign of a state, each of its own shape."""
        return Text((figures.STATE_SIGNS if self.unicode else _ASCII_SIGNS)[state], style=STYLES[state])

    def bar(self, share: float, width: int = 20) -> Text:
        """A bar of ``width`` columns; anything above nothing shows, and only everything fills it."""
        filled = round(share * width)
        if 0 < share < 1:
            filled = min(max(filled, 1), width - 1)
        full, rest = ("█", "░") if self.unicode else ("#", ".")
        return Text.assemble((full * filled, GOOD), rest * (width - filled))

    def quotes(self, document: Document, evidence: Iterable[Evidence], width: int, most: int | None = 1) -> Text:
        """The first lines of evidence, one to a row, the evidence in bold; ``most`` None for all of them."""
        found = figures.quotes(document, evidence, max(20, width - 4))
        rows = []
        for quote in found[:most]:
            row = Text(self.plain("“"))
            for piece, hit in quote.pieces:
                row.append(piece, style="bold" if hit else "")
            rows.append(row.append(self.plain("”")))
        return Text("\n").join(rows)


class Items:
    """A list of points, sign, what and quote: the quote below the words, or beside them where there is room.

    Args:
        points: columns for the points; 0 where there is no score to share out.

    Attributes:
        quote: columns for the quote.
        drawn: the table.
    """

    def __init__(self, pen: Pen, points: int) -> None:
        self._pen = pen
        self._scored = points > 0
        room = pen.width - 3 - (points + 2 if points else 0)
        self._beside = pen.wide
        self.quote = room * 3 // 5 if self._beside else room
        columns: list[tuple[str, int | None]] = [("points", points)] if points else []
        columns += [("", 1), ("what", room - self.quote - 2 if self._beside else room)]
        if self._beside:
            columns.append(("words", self.quote))
        self.drawn = table(*columns)
        self.drawn.show_header = False

    def add(self, points: str, state: State, label: str, reason: str, quote: Text) -> None:
        """Add a row."""
        row = [Text(points)] if self._scored else []
        row.append(self._pen.sign(state))
        lines = [Text(label)]
        if len(reason) > _BRIEF:
            lines.append(Text(reason, style="italic"))
        elif reason:
            lines[0].append(f" ({reason})", style="italic")
        if self._beside:
            self.drawn.add_row(*row, Text("\n").join(lines), quote)
        else:
            self.drawn.add_row(*row, Text("\n").join([*lines, quote] if quote else lines))


def table(*columns: tuple[str, int | None], right: str = "points") -> Table:
    """A table without lines, its columns of given widths; the column named ``right`` is set to the right."""
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", collapse_padding=True)
    for name, width in columns:
        to_right = name == right
        drawn.add_column(name, width=width, justify="right" if to_right else "left", overflow="fold", no_wrap=to_right)
    return drawn


def heading(text: str) -> Text:
    """The heading of a block."""
    return Text(text, style="bold")


def spaced(item: RenderableType) -> Padding:
    """A block with an empty line after it."""
    return Padding(item, (0, 0, 1, 0))


def indented(first: str, text: str | Text) -> Table:
    """A paragraph that hangs below its first words."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(first), Text(text) if isinstance(text, str) else text)
    return grid


def print_notices(console: Console, notices: Iterable[tuple[str, Notice]]) -> None:
    """Print what the reader has to say, if anything."""
    found = list(notices)
    if not found:
        return
    console.print(heading("Notices"))
    for kind, notice in found:
        console.print(indented("  !", f"{kind}: {one_line(notice.message)}"))
    console.print()
