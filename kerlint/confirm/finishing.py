"""What the wanted step needs and the program leaves undone: a first call, a training step, reading back a file.

An error here is told of the call that made the object, for that is where the program would meet it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from types import FunctionType
from typing import Any

from kerlint.confirm.inputs import guessed_inputs
from kerlint.confirm.limits import ORDER
from kerlint.confirm.made_up import example_for
from kerlint.confirm.recorder import Recorder
from kerlint.confirm.recording import Event, Made, Raised, Recording, Spot
from kerlint.probes import Step


class Finisher:
    """Takes the objects of a program that ran to its end as far as the step says."""

    def __init__(self, recorder: Recorder, request: Mapping[str, Any]) -> None:
        self.recorder = recorder
        self.step = Step(request["step"])
        self.regions: list[Spot] = [_spot(finding["region"]) for finding in request["findings"]]

    @property
    def _recording(self) -> Recording:
        return self.recorder.recording

    def finish(self) -> None:
        """Do what is left to do, until something is refused."""
        try:
            if ORDER[self.step] >= ORDER[Step.BUILD] and self.step is not Step.DATA:
                self._call_models()
                self._call_flagged_layers()
            if ORDER[self.step] >= ORDER[Step.TRAIN]:
                self._train_models()
            if self.step is Step.SAVE:
                self._read_back()
        except _Refused as refused:
            error = refused.__cause__
            assert error is not None
            self._recording.raised = Raised(
                error, (*self.recorder.spots.of_traceback(error.__traceback__), *refused.chain), own=False
            )

    def _call_flagged_layers(self) -> None:
        for made in {id(one): one for region in self.regions for one in self._recording.at(region)}.values():
            if made.kind == "layer" and made.direct and not made.object.built:
                self._call(made)

    def _call_models(self) -> None:
        for made in self._recording.models:
            if not made.object.built:
                self._call(made)

    def _call(self, made: Made) -> None:
        inputs = guessed_inputs(made.object)
        if inputs is None:
            return
        with self._event("call", made.object, made.region, made.chain, {"inputs": inputs}) as event:
            event.result = made.object(inputs)

    def _train_models(self) -> None:
        events = self._recording.events
        compiles = {id(event.model): event for event in events if event.kind == "compile" and not event.error}
        trained = [event.model for event in events if event.trains]
        for event in compiles.values():
            if not any(event.model is one for one in trained):
                self._train(event)

    def _train(self, compiled: Event) -> None:
        model, data = compiled.model, None
        with suppress(Exception):
            data = example_for(model, compiled.arguments.get("loss"))
        if data is None:
            return
        arguments = {"x": data[0], "y": data[1]}
        with self._event("train_on_batch", model, compiled.region, compiled.chain, arguments) as event:
            event.variables = list(model.variables)
            trainable = [id(variable) for variable in model.trainable_variables]
            event.trainable = [id(variable) in trainable for variable in event.variables]
            event.before = [variable.numpy().copy() for variable in event.variables]
            event.result = model.train_on_batch(*data)
            event.after = [variable.numpy().copy() for variable in event.variables]

    def _read_back(self) -> None:
        events = list(self._recording.events)
        if any(event.kind == "load_model" for event in events):
            return
        for saved in events:
            path = saved.arguments.get("filepath")
            if saved.kind == "save" and saved.ran and isinstance(path, str) and os.path.exists(path):
                keras = self._recording.keras
                with self._event("load_model", None, saved.region, saved.chain, {"filepath": path}) as event:
                    event.model = event.result = keras.models.load_model(
                        path, custom_objects=self._own_names()
                    )

    def _own_names(self) -> dict[str, Any]:
        """The program's classes and functions, which a program that reads its file back must give."""
        named = self._recording.namespace.items()
        return {name: value for name, value in named if isinstance(value, type | FunctionType)}

    def _event(
        self, kind: str, model: Any, region: Spot | None, chain: tuple[Spot, ...], arguments: dict[str, Any]
    ) -> _Doing:
        event = Event(kind, model, region, chain, self.recorder.order(), arguments, ran=True, own=False)
        self._recording.events.append(event)
        return _Doing(event)


class _Refused(Exception):
    """Keras refused; the cause is its own error."""

    def __init__(self, chain: tuple[Spot, ...]) -> None:
        super().__init__()
        self.chain = chain


class _Doing:
    """An event that is under way; what it raises ends the finishing."""

    def __init__(self, event: Event) -> None:
        self.event = event

    def __enter__(self) -> Event:
        return self.event

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if error is not None:
            self.event.error = error
            raise _Refused(self.event.chain) from error


def _spot(region: Any) -> Spot:
    return (region[0], region[1], region[2], region[3])
