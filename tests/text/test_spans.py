"""Positions are those of libcst's own PositionProvider, found without it."""

from __future__ import annotations

import random
import sysconfig
from pathlib import Path

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from kerlint.text.spans import Spans
from kerlint.text.split import split
from kerlint.text.trees import Unparsable, forget_trees, parse

STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))
FILES = ["dataclasses.py", "argparse.py", "contextlib.py", "ast.py", "textwrap.py", "statistics.py"]


def offsets(text: str, module: cst.Module) -> dict[cst.CSTNode, tuple[int, int]]:
    """Start and end of every node as libcst's provider has them."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    found = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    return {
        node: (
            starts[place.start.line - 1] + place.start.column,
            starts[place.end.line - 1] + place.end.column,
        )
        for node, place in found.items()
        if node is not module
    }


@pytest.mark.parametrize("name", FILES)
def test_every_node_of_real_files_stands_where_libcst_says(name: str) -> None:
    text = (STANDARD_LIBRARY / name).read_text(encoding="utf-8")
    order = random.Random(name)
    for piece in split(text)[1]:
        tree = parse(piece.text)
        wanted = list(offsets(piece.text, tree.module).items())
        order.shuffle(wanted)
        spans = Spans(tree.module, piece.text)
        assert [spans.of(node) for node, _ in wanted] == [place for _, place in wanted]


TRICKY = """\
@first
# between
@second(
    1,
)
async def f(
    a,  # comment
    *, b=(1,
          2),
) -> int:

    # leading
    if (a  # why
            and b): return 1
    elif g(
        a
    ):
        with open(a) as x, \\
                open(b) as y:
            pass
    else:
        for i in [
            1
        ]:
            k = {
                "a": (i),
            }; j = 2
        else:
            pass
    try:
        t(1)
    except (A, B) as e:
        t(
            2)
    finally:
        while (yield): z = lambda q, *r: (q if q else r)
    match a:
        case {"x": [1, *rest]} if rest:
            return h(rest)
        case _:
            pass

# after
"""


def test_every_node_of_tricky_layout_is_found_one_by_one() -> None:
    module = cst.parse_module(TRICKY)
    for node, place in offsets(TRICKY, module).items():
        assert Spans(module, TRICKY).of(node) == place, (type(node).__name__, TRICKY[slice(*place)])


def test_a_node_of_another_tree_is_refused() -> None:
    module = cst.parse_module("x = 1\n")
    with pytest.raises(KeyError):
        Spans(module, "x = 1\n").of(cst.Name("x"))


def test_equal_texts_share_a_tree_and_occurrences_do_not() -> None:
    forget_trees()
    first = parse("model.add(Dense(1))\n")
    assert parse("model.add(Dense(1))\n") is first
    assert parse("model.add(Dense(1))\n", 1) is not first


def test_what_libcst_cannot_read_is_unparsable() -> None:
    with pytest.raises(Unparsable) as caught:
        parse("x = = 1\n")
    assert caught.value.row == 1


def test_validation_is_back_after_a_parse() -> None:
    parse("x = 2\n")
    with pytest.raises(cst.CSTValidationError):
        cst.Name("")
