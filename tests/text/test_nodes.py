"""Walking syntax without libcst's visitors: nothing but punctuation and white space is left out."""

from __future__ import annotations

from pathlib import Path

import libcst as cst
import pytest

import kerlint.python
from kerlint.text.nodes import children

LEFT_OUT = (
    *(cst.BaseParenthesizableWhitespace, cst.TrailingWhitespace, cst.EmptyLine, cst.Newline, cst.Comma),
    *(cst.Semicolon, cst.Colon, cst.Dot, cst.AssignEqual, cst.LeftParen, cst.RightParen, cst.Asynchronous),
    *(cst.LeftSquareBracket, cst.RightSquareBracket, cst.LeftCurlyBrace, cst.RightCurlyBrace),
    *(cst.BaseBinaryOp, cst.BaseUnaryOp, cst.BaseBooleanOp, cst.BaseCompOp, cst.BaseAugOp, cst.BitOr),
)
ODD = """
async def f(a, /, b: int = 1, *c, d=2, **e) -> int:
    async with g(x, *y, z=1, **w) as (h, i), j:
        k = [l async for l in m if n]
    try:
        pass
    except* (O, P) as q:
        raise r from s
    match t:
        case {"u": [v, *_], **rest} | C(1, k=2) as x if y: del z
@deco
class C(B, metaclass=M):
    x: int = 1; global y; y += lambda: (yield); print(f"{a!r:>{b}}" 'c', d[1:2, ...], not e, f if g else h)
"""
PROGRAMS = {path.name: path.read_text() for path in Path(kerlint.python.__file__).parent.glob("s*.py")}


@pytest.mark.parametrize("text", [ODD, *PROGRAMS.values()], ids=["odd", *PROGRAMS])
def test_every_part_that_means_something_is_reached(text: str) -> None:
    front: list[cst.CSTNode] = [cst.parse_module(text)]
    while front:
        node = front.pop()
        found = {id(child) for child in children(node)}
        missed = [child for child in node.children if id(child) not in found]
        assert all(isinstance(child, LEFT_OUT) for child in missed)
        assert found <= {id(child) for child in node.children}
        front += children(node)
