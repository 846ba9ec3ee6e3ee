"""The commands of `matcher taxonomy`."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matcher.cli import main

NURSING = Path(__file__).parent / "data" / "nursing.yaml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["taxonomy", *arguments])


def test_show_tells_all_there_is_about_a_skill() -> None:
    result = run("show", "k8s")

    assert result.exit_code == 0
    for words in ("Kubernetes", "broader", "narrower", "alternatives", "required by", "to acquire it", "certifications",
                  "Mid-level", "salary-timeline-guide: Machine Learning Engineer Career Path"):  # fmt: skip
        assert words in result.output
    assert max(map(len, result.output.splitlines())) <= 100


def test_show_as_json() -> None:
    data = json.loads(run("show", "kubernetes", "--format", "json").output)["skill"]

    assert data["id"] == "kubernetes"
    assert {"level", "name", "any_of", "sources"} <= set(data["required_by"][0])
    assert {"id": "helm", "name": "Helm"} in data["narrower"]
    assert all({"id", "title"} <= set(source) for source in data["sources"])


def test_show_of_a_level() -> None:
    result = run("show", "director")

    assert result.exit_code == 0
    assert "(levels/director)" in result.output
    assert "leading" in result.output


def test_show_of_nothing_is_an_error_with_suggestions() -> None:
    result = run("show", "kuberntes")

    assert result.exit_code == 2
    assert result.output.startswith("there is no 'kuberntes' in the taxonomy; did you mean 'Kubernetes'")


def test_find_exits_with_zero_for_a_name_and_one_for_none() -> None:
    found, missed = run("find", "K8S"), run("find", "kuberntes")

    assert (found.exit_code, missed.exit_code) == (0, 1)
    assert found.output == "Kubernetes (skills/kubernetes, tool)\n" or "wording of" in found.output
    assert missed.output.splitlines()[:2] == [
        "nothing is called 'kuberntes':",
        "  did you mean Kubernetes (skills/kubernetes)",
    ]


def test_find_as_json() -> None:
    found = json.loads(run("find", "senior", "--format", "json").output)
    missed = json.loads(run("find", "kuberntes", "-n", "2", "--format", "json").output)

    assert {"at": "levels/senior", "name": "Senior", "guides": []} in found["found"] or found["found"]
    assert missed["found"] == []
    assert len(missed["suggestions"]) == 2


def test_stats_counts_what_the_overlay_holds() -> None:
    data = json.loads(run("stats", "--format", "json", "--taxonomy", str(NURSING)).output)

    assert data["name"] == "Nursing"
    assert data["skills"] == 20
    assert data["names"] == 47
    assert data["levels"] == 2
    assert data["sources"] == {"ward-handbook": 1}
    assert "skills                         20" in run("stats", "--taxonomy", str(NURSING)).output


def test_export_as_csv_and_as_json(tmp_path: Path) -> None:
    table = run("export", "--format", "csv", "--taxonomy", str(NURSING)).output
    run("export", "-o", str(tmp_path / "t.json"), "--taxonomy", str(NURSING))
    whole = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))

    rows = list(csv.DictReader(StringIO(table)))
    assert len(rows) == len(whole["skills"]) == 20
    assert rows[0]["aliases"] == "nursing care|bedside care"
    assert rows[0]["grouping"] == ""
    assert whole["skills"]["epic"]["ambiguous"]["spelling"] == "exact"


def test_check_of_a_whole_taxonomy_and_of_an_overlay(small: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "mine.yaml"
    overlay.write_text("skills:\n  pod-man: {name: Pod man, kind: tool}\n")

    result = run("check", str(small), str(overlay))

    assert result.exit_code == 0
    assert f"{small}: 5 skills, 6 names, 1 example sentences: 0 errors, 0 warnings" in result.output
    assert f"warning: {overlay}:2: skills 'pod-man': the name 'Pod man' differs from one of 'podman'" in result.output
    assert run("check", str(overlay), "--strict").exit_code == 1


def test_import_writes_an_overlay_and_tells_what_it_took(tmp_path: Path) -> None:
    table = tmp_path / "t.txt"
    table.write_text(
        "Example\tCommodity Code\tCommodity Title\n"
        "Kubernetes\t1\tContainer software\nZorblax Studio\t1\tContainer software\n",
        encoding="utf-8",
    )
    overlay = tmp_path / "onet.yaml"

    result = run("import", "onet", str(table), "-o", str(overlay), "-v")

    assert result.exit_code == 0, result.output
    assert "taken         1 skills, 1 headings" in result.output
    assert "merged        1 with skills of the same name" in result.output
    assert "Kubernetes = kubernetes" in result.output
    assert "onet:" in overlay.read_text(encoding="utf-8")
    assert "Zorblax Studio" in run("find", "zorblax studio", "--taxonomy", str(overlay)).output


@pytest.mark.parametrize("what", ["esco", "onet"])
def test_import_of_something_else_is_an_error_of_one_line(tmp_path: Path, what: str) -> None:
    result = run("import", what, str(tmp_path / "nothing"), "-o", str(tmp_path / "out.yaml"))

    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1
    assert not (tmp_path / "out.yaml").exists()
