"""A string, or what stands in its place, names nothing that Keras knows.

Optimizers, losses, metrics, activations, initializers and regularizers can be given by name. Which names are
taken is a list: `"rmse"`, `"logcosh"`, `"xavier"` and `"Relu"` are not on it, `"mse"`, `"Adam"` and `"swish"` are.

Keras looks a name up late. An unknown optimizer or activation raises `ValueError` at once; an unknown loss or
metric only when `fit` computes it for the first time, after the data were loaded. In Keras 3 `metrics` must be a
list, tuple or dict, an optimizer an object and no class, the keys of a loss dict the names of the outputs, and the
third positional argument of `compile` is `loss_weights`: metrics given there raise in `fit`.

Layers choose between words too: an unknown `padding` or `data_format` raises `ValueError`, `padding="SAME"` of a
pooling layer does in Keras 3, and an unknown `mode` of `RandomFlip` is silent there: it never flips.

Bad:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(8, input_dim=4, activation='Relu'))  # KER109 error: "Relu" is no activation
model.add(Dense(1))
model.compile(loss='rmse', optimizer='adam', metrics=['mae'])  # KER109 error: "rmse" is no loss
```

Good:

```python
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(8, input_dim=4, activation='relu'))
model.add(Dense(1))
model.compile(loss='mse', optimizer='adam', metrics=['mae'])
```

Registering an object under a name does not help: Keras 3 (asked: 3.15.1) looks such names up for initializers
and optimizers only, Keras 2 looked them up for all. Pass the object itself.

Good: what cannot be known. Names from elsewhere, and names that the program may have registered where its Keras asks.

How to fix: the nearest name that exists is in the message.

Fix safety: safe where nothing but the case of letters differs (the program cannot run as it is), unsafe for
other guesses.

See: https://keras.io/api/losses/ and https://keras.io/api/metrics/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Severity
from kerlint.keras_api import names
from kerlint.model.call_sites import Argument, CallSite, Origin
from kerlint.model.compiles import Compiled, is_words, metrics_argument
from kerlint.model.facts import Program
from kerlint.model.guards import is_guarded
from kerlint.model.losses import ACCURACY_WORDS, entries, leaves
from kerlint.probes import Holds, Probe, Property, Raises, Step
from kerlint.python.values import DictValue, Instance, SetValue, Symbol, Value

from ._examples_compile_string_unknown import BAD, GOOD
from ._layer_words import layer_words
from ._once import once

__all__ = ["BAD", "GOOD", "PROBE", "check"]

PROBE = Probe(
    Step.TRAIN,
    (
        Raises("Could not interpret"),
        Raises("Expected `metrics` argument"),
        Raises("in loss dict"),
        Raises("is not a valid dtype"),
        Raises("or one of"),
        Raises("must be one of"),
        Raises("has no attribute"),
        Holds(Property.UNUSED),
    ),
)

REGISTERS = ("custom_object", "register_keras_serializable", "get_custom_objects")
"""Words in the text of programs that may teach Keras names of their own."""
ASK_THE_REGISTER = ("initializer", "optimizer")
"""Categories for which Keras 3 looks a plain string up among what programs have registered."""
PACKAGE_MARK = ">"
"""Stands in registered names alone (`lab>orthogonal`), wherever in the project they are registered."""
MEANT = {
    "xavier": "glorot_uniform",
    "glorot": "glorot_uniform",
    "he": "he_normal",
    "rmse": "RootMeanSquaredError",
    "logcosh": "log_cosh",
    "huber_loss": "huber",
    "cosine_proximity": "cosine_similarity",
    "f1": "F1Score",
    "kullback_leibler_divergence": "kl_divergence",
    "crossentropy": "categorical_crossentropy",
    "leakyrelu": "leaky_relu",
    "sdg": "sgd",
}
"""What people write in lower case, and what they mean, where the spelling is not near enough."""
LOSS_WORDS = ("crossentropy", "ce")
"""What Keras 3 makes the cross-entropy of the output's shape."""
SUFFIXES = ("initializer", "regularizer")
WHEN = {
    "loss": "fit raises ValueError",
    "metric": "fit raises ValueError",
    "optimizer": "compile raises ValueError",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A string that was given where a name of a category is asked for, and the argument it came in."""

    category: str
    text: str
    argument: Argument
    site: CallSite

    def nearest(self, target: str) -> str | None:
        """The name that was probably meant."""
        table = names.aliases(self.category, target)
        folded = {name.lower(): name for name in table}
        lowered = self.text.strip().lower().replace("-", "_").replace(" ", "_")
        meant = MEANT.get(lowered)
        if lowered in folded:
            return self.text.lower() if self.text.lower() in table else folded[lowered]
        if meant in table:
            return meant
        close = get_close_matches(lowered, list(folded), 1, 0.75)
        return folded[close[0]] if close else None


def _is_known(word: Word, target: str) -> bool:
    text = word.text
    if names.alias(word.category, text, target) is not None:
        return True
    if word.category == "metric":
        return text.lower() in ACCURACY_WORDS or (target == "keras2" and text in names.COMPILE_METRICS)
    return word.category == "loss" and target == "keras3" and text.lower() in LOSS_WORDS


def _words(program: Program) -> Iterator[Word]:
    """All strings given for names, in compiles and in layers."""
    for compiled in program.compiles:
        site = compiled.site
        for name, category in (("optimizer", "optimizer"), ("loss", "loss")):
            yield from _in_argument(site.argument(name), category, site)
        yield from _in_argument(metrics_argument(site), "metric", site)
    categories = frozenset({*SUFFIXES, "activation"})
    for operation in program.operations:
        if operation.kind != "layer" or operation.site is None:
            continue
        for argument in operation.site.arguments.values():
            category = argument.name.rpartition("_")[2]
            if category in categories and argument.is_given and isinstance(argument.value, str):
                yield Word(category, argument.value, argument, operation.site)


def _in_argument(argument: Argument | None, category: str, site: CallSite) -> Iterator[Word]:
    if argument is not None and argument.is_given and not _is_config(argument.value):
        for item in leaves(argument.value):
            if isinstance(item, str):
                yield Word(category, item, argument, site)


def _is_config(value: Value) -> bool:
    """Whether it is an object written as a dict, as `serialize` makes it."""
    return "class_name" in (entries(value) or ())


def _fix(word: Word, nearest: str | None) -> Suggestion | None:
    place, text = word.argument.place, word.argument.text
    if nearest is None or place is None or text is None or word.argument.origin is not Origin.WRITTEN:
        return None
    literals = [quote + word.text + quote for quote in "'\"" if text.count(quote + word.text + quote) == 1]
    if len(literals) != 1:
        return None
    quote = literals[0][0]
    edit = place.replacing(text.replace(literals[0], quote + nearest + quote))
    is_same = nearest.lower() == word.text.lower()
    return Suggestion(f'write "{nearest}"', (edit,), safe=is_same)


def _unknown_words(program: Program) -> Iterator[Hit]:
    version = "Keras 2" if program.target == "keras2" else "Keras 3"
    registers = _registers(program)
    for word in _words(program):
        is_asked = program.target == "keras2" or word.category in ASK_THE_REGISTER
        if _is_known(word, program.target) or (is_asked and (registers or PACKAGE_MARK in word.text)):
            continue
        nearest = word.nearest(program.target)
        advice = f'; did you mean "{nearest}"' if nearest else ""
        outcome = WHEN.get(word.category, "it raises ValueError")
        yield Hit(
            word.argument.place or word.site.place,
            f'"{word.text[:40]}" is no {word.category} of {version}: {outcome}{advice}',
            fix=_fix(word, nearest),
        )


def _misplaced(compiled: Compiled) -> Iterator[Hit]:
    """What `compile` of Keras 3 does not take, whatever its words."""
    site = compiled.site
    weights, metrics, optimizer = (site.argument(name) for name in ("loss_weights", "metrics", "optimizer"))
    if weights is not None and is_words(weights.value):
        message = (
            "metrics given as loss_weights, the third argument of compile in Keras 3: fit raises ValueError"
        )
        yield Hit(weights.place or site.place, message)
    if metrics is not None and metrics.is_given and isinstance(metrics.value, str | SetValue | Instance):
        what = f'"{metrics.value}"' if isinstance(metrics.value, str) else "what is given"
        message = f"metrics must be a list, tuple or dict, not {what}: compile raises ValueError"
        yield Hit(metrics.place or site.place, message)
    value = optimizer.value if optimizer is not None else None
    if isinstance(value, Symbol) and names.category(value.dotted) == "optimizer" and value.name[0].isupper():
        message = f"the optimizer is the class {value.name}, not an object of it: compile raises ValueError"
        yield Hit((optimizer.place if optimizer else None) or site.place, message)


def _keys(program: Program, compiled: Compiled) -> Iterator[Hit]:
    """Keys of a loss dict that name no output."""
    site, argument = compiled.site, compiled.site.argument("loss")
    given = entries(argument.value) if argument is not None else None
    outputs = [pair.head.name for pair in compiled.pairs]
    if not given or argument is None or not outputs or not compiled.model.connected:
        return
    if compiled.model.kind != "functional" or any(name is None for name in outputs) or _has_dicts(program):
        return
    unknown = [key for key in given if key not in outputs]
    if unknown:
        known = ", ".join(f'"{name}"' for name in outputs)
        message = f'the key "{unknown[0]}" of the losses names no output ({known}): fit raises ValueError'
        yield Hit(argument.place or site.place, message)


def _has_dicts(program: Program) -> bool:
    """Whether a model may name its outputs itself."""
    return any(
        isinstance(call.value("outputs"), DictValue) for call in program.calls if call.symbol == "keras.Model"
    )


def _class_weights(program: Program) -> Iterator[Hit]:
    """`class_weight="balanced"`, as scikit-learn takes it."""
    for event in program.trainings:
        argument = event.site.argument("class_weight") if event.kind == "fit" else None
        if argument is not None and isinstance(argument.value, str):
            message = f'class_weight is a dict from class to weight, not "{argument.value}": fit raises'
            yield Hit(argument.place or event.place, message)


def _registers(program: Program) -> bool:
    """Whether the program may register names of its own."""
    return any(word in call.place.statement.source.text for call in program.calls[:1] for word in REGISTERS)


@rule("KER109", Severity.ERROR, fixable=True)
def check(program: Program) -> Iterator[Hit]:
    """Report names that Keras does not know, and arguments of compile that it does not take."""
    found = [*_unknown_words(program), *_class_weights(program), *layer_words(program)]
    for compiled in program.compiles if program.target == "keras3" else ():
        found += [*_misplaced(compiled), *_keys(program, compiled)]
    yield from once(hit for hit in found if not is_guarded(hit.place))
