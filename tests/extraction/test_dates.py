"""Dates and ranges of dates in the ways people write them."""

from __future__ import annotations

import pytest

from matcher.extraction.dates import Month, date_ranges, months_between, single_dates, union_months


def ranges(text: str) -> list[tuple[str, str]]:
    return [(str(item.start), str(item.end or "present")) for item in date_ranges(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Jan 2019 - Mar 2021", "2019-01", "2021-03"),
        ("January 2019 – March 2021", "2019-01", "2021-03"),
        ("Jan. 2019 — Sept. 2021", "2019-01", "2021-09"),
        ("Nov2019-Dec2020", "2019-11", "2020-12"),
        ("03/2018 - 05/2020", "2018-03", "2020-05"),
        ("3.2018 – 5.2020", "2018-03", "2020-05"),
        ("08-2016 - 09-2017", "2016-08", "2017-09"),
        ("2018-03 to 2019-05", "2018-03", "2019-05"),
        ("2018-03-01 – 2019-05-31", "2018-03", "2019-05"),
        ("2018/03 – 2019/04", "2018-03", "2019-04"),
        ("03/18 - 06/19", "2018-03", "2019-06"),
        ("Mar '18 – Jun '19", "2018-03", "2019-06"),
        ("Jan-14 to Jun-15", "2014-01", "2015-06"),
        ("1 March 2019 – 30 April 2020", "2019-03", "2020-04"),
        ("March 1st, 2019 - April 3, 2020", "2019-03", "2020-04"),
        ("Summer 2017 - Fall 2018", "2017-06", "2018-11"),
        ("Q3 2019 – Q1 2020", "2019-07", "2020-03"),
        ("late 2019 – early 2021", "2019-09", "2021-04"),
        ("May - August 2019", "2019-05", "2019-08"),
        ("Nov - Feb 2020", "2019-11", "2020-02"),
        ("2015 - 2019", "2015-01", "2019-12"),
        ("2018–19", "2018-01", "2019-12"),
        ("2019/20", "2019-01", "2020-12"),
        ("from 2016 until 2018", "2016-01", "2018-12"),
        ("Jan 2019 Mar 2021", "2019-01", "2021-03"),
        ("2015  2019", "2015-01", "2019-12"),
        ("20012006", "2001-01", "2006-12"),
        ("6/2007\npresent", "2007-06", "present"),
        ("2005present", "2005-01", "present"),
        ("May 2020 to date", "2020-05", "present"),
        ("2019 till now", "2019-01", "present"),
        ("Aug 2016 – Till Date", "2016-08", "present"),
        ("since March 2019", "2019-03", "present"),
        ("2022 onwards", "2022-01", "present"),
        ("Oct 2019 –", "2019-10", "present"),
        ("10/2019-now", "2019-10", "present"),
        ("Sept. 2023 - Current", "2023-09", "present"),
        ("2016 to present day", "2016-01", "present"),
        ("Januar 2019 – März 2020", "2019-01", "2020-03"),
        ("Mai 2019 bis heute", "2019-05", "present"),
        ("2018 -- July 2017 to March 2018", "2017-07", "2018-03"),
    ],
)
def test_a_range(text: str, start: str, end: str) -> None:
    assert ranges(text) == [(start, end)]
    assert ranges(text.upper()) == [(start, end)]


@pytest.mark.parametrize(
    "text",
    [
        "(312) 555-0123",
        "Windows 2000/2003 server",
        "Python 3.10, 2019",
        "1-2 years",
        "2015 2019 units",
        "a to b",
        "10-12-2",
    ],
)
def test_no_range(text: str) -> None:
    assert ranges(text) == []


@pytest.mark.parametrize("text", ["Mar 2021 – Jan 2019", "2014 – 2013", "13/2019 – 05/2020"])
def test_impossible_dates_are_kept_and_marked(text: str) -> None:
    (found,) = date_ranges(text, 0, len(text))
    assert not found.possible


def test_without_a_dash_the_wrong_order_is_no_range() -> None:
    assert ranges("2019  2015") == []


def test_only_years_are_not_exact() -> None:
    assert [item.exact for item in date_ranges("2015 - 2019, Jan 2020 - Feb 2021", 0, 32)] == [False, True]


def test_offsets_are_those_of_the_text() -> None:
    text = "Acme (Jan 2019 - Mar 2021), remote"
    (found,) = date_ranges(text, 5, len(text))
    assert text[found.span.start : found.span.end] == "Jan 2019 - Mar 2021"


def test_single_dates() -> None:
    text = "Summer 2013, May 2014 and 2015"
    found = [(str(item.start), str(item.end)) for item in single_dates(text, 0, len(text))]
    assert found == [("2013-06", "2013-08"), ("2014-05", "2014-05"), ("2015-01", "2015-12")]
    assert list(single_dates("2000+ users and $2019", 0, 21)) == []


def test_months_count_both_ends_and_overlaps_once() -> None:
    assert months_between(Month(2019, 1), Month(2019, 12)) == 12
    assert months_between(Month(2019, 2), Month(2019, 1)) == 0
    spans = [(Month(2019, 1), Month(2019, 6)), (Month(2019, 4), Month(2019, 12)), (Month(2021, 1), Month(2021, 1))]
    assert union_months(spans) == 13
    assert union_months(list(reversed(spans))) == 13


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Programmer  '92 - '97", "1992-01", "1997-12"),
        ("Between 2014 and 2020", "2014-01", "2020-12"),
        ("Sept. 2023–        Research Scientist", "2023-09", None),
        ("15/09/2020 – 01/02/2021", "2020-09", "2021-02"),
    ],
)
def test_ranges_without_a_plain_dash_between_two_dates(text: str, start: str, end: str | None) -> None:
    (found,) = date_ranges(text, 0, len(text))
    assert (str(found.start), None if found.end is None else str(found.end)) == (start, end)
