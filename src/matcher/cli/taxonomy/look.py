"""``matcher taxonomy show`` and ``matcher taxonomy find``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.common import emit_json, emit_text, format_option, matcher_for, output_option, taxonomy_option
from matcher.cli.parameters import Whole
from matcher.cli.shape import Command

if TYPE_CHECKING:
    from matcher.taxonomy.lookup import Place, TaxonomyView

_WIDTH = 100
_LABEL = 16


@click.command(cls=Command, short_help="all that is known of a skill, level, track, ...")
@click.argument("name")
@format_option("text", "json")
@output_option
@taxonomy_option
def show(name: str, form: str, output: str | None, overlays: tuple[str, ...]) -> None:
    """Show what the taxonomy says of NAME: an id, or any name of a skill, level, track, certification or degree.

    Example: matcher taxonomy show kubernetes
    """
    from matcher.errors import SettingsError
    from matcher.taxonomy.describe import describe_skill
    from matcher.taxonomy.graph import Graph

    view = matcher_for(overlays, None).taxonomy
    skill = view.find(name)
    others = [place for place in view.places(name) if place.part not in {"skills", "guidance"}]
    if skill is None and not others:
        close = [item.name for item in view.suggest(name, 3)]
        hint = f"did you mean {' or '.join(map(repr, close))}?" if close else "look for it with: matcher taxonomy find"
        raise SettingsError(f"there is no {name!r} in the taxonomy; {hint}")
    described = describe_skill(view, Graph(view.data), skill) if skill is not None else None
    entries = [_entry(view, place) for place in others]
    if form == "json":
        emit_json(output, {"schema": "matcher.taxonomy.entry/1", "skill": described, "others": entries})
        return
    pages = [_skill_page(described)] if described else []
    pages.extend(_entry_page(entry) for entry in entries)
    emit_text(output, "\n".join(pages))


@click.command(cls=Command, short_help="what a word is a name of, in any spelling")
@click.argument("text")
@click.option("-n", "--count", type=Whole(1, 50), default=5, show_default=True, help="Suggestions at the most.")
@format_option("text", "json")
@output_option
@taxonomy_option
@click.pass_context
def find(ctx: click.Context, text: str, count: int, form: str, output: str | None, overlays: tuple[str, ...]) -> None:
    """Find what TEXT names, in any case and spelling; exit with 1 and suggestions where nothing is called so.

    Example: matcher taxonomy find k8s
    """
    view = matcher_for(overlays, None).taxonomy
    places = view.places(text)
    nearest = [] if places else view.suggest(text, count)
    if form == "json":
        found = [
            {"at": f"{place.part}/{place.id}", "name": place.name, "guides": list(place.guides)} for place in places
        ]
        close = [{"at": f"skills/{skill.id}", "name": skill.name, "guides": []} for skill in nearest]
        emit_json(output, {"schema": "matcher.taxonomy.find/1", "text": text, "found": found, "suggestions": close})
    else:
        lines = [_found_line(place, view) for place in places]
        if not places:
            lines.append(f"nothing is called {text!r}" + (":" if nearest else ", and nothing is called like it"))
            lines.extend(f"  did you mean {skill.name} (skills/{skill.id})" for skill in nearest)
        emit_text(output, "".join(f"{line}\n" for line in lines))
    if not places:
        ctx.exit(1)


def _found_line(place: Place, view: TaxonomyView) -> str:
    kind = f", {view.data.skills[place.id].kind}" if place.part == "skills" else ""
    words = f"  wording of {', '.join(place.guides)}" if place.guides else ""
    return f"{place.name} ({place.part}/{place.id}{kind}){words}"


def _entry(view: TaxonomyView, place: Place) -> dict[str, Any]:
    value = getattr(view.data, place.part)[place.id]
    return {"part": place.part, **value.model_dump(exclude_defaults=True, mode="json")}


def _row(label: str, text: str) -> str:
    return fill(
        text or "-",
        _WIDTH,
        initial_indent=f"{label:<{_LABEL}}",
        subsequent_indent=" " * _LABEL,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _rows(label: str, texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield _row(label, text)
        label = ""


def _names(items: list[dict[str, str]]) -> str:
    return ", ".join(item["name"] for item in items)


def _skill_page(data: dict[str, Any]) -> str:
    from matcher.reports.figures import EFFORT_WORDS

    heading = " (a heading of the hierarchy, not looked for)" if data["grouping"] else ""
    lines = [f"{data['name']}{heading}", _row("id", data["id"]), _row("kind", data["kind"])]
    if data["aliases"]:
        lines.append(_row("also called", ", ".join(data["aliases"])))
    if data["identifiers"]:
        lines.extend(_rows("elsewhere", data["identifiers"]))
    rule = data["ambiguous"]
    if rule:
        names = ", ".join(rule["names"] or (data["name"],))
        usual = "taken" if rule["default"] == "accept" else "not taken"
        lines.append(_row("ambiguous", f"{names}: {usual} unless its surroundings say otherwise"))
    if data["broader"]:
        lines.append(_row("broader", _names(data["broader"])))
    further = [item for item in data["includes"] if item not in data["broader"]]
    if further:
        lines.append(_row("and so", _names(further)))
    if data["narrower"]:
        lines.append(_row("narrower", _names(data["narrower"])))
    if data["related"]:
        lines.append(_row("alternatives", _names(data["related"])))
    lines.extend(_rows("required by", _required(data)))
    if data["often_missing"]:
        lines.append(_row("often missing", f"according to {', '.join(data['often_missing'])}"))
    for item in data["suggestions"]:
        lines.append(_row("to acquire it", f"{item['acquire']} (effort: {EFFORT_WORDS[item['effort']]})"))
        if item["show"]:
            lines.append(_row("to show it", item["show"]))
    if data["certifications"]:
        lines.append(_row("certifications", _names(data["certifications"])))
    if data["tracks"]:
        lines.append(_row("tracks", _names(data["tracks"])))
    lines.extend(_rows("guides say", (f"“{row['says']}” ({row['guide']})" for row in data["wording"])))
    lines.extend(_rows("sources", (_source(source) for source in data["sources"])))
    return "\n".join(lines) + "\n"


def _required(data: dict[str, Any]) -> Iterator[str]:
    for entry in data["required_by"]:
        others = [skill_id for skill_id in entry["any_of"] if skill_id != data["id"]]
        instead = f" (or {', '.join(others)})" if others else ""
        cited = f" [{', '.join(entry['sources'])}]" if entry["sources"] else ""
        yield f"{entry['name']}{instead}{cited}"


def _source(source: dict[str, str]) -> str:
    publisher = f", {source['publisher']}" if "publisher" in source else ""
    licence = f" ({source['licence']})" if "licence" in source else ""
    return f"{source['id']}: {source['title']}{publisher}{licence}"


def _entry_page(entry: dict[str, Any]) -> str:
    lines = [f"{entry['name']} ({entry['part']}/{entry['id']})"]
    for key, value in entry.items():
        if key in {"name", "part", "id"}:
            continue
        lines.extend(_rows(key, [_plain(item) for item in value] if isinstance(value, list) else [_plain(value)]))
    return "\n".join(lines) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plain(item)}" for key, item in value.items())
    if isinstance(value, list):
        return " / ".join(map(_plain, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
