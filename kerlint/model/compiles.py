"""What a model was compiled with, head by head: its losses, metrics, optimizer and learning rate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kerlint.frozen import fact
from kerlint.keras_api import names
from kerlint.model.call_sites import Argument, CallSite
from kerlint.model.facts import Model, Program, Training, exclude_each_other
from kerlint.model.heads import Head, heads
from kerlint.model.losses import Loss, Metric, entries, items, loss_of, metric_of
from kerlint.python.values import UNKNOWN, Symbol, Value


@fact
class Pair:
    """One output with what it is trained on. `metrics_known` False when there may be other metrics."""

    head: Head
    loss: Loss | None
    metrics: tuple[Metric, ...]
    metrics_known: bool


@fact
class Compiled:
    """One `compile` of one model (of one of its forms, where paths differ)."""

    training: Training
    model: Model
    pairs: tuple[Pair, ...]
    optimizer: str | None
    """The canonical name of the optimizer's class; None when not known."""
    optimizer_site: CallSite | None
    learning_rate: Value
    """UNKNOWN for schedules and what is not known."""

    @property
    def site(self) -> CallSite:
        """The call of `compile`."""
        return self.training.site

    @property
    def is_certain(self) -> bool:
        """Whether nothing unknown stood in the way of the model."""
        return self.model.connected and not self.training.site.unexpected


def compiles(program: Program) -> tuple[Compiled, ...]:
    """Every compile with the model it compiles, in order."""
    return tuple(
        compiled for event in program.trainings if event.kind == "compile" for compiled in _of(program, event)
    )


def _of(program: Program, event: Training) -> Iterator[Compiled]:
    for model in program.models:
        if model.identity == event.model and not exclude_each_other(model.path, event.path):
            made = () if has_gaps(model) else heads(model)
            yield Compiled(
                event, model, _pairs(made, event.site, program.target), *_optimizer(program, event)
            )


def has_gaps(model: Model) -> bool:
    """Whether layers that are not seen may stand between those of a Sequential: its list was joined of paths."""
    opaque = any(node.operation.kind == "opaque" or node.opaque_inputs for node in model.graph.nodes)
    return model.kind == "sequential" and not model.complete and not opaque


def _pairs(made: tuple[Head, ...], site: CallSite, target: str) -> tuple[Pair, ...]:
    losses = _spread(site.value("loss"), made, shares=True)
    argument = metrics_argument(site)
    given = UNKNOWN if argument is None else argument.value
    metrics = _spread(given, made, shares=False) if len(made) > 1 else _only(given, made)
    found = []
    for head, loss, given in zip(made, losses, metrics, strict=True):
        known, all_known = _metrics(given, target)
        found.append(Pair(head, loss_of(loss, target), known, all_known))
    return tuple(found)


def _spread(value: Value, made: tuple[Head, ...], *, shares: bool) -> tuple[Value, ...]:
    """One value for each head: by position, by name, or the same for all."""
    by_name, by_position = entries(value), items(value)
    if by_name is not None:
        return tuple(_named(by_name, head, len(made)) for head in made)
    if by_position is not None:
        return by_position if len(by_position) == len(made) else (UNKNOWN,) * len(made)
    return (value if shares or value is None else UNKNOWN,) * len(made)


def metrics_argument(site: CallSite) -> Argument | None:
    """The metrics as they are meant: the third argument was theirs in Keras 2, and is `loss_weights` now."""
    weights = site.argument("loss_weights")
    if weights is not None and site.is_omitted("metrics") and is_words(weights.value):
        return weights
    return site.argument("metrics")


def is_words(value: Value) -> bool:
    """Whether there are strings in a list, which no loss weights are."""
    return any(isinstance(item, str) for item in items(value) or ())


def _only(value: Value, made: tuple[Head, ...]) -> tuple[Value, ...]:
    """The metrics of a model with one output, which may lie in a dict or in one more list."""
    by_name, inside = entries(value), items(value)
    if by_name is not None:
        return tuple(_named(by_name, head, 1) for head in made)
    is_nested = inside is not None and len(inside) == 1 and items(inside[0]) is not None
    return ((inside[0] if inside is not None and is_nested else value),) * len(made)


def _named(by_name: Mapping[str, Value], head: Head, count: int) -> Value:
    if count == 1 and len(by_name) == 1:
        return next(iter(by_name.values()))
    return by_name.get(head.name, UNKNOWN) if head.name is not None else UNKNOWN


def _metrics(given: Value, target: str) -> tuple[tuple[Metric, ...], bool]:
    if given is None:
        return (), True
    values = items(given)
    found = [metric_of(value, target) for value in ((given,) if values is None else values)]
    known = tuple(metric for metric in found if metric is not None)
    return known, len(known) == len(found)


def _optimizer(program: Program, event: Training) -> tuple[str | None, CallSite | None, Value]:
    if event.optimizer is not None:
        site = event.optimizer.site
        return event.optimizer.symbol, site, _learning_rate(site)
    value = event.site.value("optimizer")
    if isinstance(value, str):
        return names.alias("optimizer", value, program.target), None, UNKNOWN
    return (value.dotted if isinstance(value, Symbol) else None), None, UNKNOWN


def _learning_rate(site: CallSite) -> Value:
    """The number that was given or is the default; `lr` is its former name."""
    former = [argument.value for argument in site.unexpected if argument.name == "lr"]
    rate = former[0] if former else site.value("lr" if "lr" in site.arguments else "learning_rate")
    return rate if isinstance(rate, int | float) else UNKNOWN
