"""What is installed: the wheel's own package, its taxonomy, its command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import matcher
from matcher.taxonomy.locate import bundled_root

HOME = os.environ.get("MATCHER_EXPECTED_HOME")


@pytest.mark.skipif(HOME is None, reason="the tests run on the checkout, not on the wheel")
def test_the_tests_run_on_the_wheel() -> None:
    assert HOME is not None
    assert Path(matcher.__file__).is_relative_to(HOME)
    assert bundled_root().is_relative_to(HOME)


def test_the_bundled_taxonomy_is_found() -> None:
    assert (bundled_root() / "taxonomy.yaml").is_file()
    assert list((bundled_root() / "skills").glob("*.yaml"))


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_python_m_matcher(arguments: list[str]) -> None:
    run = subprocess.run([sys.executable, "-m", "matcher", *arguments], capture_output=True, text=True, check=True)
    assert "matcher" in run.stdout
    assert run.stderr == ""


def test_help_imports_nothing_heavy() -> None:
    heavy = {"spacy", "pdfplumber", "pypdfium2", "sklearn", "scipy", "numpy", "rich", "pydantic", "yaml", "pandas"}
    code = (
        "import sys\n"
        "from matcher.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        f"print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr.strip() == "[]"
