"""What the tests of the pages share."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """A folder for compiled taxonomies that the user's own does not know of."""
    return tmp_path_factory.mktemp("cache")
