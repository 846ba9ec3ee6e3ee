"""A command that never comes back is ended with one line."""

from __future__ import annotations

import subprocess
import sys

from matcher.cli.deadline import deadline


def test_work_that_ends_in_time_is_left_alone():
    with deadline("cv.pdf", 60):
        pass


def test_work_that_does_not_end_is_ended():
    code = (
        "import ctypes\n"
        "from matcher.cli.deadline import deadline\n"
        "with deadline('cv.pdf', 0.5):\n"
        "    ctypes.CDLL(None).sleep(60)\n"  # below Python, where no exception arrives
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert run.returncode == 2
    assert run.stderr == (
        "cv.pdf: took longer than the command's limit of 0.5 seconds;"
        " save the file anew in a simpler form, or raise max_seconds\n"
    )
