"""Names in place of names: stable, and of no use without the key."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable

from matcher.model import Document

_LETTERS = 12


def pseudonym(document: Document) -> str:
    """The pseudonym of a document: the same for the same bytes, whatever the file is called.

    Taken from the digest of the file, so that only who has the file can tell whose it is.
    """
    prefix = "candidate" if document.kind == "resume" else "posting"
    digest = hashlib.sha256(f"matcher.pseudonym/1:{document.sha256}".encode()).hexdigest()
    return f"{prefix}-{digest[:_LETTERS]}"


def key_table(documents: Iterable[Document]) -> str:
    """The key as CSV: pseudonym and source of each document, in order of the pseudonyms."""
    rows = sorted({(pseudonym(document), document.source) for document in documents})
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(("pseudonym", "source"))
    for name, source in rows:
        guarded = f"'{source}" if source.lstrip().startswith(("=", "+", "-", "@")) else source
        writer.writerow((name, guarded))
    return page.getvalue()
