"""What the style of a page does not show, as far as it can be told without drawing the page."""

from __future__ import annotations

import re

UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0\d*)?\s*(?:;|!|\Z)"
    r"|font-size\s*:\s*(?:0|0?\.\d+|1)(?:px|pt|em|rem|%)?\s*(?:;|!|\Z)"
    r"|(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3,}(?:\.\d+)?(?:px|em|rem|pt)"
    r"|color\s*:\s*transparent|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.IGNORECASE,
)
WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)", re.IGNORECASE)
BACKGROUND = re.compile(r"background", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?([.#][\w-]+)\Z", re.IGNORECASE)


def unseen_by_rule(text: str) -> frozenset[str]:
    """Classes and ids that the page's own style sheets do not show."""
    names: set[str] = set()
    for sheet in re.findall(r"<style\b[^>]*>(.*?)</style", text, re.IGNORECASE | re.DOTALL):
        # Rules inside @media blocks hold for some screens or for print only.
        sheet = re.sub(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
        for selectors, rules in _RULE.findall(sheet):
            if UNSEEN.search(rules):
                for selector in selectors.split(","):
                    simple = _SIMPLE_SELECTOR.match(selector.strip())
                    if simple is not None:
                        names.add(simple[1])
    return frozenset(names)
