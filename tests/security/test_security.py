"""Personal data stay where they are: no network, no words in logs and errors, private files, safe outputs."""

from __future__ import annotations

import csv
import io
import json
import locale
import logging
import os
import resource
import socket
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher import Matcher
from matcher.cli import main
from matcher.errors import MatcherError, ReadingError

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
RESUME = SAMPLES / "resumes" / "junior-ada-okafor.txt"
POSTING = SAMPLES / "postings" / "junior-ml-engineer.md"

# Run in a child: every way of Python to reach another machine fails loudly, and so would the child.
_CUT = """
import socket, sys
def cut(*arguments, **options):
    raise SystemExit("the network was used")
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = cut
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = cut
from click.testing import CliRunner
from matcher.cli import main
for line in sys.stdin.read().splitlines():
    arguments = line.split("\\t")
    result = CliRunner().invoke(main, arguments)
    if result.exit_code not in (0, 1) or "the network was used" in str(result.exception):
        sys.exit(f"{arguments}: {result.output} {result.exception!r}")
    print(arguments[0], result.exit_code)
"""


def test_the_main_paths_work_with_the_network_cut(tmp_path):
    resumes = sorted(str(path) for path in (SAMPLES / "resumes").iterdir())
    results, groups = tmp_path / "results.csv", tmp_path / "groups.csv"
    results.write_text("resume,score\na,10\nb,90\n", encoding="utf-8")
    groups.write_text("resume,sex\na,f\nb,m\n", encoding="utf-8")
    calls = [
        *(["score", path, str(POSTING), "--format", "json", "--as-of", "2026-11-20"] for path in resumes),
        ["score", resumes[0], str(POSTING), "-o", str(tmp_path / "report.html")],
        ["level", resumes[0]],
        ["extract", str(POSTING), "--kind", "posting"],
        ["audit", str(results), str(groups)],
        ["audit", "--swap", str(RESUME), "--posting", str(POSTING)],
    ]
    done = subprocess.run(
        [sys.executable, "-c", _CUT], input="\n".join("\t".join(call) for call in calls), capture_output=True,
        text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(calls)


def test_the_cut_would_be_noticed():
    script = _CUT.replace("from matcher.cli import main", "socket.create_connection(('localhost', 9))")
    done = subprocess.run([sys.executable, "-c", script], input="", capture_output=True, text=True, check=False)
    assert "the network was used" in done.stderr


# Python runs this first in every process, those that a batch starts as well.
_CUT_EVERYWHERE = """
import os, socket
def cut(self, *arguments, **options):
    if self.family in (socket.AF_INET, socket.AF_INET6):
        open(os.environ["NETWORK_USED"], "a").write(repr(arguments))
        raise OSError("the network is cut")
    return real(self, *arguments, **options)
real = socket.socket.connect
def looked_up(*arguments, **options):
    open(os.environ["NETWORK_USED"], "a").write(repr(arguments))
    raise OSError("the network is cut")
socket.socket.connect = socket.socket.connect_ex = cut
socket.getaddrinfo = socket.gethostbyname = looked_up
open(os.environ["PROCESSES"], "a").write(f"{os.getpid()}\\n")
"""


def test_a_batch_of_several_processes_works_with_the_network_cut(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(_CUT_EVERYWHERE, encoding="utf-8")
    used, processes = tmp_path / "used", tmp_path / "processes"
    environment = {
        **os.environ, "PYTHONPATH": str(tmp_path / "site"), "NETWORK_USED": str(used), "PROCESSES": str(processes),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }  # fmt: skip
    probe = [sys.executable, "-c", "import socket; socket.create_connection(('localhost', 9))"]
    assert subprocess.run(probe, env=environment, capture_output=True, check=False).returncode == 1
    assert used.exists()
    used.unlink()
    store = tmp_path / "store.sqlite"
    for call in (
        ["batch", str(SAMPLES / "resumes"), str(SAMPLES / "postings"), "-o", str(tmp_path / "o.csv"), "--jobs", "2"],
        ["batch", str(SAMPLES / "resumes"), str(POSTING), "-o", str(tmp_path / "o.html"), "--store", str(store)],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "matcher", *call], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert not used.exists(), used.read_text(encoding="utf-8")
    assert len(processes.read_text(encoding="utf-8").split()) >= 3


SECRET = "Zyxwvut Quarrington"


def test_no_words_of_a_resume_in_logs(tmp_path, caplog):
    path = tmp_path / "cv.txt"
    path.write_text(f"{SECRET}\nquarrington@post.example\n\nSkills\nPython, PyTorch\n", encoding="utf-8")
    matcher = Matcher(as_of=date(2026, 11, 20))
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("matcher.test").debug("recording")
        matcher.score(path, POSTING)
    assert "recording" in caplog.text
    assert "Quarrington" not in caplog.text
    assert "quarrington@" not in caplog.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", f'{{"basics": {{"name": "{SECRET}"}} broken'.encode()),
        ("b.pdf", b"%PDF-1.4\n" + SECRET.encode() + b"\n%%EOF"),
        ("c.docx", b"PK\x03\x04" + SECRET.encode()),
        ("d.rtf", b"{\\rtf1 " + b"{" * 5000 + SECRET.encode()),
        ("e.txt", b"\x00\x01\x02" * 500 + SECRET.encode()),
        ("f.html", b"<html>" + b"<div>" * 100_000 + SECRET.encode()),
    ],
)
def test_no_words_of_a_resume_in_errors(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    result = CliRunner().invoke(main, ["extract", str(path), "--kind", "resume"])
    if result.exit_code == 0:
        return  # readable after all
    assert result.exit_code == 2
    assert "Quarrington" not in result.output
    assert "Traceback" not in result.output
    assert result.output.count("\n") == 1


def test_outputs_of_a_resume_that_is_an_attack(tmp_path):
    path = tmp_path / "cv.txt"
    path.write_text(
        "=cmd|' /C calc'!A0\n<script>alert(1)</script>\n\nSkills\nPython <img src=x onerror=alert(2)>\n"
        '=HYPERLINK("http://evil.example","PyTorch")\n',
        encoding="utf-8",
    )
    page = CliRunner().invoke(main, ["score", str(path), str(POSTING), "--format", "html"])
    assert page.exit_code == 0
    assert "<script>alert" not in page.output
    assert "<img src=x" not in page.output
    table = CliRunner().invoke(main, ["extract", str(path), "--kind", "resume", "--format", "csv"])
    assert table.exit_code == 0
    cells = [cell for row in csv.reader(io.StringIO(table.output)) for cell in row]
    assert "Python" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    "name",
    [
        "a b.txt",
        "ä ö 简历.txt",
        "'quoted\".txt",
        "-dash.txt",
        "new\nline.txt",
        "$(touch x).txt",
        "%s{0}.txt",
        "x" * 200 + ".txt",
    ],
)
def test_odd_names_are_names(tmp_path, name):
    path = tmp_path / name
    path.write_text(RESUME.read_text(encoding="utf-8"), encoding="utf-8")
    result = CliRunner().invoke(main, ["score", str(path), str(POSTING), "--format", "json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["resume"]["document"]["source"] == str(path)


def test_impossible_names_get_one_line(tmp_path):
    long = str(tmp_path / ("x" * 300 + ".txt"))
    calls = [[long, str(POSTING)], ["", str(POSTING)], [str(RESUME), str(POSTING), "-o", long]]
    for arguments in (["score", *call] for call in calls):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 2, arguments
        assert "Traceback" not in result.output
    with pytest.raises(ReadingError):
        Matcher().profile("a\0b.txt", "resume")


def test_a_name_that_is_no_utf8(tmp_path):
    path = os.fsencode(tmp_path) + b"/cv-\xff\xfe.txt"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(RESUME.read_bytes())
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"matcher", b"score", path, os.fsencode(POSTING), b"--format", b"json"],
        capture_output=True, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr
    assert done.returncode in (0, 2)


def test_a_folder_that_cannot_be_written_to(tmp_path):
    if os.geteuid() == 0:
        # Root may write to a closed folder; to the kernel's own nobody may.
        target = Path("/proc/o.json")
    else:
        folder = tmp_path / "closed"
        folder.mkdir(mode=0o555)
        target = folder / "o.json"
    result = CliRunner().invoke(main, ["score", str(RESUME), str(POSTING), "-o", str(target)])
    assert result.exit_code == 2, result.output
    assert "cannot be written" in result.output
    assert "Traceback" not in result.output
    assert not target.exists()


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def test_a_full_disk_leaves_nothing_half_written(tmp_path):
    target = tmp_path / "o.json"
    target.write_text("as it was", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "matcher", "score", str(RESUME), str(POSTING), "-o", str(target)],
        capture_output=True, text=True, preexec_fn=_limited, check=False,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_text(encoding="utf-8") == "as it was"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["o.json"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_device_that_is_full():
    done = subprocess.run(
        [sys.executable, "-m", "matcher", "score", str(RESUME), str(POSTING), "-o", "/dev/full"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_reports_follow_links_and_the_owners_habit(tmp_path):
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    link.symlink_to(target)
    result = CliRunner().invoke(main, ["score", str(RESUME), str(POSTING), "-o", str(link)])
    assert result.exit_code == 0
    assert link.is_symlink()
    assert json.loads(target.read_text(encoding="utf-8"))["score"] is not None


def _json(tmp_path: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "matcher", "score", str(RESUME), str(POSTING), "--as-of=2026-11-20", "--format=json"],
        capture_output=True, check=True,
        env={**os.environ, **environment},
    )  # fmt: skip
    return done.stdout.decode("utf-8")


def test_locale_clock_and_hash_seed_change_nothing(tmp_path):
    plain = _json(tmp_path)
    assert _json(tmp_path, LC_ALL="C", LANG="C", PYTHONHASHSEED="1") == plain
    assert _json(tmp_path, TZ="Pacific/Kiritimati", PYTHONHASHSEED="2") == plain
    assert _json(tmp_path, LC_ALL="tr_TR.UTF-8", PYTHONUTF8="1") == plain


def test_numbers_are_read_alike_in_every_locale():
    before = locale.setlocale(locale.LC_ALL)
    result = Matcher(as_of=date(2026, 11, 20)).score(RESUME, POSTING)
    for name in ("de_DE.UTF-8", "tr_TR.UTF-8", "C.UTF-8", "C"):
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        try:
            assert Matcher(as_of=date(2026, 11, 20)).score(RESUME, POSTING) == result
        finally:
            locale.setlocale(locale.LC_ALL, before)


def test_errors_of_users_are_of_one_family():
    assert issubclass(ReadingError, MatcherError)
    with pytest.raises(ReadingError) as caught:
        Matcher().profile("/nowhere/at/all.pdf", "resume")
    assert caught.value.code == "missing"
    assert socket  # imported here as in the child, so that a rename of the module would be seen
