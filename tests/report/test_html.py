"""The report as a page: everything that findings hold, nothing from elsewhere, and filters that work."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from bench.browser import Browser
from kerlint.findings import Finding, Location, Region, Severity
from kerlint.report import render
from kerlint.report.html_finding import MOST_COLUMNS
from kerlint.report.run import Graph, Run

from .conftest import FINDINGS

MakeRun = Callable[..., Run]
_LOADS = r"""(?:src|srcset|data|action)\s*=\s*["']|url\(|@import|fetch\(|XMLHttp|<link|<iframe"""
_SHOWN = """
const shown = () => [...document.querySelectorAll("article")].filter(one => one.offsetHeight)
  .map(one => one.dataset.code);
const form = document.querySelector(".filters");
const set = (name, value) => { form.elements[name].value = value; form.dispatchEvent(new Event("input")); };
"""


def test_a_page_holds_all_that_findings_hold(full_run: Run) -> None:
    page = render("html", full_run)
    assert page.count("<article ") == len(full_run.findings)
    for words in (
        "KER101 optimizer-reused",
        "`opt` trains `gan` but was made for `discriminator`",
        "first compiled here (src/gan.py:5:23)",
        "<b>confirmed</b>: second fit raised ValueError: Unknown variable",
        "Fix (--fix): write the strides",
        "study.ipynb:cell 3:2:5",
        "src/broken.ipynb: malformed notebook: no cells",
        "gave up at",
    ):
        assert words in page, words
    assert "<mark>MaxPooling2D(3, padding=&quot;same&quot;)</mark>" in page


def test_a_page_loads_nothing(full_run: Run) -> None:
    page = render("html", full_run)
    assert "default-src 'none'" in page
    assert re.search(_LOADS, re.sub(r"<(?:pre|p)[^>]*>.*?</(?:pre|p)>", "", page, flags=re.DOTALL)) is None
    assert all(link.startswith(("#", "https://")) for link in re.findall(r'href="([^"]*)"', page))


def test_a_run_without_findings_says_so_and_has_no_filters(empty_run: Run) -> None:
    page = render("html", empty_run)
    assert "All good: 7 files checked" in page
    assert "<form" not in page and "<article" not in page


def test_long_lines_are_cut_around_what_is_meant(make_run: MakeRun) -> None:
    line = "x" * 5_000 + "HERE" + "y" * 5_000
    region = Region(1, 5_001, 1, 5_005)
    finding = Finding("KER301", "name", Severity.INFO, "words", Location("/work/a.py", region, region))
    page = render("html", make_run(findings=(finding,), lines=lambda filename, cell: [line]))
    assert "x<mark>HERE</mark>y" in page
    excerpt = re.search("<pre>(.*)</pre>", page)
    assert excerpt is not None and len(excerpt[1]) < 2 * MOST_COLUMNS


def test_a_thousand_findings_make_a_page_of_a_tolerable_size(make_run: MakeRun) -> None:
    findings = sorted(FINDINGS * 250, key=lambda finding: finding.sort_key)
    page = render("html", make_run(findings=tuple(findings)))
    assert page.count("<article ") == 1_000
    assert len(page) < 2_000_000


@pytest.mark.browser
def test_filters_leave_what_was_asked_for(sample_run: Run, browser: Browser) -> None:
    told = browser.ask(
        render("html", sample_run),
        _SHOWN
        + """
        const all = shown(), answers = {};
        for (const [name, value] of [["severity", "warning"], ["code", "KER301"], ["file", "1"],
            ["verdict", "confirmed"], ["text", "MOVING ON"], ["text", "Étage"]]) {
          set(name, value);
          answers[`${name} ${value}`] = shown();
          set(name, "");
        }
        set("severity", "warning"); set("code", "KER301");
        const files = [...document.querySelectorAll(".file")].filter(one => one.offsetHeight).length;
        return {all, answers, both: shown(), files, words: form.querySelector("output").textContent};
        """,
    )
    assert sorted(told["all"]) == ["KER101", "KER201", "KER301", "KER301"]
    answers = {name: sorted(codes) for name, codes in told["answers"].items()}
    assert answers["severity warning"] == ["KER201", "KER301"]
    assert answers["code KER301"] == ["KER301", "KER301"]
    assert answers["verdict confirmed"] == ["KER101"]
    assert answers["text MOVING ON"] == []
    assert answers["text Étage"] == ["KER201"]
    assert len(answers["file 1"]) < 4
    assert (told["both"], told["files"], told["words"]) == (["KER301"], 1, "1 of 4 shown")


@pytest.mark.browser
def test_hostile_texts_stay_texts(hostile_run: Run, browser: Browser) -> None:
    svg = '<svg class="graph" viewBox="0 0 10 10"><g class="box" data-row="7"></g></svg>'
    nasty = "</summary></details><script>document.title='broken'</script><img src=x onerror=alert(1)>"
    run = replace(hostile_run, graphs=lambda filename, found: [Graph(nasty, svg, {0: ("7",)}, 1)])
    told = browser.ask(
        render("html", run),
        """
        document.querySelector("g.box").dispatchEvent(new MouseEvent("click"));
        return {images: document.images.length, scripts: document.scripts.length,
          articles: document.querySelectorAll("article.chosen").length,
          label: document.querySelector("summary").textContent};
        """,
    )
    assert (told["images"], told["articles"], told["label"]) == (0, 1, nasty)
    assert told["scripts"] == 3  # the page's own, and the two that ask


@pytest.mark.browser
def test_a_narrow_window_needs_no_scrolling_to_the_side(full_run: Run, browser: Browser) -> None:
    page = render("html", full_run)
    assert browser.ask(page, "return document.documentElement.scrollWidth - innerWidth", width=500) <= 0
