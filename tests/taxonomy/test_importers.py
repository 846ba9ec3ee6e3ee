"""ESCO and O*NET to overlays, from small tables written in their form."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.errors import TaxonomyError
from matcher.taxonomy.importers import Imported, import_esco, import_onet
from matcher.taxonomy.importers.naming import standing
from matcher.taxonomy.lint import CommonWords
from matcher.taxonomy.loader import load
from matcher.taxonomy.lookup import TaxonomyView
from matcher.taxonomy.schema import Taxonomy
from matcher.taxonomy_check import check_taxonomy

URI = "http://data.europa.eu/esco/skill/"

# The columns stand in another order than in the second table, as they do in ESCO's own files.
SKILLS = f"""\
conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status,description
KnowledgeSkillCompetence,{URI}1,knowledge,sector-specific,Python (computer programming),"CPython
Python techniques",released,
KnowledgeSkillCompetence,{URI}2,knowledge,sector-specific,Haskell,Haskell techniques,released,"Lines,
and commas"
KnowledgeSkillCompetence,{URI}3,skill/competence,cross-sector,perform testing,"test
run tests",released,
KnowledgeSkillCompetence,{URI}4,skill/competence,transversal,show empathy,epic,released,
KnowledgeSkillCompetence,{URI}5,knowledge,sector-specific,old thing,,obsolete,
KnowledgeSkillCompetence,{URI}6,knowledge,sector-specific,Absorb (learning management systems),absorbing,released,
KnowledgeSkillCompetence,{URI}7,knowledge,sector-specific,Ruby tool,Swift,released,
KnowledgeSkillCompetence,{URI}8,knowledge,sector-specific,haskell,Glasgow Haskell,released,
KnowledgeSkillCompetence,{URI}9,knowledge,sector-specific,a very long label that nobody ever really writes,,released,
Occupation,http://data.europa.eu/esco/occupation/1,,,programmer,,released,
"""
COLLECTION = f"""\
preferredLabel,altLabels,conceptUri,status,conceptType,broaderConceptUri
Haskell,GHC language | Haskell 98,{URI}2,released,KnowledgeSkillCompetence,{URI}g2 | {URI}g9
"""
GROUPS = f"""\
conceptUri,preferredLabel,conceptType,status,altLabels
{URI}g1,knowledge,SkillGroup,released,
{URI}g2,computer use,SkillGroup,released,
{URI}g3,unused group,SkillGroup,released,
"""
BROADER = f"""\
broaderUri,conceptUri,broaderType,conceptType
{URI}g2,{URI}1,SkillGroup,KnowledgeSkillCompetence
{URI}g1,{URI}g2,SkillGroup,SkillGroup
{URI}2,{URI}6,KnowledgeSkillCompetence,KnowledgeSkillCompetence
{URI}6,{URI}2,KnowledgeSkillCompetence,KnowledgeSkillCompetence
{URI}1,{URI}4,KnowledgeSkillCompetence,KnowledgeSkillCompetence
"""
RELATIONS = f"""\
originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri
{URI}1,knowledge,optional,knowledge,{URI}2
"""
ONET = """\
O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand
15-1\tPython\t43232402\tDevelopment environment software\tY\tY
15-1\tStructured query language SQL\t43232306\tData base user interface and query software\tY\tY
15-2\tStructured query language SQL\t43232306\tData base user interface and query software\tY\tY
15-2\tBlackbaud eTapestry\t43232303\tCustomer relationship management CRM software\tN\tN
15-2\tEpic\t43232303\tCustomer relationship management CRM software\tN\tN
15-2\tRuby software\t43232402\tDevelopment environment software\tN\tN
15-2\tTesting software\t43232402\tDevelopment environment software\tN\tN
15-2\tAct! Premium\t43232402\tDevelopment environment software\tN\tN
"""


@pytest.fixture
def esco_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "esco"
    folder.mkdir()
    for name, text in (
        ("skills_en.csv", SKILLS),
        ("digitalSkillsCollection_en.csv", COLLECTION),
        ("skillGroups_en.csv", GROUPS),
        ("broaderRelationsSkillPillar_en.csv", BROADER),
        ("skillSkillRelations_en.csv", RELATIONS),
        ("other_en.csv", "a,b\n1,2\n"),
        ("skills_de.csv", SKILLS.replace("Haskell", "Häskell")),
    ):
        (folder / name).write_text(text, encoding="utf-8-sig")
    return folder


@pytest.fixture
def base(small: Path) -> Taxonomy:
    return load(base=small)


@pytest.fixture
def esco(esco_folder: Path, base: Taxonomy) -> Imported:
    return import_esco(esco_folder, base)


@pytest.fixture
def onet_file(tmp_path: Path) -> Path:
    path = tmp_path / "Technology Skills.txt"
    path.write_text(ONET, encoding="utf-8")
    return path


@pytest.fixture
def onet(onet_file: Path, base: Taxonomy) -> Imported:
    return import_onet(onet_file, base)


def test_a_known_skill_gains_source_id_and_missing_labels_only(esco: Imported) -> None:
    assert ("python", "Python (computer programming)") in esco.merged
    assert esco.data["skills"]["python"] == {
        "aliases": ["Python techniques", "Python (computer programming)"],
        "identifiers": [f"{URI}1"],
        "sources": ["esco"],
    }


def test_a_new_skill_keeps_uri_labels_and_place(esco: Imported) -> None:
    haskell = esco.data["skills"]["haskell"]

    assert haskell["name"] == "Haskell"
    assert haskell["kind"] == "tool"
    assert {"Haskell techniques", "GHC language", "Haskell 98", "Glasgow Haskell"} <= set(haskell["aliases"])
    assert haskell["identifiers"] == [f"{URI}2", f"{URI}8"]
    assert "computer-use" in haskell["broader"]
    assert esco.data["skills"]["computer-use"] == {
        "name": "computer use",
        "kind": "concept",
        "broader": ["knowledge"],
        "identifiers": [f"{URI}g2"],
        "grouping": True,
        "sources": ["esco"],
    }
    assert esco.groupings == ("knowledge", "computer-use")


def test_kinds_follow_from_what_esco_says(esco: Imported) -> None:
    kinds = {skill_id: entry["kind"] for skill_id, entry in esco.data["skills"].items() if "kind" in entry}

    assert kinds["perform-testing"] == "practice"
    assert kinds["show-empathy"] == "soft"
    assert kinds["absorb"] == "tool"


def test_an_activity_belongs_under_the_known_skill_it_names(esco: Imported) -> None:
    assert esco.data["skills"]["perform-testing"]["broader"] == ["testing"]


def test_everyday_labels_count_with_context_only(esco: Imported) -> None:
    rule = esco.data["skills"]["perform-testing"]["ambiguous"]

    assert rule["names"] == ["test"]
    assert rule["confirm"]
    assert "run tests" in esco.data["skills"]["perform-testing"]["aliases"]
    assert esco.data["skills"]["show-empathy"]["ambiguous"]["names"] == ["epic"]


def test_what_was_left_out_is_counted_by_reason(esco: Imported) -> None:
    reasons = {reason.split(",")[0]: count for reason, count in esco.skipped.items()}

    assert reasons["not released"] == 1
    assert reasons["neither a skill nor a group of skills"] == 1
    assert reasons["called like another imported one"] == 1
    assert reasons["link that would close a circle"] == 1
    assert reasons["optional relation"] == 1
    assert reasons["table without skills"] == 1
    assert reasons["label that is a name of another skill"] >= 1
    assert reasons["name that nobody writes in a sentence: too many words"] == 1
    assert esco.examples["label that is a name of another skill"] == ("Swift (Ruby tool)",)


def test_an_esco_overlay_loads_and_cites_its_source(esco: Imported, small: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "esco.yaml"
    overlay.write_text(esco.to_yaml(), encoding="utf-8")

    taxonomy = load([overlay], base=small)

    assert "ESCO classification of the European Commission" in (taxonomy.sources["esco"].licence or "")
    view = TaxonomyView(taxonomy)
    assert view.find(f"{URI}2") is taxonomy.skills["haskell"]
    assert view.find("GHC language") is taxonomy.skills["haskell"]
    assert view.find("computer use") is taxonomy.skills["computer-use"]
    assert taxonomy.skills["python"].sources == ("esco",)
    assert taxonomy.skills["python"].aliases[0] == "CPython"


def test_the_same_tables_give_the_same_file(esco_folder: Path, base: Taxonomy, esco: Imported) -> None:
    assert import_esco(esco_folder, base).to_yaml() == esco.to_yaml()


def test_an_import_on_top_of_itself_adds_nothing(
    esco: Imported, esco_folder: Path, small: Path, tmp_path: Path
) -> None:
    overlay = tmp_path / "esco.yaml"
    overlay.write_text(esco.to_yaml(), encoding="utf-8")

    again = import_esco(esco_folder, load([overlay], base=small))

    assert again.taken == ()


def test_the_hierarchy_may_come_from_the_table_of_levels(tmp_path: Path, base: Taxonomy) -> None:
    (tmp_path / "skills.csv").write_text(
        f"conceptUri,preferredLabel,broaderConceptUri\n{URI}1,Erlang,{URI}b\n", encoding="utf-8"
    )
    (tmp_path / "skillsHierarchy.csv").write_text(
        "Level 0 preferred term,Level 0 URI,Level 1 URI,Level 1 preferred term,Level 2 URI\n"
        f"skills,{URI}a,{URI}b,computing,\n",
        encoding="utf-8",
    )

    imported = import_esco(tmp_path, base)

    assert imported.data["skills"]["erlang"]["broader"] == ["computing"]
    assert imported.data["skills"]["computing"]["broader"] == ["skills"]


def test_products_are_taken_under_their_commodity(onet: Imported) -> None:
    skills = onet.data["skills"]

    assert skills["blackbaud-etapestry"]["kind"] == "tool"
    assert skills["blackbaud-etapestry"]["broader"] == ["customer-relationship-management-crm-software"]
    assert skills["customer-relationship-management-crm-software"]["identifiers"] == ["UNSPSC 43232303"]
    assert skills["customer-relationship-management-crm-software"]["grouping"] is True


def test_an_abbreviation_is_a_name_of_its_own(onet: Imported) -> None:
    query = onet.data["skills"]["structured-query-language"]

    assert query["name"] == "Structured query language"
    assert query["aliases"] == ["SQL", "Structured query language SQL"]
    assert query["ambiguous"]["names"] == ["SQL"]


def test_known_products_are_recognised_and_common_words_are_not_mistaken_for_them(onet: Imported) -> None:
    assert dict(onet.merged) == {"python": "Python", "ruby": "Ruby software"}
    assert onet.data["skills"]["epic"]["ambiguous"]["spelling"] == "exact"
    assert onet.data["skills"]["testing-software"]["name"] == "Testing software"
    assert onet.data["skills"]["act-premium"]["name"] == "Act Premium"


def test_an_onet_overlay_loads_and_cites_its_source(onet: Imported, small: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "onet.yaml"
    overlay.write_text(onet.to_yaml(), encoding="utf-8")

    taxonomy = load([overlay], base=small)

    assert "CC BY 4.0" in (taxonomy.sources["onet"].licence or "")


def test_overlays_on_the_bundled_taxonomy_pass_the_check(
    esco_folder: Path, onet_file: Path, bundled: TaxonomyView, tmp_path: Path
) -> None:
    first, second = tmp_path / "esco.yaml", tmp_path / "onet.yaml"
    first.write_text(import_esco(esco_folder, bundled.data).to_yaml(), encoding="utf-8")
    second.write_text(import_onet(onet_file, load([first])).to_yaml(), encoding="utf-8")

    assert check_taxonomy(first).errors == ()
    assert check_taxonomy(second, [first]).errors == ()


def test_a_second_import_on_top_of_the_first_loads(
    esco: Imported, onet_file: Path, small: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "esco.yaml", tmp_path / "onet.yaml"
    first.write_text(esco.to_yaml(), encoding="utf-8")
    second.write_text(import_onet(onet_file, load([first], base=small)).to_yaml(), encoding="utf-8")

    assert load([first, second], base=small).skills["python"].sources == ("esco", "onet")


@pytest.mark.parametrize(
    ("label", "preferred", "expected"),
    [
        ("Haskell", True, "plain"),
        ("OpenCV", False, "plain"),
        ("Rust", True, "context"),
        ("Emma", True, "context"),
        ("lecture", False, "context"),
        ("lecture theatre", False, "plain"),
        ("take part", False, "context"),
        ("C", True, "context"),
        ("GPS", False, "context"),
        ("C++", True, "context"),
        ("one two three four five six seven eight nine", True, "unfit"),
        ("—", True, "unfit"),
    ],
)
def test_which_labels_may_be_names(bundled: TaxonomyView, label: str, preferred: bool, expected: str) -> None:
    assert standing(label, CommonWords(bundled.data), preferred=preferred) == expected


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("esco", None, "is no folder"),
        ("esco/", {}, "holds no ESCO skills"),
        ("esco/", {"skills_en.csv": b"conceptUri,preferredLabel\n"}, "holds no ESCO skills"),
        ("esco/", {"skills_en.csv": b"conceptUri,preferredLabel\n1,\xff\xfe\n"}, "skills_en.csv:1: is not UTF-8"),
        ("esco/", {"skills_en.csv": b'conceptUri,preferredLabel\n1,"' + b"x" * 200_000}, "is no valid table"),
    ],
)
def test_folders_that_are_not_esco_are_told(
    tmp_path: Path, base: Taxonomy, name: str, content: dict[str, bytes] | None, message: str
) -> None:
    folder = tmp_path / name
    if content is not None:
        folder.mkdir()
        for file, data in content.items():
            (folder / file).write_bytes(data)

    with pytest.raises(TaxonomyError, match=message):
        import_esco(folder, base)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read: No such file"),
        (b"", "the column 'Example' is missing"),
        (b"Example,Commodity Code\n", "the column 'Example' is missing"),
        (b"Example\tCommodity Code\n", "the column 'Commodity Title' is missing"),
        (b"Example\tCommodity Code\tCommodity Title\n", "holds no technology skills"),
    ],
)
def test_files_that_are_not_onet_are_told(tmp_path: Path, base: Taxonomy, content: bytes | None, message: str) -> None:
    path = tmp_path / "t.txt"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(TaxonomyError, match=message):
        import_onet(path, base)
