"""What in a document says who somebody is rather than what they can do: finding it, taking it out, changing it."""

from __future__ import annotations

from matcher.privacy.blind import Blinded, blind
from matcher.privacy.personal import Kind, Personal, find_personal

__all__ = ["Blinded", "Kind", "Personal", "blind", "find_personal"]
