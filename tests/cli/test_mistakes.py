"""Mistakes that a person makes on the command line: one line says what is wrong and what to do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.cli import main

SAMPLES = Path(__file__).parents[2] / "samples"
RESUME, POSTING = SAMPLES / "resumes/junior-ada-okafor.txt", SAMPLES / "postings/junior-ml-engineer.md"
CALLS = {
    "score": lambda resume: ["score", str(resume), str(POSTING)],
    "level": lambda resume: ["level", str(resume)],
    "extract": lambda resume: ["extract", str(resume), "--kind", "resume"],
}


@pytest.mark.parametrize("command", CALLS)
def test_an_answer_is_never_written_over_its_input(command: str, tmp_path: Path) -> None:
    resume = tmp_path / "resume.txt"
    resume.write_bytes(RESUME.read_bytes())
    link = tmp_path / "link.txt"
    link.symlink_to(resume)
    for output in (resume, link):
        done = CliRunner().invoke(main, [*CALLS[command](resume), "-o", str(output)])
        assert done.exit_code == 2
        assert done.output == f"{output}: is what the command reads; choose another name with -o\n"
    assert resume.read_bytes() == RESUME.read_bytes()


@pytest.mark.parametrize("command", CALLS)
@pytest.mark.parametrize("ending", [".pdf", ".DOCX", ".xlsx"])
def test_a_form_that_nothing_writes_is_refused(command: str, ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"report{ending}"
    done = CliRunner().invoke(main, [*CALLS[command](RESUME), "-o", str(file)])
    assert done.exit_code == 2
    assert f"does not write {ending}; its formats are: text, json" in done.output
    assert not file.exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "none" / "report.html"
    done = CliRunner().invoke(main, [*CALLS["level"](RESUME), "-o", str(file)])
    assert done.exit_code == 2
    assert f"there is no folder {file.parent}; make it first" in done.output


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("command", ["score", "taxonomy"])
def test_an_interrupt_is_no_answer(command: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    # One waits for a resume that never comes, the other one works for some seconds.
    call = ["score", "-", str(POSTING), "-o", str(file)] if command == "score" else ["taxonomy", "check"]
    # What a terminal does: the signal goes to the command and to all that it started.
    process = subprocess.Popen(
        [sys.executable, "-m", "matcher", *call],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "MATCHER_CACHE": ""},
        start_new_session=True,
        # Whoever started the tests in the background has the signal ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(2.0)
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert output == ""
    assert errors == "interrupted; nothing was written\n"
    assert list(tmp_path.iterdir()) == []
