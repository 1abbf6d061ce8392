"""Calls of what a program only offers: builders, layers and models that nobody in it calls.

What a parameter without default takes is supposed from its name, and the verdict says so; where even that
fails, the missing value is named.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kerlint.confirm.pieces import Piece

SHAPES = (("3D", "(16, 16, 16, 1)"), ("2D", "(64, 64, 3)"), ("1D", "(16, 8)"), ("LSTM", "(16, 8)"), ("GRU", "(16, 8)"), ("RNN", "(16, 8)"), ("Attention", "(16, 8)"))  # fmt: skip
"""By a word of the code, the shape of one sample that it works on."""
CALLED = ("__init__", "call", "build", "train_step", "test_step", "predict_step", "get_config", "from_config")
"""Methods that Keras calls."""
PLAIN = "(16,)"
BATCH = 2


@dataclass
class Driver:
    """Python that calls what nobody calls, and what it supposes."""

    lines: list[str] = field(default_factory=list)
    supposed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Parameters of which nothing can be supposed, as `name of function()`."""

    @property
    def text(self) -> str:
        """The program to run after the slice."""
        return "\n".join(self.lines)


def driver(kept: Iterable[Piece], rows: Iterable[int]) -> Driver:
    """The calls that bring rows of definitions to run, for where the program does not.

    What is missing counts only for definitions that nothing uses.
    """
    kept = list(kept)
    made = Driver()
    for piece in kept:
        node = piece.node
        if not any(piece.first_row <= row <= piece.last_row for row in rows):
            continue
        if isinstance(node, ast.FunctionDef):
            _call(node, node.name, made, 0)
        elif isinstance(node, ast.ClassDef):
            _exercise(node, [row for row in rows if piece.first_row <= row <= piece.last_row], made)
        if _is_used(piece, kept):
            made.missing.clear()
    return made


def _is_used(piece: Piece, kept: list[Piece]) -> bool:
    """Whether anything that runs by itself, or is run by that, reads what a piece defines."""
    readers, front = {piece}, [piece]
    while front:
        names = front.pop().binds
        for other in kept:
            if other not in readers and other.reads & names:
                if not other.is_definition:
                    return True
                readers.add(other)
                front.append(other)
    return False


def _call(node: ast.FunctionDef, path: str, made: Driver, skip: int) -> None:
    arguments = _arguments(node, made, skip, path)
    if arguments is not None:
        made.lines.append(f"__kerlint_made__ = {path}({arguments})")


def _arguments(node: ast.FunctionDef, made: Driver, skip: int, path: str) -> str | None:
    """Values for the parameters that have no default."""
    code = ast.unparse(node)
    shape = shape_for(code)
    is_eager = _EAGER.search(code) is not None
    names = tuple(dict.fromkeys(one.id for one in ast.walk(node) if isinstance(one, ast.Name)))
    tensor = f"__kerlint_array__(({BATCH}, *{shape}), {names})" if is_eager else f"__kerlint_input__({shape})"
    given = node.args
    positional = [*given.posonlyargs, *given.args]
    required = positional[skip : len(positional) - len(given.defaults)]
    required += [
        one for one, default in zip(given.kwonlyargs, given.kw_defaults, strict=True) if default is None
    ]
    texts = []
    for parameter in required:
        is_target = is_eager and _TARGET.match(parameter.arg)
        value = f"__kerlint_targets__({names})" if is_target else supposed(parameter.arg, shape, tensor)
        if value is None:
            made.missing.append(f"`{parameter.arg}` of {path}()")
            return None
        if not value.startswith("__"):
            made.supposed.append(f"{parameter.arg}={value}")
        texts.append(value if parameter in positional else f"{parameter.arg}={value}")
    return ", ".join(texts)


def shape_for(code: str) -> str:
    """The shape of one sample that code with these words works on."""
    return next((shape for word, shape in SHAPES if word in code), PLAIN)


_NUMBERS = (
    (r"channels|depth", "3"),
    (r"class|labels|categories|outputs?_(dim|size)|num_out|n_out", "10"),
    (r"filter|unit|hidden|width|neuron|nodes|feature|^nf|^nb_|latent|embed|channels_out|out_ch", "8"),
    (r"kernel|ksize|pool", "3"),
    (r"stride|blocks?$|layers?$|repeat|rates?_n|num_|n_", "2"),
    (r"rate|drop|alpha|lr|decay|momentum|l2|weight", "0.1"),
    (r"vocab|max_features|words|tokens", "100"),
    (r"len|steps|time|height|rows|cols|img|image_size|size|window", "16"),
    (r"activ", "'relu'"),
    (r"pad", "'same'"),
    (r"name|prefix|stage|label", "'a'"),
    (r"train|bias|use_|is_|with_|flag|include", "True"),
    (r"^[a-z]$|factor|ratio|expansion|groups|heads|out|inp|in_", "2"),
)
"""Words of parameters' names, and what is supposed of them."""
_TENSOR = re.compile(
    r"^(?:x|y|z|in|inputs?|tensor|(?:input_)?tensor|inp|input_layer|layer_in|previous|hidden|images?|batch"
    r"|features|real|fake|noise|samples?)(?:_\w{1,5})?$"
)
_TARGET = re.compile(r"^(?:y|labels?|targets?)(?:_\w{1,5})?$")
_EAGER = re.compile(r"GradientTape|_on_batch|\.fit\(|\.predict\(")
"""Code that works on numbers, not on symbolic tensors."""
_OBJECT = re.compile(
    r"model|net|fn|func|config|args|path|file|dir|data|dataset|callback|opt|loss|df|gen|loader|layer|encoder|decoder"
)
"""Words of parameters that are no numbers."""
NUMBER = "8"
_SHAPE = re.compile(r"shape")


def supposed(name: str, shape: str, tensor: str) -> str | None:
    """A value for a parameter of this name, as Python text."""
    lowered = name.lower()
    if _TENSOR.match(lowered):
        return tensor
    if _SHAPE.search(lowered):
        return shape
    for words, value in _NUMBERS:
        if re.search(words, lowered):
            return value
    return None if _OBJECT.search(lowered) else NUMBER


def _exercise(node: ast.ClassDef, rows: list[int], made: Driver) -> None:
    """Make an object of a class and call it, or the methods that hold the rows."""
    methods = {one.name: one for one in node.body if isinstance(one, ast.FunctionDef)}
    start = methods.get("__init__")
    arguments = "" if start is None else _arguments(start, made, 1, node.name)
    if arguments is None:
        return
    made.lines.append(f"__kerlint_object__ = {node.name}({arguments})")
    if "call" in methods:
        shape = shape_for(ast.unparse(node))
        made.lines.append(f"__kerlint_object__(__kerlint_array__(({BATCH}, *{shape})))")
    if "train_step" in methods:
        made.lines.append("__kerlint_train__(__kerlint_object__)")
    for name, method in methods.items():
        if name not in CALLED and any(
            method.lineno <= row <= (method.end_lineno or method.lineno) for row in rows
        ):
            _call(method, f"__kerlint_object__.{name}", made, _skip(method))


def _skip(method: ast.FunctionDef) -> int:
    return 0 if any(getattr(one, "id", "") == "staticmethod" for one in method.decorator_list) else 1
