"""Everything that can be wrong with a file ends in one sentence with the file's name, the cause and the remedy."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pages import Put, column, drawn, pdf

from matcher.errors import ReadingError
from matcher.reading import Limits, read, read_bytes, read_text

PAGE = pdf(column(["Jane Roe", "Python and Go", "More of the same text"], 50, 100))


def docx_bytes() -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph("Jane Roe")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def encrypted_pdf(user: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return pdf(column(["Jane Roe"], 50, 100), encrypt=StandardEncryption(user, "owner", strength=128))


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w:p/>" + b" " * (150 * 1024 * 1024))
    return buffer.getvalue()


def entities() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:body><w:p><w:r><w:t>x&a;&f;</w:t></w:r></w:p></w:body></w:document>",
        )
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("empty.pdf", lambda: b"", "empty"),
        ("blank.txt", lambda: b" \r\n\t\x00", "empty"),
        ("scan.pdf", lambda: drawn(lambda canvas: canvas.rect(50, 50, 300, 300, fill=1)), "no-text-layer"),
        ("locked.pdf", lambda: encrypted_pdf("secret"), "encrypted"),
        ("half.pdf", lambda: PAGE[: len(PAGE) // 2], "truncated"),
        ("junk.pdf", lambda: b"%PDF-1.4\n" + b"nothing of any use here " * 50 + b"%%EOF", "damaged"),
        ("old.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "unsupported-doc"),
        ("photo.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "unsupported-image"),
        ("photo.txt", lambda: b"\xff\xd8\xff\xe0" + bytes(100), "unsupported-image"),
        ("tool.txt", lambda: b"\x7fELF" + bytes(100), "unsupported-binary"),
        ("noise.txt", lambda: bytes(range(256)) * 40, "not-text"),
        ("dashes.txt", lambda: b"-- // --", "no-text"),
        ("half.docx", lambda: docx_bytes()[:6000], "truncated"),
        ("bomb.docx", bomb, "too-big"),
        ("entities.docx", entities, "damaged"),
        ("broken.json", lambda: b'{"basics": {"name": }}', "damaged"),
        ("large.txt", lambda: b"word " * 6_000_000, "too-big"),
    ],
)
def test_bad_files_end_in_one_sentence(tmp_path: Path, name: str, make: object, code: str) -> None:
    assert callable(make)
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(ReadingError) as caught:
        read(path, "resume")
    error = caught.value
    assert error.code == code
    assert str(error) == f"{path}: {error.cause}; {error.remedy}"
    assert "\n" not in str(error)
    assert error.cause
    assert error.remedy


@pytest.mark.parametrize("text", ["Jane Roe\nsecret", "Jane Roe, secret " * 400])
def test_a_text_given_for_a_file_is_not_repeated(text: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(text, "resume")
    assert caught.value.code == "missing"
    assert "secret" not in str(caught.value)
    assert "profile_text" in str(caught.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.pdf", "missing"), (tmp_path, "folder")):
        with pytest.raises(ReadingError) as caught:
            read(path, "resume")
        assert caught.value.code == code


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not hold for this user")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("Jane Roe")
    path.chmod(0)
    with pytest.raises(ReadingError) as caught:
        read(path, "resume")
    assert caught.value.code == "unreadable"


def test_an_empty_user_password_is_no_obstacle() -> None:
    assert read_bytes(encrypted_pdf(""), "resume", source="open.pdf").text == "Jane Roe"


def test_an_error_crosses_a_process_boundary_whole() -> None:
    import pickle

    with pytest.raises(ReadingError) as caught:
        read("/no/such/file.pdf", "resume")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), copy.code) == (str(caught.value), caught.value.code)


def test_a_wrong_ending_is_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_bytes(PAGE)
    document = read(path, "resume")
    assert document.text.startswith("Jane Roe")
    assert [notice.code for notice in document.notices] == ["wrong-ending"]


def test_junk_before_the_header_and_zeros_after_the_end_do_no_harm() -> None:
    assert read_bytes(b"From: someone\r\n\r\n" + PAGE + bytes(500), "resume", source="x.pdf").text.startswith(
        "Jane Roe"
    )


def test_standard_input() -> None:
    document = read("-", "posting", stdin=io.BytesIO(b"We need Python"))
    assert (document.source, document.kind, document.text) == ("-", "posting", "We need Python")


def test_a_text_is_read_like_a_file() -> None:
    assert read_text("# A\n\n**Python**\n\n[x](y)", "posting").text == "A\n\nPython\n\nx (y)"


def test_the_hash_is_of_the_bytes() -> None:
    import hashlib

    assert read_bytes(PAGE, "resume", source="x").sha256 == hashlib.sha256(PAGE).hexdigest()


@pytest.mark.parametrize(
    ("limits", "word"),
    [
        (Limits(max_pages=2), "max_pages"),
        (Limits(max_seconds=0), "max_seconds"),
        (Limits(max_text_chars=20), "max_text_chars"),
        (Limits(max_bytes=100), "max_bytes"),
    ],
)
def test_limits_say_which_one_was_hit(limits: Limits, word: str) -> None:
    data = pdf(*[column(["A page of text"], 50, 100)] * 3)
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, "resume", source="x.pdf", limits=limits)
    assert word in str(caught.value)


def test_a_scan_among_pages_with_text_is_a_notice() -> None:
    from reportlab.lib.pagesizes import letter
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=letter)
    canvas.drawString(50, 700, "Jane Roe")
    canvas.showPage()
    canvas.rect(50, 50, 400, 400, fill=1)
    canvas.showPage()
    canvas.save()
    document = read_bytes(buffer.getvalue(), "resume", source="x.pdf")
    assert document.text == "Jane Roe"
    assert [notice.code for notice in document.notices] == ["no-text-pages"]


def test_importing_the_room_is_cheap() -> None:
    code = (
        "import sys, matcher.reading\n"
        "heavy = {'pdfplumber', 'pypdfium2', 'pypdfium2_raw', 'docx', 'lxml', 'charset_normalizer', 'numpy', 'PIL'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_putting_text_at_a_place_works() -> None:
    # The helper itself: without it the layout tests would prove nothing.
    line = read_bytes(pdf([Put("Here", 100, 200)]), "resume", source="x").lines[0]
    assert line.bbox is not None
    assert line.bbox[0] == pytest.approx(100, abs=1)
    assert line.bbox[1] < 200 < line.bbox[3]
