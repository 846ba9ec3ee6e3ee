"""Encodings, normalisation and the repair of mangled texts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import ReadingError
from matcher.model import Document
from matcher.reading import Limits, read_bytes, read_text
from matcher.reading.mangled import repair, unfold
from matcher.reading.sniff import sniff_text
from matcher.reading.text import decode, normalise

TEXT = "Résumé of Jürgen Groß\nSenior Engineer – “Go” and Python, naïve façade"


def read(data: bytes, name: str = "cv.txt") -> Document:
    return read_bytes(data, "resume", source=name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_needs_no_guess(encoding: str) -> None:
    document = read(TEXT.encode(encoding))
    assert document.text == TEXT
    assert document.notices == ()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_read_with_a_notice(encoding: str) -> None:
    document = read(TEXT.encode(encoding))
    assert document.text == TEXT
    assert [notice.code for notice in document.notices] == ["encoding-guessed"]


def test_latin1_is_read_with_a_notice() -> None:
    document = read("Jürgen Groß, Ingénieur à Zürich".encode("latin-1"))
    assert document.text == "Jürgen Groß, Ingénieur à Zürich"
    assert [notice.code for notice in document.notices] == ["encoding-guessed"]


def test_cyrillic_code_page_is_guessed() -> None:
    text = "Иван Петров, старший инженер. Разработка программного обеспечения на языке Python и Go в Москве. " * 3
    assert read(text.encode("cp1251")).text == text.strip()


def test_a_damaged_utf8_text_stays_utf8() -> None:
    data = (TEXT * 20).encode() + b"\xc3"
    assert "Jürgen Groß" in read(data).text


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 500, b"\x93\x8f\x81\xfe\xef\xc0\xc1\xf5\x99" * 300]
)
def test_junk_is_no_text(data: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        read(data)
    assert caught.value.code == "not-text"


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("a\u00a0b\u2009c", "a b c"),
        ("e\ufb03cient \ufb02ow", "efficient flow"),
        ("\uf0b7 Built", "• Built"),
        ("\uf0b7Built", "• Built"),
        ("mail\uf0e0me", "mailme"),
        ("state\u2011of\u2010the art", "state-of-the art"),
        ("\U0001d40f\U0001d432\U0001d42d\U0001d421\U0001d428\U0001d427", "Python"),
        ("\uff30\uff59thon", "Python"),
        ("J\u0430v\u0430", "Java"),
        ("Ма Москва", "Ма Москва"),
        ("α-β pruning", "α-β pruning"),
        ("Cafe\u0301", "Café"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("right\u202eleft", "rightleft"),
    ],
)
def test_normalisation(odd: str, plain: str) -> None:
    assert normalise(odd) == plain


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.binary(max_size=400))
def test_decoding_never_fails(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or isinstance(decoded.text, str)


@given(st.text(max_size=300))
def test_lines_are_the_lines_of_the_text(text: str) -> None:
    if not any(char.isalnum() for char in normalise(repair(text)[0])):
        return
    try:
        document = read_text(text, "resume")
    except ReadingError:
        assert sniff_text(text) == "json"  # it begins and ends like JSON, and is none
        return
    for line in document.lines:
        found = document.text[line.span.start : line.span.end]
        assert found == found.strip()
        assert "\n" not in found
        assert found
    assert [document.text[line.span.start : line.span.end] for line in document.lines] == [
        line for line in document.text.split("\n") if line
    ]


def test_escaped_bytes_are_put_right() -> None:
    text, mended = repair(r"Jane \xe2\x80\xa2 Z\xc3\xbcrich \x96 Go")
    assert mended
    assert text == "Jane • Zürich – Go"


def test_mojibake_is_put_right() -> None:
    assert repair("Jane â€¢ ZÃ¼rich") == ("Jane • Zürich", True)


def test_a_windows_path_is_left_alone() -> None:
    assert repair(r"C:\new\x and \d+") == (r"C:\new\x and \d+", False)


def test_a_document_in_one_line_gets_its_lines_back() -> None:
    line = (
        r'"Jane Roe  jane@example.com \xe2\x80\xa2 555-0100  PHP Developer    SKILLS  '
        r"\xef\x83\x98  PHP and MySQL since the beginning of the century and of my working life  "
        r"\xef\x83\x98  Linux servers of every kind, their networks and all that hangs on them  EXPERIENCE  "
        r"Developer, Acme  2005 to present, building web applications in PHP and keeping the servers running, "
        r'the networks fast, the costs low and the people who work with all of it happy, each and every day"'
    )
    document = read(line.encode() + b"\n")
    found = document.text.split("\n")
    assert found[:3] == ["Jane Roe", "jane@example.com", "• 555-0100"]
    assert "SKILLS" in found
    assert "• PHP and MySQL since the beginning of the century and of my working life" in found
    assert [notice.code for notice in document.notices] == ["mangled-bytes"]


def test_ordinary_lines_are_not_unfolded() -> None:
    text = "A short line  with a gap\n" + "word " * 200
    assert unfold(text) == text


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(b"word " * 600_000, "resume", source="big.txt")
    assert caught.value.code == "too-big"
    assert "max_text_chars" in str(caught.value)


def test_too_big_a_file_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(b"word", "resume", source="big.txt", limits=Limits(max_bytes=3))
    assert "max_bytes" in str(caught.value)


def test_markdown_marks_are_taken_off() -> None:
    text = "# Jane Roe\n\n## Skills\n\n- **Python** and `Go`\n- [site](https://example.com)\n"
    text += "\n| A | B |\n|---|---|\n| x | y |\n"
    document = read(text.encode(), "cv.md")
    assert document.text.split("\n") == [
        *["Jane Roe", "", "Skills", "", "• Python and Go", "• site", "", "A\tB", "x\ty"],
    ]
    assert [line.heading for line in document.lines][:3] == [True, True, False]


def test_c_sharp_and_underscores_survive_markdown() -> None:
    assert "C# and snake_case_name, 2 * 3 * 4" in read(b"# A\n\nC# and snake_case_name, 2 * 3 * 4\n", "a.md").text


@pytest.mark.parametrize(
    "piece", ["[", "[a](", "[a]: ", "<!--", "   ", "\t", "**a", "|", "a| ", "• ", "\\x", "<a@", "a\n"]
)
def test_no_plain_text_takes_for_ever(piece: str) -> None:
    # Four times the text may take some four times as long; a search that starts again at each place takes 16 times.
    def seconds(size: int) -> float:
        text = "# A\n\n## B\n\n" + piece * (size // len(piece)) + "\nend"
        taken = []
        for _ in range(3):  # the least of three: what else the machine does costs time as well
            start = time.process_time()
            read_text(text, "resume")
            taken.append(time.process_time() - start)
        return min(taken)

    assert seconds(60_000) < 9 * max(seconds(15_000), 0.02)
