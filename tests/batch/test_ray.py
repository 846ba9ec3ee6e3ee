"""The Ray engine on a Ray of two workers: the same results as the local engine, whatever happens on the way.

One Ray serves all tests of this module, as it takes seconds to start.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from matcher.batch import Batch, Progress, run_batch
from matcher.batch.remote import fetch, find
from matcher.errors import MissingExtraError, ReadingError, SettingsError

from .conftest import DAY, fill, posting, resume

pytest.importorskip("ray", reason="the extra 'ray' is not installed")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills and looks for processes as POSIX has them")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Resumes that are fine, broken, packed, copied from each other, and copied from a posting."""
    resumes, postings = fill(tmp_path_factory.mktemp("ray"), resumes=36)
    (resumes / "empty.txt").write_bytes(b"")
    (resumes / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (resumes / "a copy.txt").write_text(resume(5), encoding="utf-8")
    (resumes / "pasted.txt").write_text(f"{resume(2)}\n\n{posting(1)}", encoding="utf-8")
    with zipfile.ZipFile(resumes / "packed.zip", "w") as packed:
        packed.writestr("inside.txt", resume(40))
    return resumes, postings


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a Ray of two workers, which is not this test's process's own to end."""
    from matcher.batch.cluster import require

    require()
    import ray

    context = ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="critical")
    yield context.address_info["gcs_address"]
    logs = [
        path.read_bytes() for path in Path(context.address_info["session_dir"], "logs").rglob("*") if path.is_file()
    ]
    ray.shutdown()
    # The last word of this module: whatever happened, no word of a resume got into a log.
    assert any(b"Reader" in log for log in logs)
    assert not any(word in log for log in logs for word in (b"@example.org", b"Some University"))


def _run(folders: tuple[Any, Path], output: Path, progress: Any = lambda _: None, **more: Any) -> list[bytes]:
    run_batch(Batch(str(folders[0]), str(folders[1]), output, as_of=DAY, **more), progress)
    return [output.read_bytes(), output.with_name(f"{output.stem}.failures.csv").read_bytes()]


@pytest.mark.slow
def test_the_command_on_a_cluster_writes_what_the_local_engine_writes(
    folders: tuple[Path, Path], address: str, tmp_path: Path
) -> None:
    local = _run(folders, tmp_path / "local.csv")
    command = [sys.executable, "-m", "matcher", "batch", *map(str, folders), "-o", str(tmp_path / "ray.csv")]
    done = subprocess.run(
        [*command, "--as-of", DAY.isoformat(), "--engine", "ray", "--address", address, "--jobs", "1"],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    # Nothing but our own lines: Ray is quiet.
    assert done.stderr.splitlines() == [
        "44 documents: 42 read, 2 failed; 1 is a copy and shares the row of another",
        f"114 pairs scored; 114 rows written to {tmp_path / 'ray.csv'}",
        f"what failed and why: {tmp_path / 'ray.failures.csv'}",
    ]
    assert [(tmp_path / name).read_bytes() for name in ("ray.csv", "ray.failures.csv")] == local
    assert local[1].count(b"\r\n") == 3


@pytest.mark.slow
def test_the_work_of_a_killed_worker_is_done_by_another(
    folders: tuple[Path, Path], address: str, tmp_path: Path
) -> None:
    import pyarrow.parquet

    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if progress.stage == "reading and scoring" and 0 < progress.done < progress.total and not killed:
            killed.extend(_actors()[:1])
            os.kill(killed[0], signal.SIGKILL)

    local = _run(folders, tmp_path / "local.parquet", top=4)
    _run(folders, tmp_path / "ray.parquet", kill, top=4, engine="ray")
    assert len(killed) == 1
    tables = [pyarrow.parquet.read_table(tmp_path / f"{name}.parquet") for name in ("local", "ray")]
    assert tables[0].num_rows == 12
    assert tables[0].equals(tables[1])
    assert (tmp_path / "ray.failures.csv").read_bytes() == local[1]

    import ray

    assert ray.is_initialized()  # it was not the batch's own


def _actors() -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and b"ray::" in (line := (entry / "cmdline").read_bytes()) and b"Reader" in line:
                found.append(int(entry.name))
        except OSError:
            continue
    return sorted(found)


@pytest.mark.slow
def test_documents_at_an_address_and_going_on_after_an_interruption(
    folders: tuple[Path, Path], address: str, tmp_path: Path
) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    for number in range(12):
        memory.pipe(f"/cvs/{'more/' if number % 2 else ''}{number:02}.txt", resume(number).encode())
    sources = ("memory://cvs", folders[1])
    local = _run(sources, tmp_path / "local.jsonl", min_score=60.0, blind=True)

    def stop(progress: Progress) -> None:
        if progress.stage == "reading and scoring" and progress.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _run(sources, tmp_path / "ray.jsonl", stop, min_score=60.0, blind=True, engine="ray", jobs=1)
    seen: list[Progress] = []
    again = _run(
        sources, tmp_path / "ray.jsonl", seen.append, min_score=60.0, blind=True, engine="ray", jobs=1, resume=True
    )
    assert next(item.done for item in seen if item.stage == "reading and scoring") > 0
    assert again == local
    assert 0 < local[0].count(b"\n") < 36
    assert b"candidate-" in local[0]


def test_a_file_address_is_read_as_the_path_is(folders: tuple[Path, Path], tmp_path: Path) -> None:
    more = shutil.copytree(folders[0] / "more", tmp_path / "more")
    by_path = _run((more, folders[1]), tmp_path / "path.csv", jobs=1)
    where = more.as_uri()
    (more / ".hidden").mkdir()
    (more / ".hidden" / "r.txt").write_text(resume(1), encoding="utf-8")
    # What the run writes is not read, as with a path.
    by_address = _run((where, folders[1]), more / "o.csv", jobs=1, store=more / "store")
    assert _run((where, folders[1]), more / "o.csv", jobs=1, store=more / "store") == by_address
    assert by_address[0].replace(where.encode(), bytes(more)) == by_path[0]
    assert by_path[0].count(b"\r\n") == 37


def test_addresses_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    uri = tmp_path.as_uri()
    assert list(find(f"{uri}/*.txt")) == [f"{uri}/a.txt"]
    assert fetch(f"{uri}/a.txt", 10) == b"a"
    for wrong in ("nosuchthing://bucket", f"{uri}/*.pdf", f"{uri}/none"):
        with pytest.raises(SettingsError, match=r"holds no document|no storage"):
            run_batch(Batch(wrong, str(tmp_path), tmp_path / "o.csv"))
    with pytest.raises(ReadingError, match="cannot be opened"):
        fetch(f"{uri}/none.txt", 10)


@pytest.mark.parametrize(
    ("name", "more", "message"),
    [
        ("o.html", {"engine": "ray"}, "writes CSV, JSON Lines and Parquet"),
        ("o.csv", {"engine": "ray", "store": Path("s")}, "no profile store"),
        ("o.csv", {"address": "localhost:6379"}, "--engine ray"),
    ],
)
def test_what_the_engine_cannot_do(tmp_path: Path, name: str, more: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        run_batch(Batch(str(tmp_path), str(tmp_path), tmp_path / name, **more))


def test_a_cluster_that_is_not_there(folders: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no Ray to work with at localhost:1 \(ConnectionRefusedError\)"):
        run_batch(Batch(str(folders[0]), str(folders[1]), tmp_path / "o.csv", engine="ray", address="localhost:1"))


def test_without_ray_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.setitem(sys.modules, "ray.data", None)
    with pytest.raises(MissingExtraError, match=r"running on Ray needs the extra 'ray'.*matcher\[ray\]"):
        run_batch(Batch(str(tmp_path), str(tmp_path), tmp_path / "o.csv", engine="ray"))
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingExtraError, match=r"reading from s3:// needs the extra 'ray'"):
        run_batch(Batch(str(tmp_path), "s3://bucket", tmp_path / "o.csv"))
