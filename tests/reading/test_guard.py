"""Reading in a process that can be ended."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from pages import column, pdf

from matcher.errors import ReadingError
from matcher.reading import GuardedReader, Limits, guard, read


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "cv.pdf"
    path.write_bytes(pdf(column(["Jane Roe", "Python"], 50, 100)))
    return path


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def test_it_reads_as_the_plain_reader_does(page: Path) -> None:
    with GuardedReader() as reader:
        assert reader.read(page, "resume") == read(page, "resume")
        with pytest.raises(ReadingError) as caught:
            reader.read(page.with_name("none.pdf"), "resume")
        assert caught.value.code == "missing"
        assert reader.read(page, "posting").kind == "posting"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a named pipe")
def test_a_file_that_never_ends_is_given_up_and_the_next_one_is_read(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "_GRACE_SECONDS", 0.2)
    slow = page.with_name("slow.html")
    slow.write_text("<html>" + "<style>" + "@a{" * 30_000)
    with GuardedReader(Limits(max_seconds=0.3)) as reader:
        child = reader._running()
        assert child
        pid = reader._child.pid if reader._child else 0
        begun = time.monotonic()
        os.kill(pid, 19)  # stopped: it will not answer
        with pytest.raises(ReadingError) as caught:
            reader.read(page, "resume")
        assert caught.value.code == "too-slow"
        assert time.monotonic() - begun < 5
        assert not alive(pid)
        assert reader.read(page, "resume").text.startswith("Jane Roe")


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_child_that_dies_is_a_file_that_failed(page: Path) -> None:
    with GuardedReader() as reader:
        reader.read(page, "resume")
        pid = reader._child.pid if reader._child else 0
        os.kill(pid, 9)
        time.sleep(0.1)
        # The death of an idle child is no file's fault.
        assert reader.read(page, "resume").text.startswith("Jane Roe")
        assert reader._child is not None
        assert reader._child.pid != pid


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is the system's")
def test_memory_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "wide.txt"
    path.write_bytes(b"word " * 4_000_000)
    limits = Limits(max_memory_mib=96, max_text_chars=100_000_000)
    with GuardedReader(limits) as reader, pytest.raises(ReadingError) as caught:
        reader.read(path, "resume")
    assert caught.value.code in ("out-of-memory", "crashed")


def test_no_child_is_left_behind(page: Path) -> None:
    reader = GuardedReader()
    reader.read(page, "resume")
    assert reader._child is not None
    pid = reader._child.pid
    reader.close()
    assert not alive(pid)
    reader.close()
