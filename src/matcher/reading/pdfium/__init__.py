"""Glyphs from pdfium, through its C functions: a page costs a handful of milliseconds."""

from matcher.reading.pdfium.document import PasswordError, UnreadableError, opened, page_of
from matcher.reading.pdfium.page import pictures, read_drawn, read_page

__all__ = ["PasswordError", "UnreadableError", "opened", "page_of", "pictures", "read_drawn", "read_page"]
