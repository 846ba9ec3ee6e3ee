"""Results and profiles as notebooks show them: the HTML report in a frame of its own."""

from __future__ import annotations

from functools import cache
from html import escape

from matcher.model import MatchResult, Profile
from matcher.taxonomy.cache import Cache, default_folder
from matcher.taxonomy.loader import load
from matcher.taxonomy.schema import Taxonomy


def result_html(result: MatchResult) -> str | None:
    """A match for a notebook; None, and so the notebook's plain form, where another taxonomy made it."""
    from matcher.reports.html import render_result

    taxonomy = _bundled()
    return _frame(render_result(result, taxonomy)) if result.taxonomy_digest == taxonomy.digest else None


def profile_html(profile: Profile) -> str | None:
    """A profile for a notebook; None where it names what the bundled taxonomy does not have."""
    from matcher.reports.html import render_profile

    taxonomy = _bundled()
    known = (
        {level for level, _ in profile.level.coverage} <= taxonomy.levels.keys()
        and {skill.id for skill in profile.skills} <= taxonomy.skills.keys()
        and {item.id for item in profile.certifications} <= taxonomy.certifications.keys()
        and {degree.level for degree in profile.degrees} <= taxonomy.degrees.keys()
        and {degree.field for degree in profile.degrees if degree.field} <= taxonomy.fields.keys()
    )
    return _frame(render_profile(profile, taxonomy)) if known else None


@cache
def _bundled() -> Taxonomy:
    folder = default_folder()
    return load(cache=Cache(folder) if folder else None)


def _frame(page: str) -> str:
    # In a frame neither the report's style reaches the notebook nor the notebook's the report; scripts stay off.
    return (
        f'<iframe srcdoc="{escape(page)}" sandbox="" title="report"'
        ' style="width:100%;height:42em;border:1px solid #8888"></iframe>'
    )
