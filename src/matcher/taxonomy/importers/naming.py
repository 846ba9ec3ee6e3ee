"""Which label of another classification may stand as a name by itself.

Classifications list labels for people who browse, and many are ordinary words: one of ESCO's labels for drawing up
reports is "report". Matching on those would find skills everywhere. So:

* A label of two or more words stands by itself; a further label needs context where it consists of common words, or
  of common words and the name of another skill.
* One word stands by itself where it shows that it is a name: it has a digit, a sign or a capital inside.
* One word without such a mark stands by itself as a preferred label; as a further label it needs context.
* Common words, names of people, abbreviations of up to three letters and words of one or two letters need context
  always.

A name that needs context becomes an ``ambiguous`` name: it counts in a list of skills, or beside words of the concept
and of what it belongs under.
"""

from __future__ import annotations

from typing import Literal

from matcher.taxonomy.lint import CommonWords
from matcher.taxonomy.names import fold, name_key, tokenize

Standing = Literal["plain", "context", "unfit"]
MAX_WORDS = 8
# Words that neither tell anything as context nor make a label distinct.
_SMALL = frozenset(
    """a an and as at by for from in into is it its of on or per that the their them these this those to via with
    other others using use used software system systems tool tools general related not""".split()
)

_LAST_RESORT = ("software", "tool", "proficient", "certified")


def standing(label: str, common: CommonWords, *, preferred: bool) -> Standing:
    """Whether ``label`` may be a name as it stands, needs context, or is nothing that people would write."""
    words = [token.text for token in tokenize(label) if any(char.isalnum() for char in token.text)]
    if not words or len(words) > MAX_WORDS:
        return "unfit"
    if len(words) > 1:
        distinct = [word for word in words if fold(word) not in _SMALL and not common.has(word)]
        return "plain" if preferred or distinct else "context"
    word = words[0]
    if len(word) <= 2 or common.has(word) or (word.isupper() and len(word) <= 3):
        return "context"
    marked = any(not char.isalpha() for char in label.strip()) or any(char.isupper() for char in word[1:])
    return "plain" if preferred or marked else "context"


def distinct_key(label: str, common: CommonWords) -> tuple[str, ...]:
    """The key of what is left of a label without small and common words."""
    words = [token.text for token in tokenize(label)]
    return name_key(" ".join(word for word in words if fold(word) not in _SMALL and not common.has(word)))


def context_words(texts: tuple[str, ...], names: tuple[str, ...], common: CommonWords, limit: int = 12) -> list[str]:
    """The telling words of ``texts``, without those of the names that they are to decide, in order; never empty."""
    taken = {fold(token.text) for name in names for token in tokenize(name)}
    words = dict.fromkeys(fold(token.text) for text in texts for token in tokenize(text))
    long = [word for word in words if word.isalpha() and len(word) > 3 and word not in taken]
    telling = [word for word in long if word not in _SMALL and not common.has(word)]
    return (telling or long)[:limit] or list(_LAST_RESORT)
