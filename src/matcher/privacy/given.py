"""Given names of many countries, as data: a word that is one makes a person of the words beside it."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files


@cache
def given_names() -> frozenset[str]:
    """Given names as :func:`folded` writes them, read once from the list beside this file."""
    lines = (files("matcher.privacy") / "given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_given(word: str) -> bool:
    """Whether a word is a given name, or begins with one and a hyphen: "Ole-Kristian"."""
    first = folded(word).replace("’", "-").replace("'", "-").split("-")[0]
    return first in given_names()


def folded(text: str) -> str:
    """Lower case without accents."""
    plain = text.lower().replace("ł", "l").replace("ø", "o").replace("ß", "ss").replace("ı", "i").replace("đ", "d")
    decomposed = unicodedata.normalize("NFKD", plain.replace("þ", "th").replace("ð", "d").replace("æ", "ae"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
