import pytest

from matcher.reports.safe import one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – “text” naïve 日本語 العربية", "plain – “text” naïve 日本語 العربية"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("exe.\u202efdp", "exe.[U+202E]fdp"),
        ("a\u2066b\u2069", "a[U+2066]b[U+2069]"),
        ("\x1b[31mred", "[U+001B][31mred"),
        ("a\x00b\x9bc", "a[U+0000]b[U+009B]c"),
        ("tag\U000e0041", "tag[U+E0041]"),
        ("zero\u200bwidth", "zero[U+200B]width"),
        ("lone\ud800", "lone[U+D800]"),
        # Joiners hold emoji and Persian words together, soft hyphens are ordinary.
        ("👩\u200d💻 می\u200cخواهم soft\u00adhyphen", "👩\u200d💻 می\u200cخواهم soft\u00adhyphen"),
    ],
)
def test_unseen_characters_are_shown_and_all_others_kept(text, shown):
    assert visible(text) == shown


def test_one_line_leaves_no_line_breaks():
    assert one_line("a\n b\t\u202ec ") == "a b [U+202E]c"
