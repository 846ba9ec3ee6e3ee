"""How fast and how big: resume PDFs to rows, text postings, two cores against one, memory, the store, kills.

Every figure that is compared with another is taken in the same run on the same files; print, do not remember.

    python benchmarks/throughput.py one-core FOLDER      # PDFs of FOLDER against pdfplumber's extract_text
    python benchmarks/throughput.py postings FOLDER      # text postings of FOLDER against spaCy's bare tokenizer
    python benchmarks/throughput.py batch 10000 20       # generated resumes and postings: memory over time, store
    python benchmarks/throughput.py cores 1000 20        # two processes against one
    python benchmarks/throughput.py kills 300            # killed at ten random moments and resumed
    python benchmarks/throughput.py rates 500 20         # what one core does
    python benchmarks/throughput.py ray 2000 20          # the Ray engine on this machine against the local one
    python benchmarks/throughput.py ranking 100000 1000  # bounds of generated rows against generated postings
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import generated
from matcher import Matcher, MatcherError, children
from matcher.batch import Batch, Summary, run_batch
from matcher.batch.rows import row
from matcher.profileform import dump, load
from memory import Memory, plot, resident

DAY = date(2026, 11, 20)
POSTINGS = Path(__file__).resolve().parents[1] / "samples" / "postings"
ROUNDS = 5
TURNS = 5


def clock(work: Callable[[], object], now: Callable[[], float] = time.perf_counter) -> float:
    start = now()
    work()
    return now() - start


def ratio(ours: Callable[[], object], theirs: Callable[[], object], count: int, what: str, other: str) -> None:
    """Both in turns, so that what else the machine does hits both; in time of the processor, as both use one core.

    Each has gone once before and finds the other's rubbish cleared away, so that neither pays for what is loaded once,
    nor for what the other one loads and drops.
    """
    theirs()
    ours()
    settled()

    def alone(work: Callable[[], object]) -> float:
        gc.collect()
        return clock(work, time.process_time)

    pairs = [(alone(ours), alone(theirs)) for _ in range(ROUNDS)]
    mine, other_time = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{what}: {count / mine:.1f} a second ({1000 * mine / count:.2f} ms each)")
    print(f"{other}: {count / other_time:.1f} a second ({1000 * other_time / count:.2f} ms each)")
    print(f"ratio of times: {statistics.median(a / b for a, b in pairs):.3f} (median of {ROUNDS} rounds)")


def settled() -> None:
    """As a batch worker does, once it has loaded what it needs."""
    gc.collect()
    children.settle()


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


def timed(batch: Batch) -> tuple[float, Summary]:
    start = time.perf_counter()
    summary = run_batch(batch)
    return time.perf_counter() - start, summary


class Given:
    """Generated resumes and postings in a folder of their own."""

    def __init__(self, root: Path, resumes: int, postings: int) -> None:
        self.root, self.count = root, resumes
        generated.resumes(root / "cvs", resumes, Matcher(as_of=DAY))
        generated.postings(root / "jobs", postings)

    def asked(self, name: str, **more: Any) -> Batch:
        return Batch(str(self.root / "cvs"), str(self.root / "jobs"), self.root / name, top=20, as_of=DAY, **more)

    def told(self, what: str, seconds: float, summary: Summary) -> None:
        print(f"{what}: {seconds:.1f} s, {self.count / seconds:.1f} files a second; {summary}")


def batch(count: int, postings: int) -> None:
    """Memory over time, and how much faster the second run is out of the store."""
    with tempfile.TemporaryDirectory() as folder:
        given = Given(Path(folder), count, postings)
        store = given.root / "store"
        memory = Memory()
        memory.start()
        first, summary = timed(given.asked("first.csv", store=store))
        memory.stop()
        given.told(f"{count} resumes against {postings} postings", first, summary)
        print(f"most memory: parent {max(item[1] for item in memory.samples):.0f} MiB, {memory.samples[0][3]} workers"
              f" together {max(item[2] for item in memory.samples):.0f} MiB")  # fmt: skip
        print(f"memory at the end to that in the middle of the run: {memory.growth():.2f}")
        picture = Path(__file__).with_name("memory.svg")
        plot(picture, f"Resident memory: {count} resumes against {postings} postings", memory.samples)
        print(f"picture: {picture.name}")
        print(f"store: {store.stat().st_size / count / 1024:.1f} KiB a file")
        again, summary = timed(given.asked("again.csv", store=store))
        given.told("again, out of the store", again, summary)
        print(f"ratio of times: {first / again:.1f}")
        same = (given.root / "first.csv").read_bytes() == (given.root / "again.csv").read_bytes()
        print(f"identical output: {same}")


_LOOP = "total = 0\nfor number in range(30_000_000): total += number"


def ceiling() -> float:
    """What a second core is worth here: two busy loops at once against one after the other, a process each."""

    def one_after_the_other() -> None:
        for _ in range(2):
            subprocess.run([sys.executable, "-c", _LOOP], check=True)

    def at_once() -> None:
        children = [subprocess.Popen([sys.executable, "-c", _LOOP]) for _ in range(2)]
        for child in children:
            child.wait()

    return clock(one_after_the_other) / clock(at_once)


def cores(count: int, postings: int) -> None:
    """Two processes against one, in turns, so that what else the machine does hits both; and what the machine can."""
    with tempfile.TemporaryDirectory() as folder:
        given = Given(Path(folder), count, postings)
        ratios, ceilings, outputs = [], [], set()
        for turn in range(TURNS):
            seconds = {}
            before = ceiling()
            for jobs in (1, 2):
                seconds[jobs], summary = timed(given.asked(f"{turn} {jobs}.csv", jobs=jobs))
                given.told(f"{jobs} at once", seconds[jobs], summary)
                outputs.add((given.root / f"{turn} {jobs}.csv").read_bytes())
            ratios.append(seconds[1] / seconds[2])
            ceilings.append((before + ceiling()) / 2)
        print(f"two against one: {statistics.median(ratios):.2f} times as fast (median of {TURNS} turns)")
        print(f"two busy loops against one: {statistics.median(ceilings):.2f} times as fast, the most there is to gain")
        shares = [ratio / most for ratio, most in zip(ratios, ceilings, strict=True)]
        print(f"share of that which the batch gains: {statistics.median(shares):.2f}")
        print(f"identical output: {len(outputs) == 1}")


def rates(count: int, postings: int) -> None:
    """What one core does: files read and understood, and pairs scored to rows."""
    with tempfile.TemporaryDirectory() as folder:
        given = Given(Path(folder), count, postings)
        matcher = Matcher(as_of=DAY)
        asked = [matcher.profile(path, kind="posting") for path in sorted((given.root / "jobs").iterdir())]
        files = sorted((given.root / "cvs").iterdir())
        # Time of the processor: what else the machine does then makes no difference.
        start = time.process_time()
        profiles = [matcher.profile(path, kind="resume") for path in files]
        reading = time.process_time() - start
        kept = [load(dump(profile), profile.document.source) for profile in profiles]
        start = time.process_time()
        for profile in kept:
            for posting in asked:
                row(matcher.score(profile, posting))
        scoring = time.process_time() - start
        print(f"one core reads {count / reading:.0f} files a second ({1000 * reading / count:.1f} ms each)")
        pairs = count * postings
        print(f"one core scores {pairs / scoring:.0f} pairs a second ({1000 * scoring / pairs:.2f} ms each)")


def on_ray(count: int, postings: int) -> None:
    """The Ray engine on this machine against the local one, with the same number of processes."""
    with tempfile.TemporaryDirectory() as folder:
        given = Given(Path(folder), count, postings)
        for name in ("local", "ray"):
            seconds, summary = timed(given.asked(f"{name}.csv", engine=name))
            given.told(name, seconds, summary)
        print(f"identical output: {(given.root / 'local.csv').read_bytes() == (given.root / 'ray.csv').read_bytes()}")


_CHILD = """
import sys
from datetime import date
from pathlib import Path
from matcher.batch import Batch, run_batch
run_batch(Batch(sys.argv[1], sys.argv[2], Path(sys.argv[3]), as_of=date(2026, 11, 20), resume=True))
"""


def kills(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        generated.resumes(root / "cvs", count, Matcher(as_of=DAY))
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
    before = resident(os.getpid())
    seconds = clock(lambda: sum(len(group) for group in cuts(matcher.scorer, rows, many, 20, float("-inf"))))
    print(f"bounds of {count} x {postings} pairs: {seconds:.1f} s, {count * postings / seconds / 1e6:.1f} million/s")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux counts in KiB
    print(f"resident: {before:.0f} MiB with the resumes in memory, {most:.0f} MiB at the most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["one-core", "postings", "batch", "cores", "kills", "rates", "ray", "ranking"])
    parser.add_argument("arguments", nargs="*")
    given = parser.parse_args()
    match given.what, given.arguments:
        case "one-core", [folder]:
            one_core(Path(folder))
        case "postings", [folder]:
            text_postings(Path(folder))
        case "batch" | "cores" | "rates" | "ray", [count, number]:
            {"batch": batch, "cores": cores, "rates": rates, "ray": on_ray}[given.what](int(count), int(number))
        case "kills", [count]:
            kills(int(count))
        case "ranking", [count, postings]:
            ranking(int(count), int(postings))
        case _:
            parser.error("see the examples above")


if __name__ == "__main__":
    main()
