"""The same program twice: once whole for Keras, once with some of its constants hidden from kerlint.

What is hidden comes out of a module that kerlint cannot see. It must then answer right, or not at all.
"""

from __future__ import annotations

import io
import tokenize
from random import Random

CONSTANTS = frozenset({"True", "False", "None"})
MOST = 4


def hide(source: str, seed: int) -> tuple[str, str]:
    """(for Keras, for kerlint): the values of a few random constants as names defined here and there."""
    random = Random(seed)
    found = [token for token in tokenize.generate_tokens(io.StringIO(source).readline) if _is_constant(token)]
    chosen = random.sample(found, min(len(found), random.randint(1, MOST)))
    lines = source.splitlines()
    for token in sorted(chosen, key=lambda token: token.start, reverse=True):
        row, start = token.start[0] - 1, token.start[1]
        name = f"hidden_{found.index(token)}"
        lines[row] = lines[row][:start] + name + lines[row][token.end[1] :]
    names = [(f"hidden_{found.index(token)}", token.string) for token in chosen]
    shown = [f"{name} = {value}" for name, value in names]
    unseen = [f"from elsewhere import {name}" for name, _ in names]
    return "\n".join([*shown, *lines, ""]), "\n".join([*unseen, *lines, ""])


def _is_constant(token: tokenize.TokenInfo) -> bool:
    if token.type == tokenize.STRING:
        return not token.string.lower().startswith(("f", "rf", "fr"))
    return token.type == tokenize.NUMBER or (token.type == tokenize.NAME and token.string in CONSTANTS)
