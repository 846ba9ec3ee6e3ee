"""Templates to a page that is whole in itself, with a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from matcher.reports import advice, figures
from matcher.reports.safe import visible


def page(template: str, *, style: str = "", script: str = "", **values: Any) -> str:
    """Fill a template.

    Args:
        template: its file name in ``templates``.
        style: rules of this page alone, after those of every page; only from numbers and names of this package.
        script: the file name of a script in ``templates``; none by default, and then the page forbids scripts.
        values: what the template shows; every string among them is made visible and escaped.
    """
    css = resource("page.css") + style
    code = resource(script) if script else ""
    policy = ["default-src 'none'", f"style-src '{_digest(css)}'", "base-uri 'none'", "form-action 'none'"]
    if code:
        policy.append(f"script-src '{_digest(code)}'")
    # Both are files of this package (and numbers put into rules), so they stand in the page as they are.
    return _environment().get_template(template).render(
        **values,
        css=Markup(css),  # noqa: S704
        code=Markup(code),  # noqa: S704
        policy="; ".join(policy),
    )  # fmt: skip


def _digest(text: str) -> str:
    """The hash by which a content security policy knows an inline block."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def resource(name: str) -> str:
    """A file of ``templates`` as text."""
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(resource),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Every expression passes through here, so that no template can forget it.
        finalize=lambda value: visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value,
    )
    environment.filters |= {
        "points": figures.points,
        # Jinja's own `capitalize` makes all other letters small.
        "sentence": lambda text: text[:1].upper() + text[1:],
        "file_name": figures.file_name,
        "usual_years": figures.usual_years,
        "years_words": figures.years_words,
        "dated": figures.dated,
        "understood": figures.understood,
    }
    environment.globals |= {
        "SIGNS": figures.STATE_SIGNS,
        "STATES": figures.STATE_WORDS,
        "EFFORT": figures.EFFORT_WORDS,
        "STANDING": figures.STANDING_WORDS,
        "KINDS": figures.KIND_WORDS,
        "GAINS_NOTE": advice.GAINS_NOTE,
    }
    return environment
