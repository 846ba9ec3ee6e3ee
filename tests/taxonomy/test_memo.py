"""What is remembered of words, and how much of it."""

from matcher.taxonomy.memo import remembered


def test_a_word_is_asked_once():
    asked = []

    @remembered(10)
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    assert [length(word) for word in ("one", "three", "one", "three")] == [3, 5, 3, 5]
    assert asked == ["one", "three"]


def test_no_more_is_kept_than_asked_for():
    asked = []

    @remembered(3)
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    words = ["a", "bb", "ccc", "dddd", "a"]
    assert [length(word) for word in words] == [1, 2, 3, 4, 1]
    assert asked == words  # the fourth word emptied the memory


def test_what_is_long_is_not_kept():
    asked = []

    @remembered(10)
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    line = "python,sql;" * 1000
    assert [length(line), length(line)] == [11_000, 11_000]
    assert asked == [line, line]
