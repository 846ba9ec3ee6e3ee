"""Mistakes that a person makes on the command line: one line says what is wrong and what to do."""

from __future__ import annotations

import json
import os
import re
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


def _line(*call: str) -> str:
    """The one line that a wrong call gets."""
    done = CliRunner().invoke(main, list(call))
    assert done.exit_code == 2
    assert done.output.count("\n") == 1
    return done.output


@pytest.mark.parametrize("command", CALLS)
def test_a_key_file_without_blind_mode_is_refused(command: str, tmp_path: Path) -> None:
    key = tmp_path / "k.csv"
    assert _line(*CALLS[command](RESUME), "--key-file", str(key)).endswith(
        "k.csv: a key file goes with blind mode; ask for that too with --blind\n"
    )
    assert not key.exists()


@pytest.mark.parametrize("command", CALLS)
def test_names_that_are_no_files(command: str, tmp_path: Path) -> None:
    assert _line(*CALLS[command]("")) == "(no name): the name of the file is empty; name a file\n"
    address = "https://jobs.example/1.html"
    assert _line(*CALLS[command](address)) == (
        f"{address}: is an address, and nothing is fetched; save the page and name the file\n"
    )
    if hasattr(os, "mkfifo"):
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        assert "is a pipe and no file; name - and give it on standard input" in _line(*CALLS[command](pipe))


def test_an_empty_name_in_a_batch_and_an_audit(tmp_path: Path) -> None:
    assert _line("batch", "", str(POSTING), "-o", str(tmp_path / "o.csv")) == (
        "the name of a file or folder is empty; name one\n"
    )
    assert "the name of the file is empty" in _line("audit", "", "groups.csv")


@pytest.mark.parametrize("command", CALLS)
def test_a_closed_file_gets_the_line_that_a_batch_has(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed.txt"
    closed.write_text("Jo Doe")
    opened, access = Path.open, os.access

    def refuse(path: Path, *args: object, **named: object) -> object:
        if path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **named)

    # Permissions do not hold for every user, so that the system's answers are made.
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode, **named: os.fspath(path) != str(closed) and access(path, mode))
    assert _line(*CALLS[command](closed)) == (
        f"{closed}: cannot be opened (Permission denied); check the file and its permissions\n"
    )


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["score", "a", "b", "--fail-under", "abc"], "'abc' is not a number"),
        (["score", "a", "b", "--fail-under", "nan"], "'nan' is not a number"),
        (["score", "a", "b", "--target-score", "120"], "is not in the range"),
        (["audit", "a", "b", "--top", "many"], "'many' is not a whole number"),
        (["batch", "a", "b", "-o", "o.csv", "--top", "1.5"], "'1.5' is not a whole number"),
    ],
)
def test_a_number_that_is_none(call: list[str], words: str) -> None:
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 2
    assert words in done.output


def test_swapped_documents_are_noticed_and_scored_as_they_are(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["score", str(POSTING), str(RESUME), "--format", "json", "-o", str(tmp_path / "r")])
    assert done.exit_code == 0
    assert f"{POSTING}: given as a resume, it looks like a posting: it has headings of " in done.output
    assert f"{RESUME}: given as a posting, it looks like a resume: it has headings of " in done.output
    data = json.loads((tmp_path / "r").read_text(encoding="utf-8"))
    codes = [{item["code"] for item in data[side]["document"]["notices"]} for side in ("resume", "posting")]
    assert "looks-like-posting" in codes[0]
    assert "looks-like-resume" in codes[1]
    told = CliRunner().invoke(main, ["level", str(POSTING)])
    assert "looks like a posting" in told.output


def test_documents_in_their_places_are_not_noticed() -> None:
    from matcher.mistaken import Signs
    from matcher.reading import read
    from matcher.taxonomy.loader import load

    signs = Signs(load([]))
    for folder, kind, other in (("resumes", "resume", "posting"), ("postings", "posting", "resume")):
        files = sorted((SAMPLES / folder).iterdir())
        assert files
        for file in files:
            assert signs.notices(read(file, kind)) == ()
            assert [item.code for item in signs.notices(read(file, other))] == [f"looks-like-{kind}"]


def test_a_batch_tells_how_many_pairs_there_are(tmp_path: Path) -> None:
    call = ["batch", str(SAMPLES / "resumes"), str(SAMPLES / "postings"), "-o"]
    best = CliRunner().invoke(main, [*call, str(tmp_path / "best.csv"), "--top", "3", "--jobs", "1"])
    assert best.exit_code == 0
    told = re.search(
        r"^49 pairs, (\d+) scored exactly, the others cannot reach the top 3; (\d+) rows", best.output, re.M
    )
    assert told is not None
    assert 21 <= int(told[1]) < 49
    every = CliRunner().invoke(main, [*call, str(tmp_path / "every.csv"), "--jobs", "1"])
    assert "\n49 pairs scored; 49 rows written to " in every.output
