"""Reports as one HTML file each: nothing is loaded, nothing needs a script, every word of a document is escaped."""

from matcher.reports.html.batch import render_batch
from matcher.reports.html.level import render_level
from matcher.reports.html.profile import render_profile
from matcher.reports.html.result import render_result

__all__ = ["render_batch", "render_level", "render_profile", "render_result"]
