"""How far the program's own trainings go: not at all, one step, or one epoch of one batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from kerlint.confirm.batches import as_many, first_batch, guessed
from kerlint.confirm.made_up import completed, example_for
from kerlint.confirm.recorder import Recorder
from kerlint.confirm.recording import Event, Replaced
from kerlint.confirm.stubs import Stub, stubs_in
from kerlint.probes import Step

ORDER = {
    Step.CONSTRUCT: 0,
    Step.BUILD: 1,
    Step.DATA: 1,
    Step.CALL: 2,
    Step.COMPILE: 3,
    Step.SAVE: 3,
    Step.TRAIN: 4,
    Step.EPOCH: 5,
}
"""How much of a training each step wants."""
MOST_REPEATED = 4
"""Single steps that are really taken at one place of the program."""
MOST_NUMBERS = 1_000_000
"""Of one variable that are kept before and after a training."""

Original = Callable[..., Any]


class Limits:
    """What becomes of each call of a training method."""

    def __init__(self, recorder: Recorder, step: Step) -> None:
        self.recorder = recorder
        self.reach = ORDER[step]
        self.step = step
        self._taken: dict[Any, int] = {}
        self._metrics: dict[int, int] = {}

    def forget(self) -> None:
        """Start over: the program runs once more."""
        self._taken.clear()
        self.recorder.work = 0

    def watch(self, keras: Any) -> None:
        """Wrap the methods of models, layers and optimizers."""
        watch, model = self.recorder.watch_method, keras.Model
        watch(model, "compile", "compile", self._compile)
        for name, kind in (("fit", "fit"), ("fit_generator", "fit"), ("train_on_batch", "train_on_batch")):
            watch(model, name, kind, self._train)
        for name in ("evaluate", "evaluate_generator", "test_on_batch"):
            watch(model, name, name.replace("_generator", ""), self._evaluate)
        for name in ("predict", "predict_generator", "predict_on_batch"):
            watch(model, name, name.replace("_generator", ""), self._predict)
        for name in ("save", "save_weights", "load_weights", "export"):
            watch(model, name, name, self._file)
        watch(model, "summary", "summary", _nothing)
        watch(keras.layers.Layer, "build", "build", _as_written)
        for layer in (
            "Normalization",
            "TextVectorization",
            "StringLookup",
            "IntegerLookup",
            "Discretization",
        ):
            if hasattr(keras.layers, layer):
                watch(getattr(keras.layers, layer), "adapt", "adapt", _as_written)
        self._watch_optimizers(keras)
        self.recorder.watch_calls(keras.layers.Layer)
        for module in (keras.models, getattr(keras, "saving", None)):
            if module is not None:
                self.recorder.watch_function(module, "load_model", "load_model", self._unwritten)
                self.recorder.watch_function(module, "save_model", "save")

    def _watch_optimizers(self, keras: Any) -> None:
        bases = [keras.optimizers.Optimizer, getattr(_of(keras.optimizers, "legacy"), "Optimizer", None)]
        for base in bases:
            if base is not None:
                self.recorder.watch_method(base, "apply_gradients", "apply_gradients", self._apply)
                self.recorder.watch_method(base, "minimize", "apply_gradients", self._apply)

    def _compile(self, event: Event, original: Original, model: Any, args: Any, kwargs: Any) -> Any:
        event.ran = True
        _note_variables(event, model)
        metrics = event.arguments.get("metrics") or []
        self._metrics[id(model)] = len(metrics) if isinstance(metrics, list | tuple | dict) else 1
        if self.reach >= ORDER[Step.COMPILE]:
            return original(model, *args, **kwargs)
        try:
            return original(model, *args, **kwargs)
        except Exception as error:
            event.error = error
            return None

    def _train(self, event: Event, original: Original, model: Any, args: Any, kwargs: Any) -> Any:
        self.recorder.work += 1
        is_fit = event.kind == "fit"
        self._make_up(event, model)
        if self.reach < ORDER[Step.TRAIN] or (not is_fit and self._often(event)):
            _build(model, event.arguments.get("x"))
            return _history(model) if is_fit else 0.0
        given = self._shortened(event.arguments) if is_fit else event.arguments
        if is_fit:
            _try_to_build(model, given.get("x"))
        _before(event, model)
        event.ran = True
        try:
            result = original(model, **given) if _are_names(given) else original(model, *args, **kwargs)
        finally:
            _after(event)
        event.history = dict(getattr(result, "history", None) or {})
        return result

    def _make_up(self, event: Event, model: Any) -> None:
        """Put data that fit the model where nothing is known of the program's own."""
        given = event.arguments
        unknown = [stub for name in ("x", "y", "validation_data") for stub in stubs_in(given.get(name))]
        if not unknown:
            return
        compiles = [one for one in self.recorder.recording.events_of(model) if one.kind == "compile"]
        with suppress(Exception):
            made = example_for(model, compiles[-1].arguments.get("loss") if compiles else None)
            if made is not None:
                given |= completed(given, made)
                given.pop("validation_data", None)
                event.made_up = unknown[0]._kerlint_name
                self.recorder.recording.replaced.append(
                    Replaced(unknown[0]._kerlint_name, "data", event.region)
                )

    def _shortened(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments of a fit of one epoch and one batch."""
        made = {**given, "verbose": 0}
        start = given.get("initial_epoch", 0)
        if isinstance(given.get("epochs", 1), int) and given.get("epochs", 1) > 0:
            made["epochs"] = (start if isinstance(start, int) else 0) + 1
        if self.reach < ORDER[Step.EPOCH]:
            made.pop("callbacks", None)
            if "validation_data" in given or "validation_split" in given:
                made["validation_freq"] = made.get("epochs", 1) + 1
        return first_batch(made)

    def _evaluate(self, event: Event, original: Original, model: Any, args: Any, kwargs: Any) -> Any:
        if self.reach < ORDER[Step.TRAIN] or self._often(event):
            count = self._metrics.get(id(model), 0)
            return [0.0] * (1 + count) if count else 0.0
        event.ran = True
        self._make_up(event, model)
        if not _are_names(event.arguments):
            return original(model, *args, **kwargs)
        given = {**event.arguments}
        if event.kind == "evaluate":
            given = first_batch({**given, "verbose": 0}, "steps")
        return original(model, **given)

    def _predict(self, event: Event, original: Original, model: Any, args: Any, kwargs: Any) -> Any:
        if self.reach < ORDER[Step.CALL] or not _are_names(event.arguments):
            return guessed(model, event.arguments.get("x"))
        event.ran = True
        self._make_up(event, model)
        given = {**event.arguments}
        if event.kind == "predict":
            given = first_batch({**given, "verbose": 0}, "steps")
        return as_many(original(model, **given), event.arguments.get("x"))

    def _file(self, event: Event, original: Original, model: Any, args: Any, kwargs: Any) -> Any:
        """Files are written at the step SAVE only; there are none to read."""
        if self.step is Step.SAVE and event.kind != "load_weights":
            event.ran = True
            return original(model, *args, **kwargs)
        return None

    def _apply(self, event: Event, original: Original, optimizer: Any, args: Any, kwargs: Any) -> Any:
        self.recorder.work += 1
        if self.reach < ORDER[Step.TRAIN] or self._often(event):
            return None
        event.ran = True
        return original(optimizer, *args, **kwargs)

    def _unwritten(self, path: str) -> Any:
        """The model that the program would have saved there, had it been let; else nobody knows what."""
        saved = [one for one in self.recorder.recording.events if one.kind == "save"]
        named = [one.model for one in saved if str(one.arguments.get("filepath")) == path]
        return named[-1] if named else Stub(f"load_model({path!r})")

    def _often(self, event: Event) -> bool:
        """Whether enough single steps were taken by this very call."""
        key = (event.kind, event.region)
        self._taken[key] = self._taken.get(key, 0) + 1
        return self._taken[key] > MOST_REPEATED


def _of(owner: Any, name: str) -> Any:
    return getattr(owner, name, None)


def _nothing(event: Event, original: Original, model: Any, args: Any, kwargs: Any) -> Any:
    return None


def _as_written(event: Event, original: Original, owner: Any, args: Any, kwargs: Any) -> Any:
    event.ran = True
    return original(owner, *args, **kwargs)


def _are_names(arguments: Mapping[str, Any]) -> bool:
    return not any(name.isdigit() for name in arguments)


def _before(event: Event, model: Any) -> None:
    _note_variables(event, model)
    event.before = [_value(variable) for variable in event.variables]


def _note_variables(event: Event, model: Any) -> None:
    event.variables = list(model.variables) if model.built else []
    trainable = {id(variable) for variable in model.trainable_variables} if model.built else set()
    event.trainable = [id(variable) in trainable for variable in event.variables]


def _after(event: Event) -> None:
    event.after = [_value(variable) for variable in event.variables]


def _value(variable: Any) -> Any:
    """A variable's numbers as they are now; of large models the first ones do."""
    value = variable.numpy()
    return value.copy() if value.size <= MOST_NUMBERS else value.ravel()[:MOST_NUMBERS].copy()


def _build(model: Any, x: Any) -> None:
    """What `fit` would have done to a model that nobody built."""
    if not model.built and not isinstance(x, Stub) and hasattr(x, "shape") and getattr(x, "ndim", None):
        model(x[:1])


def _try_to_build(model: Any, x: Any) -> None:
    """Build a model before it trains, so that its weights are known; what keeps it from it, `fit` says."""
    with suppress(Exception):
        _build(model, x)


def _history(model: Any) -> Any:
    from collections import defaultdict
    from types import SimpleNamespace

    return SimpleNamespace(history=defaultdict(lambda: [0.0]), epoch=[0], params={}, model=model)
