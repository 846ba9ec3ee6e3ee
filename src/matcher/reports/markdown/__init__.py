"""Profiles and results as Markdown (CommonMark with tables) that stays readable as plain text."""

from matcher.reports.markdown.profile import render_level, render_profile
from matcher.reports.markdown.result import render_result

__all__ = ["render_level", "render_profile", "render_result"]
