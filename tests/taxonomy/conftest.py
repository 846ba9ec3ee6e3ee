"""A taxonomy small enough to be loaded for every test, and a cache of compiled taxonomies for the whole run."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.taxonomy.loader import load
from matcher.taxonomy.locate import bundled_root
from matcher.taxonomy.lookup import TaxonomyView
from matcher.taxonomy.schema import Taxonomy

DATA = Path(__file__).parent / "data"

SMALL = """\
name: Small
version: "1"
sources:
  guide: {title: A guide}
words:
  everyday: [swift, chef, epic]
skills:
  programming: {name: Programming, kind: concept, sources: [guide]}
  python: {name: Python, kind: language, aliases: [CPython], broader: [programming], related: [ruby]}
  ruby: {name: Ruby, kind: language, broader: [programming]}
  swift:
    name: Swift
    kind: language
    broader: [programming]
    ambiguous: {confirm: [iOS, Xcode], spelling: exact}
  testing: {name: Testing, kind: practice, examples: [Testing the service]}
levels:
  junior:
    name: Junior
    branch: individual
    rank: 1
    titles: [junior]
    use_years: {min: 0, max: 2}
    requires: [{skill: programming, sources: [guide]}, {any_of: [python, ruby]}]
    next: [senior]
  senior:
    name: Senior
    branch: individual
    rank: 2
    titles: [senior]
    years: [{min: 5, source: guide}]
    use_years: {min: 5}
    requires: [{skill: testing}]
certifications:
  pcap: {name: Certified Python Programmer, aliases: [PCAP], skills: [python]}
tracks:
  tools: {name: Tooling, summary: Tools for others., signals: [testing, python]}
suggestions:
  - {skills: [ruby], acquire: Read a book., effort: 2}
  - {skills: [ruby, python], acquire: Write a script., effort: 1, sources: [guide]}
often_missing:
  - {skill: testing, source: guide}
coverage:
  - {guide: guide, says: writing scripts, kind: skill, at: skills/python}
  - {guide: guide, says: Programming, kind: skill, at: skills/programming}
"""


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """No test reads or writes the cache of whoever runs it."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHER_CACHE", str(folder))
        yield folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The folder of a whole taxonomy of five skills."""
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "taxonomy.yaml").write_text(SMALL, encoding="utf-8")
    for name in ("scoring.yaml", "sections.yaml"):
        shutil.copy(bundled_root() / name, folder / name)
    return folder


@pytest.fixture
def overlaid(small: Path, tmp_path: Path) -> Callable[..., Taxonomy]:
    """The small taxonomy with overlays, each given as text."""

    def make(*texts: str) -> Taxonomy:
        paths = []
        for number, text in enumerate(texts, 1):
            paths.append(tmp_path / f"overlay{number}.yaml")
            paths[-1].write_text(text, encoding="utf-8")
        return load(paths, base=small)

    return make


@pytest.fixture(scope="session")
def bundled() -> TaxonomyView:
    return TaxonomyView(load())
