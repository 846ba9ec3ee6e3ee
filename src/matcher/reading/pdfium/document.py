"""Documents and pages of pdfium, held open and closed again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

# pdfium is not safe for threads: one document at a time.
LOCK = threading.RLock()

_PASSWORD = 4


class PasswordError(Exception):
    """The document cannot be opened with an empty password."""


class UnreadableError(Exception):
    """pdfium cannot make sense of the file."""


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, held open; encrypted ones are opened with an empty password."""
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if error.err_code == _PASSWORD:
                raise PasswordError from None
            raise UnreadableError(str(error)) from None
        try:
            yield document
        finally:
            document.close()


@contextmanager
def page_of(document: pypdfium2.PdfDocument, index: int) -> Iterator[pypdfium2.PdfPage]:
    """A page, held open."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(str(error)) from None
    try:
        yield page
    finally:
        page.close()
