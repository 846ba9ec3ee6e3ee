"""A DOCX to drafts: paragraphs, lists, tables, text boxes, headers and footers, as the printed page shows them.

The XML is walked directly: what matters here (tracked changes, hidden runs, text boxes, nested tables) lies below
what libraries offer.
"""

from matcher.reading.docx.document import docx_drafts

__all__ = ["docx_drafts"]
