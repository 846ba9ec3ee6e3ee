"""How much a single file may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take before it is refused; the error says which limit was hit.

    Attributes:
        max_bytes: size of the file itself.
        max_text_chars: length of the text that comes out of it.
        max_pages: pages of a PDF.
        max_seconds: time; checked between pages, and enforced from outside in a guarded reader.
        max_memory_mib: address space of the child process of a guarded reader.
        max_expanded_bytes: size of what a DOCX or ODT archive holds once unpacked.
    """

    max_bytes: int = 25 * 1024 * 1024
    max_text_chars: int = 2_000_000
    max_pages: int = 100
    max_seconds: float = 30.0
    max_memory_mib: int = 2048
    max_expanded_bytes: int = 100 * 1024 * 1024


DEFAULT_LIMITS = Limits()
