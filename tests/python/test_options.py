"""Options of a program: what their defaults make likely, and what stays unknown."""

from __future__ import annotations

import pytest

from kerlint.python.likely import Likely
from kerlint.python.refs import OneOf, Unknown, Value

from .check import told
from .null_domain import Run

ARGPARSE = """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument('--units', type=int, default=64)
parser.add_argument('-r', '--learning-rate', type=float, default='0.5')
parser.add_argument('--sizes', nargs='+', type=int, default=[4, 8])
parser.add_argument('--act', default='relu')
parser.add_argument('--bare', type=int)
parser.add_argument('--none', default=None)
parser.add_argument('--must', default=3, required=True)
parser.add_argument('--own', type=lambda text: len(text), default='abc')
parser.add_argument('--wordy', type=int, default='many')
parser.add_argument('--deep', action='store_true')
parser.add_argument('--shallow', action='store_false')
parser.add_argument('folder', default='data')
args = parser.parse_args()
"""
CLICK = """
import click
seen = {}
@click.command()
@click.option('--units', '-u', default=16)
@click.option('--rate', type=float, default='0.5')
@click.option('--fast/--slow', default=False)
@click.option('--deep', is_flag=True)
@click.option('--how', 'way', default='well')
@click.option('--bare', type=int)
@click.argument('folder')
def run(units, rate, fast, deep, way, bare, folder):
    seen.update(units=units, rate=rate, fast=fast, deep=deep, way=way, bare=bare, folder=folder)
run()
"""
ABSL = """
from absl import flags
FLAGS = flags.FLAGS
flags.DEFINE_integer('units', 32, 'help')
flags.DEFINE_string('bare', None, 'help')
held = flags.DEFINE_float('rate', 0.5, 'help')
"""


def likely(text: str, name: str = "x") -> object:
    """The default that makes a name of a program what it is; `...` if there is none."""
    return plain(Run(text)[name])


def plain(value: Value) -> object:
    """The value behind something likely, in plain Python; `...` for what is unknown."""
    return told(value.value) if isinstance(value, Likely) else told(value)


@pytest.mark.parametrize(
    ("expression", "default"),
    {
        "args.units": 64,
        "args.learning_rate": 0.5,
        "args.sizes": [4, 8],
        "args.sizes[1]": 8,
        "args.act": "relu",
        "args.deep": False,
        "args.shallow": True,
        "args.units * 2 + 1": 129,
        "-args.units": -64,
        "not args.deep": True,
        "args.units > 3": True,
        "int(args.learning_rate * 4)": 2,
        "max(args.units, 100)": 100,
        "args.act.upper()": "RELU",
        "len(args.sizes)": 2,
        "{'relu': 1}[args.act]": 1,
        "vars(args)['units']": 64,
        "getattr(args, 'units')": 64,
        "args.__dict__['units']": 64,
    }.items(),
)
def test_a_default_is_likely_and_so_is_what_is_computed_from_it(expression: str, default: object) -> None:
    value = Run(f"{ARGPARSE}x = {expression}")["x"]
    assert isinstance(value, Likely)
    assert plain(value) == default


@pytest.mark.parametrize(
    "expression",
    [
        *("args.bare", "args.none", "args.must", "args.own", "args.wordy", "args.folder", "args.other"),
        *("int(args.act)", "args.units / 0", "args.sizes[9]", "args.units + args.bare"),
    ],
)
def test_an_option_without_a_default_that_can_be_told_stays_unknown(expression: str) -> None:
    value = Run(f"{ARGPARSE}x = {expression}")["x"]
    assert isinstance(value, Unknown)
    assert not isinstance(value, Likely)


@pytest.mark.parametrize(
    "program",
    [
        "x = 1 if args.deep else 2",
        "x = 1 if args.units > 3 else 2",
        "if args.act == 'relu': x = 1\nelse: x = 2",
        "x = 1\nif not args.shallow: x = 2",
        "x = 1 if args.units is None else 2",
        "def f(units): return 1 if units else 2\nx = f(args.units)",
        "x = 1 if isinstance(args.units, int) else 2",
    ],
)
def test_a_default_decides_no_branch(program: str) -> None:
    value = Run(ARGPARSE + program)["x"]
    assert isinstance(value, OneOf)
    assert told(value) == {1, 2}


def test_two_tests_on_one_option_agree() -> None:
    text = "if args.deep: y = 1\nelse: y = 2\nif args.deep: x = y\nelse: x = -y"
    assert told(Run(ARGPARSE + text)["x"]) == {1, -2}


def test_a_path_that_contradicts_the_default_does_not_take_it() -> None:
    text = "x = y = 0\nif args.act == 'tanh': x = {'relu': 1, 'tanh': 2}[args.act]"
    assert told(Run(ARGPARSE + text)["x"]) == {0, 1, 2}


def test_the_length_of_a_loop_is_likely() -> None:
    run = Run(
        f"{ARGPARSE}parser.add_argument('--n', default=3)\nx = []\nfor i in range(parser.parse_args().n): x.append(i)"
    )
    assert told(run["x"]) == [0, 1, 2]
    assert [one.option for one in run.interpreter.suppositions.options] == ["--n"]


@pytest.mark.parametrize("default", [0, 100_000])
def test_a_loop_that_may_be_empty_or_is_long_has_an_unknown_length(default: int) -> None:
    run = Run(
        f"{ARGPARSE}parser.add_argument('--n', default={default})\n"
        "x = []\nfor i in range(parser.parse_args().n): x.append(i)"
    )
    assert run["x"].open
    assert run.interpreter.suppositions.options == ()


def test_what_a_path_supposed_is_undone_with_it() -> None:
    leaving = "import lib\nif lib.u:\n    for size in args.sizes: pass\n    raise SystemExit\n"
    suppositions = Run(ARGPARSE + leaving).interpreter.suppositions
    assert [one.option for one in suppositions.ever] == ["--sizes"]
    assert suppositions.options == ()


@pytest.mark.parametrize(
    ("program", "expected"),
    {
        "def made():\n    p = argparse.ArgumentParser()\n    p.add_argument('--n', default=5)\n    return p\n"
        "x = made().parse_args().n": 5,
        "parser.add_argument_group('more').add_argument('--n', default=5)\nx = parser.parse_args().n": 5,
        "group = parser.add_mutually_exclusive_group()\ngroup.add_argument('--n', default=5)\n"
        "x = parser.parse_known_args()[0].n": 5,
        "parser.set_defaults(units=7)\nx = parser.parse_args().units": 7,
        "import lib\nparser.set_defaults(**lib.config())\nx = parser.parse_args().units": ...,
        "x = parser.parse_args(['--units', '3']).units": ...,
        "x = parser.parse_args([]).units": 64,
        "import sys\nx = parser.parse_args(sys.argv[1:]).units": 64,
        "child = argparse.ArgumentParser(parents=[parser])\nx = child.parse_args().units": 64,
        "sub = parser.add_subparsers()\nsub.add_parser('a').add_argument('--n', default=1)\n"
        "sub.add_parser('b').add_argument('--n', default=2)\nx = parser.parse_args().n": ...,
        "args.units = 5\nx = args.units": 5,
        "def f(given): return given.units\nx = f(args)": 64,
        "def f(units=1, **rest): return units\nx = f(**vars(args))": 64,
    }.items(),
)
def test_parsers_are_followed_as_far_as_they_are_known(program: str, expected: object) -> None:
    assert likely(ARGPARSE + program) == expected


def test_a_command_of_click_has_the_defaults_of_its_options() -> None:
    seen = Run(CLICK)["seen"]
    assert {name: plain(value) for name, value in seen.items.items()} == {
        "units": 16,
        "rate": 0.5,
        "fast": False,
        "deep": False,
        "way": "well",
        "bare": ...,
        "folder": ...,
    }


@pytest.mark.parametrize(
    ("expression", "expected"),
    {"FLAGS.units": 32, "flags.FLAGS.units": 32, "held.value": 0.5, "FLAGS.bare": ...}.items(),
)
def test_a_flag_of_absl_has_its_default(expression: str, expected: object) -> None:
    assert likely(f"{ABSL}x = {expression}") == expected


def test_a_flag_that_is_set_has_what_it_was_set_to() -> None:
    assert likely(f"{ABSL}FLAGS.units = 3\nx = FLAGS.units") == 3
