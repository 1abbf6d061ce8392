"""The keys that a fit logs: what compile's metrics, validation data and callbacks imply, per version of Keras.

Keras 3 logs a metric given as a string under that string; Keras 2 makes an object of a class' name and logs
it under its automatic name. Automatic names count up within a process (`auc`, `auc_1`), so of an unnamed
object only the stem is certain. Asked of keras 3.15 and tf_keras 2.21 (tests/oracle/test_logs.py).
"""

from __future__ import annotations

from kerlint.frozen import record
from kerlint.keras_api import names
from kerlint.model.call_sites import CallSite
from kerlint.model.facts import Program
from kerlint.model.fits import Fit, is_surely_none
from kerlint.model.losses import ACCURACY_WORDS, leaves, word_of
from kerlint.model.states import ObjectState
from kerlint.python.values import UNKNOWN, BoundMethod, FunctionValue, Instance, OneOf, Symbol, Unknown, Value

RATES = {"keras2": "lr", "keras3": "learning_rate"}
"""The key of the learning rate, which only some callbacks log."""
RATE_LOGGERS = ("ReduceLROnPlateau", "LearningRateScheduler")


@record
class Logs:
    """What one fit logs, without `val_`. `stems` are automatic names, which may have a number behind."""

    names: frozenset[str]
    stems: frozenset[str]
    counts: tuple[tuple[str, int], ...]
    """How many objects of a stem the program makes at most; absent where it may make any number."""
    has_many_outputs: bool
    is_validated: bool | None
    rate: str | None
    """The key of the learning rate, where a callback logs it."""
    is_open: bool
    """Some callback may add keys."""
    undirected: frozenset[str]
    """Metrics of the user's own of which Keras cannot know whether more is better."""

    def is_metric(self, base: str) -> bool | None:
        """Whether a key without `val_` is logged of the training data; None where that is not known."""
        if base == "loss" or (not self.has_many_outputs and (base in self.names or self._is_automatic(base))):
            return True
        if self.is_open:
            return None
        if self.has_many_outputs:
            return False if base in (*self.names, *ACCURACY_WORDS) else None
        return False

    def _is_automatic(self, base: str) -> bool:
        stem, _, number = base.rpartition("_")
        if base in self.stems:
            return True
        if stem not in self.stems or not number.isdigit():
            return False
        return int(number) < dict(self.counts).get(stem, int(number) + 1)

    def has(self, key: str) -> bool | None:
        """Whether the fit logs the key; None where that is not known."""
        if key in RATES.values():
            return True if key == self.rate else None if self.is_open else False
        is_logged = self.is_metric(key.removeprefix("val_"))
        if is_logged is not True or not key.startswith("val_"):
            return is_logged
        return None if self.is_open and not self.is_validated else self.is_validated

    @property
    def listed(self) -> str:
        """The keys, for messages."""
        known = ["loss", *sorted(self.names | self.stems)]
        if self.is_validated:
            known += [f"val_{name}" for name in known]
        return ", ".join([*known, self.rate] if self.rate else known)


def logs_of(program: Program, fit: Fit) -> Logs | None:
    """What a fit logs; None when its compile, metrics or outputs are not known, or it has steps of its own."""
    model = program.model(fit.model)
    if model is None or fit.compiled is None or not fit.is_plain or not fit.compiled.exact:
        return None
    if model.kind == "application" or (model.kind != "sequential" and not model.outputs):
        return None
    if _may_add_metrics(program, fit):
        return None
    found = _metric_names(fit.compiled, program.target)
    if found is None:
        return None
    words, stems = found
    return Logs(
        names=words,
        stems=stems,
        counts=_counts(program, stems),
        has_many_outputs=model.kind != "sequential" and len(model.outputs) > 1,
        is_validated=is_validated(fit.site),
        rate=_rate(fit, program.target),
        is_open=not fit.callbacks_known or any(callback.may_log for callback in fit.callbacks),
        undirected=_of_users(fit.compiled),
    )


def is_validated(site: CallSite) -> bool | None:
    """Whether a fit gets validation data; None where that is not known."""
    data, split = site.value("validation_data"), site.value("validation_split")
    if isinstance(split, int | float) and split > 0:
        return True
    if data is not None and not isinstance(data, Unknown | OneOf):
        return True
    return False if is_surely_none(site, "validation_data") and _is_surely_zero(site) else None


def _is_surely_zero(site: CallSite) -> bool:
    argument = site.argument("validation_split")
    if argument is None or argument.value is None:
        return is_surely_none(site, "validation_split")
    return argument.value == 0 and (argument.text is None or argument.text in ("0", "0.0", "0."))


def _rate(fit: Fit, target: str) -> str | None:
    logs = any(callback.cls in RATE_LOGGERS for callback in fit.callbacks)
    return RATES[target] if logs else None


def _may_add_metrics(program: Program, fit: Fit) -> bool:
    """Whether layers may log what compile does not know of."""
    if any(site.symbol.endswith(".add_metric") for site in program.calls):
        return True
    model = program.model(fit.model)
    kinds = [] if model is None else [layer.kind for layer in model.layers]
    if "custom" not in kinds and (model is None or model.kind != "subclassed"):
        return False
    given = {id(value.native) for site in _compiles(program) for value in _metrics(site) if _is_object(value)}
    return len([made for made in program.objects if made.category == "metric"]) > len(given)


def _compiles(program: Program) -> list[CallSite]:
    return [event.site for event in program.trainings if event.kind == "compile"]


def _is_object(value: Value) -> bool:
    return isinstance(value, Instance) and isinstance(value.native, ObjectState)


def _metrics(site: CallSite) -> list[Value]:
    """All metrics that compile is given; UNKNOWN among them where there may be others."""
    found: list[Value] = []
    for name in ("metrics", "weighted_metrics"):
        if name in site.arguments and not is_surely_none(site, name):
            value = site.value(name)
            found += [UNKNOWN] if value is None else leaves(value)
    return found


def _of_users(site: CallSite) -> frozenset[str]:
    return frozenset(value.name for value in _metrics(site) if isinstance(value, FunctionValue))


def _metric_names(site: CallSite, target: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """Names and automatic names of all metrics; None when one of them is not known."""
    words: set[str] = set()
    stems: set[str] = set()
    for value in _metrics(site):
        name, stem = _logged(value, target)
        if name is None and stem is None:
            return None
        words |= {name} if name else set()
        stems |= {stem} if stem else set()
    if site.arguments.get("weighted_metrics") and site.value("weighted_metrics") is not None:
        words |= {f"weighted_{word}" for word in words}
    return frozenset(words), frozenset(stems)


def _logged(value: Value, target: str) -> tuple[str | None, str | None]:
    """The name a metric is logged under, or the stem of its automatic name."""
    if isinstance(value, str):
        found = names.alias("metric", value, target)
        is_class = found is not None and names.kind(found, target) == "class"
        if value.lower() in ACCURACY_WORDS or target == "keras3" or not is_class:
            return value, None
        return None, word_of(found or value)
    if isinstance(value, BoundMethod):
        value = value.function
    if isinstance(value, FunctionValue):
        is_lambda = value.name in ("", "lambda", "<lambda>")
        return (("lambda" if target == "keras3" else "<lambda>") if is_lambda else value.name), None
    if isinstance(value, Symbol):
        if names.category(value.dotted, target) not in ("loss", "metric"):
            return None, None
        is_function = names.kind(value.dotted, target) == "function"
        return (None, word_of(value.dotted)) if not is_function else (None, value.name)
    return _logged_object(value)


def _logged_object(value: Value) -> tuple[str | None, str | None]:
    state = value.native if isinstance(value, Instance) else None
    if not isinstance(state, ObjectState) or not isinstance(value.cls, Symbol):
        return None, None
    name = state.site.value("name")
    if isinstance(name, str):
        return name, None
    return (None, word_of(state.symbol)) if name is None else (None, None)


def _counts(program: Program, stems: frozenset[str]) -> tuple[tuple[str, int], ...]:
    """How many objects of each stem are made, where each is made once and cells are not run again."""
    if program.is_notebook or program.target == "keras2":
        return ()
    found: list[tuple[str, int]] = []
    for stem in sorted(stems):
        made = [one for one in program.objects if one.category == "metric" and word_of(one.symbol) == stem]
        if made and not any(one.repeated for one in made):
            found.append((stem, len(made)))
    return tuple(found)
