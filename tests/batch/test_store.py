from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher import Matcher
from matcher.cli import main
from matcher.errors import SettingsError
from matcher.store import Origin, ProfileStore, program

ORIGIN = Origin("taxonomy", program(), "2026-11-20")


def test_what_is_put_is_found_under_all_of_its_key(tmp_path: Path) -> None:
    with ProfileStore(tmp_path / "s") as store:
        number = store.put("content", ".md", "resume", ORIGIN, {"a": 1}, b"profile")
        assert store.put("content", ".md", "resume", ORIGIN, {"a": 2}, b"other") == number
        assert store.find("content", ".md", "resume", ORIGIN) == number
        assert (store.get(number), store.features(number), store.has(number)) == (b"profile", {"a": 1}, True)
        for key in (
            ("other", ".md", "resume", ORIGIN),
            ("content", ".txt", "resume", ORIGIN),
            ("content", ".md", "posting", ORIGIN),
            ("content", ".md", "resume", Origin("taxonomy", program(), "2026-11-21")),
            ("content", ".md", "resume", Origin("other", program(), "2026-11-20")),
            ("content", ".md", "resume", Origin("taxonomy", "other", "2026-11-20")),
        ):
            assert store.find(*key) is None  # type: ignore[arg-type]
        assert (store.get(99), store.features(99), store.has(99)) == (None, None, False)


def test_a_store_tells_whether_it_has_anything_of_use(tmp_path: Path) -> None:
    with ProfileStore(tmp_path / "s") as store:
        assert not store.stocked(ORIGIN)
        store.put("content", ".md", "resume", Origin("taxonomy", program(), "2026-11-21"), {}, b"x")
        store.put("content", ".md", "resume", Origin("other", program(), "2026-11-20"), {}, b"x")
        store.put("content", ".md", "resume", Origin("taxonomy", "other", "2026-11-20"), {}, b"x")
        assert not store.stocked(ORIGIN)
        store.put("content", ".md", "resume", ORIGIN, {}, b"x")
        assert store.stocked(ORIGIN)


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    with ProfileStore(tmp_path / "s") as store:
        store.put("c", "", "resume", ORIGIN, {}, b"x")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes["s"] == 0o600
    assert set(modes.values()) == {0o600}


def test_deleted_profiles_leave_nothing_in_the_file(tmp_path: Path) -> None:
    secret = os.urandom(200)  # what cannot be compressed can be looked for
    path = tmp_path / "s"
    with ProfileStore(path) as store:
        store.put("c", "", "resume", ORIGIN, {"secret": secret.hex()}, b"x")
        assert store.clear() == 1
        files = [file.read_bytes() for file in tmp_path.iterdir()]
    assert files
    assert not any(secret.hex().encode() in data for data in [*files, path.read_bytes()])


def test_prune_keeps_what_is_of_use(tmp_path: Path) -> None:
    with ProfileStore(tmp_path / "s") as store:
        store.put("c", "", "resume", ORIGIN, {}, b"x")
        store.put("c", "", "resume", Origin("old", program(), "2026-11-20"), {}, b"x")
        store.put("c", "", "resume", Origin("taxonomy", "old", "2026-11-20"), {}, b"x")
        assert (store.info("taxonomy").kinds, store.info("taxonomy").current) == ({"resume": 3}, 1)
        assert store.prune("taxonomy") == 2
        assert store.find("c", "", "resume", ORIGIN) is not None
        assert store.prune("taxonomy", older_than_days=1) == 0


def test_other_files_are_refused(tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "other") as base:
        base.execute("CREATE TABLE t (x)")
    base.close()
    (tmp_path / "text").write_text("no database at all, and longer than a header of one hundred bytes" * 9)
    for name in ("other", "text", "missing"):
        with pytest.raises(SettingsError, match=name):
            ProfileStore(tmp_path / name, create=False)


_WRITER = """
import sys
from matcher.store import Origin, ProfileStore
with ProfileStore(sys.argv[1]) as store:
    for number in range(60):
        store.begin()
        store.put(f"c{number}", "", "resume", Origin("t", "p", "d"), {}, sys.argv[2].encode() * 1000)
        store.commit()
"""


def test_several_processes_may_write_at_once(tmp_path: Path) -> None:
    children = [subprocess.Popen([sys.executable, "-c", _WRITER, tmp_path / "s", str(n)]) for n in range(4)]
    assert [child.wait(120) for child in children] == [0] * 4
    with ProfileStore(tmp_path / "s") as store:
        numbers = [store.find(f"c{number}", "", "resume", Origin("t", "p", "d")) for number in range(60)]
        assert None not in numbers
        assert store.info("t").kinds == {"resume": 60}
        for number in numbers:
            data = store.get(number or 0)
            assert data is not None
            assert len(set(data)) == 1


def test_the_commands(tmp_path: Path, matcher: Matcher) -> None:
    path = str(tmp_path / "s")
    with ProfileStore(path) as store:
        store.put("c", "", "resume", Origin(matcher.taxonomy.data.digest, program(), "2026-11-20"), {}, b"x")
        store.put("c", "", "resume", Origin("old", program(), "2026-11-20"), {}, b"x")
    run = CliRunner().invoke
    assert "of use with this program and taxonomy: 1 of 2" in run(main, ["store", "info", path]).output
    assert run(main, ["store", "prune", path]).output == "1 profiles deleted\n"
    assert run(main, ["store", "clear", path]).output == "1 profiles deleted\n"
    missing = run(main, ["store", "info", str(tmp_path / "none")])
    assert missing.exit_code == 2
    assert "no such profile store" in missing.output


def test_a_file_that_is_something_else_is_never_to_be_deleted(tmp_path: Path) -> None:
    path = tmp_path / "resume.txt"
    for content in (b"Jo Doe\nPython", b"%PDF-1.7\n", b"SQLite format 3\0 and then something else"):
        path.write_bytes(content)
        done = CliRunner().invoke(main, ["store", "info", str(path)])
        assert done.exit_code == 2
        assert done.output.startswith(f"{path}: is no profile store")
        assert done.output.count("\n") == 1
        assert "delete" not in done.output
        assert "move" not in done.output
        assert path.read_bytes() == content


def test_a_damaged_store_may_be_moved_away(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with ProfileStore(path) as store:
        for number in range(50):
            store.put(f"c{number}", "", "resume", ORIGIN, {}, os.urandom(2000))
    content = bytearray(path.read_bytes())
    content[200:] = b"\xff" * (len(content) - 200)
    path.write_bytes(content)
    done = CliRunner().invoke(main, ["store", "info", str(path)])
    assert done.exit_code == 2
    assert "the profile store is damaged" in done.output
    assert "move it away" in done.output
    assert "delete" not in done.output
