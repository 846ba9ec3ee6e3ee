"""Many resumes against many postings: only the pairs that can be among the best are scored.

From what a resume's skills, level, degrees, certificates and years are worth at most (``rows``), an upper bound of the
score is computed for whole blocks of pairs at once (``bounds``). A pair whose bound is below the N-th best exact score
of its posting cannot be among the posting's best N, so leaving it out changes nothing; all others are scored exactly
(``cut``, ``search``). That is the threshold algorithm of Fagin, Lotem and Naor (Optimal Aggregation Algorithms for
Middleware, 2001) with a single list.

All bounds are in hundredths of a point, as in :class:`matcher.model.Contribution`.
"""

from matcher.ranking.cut import cuts
from matcher.ranking.rows import Rows, features
from matcher.ranking.search import lowest, rank

__all__ = ["Rows", "cuts", "features", "lowest", "rank"]
