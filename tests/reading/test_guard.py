"""Reading in a process that can be ended."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
import zlib
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


def ended(pid: int) -> bool:
    """Whether a process of somebody else ends within some seconds."""
    for _ in range(50):
        if not alive(pid):
            return True
        time.sleep(0.1)
    return False


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


def test_a_plain_text_needs_no_child(tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_text("Jane Roe\nPython")
    with GuardedReader() as reader:
        reader.expect(path)
        assert reader.read(path, "resume") == read(path, "resume")
        assert reader.read("-", "posting", stdin=io.BytesIO(b"We need Go")).text == "We need Go"
        assert reader._child is None


def test_a_page_that_pretends_to_be_a_text_is_read_by_the_child(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes("<html><body><p>Jane Roe</p></body></html>".encode("utf-16"))
    with GuardedReader() as reader:
        assert reader.read(path, "resume").text == "Jane Roe"
        assert reader._child is not None


def test_files_that_are_expected_have_a_child_before_they_are_read(page: Path) -> None:
    with GuardedReader() as reader:
        reader.expect(page, "-")
        assert reader._child is not None
        pid = reader._child.pid
        assert reader.read(page, "resume").text.startswith("Jane Roe")
        assert reader._child.pid == pid
        with pytest.raises(ReadingError) as caught:
            reader.expect(page, page.with_name("none.pdf"))
        assert caught.value.code == "missing"


def test_standard_input_is_read_by_the_child(page: Path) -> None:
    with GuardedReader() as reader:
        document = reader.read("-", "resume", stdin=io.BytesIO(page.read_bytes()))
        assert reader._child is not None
    assert (document.source, document.text) == ("-", "Jane Roe\nPython")


def squeezed_pdf(content: bytes) -> bytes:
    """A PDF of one page, which says what ``content`` does."""
    packed = zlib.compress(content, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj%s endobj\n" % pair for pair in enumerate(parts, 1))
    return body + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n0\n%%EOF"


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is the system's")
def test_a_pdf_that_wants_too_much_memory_is_told_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "many.pdf"
    path.write_bytes(squeezed_pdf(b"BT /F1 1 Tf " + b"1 0 0 1 9 9 Tm (Python and Go) Tj " * 1_000_000 + b"ET"))
    with GuardedReader(Limits(max_memory_mib=300)) as reader, pytest.raises(ReadingError) as caught:
        reader.read(path, "resume")
    assert "max_memory_mib" in str(caught.value)
    assert "300 MiB" in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script")
def test_what_the_child_started_and_wrote_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pytesseract")
    from test_ocr import scanned

    noted = tmp_path / "pid"
    program = tmp_path / "tesseract"
    program.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && echo "tesseract 5.3" && exit\necho $$ > {noted}; sleep 60\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(72))
    reader = GuardedReader()

    def given_up() -> None:
        while not noted.exists() or not noted.read_text().strip():
            time.sleep(0.05)
        assert reader._folder is not None
        left.extend(Path(reader._folder.name).iterdir())
        folders.append(Path(reader._folder.name))
        reader.close()

    left: list[Path] = []
    folders: list[Path] = []
    thread = threading.Thread(target=given_up)
    thread.start()
    with pytest.raises(ReadingError):
        reader.read(path, "resume")
    thread.join()
    assert left
    assert not folders[0].exists()
    assert ended(int(noted.read_text()))


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_child_ends_with_its_parent(page: Path) -> None:
    code = (
        "import os, sys\n"
        "from matcher.reading import GuardedReader\n"
        "reader = GuardedReader()\n"
        "reader.read(sys.argv[1], 'resume')\n"
        "print(reader._child.pid, reader._folder.name, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(page)], capture_output=True, text=True, check=False)
    pid, folder = done.stdout.split()
    assert ended(int(pid))
    assert not Path(folder).exists()
