"""How fast and how big: resume PDFs to rows, text postings, two cores against one, memory, the store, kills.

Every figure that is compared with another is taken in the same run on the same files; print, do not remember.

    python benchmarks/throughput.py one-core FOLDER      # PDFs of FOLDER against pdfplumber's extract_text
    python benchmarks/throughput.py postings FOLDER      # text postings of FOLDER against spaCy's bare tokenizer
    python benchmarks/throughput.py batch 10000          # generated resumes: cores, memory over time, store
    python benchmarks/throughput.py kills 300            # killed at ten random moments and resumed
    python benchmarks/throughput.py ranking 100000 1000  # bounds of generated rows against generated postings
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from matcher import Matcher, MatcherError
from matcher.batch import Batch, Summary, run_batch

DAY = date(2026, 11, 20)
POSTINGS = Path(__file__).resolve().parents[1] / "samples" / "postings"
ROUNDS = 5


def clock(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(ours: Callable[[], object], theirs: Callable[[], object], count: int, what: str, other: str) -> None:
    """Both in turns, so that what else the machine does hits both."""
    pairs = [(clock(ours), clock(theirs)) for _ in range(ROUNDS)]
    mine, other_time = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{what}: {count / mine:.1f} a second ({1000 * mine / count:.2f} ms each)")
    print(f"{other}: {count / other_time:.1f} a second ({1000 * other_time / count:.2f} ms each)")
    print(f"ratio of times: {statistics.median(a / b for a, b in pairs):.3f} (median of {ROUNDS} rounds)")


def one_core(folder: Path) -> None:
    import pdfplumber

    matcher = Matcher(as_of=DAY)
    asked = [matcher.profile(path, kind="posting") for path in sorted(POSTINGS.iterdir())]
    files = []
    for path in sorted(folder.rglob("*.pdf")):
        try:
            matcher.profile(path, kind="resume")
        except MatcherError:
            continue
        files.append(path)
    if not files:
        raise SystemExit(f"{folder}: no PDF that can be read")

    def ours() -> None:
        for path in files:
            profile = matcher.profile(path, kind="resume")
            for posting in asked:
                matcher.score(profile, posting)

    def plumber() -> None:
        for path in files:
            with pdfplumber.open(path) as pdf:
                for page in pdf.pages:
                    page.extract_text()

    rows = f"resume PDFs to rows against {len(asked)} postings"
    ratio(ours, plumber, len(files), rows, "pdfplumber's extract_text alone")


def text_postings(folder: Path) -> None:
    import spacy

    matcher = Matcher(as_of=DAY)
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        raise SystemExit(f"{folder}: no .txt")
    tokenizer = spacy.blank("en").tokenizer
    print(f"{len(texts)} postings, {sum(len(text.split()) for text in texts) / len(texts):.0f} words on average")
    for text in texts:
        matcher.profile_text(text, kind="posting")

    def ours() -> None:
        for _ in range(5):
            for text in texts:
                matcher.profile_text(text, kind="posting")

    def bare() -> None:
        for _ in range(5):
            for text in texts:
                tokenizer(text)

    ratio(ours, bare, 5 * len(texts), "text postings to profiles", "spaCy's bare tokenizer")


def generate(folder: Path, count: int) -> None:
    """Resumes as one-page PDFs of made-up people; the same count gives the same files."""
    from reportlab.pdfgen.canvas import Canvas

    chance = random.Random(count)
    names = sorted(skill.name for skill in Matcher(as_of=DAY).scorer.taxonomy.skills.values())
    usual = chance.sample(names, 150)
    verbs = ("Built", "Led", "Designed", "Shipped", "Maintained", "Measured", "Rewrote", "Documented")
    things = (
        "a ranking service",
        "the training pipeline",
        "a feature store",
        "an evaluation suite",
        "the data platform",
    )
    folder.mkdir()
    for number in range(count):
        lines = [f"Person {number:05}", f"person{number:05}@example.org", "", "Experience"]
        year = 2026
        for job in range(3):
            begin = year - chance.randint(1, 4)
            lines += [
                "",
                f"Machine Learning Engineer, Company {chance.randint(1, 999)}",
                f"{begin} - {year if job else 'present'}",
            ]
            for _ in range(4):
                used = ", ".join(chance.sample(usual, 2))
                lines.append(f"- {chance.choice(verbs)} {chance.choice(things)} with {used}")
            year = begin
        lines += ["", "Skills", ", ".join(chance.sample(usual, 8)), ", ".join(chance.sample(names, 6))]
        lines += ["", "Education", f"{chance.choice(('BSc', 'MSc', 'PhD'))} Computer Science, Some University, {year}"]
        page = Canvas(str(folder / f"{number:05}.pdf"), invariant=1)
        text = page.beginText(60, 790)
        text.setFont("Helvetica", 10)
        for line in lines:
            text.textLine(line)
        page.drawText(text)
        page.save()


class Memory(threading.Thread):
    """Resident memory of this process and its children over time, in MiB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.samples: list[tuple[float, float]] = []
        self._over = threading.Event()

    def run(self) -> None:
        start = time.monotonic()
        while not self._over.wait(1.0):
            self.samples.append((time.monotonic() - start, _resident()))

    def stop(self) -> None:
        self._over.set()
        self.join()

    def plot(self, width: int = 50, points: int = 20) -> None:
        if len(self.samples) < 2:
            print("memory: too short a run for a plot")
            return
        top = max(value for _, value in self.samples)
        step = max(1, len(self.samples) // points)
        for at, value in self.samples[::step]:
            print(f"  {at:6.0f} s {'#' * round(width * value / top)} {value:.0f} MiB")
        middle = self.samples[len(self.samples) // 2][1]
        print(f"memory from the middle to the end of the run: {self.samples[-1][1] / middle:.2f} times")


def _resident() -> float:
    pids, found = {os.getpid()}, True
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    while found:
        more = {pid for pid, parent in parents.items() if parent in pids} - pids
        pids |= more
        found = bool(more)
    total = 0
    for pid in pids:
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except OSError:
            continue
    return total * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def timed(batch: Batch) -> tuple[float, Summary]:
    start = time.perf_counter()
    summary = run_batch(batch)
    return time.perf_counter() - start, summary


def batch(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        generate(root / "cvs", count)
        jobs = root / "jobs"
        jobs.mkdir()
        originals = sorted(POSTINGS.iterdir())
        for number in range(20):
            original = originals[number % len(originals)]
            text = original.read_text(encoding="utf-8")
            (jobs / f"{number:02}{original.suffix}").write_text(f"{text}\n\nReference {number}\n", encoding="utf-8")

        def asked(name: str, **more: object) -> Batch:
            return Batch(str(root / "cvs"), str(jobs), root / name, 20, as_of=DAY, **more)  # type: ignore[arg-type]

        one, _ = timed(asked("one.csv", jobs=1))
        print(f"one process: {one:.1f} s, {count / one:.1f} files a second")
        memory = Memory()
        memory.start()
        two, summary = timed(asked("two.csv", jobs=2, store=root / "store"))
        memory.stop()
        print(f"two processes: {two:.1f} s, {count / two:.1f} files a second; {one / two:.2f} times one; {summary}")
        memory.plot()
        print(f"store: {(root / 'store').stat().st_size / count / 1024:.1f} KiB a file")
        again, summary = timed(asked("again.csv", jobs=2, store=root / "store"))
        print(f"from the store: {again:.1f} s, {two / again:.1f} times as fast; {summary}")
        same = {(root / name).read_bytes() for name in ("one.csv", "two.csv", "again.csv")}
        print(f"identical output: {len(same) == 1}")


_CHILD = """
import sys
from datetime import date
from pathlib import Path
from matcher.batch import Batch, Summary, run_batch
run_batch(Batch(sys.argv[1], sys.argv[2], Path(sys.argv[3]), as_of=date(2026, 11, 20), resume=True))
"""


def kills(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        generate(root / "cvs", count)
        whole, _ = timed(Batch(str(root / "cvs"), str(POSTINGS), root / "whole.csv", as_of=DAY))
        wanted = (root / "whole.csv").read_bytes()
        chance = random.Random(10)
        identical = left = finished = 0
        for number in range(10):
            command = [sys.executable, "-c", _CHILD, str(root / "cvs"), str(POSTINGS), str(root / f"{number}.csv")]
            child = subprocess.Popen(command, start_new_session=True, cwd=root)
            time.sleep(chance.uniform(0.1, 1.0) * whole)
            finished += child.poll() is not None
            child.send_signal(signal.SIGKILL)
            child.wait()
            deadline = time.monotonic() + 10
            while _running_in(root) and time.monotonic() < deadline:
                time.sleep(0.1)
            left += _running_in(root)
            subprocess.run(command, check=True)
            identical += (root / f"{number}.csv").read_bytes() == wanted
        print(f"killed {10 - finished} times ({finished} had finished before)")
        print(f"{identical} of 10 identical, {left} processes left")


def _running_in(folder: Path) -> int:
    count = 0
    for entry in Path("/proc").iterdir():
        try:
            count += entry.name.isdigit() and (entry / "cwd").resolve() == folder.resolve()
        except OSError:
            continue
    return count


def ranking(count: int, postings: int) -> None:
    from matcher.ranking import Rows, cuts, features

    matcher = Matcher(as_of=DAY)
    asked = [matcher.profile(path, kind="posting") for path in sorted(POSTINGS.iterdir())]
    ids = sorted(matcher.scorer.taxonomy.skills)
    chance = random.Random(count)
    blank = features(matcher.profile_text("Skills\n\nPython", kind="resume"))
    usual = chance.sample(ids, 300)
    rows = Rows(matcher.scorer.taxonomy, matcher.scorer.weights, DAY.isoformat())
    for _ in range(count):
        chosen = {*chance.sample(usual, 30), *chance.sample(ids, 10)}
        skills = [[skill_id, "used", chance.choice([None, 12, 40]), None, None] for skill_id in sorted(chosen)]
        rows.add({**blank, "skills": skills, "months": chance.choice([None, 20, 60, 120])})
    many = [
        replace(asked[number % len(asked)], requirements=asked[number % len(asked)].requirements[number % 3 :])
        for number in range(postings)
    ]
    seconds = clock(lambda: sum(len(group) for group in cuts(matcher.scorer, rows, many, 20, float("-inf"))))
    print(f"bounds of {count} x {postings} pairs: {seconds:.1f} s, {count * postings / seconds / 1e6:.1f} million/s")
    print(f"resident: {_resident():.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["one-core", "postings", "batch", "kills", "ranking"])
    parser.add_argument("arguments", nargs="*")
    given = parser.parse_args()
    match given.what, given.arguments:
        case "one-core", [folder]:
            one_core(Path(folder))
        case "postings", [folder]:
            text_postings(Path(folder))
        case "batch", [count]:
            batch(int(count))
        case "kills", [count]:
            kills(int(count))
        case "ranking", [count, postings]:
            ranking(int(count), int(postings))
        case _:
            parser.error("see the examples above")


if __name__ == "__main__":
    main()
