"""What the pages say works: every command runs, every snippet runs, every output shown is the real one."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib

import pytest
from blocks import NOT_RUN, PAGES, ROOT, Desk, as_shown, blocks, commands, expected_prints

TEXTS = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in PAGES}
RUNS = [name for name, text in TEXTS.items() if any(block.language in ("console", "python") for block in blocks(text))]
# What installs or makes the environment that the tests themselves run in, and what tests/batch does on a Ray; nothing
# else may go unrun.
MAY_STAY_UNRUN = re.compile(
    r"(?:git clone |cd |make [a-z-]+|python3? -m venv |(?:\.venv/bin/)?pip install |ray start |"
    r"matcher batch .* --engine ray)"
)
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)(?:#[^)]*)?\)")


def test_there_are_commands_and_snippets():
    found = [block for text in TEXTS.values() for block in blocks(text) if not block.not_run]
    calls = [command.text for block in found if block.language == "console" for command in commands(block)]
    used = {match.group(1) for call in calls for match in re.finditer(r"\bmatcher ([a-z]+)", call)}
    assert used >= {"score", "level", "extract", "batch", "taxonomy", "audit", "verify", "store"}
    assert len(calls) >= 25
    assert sum(block.language == "python" for block in found) >= 6
    assert {"README.md", "docs/first-ten-minutes.md", "docs/library.md", "docs/taxonomy.md"} <= set(RUNS)


@pytest.mark.parametrize("name", RUNS)
def test_the_page_does_what_it_shows(name, tmp_path, cache, monkeypatch):
    monkeypatch.setenv("MATCHER_CACHE", str(cache))
    desk = Desk(tmp_path, cache)
    for block in blocks(TEXTS[name]):
        place = f"{name}:{block.line}"
        if block.not_run:
            continue
        if block.file:
            desk.write(block)
        elif block.language == "python":
            printed, shown = desk.execute(block, name), expected_prints(block)
            assert not shown or printed == shown, place
        elif block.language == "console":
            for command in commands(block):
                status, real, errors = desk.run(command.text)
                assert status == 0, f"{place}: {command.text}\nended with {status}\n{errors}"
                if command.shown:
                    told = "run `python tests/docs/blocks.py` and read what it changed"
                    assert as_shown(real, command.shown) == list(command.shown), f"{place}: {command.text}: {told}"


def test_only_installing_stays_unrun():
    unrun = [block for text in TEXTS.values() for block in blocks(text) if block.not_run]
    assert unrun
    for block in unrun:
        assert len(block.body.splitlines()[0]) > len(NOT_RUN), "without a reason"
        for command in commands(block):
            assert MAY_STAY_UNRUN.match(command.text), command.text


def test_no_command_hides_outside_of_console_blocks():
    for name, text in TEXTS.items():
        bare = text
        for block in blocks(text):
            if block.language in ("console", "python"):
                bare = bare.replace(block.body, "")
        hidden = re.findall(r"^(?: {4,}|\t)?(?:\$ )?(?:matcher|pip|python) .*$", bare, re.MULTILINE)
        assert not hidden, f"{name}: {hidden}"


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_the_make_targets_named_exist():
    named = {
        target for text in TEXTS.values() for target in re.findall(r"(?:^\$ |`)make ([a-z-]+)", text, re.MULTILINE)
    }
    assert named >= {"demo", "test"}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_the_demo_scores_a_sample(tmp_path, cache):
    recipe = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", "demo"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    calls = [line for line in recipe.splitlines() if "matcher score" in line]
    assert len(calls) == 1, recipe
    status, real, errors = Desk(tmp_path, cache).run(calls[0].strip().removeprefix(".venv/bin/"))
    assert status == 0, errors
    assert any(re.match(r"\d+\.\d\d of 100", line) for line in real), real


def test_links_between_pages_lead_somewhere():
    links = [(name, target) for name, text in TEXTS.items() for target in LINK.findall(text)]
    assert len(links) >= 10
    missing = [link for link in links if not ((ROOT / link[0]).parent / link[1]).exists()]
    assert not missing


def test_extras_that_the_pages_name_exist():
    with (ROOT / "pyproject.toml").open("rb") as file:
        extras = set(tomllib.load(file)["project"]["optional-dependencies"])
    named = {extra for text in TEXTS.values() for extra in re.findall(r"'(?:matcher|\.)\[([a-z,]+)\]'", text)}
    named = {name for group in named for name in group.split(",")}
    assert named
    assert named <= extras


def test_every_page_is_in_the_navigation():
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = [name.removeprefix("docs/") for name in TEXTS if name.startswith("docs/")]
    assert len(pages) >= 10
    assert [page for page in pages if f": {page}\n" not in navigation] == []


def test_a_page_that_lies_is_found(tmp_path, cache):
    """The checks above see a wrong output, a wrong status and a wrong print."""
    lie = "```console\n$ echo 1\n2\n$ false\n```\n```python\nprint(1)\n# -> 2\n```\n"
    console, python = blocks(lie)
    desk = Desk(tmp_path, cache)
    said, failing = commands(console)
    assert as_shown(desk.run(said.text)[1], said.shown) != list(said.shown)
    assert desk.run(failing.text)[0] != 0
    assert desk.execute(python, "lie") != expected_prints(python)
