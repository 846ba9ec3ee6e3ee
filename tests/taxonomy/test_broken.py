"""Each kind of mistake is told with the file and the line in which to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.cli import main
from matcher.errors import TaxonomyError
from matcher.taxonomy.loader import load
from matcher.taxonomy_check import check_taxonomy

# A name, a file that is added to a sound taxonomy, the line to mend, and words of the message.
BROKEN = [
    ("not YAML", "skills:\n  go: {name: Go\n", 3, "not valid YAML"),
    ("a list at the top", "- skills\n", 1, "must be a mapping"),
    ("an unknown part", "\nskill:\n  go: {name: Go, kind: tool}\n", 2, "did you mean 'skills'"),
    (
        "an unknown key",
        "skills:\n  go:\n    name: Go\n    kind: tool\n    alias: [golang]\n",
        5,
        "did you mean 'aliases'",
    ),
    ("a missing key", "skills:\n\n  rust:\n    name: Rust\n", 3, "the key 'kind' is missing"),
    ("a kind nobody knows", "skills:\n  rust:\n    name: Rust\n    kind: toolbox\n", 4, "kind"),
    ("an entry that is no mapping", "skills:\n  rust: Rust\n", 2, "must be a mapping"),
    ("a part that is no mapping", "skills: [rust]\n", 1, "must be a mapping of ids"),
    ("a part that is no list", "cues: {phrase: no}\n", 1, "must be a list"),
    (
        "an id twice in a file",
        "skills:\n  a1: {name: A1, kind: tool}\n  a1: {name: B1, kind: tool}\n",
        3,
        "stands twice",
    ),
    ("an id of another file", "skills:\n  python: {name: Python 3, kind: tool}\n", 2, "already defined at"),
    ("an id with blanks", "skills:\n  My Tool: {name: MyTool, kind: tool}\n", 2, "write 'my-tool'"),
    (
        "a broader skill that is not there",
        "skills:\n  rust:\n    name: Rust\n    kind: tool\n    broader:\n      - programing\n",
        6,
        "did you mean 'programming'",
    ),
    (
        "a related skill that is not there",
        "skills:\n  rust: {name: Rust, kind: tool, related: [c]}\n",
        2,
        "no skill 'c'",
    ),
    (
        "a source that is not there",
        "skills:\n  rust: {name: Rust, kind: tool, sources: [gide]}\n",
        2,
        "did you mean 'guide'",
    ),
    (
        "a circle",
        "skills:\n  aa: {name: AA, kind: tool, broader: [bb]}\n  bb: {name: BB, kind: tool, broader: [cc]}\n"
        "  cc:\n    name: CC\n    kind: tool\n    broader: [aa]\n",
        7,
        "runs in a circle: aa -> bb -> cc -> aa",
    ),
    ("a circle of one", "skills:\n  aa:\n    name: AA\n    kind: tool\n    broader: [aa]\n", 5, "circle"),
    (
        "a name of two owners",
        "skills:\n  cpy:\n    name: C-Python\n    kind: tool\n    aliases:\n      - cpythons\n",
        6,
        "already belongs to 'python'",
    ),
    ("a name without a word", "skills:\n  dots:\n    name: ' '\n    kind: tool\n", 3, "holds no word"),
    (
        "a pattern with a gap at its end",
        "skills:\n  xx:\n    name: XX\n    kind: tool\n    patterns:\n      - use ...\n",
        6,
        "a gap needs a word",
    ),
    (
        "a word class that is not there",
        "skills:\n  xx:\n    name: XX\n    kind: tool\n    patterns: ['<bild> it']\n",
        5,
        "unknown word class <bild>",
    ),
    (
        "an ambiguous name it does not have",
        "skills:\n  xx:\n    name: XX\n    kind: tool\n    ambiguous: {names: [YY]}\n",
        5,
        "not one of its names",
    ),
    (
        "an ambiguous name without context",
        "skills:\n  xx:\n    name: XX\n    kind: tool\n    ambiguous: {names: [XX]}\n",
        5,
        "ambiguous without context",
    ),
    (
        "a common word as a name",
        "skills:\n  chef-infra:\n    name: Chef Infra\n    kind: tool\n    aliases:\n    - Chef\n",
        6,
        "'Chef' is also a common word",
    ),
    ("a letter as a name", "skills:\n  x-lang:\n    name: X\n    kind: language\n", 3, "also a common word"),
    (
        "an example that does not hold",
        "skills:\n  go-lang:\n    name: Golang\n    kind: tool\n    examples:\n"
        "      - Wrote Golang\n      - Wrote gopher things\n",
        7,
        "is not found in 'Wrote gopher things'",
    ),
    (
        "a counterexample that does not hold",
        "skills:\n  go-lang:\n    name: Golang\n    kind: tool\n    counterexamples: [Not a Golang shop]\n",
        5,
        "is found, and must not be, in",
    ),
    (
        "a skill that cannot be found",
        "skills:\n  pc:\n    name: Epic\n    kind: tool\n    ambiguous: {confirm: [chart], not_in: [epic]}\n",
        3,
        "is unreachable",
    ),
    (
        "a level that asks what is not there",
        "levels:\n  lead:\n    name: Lead\n    branch: leading\n    rank: 1\n"
        "    requires:\n      - {skill: python}\n      - {skill: leading}\n",
        8,
        "no skill 'leading'",
    ),
    (
        "a requirement without a skill",
        "levels:\n  lead:\n    name: Lead\n    branch: leading\n    rank: 1\n"
        "    requires:\n      - {sources: [guide]}\n",
        7,
        "either 'skill' or 'any_of'",
    ),
    (
        "a rank that is taken",
        "levels:\n  lead:\n    name: Lead\n    branch: individual\n    rank: 1\n",
        5,
        "the rank of 'junior'",
    ),
    (
        "years that end before they begin",
        "levels:\n  lead:\n    name: Lead\n    branch: leading\n    rank: 1\n    use_years: {min: 5, max: 2}\n",
        6,
        "end before they begin",
    ),
    (
        "a next level that is not there",
        "levels:\n  lead:\n    name: Lead\n    branch: leading\n    rank: 1\n    next: [boss]\n",
        6,
        "no level 'boss'",
    ),
    (
        "a certification of an unknown skill",
        "certifications:\n  cka: {name: CKA, skills: [kubernetes]}\n",
        2,
        "no skill 'kubernetes'",
    ),
    (
        "a certification's name of two owners",
        "certifications:\n  pp:\n    name: PCAP\n    skills: [python]\n",
        3,
        "already belongs to 'pcap'",
    ),
    ("an effort out of range", "suggestions:\n  - {skills: [python], acquire: Learn it., effort: 9}\n", 2, "effort"),
    (
        "coverage of nothing",
        "coverage:\n  - {guide: guide, says: Perl, kind: skill, at: skills/perl}\n",
        2,
        "no 'skills/perl'",
    ),
    ("a cue without a word", "cues:\n  - {phrase: '...', kind: negation}\n", 2, "holds no word"),
    ("a cue of no kind", "cues:\n  - phrase: never\n    kind: denial\n", 3, "kind"),
    ("words that are no list", "words:\n  build: construct\n", 2, "must be a list of words"),
    ("a word that YAML takes for something else", "words:\n  answers: [no]\n", 2, "in quotes"),
    ("a section of neither kind", "sections:\n  letter: {skills: {headings: [Skills]}}\n", 2, "'resume' and 'posting'"),
    ("an unknown weight", "scoring:\n  strenght: {required: 1}\n", 2, "did you mean 'strength'"),
    ("a weight out of range", "scoring: {broader_credit: 2}\n", 1, "already defined"),
    ("what unfolds without end", "a: &a [1, 2]\nb: &b [*a, *a]\nskills: &c\n  x: *c\n", 3, "without end"),
]


@pytest.mark.parametrize(("text", "line", "message"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_mistake_is_told_with_file_and_line(small: Path, text: str, line: int, message: str) -> None:
    (small / "zz-broken.yaml").write_text(text, encoding="utf-8")

    report = check_taxonomy(small)

    place = f"{small.as_posix()}/zz-broken.yaml:{line}: "
    assert [problem for problem in report.errors if problem.startswith(place) and message in problem], report.errors


def test_the_taxonomy_that_is_broken_in_these_tests_is_sound(small: Path) -> None:
    report = check_taxonomy(small)

    assert report.errors == ()
    assert report.skills == 5
    assert report.sentences == 1


def test_bytes_that_are_no_text_are_told(small: Path) -> None:
    (small / "zz-broken.yaml").write_bytes(b"skills:\n  x: {name: \xff}\n")

    assert "zz-broken.yaml:1: is not UTF-8 (byte 20)" in check_taxonomy(small).errors[0]


def test_every_mistake_is_told_at_once(small: Path) -> None:
    text = "skills:\n  aa: {kind: tool}\n  bb: {name: BB, kind: tool, colour: red}\n"
    (small / "zz-broken.yaml").write_text(text, encoding="utf-8")

    assert len(check_taxonomy(small).errors) == 2


def test_a_broken_overlay_fails_the_command_with_its_own_path(tmp_path: Path) -> None:
    overlay = tmp_path / "mine.yaml"
    overlay.write_text("skills:\n  xx:\n    name: XX\n    kind: tool\n    broader: [pyton]\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["taxonomy", "check", str(overlay)])

    assert result.exit_code == 1
    assert f"error: {overlay}:5: skills 'xx': there is no skill 'pyton'; did you mean 'python'?" in result.output


def test_the_matcher_refuses_a_broken_overlay_in_one_line_without_a_traceback(tmp_path: Path) -> None:
    overlay = tmp_path / "mine.yaml"
    overlay.write_text("skills:\n  xx: {name: XX}\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["taxonomy", "stats", "--taxonomy", str(overlay)])

    assert result.exit_code == 2
    assert result.output == f"{overlay}:2: skills 'xx': the key 'kind' is missing\n"


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_place_without_files_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(TaxonomyError, match=r"give a (file or a )?folder"):
        load([tmp_path / name])
