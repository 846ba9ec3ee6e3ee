from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from matcher.batch.rows import LISTS, NAMES, WHOLE
from matcher.batch.writers import format_of, write_rows
from matcher.errors import SettingsError

_ROW: dict[str, Any] = {name: [] if name in LISTS else 1 if name in WHOLE else "text" for name in NAMES}
_ROW |= {"score": 57.5, "understood": 1.0, "missing_required": ["Python", "Go"], "resume_level": None}


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv(tmp_path: Path) -> None:
    write_rows(tmp_path / "o.csv", "csv", [_ROW])
    (row,) = _csv(tmp_path / "o.csv")
    assert tuple(row) == NAMES
    assert (row["score"], row["missing_required"], row["resume_level"], row["rank"]) == ("57.50", "Python; Go", "", "1")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_no_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    write_rows(tmp_path / "o.csv", "csv", [{**_ROW, "resume": text, "missing_required": [text]}])
    (row,) = _csv(tmp_path / "o.csv")
    assert row["resume"] == row["missing_required"] == f"'{text}"


def test_json_lines(tmp_path: Path) -> None:
    write_rows(tmp_path / "o.jsonl", "jsonl", [_ROW, _ROW])
    lines = (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [_ROW, _ROW]


def test_parquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write_rows(tmp_path / "o.parquet", "parquet", [_ROW, _ROW])
    assert parquet.read_table(tmp_path / "o.parquet").to_pylist() == [_ROW, _ROW]
    write_rows(tmp_path / "none.parquet", "parquet", [])
    assert parquet.read_table(tmp_path / "none.parquet").column_names == list(NAMES)


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("old")

    def rows() -> Any:
        yield _ROW
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_rows(path, "csv", rows())
    assert [item.name for item in tmp_path.iterdir()] == ["o.csv"]
    assert path.read_text() == "old"


def test_an_ending_without_a_format_is_an_error() -> None:
    with pytest.raises(SettingsError, match=r"\.csv, \.htm"):
        format_of(Path("x.xlsx"))
