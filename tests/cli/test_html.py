"""`kerlint check --output-format html`: from files to a page with graphs."""

from __future__ import annotations

import re
from pathlib import Path

from .helpers import kerlint, written

NET = """\
import keras
from keras import layers


def net():
    inputs = keras.Input((28, 28, 1), name="<i>pixels</i>")
    x = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
    x = layers.MaxPooling2D(3, name="pool")(x)
    return keras.Model(inputs, layers.Dense(10)(layers.Flatten()(x)))


model = net()
"""


def test_the_page_has_the_graph_of_a_model_with_its_hazard(folder: Path) -> None:
    written(folder, net__py=NET, clean__py="import keras\n")
    done = kerlint("--output-format", "html", "--select", "KER301", "-o", "report.html")
    page = (folder / "report.html").read_text()
    assert (done.err, done.out) == ("", "")
    assert page.count('<svg class="graph"') == 1
    marked = re.findall(r'<g class="box hazard [^"]*" data-row="(\d+)"', page)
    assert len(marked) == 1
    assert f'data-row="{marked[0]}">' in page.partition("<article")[2]
    assert "<i>pixels</i>" not in page


def test_a_program_on_standard_input_is_drawn_too(folder: Path) -> None:
    done = kerlint("--output-format", "html", "--select", "KER301", "-", stdin=NET)
    assert done.out.count('<svg class="graph"') == 1


def test_a_model_whose_findings_are_on_no_layer_is_not_drawn(folder: Path) -> None:
    written(folder, net__py=NET + "print(model.summary())\n")
    done = kerlint("--output-format", "html", "--ignore", "KER301")
    assert "<svg" not in done.out
