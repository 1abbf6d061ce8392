"""A class of your own that cannot say how it was made is saved in vain, or not saved at all.

Keras writes the arguments of `__init__` to the file and calls the class with them again. It finds them by itself
for layers whose `__init__` takes `**kwargs` and plain values; models with arguments need a `get_config`.

Keras 3 raises `NotImplementedError: ... the object must override get_config()` when a subclassed model whose
`__init__` wants arguments is saved. Models and layers whose `__init__` takes no `**kwargs` are saved, and raise `TypeError:
__init__() got an unexpected keyword argument 'trainable'` in `load_model`. Weights alone, and `export`, need no
config; a class with a `get_config` of its own is not judged.

Bad:

```python
import keras
from keras import layers


class Net(keras.Model):  # KER904 error: Net is made with arguments and has no get_config
    def __init__(self, units):
        super().__init__()
        self.dense = layers.Dense(units)

    def call(self, x):
        return self.dense(x)


net = Net(3)
net.save("net.keras")
```

Good:

```python
import keras
from keras import layers


@keras.saving.register_keras_serializable()
class Net(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.dense = layers.Dense(units)

    def call(self, x):
        return self.dense(x)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


net = Net(3)
net.save("net.keras")
```

Good: what cannot be known, because a base of the class comes from elsewhere.

```python
from bases import Configured


class Net(Configured):
    def __init__(self, units):
        super().__init__()


net = Net(3)
net.save("net.keras")
```

How to fix: `def __init__(self, ..., **kwargs)` with `super().__init__(**kwargs)`, and a `get_config` that adds the
arguments to `super().get_config()`.

See: https://keras.io/guides/serialization_and_saving/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerlint.catalog import Hit, rule
from kerlint.findings import Severity
from kerlint.model.facts import Model, Program
from kerlint.model.guards import is_guarded
from kerlint.model.savings import Saving
from kerlint.model.user_class import UserClass
from kerlint.probes import Holds, Probe, Property, Raises, Step

from ._examples_config_not_serializable import BAD, GOOD
from ._saved import load_of, parts, saved_models

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.SAVE,
    (
        Raises("get_config"),
        Raises("unexpected keyword"),
        Raises("could not be deserialized"),
        Holds(Property.LOST_ON_LOADING),
    ),
)

OWN_CONFIG = ("get_config", "from_config", "get_build_config", "save")
ARGUMENTS = re.compile(r"[\w.]+\((?!\s*(?:name\s*=\s*[^,()]*)?\)).*\)", re.DOTALL)
"""A call with arguments beside a name."""
CLOSED = "its __init__ takes no **kwargs for name, dtype and trainable"
GIVEN_BACK = frozenset({"name", "trainable", "dtype"})
"""What Keras hands to every layer that it makes again."""


def _is_judged(cls: UserClass | None) -> bool:
    return cls is not None and cls.exact and all(cls.method(name) is None for name in OWN_CONFIG)


def _takes_what_comes_back(cls: UserClass) -> bool:
    """Whether `__init__` takes the arguments that Keras adds by itself."""
    init = cls.method("__init__")
    return init is None or init.takes_any_keyword or set(init.parameters) >= GIVEN_BACK


def _model(program: Program, model: Model, saving: Saving) -> Iterator[Hit]:
    """A model that is an object of the user's own class."""
    cls = program.class_of(model.identity)
    if cls is None or not _is_judged(cls) or model.kind != "subclassed":
        return
    init = cls.method("__init__")
    if init is not None and init.required - GIVEN_BACK:
        what = f"{cls.name} is made with arguments and has no get_config"
        message = f"{what}: Keras 3 raises NotImplementedError at save"
        yield Hit(cls.place, message, Severity.ERROR, related=((saving.site.place, "saved here"),))
    elif not _takes_what_comes_back(cls):
        yield _not_loaded(program, cls, saving, CLOSED)
    elif init is not None and set(init.parameters) - GIVEN_BACK and ARGUMENTS.fullmatch(model.place.text):
        yield _not_loaded(program, cls, saving, "without get_config it is made again with the defaults")


def _not_loaded(program: Program, cls: UserClass, saving: Saving, why: str) -> Hit:
    load = load_of(program, saving)
    severity = Severity.WARNING if load is None else Severity.ERROR
    related = [(saving.site.place, "saved here")]
    if load is not None:
        related.append((load.site.place, "loaded here"))
    return Hit(cls.place, f"{cls.name} cannot be loaded again: {why}", severity, related=tuple(related))


def _layers(program: Program, model: Model, saving: Saving) -> Iterator[Hit]:
    """Layers of the user's own classes in a model that is saved."""
    if model.kind == "subclassed":
        return
    for operation in parts(model):
        cls = program.class_of(operation.identity) if operation.kind == "custom" else None
        if cls is not None and _is_judged(cls) and not _takes_what_comes_back(cls):
            yield _not_loaded(program, cls, saving, CLOSED)


@rule("KER904", Severity.WARNING)
def check(program: Program) -> Iterator[Hit]:
    """Report classes of saved models that Keras cannot make again."""
    if program.target != "keras3":
        return
    for model, saving in saved_models(program):
        if is_guarded(saving.site.place):
            continue
        yield from _model(program, model, saving)
        yield from _layers(program, model, saving)
