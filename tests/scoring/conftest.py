from __future__ import annotations

import pytest
from worlds import shared_matcher

from matcher import Matcher
from matcher.scoring import Scorer


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return shared_matcher()


@pytest.fixture(scope="session")
def scorer(matcher: Matcher) -> Scorer:
    return matcher.scorer
