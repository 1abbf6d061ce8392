"""How two models are trained: compile, fit, seeds, and the objects that both use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kerlint.diff.compare import Difference
from kerlint.diff.feeding import compare_feeding
from kerlint.diff.settings import Setting
from kerlint.diff.values import Opaque, Verdict, canonical, compare
from kerlint.findings import Location
from kerlint.keras_api import names
from kerlint.model.call_sites import Argument, CallSite
from kerlint.model.data.arrays import ArrayValue
from kerlint.model.entry import ASKED
from kerlint.model.facts import LibraryObject, Model, Program, Training
from kerlint.model.losses import loss_of
from kerlint.python.values import Unknown, Value

_UNTOLD = frozenset(["verbose", "callbacks", "name"])
_DATA = frozenset(["x", "y", "validation_data", "sample_weight", "generator"])


@dataclass(frozen=True, slots=True)
class Side:
    """What a program does with one model."""

    program: Program
    model: Model
    wanted: str | None = None
    """By what name the model was asked for."""
    forms: int = 1
    """How many models that name stands for, by conditions that are not known."""

    @property
    def label(self) -> str:
        """What the model is called."""
        return self.wanted or self.model.label

    @property
    def location(self) -> Location:
        """Where the model is made; the file, where it is made for the question only."""
        found = self.model.place.location
        return replace(found, filename=self.program.filename) if found.filename == ASKED else found

    def last(self, *kinds: str) -> Training | None:
        """The last training of these kinds."""
        events = [one for one in self.program.trainings_of(self.model.identity) if one.kind in kinds]
        return events[-1] if events else None


@dataclass(frozen=True, slots=True)
class Trained:
    """The differences in training, and what is worth a note."""

    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = field(default=())


def compare_training(left: Side, right: Side) -> Trained:
    """Compile against compile and fit against fit, the last of each."""
    found = [*_compiles(left, right), *_fits(left, right)]
    return Trained(tuple(found), tuple(_notes(left, right)))


def _compiles(left: Side, right: Side) -> Iterator[Difference]:
    mine, theirs = (side.last("compile") or side.last("apply_gradients") for side in (left, right))
    if mine is None or theirs is None:
        if (mine is None) != (theirs is None) and left.program is right.program:
            yield Difference("compile", words=f"only {(left if mine else right).label} is compiled")
        return
    yield from _optimizers(left, right, mine, theirs)
    if mine.kind != theirs.kind:
        return
    yield from _settings("compile", _compile_settings(left, mine), _compile_settings(right, theirs))


def _compile_settings(side: Side, event: Training) -> dict[str, Setting]:
    target = side.program.target
    found = {name: _setting(argument) for name, argument in _given(event.site).items() if name != "optimizer"}
    loss = event.site.argument("loss")
    known = loss_of(loss.value, target) if loss is not None else None
    if loss is not None and known is not None:
        logits = " (from_logits)" if known.from_logits is True else ""
        found["loss"] = Setting(f"{known.word}{logits}", str(loss.origin), loss.place)
    return found


def _optimizers(left: Side, right: Side, mine: Training, theirs: Training) -> Iterator[Difference]:
    one, other = _optimizer(left, mine), _optimizer(right, theirs)
    yield from _settings("compile", one, other)


def _optimizer(side: Side, event: Training) -> dict[str, Setting]:
    """The class and the arguments of the optimizer; only the class where a string names it."""
    argument = event.site.argument("optimizer")
    if event.optimizer is not None:
        made = event.optimizer
        own = {name: _setting(one) for name, one in made.site.arguments.items() if name != "name"}
        origin = str(argument.origin) if argument is not None else "written"
        return {"optimizer": Setting(_short(made.symbol), origin, made.place), **own}
    if argument is None:
        return {}
    value = argument.value
    if isinstance(value, str):
        found = names.alias("optimizer", value, side.program.target) or value
        return {"optimizer": Setting(_short(found), str(argument.origin), argument.place)}
    return {"optimizer": _setting(argument)}


def _short(dotted: str) -> str:
    return dotted.rpartition(".")[2]


def _fits(left: Side, right: Side) -> Iterator[Difference]:
    kinds = ("fit", "train_on_batch", "apply_gradients")
    mine, theirs = left.last(*kinds), right.last(*kinds)
    if mine is None or theirs is None:
        return
    yield from compare_feeding(mine, theirs)
    if mine.kind != theirs.kind:
        words = f"{left.label} is trained by {_how(mine)}, {right.label} by {_how(theirs)}"
        yield Difference("fit", words=words)
        return
    one = {name: _setting(found) for name, found in _given(mine.site).items()}
    other = {name: _setting(found) for name, found in _given(theirs.site).items()}
    yield from _settings("fit", one, other)


def _how(event: Training) -> str:
    return "a loop of its own (apply_gradients)" if event.kind == "apply_gradients" else f"{event.kind}()"


def _given(site: CallSite) -> Mapping[str, Argument]:
    return {name: one for name, one in site.arguments.items() if name not in _UNTOLD}


def _setting(argument: Argument) -> Setting:
    """An argument by its value; data that is not known by the words that were written."""
    return Setting(_told(argument), str(argument.origin), argument.place)


def _told(argument: Argument) -> object:
    value = canonical(argument.value)
    if not isinstance(argument.value, Unknown | ArrayValue | tuple) or argument.text is None:
        return value
    is_data = argument.name in _DATA or isinstance(argument.value, ArrayValue)
    return Opaque(" ".join(argument.text.split()), _serial(argument.value)) if is_data else value


def _serial(value: Value) -> int:
    serial = getattr(value, "serial", 0)
    return serial if isinstance(serial, int) else 0


def _settings(kind: str, left: Mapping[str, Setting], right: Mapping[str, Setting]) -> Iterator[Difference]:
    for name in dict.fromkeys([*left, *right]):
        mine, theirs = left.get(name), right.get(name)
        if mine is None or theirs is None:
            continue
        if compare(mine.value, theirs.value) is Verdict.DIFFERENT or _reads_otherwise(mine, theirs):
            yield Difference(kind, None, None, name, mine, theirs)


def _reads_otherwise(left: Setting, right: Setting) -> bool:
    """Whether data is named by different words: `x_train` against `x_small`."""
    mine, theirs = left.value, right.value
    return isinstance(mine, Opaque) and isinstance(theirs, Opaque) and mine.name != theirs.name


def _notes(left: Side, right: Side) -> Iterator[str]:
    yield from _shared(left, right)
    trained = [side for side in (left, right) if side.last("fit", "train_on_batch", "apply_gradients")]
    seeded = [side for side in trained if side.program.seeds]
    if trained and not seeded:
        yield "no seed is set: the initial weights and the order of the data differ from run to run"
    elif len(trained) == 2 and len(seeded) == 1:
        yield f"only {seeded[0].label} is trained with a seed"


def _shared(left: Side, right: Side) -> Iterator[str]:
    """Objects with a state of their own that both models get."""
    if left.program is not right.program:
        return
    mine, theirs = _optimizer_object(left), _optimizer_object(right)
    if mine is not None and theirs is not None and mine.identity == theirs.identity:
        name = mine.variable or _short(mine.symbol)
        yield (
            f"both are compiled with one optimizer object ({name}, {mine.place.location.words}):"
            " its state goes from one training into the other, give each its own"
        )
    known = {one.identity: one for one in _callbacks(left)}
    for callback in _callbacks(right):
        if callback.identity in known:
            yield (
                f"both are trained with one callback object ({callback.variable or _short(callback.symbol)}):"
                " what it has seen of one it takes into the other, give each its own"
            )


def _optimizer_object(side: Side) -> LibraryObject | None:
    event = side.last("compile")
    return event.optimizer if event is not None else None


def _callbacks(side: Side) -> list[LibraryObject]:
    given = [one for fit in side.program.fits if fit.model == side.model.identity for one in fit.callbacks]
    numbers = {one.identity for one in given}
    return [one for one in side.program.objects if one.identity in numbers]
