"""The reading room measured: speed, facts, hostile files, fuzzing.

  python benchmarks/reading.py speed FOLDER...           reading against pdfplumber's extract_text, in one run
  python benchmarks/reading.py facts FOLDER [--errors]   facts of truth files found in the text, in reading order
  python benchmarks/reading.py hostile FOLDER [--all]    what becomes of each file, in a process that can be ended
  python benchmarks/reading.py pages                     job pages of the tests, by us and by trafilatura if installed
  python benchmarks/reading.py fuzz [FOLDER...]          damaged files of six formats, by number or by minutes

Folders are searched with all that is in them. A truth file ``NAME.truth.json`` beside ``NAME.pdf`` has ``contact``,
``experience`` (title, company, dates), ``education`` (degree, institution) and ``skills``. Exit code 1 says that
something is wrong: reading slower than a quarter of pdfplumber's time, fewer than 95 % of the facts, a file that takes
a reader down, or a bug found by the fuzzing.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import re
import subprocess
import sys
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "fuzz"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "reading"))

from matcher.errors import ReadingError
from matcher.reading import GuardedReader, Limits, read, read_text

FORMATS = ("pdf", "docx", "html", "json", "odt", "rtf")
TARGET_SPEED = 0.25
TARGET_FACTS = 0.95
NEAR = 220  # characters: a heading of at most four lines holds the title, the employer and the dates of a role


def files(folders: Sequence[Path], *endings: str) -> list[Path]:
    found = sorted(
        path for folder in folders for ending in endings for path in folder.rglob(f"*.{ending}") if path.is_file()
    )
    if not found:
        sys.exit(f"{', '.join(map(str, folders))}: no file ends in .{' or .'.join(endings)}")
    return found


# --- speed ---------------------------------------------------------------------------------------------------------


def speed(options: argparse.Namespace) -> int:
    import pdfplumber

    paths = files(options.folders, "pdf")
    readable = [path for path in paths if is_readable(path)]
    ours: list[float] = []
    theirs: list[float] = []
    pages = 0
    for _ in range(options.rounds):  # taken in turn, so that a busy machine slows both
        start = time.perf_counter()
        pages = sum(read(path, "resume").pages or 0 for path in readable)
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        for path in readable:
            with pdfplumber.open(path) as document:
                for page in document.pages:
                    page.extract_text()
                    page.close()
        theirs.append(time.perf_counter() - start)
    share = min(ours) / min(theirs)
    print(f"{len(readable)} PDFs, {pages} pages, the best of {options.rounds} rounds")
    print(f"  reading, layout and hidden text included  {1000 * min(ours) / pages:6.1f} ms a page")
    print(f"  pdfplumber's extract_text                 {1000 * min(theirs) / pages:6.1f} ms a page")
    print(f"  share {share:.2f} (target: at most {TARGET_SPEED})")
    return 0 if share <= TARGET_SPEED else 1


def is_readable(path: Path) -> bool:
    """Whether both can read it; reading it once also fills the caches before the clock runs."""
    try:
        read(path, "resume")
    except ReadingError:
        return False
    return True


# --- facts ---------------------------------------------------------------------------------------------------------


def facts(options: argparse.Namespace) -> int:
    found, of = Counter[str](), Counter[str]()
    lost: list[str] = []
    truths = files([options.folder], "truth.json")
    for path in truths:
        truth = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".truth.json")
        text = squeezed(read(path.with_name(f"{name}.pdf"), "resume").text)
        for kind, fact in told(truth):
            of[kind] += 1
            found[kind] += squeezed(fact) in text
            if squeezed(fact) not in text:
                lost.append(f"{name}: {kind}: {fact!r}")
        at = 0
        for entry in truth.get("experience", []):
            of["roles in order"] += 1
            place = next_role(text, at, [squeezed(entry[key]) for key in ("title", "company", "dates") if entry[key]])
            if place is None:
                lost.append(f"{name}: out of order: {entry['title']!r}")
            else:
                found["roles in order"] += 1
                at = place + 1
    print(f"{len(truths)} resumes      facts  found     share")
    for kind in of:
        print(f"  {kind:16} {of[kind]:6d} {found[kind]:6d} {found[kind] / of[kind]:9.3f}")
    share = found.total() / of.total()
    print(f"  {'all':16} {of.total():6d} {found.total():6d} {share:9.3f} (target: at least {TARGET_FACTS})")
    if options.errors:
        print(*lost, sep="\n")
    return 0 if share >= TARGET_FACTS else 1


def told(truth: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Each single fact of a truth file with its kind."""
    contact = truth.get("contact")
    for value in contact.values() if isinstance(contact, dict) else ():
        if value:
            yield "contact", str(value)
    for part in ("experience", "education"):
        entries = truth.get(part)
        for entry in entries if isinstance(entries, list) else ():
            for key, value in entry.items():
                if isinstance(value, str) and value:
                    yield key, value
    skills = truth.get("skills")
    for skill in skills if isinstance(skills, list) else ():
        yield "skill", str(skill)


def next_role(text: str, at: int, wanted: list[str]) -> int | None:
    """Where the first of the facts stands from ``at`` on with the others around it."""
    for match in re.finditer(re.escape(wanted[0]), text[at:]):
        place = at + match.start()
        around = text[max(0, place - NEAR) : place + NEAR]
        if all(fact in around for fact in wanted):
            return place
    return None


def squeezed(text: str) -> str:
    """A text without case, kinds of dashes and quotes, and with single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(str.maketrans("–—’", "--'"))
    return re.sub(r"\s+", " ", re.sub(r"\s*-\s*", "-", text)).strip()


# --- job pages -----------------------------------------------------------------------------------------------------


def pages(_options: argparse.Namespace) -> int:
    from jobpages import job_pages

    ways: dict[str, Callable[[str], str]] = {"matcher": lambda html: read_text(html, "posting").text}
    try:
        import trafilatura

        ways["trafilatura"] = lambda html: trafilatura.extract(html, favor_recall=True) or ""
    except ImportError:
        pass
    made = job_pages()
    for name, read_page in ways.items():
        kept = wanted = left = unwanted = 0
        for page in made:
            text = read_page(page.html)
            lines = {line.strip(" \t•-*#") for line in text.split("\n")}
            kept += sum(line in lines for line in page.wanted)
            wanted += len(page.wanted)
            left += sum(words in text for words in page.unwanted)
            unwanted += sum(words in page.html for words in page.unwanted)
        print(f"{name:12} lines of the posting {kept:3d} of {wanted}, of what stands around it {left:3d} of {unwanted}")
    return 0


# --- hostile files -------------------------------------------------------------------------------------------------


def hostile(options: argparse.Namespace) -> int:
    limits = Limits(max_seconds=options.seconds)
    outcomes = Counter[str]()
    slowest = (0.0, "")
    bad: list[str] = []
    paths = files([options.folder], *options.endings.split(","))
    before = children()
    with GuardedReader(limits) as reader:
        for path in paths:
            start = time.monotonic()
            try:
                document = reader.read(path, "resume")
                outcome = " + ".join(["text", *(notice.code for notice in document.notices)])
            except ReadingError as error:
                outcome = error.code
                if "\n" in str(error) or not str(error).startswith(str(path)):
                    bad.append(f"{path.name}: the error is not one line that names the file")
            took = time.monotonic() - start
            slowest = max(slowest, (took, path.name))
            outcomes[outcome] += 1
            if outcome == "crashed" or took > limits.max_seconds + 3:
                bad.append(f"{path.name}: {outcome} after {took:.1f} s")
            if options.all:
                print(f"  {path.name:50} {1000 * took:7.0f} ms  {outcome}")
    left = children() - before
    if left:
        bad.append(f"{len(left)} processes left over")
    print(f"{len(paths)} files, limit {limits.max_seconds:g} s; the slowest {slowest[0]:.2f} s ({slowest[1]})")
    for outcome, count in sorted(outcomes.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {count:4d} {outcome}")
    print(*(bad or ["no crash, no hang, no process left over"]), sep="\n")
    return 1 if bad else 0


def children() -> set[str]:
    """The processes that this one has started and that still run."""
    import os

    found = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    return {line.split()[0] for line in found.stdout.splitlines() if line.split()[1] != "ps"}


# --- fuzzing -------------------------------------------------------------------------------------------------------


def corpus_of(options: argparse.Namespace) -> dict[str, list[tuple[str, bytes]]]:
    """The sound files to damage, by format."""
    from targets import seeds

    corpus: dict[str, list[tuple[str, bytes]]] = {ending: [] for ending in FORMATS}
    added = [(path.name, path.read_bytes()) for path in files(options.folders, *FORMATS)] if options.folders else []
    for name, data in [*seeds(), *added]:
        ending = name.rpartition(".")[2].lower()
        if ending in corpus and len(data) <= options.largest:
            corpus[ending].append((name, data))
    empty = [ending for ending, members in corpus.items() if not members]
    if empty:
        sys.exit(f"nothing to damage for {', '.join(empty)}")
    return corpus


def damaged(corpus: dict[str, list[tuple[str, bytes]]], seed: int, number: int) -> tuple[str, str, bytes]:
    """Input ``number``: its format, the name of the sound file, and the damaged bytes; always the same."""
    from mutate import mutated, mutated_archive

    chance = random.Random(f"{seed} {number}")
    ending = FORMATS[number % len(FORMATS)]
    name, data = chance.choice(corpus[ending])
    others = [data for members in corpus.values() for _, data in members]
    damage = mutated_archive if data.startswith(b"PK") and chance.random() < 0.7 else mutated
    return ending, name, damage(data, others, chance)


def read_inputs(options: argparse.Namespace, first: int, answers: Connection) -> None:
    """In a process of its own: read the inputs from ``first`` on and tell what became of each."""
    from targets import check_reading

    from matcher.reading import ocr

    if not options.recognise:
        ocr.available = lambda: False
    corpus = corpus_of(options)
    for number in range(first, options.inputs):
        _, name, data = damaged(corpus, options.seed, number)
        bug, trace = "", ""
        start = time.monotonic()
        try:
            document = check_reading(name, data)
            outcome = "refused" if document is None else "read"
            if document is not None:
                size = len(document.text)
                for link in document.links:
                    assert 0 <= link.span.start < link.span.end <= size, "a link stands behind some text"
        except Exception as error:  # a bug of any kind is what this looks for
            place = traceback.extract_tb(error.__traceback__)[-1]
            outcome, bug = "bug", f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
            trace = traceback.format_exc()
        answers.send((outcome, time.monotonic() - start, bug, trace))


def fuzz(options: argparse.Namespace) -> int:
    corpus = corpus_of(options)
    counts, bugs = Counter[tuple[str, str]](), Counter[str]()
    slowest = (0.0, "")
    end = time.monotonic() + options.minutes * 60
    begun = time.monotonic()
    number = options.first
    while number < options.inputs and time.monotonic() < end:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        worker = multiprocessing.get_context("spawn").Process(target=read_inputs, args=(options, number, theirs))
        worker.start()
        theirs.close()
        while number < options.inputs and time.monotonic() < end:
            trace = ""
            try:
                if ours.poll(options.patience):
                    outcome, took, bug, trace = ours.recv()
                else:
                    worker.kill()
                    outcome, took, bug = "hung", options.patience, f"no end after {options.patience:g} seconds"
            except EOFError:
                worker.join()
                outcome, took, bug = "died", 0.0, f"the process ended with code {worker.exitcode}"
            ending = FORMATS[number % len(FORMATS)]
            counts[ending, outcome] += 1
            slowest = max(slowest, (took, f"input {number}"))
            if bug:
                bugs[bug] += 1
                if bugs[bug] == 1 or outcome == "hung":
                    keep(options, corpus, number, bug, trace)
            number += 1
            if outcome in ("died", "hung"):
                break
        worker.kill()
        worker.join()
    print(f"{number - options.first} inputs in {(time.monotonic() - begun) / 60:.1f} minutes, seed {options.seed}")
    for ending in FORMATS:
        told = {outcome: counts[ending, outcome] for outcome in ("read", "refused", "bug", "died", "hung")}
        print(
            f"  {ending:5} {sum(told.values()):6d} inputs from {len(corpus[ending]):3d} files: {told['read']} read,"
            f" {told['refused']} refused with an error for users, {told['bug']} bugs, {told['died']} ended the process,"
            f" {told['hung']} did not end"
        )
    print(f"  the slowest {slowest[0]:.1f} s ({slowest[1]}); bugs: {dict(bugs) or 'none'}")
    return 1 if bugs else 0


def keep(
    options: argparse.Namespace, corpus: dict[str, list[tuple[str, bytes]]], number: int, bug: str, trace: str
) -> None:
    _, name, data = damaged(corpus, options.seed, number)
    options.keep.mkdir(parents=True, exist_ok=True)
    kept = options.keep / f"{options.seed}-{number}-{name}"
    kept.write_bytes(data)
    print(f"bug: {bug}; kept as {kept}\n{trace}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("speed", help="reading against pdfplumber's extract_text")
    command.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    command.add_argument("--rounds", type=int, default=2)
    command.set_defaults(run=speed)
    command = commands.add_parser("facts", help="facts of truth files found in the text")
    command.add_argument("folder", type=Path, metavar="FOLDER")
    command.add_argument("--errors", action="store_true", help="list what was not found")
    command.set_defaults(run=facts)
    command = commands.add_parser("pages", help="what is kept of job pages")
    command.set_defaults(run=pages)
    command = commands.add_parser("hostile", help="what becomes of files that are hard to read")
    command.add_argument("folder", type=Path, metavar="FOLDER")
    command.add_argument("--all", action="store_true", help="list every file")
    command.add_argument("--seconds", type=float, default=10.0, help="the limit on one file (default: 10)")
    command.add_argument("--endings", default="pdf", help="comma-separated (default: pdf)")
    command.set_defaults(run=hostile)
    command = commands.add_parser("fuzz", help="damaged PDF, DOCX, HTML, JSON, ODT and RTF")
    command.add_argument("folders", type=Path, nargs="*", metavar="FOLDER", help="more files to damage")
    command.add_argument("--inputs", type=int, default=20_000)
    command.add_argument("--first", type=int, default=0, help="number of the first input, to go on or to replay one")
    command.add_argument("--minutes", type=float, default=60.0, help="stop then at the latest (default: 60)")
    command.add_argument("--patience", type=float, default=30.0, help="seconds that one input may take (default: 30)")
    command.add_argument("--seed", type=int, default=0)
    command.add_argument("--largest", type=int, default=150_000, help="of the files to damage, in bytes")
    command.add_argument("--recognise", action="store_true", help="recognise the text of pictures, seconds for each")
    command.add_argument("--keep", type=Path, default=Path("fuzz-findings"), help="where inputs that show a bug go")
    command.set_defaults(run=fuzz)
    options = parser.parse_args()
    return int(options.run(options))


if __name__ == "__main__":
    raise SystemExit(main())
