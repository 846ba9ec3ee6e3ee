"""The cache saves time and is never a reason to fail."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from matcher.taxonomy import cache as cache_module
from matcher.taxonomy.cache import Cache, default_folder
from matcher.taxonomy.compiled import LexiconData
from matcher.taxonomy.loader import load, load_lexicon
from matcher.taxonomy.schema import Taxonomy


def _files(cache: Cache) -> list[Path]:
    return sorted(cache.folder.iterdir())


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "deep" / "cache")


def test_what_is_kept_comes_back_equal(small: Path, cache: Cache) -> None:
    first = load(base=small, cache=cache)
    tables = load_lexicon(first, cache=cache)

    assert [path.name.split("-")[0] for path in _files(cache)] == ["lexicondata", "taxonomy"]
    assert cache.get(Taxonomy, first.digest) == first
    assert cache.get(LexiconData, first.digest) == tables


def test_the_cache_is_what_is_read(small: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(base=small, cache=cache)
    monkeypatch.setattr("matcher.taxonomy.loader.parse", lambda *_: pytest.fail("parsed again"))

    assert load(base=small, cache=cache) == first


def test_changed_content_is_another_entry(small: Path, cache: Cache) -> None:
    before = load(base=small, cache=cache)
    with (small / "taxonomy.yaml").open("a", encoding="utf-8") as file:
        file.write("premiums: []\n")

    assert load(base=small, cache=cache).digest != before.digest
    assert len(_files(cache)) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"Python", b"Pithon"),
        lambda content: b"0" * 64 + b"\n{}",
        lambda content: content + b" ",
        lambda content: b"\x00\xff" * 40,
    ],
    ids=["empty", "cut", "changed", "other checksum", "longer", "no text"],
)
def test_a_damaged_entry_is_told_of_and_made_anew(
    small: Path, cache: Cache, caplog: pytest.LogCaptureFixture, damage: object
) -> None:
    first = load(base=small, cache=cache)
    (path,) = _files(cache)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))  # type: ignore[operator]

    with caplog.at_level(logging.WARNING):
        again = load(base=small, cache=cache)

    assert again == first
    assert "is damaged and is made anew" in caplog.text
    assert path.read_bytes() == whole


def test_an_entry_of_another_shape_is_made_anew(small: Path, cache: Cache, caplog: pytest.LogCaptureFixture) -> None:
    import hashlib

    first = load(base=small, cache=cache)
    (path,) = _files(cache)
    body = b'{"name": "Small"}'
    path.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)

    assert load(base=small, cache=cache) == first
    assert "is damaged" in caplog.text


def test_a_folder_that_cannot_be_written_is_told_of_once(
    small: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache")
    cache_module._tell_unwritable.cache_clear()

    with caplog.at_level(logging.WARNING):
        taxonomy = load(base=small, cache=cache)
        load_lexicon(taxonomy, cache=cache)
        load(base=small, cache=cache)

    assert len(taxonomy.skills) == 5
    assert len(caplog.records) == 1
    assert "cannot be written" in caplog.text
    assert "MATCHER_CACHE" in caplog.text


def test_nothing_half_written_stays(small: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    load(base=small, cache=cache)

    assert _files(cache) == []


def test_the_environment_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MATCHER_CACHE", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.setenv("MATCHER_CACHE", "")
    assert default_folder() is None
    monkeypatch.delenv("MATCHER_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "matcher"
