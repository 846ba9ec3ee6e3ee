"""Every public name is exported on purpose and documented."""

from __future__ import annotations

import inspect
import re
import sys
import types
import typing
from dataclasses import is_dataclass
from pathlib import Path

import pytest

import matcher
from matcher import Matcher

API_PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
DOCUMENTED = re.findall(r"^::: (\S+)", API_PAGE.read_text(encoding="utf-8"), re.MULTILINE)
# Other tools hold on to these: adding is free, renaming or removing is not.
PROMISED = {
    "MatchResult",
    "Matcher",
    "MatcherError",
    "MissingExtraError",
    "Profile",
    "ReadingError",
    "SettingsError",
    "SkillVectorizer",
    "TaxonomyError",
    "__version__",
}
PROMISED_OF_MATCHER = {"profile", "profile_text", "score", "rank", "taxonomy", "what_if", "career"}


def _home(item: object) -> str:
    return f"{item.__module__}.{item.__qualname__}"  # type: ignore[attr-defined]


def _exported() -> dict[str, object]:
    return {name: getattr(matcher, name) for name in matcher.__all__ if not name.startswith("_")}


def _public_members(cls: type) -> dict[str, object]:
    return {
        name: member
        for name, member in vars(cls).items()
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property))
    }


def test_what_is_exported_is_what_was_promised():
    assert set(matcher.__all__) == PROMISED
    assert sorted(matcher.__all__) == dir(matcher)


def test_nothing_else_is_in_reach_by_accident():
    """Modules of the package and the lazy machinery aside, the package shows nothing that it does not export."""
    extra = {
        name
        for name, value in vars(matcher).items()
        if not name.startswith("_") and name not in matcher.__all__ and not isinstance(value, types.ModuleType)
    }
    assert extra <= {"annotations", "Any", "PackageNotFoundError", "version", "TYPE_CHECKING"}


@pytest.fixture(scope="module")
def view(cache):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATCHER_CACHE", str(cache))
        return Matcher().taxonomy


def test_the_front_door_has_what_was_promised(view):
    assert view.find("k8s").id == "kubernetes"
    members = {*_public_members(Matcher), "taxonomy"}
    assert members >= PROMISED_OF_MATCHER


def test_each_error_is_a_matcher_error():
    errors = [item for item in _exported().values() if isinstance(item, type) and issubclass(item, Exception)]
    assert len(errors) >= 5
    assert all(issubclass(error, matcher.MatcherError) for error in errors)


@pytest.mark.parametrize("name", sorted(set(PROMISED) - {"__version__"}))
def test_each_export_is_documented(name):
    item = getattr(matcher, name)
    assert _home(item) in DOCUMENTED, f"docs/api.md lacks ::: {_home(item)}"
    assert item.__doc__, name
    for member_name, member in _public_members(item).items():
        assert inspect.getdoc(member), f"{name}.{member_name} has no docstring"


def test_what_the_front_door_hands_out_is_documented(view):
    """Who gets a value from Matcher finds its class in the reference."""
    hidden = _annotations_only()
    seen: set[type] = set()
    for name, member in _public_members(Matcher).items():
        function = member.fget if isinstance(member, property) else member
        hints = typing.get_type_hints(function, localns=hidden)
        for hint in hints.values():
            seen |= {part for part in _classes(hint) if part.__module__.startswith("matcher.")}
        assert "return" in hints, name
    seen.add(type(view))
    assert len(seen) >= 5
    assert {_home(cls) for cls in seen} <= set(DOCUMENTED)


def test_the_parts_of_a_profile_and_a_result_are_documented():
    parts: set[type] = set()
    waiting: list[type] = [matcher.Profile, matcher.MatchResult]
    while waiting:
        cls = waiting.pop()
        for hint in typing.get_type_hints(cls).values():
            for part in _classes(hint):
                if is_dataclass(part) and part not in parts:
                    parts.add(part)
                    waiting.append(part)
    assert len(parts) >= 10
    assert sorted(_home(part) for part in parts if _home(part) not in DOCUMENTED) == []
    assert all(part.__doc__ for part in parts)


def test_the_reference_names_what_exists():
    assert len(DOCUMENTED) >= 15
    for path in DOCUMENTED:
        module, _, name = path.rpartition(".")
        __import__(module)
        assert hasattr(sys.modules[module], name), path


def _annotations_only() -> dict[str, type]:
    from matcher.career import Career
    from matcher.extraction.extract import Extractor
    from matcher.reading import Limits
    from matcher.whatif import WhatIf

    return {"Career": Career, "Extractor": Extractor, "Limits": Limits, "WhatIf": WhatIf}


def _classes(hint: object) -> set[type]:
    arguments = typing.get_args(hint)
    found = {part for argument in arguments for part in _classes(argument)}
    return found | ({hint} if isinstance(hint, type) and not arguments else set())
