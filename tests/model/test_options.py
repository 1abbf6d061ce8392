"""Models that lean on the defaults of options: known, and never certain."""

from __future__ import annotations

import pytest

from kerlint.findings import Applicability, Confidence, Finding
from kerlint.linter import lint_bytes
from kerlint.model.facts import Model
from kerlint.settings import LintSettings

from .helpers import IMPORTS, classes, named, params, program_of, shapes

PARSER = """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument('--units', type=int, default=64)
parser.add_argument('--depth', type=int, default=2)
parser.add_argument('--lr', type=float, default=0.001)
parser.add_argument('--epochs', type=int, default=3)
parser.add_argument('--act', default='relu')
parser.add_argument('--bare', type=int)
parser.add_argument('--bn', action='store_true')
args = parser.parse_args()
"""


def model_after(text: str, variable: str = "model") -> Model:
    """The last model of that name after the parser's usual options."""
    return named(program_of(PARSER + text), variable)


def options(model: Model) -> set[str]:
    """The options that a model leans on."""
    return {one.option for one in model.supposed}


def test_shapes_and_counts_follow_from_the_default() -> None:
    model = model_after(
        "inputs = keras.Input((8,))\nx = layers.Dense(args.units // 2)(inputs)\nmodel = keras.Model(inputs, x)"
    )
    assert shapes(model)[-1] == (None, 32)
    assert params(model)[-1] == 288
    assert [one.words for one in model.supposed] == ["--units 64 (line 6)"]


def test_an_option_without_a_default_leaves_the_shape_unknown() -> None:
    model = model_after("model = keras.Sequential([keras.Input((8,)), layers.Dense(args.bare)])")
    assert params(model) == [None]
    assert model.supposed == ()


def test_a_loop_over_an_option_adds_as_many_layers_as_its_default_says() -> None:
    model = model_after(
        "model = keras.Sequential([keras.Input((8,))])\n"
        "for _ in range(args.depth): model.add(layers.Dense(4))\n"
    )
    assert classes(model) == ["Dense", "Dense"]
    assert options(model) == {"--depth"}


def test_a_flag_does_not_decide_whether_a_layer_is_there() -> None:
    program = program_of(
        f"{PARSER}model = keras.Sequential([keras.Input((8,))])\n"
        "if args.bn: model.add(layers.BatchNormalization())\nmodel.add(layers.Dense(1))"
    )
    forms = {tuple(classes(model)) for model in program.models}
    assert forms == {("BatchNormalization", "Dense"), ("Dense",)}


def test_a_model_does_not_lean_on_what_only_another_one_is_made_with() -> None:
    text = (
        "first = keras.Sequential([keras.Input((8,)), layers.Dense(2)])\n"
        "second = keras.Sequential([keras.Input((8,)), layers.Dense(args.units)])"
    )
    assert options(model_after(text, "first")) == set()
    assert options(model_after(text, "second")) == {"--units"}


def test_what_trains_a_model_does_not_shape_it() -> None:
    program = program_of(
        f"{PARSER}import numpy as np\nmodel = keras.Sequential([layers.Dense(2)])\n"
        "model.compile(keras.optimizers.Adam(args.lr), 'mse')\n"
        "model.fit(np.zeros((9, 4)), np.zeros((9, 2)), epochs=args.epochs)"
    )
    assert options(named(program, "model")) == set()
    assert [[one.option for one in made.supposed] for made in program.objects] == [["--lr"]]
    assert [[one.option for one in event.supposed] for event in program.trainings] == [[], ["--epochs"]]
    assert program.trainings[-1].site.value("epochs") == 3


def test_a_custom_layer_leans_on_the_option_that_it_keeps() -> None:
    model = model_after(
        "class Block(layers.Layer):\n"
        "    def __init__(self, units):\n"
        "        super().__init__()\n"
        "        self.inner = layers.Dense(units)\n"
        "    def call(self, x): return self.inner(x)\n"
        "inputs = keras.Input((8,))\nmodel = keras.Model(inputs, Block(args.units)(inputs))"
    )
    assert shapes(model)[-1] == (None, 64)
    assert options(model) == {"--units"}


def test_an_input_of_a_likely_shape_makes_a_likely_model() -> None:
    model = model_after("model = keras.Sequential([layers.Dense(2)])\nmodel.build((None, args.units))")
    assert params(model) == [130]
    assert options(model) == {"--units"}


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "import click\n@click.command()\n@click.option('--units', default=16)\ndef run(units):\n"
        "    model = keras.Sequential([keras.Input((8,)), layers.Dense(units)])": (144, {"--units"}),
        "from absl import app, flags\nflags.DEFINE_integer('units', 16, 'help')\ndef main(_):\n"
        "    model = keras.Sequential([keras.Input((8,)), layers.Dense(flags.FLAGS.units)])\n"
        "app.run(main)": (144, {"--units"}),
        "import gin\n@gin.configurable\ndef build(units=16):\n"
        "    model = keras.Sequential([keras.Input((8,)), layers.Dense(units)])": (144, set()),
        "import hydra\n@hydra.main(config_path='conf')\ndef main(cfg):\n"
        "    model = keras.Sequential([keras.Input((8,)), layers.Dense(cfg.units)])\nmain()": (None, set()),
    }.items(),
)
def test_commands_and_configured_builders_are_evaluated_with_their_defaults(
    text: str, expected: tuple[int | None, set[str]]
) -> None:
    model = named(program_of(text), "model")
    assert (params(model)[0], options(model)) == expected


# Findings


def found(text: str, code: str) -> list[Finding]:
    """The findings of one rule in a program."""
    return list(
        lint_bytes((IMPORTS + PARSER + text).encode(), "program.py", LintSettings(rules=(code,))).findings
    )


def test_a_finding_on_what_leans_on_a_default_is_likely() -> None:
    (finding,) = found(
        "keras.Sequential([keras.Input((args.units,)), layers.Dense(1, activation='softmax')])", "KER202"
    )
    assert finding.confidence is Confidence.LIKELY


def test_a_finding_on_a_model_that_leans_on_nothing_is_certain() -> None:
    (finding,) = found(
        "keras.Sequential([keras.Input((8,)), layers.Dense(1, activation='softmax')])\n"
        "other = keras.Sequential([keras.Input((args.units,)), layers.Dense(2)])",
        "KER202",
    )
    assert finding.confidence is Confidence.CERTAIN


def test_a_fix_of_what_leans_on_a_default_is_not_safe() -> None:
    (finding,) = found(
        "keras.Sequential([keras.Input((9, 9, 3)), layers.MaxPooling2D(args.depth)])", "KER301"
    )
    assert finding.fix is None or finding.fix.applicability is Applicability.UNSAFE


def test_no_finding_comes_of_a_default_that_its_path_contradicts() -> None:
    text = (
        "parser.add_argument('--loss', default='categorical_crossentropy')\nargs = parser.parse_args()\n"
        "def main():\n"
        "    model = keras.Sequential([keras.Input((8,))])\n"
        "    if args.loss == 'categorical_crossentropy':\n"
        "        model.add(layers.Dense(5, activation='softmax'))\n"
        "    else:\n"
        "        model.add(layers.Dense(5, activation='sigmoid'))\n"
        "    model.compile('adam', loss=args.loss)\n"
        "main()"
    )
    assert found(text, "KER103") == []
    assert found(text.replace("if args.loss == 'categorical_crossentropy'", "if args.bn"), "KER103") != []
