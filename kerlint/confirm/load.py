"""Runs one sliced program in this process, with Keras watched, and tells what happened."""

from __future__ import annotations

import importlib
import linecache
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import ModuleType
from typing import Any

from kerlint.confirm.finishing import Finisher
from kerlint.confirm.folders import lend_generators
from kerlint.confirm.inputs import guessed_inputs, inputs_of
from kerlint.confirm.limits import Limits
from kerlint.confirm.listening import listening
from kerlint.confirm.made_up import example_for
from kerlint.confirm.marking import AGAIN, FAILED, ROUNDS, ROWS, STAND_IN, Rounds, compiled
from kerlint.confirm.recorder import Recorder
from kerlint.confirm.recording import UNKNOWN_VALUES, Raised, Recording, Replaced, Said
from kerlint.confirm.spots import Spots
from kerlint.confirm.stubs import LISTENERS, Stub
from kerlint.confirm.surroundings import replace_surroundings
from kerlint.probes import Step

_RELATIVE = re.compile(r"^\s*from\s+\.", re.MULTILINE)
MOST_SAID, SAMPLES = 500, 8

Request = Mapping[str, Any]


def load(request: Request) -> Recording:
    """Run the program of a request. Whatever it does, or fails to do, is in the recording."""
    return _Run(request).go()


class _Run:
    """One request; the wrappers on Keras stay, so a second run of it uses them too."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.keras = importlib.import_module(request["keras"])
        self.spots = Spots(request["path"], request["text"])
        self.excused: frozenset[int] = frozenset()
        self.recording = self._fresh()
        self.recorder = Recorder(self.recording, self.spots)
        self.limits = Limits(self.recorder, Step(request["step"]))
        self._prepare()

    def _fresh(self) -> Recording:
        return Recording(self.keras, self.request["text"], self.request["step"], rerun=self.again)

    def again(self, excused: frozenset[int] = frozenset()) -> Recording:
        """The program once more, with nothing left of the run before; statements in `excused` rows may fail."""
        first, self.excused = self.recording, excused
        self.keras.backend.clear_session()
        self.recording = self.recorder.recording = self._fresh()
        self.limits.forget()
        try:
            return self.go()
        finally:
            self.recording = self.recorder.recording = first
            self.excused = frozenset()

    def _prepare(self) -> None:
        path, text = self.request["path"], self.request["text"]
        lines = [f"{line}\n" for line in text.split("\n")]
        linecache.cache[path] = (len(text), None, lines, path)
        sys.path[:0] = [folder for folder in self.request["folders"] if folder not in sys.path]
        sys.argv = [path]
        LISTENERS.append(self._handed)
        if self.request["step"] != Step.CONSTRUCT:
            lend_generators(self.keras)
        replace_surroundings(self.keras, self._replaced, self.request.get("classes", 2))
        self.recorder.watch_classes(self.keras)
        self.limits.watch(self.keras)

    def _handed(self, name: str, things: list[Any]) -> None:
        objects = [one for one in things if isinstance(one, self.keras.layers.Layer)]
        if objects:
            self.recording.handed.append((name, self.recorder.order(), objects))

    def _replaced(self, name: str, why: str) -> None:
        chain = self.spots.here()
        self.recording.replaced.append(Replaced(name, why, chain[0] if chain else None))

    def go(self) -> Recording:
        """Run the program, then what calls its builders."""
        recording = self.recording
        module = ModuleType("__main__")
        module.__file__ = self.request["path"]
        if self.request["module"] and _RELATIVE.search(self.request["text"]):
            module.__package__ = self.request["module"].rpartition(".")[0]
        sys.modules["__main__"] = module
        recording.namespace = vars(module)
        self._seen, self._waiting = 0, self._flagged()
        recording.namespace |= self._marks()
        recording.namespace |= {name: Stub(name) for name in self.request["undefined"]}
        with listening(self.say):
            try:
                self._execute(recording.namespace)
                Finisher(self.recorder, self.request).finish()
            except _Enough:
                pass
            except SystemExit as error:
                if error.code not in (None, 0):
                    recording.raised = self._raised(error)
            except BaseException as error:
                recording.raised = self._raised(error)
        return recording

    def _flagged(self) -> set[Any] | None:
        """The regions that the program runs for; None where it has to run to its end."""
        regions = {tuple(finding["region"]) for finding in self.request["findings"]}
        return regions if self.request["step"] == Step.CONSTRUCT else None

    def _execute(self, namespace: dict[str, Any]) -> None:
        path, text = self.request["path"], self.request["text"]
        stand_ins = {tuple(item["region"]): index for index, item in enumerate(self.request["stand_ins"])}
        exec(compiled(text, path, stand_ins, self.excused.union(self.request["soft"])), namespace)
        regions = [tuple(finding["region"]) for finding in self.request["findings"]]
        if self.request["driver"] and not all(self.recording.reached(region) for region in regions):
            self.recording.driven = True
            exec(compile(self.request["driver"], "<driver>", "exec"), namespace)

    def _raised(self, error: BaseException) -> Raised:
        chain = self.spots.of_traceback(error.__traceback__)
        if isinstance(error, SyntaxError) and error.lineno and error.filename == self.request["path"]:
            chain = (self.spots.of_row(error.lineno),)
        return Raised(error, chain)

    def _marks(self) -> dict[str, Any]:
        rounds = Rounds(lambda: self.recorder.work)
        return {
            ROWS: self._reached,
            ROUNDS: rounds.items,
            AGAIN: lambda row: rounds.again(sys._getframe(1), row),
            STAND_IN: self._stand_in,
            FAILED: self._failed,
            "__kerlint_input__": self.keras.Input,
            "__kerlint_array__": self._array,
            "__kerlint_targets__": self._targets,
            "__kerlint_call__": self._call,
            "__kerlint_train__": self._train,
            "__kerlint_unknown__": Stub,
        }

    def _reached(self, rows: tuple[int, ...]) -> None:
        """Write rows down; at the step CONSTRUCT the program ends when all flagged calls were made."""
        if self._waiting is not None:
            self._waiting -= {made.region for made in self.recording.made[self._seen :]}
            self._seen = len(self.recording.made)
            if not self._waiting:
                raise _Enough
        self.recording.rows.update(rows)

    def _stand_in(self, index: int) -> Any:
        from kerlint.confirm.synthetic import made

        item = self.request["stand_ins"][index]
        self._replaced(item["name"], "data" if item["spec"].get("low") is not None else UNKNOWN_VALUES)
        return made(item["spec"], index)

    def _array(self, shape: tuple[int, ...], names: tuple[str, ...] = ()) -> Any:
        """Random numbers for what a driver calls, fitting the first model that it names."""
        import numpy as np

        for model in self._models(names):
            made = inputs_of(model)
            if made is not None:
                return made
        return np.random.default_rng(0).normal(size=shape).astype("float32")

    def _targets(self, names: tuple[str, ...]) -> Any:
        """Targets for the first model that a driver's function names, else zeros."""
        import numpy as np

        for model in self._models(names):
            made = example_for(model, None)
            if made is not None:
                return made[1]
        return np.zeros((SAMPLES, 1), "int32")

    def _call(self, layer: Any, shape: tuple[int, ...]) -> Any:
        """A layer or model of the driver's, called on what its layers take."""
        inputs = guessed_inputs(layer, shape)
        return None if inputs is None else layer(inputs)

    def _models(self, names: tuple[str, ...]) -> list[Any]:
        known = [self.recording.namespace.get(name) for name in names]
        return [one for one in known if isinstance(one, self.keras.Model)]

    def _train(self, model: Any) -> None:
        """A model of the driver's: compiled if need be, and trained for one step."""
        if getattr(model, "optimizer", None) is None:
            model.compile("sgd", "mse")
        example = example_for(model, None)
        if example is not None:
            model.fit(*example, verbose=0)

    def _failed(self, error: Exception, row: int, name: str, before: Callable[[], Any]) -> Any:
        """What a name stands for whose statement failed; the error itself where it is Keras's word."""
        if row in self.excused:
            return self._passed_over(error, row, name, before)
        rows = {spot[0] for spot in self.spots.of_traceback(error.__traceback__)}
        flagged = [finding["region"] for finding in self.request["findings"]]
        if any(first <= row <= last for row in rows for first, _, last, _ in flagged):
            raise error
        traceback = error.__traceback__ if self.request["step"] != Step.CONSTRUCT else None
        while traceback is not None:
            if _is_library(traceback.tb_frame.f_code.co_filename):
                raise error
            traceback = traceback.tb_next
        self._replaced(name or "a statement", f"{type(error).__name__}: {error}"[:100])
        return Stub(name)

    def _passed_over(self, error: Exception, row: int, name: str, before: Callable[[], Any]) -> Any:
        """What a name stood for before, else what the failed layer was called on.

        Of a layer that a Sequential cannot take nothing is left in it.
        """
        for made in self.recording.models:
            layers = getattr(made.object, "_layers", None)
            last = self.recording.made_of(layers[-1]) if isinstance(layers, list) and layers else None
            if not name and last is not None and last.region is not None and last.region[0] >= row:
                with suppress(Exception):
                    made.object.pop()
        try:
            return before() if name else None
        except NameError:
            given = _given(error)
            return Stub(name) if given is None else given

    def say(self, words: str, category: str) -> None:
        """Write down something that was said."""
        if len(self.recording.said) < MOST_SAID and words.strip():
            chain = self.spots.here()
            self.recording.said.append(Said(words.strip(), category, chain[0] if chain else None))


class _Enough(BaseException):
    """All that was wanted of the program has happened."""


def _given(error: BaseException) -> Any:
    """The tensor of a graph that the call was given which failed first; None where it had none."""
    traceback = error.__traceback__
    while traceback is not None:
        arguments = traceback.tb_frame.f_locals.get("args")
        for one in arguments if isinstance(arguments, tuple) else ():
            if hasattr(one, "_keras_history"):
                return one
        traceback = traceback.tb_next
    return None


def _is_library(filename: str) -> bool:
    """Whether a frame is Keras's or TensorFlow's."""
    parts = filename.split(os.sep)
    return "site-packages" in parts and any(name in parts for name in ("keras", "tf_keras", "tensorflow"))
