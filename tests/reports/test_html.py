"""Pages as text: whole, valid in what matters, and safe whoever wrote the resume. The browser has its own tests."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from reports_hostile import LONG

from matcher.model import Failure
from matcher.reports import figures
from matcher.reports.html import render_batch, render_level, render_profile, render_result

VOID = {"meta", "link", "br", "input", "img", "hr"}
SVG_LEAVES = {"rect", "path"}


class Page(HTMLParser):
    """Elements with their attributes, and whether every tag is closed in order."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.texts, self._open = [], [], []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} repeats an attribute"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        assert tag in SVG_LEAVES
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if not self._open or self._open[-1] not in {"style", "script"}:
            self.texts.append(data)

    @property
    def words(self):
        return " ".join("".join(self.texts).split())

    def all(self, name):
        return [attrs for tag, attrs in self.elements if tag == name]


@pytest.fixture(scope="module")
def pages(matcher, result, results, answers, hostile_result, abstained, taxonomy):
    hostile = hostile_result.resume
    failure = Failure("<b>bad</b>.pdf", "reading", "encrypted", "is encrypted <script>")
    texts = {
        "result": render_result(result, taxonomy),
        "answers": render_result(result, taxonomy, answers),
        "abstained": render_result(abstained, taxonomy),
        "hostile": render_result(hostile_result, taxonomy),
        "resume": render_profile(result.resume, taxonomy),
        "posting": render_profile(result.posting, taxonomy),
        "hostile resume": render_profile(hostile, taxonomy),
        "level": render_level(result.resume, taxonomy, matcher.career(result.resume)),
        "hostile level": render_level(hostile, taxonomy, matcher.career(hostile, "staff")),
        "batch": render_batch(results, taxonomy),
        "hostile batch": render_batch([hostile_result, abstained], taxonomy, title="<i>x</i>", failures=[failure]),
        "empty batch": render_batch([], taxonomy),
    }
    return {name: (text, Page(text)) for name, text in texts.items()}


def test_every_link_leads_somewhere_on_the_page(pages):
    for name, (_, page) in pages.items():
        ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
        assert len(ids) == len(set(ids)), name
        links = [attrs["href"] for attrs in page.all("a")]
        assert links
        assert {link.removeprefix("#") for link in links} <= set(ids), name
        assert all(link.startswith("#") for link in links)


def test_targets_can_take_the_focus(pages):
    for name in ("result", "resume", "hostile"):
        page = pages[name][1]
        focusable = {attrs["id"] for _, attrs in page.elements if "id" in attrs and attrs.get("tabindex") == "-1"}
        evidence = {attrs["href"].removeprefix("#") for attrs in page.all("a") if attrs.get("class") in {"go", "back"}}
        assert evidence
        assert evidence <= focusable


def test_nothing_is_loaded_and_the_policy_says_so(pages):
    for name, (text, page) in pages.items():
        assert not [attrs for _, attrs in page.elements if {"src", "style", "srcset", "data"} & attrs.keys()], name
        assert not [attrs for _, attrs in page.elements if any(key.startswith("on") for key in attrs)], name
        assert {tag for tag, _ in page.elements}.isdisjoint(
            {"link", "img", "iframe", "object", "embed", "base", "form"}
        )
        assert "url(" not in text.split("</style>")[0]
        [policy] = [attrs["content"] for attrs in page.all("meta") if "http-equiv" in attrs]
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert rules["default-src"] == "'none'"
        blocks = {"style": re.findall(r"<style>(.*?)</style>", text, re.DOTALL)}
        if "batch" in name:
            blocks["script"] = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
        else:
            assert "script-src" not in rules
            assert not page.all("script")
        for kind, found in blocks.items():
            [block] = found
            digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
            assert rules[f"{kind}-src"] == f"'sha256-{digest}'"


def test_headings_step_down_one_at_a_time(pages):
    for name, (_, page) in pages.items():
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_every_table_has_a_caption_and_heads(pages):
    assert pages["batch"][1].all("table")
    for name, (text, page) in pages.items():
        assert text.count("<caption") == len(page.all("table")), name
        assert all("scope" in attrs for attrs in page.all("th")), name


def test_a_result_is_told_whole(pages, result, taxonomy):
    text, page = pages["result"]
    words = page.words
    assert f"Score: {result.score:.2f} of 100" in words
    for item in result.contributions:
        assert item.label in words
        assert f"{item.points / 100:.2f} of {item.max_points / 100:.2f}" in words
    for item in result.missing:
        assert f"−{item.points / 100:.2f}" in words
        assert not item.acquire or " ".join(item.acquire.split()) in words
    for number in figures.cited(item.sources for item in result.missing).values():
        assert f"[{number}]" in words
    for profile in (result.resume, result.posting):
        for line in filter(None, map(str.strip, profile.document.text.splitlines())):
            assert line.split()[0] in words
    assert text == render_result(result, taxonomy), "the same result gives the same page"


def test_the_documents_are_on_the_page_letter_by_letter(pages, result):
    text = pages["result"][0]
    bodies = re.findall(r'<div class="doc" dir="auto">(.*?)</div>', text, re.DOTALL)
    assert len(bodies) == 2
    for body, profile in zip(bodies, (result.resume, result.posting)):
        body = re.sub(r'<a class="back".*?</a>', "", body)
        page = Page(body)
        assert "".join(page.texts) == profile.document.text


def test_all_evidence_is_marked(pages, result):
    page = pages["result"][1]
    marks = [set(attrs["class"].split()) for attrs in page.all("mark") if "id" in attrs]
    for number, item in enumerate(figures.in_order(result.contributions), start=1):
        expected = bool(item.asked) + bool(item.evidence)
        assert sum(f"q{number}" in classes for classes in marks) >= expected


def test_without_a_score_there_is_a_reason_and_no_points(pages, abstained):
    page = pages["abstained"][1]
    assert "No score" in page.words
    assert abstained.abstained[1:] in page.words
    assert "Points" not in page.words
    assert not [attrs for attrs in page.all("svg") if attrs.get("class") == "gauge"]


def test_a_hostile_resume_is_nothing_but_text(pages):
    for name in ("hostile", "hostile resume", "hostile level", "hostile batch"):
        text, page = pages[name]
        own = {tag for tag, _ in (*pages["result"][1].elements, *pages["batch"][1].elements)}
        assert {tag for tag, _ in page.elements} <= own, "no element that a harmless resume does not get"
        assert "<script>" in page.words or "onload" in page.words
        assert not re.search("[\x00-\x08\x0b-\x1f\u202e\u200b\U000e0041\ud800]", text), name
        text.encode()
    words = pages["hostile"][1].words
    assert "[U+202E]" in words
    assert "{{ 7 * 7 }}" in words
    assert LONG in words


def test_a_batch_has_a_row_and_an_explanation_for_each_result(pages, results):
    text, page = pages["batch"]
    assert len(page.all("details")) == len(results)
    for result in results:
        assert f"{result.score:.2f}" in page.words
    heat = text.count('<td class="h')
    assert heat == sum(len(result.contributions) for result in results)


def test_an_overview_sets_every_resume_against_every_posting(pages, results, taxonomy):
    text, _ = pages["batch"]
    section = text[text.index('<section aria-labelledby="overview">') :].split("</section>")[0]
    cells = re.findall(r'<td class="num h([0-4])">([\d.]+)</td>', section)
    assert sorted(score for _, score in cells) == sorted(f"{result.score:.1f}" for result in results)
    assert all(int(heat) == min(4, int(float(score) / 20)) for heat, score in cells if float(score) % 20 > 0.1)
    names = re.findall(r'<th scope="row"><bdi>(.*?)</bdi>', section)
    best = {}
    for result in results:
        name = figures.file_name(result.resume.document.source)
        best[name] = max(best.get(name, 0), result.score)
    assert names == sorted(best, key=lambda name: -best[name])
    single = [result for result in results if result.posting is results[0].posting]
    assert len(single) > 1
    assert "Overview" not in Page(render_batch(single, taxonomy)).words, "one ranking says it all"


def test_failures_are_listed(pages):
    words = pages["hostile batch"][1].words
    assert "Files that could not be used" in words
    assert "<b>bad</b>.pdf: is encrypted <script>" in words
