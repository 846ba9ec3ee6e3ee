from __future__ import annotations

import csv
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matcher import Matcher
from matcher.batch import Batch, Progress, run_batch
from matcher.batch.setup import Setup
from matcher.batch.worker import Worker, WorkerLostError
from matcher.errors import MatcherError, SettingsError
from matcher.reading import Limits

from .conftest import DAY, fill, posting, resume


def batch(folders: tuple[Path, Path], output: Path, **more: Any) -> Batch:
    return Batch(str(folders[0]), str(folders[1]), output, as_of=DAY, **more)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_pair_is_scored_as_the_matcher_scores_it(
    folders: tuple[Path, Path], tmp_path: Path, matcher: Matcher
) -> None:
    summary = run_batch(batch(folders, tmp_path / "o.csv"))
    found = [(row["posting"], row["resume"], row["rank"], float(row["score"])) for row in rows(tmp_path / "o.csv")]
    wanted = []
    for job in sorted(folders[1].iterdir()):
        resumes = [matcher.profile(path, kind="resume") for path in sorted(map(str, folders[0].rglob("*.txt")))]
        ranked = matcher.rank(resumes, [matcher.profile(job, kind="posting")])
        wanted += [(str(job), r.resume.document.source, str(n), r.score) for n, r in enumerate(ranked, 1)]
    assert len(wanted) == 24
    assert found == wanted
    assert (summary.found, summary.read, summary.failed, summary.skipped, summary.rows) == (11, 11, 0, 0, 24)
    assert (tmp_path / "o.failures.csv").read_bytes() == b"\xef\xbb\xbfsource,kind,stage,error,message\r\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cvs", "jobs", "o.csv", "o.failures.csv"]


def test_the_number_of_processes_and_the_way_of_scoring_change_nothing(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    run_batch(batch(folders, tmp_path / "one.csv", jobs=1))
    run_batch(batch(folders, tmp_path / "three.csv", jobs=3, store=tmp_path / "s"))
    summary = run_batch(batch(folders, tmp_path / "stored.csv", jobs=2, store=tmp_path / "s"))
    assert summary.reused == 11
    one = (tmp_path / "one.csv").read_bytes()
    assert (tmp_path / "three.csv").read_bytes() == (tmp_path / "stored.csv").read_bytes() == one
    run_batch(batch(folders, tmp_path / "top.csv", top=2, store=tmp_path / "s"))
    every = rows(tmp_path / "one.csv")
    assert rows(tmp_path / "top.csv") == [row for row in every if int(row["rank"]) <= 2]
    least = float(every[4]["score"])
    run_batch(batch(folders, tmp_path / "least.csv", min_score=least, store=tmp_path / "s"))
    assert rows(tmp_path / "least.csv") == [row for row in every if float(row["score"]) >= least]


def test_what_fails_is_a_row_and_the_rest_goes_on(folders: tuple[Path, Path], tmp_path: Path) -> None:
    (folders[0] / "empty.txt").write_bytes(b"")
    (folders[0] / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folders[0] / "broken.zip").write_bytes(b"no zip")
    (folders[0] / "-").write_text(resume(3))
    summary = run_batch(batch(folders, tmp_path / "o.csv"))
    failures = [(Path(row["source"]).name, row["stage"], row["error"]) for row in rows(tmp_path / "o.failures.csv")]
    assert failures == [
        ("broken.zip", "finding", "archive"),
        ("empty.txt", "reading", "empty"),
        ("image.png", "reading", "unsupported-image"),
    ]
    assert (summary.failed, summary.skipped) == (3, 1)
    assert {row["resume_duplicates"] for row in rows(tmp_path / "o.csv")} == {"", str(folders[0] / "more/r03.txt")}


def test_the_same_content_is_one_row_with_its_other_names(folders: tuple[Path, Path], tmp_path: Path) -> None:
    for name in ("a copy.txt", "z copy.txt"):
        (folders[0] / name).write_text(resume(1), encoding="utf-8")
    (folders[1] / "again.txt").write_text(posting(0), encoding="utf-8")
    summary = run_batch(batch(folders, tmp_path / "o.csv"))
    assert (summary.found, summary.read, summary.skipped, summary.rows) == (14, 14, 3, 24)
    named = {row["resume"]: row["resume_duplicates"] for row in rows(tmp_path / "o.csv")}
    assert named[str(folders[0] / "a copy.txt")] == f"{folders[0] / 'r01.txt'}; {folders[0] / 'z copy.txt'}"
    assert str(folders[0] / "r01.txt") not in named
    assert {row["posting_duplicates"] for row in rows(tmp_path / "o.csv")} == {"", str(folders[1] / "p0.txt")}


@pytest.mark.parametrize("more", [{}, {"top": 2}])
def test_an_interrupted_run_goes_on_where_it_stopped(
    folders: tuple[Path, Path], tmp_path: Path, more: dict[str, Any]
) -> None:
    run_batch(batch(folders, tmp_path / "whole.csv", **more))
    output = tmp_path / "o.csv"
    for stop in (3, 4, 6):
        with pytest.raises(KeyboardInterrupt):
            run_batch(batch(folders, output, resume=stop > 3, **more), _interrupting(stop))
        assert not output.exists()
        with pytest.raises(SettingsError, match="--resume"):
            run_batch(batch(folders, output, **more))
    seen: list[Progress] = []
    summary = run_batch(batch(folders, output, resume=True, **more), seen.append)
    assert summary.reused >= 8
    assert seen[0].done >= 8
    assert output.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert not (tmp_path / ".o.csv.partial").exists()


def _interrupting(after: int) -> Callable[[Progress], None]:
    seen = []

    def show(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == after:
            raise KeyboardInterrupt

    return show


def test_a_file_that_changed_since_is_read_again(folders: tuple[Path, Path], tmp_path: Path) -> None:
    output = tmp_path / "o.csv"
    with pytest.raises(KeyboardInterrupt):
        run_batch(batch(folders, output), _interrupting(13))
    (folders[0] / "r01.txt").write_text(resume(1) + "\nRust, Haskell, Scala\n", encoding="utf-8")
    (folders[0] / "r02.txt").unlink()
    run_batch(batch(folders, output, resume=True))
    run_batch(batch(folders, tmp_path / "whole.csv"))
    assert output.read_bytes() == (tmp_path / "whole.csv").read_bytes()


_KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from matcher.batch import Batch, run_batch
seen = []
def show(progress):
    seen.append(progress)
    if len(seen) == int(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)
run_batch(Batch(sys.argv[1], sys.argv[2], Path(sys.argv[3]), as_of=date(2026, 11, 20), resume=True), show)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="looks for left over processes in /proc")
def test_a_killed_run_leaves_no_process_and_loses_nothing(tmp_path: Path) -> None:
    folders = fill(tmp_path, resumes=30)
    run_batch(batch(folders, tmp_path / "whole.csv"))
    output = tmp_path / "o.csv"
    moments = random.Random(8)
    for _ in range(3):
        child = subprocess.run(
            [sys.executable, "-c", _KILLED, *map(str, (*folders, output)), str(moments.randint(2, 38))], cwd=tmp_path
        )
        assert child.returncode in (-9, 0)
        assert child.returncode == -9 or output.exists()
        end = time.monotonic() + 10
        while left := _running_in(tmp_path):
            assert time.monotonic() < end, left
            time.sleep(0.1)
    run_batch(batch(folders, output, resume=True))
    assert output.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def _running_in(folder: Path) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").resolve() == folder and (entry / "cmdline").read_bytes():
                found.append(entry.name)
        except OSError:
            continue
    return found


_SABOTAGE = """
import os, sys, time
if sys.argv[:1] == ["-c"]:
    import matcher.reading as room
    plain = room.read
    def read(path, kind, **more):
        name = os.path.basename(path)
        if name == "crash.txt":
            os._exit(1)
        if name == "hang.txt":
            time.sleep(600)
        if name == "raise.txt":
            raise ZeroDivisionError("with the text of a resume")
        return plain(path, kind, **more)
    room.read = read
"""


def test_a_document_that_crashes_or_hangs_takes_nothing_with_it(
    folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(_SABOTAGE)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    for name in ("crash", "hang", "raise"):
        (folders[0] / f"{name}.txt").write_text(resume(5) + name)
    summary = run_batch(batch(folders, tmp_path / "o.csv", limits=Limits(max_seconds=2), jobs=2))
    failures = rows(tmp_path / "o.failures.csv")
    assert [(Path(row["source"]).name, row["stage"], row["error"]) for row in failures] == [
        ("crash.txt", "reading", "crashed"),
        ("hang.txt", "reading", "too-slow"),
        ("raise.txt", "reading", "ZeroDivisionError"),
    ]
    assert "text of a resume" not in failures[2]["message"]
    assert (summary.failed, summary.rows) == (3, 24)


def test_a_worker_with_another_taxonomy_refuses(tmp_path: Path) -> None:
    worker = Worker(Setup((), {}, DAY.isoformat(), "another", str(tmp_path / "s"), {"max_memory_mib": 2048}))
    with pytest.raises(MatcherError, match="taxonomy was changed"):
        worker.ask({"op": "score", "pairs": [], "sizes": []}, seconds=60)


def test_a_worker_that_is_gone_is_replaced(tmp_path: Path, matcher: Matcher) -> None:
    digest = matcher.taxonomy.data.digest
    worker = Worker(Setup((), {}, DAY.isoformat(), digest, str(tmp_path / "s"), {"max_memory_mib": 2048}))
    try:
        with pytest.raises(WorkerLostError):
            worker.ask({"op": "score", "pairs": None, "sizes": []}, seconds=60)  # not a task: the child stops
        (tmp_path / "r.txt").write_text(resume(0))
        question = {"op": "profile", "kind": "resume", "path": str(tmp_path / "r.txt"), "name": None}
        answer, body = worker.ask(question, seconds=60)
        assert answer["features"]["skills"]
        assert body.startswith(b"{")
    finally:
        worker.close()


def test_two_runs_do_not_write_one_file(folders: tuple[Path, Path], tmp_path: Path) -> None:
    def show(_: Progress) -> None:
        with pytest.raises(SettingsError, match="another run is writing"):
            run_batch(batch(folders, tmp_path / "o.csv", resume=True))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(batch(folders, tmp_path / "o.csv"), show)


@pytest.mark.parametrize(
    ("more", "message"),
    [({"top": 0}, "top"), ({"jobs": 0}, "jobs"), ({"min_score": -1}, "min_score"), ({"resumes": "none"}, "no such")],
)
def test_wrong_calls(folders: tuple[Path, Path], tmp_path: Path, more: dict[str, Any], message: str) -> None:
    arguments = {"resumes": str(folders[0]), "postings": str(folders[1]), "output": tmp_path / "o.csv", **more}
    with pytest.raises(SettingsError, match=message):
        run_batch(Batch(**arguments))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cvs", "jobs"]


def _run(*arguments: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "matcher", "batch", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True)


def test_the_command(folders: tuple[Path, Path], tmp_path: Path) -> None:
    listed = "\n".join(sorted(map(str, folders[0].rglob("*.txt"))))
    done = _run("-", folders[1], "-o", tmp_path / "o.jsonl", "--as-of", "2026-11-20", "--top", 1, stdin=listed)
    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr.splitlines()[0] == "11 documents: 11 read"
    assert done.stderr.splitlines()[1].endswith(f"3 rows written to {tmp_path / 'o.jsonl'}")
    assert len((tmp_path / "o.jsonl").read_text().splitlines()) == 3
    wrong = _run(folders[0], folders[1], "-o", tmp_path / "o.xlsx")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert len(wrong.stderr.splitlines()) == 1
    page = _run(folders[0], folders[1], "-o", tmp_path / "o.html", "--top", 2)
    assert page.returncode == 0
    assert "r01.txt" in (tmp_path / "o.html").read_text(encoding="utf-8")
