"""How a finding can be settled by really building the model: plain data, declared in the rule's file.

A probe says how far to go (`Step`) and what then shows that the rule is right (`Raises`, `Warns`, `Resolves`,
`CompiledAs` or `Holds`). It names no library and runs nothing: confirmation interprets it in one place, in a child process.
"""

from __future__ import annotations

from enum import StrEnum

from kerlint.frozen import record


class Step(StrEnum):
    """How far the flagged program is taken, each step after those before it."""

    CONSTRUCT = "construct"
    """The flagged call alone, or the layers and objects that it needs."""
    BUILD = "build"
    """The model, with its weights, on inputs of the inferred shapes."""
    CALL = "call"
    """One forward pass on generated inputs."""
    COMPILE = "compile"
    TRAIN = "train"
    """One training step of every training that the finding names, in the program's order."""
    EPOCH = "epoch"
    """One epoch of one batch with the program's callbacks: logs and histories exist after it."""
    SAVE = "save"
    """Save the model into an empty folder and load it again."""
    DATA = "data"
    """Iterate a small stand-in of the data pipeline; no model is needed."""


class Property(StrEnum):
    """What can be measured on the real objects, where nothing is raised and nothing is said."""

    AFFINE = "affine"
    """The part from the flagged layer to the next one with weights is an affine map."""
    POOLING_ALONE = "pooling-alone"
    """The same, when max pooling between the two is left out."""
    CONSTANT_OUTPUT = "constant-output"
    """The output is the same whatever goes in."""
    BOUNDED_OUTPUT = "bounded-output"
    """The output cannot leave the range of its activation."""
    UNCHANGED_WEIGHTS = "unchanged-weights"
    """Weights that should train are what they were before the step."""
    WILD_STEP = "wild-step"
    """One step moves weights by more than their own size, or away from the minimum."""
    DROPS_MOST = "drops-most"
    """In training, nearly all of what goes into the flagged layer is dropped."""
    OUTPUT_DISTURBED = "output-disturbed"
    """The flagged layer changes what the last layer with weights gives, and none comes after it."""
    TRAINABLE_IGNORED = "trainable-ignored"
    """What a training moved is not what was trainable when its model was compiled, or is now."""
    HANDED_ON = "handed-on"
    """What went on from one training to the next: the weights of the first are where the second begins."""
    UNCHANGED_STATISTICS = "unchanged-statistics"
    """Moving statistics are what they were, or no unit was dropped."""
    EQUAL_WEIGHTS = "equal-weights"
    """Weights of two layers that should differ are equal."""
    EQUAL_UNITS = "equal-units"
    """The units of a hidden layer begin with equal weights."""
    DIFFERENT_WEIGHTS = "different-weights"
    """Two builds under the program's own seeds differ."""
    MISSING_WEIGHTS = "missing-weights"
    """A variable of the program is not among the weights of its model."""
    SHARED_OBJECT = "shared-object"
    """The places that the finding names hold one object."""
    STATE_KEPT = "state-kept"
    """A callback that remembers, or its file, serves the trainings of two models."""
    LOSS_NOT_FINITE = "loss-not-finite"
    LOSS_WITHOUT_GRADIENT = "loss-without-gradient"
    """The loss is constant, or has no gradient, in what should train."""
    KEY_MISSING = "key-missing"
    """The key is not among those of the logs."""
    NEVER_ACTS = "never-acts"
    """The callback's settings rule out that it acts as meant: its mode, its patience."""
    WINDOW_WASTED = "window-wasted"
    """The window covers padding alone, steps over cells, or the flattened map is huge."""
    EDGES_LOST = "edges-lost"
    """The flagged window cuts the edges of its map off, and another of the model keeps them."""
    MAP_LEFT = "map-left"
    """What leaves the flagged dense layer is a map still, and reaches the output or a Flatten so."""
    STEPS_DIFFER = "steps-differ"
    """The training asks for more steps than its data has, or the data never ends."""
    STATES_MIXED = "states-mixed"
    """A training shuffles samples, or batches them otherwise, than a stateful layer keeps its states for."""
    SQUEEZED = "squeezed"
    """The flagged activation works on what another squeezed before, or hides what the next layer needs."""
    ROWS_MISSING = "rows-missing"
    """Ids that reach the flagged embedding are beyond its last row."""
    SETTING_IGNORED = "setting-ignored"
    """The flagged attribute of an optimizer can be set, and changes no learning rate."""
    ARGUMENT_IGNORED = "argument-ignored"
    """The flagged argument of a training changes nothing for the data that it gets."""
    MISPLACED = "misplaced"
    """The flagged call gives an argument that stands where another belongs."""
    LOST_ON_LOADING = "lost-on-loading"
    """An object of the flagged class is another after it was saved and loaded."""
    SHAPE_DIFFERS = "shape-differs"
    """The shapes that the finding compares are not the same."""
    RANGE_DIFFERS = "range-differs"
    """Values that reach the first layer with weights lie outside the range that it was made for."""
    ITEMS_SHARED = "items-shared"
    """Items of one split come up in the other."""
    ORDER_DIFFERS = "order-differs"
    """Two passes over the data come in different orders."""
    NOT_REPEATABLE = "not-repeatable"
    """Two calls that should be equal differ."""
    UNUSED = "unused"
    """What the finding names is not part of the built model."""


@record
class Raises:
    """An exception at or before the step, with these words in it."""

    words: str
    own: bool = False
    """Whether a call or step that is made for the probe does not count: its data are made up."""
    unaided: bool = False
    """Whether calling a function that the program itself never calls does not count either."""
    anywhere: bool = False
    """Whether the words alone tie it to the finding, wherever in the program it is raised."""


@record
class Warns:
    """A warning or a line on the standard error at or before the step, with these words in it."""

    words: str


class Given(StrEnum):
    """How the flagged call came to the argument behind an attribute."""

    ANYHOW = "anyhow"
    OMITTED = "omitted"
    """Not given, or given as None: the value is the default's."""
    BY_POSITION = "by-position"


@record
class Resolves:
    """An attribute of the flagged object that has this value, given as Python text.

    `to` may name another attribute of the same object (`pool_size`), or be a literal (`None`).
    """

    attribute: str
    to: str
    given: Given = Given.ANYHOW


@record
class CompiledAs:
    """A compiled model whose loss, output and metrics are such, all of them as Keras resolved them.

    Empty and None stand for any. Losses and metrics are named by their function (`mean_squared_error`),
    heads by the activation that the output went through last.
    """

    losses: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    from_logits: bool | None = None
    metrics: tuple[str, ...] = ()
    units: int | None = None
    several: bool = False
    """Whether the output has more than one unit."""
    one_hot: bool | None = None
    """Whether the targets are rows of one."""


@record
class Holds:
    """A property that is measured."""

    what: Property


Expectation = Raises | Warns | Resolves | CompiledAs | Holds


@record
class Probe:
    """One experiment: take the program to `step`; any of `expects` confirms the finding, none refutes it."""

    step: Step
    expects: tuple[Expectation, ...]

    @property
    def is_decisive(self) -> bool:
        """Whether a refuted finding is wrong: all that it claims is what Keras raises, or resolves a value to.

        A measurement of one step may miss what training shows, and a warning may be said later.
        """
        return all(isinstance(one, Raises | Resolves) for one in self.expects)


@record
class Unconfirmable:
    """Nothing that could be built or run would settle the finding, and why."""

    reason: str
