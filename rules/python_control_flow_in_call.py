"""Python's `if`, `while`, `len` or NumPy in `call` need the values of a tensor, which a graph does not have.

`fit` traces `call` once with symbolic tensors and runs the graph that comes out. Keras 3 does not let
AutoGraph rewrite `call`, so that a condition on a tensor raises, as do iteration, `len`, `int`, `.numpy()` and
functions of NumPy. Sizes that are known (`x.shape[1]`), `training` and settings of the layer may be asked.

Keras 3.15: `OperatorNotAllowedInGraphError` ("Using a symbolic `tf.Tensor` as a Python `bool` is not
allowed"), "len is not well defined for a symbolic Tensor", `NotImplementedError` for NumPy, `AttributeError`
for `.numpy()`: in `fit`, or as soon as a functional model is put together. Keras 2 rewrote `call`. With
`run_eagerly=True`, in a `tf.function` of one's own and in eager code it works.

Bad:

```python
import keras
import numpy as np
from keras import layers, ops


class Gate(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = layers.Dense(1)

    def call(self, x):
        y = self.head(x)
        if ops.mean(y) > 0:  # KER407 error: `if` asks a tensor for its value
            y = -y
        return y


model = Gate()
model.compile(optimizer="sgd", loss="mse")
model.fit(np.random.rand(32, 4), np.random.rand(32, 1))
```

Good:

```python
import keras
import numpy as np
from keras import layers, ops


class Gate(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = layers.Dense(1)

    def call(self, x):
        y = self.head(x)
        return ops.where(ops.mean(y) > 0, -y, y)


model = Gate()
model.compile(optimizer="sgd", loss="mse")
model.fit(np.random.rand(32, 4), np.random.rand(32, 1))
```

How to fix: `ops.where` or `ops.cond` for conditions, `ops.while_loop` or `ops.scan` for loops, `x.shape` or
`ops.shape(x)` for sizes, `keras.ops` for NumPy.

See: https://www.tensorflow.org/guide/function#limitations
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.acts import Act, Deed
from kerlint.model.facts import Program
from kerlint.model.guards import is_guarded
from kerlint.probes import Probe, Raises, Step

from ._examples_python_control_flow_in_call import BAD, GOOD

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.TRAIN,
    (
        Raises("is not allowed"),
        Raises("is not well defined"),
        Raises("to a numpy array"),
        Raises("object"),
    ),
)

NEEDS = {
    "if": "`if` asks a tensor for its value",
    "while": "`while` asks a tensor for its value",
    "assert": "`assert` asks a tensor for its value",
    "and": "`and` asks a tensor for its value",
    "or": "`or` asks a tensor for its value",
    "not": "`not` asks a tensor for its value",
    "bool": "`bool` asks a tensor for its value",
    "int": "`int` asks a tensor for its value",
    "float": "`float` asks a tensor for its value",
    "range": "`range` asks a tensor for its value",
    "len": "`len` asks a tensor for its length",
    "for": "`for` asks a tensor for its items",
    "keras.Tensor.numpy": "`.numpy()` asks a tensor for its values",
}
HARMLESS_NUMPY = frozenset({"shape", "ndim", "size", "isscalar", "iterable", "dtype", "result_type"})
EAGERLY = ("run_functions_eagerly", "experimental_run_functions_eagerly", "disable_eager_execution")


def need(act: Act) -> str | None:
    """What the deed needs of a tensor, in words; None for what a graph can do."""
    if act.kind is Deed.ASK or act.what == "keras.Tensor.numpy":
        return NEEDS.get(act.what)
    home, _, name = act.what.rpartition(".")
    if act.kind is Deed.FUNCTION and home.startswith("numpy") and name not in HARMLESS_NUMPY:
        return f"`{act.what.replace('numpy', 'np', 1)}` asks a tensor for its values"
    return None


def _runs_as_graph(program: Program, act: Act) -> str | None:
    """How it is known that `call` is given symbolic tensors, in words."""
    if act.symbolic:
        return "the model is built"
    events = program.trainings_of(act.outermost) if act.outermost is not None else ()
    compiles = [event for event in events if event.kind == "compile"]
    eager = any(event.site.value("run_eagerly") not in (None, False) for event in compiles)
    fits = any(event.kind in ("fit", "train_on_batch") for event in events)
    return "fit" if compiles and fits and not eager else None


@rule("KER407", Severity.ERROR)
def check(program: Program) -> Iterator[Hit]:
    """Report what `call` asks of symbolic tensors, once per place."""
    if program.target != "keras3" or any(site.symbol.endswith(EAGERLY) for site in program.calls):
        return
    seen: set[object] = set()
    for act in program.acts:
        words = need(act) if act.method == "call" and act.caller is not None else None
        if words is None or not act.certain or act.converted or act.is_conditional or act.place.key in seen:
            continue
        when = _runs_as_graph(program, act)
        if when is not None and not is_guarded(act.place):
            seen.add(act.place.key)
            moment = "when the model is built" if act.symbolic else "in fit"
            yield Hit(
                act.place, f"{words}, which it does not have in `{act.owner}.call` {moment}: Keras 3 raises"
            )
