"""Configurations made of constants alone, and what was found of them, kept: most layers of a model are
configured like one before, and called on shapes that one like them was called on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import count
from typing import Final, TypeVar

from kerlint.keras_api.layer_rule import Config
from kerlint.python.values import UNKNOWN, Unknown, Value

_MOST: Final = 20_000
_T = TypeVar("_T")


class Settled(dict[str, Value]):
    """A config that `number` tells from all others, but for the layer's name; never changed in place."""

    __slots__ = ("number",)

    def __init__(self, config: Config, number: int) -> None:
        super().__init__(config)
        self.number = number

    def named(self, name: Value) -> Settled:
        """The same for a layer of another name."""
        made = Settled(self, self.number)
        made["name"] = name
        return made


_numbers = count(1)
_configs: dict[Hashable, Settled] = {}
_answers: dict[Hashable, object] = {}


def settled(key: Hashable, resolve: Callable[[], dict[str, Value]]) -> dict[str, Value]:
    """The config that arguments with this key give; it is kept if nothing unseen shows through in it.

    Raises what `resolve` raises.
    """
    known = _configs.get(key)
    if known is None:
        config = resolve()
        if any(isinstance(value, Unknown) and value is not UNKNOWN for value in config.values()):
            return config
        if len(_configs) >= _MOST:
            _configs.clear()
        known = _configs[key] = Settled(config, next(_numbers))
    return known


def answered(question: str, config: Config, given: Hashable, answer: Callable[[], _T]) -> _T:
    """What `answer` gives for a config and what else the question hangs on; asked once where that is settled.

    Raises what `answer` raises.
    """
    if type(config) is not Settled:
        return answer()
    key = (question, config.number, given)
    if key not in _answers:
        if len(_answers) >= _MOST:
            _answers.clear()
        _answers[key] = answer()
    return _answers[key]  # type: ignore[return-value]
