"""The sentences for everything that can be wrong with a file, in one place so that they sound alike."""

from __future__ import annotations

from matcher.errors import ReadingError
from matcher.reading.sniff import Format


def missing(source: str) -> ReadingError:
    """No such file."""
    if "\n" in source:
        return no_name(source)
    return ReadingError(source, "there is no such file", "check the path", code="missing")


def no_name(source: str) -> ReadingError:
    """A text given for the name of a file: its words are not repeated, they may be those of a resume."""
    cause = f"a text of {len(source):,} characters was given where the name of a file is wanted"
    return ReadingError("(a text)", cause, "name a file, or use profile_text for a text", code="missing")


def nameless() -> ReadingError:
    """An empty name, as an unset variable of a shell leaves it."""
    return ReadingError("(no name)", "the name of the file is empty", "name a file", code="no-name")


def address(source: str) -> ReadingError:
    """An address of the web in place of a file."""
    return ReadingError(
        source, "is an address, and nothing is fetched", "save the page and name the file", code="address"
    )


def piped(source: str) -> ReadingError:
    """A pipe or a device in place of a file; what comes out of it can be read but once."""
    return ReadingError(
        source, "is a pipe and no file", "name - and give it on standard input, or save it to a file", code="pipe"
    )


def folder(source: str) -> ReadingError:
    """A folder in place of a file."""
    return ReadingError(
        source, "is a folder", "name a file in it, or use 'matcher batch' for whole folders", code="folder"
    )


def unreadable(source: str, reason: str) -> ReadingError:
    """The system refuses to open the file."""
    return ReadingError(source, f"cannot be opened ({reason})", "check the file and its permissions", code="unreadable")


def empty(source: str) -> ReadingError:
    """Nothing in it, or only space."""
    return ReadingError(source, "is empty", "save or download the file again", code="empty")


def no_words(source: str) -> ReadingError:
    """No letter and no digit in it."""
    return ReadingError(source, "has no text in it", "check that it is the right file", code="no-text")


def scanned(source: str, pages: int, to_recognise: str | None, given_up: bool = False) -> ReadingError:
    """A PDF of pictures; ``to_recognise`` is what text recognition still needs, None where it was tried in vain."""
    where = "on its only page" if pages == 1 else f"on any of its {pages} pages"
    cause = f"has no text layer {where} (a scan, or text drawn as pictures)"
    remedy = to_recognise or "scan it again, straight and at 300 dots per inch"
    if to_recognise is None and given_up:
        cause += ", and text recognition did not come to an end"
        remedy = "give it more time with max_seconds"
    elif to_recognise is None:
        cause += ", and text recognition found no words in it"
    return ReadingError(source, cause, f"export it from the original document, or {remedy}", code="no-text-layer")


def unmapped(source: str) -> ReadingError:
    """A PDF whose fonts do not say what their glyphs mean."""
    return ReadingError(
        source,
        "has text, but does not say which letters its glyphs are",
        "export it again with embedded fonts, or print it to PDF and use text recognition",
        code="unmapped-text",
    )


def all_hidden(source: str) -> ReadingError:
    """A PDF with nothing but invisible text."""
    return ReadingError(
        source, "has text, but none of it is visible", "export it again from the original document", code="all-hidden"
    )


def encrypted(source: str) -> ReadingError:
    """A password is needed."""
    return ReadingError(
        source, "is encrypted and needs a password", "save a copy without a password and use that", code="encrypted"
    )


def truncated(source: str) -> ReadingError:
    """The end of the file is missing."""
    return ReadingError(source, "is cut off before its end", "download or copy the file again", code="truncated")


def damaged(source: str, what: str) -> ReadingError:
    """The file breaks the rules of its format."""
    return ReadingError(
        source, f"is a damaged {what} file", "open it in its own program and save or export it again", code="damaged"
    )


def too_big(source: str, what: str, limit: str, setting: str) -> ReadingError:
    """A limit on size was hit."""
    return ReadingError(
        source,
        f"is too big: {what} is over the limit of {limit}",
        f"use a smaller file, or raise {setting}",
        code="too-big",
    )


def too_slow(source: str, seconds: float) -> ReadingError:
    """The limit on time was hit."""
    return ReadingError(
        source,
        f"took longer to read than the limit of {seconds:g} seconds",
        "export the file again in a simpler form, or raise max_seconds",
        code="too-slow",
    )


def out_of_memory(source: str, mib: int) -> ReadingError:
    """The limit on memory was hit."""
    return ReadingError(
        source,
        f"needs more memory to read than the limit of {mib} MiB",
        "export the file again in a simpler form, or raise max_memory_mib",
        code="out-of-memory",
    )


def crashed(source: str, mib: int | None = None) -> ReadingError:
    """The reading process ended on its own; ``mib`` is the limit on memory where it may have hit that."""
    hint = "" if mib is None else f", as running into the limit of {mib} MiB of memory does"
    return ReadingError(
        source,
        f"brought down the process that was reading it{hint}",
        "open it in its own program and save or export it again" + ("" if mib is None else ", or raise max_memory_mib"),
        code="crashed",
    )


def no_text_file(source: str) -> ReadingError:
    """Bytes that are no text in any encoding."""
    return ReadingError(
        source, "is not a text: its bytes are no known encoding", "save it as PDF, DOCX or UTF-8 text", code="not-text"
    )


_UNSUPPORTED: dict[Format, tuple[str, str]] = {
    "doc": ("is an old Word (.doc) or other legacy Office file", "save it as DOCX or PDF"),
    "office": ("is an Office file, but not a text document", "save it as DOCX, PDF or text"),
    "image": ("is an image", "use the document it was made from, or a PDF with a text layer"),
    "archive": ("is an archive", "unpack it and name the document inside"),
    "binary": ("is a binary file and no document", "use a PDF, DOCX, HTML or text file"),
}


def unsupported(source: str, found: Format) -> ReadingError:
    """A format that is recognised and not read."""
    cause, remedy = _UNSUPPORTED[found]
    return ReadingError(source, cause, remedy, code=f"unsupported-{found}")
