"""Two columns side by side in a plain text are read one after the other; labels and their values are left alone."""

from __future__ import annotations

from matcher.reading import read_text

COLUMNS = """Jo Example                                   ML Engineer
jo@example.org

PROFILE                       EXPERIENCE
Engineer who likes tests      Senior ML Engineer
and small teams.              Globex, Oslo
                              08/2022 - now
SKILLS                        - Runs the forecasting platform of
Python, SQL                     the whole company
Spark, Airflow                - Moved it to Spark
Docker, Git
                              Data Engineer
LANGUAGES                     Initech, Bergen
English, Norwegian            01/2019 - 07/2022
                              - Streamed events with Kafka
"""

FORM = """WORK EXPERIENCE

Dates                          2019 - 2021
Name of employer               Contoso Ltd
Occupation                     Engineer
Main activities                Object detection for vehicles and
                               segmentation of lanes
Dates                          2015 - 2019
Name of employer               Initech
Occupation                     Developer
Main activities                Web sites
"""


def test_columns_with_headings_on_both_sides_are_read_one_after_the_other() -> None:
    lines = [line for line in read_text(COLUMNS, "resume").text.split("\n") if line]
    assert lines.index("SKILLS") < lines.index("English, Norwegian") < lines.index("EXPERIENCE")
    assert lines[lines.index("Senior ML Engineer") + 1 :][:2] == ["Globex, Oslo", "08/2022 - now"]
    assert "and small teams." in lines


def test_a_form_of_labels_and_values_stays_as_it_is() -> None:
    text = read_text(FORM, "resume").text
    assert "Name of employer               Contoso Ltd" in text


def test_few_gaps_make_no_columns() -> None:
    text = "SKILLS        EXPERIENCE\nPython        Globex\nSQL           2019\nplain prose runs across all of it"
    assert "SKILLS        EXPERIENCE" in read_text(text, "resume").text
