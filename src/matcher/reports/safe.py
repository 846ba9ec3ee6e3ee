"""Text of strangers, fit to be shown: characters that hide, reorder or command are made visible."""

from __future__ import annotations

import re

# A resume may hold characters that nobody sees but that change what is seen: controls (an escape sequence steers a
# terminal), direction overrides (they turn "exe.fdp" into "pdf.exe"), invisible spaces and tag characters (text that
# only a machine reads), lone surrogates (no encoder takes them). Joiners and soft hyphens are part of ordinary writing.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)


def visible(text: str) -> str:
    """``text`` with every unseen character as ``[U+202E]``; tabs and line feeds stay."""
    return _UNSEEN.sub(lambda match: f"[U+{ord(match.group()):04X}]", text)


def one_line(text: str) -> str:
    """``text`` visible, with all runs of white space as single spaces."""
    return visible(" ".join(text.split()))
