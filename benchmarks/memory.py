"""Resident memory of a process and of its workers over time, and a picture of it."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

_MIB = 1024 * 1024
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Memory(threading.Thread):
    """Samples this process and its descendants, in MiB; needs ``/proc``.

    Attributes:
        samples: seconds since the start, this process, all of its descendants together, how many they are.
    """

    def __init__(self, every: float = 1.0) -> None:
        super().__init__(daemon=True)
        self.samples: list[tuple[float, float, float, int]] = []
        self._every = every
        self._over = threading.Event()

    def run(self) -> None:
        start = time.monotonic()
        while not self._over.wait(self._every):
            workers = descendants()
            self.samples.append(
                (time.monotonic() - start, resident(os.getpid()), sum(map(resident, workers)), len(workers))
            )

    def stop(self) -> None:
        self._over.set()
        self.join()

    def growth(self) -> float:
        """All memory at the end of the run to that in its middle: medians of a tenth of the samples around each."""
        width = max(1, len(self.samples) // 10)
        middle = len(self.samples) // 2
        ends = (self.samples[-width:], self.samples[middle - width // 2 : middle + width // 2 + 1])
        late, early = (sorted(parent + workers for _, parent, workers, _ in part)[len(part) // 2] for part in ends)
        return late / early


def descendants() -> list[int]:
    """The processes below this one."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    known = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in known} - known:
        known |= more
    return sorted(known - {os.getpid()})


def resident(pid: int) -> float:
    """Resident memory of a process in MiB; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / _MIB
    except OSError:
        return 0.0


_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 640, 300, 60, 40, 30


def plot(path: Path, title: str, samples: list[tuple[float, float, float, int]]) -> None:
    """Write an SVG with a line for the parent and one for the workers."""
    seconds = max(samples[-1][0], 1.0)
    most = max(max(parent, workers) for _, parent, workers, _ in samples)
    step = next(size for size in (10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10**6) if most / size <= 6)

    def x(at: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - 20) * at / seconds

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * value / most

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/><text x="{_LEFT}" y="18">{title}</text>',
    ]
    for value in range(0, int(most) + 1, step):
        parts.append(
            f'<line x1="{_LEFT}" x2="{_WIDTH - 20}" y1="{y(value):.1f}" y2="{y(value):.1f}" stroke="#ddd"/>'
            f'<text x="{_LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{value}</text>'
        )
    for share in range(5):
        at = seconds * share / 4
        parts.append(f'<text x="{x(at):.1f}" y="{_HEIGHT - 20}" text-anchor="middle">{at:.0f} s</text>')
    for column, (name, colour) in enumerate((("parent", "#b5482a"), ("workers together", "#205f8c")), 1):
        points = " ".join(f"{x(item[0]):.1f},{y(item[column]):.1f}" for item in samples)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts.append(f'<text x="{_LEFT + 160 * column}" y="{_HEIGHT - 4}" fill="{colour}">{name} (MiB)</text>')
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")
