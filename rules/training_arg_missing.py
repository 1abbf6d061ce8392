"""A model whose `call` takes no `training` is fitted with dropout and batch normalisation switched off.

In Keras 3 `fit` says `training=True` to the model alone, and only if the model's own `call` has a parameter
of that name. A subclass without it runs all its layers in inference mode: nothing is dropped, the moving
statistics stay at 0 and 1, and later predictions are normalised with them.

Keras 3.15 is silent: after three epochs the moving mean is 0.0 and dropout has dropped nothing. `**kwargs`
does not help; `training=None` in the signature alone does, whether it is handed on or not. Layers, and models
that are only called by another model, get the mode from the call around them. Keras 2 passed it on without
the parameter, so that ported code loses its regularisation unseen.

Bad:

```python
import numpy as np
from keras import Model, layers


class Net(Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(64, activation="relu")
        self.dropout = layers.Dropout(0.5)
        self.head = layers.Dense(1)

    def call(self, inputs):  # KER401 error: `Net.call` has no `training`
        return self.head(self.dropout(self.hidden(inputs)))


net = Net()
net.compile(optimizer="adam", loss="mse")
net.fit(np.random.rand(100, 8), np.random.rand(100, 1))
```

Good:

```python
import numpy as np
from keras import Model, layers


class Net(Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(64, activation="relu")
        self.dropout = layers.Dropout(0.5)
        self.head = layers.Dense(1)

    def call(self, inputs, training=None):
        return self.head(self.dropout(self.hidden(inputs), training=training))


net = Net()
net.compile(optimizer="adam", loss="mse")
net.fit(np.random.rand(100, 8), np.random.rand(100, 1))
```

How to fix: give `call` a parameter `training=None`.

Fix safety: unsafe; the layers begin to do in training what they were put there for.

See: https://keras.io/guides/making_new_layers_and_models_via_subclassing/
https://github.com/keras-team/keras-hub/issues/1500
"""

from __future__ import annotations

from collections.abc import Iterator

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.facts import Model, Node, Program, Training
from kerlint.model.user_class import UserClass, UserMethod
from kerlint.probes import Holds, Probe, Property, Step

from ._examples_training_arg_missing import BAD, GOOD
from ._modes import idle

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(Step.CALL, (Holds(Property.UNCHANGED_STATISTICS),))

OWN_WAYS = ("__call__", "train_step", "train_on_batch", "fit", "make_train_function")
"""Methods with which a class can train in its own way."""


def _call_without_mode(cls: UserClass) -> UserMethod | None:
    """The `call` that `fit` cannot tell the mode, if that is certain."""
    method = cls.method("call")
    if method is None or not cls.exact or any(cls.method(name) for name in OWN_WAYS):
        return None
    known = all("function" in decorator.text for decorator in method.decorators)
    return method if known and not method.takes("training") else None


def _training(program: Program, model: Model) -> Training | None:
    """The first training of the model by Keras itself; its compile where that is all."""
    events = program.trainings_of(model.identity)
    fits = [event for event in events if event.kind in ("fit", "train_on_batch")]
    compiles = [event for event in events if event.kind == "compile"]
    return next(iter((*fits, *compiles)), None)


def _shown(node: Node) -> str:
    operation = node.operation
    kind = operation.cls
    if operation.kind == "model" and operation.site is not None:
        kind = operation.site.symbol.rpartition(".")[2]
    return kind if operation.variable in (None, kind) else f"`{operation.variable}` ({kind})"


def _fix(method: UserMethod) -> Suggestion | None:
    edit = method.adding_parameter("training=None")
    return None if edit is None else Suggestion("Add training=None to the parameters", (edit,), safe=False)


def _hit(cls: UserClass, method: UserMethod, idlers: list[tuple[Node, bool]], training: Training) -> Hit:
    layers = [_shown(node) for node, _ in idlers]
    rest = f" and {len(layers) - 1} more" if len(layers) > 1 else ""
    certain = training.trains and any(known for _, known in idlers)
    what = "fit" if training.kind == "compile" else training.kind
    return Hit(
        method.place,
        f"`{cls.name}.call` has no `training`: Keras 3 runs {layers[0]}{rest} in inference mode during {what}",
        confidence=Confidence.CERTAIN if certain else Confidence.LIKELY,
        related=(
            *((node.place, "does nothing in training") for node, _ in idlers[:1] if node.place is not None),
            (training.place, "trains the model" if training.trains else "compiles the model"),
        ),
        fix=_fix(method),
    )


@rule("KER401", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report models that Keras 3 trains in inference mode, once per `call`."""
    found: dict[object, Hit] = {}
    for model in program.models if program.target == "keras3" else ():
        cls = program.class_of(model.identity) if model.kind == "subclassed" else None
        method = _call_without_mode(cls) if cls is not None else None
        training = _training(program, model) if method is not None else None
        if cls is None or method is None or training is None or method.place.key in found:
            continue
        idlers = list({id(node.operation): (node, known) for node, known in idle(model.flat)}.values())
        if idlers:
            found[method.place.key] = _hit(cls, method, idlers, training)
    yield from found.values()
