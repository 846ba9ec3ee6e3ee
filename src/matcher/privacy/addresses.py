"""Where the person lives: in the head of the page, and as street addresses anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from matcher.model import Span
from matcher.privacy.names import _NOT_NAMES  # noqa: PLC2701
from matcher.privacy.regions import Regions
