"""Run the tests on the built wheel: what people install is what is tested.

The wheel is built without a network, installed into a folder of its own, and put before the checkout on the path of the
tests. `--no-wheel` runs them on the checkout, for work in progress. Further arguments go to pytest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    arguments = sys.argv[1:]
    environment = dict(os.environ)
    if "--no-wheel" in arguments:
        arguments.remove("--no-wheel")
        return _pytest(arguments, environment)
    folder = Path(tempfile.mkdtemp(prefix="matcher-wheel-"))
    try:
        _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)])
        wheel = next(folder.glob("*.whl"))
        site = folder / "site"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
        _run([*pip, "--target", str(site), str(wheel)])
        environment["PYTHONPATH"] = str(site)
        environment["MATCHER_EXPECTED_HOME"] = str(site)
        return _pytest(arguments, environment)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str]) -> None:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{' '.join(command)}\n{result.stdout}{result.stderr}")


def _pytest(arguments: list[str], environment: dict[str, str]) -> int:
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=environment, check=False
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main())
