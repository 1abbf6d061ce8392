"""What a path supposes of a value that nobody knows, and what it must not."""

from __future__ import annotations

import pytest

from .check import told, value_of

GIVEN = "from lib import mode, other, act\n"
CONSISTENT = {
    "a question is answered the same all the time": (
        "if mode == 'a': y = 1\nelse: y = 2\nif mode == 'a': x = y\nelse: x = -y",
        {1, -2},
    ),
    "the opposite question is the same one": (
        "if mode != 'a': y = 1\nelse: y = 2\nif mode == 'a': x = y\nelse: x = -y",
        {2, -1},
    ),
    "what equals one constant equals no other": (
        "x = []\nif mode == 'a':\n    if mode == 'b': x = 1\n    else: x = 2\nelse: x = 3",
        {2, 3},
    ),
    "what equals a text is not None": ("x = 0\nif mode == 'a':\n    x = 1 if mode is None else 2", {0, 2}),
    "what is None is false": ("x = 0\nif mode is None:\n    x = 1 if mode else 2", {0, 2}),
    "what is true is not None": ("x = 0\nif mode:\n    x = 1 if mode is None else 2", {0, 2}),
    "what is false may be None": ("x = 0\nif not mode:\n    x = 1 if mode is None else 2", {0, 1, 2}),
    "an alias is the same value": ("m = mode\nx = 0\nif mode == 'a':\n    x = 1 if m == 'a' else 2", {0, 1}),
    "a parameter carries it": (
        "def f(m): return 1 if m == 'a' else 2\nx = 0\nif mode == 'a': x = f(mode)\nelse: x = -f(mode)",
        {1, -2},
    ),
    "a result is not handed out on another path": (
        (
            "def f(m): return 1 if m == 'a' else 2\n"
            "x = 0\nif mode == 'a': y = f(mode)\nelse: y = 3\nif mode != 'a': x = f(mode)"
        ),
        {0, 2},
    ),
    "an unknown condition and a false one are false": ("x = 1 if mode == 'a' and None else 2", 2),
    "an unknown condition or a true one are true": ("x = 1 if mode == 'a' or 3 else 2", 1),
    "a name that may be one thing or another is asked of each": (
        "m = mode\nif other == 1: m = 'a'\nx = 0\nif mode == 'a': x = 1 if m == 'a' else 2",
        {0, 1},
    ),
    "what one of two things was found to be is found again": (
        "m = mode\nif other == 1: m = act\nx = 0\nif m == 'a': x = 1 if m == 'a' else 2",
        {0, 1},
    ),
    "a check that was passed keeps its arm out": (
        "if mode == 'a':\n  if other == 1: raise ValueError\nx = 0\nif other == 1: x = 1 if mode == 'a' else 2",
        {0, 2},
    ),
    "two names are two questions": (
        "if mode == 'a': y = 1\nelse: y = 2\nif other == 'a': x = y\nelse: x = -y",
        {1, 2, -1, -2},
    ),
}
FORGOTTEN = {
    "code that cannot be seen may change what is true": (
        "y = 1 if mode else 2\nact(mode)\nx = y if mode else -y",
        {1, 2, -1, -2},
    ),
    "so may a method": ("y = 1 if mode else 2\nmode.append(3)\nx = y if mode else -y", {1, 2, -1, -2}),
    "so may an item": ("y = 1 if mode else 2\nmode[0] = 3\nx = y if mode else -y", {1, 2, -1, -2}),
    "so may an attribute": ("y = 1 if mode else 2\nmode.z = 3\nx = y if mode else -y", {1, 2, -1, -2}),
    "a comparison of an array is an array": ("x = (mode == 1).sum()", ...),
    "a comparison kept as a value is not taken for a boolean": ("x = mode == 1", ...),
    "a name bound again in one arm is another value": (
        "m = mode\nif other == 1: m = 'b'\nx = 0\nif mode == 'a': x = 1 if m == 'a' else 2",
        {0, 1, 2},
    ),
}


@pytest.mark.parametrize(("text", "expected"), CONSISTENT.values(), ids=list(CONSISTENT))
def test_a_path_is_consistent(text: str, expected: object) -> None:
    assert told(value_of(GIVEN + text)) == expected


@pytest.mark.parametrize(("text", "expected"), FORGOTTEN.values(), ids=list(FORGOTTEN))
def test_nothing_is_supposed_for_longer_than_it_holds(text: str, expected: object) -> None:
    assert told(value_of(GIVEN + text)) == expected
