"""The fenced blocks of a page: files to write, commands and Python to run, and what they are said to print.

The conventions, all of them visible to the reader of the page:

* ```` ```console ````: a line that begins with ``$ `` is a command, the lines below it are its output. Where the output
  is shown, it is compared; where its last line is ``...``, only the lines above that are. A block whose first line is
  ``# not run by the tests: REASON`` is left alone.
* ```` ```python ````: is executed; the blocks of one page share their names. Lines ``# -> TEXT`` are what is printed.
* A block with a file name after its language (```` ```yaml my-skills.yaml ````) is written to that file.

``python tests/docs/blocks.py`` runs the pages and puts the real output in place of what is shown.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from matcher.cli import main as main_command

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
NOT_RUN = "# not run by the tests: "
PRINTS = "# -> "
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    language: str
    file: str | None
    body: str
    start: int  # offset of the body in the page
    line: int

    @property
    def not_run(self) -> bool:
        return self.body.startswith(NOT_RUN)


@dataclass(frozen=True)
class Command:
    text: str
    shown: tuple[str, ...]


def blocks(page: str) -> Iterator[Block]:
    for match in _FENCE.finditer(page):
        language, _, name = match["info"].strip().partition(" ")
        line = page.count("\n", 0, match.start("body")) + 1
        yield Block(language, name if "." in name else None, match["body"], match.start("body"), line)


def commands(block: Block) -> list[Command]:
    found: list[tuple[str, list[str]]] = []
    for line in block.body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
        elif not line.startswith("#"):
            raise ValueError(f"line {block.line}: output without a command: {line!r}")
    return [Command(text, tuple(shown)) for text, shown in found]


@dataclass
class Desk:
    """A folder with the samples in it, where one page after its own order is worked through."""

    folder: Path
    cache: Path

    def __post_init__(self) -> None:
        shutil.copytree(ROOT / "samples", self.folder / "samples", dirs_exist_ok=True)
        self.names: dict[str, Any] = {"__name__": "__docs__"}

    def run(self, command: str) -> tuple[int, list[str], str]:
        """The exit status, the lines of standard output, and standard error."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        fixed = {"PATH": path, "COLUMNS": "80", "MATCHER_CACHE": str(self.cache), "PYTHONUTF8": "1"}
        unset = {
            key for key in os.environ if key.startswith("MATCHER_") and key != "MATCHER_EXPECTED_HOME"
        } - fixed.keys()
        words = _plain(command)
        if words:
            # Without starting Python anew for each; what the shell does with a command is seen in the others.
            with contextlib.chdir(self.folder):
                result = CliRunner().invoke(main_command, words, env={**fixed, **dict.fromkeys(unset)})
            trouble = "" if isinstance(result.exception, SystemExit | None) else repr(result.exception)
            return result.exit_code, result.stdout.splitlines(), trouble or result.output
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=self.folder,
            env={**{key: value for key, value in os.environ.items() if key not in unset}, **fixed},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout.splitlines(), done.stderr

    def execute(self, block: Block, page: str) -> list[str]:
        """The lines that a block of Python prints."""
        code = compile("\n" * (block.line - 1) + block.body, page, "exec")
        printed = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed):
            exec(code, self.names)
        return printed.getvalue().splitlines()

    def write(self, block: Block) -> None:
        assert block.file is not None
        target = (self.folder / block.file).resolve()
        assert target.is_relative_to(self.folder.resolve()), block.file
        target.write_text(block.body, encoding="utf-8")


def _plain(command: str) -> list[str]:
    """The arguments of a call of matcher that has nothing for the shell to do; empty for all else."""
    words = shlex.split(command)
    return words[1:] if words[:1] == ["matcher"] and not re.search(r"[|<>&;$`~*]", command) else []


def as_shown(real: list[str], shown: tuple[str, ...]) -> list[str]:
    """The real output, cut where the page cuts it."""
    if shown and shown[-1] == "...":
        return [*real[: len(shown) - 1], "..."]
    return real


def expected_prints(block: Block) -> list[str]:
    return [line.removeprefix(PRINTS) for line in block.body.splitlines() if line.startswith(PRINTS)]


def _refreshed(path: Path, cache: Path) -> str:
    text = path.read_text(encoding="utf-8")
    new = text
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), cache)
        moved = 0
        for block in blocks(text):
            if block.not_run:
                continue
            if block.file:
                desk.write(block)
            elif block.language == "python":
                desk.execute(block, path.name)
            elif block.language == "console":
                lines: list[str] = []
                for command in commands(block):
                    _, real, _ = desk.run(command.text)
                    lines += [f"$ {command.text}", *(as_shown(real, command.shown) if command.shown else ())]
                body = "".join(f"{line}\n" for line in lines)
                at = block.start + moved
                new = new[:at] + body + new[at + len(block.body) :]
                moved += len(body) - len(block.body)
    return new


def main() -> int:
    os.environ["COLUMNS"] = "80"
    with tempfile.TemporaryDirectory() as cache:
        for path in PAGES:
            old = path.read_text(encoding="utf-8")
            new = _refreshed(path, Path(cache))
            if new != old:
                path.write_text(new, encoding="utf-8")
                print(f"{path.relative_to(ROOT)}: output renewed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
