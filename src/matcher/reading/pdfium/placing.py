"""From PDF space (origin bottom left, before rotation) to the page as shown (origin top left)."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2

Columns = tuple[list[float], list[float], list[float], list[float]]


class Placing:
    """Where things stand on one page as it is shown."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        left, bottom, right, top = page.get_bbox()
        self.turn = page.get_rotation()
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        wide, high = right - left, top - bottom
        self.width, self.height = (wide, high) if self.turn in (0, 180) else (high, wide)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """One point."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def points(self, xs: Sequence[float], ys: Sequence[float]) -> tuple[list[float], list[float]]:
        """Many points, by their coordinates."""
        if self.turn == 0:
            left, top = self.left, self.top
            return [x - left for x in xs], [top - y for y in ys]
        points = list(map(self.point, xs, ys))
        return [x for x, _ in points], [y for _, y in points]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """One box: its left, upper, right and lower edge."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def boxes(self, x0: Sequence[float], y0: Sequence[float], x1: Sequence[float], y1: Sequence[float]) -> Columns:
        """Many boxes: their left, upper, right and lower edges."""
        if self.turn == 0:
            left, top = self.left, self.top
            lefts, rights = ([x - left for x in x0], [x - left for x in x1]) if left else (list(x0), list(x1))
            return lefts, [top - y for y in y1], rights, [top - y for y in y0]
        boxes = list(map(self.box, x0, y0, x1, y1))
        return tuple([box[edge] for box in boxes] for edge in range(4))  # type: ignore[return-value]
