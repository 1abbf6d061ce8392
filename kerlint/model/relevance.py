"""Which definitions are worth evaluating on their own: those that mention what models are made of.

A cheap question about words, asked before anything is parsed: most functions of a file that passes the
gate compute a loss, read data or check something, and have no model in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from kerlint.keras_api import names
from kerlint.text.lines import STRING

_WORD = re.compile(r"[^\W\d]\w*")
_TOKEN = re.compile(rf"(?s)[^\W\d]\w*|{STRING}|\#[^\n]*")
_TRIPLE = ('"""', "'''")
_MODULES = ("keras.layers", "keras.models", "keras.applications", "keras.optimizers")
_EVERYWHERE = frozenset({"Layer", "Optimizer", "get", "serialize", "deserialize", "Wrapper"})
_VERBS = frozenset({"compile", "fit", "fit_generator", "train_on_batch", "apply_gradients", "minimize"})


@cache
def model_words(target: str) -> frozenset[str]:
    """Names of layers, models, optimizers and applications, and the verbs of training."""
    found = {name for module in _MODULES for name in names.members(module, target)}
    return frozenset(found - _EVERYWHERE) | _VERBS


def words_of(text: str) -> frozenset[str]:
    """The identifiers in a piece of source, and what looks like one in its strings.

    Comments, docstrings and other triple-quoted strings are prose: what they mention is not done.
    """
    tokens = frozenset(_TOKEN.findall(text))
    prose = {token for token in tokens if token[0] in "#\"'"}
    strings = " ".join(token for token in prose if token[0] != "#" and not token.startswith(_TRIPLE))
    return (tokens - prose).union(_WORD.findall(strings))


def relevant(words: Mapping[str, Iterable[str]], seeds: frozenset[str]) -> frozenset[str]:
    """The names whose words reach a seed, directly or through other names."""
    mentions = {name: frozenset(found) for name, found in words.items()}
    chosen: set[str] = set()
    front = set(seeds)
    while front:
        grown = {
            name for name, found in mentions.items() if name not in chosen and not found.isdisjoint(front)
        }
        chosen |= grown
        front = grown
    return frozenset(chosen)
