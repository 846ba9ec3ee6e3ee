from __future__ import annotations

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from matcher.batch import inputs
from matcher.batch.inputs import Input, contents, expand
from matcher.errors import SettingsError
from matcher.model import Failure


def _names(argument: str, **more: object) -> list[str]:
    return [item.name for item in expand(argument, **more).inputs]  # type: ignore[arg-type]


def _zip(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)


def _tar(path: Path, members: dict[str, bytes]) -> None:
    with tarfile.open(path, "w:gz") as tape:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tape.addfile(entry, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tape.addfile(link)


def test_a_folder_stands_for_all_below_it_but_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.pdf", "deep/er/c.docx", ".hidden", ".git/x.txt", "~$a.docx", "Thumbs.db", "out.csv"):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("x")
    found = _names(str(tmp_path), leave_out=[tmp_path / "out.csv"])
    assert found == [str(tmp_path / name) for name in ("a.pdf", "b.txt", "deep/er/c.docx")]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("argument", ["given", "given/linked", "given/../given/linked", "given/*/*"])
def test_what_is_left_out_is_so_by_any_way_to_it(
    argument: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "out.csv").write_text("x")
    (tmp_path / "real" / "c.txt").write_text("x")
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "b.txt").write_text("x")
    (tmp_path / "given" / "linked").symlink_to(tmp_path / "real")
    (tmp_path / "given" / "other.csv").symlink_to(tmp_path / "real" / "out.csv")
    monkeypatch.chdir(tmp_path)
    found = _names(argument, leave_out=[tmp_path / "real" / "out.csv"])
    assert [Path(name).name for name in found] == (["b.txt"] if argument == "given" else ["c.txt"])


def test_patterns_lists_and_single_files(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt", "three.md", "[odd].txt"):
        (tmp_path / name).write_text("x")
    assert _names(str(tmp_path / "t*.*")) == [str(tmp_path / "three.md"), str(tmp_path / "two.txt")]
    assert _names(str(tmp_path / "[odd].txt")) == [str(tmp_path / "[odd].txt")]
    lines = [f"{tmp_path / 'two.txt'}\n", "\n", f"{tmp_path / 'gone.txt'}\r\n"]
    assert _names("-", stdin=lines) == [str(tmp_path / "gone.txt"), str(tmp_path / "two.txt")]


@pytest.mark.parametrize("argument", ["nothing/here", "no*thing"])
def test_what_names_nothing_is_an_error(argument: str) -> None:
    with pytest.raises(SettingsError, match="check the"):
        expand(argument)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="holds no document"):
        expand(str(tmp_path))


@pytest.mark.parametrize(("ending", "pack"), [(".zip", _zip), (".tar.gz", _tar)])
def test_archives_are_read_member_by_member(tmp_path: Path, ending: str, pack: object) -> None:
    path = tmp_path / f"cvs{ending}"
    pack(path, {"../up.txt": b"up", "in/a.txt": b"abcdef", "__MACOSX/a.txt": b"no", ".x": b"no"})  # type: ignore[operator]
    found = expand(str(tmp_path))
    assert [item.name for item in found.inputs] == [f"{path}!/../up.txt", f"{path}!/in/a.txt"]
    wanted = {item.member: item for item in found.inputs if item.member}
    read = {item.member: data for item, data in contents(str(path), wanted, limit=4)}
    # One byte more than the limit, so that the reader can say that it is too big.
    assert read == {"../up.txt": b"up", "in/a.txt": b"abcde"}
    assert not (tmp_path / "up.txt").exists()
    assert not (tmp_path.parent / "up.txt").exists()


@pytest.mark.parametrize(("ending", "pack"), [(".zip", _zip), (".tar.gz", _tar)])
@pytest.mark.parametrize(("limit", "most"), [("MAX_EXPANDED_BYTES", 30), ("MAX_MEMBERS", 3)])
def test_archives_are_taken_up_to_the_limit_and_refused_beyond_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, pack: object, limit: str, most: int
) -> None:
    path = tmp_path / f"cvs{ending}"
    pack(path, {f"{name}.txt": b"0123456789" for name in "abc"})  # type: ignore[operator]
    monkeypatch.setattr(inputs, limit, most)
    assert len(expand(str(path)).inputs) == 3
    monkeypatch.setattr(inputs, limit, most - 1)
    found = expand(str(path))
    assert not found.inputs
    assert "holds more than" in found.failures[0].message


@pytest.mark.parametrize("ending", [".zip", ".tar.gz"])
def test_a_broken_archive_is_a_failure(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"x{ending}").write_bytes(b"\x1f\x8bno archive at all")
    found = expand(str(tmp_path))
    assert not found.inputs
    assert [(item.stage, item.error) for item in found.failures] == [("finding", "archive")]


def test_a_member_that_cannot_be_unpacked_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    _zip(path, {"a.txt": b"a" * 100, "b.txt": b"fine"})
    data = bytearray(path.read_bytes())
    at = data.find(b"a" * 100)
    assert at > 0
    data[at : at + 5] = b"wrong"
    path.write_bytes(data)
    wanted = {item.member: item for item in expand(str(path)).inputs if item.member}
    read = {item.member: content for item, content in contents(str(path), wanted, limit=1000)}
    assert isinstance(read["a.txt"], Failure)
    assert read["b.txt"] == b"fine"


@pytest.mark.skipif(os.name == "nt", reason="names of bytes")
def test_a_name_that_is_no_text_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    (item,) = expand(str(tmp_path)).inputs
    assert item.name.endswith("caf\\xe9.txt")
    assert Path(item.path).read_text() == "x"


@pytest.mark.parametrize("name", ["a.PDF", "a.tar.gz", ".hidden", ".hidden.txt", "a.", "a", "b.c/a", "a..md", "..", ""])
def test_an_ending_is_what_pathlib_takes_for_one(name: str) -> None:
    assert Input("x", f"folder.d/{name}").ending == Path(f"folder.d/{name}" if name else "folder.d/x").suffix.lower()
    assert Input("x", "cvs.zip", name or None).ending == Path(name or "cvs.zip").suffix.lower()
