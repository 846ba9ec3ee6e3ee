"""One matcher for all tests of extraction: it holds no state between documents."""

from __future__ import annotations

from datetime import date

import pytest

from matcher import Matcher


@pytest.fixture(scope="session")
def shared_matcher() -> Matcher:
    return Matcher(as_of=date(2026, 11, 20))
