"""The score: what a posting asks against what a resume shows. Pure: no clock, no files, no hidden state.

``docs/score.md`` gives the formula, its reasons and its sources.
"""

from matcher.scoring.scorer import Scorer
from matcher.scoring.skills import standing_worth

__all__ = ["Scorer", "standing_worth"]
