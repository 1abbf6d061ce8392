"""The page of a summary: well-formed, alone in the world, with every layer drawn and hazards on theirs."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bench.browser import Browser
from kerlint.cli import main
from kerlint.findings import Finding
from kerlint.linter import lint_bytes
from kerlint.settings import LintSettings
from kerlint.source import read
from kerlint.summary import summarize
from kerlint.summary.page import render

VOID = {"meta", "br", "hr", "img", "input", "link"}

NET = """\
import keras
from keras import layers

inputs = keras.Input((28, 28, 1), name="<b>pixels</b>")
x = layers.Conv2D(8, 3, padding="same")(inputs)
y = layers.MaxPooling2D(3, name="pool")(x)
x = layers.MaxPooling2D(3, strides=3)(layers.Conv2D(8, 3, padding="same", activation="relu")(x))
x = layers.Add(name="join")([x, y])
model = keras.Model(inputs, layers.Dense(10)(layers.Flatten()(x)))
model.compile("adam", "mse")
other = keras.Sequential([keras.Input((4,)), layers.Dense(3)], name="other")
"""


class Page(HTMLParser):
    """A page taken apart: open elements must close, and what is of interest is kept."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.words.append(data)

    def all(self, tag: str, cls: str = "") -> list[dict[str, str | None]]:
        """The attributes of all elements of a kind."""
        return [
            found
            for name, found in self.elements
            if name == tag and cls in [*(found.get("class") or "").split(), ""]
        ]


def _page(text: str = NET, findings: tuple[Finding, ...] = ()) -> Page:
    source = read(text.encode(), "/work/net.py")
    return Page(render(summarize(source), findings, "/work"))


def _findings(text: str = NET) -> tuple[Finding, ...]:
    settings = LintSettings(rules=("KER301", "KER302"))
    return lint_bytes(text.encode(), "/work/net.py", settings).findings


def test_every_layer_is_a_box_and_a_row() -> None:
    page = _page()
    boxes = {one["data-row"] for one in page.all("g", "box")}
    rows = {one["data-row"] for one in page.all("tr") if "data-row" in one}
    assert rows <= boxes
    assert len(rows) == 8 + 1
    assert len(page.all("path", "edge")) == 8 + 1


def test_several_models_have_tabs_and_one_has_none() -> None:
    assert [one["href"] for one in _page().all("a")] == ["#model-0", "#model-1"]
    assert _page(NET.rpartition("other =")[0]).all("nav") == []


def test_hazards_are_marked_on_their_layers_with_their_words() -> None:
    findings = _findings()
    assert findings
    page = _page(findings=findings)
    assert len(page.all("g", "hazard")) == len({finding.location for finding in findings})
    words = " ".join(page.words)
    for finding in findings:
        assert f"{finding.code} {finding.name}: {finding.message}" in words


def test_the_page_needs_nothing_else() -> None:
    source = read(NET.encode(), "/work/net.py")
    text = render(summarize(source), _findings(), "/work")
    assert "default-src 'none'" in text
    assert re.search(r"""(?:src|href)\s*=\s*["'](?!#)|url\(|@import|https?:|fetch\(|XMLHttp""", text) is None


def test_names_from_the_program_stay_text() -> None:
    page = _page()
    assert "<b>pixels</b>" in page.words
    assert [found for tag, found in page.elements if tag == "b" and found] == []


def test_an_incomplete_model_says_so() -> None:
    text = "import keras\nfrom other import more\nmodel = keras.Sequential([keras.Input((3,)), more()])\n"
    assert any("Incomplete" in words for words in _page(text).words)


def test_the_layers_of_a_nested_block_are_shown_below_it() -> None:
    text = (
        "import keras\nfrom keras import layers\n"
        "class Block(layers.Layer):\n"
        "    def __init__(self):\n        super().__init__()\n        self.dense = layers.Dense(3, name='deep')\n"
        "    def call(self, x):\n        return self.dense(x)\n"
        "inputs = keras.Input((4,))\nmodel = keras.Model(inputs, Block()(inputs))\n"
    )
    page = _page(text)
    assert len(page.all("tr", "inner")) == 1
    assert "deep" in page.words


@pytest.mark.parametrize("name", ["net.py", "net.py:model"])
def test_the_command_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("net.py").write_text(NET)
    assert main(["summary", name, "--output-format", "html", "-o", "page.html"]) == 0
    page = Page(Path("page.html").read_text(encoding="utf-8"))
    assert page.all("g", "hazard")


@pytest.mark.browser
def test_a_browser_opens_one_model_marks_its_hazards_and_finds_rows_by_boxes(browser: Browser) -> None:
    source = read(NET.encode(), "/work/net.py")
    told = browser.ask(
        render(summarize(source), _findings(), "/work"),
        """
        const shown = [...document.querySelectorAll("section")].filter(one => one.offsetHeight).map(one => one.id);
        const box = document.querySelector("#model-0 g.hazard");
        box.dispatchEvent(new MouseEvent("click"));
        const svg = document.querySelector("#model-0 svg");
        const turned = () => {
          const before = svg.getAttribute("viewBox");
          svg.dispatchEvent(new WheelEvent("wheel", {deltaY: 1, cancelable: true}));
          return before !== svg.getAttribute("viewBox");
        };
        const wheel = [turned()];
        svg.focus();
        wheel.push(turned());
        const before = svg.getAttribute("viewBox");
        document.querySelector("#model-0 tbody tr:last-child").click();
        return {shown, wheel, marks: document.querySelectorAll("#model-0 g.hazard").length,
          moved: before !== svg.getAttribute("viewBox"),
          chosen: [...document.querySelectorAll(".chosen")].map(one => one.tagName)};
        """,
    )
    assert (told["shown"], told["marks"]) == (["model-0"], len({one.location for one in _findings()}))
    assert told["wheel"] == [False, True], "a page is scrolled past a graph that nobody has clicked"
    assert told["moved"]
    assert told["chosen"] == ["g", "TR"]
