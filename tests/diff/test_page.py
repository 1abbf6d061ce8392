"""The page of a comparison: both graphs, aligned, what differs marked, what is equal folded, nothing loaded."""

from __future__ import annotations

import re

import pytest

from bench.browser import Browser
from bench.twins import compared
from kerlint.diff.page import render

HOSTILE = "</title></script><img src=x onerror=alert(1)>"
NETS = """
def stack(x, act):
    for _ in range(6):
        y = layers.BatchNormalization()(layers.Conv2D(8, 3, padding="same")(x))
        x = layers.Add()([x, layers.Activation("relu")(y)]) if x.shape[-1] == 8 else y
    x = layers.Conv2D(4, 3, activation=act)(x)
    return x

i = keras.Input((16, 16, 8))
a = keras.Model(i, layers.Dense(3)(layers.Flatten()(stack(i, "relu"))))
j = keras.Input((16, 16, 8))
b = keras.Model(j, layers.Dense(3)(layers.Flatten()(layers.Dropout(0.5, name=NAME)(stack(j, "tanh")))))
a.compile(keras.optimizers.Adam(1e-3), "mse")
b.compile(keras.optimizers.Adam(1e-4), "mse")
""".replace("NAME", repr(HOSTILE))


@pytest.fixture(scope="module")
def page() -> str:
    """The page of two residual nets with two differences, one of them in a hostile name."""
    return render(compared(NETS)[0], "/work")


def test_the_page_needs_nothing_else(page: str) -> None:
    assert "default-src 'none'" in page
    assert re.search(r"""(?:src|href)\s*=\s*["'](?!#)|url\(|@import|https?:|fetch\(|XMLHttp""", page) is None


def test_what_equal_models_have_is_one_section() -> None:
    text = "i = keras.Input((4,))\na = keras.Model(i, layers.Dense(2)(i))\nb = keras.Model(i, layers.Dense(2)(i))\n"
    told = render(compared(text)[0], "/work")
    assert told.count("<section") == 1
    assert "<b>the same</b>" in told


@pytest.mark.browser
def test_a_browser_shows_differences_side_by_side_and_unfolds_the_rest(page: str, browser: Browser) -> None:
    told = browser.ask(
        page,
        """
        const shown = () => [...document.querySelectorAll("section")].filter(one => one.offsetHeight).map(one => one.id);
        const boxes = id => [...document.querySelectorAll(`#${id} g.box`)];
        const one = boxes("differences").filter(box => box.classList.contains("differs"));
        const tops = one.map(box => box.getBoundingClientRect().top);
        const first = shown(), images = document.images.length;
        const svg = document.querySelector("#differences svg"), before = svg.getAttribute("viewBox");
        document.querySelector("#differences [data-act=in]").click();
        const after = svg.getAttribute("viewBox");
        one[0].dispatchEvent(new MouseEvent("click"));
        const chosen = document.querySelectorAll("#differences .chosen").length;
        document.querySelector("#differences svg a").dispatchEvent(new MouseEvent("click", {bubbles: true}));
        open("all");
        return {first, then: shown(), tops, images, zoomed: before !== after, chosen,
          words: one.map(box => box.textContent), folds: document.querySelectorAll("#differences .fold").length,
          few: boxes("differences").length, many: boxes("all").length,
          lone: [...document.querySelectorAll("#differences g.right .name")].map(one => one.textContent),
          wide: document.documentElement.scrollWidth - innerWidth};
        """,
    )
    assert (told["first"], told["then"]) == (["differences"], ["all"])
    assert len(told["tops"]) == 2 and len(set(told["tops"])) == 1
    assert "activation='relu'" in told["words"][0] and "activation='tanh'" in told["words"][1]
    assert told["folds"] == 1 and told["few"] < told["many"]
    assert told["zoomed"] and told["chosen"] == 3
    assert told["lone"] == ["</title></script><img src=x o…"[:29] + "…"]
    assert (told["images"], told["wide"] <= 0) == (0, True)


@pytest.mark.browser
def test_a_narrow_window_needs_no_scrolling_to_the_side(page: str, browser: Browser) -> None:
    assert browser.ask(page, "return document.documentElement.scrollWidth - innerWidth", width=500) <= 0
