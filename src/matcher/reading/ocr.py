"""Text recognition for pages without a text layer: the extra ``matcher[ocr]`` and the program tesseract.

Nothing is recognised where either is missing; the reader then says that the page has no text.
"""

from __future__ import annotations

from shutil import which
from typing import Any

from matcher.reading.glyphs import Style
from matcher.reading.words import Word

_DPI = 300
_SURE = 30.0  # percent; below it tesseract reads specks
_MAX_SIDE = 6000  # pixels


_PROGRAM = "install the program tesseract (Debian and Ubuntu: the package tesseract-ocr)"
_EXTRA = "pip install 'matcher[ocr]'"


def missing() -> str | None:
    """What to do so that text can be recognised; None where the extra and the program are both there."""
    try:
        import pytesseract
    except ImportError:
        return f"for text recognition: {_EXTRA}" if which("tesseract") else f"{_PROGRAM} and: {_EXTRA}"
    try:
        pytesseract.get_tesseract_version()
    except (OSError, RuntimeError, SystemExit):
        return _PROGRAM
    return None


def available() -> bool:
    """Whether both the extra and the program are there."""
    return missing() is None


def recognised(page: Any, seconds: float) -> list[Word] | None:
    """The words of a pdfium page as tesseract sees them; None where it gives up or takes too long."""
    import pytesseract

    wide, high = page.get_size()
    scale = min(_DPI / 72, _MAX_SIDE / max(wide, high, 1.0))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        image = bitmap.to_pil()
        found = pytesseract.image_to_data(image, output_type=pytesseract.Output.DICT, timeout=seconds, config="--psm 3")
    except RuntimeError:  # also tesseract's own error, and its time limit
        return None
    finally:
        bitmap.close()
    return words_from(found, scale)


def words_from(found: dict[str, list[Any]], scale: float) -> list[Word]:
    """Tesseract's table of words as words in points; those of one of its lines share a baseline."""
    lines: dict[tuple[int, ...], list[int]] = {}
    for index, text in enumerate(found["text"]):
        if str(text).strip() and float(found["conf"][index]) >= _SURE:
            place = tuple(int(found[key][index]) for key in ("block_num", "par_num", "line_num"))
            lines.setdefault(place, []).append(index)
    words: list[Word] = []
    for members in lines.values():
        bottoms = sorted((found["top"][index] + found["height"][index]) / scale for index in members)
        baseline = bottoms[len(bottoms) // 2]
        size = max(found["height"][index] for index in members) / scale
        style = Style("", round(size, 1), False)
        for index in members:
            left, top = found["left"][index] / scale, found["top"][index] / scale
            right, bottom = left + found["width"][index] / scale, top + found["height"][index] / scale
            text, order = str(found["text"][index]).strip(), len(words)
            words.append(Word(text, left, top, right, bottom, baseline, size, style, order, order, True))
    return words
