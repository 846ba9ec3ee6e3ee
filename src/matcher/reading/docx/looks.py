"""How runs and paragraphs look, with what their styles are based on."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from xml.etree.ElementTree import Element

from matcher.reading.docx.markup import W, on, value


@dataclass(frozen=True, slots=True)
class Look:
    """Properties of a run or paragraph; None is unset."""

    bold: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    white: bool | None = None
    shaded: bool | None = None
    heading: bool | None = None
    listed: bool | None = None

    def over(self, base: Look) -> Look:
        """These properties where they are set, else those of the base."""
        merged = {}
        for item in fields(self):
            mine = getattr(self, item.name)
            merged[item.name] = mine if mine is not None else getattr(base, item.name)
        return Look(**merged)


def run_look(properties: Element | None) -> Look:
    """What the properties of a run say of it."""
    if properties is None:
        return Look()
    size, colour = _number(value(properties, "sz")), value(properties, "color")
    return Look(
        bold=on(properties, "b"),
        hidden=on(properties, "vanish"),
        size=size / 2 if size is not None else None,
        white=colour.lower() in ("ffffff", "fefefe", "fdfdfd") if colour is not None else None,
        shaded=shaded(properties),
    )


def paragraph_look(properties: Element | None) -> Look:
    """What the properties of a paragraph say of it."""
    if properties is None:
        return Look()
    numbering = properties.find(f"{W}numPr")
    level = _number(value(properties, "outlineLvl"))
    return Look(
        shaded=shaded(properties),
        heading=level < 9 if level is not None else None,
        listed=value(numbering, "numId") != "0" if numbering is not None else None,
    )


def styles(root: Element | None) -> dict[str, Look]:
    """The look of every style, with what it is based on."""
    if root is None:
        return {}
    own: dict[str, tuple[str | None, Look]] = {}
    for style in root.iterfind(f"{W}style"):
        name = (value(style, "name") or "").lower()
        look = run_look(style.find(f"{W}rPr")).over(paragraph_look(style.find(f"{W}pPr")))
        if re.match(r"(heading|title\Z|überschrift|titre)", name):
            look = Look(heading=True).over(look)
        elif name.startswith(("list bullet", "list number")):
            look = Look(listed=True).over(look)
        own[str(style.get(W + "styleId", ""))] = (value(style, "basedOn"), look)
    default = run_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    resolved: dict[str, Look] = {"": default}
    for name in own:
        look, at, seen = Look(), name, set[str]()
        while at in own and at not in seen:
            seen.add(at)
            base, mine = own[at]
            look = look.over(mine)
            at = base or ""
        resolved[name] = look.over(default)
    return resolved


def shaded(element: Element | None) -> bool | None:
    """Whether what has these properties stands on a colour."""
    fill = value(element, "shd", "fill")
    highlight = value(element, "highlight")
    if fill is None and highlight is None:
        return None
    return (fill or "auto").lower() not in ("auto", "ffffff") or highlight not in (None, "none", "white")


def _number(text: str | None) -> float | None:
    # "²" is a digit too, and no number.
    return float(text) if text is not None and text.isascii() and text.replace(".", "", 1).isdigit() else None
