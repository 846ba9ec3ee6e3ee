"""The pages in a real browser."""

import re

import pytest
from reports_browser import A4, LETTER, Browser

from matcher.model import Failure
from matcher.reports import figures
from matcher.reports.html import render_batch, render_level, render_profile, render_result

PAGES = ("result", "answers", "abstained", "hostile", "resume", "posting", "level", "batch", "hostile-batch")


@pytest.fixture(scope="module")
def browser():
    opened = Browser()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory, matcher, result, results, answers, abstained, hostile_result, taxonomy):
    folder = tmp_path_factory.mktemp("pages")
    failure = Failure("scan.pdf", "reading", "no-text", "holds no text; run it through OCR")
    texts = {
        "result": render_result(result, taxonomy),
        "answers": render_result(result, taxonomy, answers),
        "abstained": render_result(abstained, taxonomy),
        "hostile": render_result(hostile_result, taxonomy),
        "resume": render_profile(result.resume, taxonomy),
        "posting": render_profile(result.posting, taxonomy),
        "level": render_level(result.resume, taxonomy, matcher.career(result.resume)),
        "batch": render_batch(results, taxonomy, failures=[failure]),
        "hostile-batch": render_batch([hostile_result, abstained], taxonomy),
    }
    assert tuple(texts) == PAGES
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in texts}


@pytest.mark.parametrize("name", PAGES)
def test_the_console_is_silent_and_nothing_is_fetched(browser, files, name):
    browser.open(files[name])
    assert browser.driver.get_log("browser") == []
    assert browser.run("return performance.getEntriesByType('resource').length") == 0
    assert browser.run("return document.compatMode") == "CSS1Compat"
    assert browser.run("return getComputedStyle(document.body).fontSize") == "16px"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (390, False)])
def test_no_serious_accessibility_fault(browser, files, name, width, dark):
    browser.open(files[name], width=width, dark=dark)
    browser.run("document.querySelectorAll('details').forEach((item, index) => { item.open = index < 2; })")
    assert browser.faults() == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_sticks_out_sideways(browser, files, name, width):
    browser.open(files[name], width=width)
    browser.run("document.querySelectorAll('details').forEach((item) => { item.open = true; })")
    assert browser.run("return document.documentElement.scrollWidth") <= width


def test_dark_is_dark(browser, files):
    grounds = []
    for dark in (False, True):
        browser.open(files["result"], dark=dark)
        ground = browser.run("return getComputedStyle(document.body).backgroundColor")
        grounds.append(sum(map(int, re.findall(r"\d+", ground)[:3])))
    assert grounds[0] > 600
    assert grounds[1] < 150


def test_a_link_moves_the_focus_to_the_evidence_and_back(browser, files):
    from selenium.webdriver.common.keys import Keys

    browser.open(files["result"])
    links = browser.run("return [...document.querySelectorAll('.reqs a.go')].map((link) => link.getAttribute('href'))")
    assert len(links) > 20
    for number, link in list(enumerate(links))[:: len(links) // 6]:
        browser.run("document.querySelectorAll('.reqs a.go')[arguments[0]].focus()", number)
        browser.press(Keys.ENTER)
        browser.wait_for(f"return document.activeElement.id === '{link.removeprefix('#')}'")
        assert browser.run("return document.activeElement.localName") in {"mark", "tr"}
        box = browser.run("const box = document.activeElement.getBoundingClientRect(); return [box.top, box.bottom]")
        assert 0 <= box[0] < box[1] <= 900, "the evidence is in view"
    # The next stop after the evidence is the small number that leads back to its requirement.
    browser.run("document.querySelector('mark.met[id]').focus()")
    browser.press(Keys.TAB)
    target = browser.run("return document.activeElement.getAttribute('href')")
    browser.press(Keys.ENTER)
    browser.wait_for(f"return '#' + document.activeElement.id === '{target}'")
    assert browser.run("return document.activeElement.closest('table').className") == "reqs"


def test_pointing_at_a_requirement_lights_up_its_evidence(browser, files):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By

    browser.open(files["result"])
    number = browser.run("return document.querySelector('mark.met[id]').className.match(/q(\\d+)/)[1]")
    outline = f"return getComputedStyle(document.querySelector('mark.q{number}')).outlineStyle"
    assert browser.run(outline) == "none"
    ActionChains(browser.driver).move_to_element(browser.driver.find_element(By.ID, f"q{number}")).perform()
    browser.wait_for(f"{outline} === 'solid'")


def test_the_keyboard_reaches_everything_from_the_top(browser, files):
    from selenium.webdriver.common.keys import Keys

    browser.open(files["result"])
    browser.press(Keys.TAB)
    assert browser.run("return document.activeElement.className") == "skip"
    browser.press(Keys.ENTER)
    browser.wait_for("return document.activeElement.id === 'main'")


@pytest.mark.parametrize("paper", [A4, LETTER], ids=["A4", "Letter"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_print_keeps_every_row(browser, files, result, results, paper, scripts):
    browser.open(files["result"], scripts=scripts)
    text = squeezed(" ".join(browser.pdf(paper)))
    for number, item in enumerate(figures.in_order(result.contributions), start=1):
        assert squeezed(f"{number}{item.label}") in text
        assert squeezed(f"{item.points / 100:.2f} of {item.max_points / 100:.2f}") in text
    for item in result.missing:
        assert squeezed(f"−{item.points / 100:.2f}") in text
    # What is folded on the screen is open on paper.
    gaps = dict(result.resume.level.missing)[result.posting.level.inferred]
    assert squeezed(f"does not show ({len(gaps)})") in text
    last_line = result.posting.document.text.strip().splitlines()[-1]
    assert squeezed(last_line)[-20:] in text

    browser.open(files["batch"], scripts=scripts)
    text = squeezed(" ".join(browser.pdf(paper)))
    for item in results:
        name = squeezed(figures.file_name(item.resume.document.source))
        assert text.count(name) >= 2, "in the ranking and in the heat map"
        assert squeezed(f"{item.score:.2f}") in text


def squeezed(text):
    return re.sub(r"[\s\ufffe\u00ad-]+", "", text)


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_whole_with_scripting_off(browser, files, name):
    def words():
        found = browser.cdp("Accessibility.getFullAXTree")["nodes"]
        return [node["name"]["value"].strip() for node in found if node.get("role", {}).get("value") == "StaticText"]

    browser.open(files[name], scripts=False)
    without = words()
    browser.open(files[name])
    told = set(without)
    assert len(told) > 20
    only_with_scripts = set(words()) - told
    # What a script adds are the controls of sorting and filtering, and nothing that tells something.
    assert only_with_scripts <= {"Show only rows with", "▲"}


def test_a_hostile_resume_stays_inert(browser, files):
    for name in ("hostile", "hostile-batch"):
        for scripts in (True, False):
            browser.open(files[name], scripts=scripts)
            assert browser.run("return window.pwned") is None
        own = browser.run("return document.scripts.length")
        assert own == (1 if name == "hostile-batch" else 0)
        assert (
            browser.run("return document.querySelectorAll('img, iframe, object, b, [onload], [onerror]').length") == 0
        )
        assert browser.driver.get_log("browser") == []
        assert "[U+202E]" in browser.run("return document.body.textContent")
        assert browser.driver.title
    browser.open(files["hostile"])
    names = browser.run("return getComputedStyle(document.querySelector('h1 bdi')).unicodeBidi")
    assert names == "isolate"


def test_a_ranking_can_be_sorted(browser, files, results):
    browser.open(files["batch"])
    column = (
        "return [...document.querySelector('table.rank').tBodies].map("
        "(body) => body.rows[0].cells[arguments[0]].textContent.trim().split('\\n')[0])"
    )
    before = browser.run(column, 1)
    assert len(before) == len({item.resume.document.source for item in results})
    browser.click("table.rank th:nth-child(2) button")
    assert (
        browser.run("return document.querySelector('table.rank th:nth-child(2)').getAttribute('aria-sort')")
        == "ascending"
    )
    names = browser.run(column, 1)
    assert names == sorted(before)
    browser.click("table.rank th:nth-child(2) button")
    assert browser.run(column, 1) == names[::-1]
    browser.click("table.rank th:nth-child(1) button")
    assert browser.run(column, 1) == before
    # An explanation stays with its row.
    browser.click("table.rank th:nth-child(2) button")
    pairs = browser.run(
        "return [...document.querySelector('table.rank').tBodies].map((body) => "
        "[body.querySelector('th bdi').textContent, body.querySelector('summary bdi').textContent])"
    )
    assert all(name == explained for name, explained in pairs)
    # The heat map sorts by a requirement: the most of it first.
    browser.click("table.heat th:nth-child(2) button")
    credits = browser.run(
        "return [...document.querySelector('table.heat').tBodies].map((body) => +body.rows[0].cells[1].dataset.sort)"
    )
    assert credits == sorted(credits, reverse=True)


def test_a_ranking_can_be_filtered_and_explained(browser, files):
    browser.open(files["batch"])
    shown = (
        "return [...document.querySelector(arguments[0]).tBodies].filter((body) => body.checkVisibility())"
        ".map((body) => body.querySelector('th bdi').textContent)"
    )
    everybody = browser.run(shown, "table.rank")
    browser.click("input[type=search]")
    browser.press("junior-ada")
    assert browser.run(shown, "table.rank") == ["junior-ada-okafor.txt"]
    assert browser.run(shown, ".ranking table.heat") == ["junior-ada-okafor.txt"]
    assert browser.run("return document.querySelector('.hits').textContent") == f"1 of {len(everybody)} rows"
    browser.click("table.rank tbody:not([hidden]) summary")
    assert browser.run("return document.querySelector('table.rank tbody:not([hidden]) .reqs').checkVisibility()")
    browser.run("document.querySelector('input').value = ''")
    browser.click("input[type=search]")
    browser.press("x", "\ue003")
    assert browser.run(shown, "table.rank") == everybody


def test_what_is_absent_skips_here_and_fails_in_ci(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setenv("CI", "")
    with pytest.raises(pytest.skip.Exception, match="chromium is not installed"):
        Browser()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="chromium is not installed"):
        Browser()
