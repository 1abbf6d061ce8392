"""What the rules on losses, metrics and heads have in common: pairs to judge, places, words, small edits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerlint.catalog import Suggestion
from kerlint.findings import Confidence
from kerlint.model.call_sites import Argument, Origin
from kerlint.model.compiles import Compiled, Pair, metrics_argument
from kerlint.model.facts import Model, Program
from kerlint.model.heads import Applied, Head, core
from kerlint.model.losses import Loss, Metric
from kerlint.model.questions import once_a_program
from kerlint.python.values import Symbol
from kerlint.source import Place, SourceEdit

ADVERSARIAL = re.compile(r"disc|critic|gan(?![a-z])|adversar|judge|generat", re.IGNORECASE)
RECONSTRUCTING = re.compile(
    r"auto_?enc|(^|_)v?ae($|_|\d)|decod|reconstr|denois|unet|inpaint|super_?res", re.IGNORECASE
)

ONLY_ACCURACY = re.compile(r"""\[\s*(['"])(accuracy|acc|Accuracy)\1\s*,?\s*\]""")


@once_a_program
def pairs(program: Program) -> Iterator[tuple[Compiled, Pair]]:
    """Every output of every compiled model with its compile."""
    for compiled in program.compiles:
        for pair in compiled.pairs:
            yield compiled, pair


def confidence_of(compiled: Compiled) -> Confidence:
    """Certain where nothing about the compile and its model was taken on trust."""
    return Confidence.CERTAIN if compiled.is_certain else Confidence.LIKELY


def place_of(compiled: Compiled, name: str) -> Place:
    """Where an argument of `compile` was written, else the call."""
    site = compiled.site
    found = metrics_argument(site) if name == "metrics" else site.argument(name)
    return found.place if found is not None and found.place is not None else compiled.site.place


def head_place(head: Head) -> Place | None:
    """Where the layer with the head's weights was constructed."""
    return None if head.weights is None else head.weights.operation.place or head.weights.place


def activation_place(applied: Applied) -> Place | None:
    """Where the layer or operation that applies an activation was constructed."""
    return applied.node.operation.place or applied.node.place


def related(*pairs: tuple[Place | None, str]) -> tuple[tuple[Place, str], ...]:
    """The pairs that have a place."""
    return tuple((place, words) for place, words in pairs if place is not None)


def shown(item: Loss | Metric) -> str:
    """A loss or metric as the user wrote it."""
    if isinstance(item.written, str):
        return f'"{item.written}"'
    if item.site is not None:
        return item.site.symbol.rpartition(".")[2]
    return item.written.name if isinstance(item.written, Symbol) else item.word


def head_name(head: Head) -> str:
    """A head in a few words: `Dense(3, softmax)` or `the output`."""
    if head.weights is None:
        return "the output"
    made = core(head.weights.operation)
    width = head.units
    inside = [str(width)] if isinstance(width, int) else []
    if isinstance(head.activation, str):
        inside.append(head.activation)
    return f"{made.cls}({', '.join(inside)})"


def is_part(program: Program, model: Model) -> bool:
    """Whether a model is used inside another one: a discriminator, an encoder."""
    return any(
        node.operation.identity == model.identity
        for other in program.models
        for node in other.graph.nodes
        if other.identity != model.identity
    )


def is_adversarial(program: Program, model: Model) -> bool:
    """Whether a model looks like one side of a GAN: part of another model, or called so."""
    words = " ".join(filter(None, (model.variable, model.name, model.cls, model.builder)))
    return is_part(program, model) or ADVERSARIAL.search(words) is not None


def is_reconstruction(program: Program, model: Model) -> bool:
    """Whether a model is trained to give back its inputs, by its name or by what it is fitted on."""
    words = filter(None, (model.variable, model.name, model.cls, model.builder))
    return any(RECONSTRUCTING.search(word) for word in words) or any(
        _same_text(event.site.argument("x"), event.site.argument("y"))
        for event in program.trainings_of(model.identity)
        if event.kind in ("fit", "train_on_batch")
    )


def _same_text(left: Argument | None, right: Argument | None) -> bool:
    return left is not None and right is not None and left.text is not None and left.text == right.text


def is_one_hot(program: Program) -> bool:
    """Whether the program makes one-hot targets and trains one model: each sample has one class."""
    models = {compiled.model.place for compiled in program.compiles}
    return len(models) == 1 and any(call.symbol == "keras.utils.to_categorical" for call in program.calls)


def rewording(argument: Argument | None, old: str, new: str, *, title: str) -> Suggestion | None:
    """A fix that writes another word in place of a string literal; None where it is no such literal."""
    edit = _reworded(argument, old, new)
    return None if edit is None else Suggestion(title, (edit,), safe=False)


def replacing_only_metric(compiled: Compiled, new: str) -> Suggestion | None:
    """A fix that writes another metric where an accuracy is the only one, as a literal."""
    argument = metrics_argument(compiled.site)
    text = argument.text if argument is not None else None
    found = ONLY_ACCURACY.fullmatch(text) if text is not None else None
    if found is None or argument is None or argument.place is None:
        return None
    edit = argument.place.replacing(f"[{found[1]}{new}{found[1]}]")
    return Suggestion(f"write {new}", (edit,), safe=False)


def _reworded(argument: Argument | None, old: str, new: str) -> SourceEdit | None:
    if argument is None or argument.origin is not Origin.WRITTEN or argument.place is None:
        return None
    for quote in ("'", '"'):
        if argument.text == f"{quote}{old}{quote}":
            return argument.place.replacing(f"{quote}{new}{quote}")
    return None
