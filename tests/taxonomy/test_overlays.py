"""Overlays add, change, remove and replace; what they drop leaves nothing behind that points at it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher import Matcher, TaxonomyError
from matcher.cli import main
from matcher.taxonomy.loader import load
from matcher.taxonomy.schema import Taxonomy
from matcher.taxonomy_check import check_taxonomy

Overlaid = Callable[..., Taxonomy]
NURSING = Path(__file__).parent / "data" / "nursing.yaml"


def test_a_new_skill_is_added(overlaid: Overlaid) -> None:
    taxonomy = overlaid("skills:\n  perl: {name: Perl, kind: language, broader: [programming]}\n")

    assert list(taxonomy.skills)[-1] == "perl"
    assert taxonomy.skills["perl"].broader == ("programming",)


def test_a_known_skill_gains_items_of_lists_and_changes_plain_values(overlaid: Overlaid) -> None:
    taxonomy = overlaid("skills:\n  python: {name: Python 3, aliases: [Py, CPython], related: [swift]}\n")

    python = taxonomy.skills["python"]
    assert python.name == "Python 3"
    assert python.aliases == ("CPython", "Py")
    assert python.related == ("ruby", "swift")
    assert python.broader == ("programming",)
    assert python.kind == "language"


def test_a_list_of_a_known_skill_can_be_replaced(overlaid: Overlaid) -> None:
    taxonomy = overlaid("skills:\n  python: {replaces: [aliases, related], aliases: [Py]}\n")

    assert taxonomy.skills["python"].aliases == ("Py",)
    assert taxonomy.skills["python"].related == ()


def test_an_empty_value_takes_a_key_away(overlaid: Overlaid) -> None:
    taxonomy = overlaid("skills:\n  swift: {ambiguous: }\n")

    assert taxonomy.skills["swift"].ambiguous is None


def test_a_rule_inside_a_skill_is_changed_key_by_key(overlaid: Overlaid) -> None:
    taxonomy = overlaid("skills:\n  swift:\n    ambiguous: {confirm: [Cocoa], spelling: any}\n")

    rule = taxonomy.skills["swift"].ambiguous
    assert rule is not None
    assert rule.confirm == ("iOS", "Xcode", "Cocoa")
    assert rule.spelling == "any"


def test_a_removed_skill_leaves_nothing_that_points_at_it(overlaid: Overlaid) -> None:
    taxonomy = overlaid("remove: {skills: [python]}\n")

    assert "python" not in taxonomy.skills
    assert taxonomy.levels["junior"].requires[1].any_of == ("ruby",)
    assert taxonomy.certifications["pcap"].skills == ()
    assert taxonomy.tracks["tools"].signals == ("testing",)
    assert taxonomy.guidance.suggestions[1].skills == ("ruby",)
    assert [row.at for row in taxonomy.coverage] == ["skills/programming"]


def test_what_named_nothing_but_removed_skills_goes_as_a_whole(overlaid: Overlaid) -> None:
    taxonomy = overlaid("remove: {skills: [ruby, python, testing]}\n")

    assert len(taxonomy.levels["junior"].requires) == 1
    assert taxonomy.levels["senior"].requires == ()
    assert taxonomy.guidance.suggestions == ()
    assert taxonomy.guidance.often_missing == ()


def test_a_removed_source_takes_its_citations_and_figures_along(overlaid: Overlaid) -> None:
    taxonomy = overlaid("remove: {sources: [guide]}\n")

    assert taxonomy.skills["programming"].sources == ()
    assert taxonomy.levels["senior"].years == ()
    assert taxonomy.levels["junior"].requires[0].skill == "programming"
    assert taxonomy.levels["junior"].requires[0].sources == ()
    assert taxonomy.guidance.often_missing == ()


def test_a_removed_level_is_no_longer_the_next_one(overlaid: Overlaid) -> None:
    taxonomy = overlaid("remove: {levels: [senior]}\n")

    assert taxonomy.levels["junior"].next == ()


def test_removing_and_defining_anew_replaces_an_entry_and_keeps_the_links_to_it(overlaid: Overlaid) -> None:
    taxonomy = overlaid("remove: {skills: [python]}\nskills:\n  python: {name: Python, kind: tool}\n")

    assert taxonomy.skills["python"].kind == "tool"
    assert taxonomy.skills["python"].aliases == ()
    assert taxonomy.certifications["pcap"].skills == ("python",)


def test_a_replaced_part_starts_empty(overlaid: Overlaid) -> None:
    taxonomy = overlaid("replaces: [skills]\nskills:\n  python: {name: Python, kind: language}\n")

    assert list(taxonomy.skills) == ["python"]
    assert taxonomy.levels["junior"].requires[0].any_of == ("python",)
    assert taxonomy.levels["senior"].requires == ()


def test_a_reference_of_the_overlay_itself_to_what_it_drops_is_a_mistake(overlaid: Overlaid) -> None:
    with pytest.raises(TaxonomyError, match=r"overlay1.yaml:3: skills 'perl': there is no skill 'python'"):
        overlaid("remove: {skills: [python]}\nskills:\n  perl: {name: Perl, kind: language, related: [python]}\n")


def test_replacing_the_profession_keeps_what_every_resume_needs(overlaid: Overlaid) -> None:
    taxonomy = overlaid("replaces: [profession]\nskills:\n  audit: {name: Auditing, kind: practice}\n")

    assert list(taxonomy.skills) == ["audit"]
    for part in (taxonomy.levels, taxonomy.tracks, taxonomy.certifications, taxonomy.sources):
        assert part == {}
    assert taxonomy.guidance.suggestions == taxonomy.coverage == ()
    assert taxonomy.sections.resume
    assert taxonomy.scoring
    assert taxonomy.words["everyday"]


def test_replacing_all_asks_for_the_weights_of_the_score(overlaid: Overlaid) -> None:
    with pytest.raises(TaxonomyError, match="scoring"):
        overlaid("replaces: [all]\nskills:\n  audit: {name: Auditing, kind: practice}\n")


def test_later_overlays_see_what_earlier_ones_made(overlaid: Overlaid) -> None:
    taxonomy = overlaid(
        "skills:\n  perl: {name: Perl, kind: language}\n",
        "skills:\n  perl: {aliases: [Perl 5]}\n",
        "remove: {skills: [ruby]}\n",
    )

    assert taxonomy.skills["perl"].names == ("Perl", "Perl 5")
    assert "ruby" not in taxonomy.skills


def test_levels_weights_and_headings_can_be_changed(overlaid: Overlaid) -> None:
    taxonomy = overlaid(
        "levels:\n  senior: {use_years: {min: 7}, requires: [{skill: python}]}\n"
        "scoring: {broader_credit: 0.1}\n"
        "sections:\n  resume:\n    skills: {headings: [Werkzeugkasten]}\n"
    )

    senior = taxonomy.levels["senior"]
    assert senior.use_years is not None
    assert senior.use_years.min == 7
    assert [requirement.skill for requirement in senior.requires] == ["testing", "python"]
    assert taxonomy.scoring.broader_credit == 0.1
    skills = next(rule for rule in taxonomy.sections.resume if rule.id == "skills")
    assert "Werkzeugkasten" in skills.headings
    assert len(skills.headings) > 1


def test_an_overlay_may_be_a_folder(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    (folder / "skills").mkdir(parents=True)
    (folder / "skills" / "a.yaml").write_text("skills:\n  perl: {name: Perl, kind: language}\n")
    (folder / "levels.yml").write_text("levels:\n  senior: {requires: [{skill: perl}]}\n")
    (folder / ".hidden.yaml").write_text("not: valid\n")

    taxonomy = load([folder], base=small)

    assert taxonomy.levels["senior"].requires[1].skill == "perl"


def test_mistakes_are_placed_in_the_file_that_made_them(overlaid: Overlaid, tmp_path: Path, small: Path) -> None:
    overlay = "skills:\n  python:\n    aliases:\n      - Py\n      - MRI\n  ruby:\n    aliases: [MRI]\n"

    with pytest.raises(TaxonomyError) as caught:
        overlaid(overlay)

    path = tmp_path / "overlay1.yaml"
    assert caught.value.problems == (f"{path}:7: skills 'ruby': the name 'MRI' already belongs to 'python' ({path}:5)",)


def test_a_clash_with_a_name_of_the_base_names_both_places(overlaid: Overlaid, small: Path, tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError) as caught:
        overlaid("skills:\n  python: {related: [swift]}\n  py: {name: Cpython, kind: tool}\n")

    assert caught.value.problems == (
        f"{tmp_path / 'overlay1.yaml'}:3: skills 'py': the name 'Cpython' already belongs to 'python'"
        f" ({small.as_posix()}/taxonomy.yaml:9)",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("replaces: [skils]\n", "1: 'replaces' knows no 'skils'; did you mean 'skills'?"),
        ("replaces: skills\n", "1: 'replaces' takes a list of"),
        ("remove: {skills: [pyhton]}\n", "1: there is no 'pyhton' in skills to remove; did you mean 'python'?"),
        ("remove: {cues: [never]}\n", "1: 'remove' takes lists of ids for"),
        ("remove: [python]\n", "1: 'remove' takes a mapping"),
        ("skills:\n  python: {replaces: [alias]}\n", "2: there is no 'alias' to replace; did you mean 'aliases'?"),
        ("skills:\n  perl: {name: P, kind: tool, replaces: [name]}\n", "2: 'replaces' has nothing to replace"),
    ],
)
def test_mistaken_actions_are_told(overlaid: Overlaid, tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TaxonomyError) as caught:
        overlaid(text)

    assert any(problem.startswith(f"{tmp_path / 'overlay1.yaml'}:{message}") for problem in caught.value.problems)


def test_the_digest_tells_content_and_order_and_not_the_place(small: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("skills:\n  python: {aliases: [Py]}\n")
    two.write_text("skills:\n  ruby: {aliases: [rb]}\n")
    (tmp_path / "elsewhere").mkdir()
    copy = tmp_path / "elsewhere" / "one.yaml"
    copy.write_bytes(one.read_bytes().replace(b"\n", b"\r\n"))

    assert load([one], base=small).digest == load([copy], base=small).digest
    assert load([one, two], base=small).digest != load([two, one], base=small).digest
    assert load([one], base=small).digest != load([], base=small).digest


def test_an_overlay_that_spoils_an_example_of_the_bundled_taxonomy_is_warned_of(tmp_path: Path) -> None:
    overlay = tmp_path / "mine.yaml"
    overlay.write_text("skills:\n  model-monitoring: {aliases: [monitor for the model]}\n")

    report = check_taxonomy(overlay)

    assert report.errors == ()
    assert [warning for warning in report.warnings if "with this overlay it is now found in 'Ordered a" in warning]


RESUME = """\
Mary Example
Senior Nurse

Experience
Charge Nurse, Northfield Hospital, 01/2018 - present
- Led the night shift on a 20-bed ICU
- Administered intravenous antibiotics and cared for six patients a shift
- Charted every shift in Epic
Staff Nurse, Southfield Clinic, 02/2014 - 12/2017
- Triage in the emergency department, wound dressing

Skills
IV therapy, catheter care, infection prevention, ACLS
"""
POSTING = """\
Registered Nurse, Emergency Department

Requirements
- Patient care and medication administration
- Experience with Epic or Cerner
- Triage experience
- Paediatric nursing is required
Nice to have
- Oncology
"""


def test_another_profession_of_twenty_skills_works_as_the_bundled_one() -> None:
    matcher = Matcher(taxonomy=[NURSING])
    resume = matcher.profile_text(RESUME, "resume")
    result = matcher.score(resume, matcher.profile_text(POSTING, "posting"))

    assert len(matcher.taxonomy) == 20
    assert {skill.id for skill in resume.skills} >= {
        "shift-leadership", "intensive-care", "medication-administration", "patient-care", "epic", "triage",
        "emergency-nursing", "wound-care", "iv-therapy", "catheterisation", "infection-control",
    }  # fmt: skip
    assert [item.id for item in resume.certifications] == ["acls"]
    assert resume.level.inferred == "senior-nurse"
    assert result.score is not None
    assert 40 < result.score < 90
    assert {item.label for item in result.missing} >= {"Paediatrics", "Oncology"}
    asked = {ids for requirement in result.posting.requirements for ids in [requirement.skill_ids]}
    assert ("epic", "cerner") in asked
    assert matcher.taxonomy.find("pediatric nursing") is matcher.taxonomy.data.skills["paediatrics"]
    assert matcher.taxonomy.find("python") is None


def test_another_profession_works_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "resume.txt").write_text(RESUME, encoding="utf-8")
    (tmp_path / "posting.txt").write_text(POSTING, encoding="utf-8")
    run = CliRunner()

    checked = run.invoke(main, ["taxonomy", "check", str(NURSING)])
    scored = run.invoke(
        main, ["score", str(tmp_path / "resume.txt"), str(tmp_path / "posting.txt"), "--taxonomy", str(NURSING)]
    )
    placed = run.invoke(main, ["level", str(tmp_path / "resume.txt"), "--taxonomy", str(NURSING)])
    shown = run.invoke(main, ["taxonomy", "show", "IV insertion", "--taxonomy", str(NURSING)])

    assert checked.exit_code == 0, checked.output
    assert "0 errors, 0 warnings" in checked.output
    assert scored.exit_code == 0, scored.output
    assert "Paediatrics" in scored.output
    assert placed.exit_code == 0, placed.output
    assert "Senior Nurse" in placed.output
    assert shown.exit_code == 0, shown.output
    assert "cannulation" in shown.output
