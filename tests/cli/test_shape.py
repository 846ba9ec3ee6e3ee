"""Help, suggestions, completion, and what is shown while one waits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from matcher.cli import main


def _commands(group: click.Group, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*names, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*names, name))


COMMANDS = dict(_commands(main))


def test_all_commands_are_looked_at() -> None:
    assert len(COMMANDS) >= 18
    assert ("taxonomy", "import", "esco") in COMMANDS


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_every_help_shows_an_example_of_itself(names: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*names, "--help"])

    assert result.exit_code == 0
    assert f"Example: matcher {' '.join(names)}" in result.output


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_every_option_is_explained_once(names: tuple[str, ...]) -> None:
    output = CliRunner().invoke(main, [*names, "--help"], terminal_width=200).output
    options = [item for item in COMMANDS[names].params if isinstance(item, click.Option)]

    for option in options:
        assert option.help, option.name
        shown = [line.split("  ")[1].replace(",", "").split() for line in output.splitlines() if line.startswith("  -")]
        lines = [names for names in shown if option.opts[-1] in names]
        assert len(lines) == 1, option.name


def test_many_options_stand_under_headings() -> None:
    output = CliRunner().invoke(main, ["score", "--help"]).output

    for heading in ("Options:", "Output:", "Reading:", "Personal data:", "What to do next:"):
        assert f"\n{heading}\n" in output


@pytest.mark.parametrize(
    ("call", "meant"),
    [
        (["scor"], "score"),
        (["taxonomy", "fnd"], "find"),
        (["taxonomy", "import", "ecso"], "esco"),
        (["store", "prun"], "prune"),
        (["score", "--fromat", "json"], "--format"),
    ],
)
def test_a_mistyped_name_gets_a_suggestion(call: list[str], meant: str) -> None:
    result = CliRunner().invoke(main, call)

    assert result.exit_code == 2
    assert f"Did you mean '{meant}'?" in result.output


def test_a_name_like_nothing_gets_none() -> None:
    result = CliRunner().invoke(main, ["xyzzy"])

    assert result.exit_code == 2
    assert "Did you mean" not in result.output


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_is_sound(shell: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert "_MATCHER_COMPLETE" in result.output
    program = shutil.which(shell)
    if program is not None:
        script = tmp_path / "script"
        script.write_text(result.output)
        assert subprocess.run([program, "-n", script], check=False).returncode == 0


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["matcher", "sc"], {"score"}),
        (["matcher", "taxonomy", "f"], {"find"}),
        (["matcher", "score", "--form"], {"--format"}),
        (["matcher", "score", "--format", "j"], {"json"}),
    ],
)
def test_bash_completes(words: list[str], offered: set[str], tmp_path: Path) -> None:
    program = tmp_path / "matcher"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m matcher "$@"\n')
    program.chmod(0o755)
    typed = " ".join(words)
    script = f"""
        eval "$(matcher completion bash)"
        COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}
        _matcher_completion matcher
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True
    )

    assert set(done.stdout.split()) == offered, done.stderr


def test_help_and_completion_load_nothing_heavy() -> None:
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom matcher.cli import main\n"
        "for call in (['--help'], ['score', '--help'], ['completion', 'bash']):\n"
        "    assert CliRunner().invoke(main, call).exit_code == 0\n"
        "print(sorted({'spacy', 'sklearn', 'pandas', 'rich', 'pdfplumber', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


class _Screen:
    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass


def test_only_long_work_shows_that_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from time import sleep

    from matcher.cli import waiting

    screen = _Screen()
    monkeypatch.setattr("sys.stderr", screen)
    with waiting.working("thinking"):
        pass
    assert "thinking" not in screen.text
    monkeypatch.setattr(waiting, "PATIENCE", 0.05)
    with waiting.working("thinking"):
        sleep(0.4)
    assert "thinking" in screen.text


def test_long_work_shows_how_far_it_is_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    from time import sleep

    from matcher.cli import steps
    from matcher.progress import counted

    screen = _Screen()
    monkeypatch.setattr("sys.stderr", screen)
    with steps.steps() as told:
        assert list(counted("abc", "thinking", told)) == ["a", "b", "c"]
    assert screen.text == "", "short work shows nothing"
    monkeypatch.setattr(steps, "PATIENCE", 0.05)
    with steps.steps() as told:
        for _ in counted("abcd", "thinking", told):
            sleep(0.15)
    assert "thinking" in screen.text
    assert "50%" in screen.text
    assert "0:00:0" in screen.text


def test_nothing_is_shown_where_nobody_watches(capfd: pytest.CaptureFixture[str]) -> None:
    from matcher.cli.steps import steps
    from matcher.progress import counted, silent

    with steps() as told:
        assert told is silent
        list(counted("abc", "thinking", told))
    assert capfd.readouterr() == ("", "")


def test_the_check_and_the_import_tell_how_far_they_are(tmp_path: Path) -> None:
    from matcher.taxonomy.importers import import_onet
    from matcher.taxonomy.loader import load
    from matcher.taxonomy_check import check_taxonomy

    overlay = tmp_path / "own.yaml"
    overlay.write_text("skills:\n  zorblax: {name: Zorblax, kind: tool, examples: [Used Zorblax.]}\n")
    table = tmp_path / "Technology Skills.txt"
    table.write_text("Example\tCommodity Code\tCommodity Title\nZorblaxer\t1\tTools\n")
    heard: dict[str, list[tuple[int, int]]] = {}

    def told(stage: str, done: int, total: int) -> None:
        heard.setdefault(stage, []).append((done, total))

    report = check_taxonomy(overlay, told=told)
    assert (report.skills, report.sentences) == (1, 1)
    import_onet(table, load(), told=told)
    assert list(heard) == [
        "reading the taxonomy", "checking its skills", "trying examples", "trying names", "looking for known skills",
        "adding names",
    ]  # fmt: skip
    for stage, steps in heard.items():
        assert steps == sorted(steps), stage
        assert steps[0][0] == 0
        assert steps[-1][0] == steps[-1][1] > 0
