"""Commands read their files in a process that can be ended, and say at once that one is not there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.cli import main
from matcher.cli.config import load
from matcher.errors import SettingsError
from matcher.reading import Limits

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
POSTING = str(SAMPLES / "postings" / "ml-engineer.txt")
PAGE = str(SAMPLES / "resumes" / "senior-linh-brandvold.pdf")


def children() -> set[int]:
    """The processes that this one has started and that still run."""
    found = set[int]()
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if parent == os.getpid():
                found.add(int(entry.name))
    return found


@pytest.mark.parametrize(
    "call",
    [
        ("score", "none.pdf", POSTING),
        ("score", PAGE, "none.pdf"),
        ("level", "none.pdf"),
        ("extract", "none.pdf", "--kind", "resume"),
        ("audit", "--swap", "none.pdf", "--posting", POSTING),
    ],
    ids=" ".join,
)
def test_a_missing_file_is_told_before_the_taxonomy_is_loaded(
    call: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("matcher.api.load", lambda *_, **__: pytest.fail("the taxonomy was loaded"))
    run = CliRunner().invoke(main, list(call))
    assert run.exit_code == 2
    assert run.output == "none.pdf: there is no such file; check the path\n"


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on memory is the system's")
@pytest.mark.parametrize("limit", ["max_pages = 1", "max_bytes = 2000", "max_text_chars = 50", "max_memory_mib = 40"])
def test_the_limits_of_the_configuration_hold_for_single_files(
    limit: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from reportlab.pdfgen.canvas import Canvas

    monkeypatch.chdir(tmp_path)
    canvas = Canvas("cv.pdf")
    for _ in range(2):
        canvas.drawString(50, 700, "Jane Roe, Python and Kubernetes at Globex in Springfield since 2019")
        canvas.showPage()
    canvas.save()
    if limit.startswith("max_bytes"):
        Path("cv.pdf").write_bytes(Path("cv.pdf").read_bytes() + b"\n" * 4000)
    Path("matcher.toml").write_text(f"[limits]\n{limit}\n")
    before = children()
    run = CliRunner().invoke(main, ["extract", "cv.pdf", "--kind", "resume"])
    assert (run.exit_code, run.output.count("\n")) == (2, 1)
    assert run.output.startswith("cv.pdf: ")
    assert limit.split()[0] in run.output
    assert children() == before


def test_a_pdf_is_read_and_no_process_is_left(tmp_path: Path) -> None:
    before = children() if sys.platform == "linux" else set()
    run = CliRunner().invoke(main, ["score", PAGE, POSTING, "--as-of", "2026-11-20", "--quiet"])
    assert run.exit_code == 0, run.output
    if sys.platform == "linux":
        assert children() == before


@pytest.mark.parametrize("line", ["max_pages = 0", "max_pages = 1.5", "max_seconds = true", "max_page = 3"])
def test_a_limit_that_cannot_be_is_told(line: str, tmp_path: Path) -> None:
    path = tmp_path / "matcher.toml"
    path.write_text(f"[limits]\n{line}\n")
    with pytest.raises(SettingsError, match=f"limits.{line.split()[0]}"):
        load(path, main)


def test_limits_are_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "matcher.toml"
    path.write_text("[limits]\nmax_seconds = 2.5\nmax_pages = 7\n")
    assert load(path, main).limits == Limits(max_seconds=2.5, max_pages=7)
