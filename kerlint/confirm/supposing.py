"""What is supposed of parameters that nothing gives a value, by their names and by what is done with them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

BATCH = 8
"""Samples: enough for folds."""
SHAPES = (
    ("3D", "(16, 16, 16, 1)"),
    ("2D", "(64, 64, 3)"),
    ("1D", "(16, 8)"),
    ("LSTM", "(16, 8)"),
    ("GRU", "(16, 8)"),
    ("RNN", "(16, 8)"),
    ("Attention", "(16, 8)"),
)
"""By a word of the code, the shape of one sample that it works on."""
PLAIN = "(16,)"
NUMBER, LIST = "8", "(8, 8, 8, 8)"
_TENSOR = re.compile(
    r"^(?:x|y|z|in|inputs?|(?:input_)?tensor|inp|input_layer|layer_in|previous|hidden|images?|batch|features"
    r"|real|fake|noise|samples?)(?:_\w{1,5})?$"
)
_TARGET = re.compile(r"^(?:y|labels?|targets?)(?:_\w{1,5})?$")
_EAGER = re.compile(r"GradientTape|_on_batch|\.fit\(|\.predict\(")
"""Code that works on numbers, not on symbolic tensors."""
_VALUES = (
    (r"shape", ""),
    (r"^optim", "'sgd'"),
    (r"^loss(_fn)?$", "'mse'"),
    (r"path|file|dir|folder|root$", "'stand-in'"),
    (r"channels|depth", "3"),
    (r"class|labels|categories|outputs?_(dim|size)|num_out|n_out", "10"),
    (r"filter|unit|hidden|width|neuron|nodes|feature|^nf|^nb_|latent|embed|channels_out|out_ch", NUMBER),
    (r"kernel|ksize|pool_?size", "3"),
    (r"stride|blocks?$|layers?$|repeat|rates?_n|num_|n_", "2"),
    (r"rate|drop|alpha|lr|decay|momentum|l2|weight", "0.1"),
    (r"vocab|max_features|words|tokens", "100"),
    (r"len|steps|time|height|rows|cols|img|image_size|size|window", "16"),
    (r"activ", "'relu'"),
    (r"^pad", "'same'"),
    (r"name|prefix|stage|label", "'a'"),
    (r"train|bias|use_|is_|with_|flag|include", "True"),
    (
        r"model|net|fn|func|conf|cfg|^hp|param|option|setting|args|data|callback|opt|loss|df|gen|loader|layer|encoder|decoder|self",
        None,
    ),
    (r"", NUMBER),
)
"""Words of parameters' names, and what is supposed of them; None for objects of which nothing can be."""


class Arguments:
    """The arguments of one call of a function, as Python text, and what was supposed for it."""

    def __init__(self, node: ast.FunctionDef, skip: int, around: str, code: str = "") -> None:
        self._node = node
        code = code or ast.unparse(node)
        self._shape = shape_for(code, around)
        self._is_eager = _EAGER.search(code) is not None
        self._names = tuple(dict.fromkeys(one.id for one in ast.walk(node) if isinstance(one, ast.Name)))
        self._listed = set(_listed(node))
        self.supposed: list[str] = []
        self.text = ", ".join(self._texts(skip))

    def _texts(self, skip: int) -> Iterator[str]:
        """Values for the parameters that have no default."""
        given = self._node.args
        positional = [*given.posonlyargs, *given.args]
        for parameter in positional[skip : len(positional) - len(given.defaults)]:
            yield self._value(parameter.arg)
        for parameter, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
            if default is None:
                yield f"{parameter.arg}={self._value(parameter.arg)}"

    def _value(self, name: str) -> str:
        lowered = name.lower()
        if self._is_eager and _TARGET.match(lowered):
            return f"__kerlint_targets__({self._names})"
        if _TENSOR.match(lowered) and "shape" not in lowered:
            return (
                tensor_for(self._shape, self._names)
                if self._is_eager
                else f"__kerlint_input__({self._shape})"
            )
        value = next(value for words, value in _VALUES if re.search(words, lowered))
        if value is None:
            return f"__kerlint_unknown__({name!r})"
        if name in self._listed and value == NUMBER:
            value = LIST
        value = value or self._shape
        self.supposed.append(f"{name}={value}")
        return value


def tensor_for(shape: str, names: tuple[str, ...] = ()) -> str:
    """A call that makes numbers of one shape, or for the first model of these names."""
    return f"__kerlint_array__(({BATCH}, *{shape}), {names})"


_DECLARED = re.compile(r"\b(?:Input\(\s*(?:shape=)?|input_shape=)(\((?:\s*\d+\s*,?)+\))|input_dim=(\d+)")


def shape_for(code: str, around: str) -> str:
    """The shape of one sample that code works on: the one that the program declares, else by its words."""
    declared = {shape or f"({units},)" for shape, units in _DECLARED.findall(around)}
    if len(declared) == 1:
        return declared.pop()
    return next((shape for word, shape in SHAPES if word in code), PLAIN)


def _listed(node: ast.AST) -> Iterator[str]:
    """Names that a function takes items of."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Subscript):
            yield from _name(inner.value)
        elif isinstance(inner, ast.For | ast.comprehension):
            yield from _name(inner.iter)
        elif isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in ("len", "enumerate", "zip"):
            for argument in inner.args:
                yield from _name(argument)


def _name(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
