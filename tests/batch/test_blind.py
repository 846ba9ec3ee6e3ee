"""A batch in blind mode names no person, and a key in the right hands tells who is who."""

from __future__ import annotations

import csv
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from matcher import Matcher
from matcher.batch import Batch, run_batch
from matcher.cli import main
from matcher.errors import SettingsError
from matcher.privacy import blind

from .conftest import DAY, posting


def _text(name: str, more: str = "") -> str:
    mail = name.lower().replace(" ", ".")
    return (
        f"{name}\n{mail}@example.org\n\nExperience\n\nMachine Learning Engineer, Some Company\nJan 2019 - present\n"
        f"- {name.split()[0]} built services in Python and Kubernetes\n\nSkills\n\nPython, Docker{more}\n"
    )


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "in").mkdir()
    for name, more in (("Adele Verne", ""), ("Bela Quist", ", SQL"), ("Cleo Marsh", ", Airflow")):
        (tmp_path / "in" / f"{name}.txt").write_text(_text(name, more), encoding="utf-8")
    (tmp_path / "in" / "Adele Verne (1).txt").write_text(_text("Adele Verne"), encoding="utf-8")
    (tmp_path / "in" / "Dora Penn.txt").write_text(f"{_text('Dora Penn')}\n{posting(1) * 2}", encoding="utf-8")
    (tmp_path / "in" / "Emil Nobody.txt").write_bytes(b"%PDF-1.7 cut short")
    (tmp_path / "in" / "Fay Closed.zip").write_bytes(b"no zip")
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "p1.txt").write_text(posting(1), encoding="utf-8")
    return tmp_path / "in", tmp_path / "jobs"


_NAMES = ("Adele", "Verne", "Bela", "Quist", "Cleo", "Marsh", "Dora", "Penn", "Emil", "Nobody", "Fay", "Closed")


def _run(folders: tuple[Path, Path], output: Path, **more: Any) -> None:
    run_batch(Batch(str(folders[0]), str(folders[1]), output, as_of=DAY, blind=True, **more))


@pytest.mark.parametrize("ending", ["csv", "jsonl", "html", "parquet"])
def test_no_name_is_in_what_is_written(folders: tuple[Path, Path], tmp_path: Path, ending: str) -> None:
    output = tmp_path / f"o.{ending}"
    _run(folders, output)
    if ending == "parquet":
        import pyarrow.parquet

        written = json.dumps(pyarrow.parquet.read_table(output).to_pylist())
    else:
        written = output.read_text(encoding="utf-8")
    for text in (written, (tmp_path / "o.failures.csv").read_text(encoding="utf-8")):
        assert "candidate-" in text
        assert [name for name in _NAMES if name in text] == []
    assert "p1.txt" in written


def test_pseudonyms_are_those_of_a_single_report_and_stay_the_same(
    folders: tuple[Path, Path], tmp_path: Path, matcher: Matcher
) -> None:
    _run(folders, tmp_path / "o.jsonl", store=tmp_path / "s")
    rows = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    wanted = {}
    for path in folders[0].glob("*.txt"):
        if path.name != "Emil Nobody.txt":
            result = blind(matcher.score(path, folders[1] / "p1.txt"))
            wanted[result.resume.document.source] = result.score
    assert {row["resume"]: row["score"] for row in rows} == wanted
    assert len(wanted) == 4
    assert all(row["resume_duplicates"] == [] for row in rows)
    (folders[0] / "Adele Verne.txt").rename(folders[0] / "z.txt")
    _run(folders, tmp_path / "again.jsonl", store=tmp_path / "s")
    again = [json.loads(line) for line in (tmp_path / "again.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["resume"] for row in again} == set(wanted)


def test_blind_and_open_profiles_do_not_mix(folders: tuple[Path, Path], tmp_path: Path) -> None:
    store = tmp_path / "s"
    run_batch(Batch(str(folders[0]), str(folders[1]), tmp_path / "open.html", as_of=DAY, store=store))
    assert "Adele" in (tmp_path / "open.html").read_text(encoding="utf-8")
    _run(folders, tmp_path / "o.html", store=store)
    assert "Adele" not in (tmp_path / "o.html").read_text(encoding="utf-8")
    told = CliRunner().invoke(main, ["store", "info", str(store)]).output
    assert "of use with this program and taxonomy: 10 of 10" in told


def test_the_key_tells_who_is_who_to_its_owner_only(folders: tuple[Path, Path], tmp_path: Path) -> None:
    arguments = ["batch", str(folders[0]), str(folders[1]), "-o", str(tmp_path / "o.csv"), "--as-of", DAY.isoformat()]
    done = CliRunner().invoke(main, [*arguments, "--blind", "--key-file", str(tmp_path / "key.csv")])
    assert done.exit_code == 0, done.output
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "key.csv").stat().st_mode) == 0o600
    with (tmp_path / "key.csv").open(encoding="utf-8-sig", newline="") as file:
        key = [(row["pseudonym"], Path(row["source"]).name) for row in csv.DictReader(file)]
    assert sorted(name for _, name in key) == sorted(path.name for path in folders[0].iterdir())
    assert key == sorted(key)
    named = {name: pseudonym for pseudonym, name in key}
    assert named["Adele Verne.txt"] == named["Adele Verne (1).txt"]
    assert named["Fay Closed.zip"] == "unopened-1"
    with (tmp_path / "o.failures.csv").open(encoding="utf-8-sig", newline="") as file:
        failures = {row["source"]: row["error"] for row in csv.DictReader(file)}
    assert failures == {named["Emil Nobody.txt"]: "truncated", "unopened-1": "archive"}


def test_a_key_without_blind_mode_is_refused(folders: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="blind mode"):
        run_batch(Batch(str(folders[0]), str(folders[1]), tmp_path / "o.csv", key_file=tmp_path / "key.csv"))
