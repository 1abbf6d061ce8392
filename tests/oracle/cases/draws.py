"""What the cases of all families are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..keras_side import Nested

Draw = SearchStrategy[Any]


@dataclass(frozen=True)
class Case:
    """How to draw one layer's configurations.

    `required` arguments are always drawn, `optional` ones half of the time. `shapes` draws all input
    shapes; `call` is how they are handed over: `spread` as positional arguments, `list` as one list,
    `input` not at all. `vague` layers depend on what happens elsewhere (`adapt`), so that kerlint may
    leave extents open even when it knows all arguments.
    """

    required: Mapping[str, Draw]
    optional: Mapping[str, Draw]
    shapes: Draw
    dtype: str = "float32"
    call: str = "spread"
    vague: bool = False


def mostly(usual: Draw, *faulty: Any) -> Draw:
    """Draws from `usual`, once in a while one of the faulty values."""
    return st.integers(0, 14).flatmap(lambda n: st.sampled_from(faulty) if n == 14 else usual)


batch = st.sampled_from([None, None, None, 2])
size = st.one_of(st.integers(1, 12), st.none())
channels = mostly(st.integers(1, 6), None)
flag = st.booleans()
data_format = mostly(st.sampled_from([None, "channels_last", "channels_last", "channels_first"]), "NHWC")
activation = mostly(st.sampled_from([None, "relu", "tanh", "swish", "linear"]), "rleu", 3)
initializer = mostly(st.sampled_from(["zeros", "ones", "he_normal", "GlorotUniform"]), "glorot")
regularizer = mostly(st.sampled_from([None, "l2", "L1"]), "l3")
trainable = mostly(flag, 1)
units = mostly(st.integers(1, 8), 0, -3, 2.5, "8", None)
axis = mostly(st.integers(-2, 2), 7)


def shape(*dims: Draw) -> Draw:
    """One shape with a batch axis before `dims`."""
    return st.tuples(batch, *dims)


def one(strategy: Draw) -> Draw:
    """A single input."""
    return st.tuples(strategy)


def spatial(rank: int, last: Draw = channels, extent: Draw = size) -> Draw:
    """Shapes of `rank` spatial axes and channels; once in a while of another rank."""
    right = shape(*[extent] * rank, last)
    wrong = st.one_of(shape(*[extent] * (rank + 1), last), shape(*[extent] * (rank - 1), last))
    return st.integers(0, 14).flatmap(lambda n: wrong if n == 14 else right)


def any_rank(least: int = 1, most: int = 4, last: Draw = channels) -> Draw:
    """Shapes of `least` to `most` axes after the batch axis."""
    return st.integers(least, most).flatmap(lambda n: shape(*[size] * (n - 1), last))


def tuple_or_int(rank: int, item: Draw, *faulty: Any) -> Draw:
    """An integer, or a tuple of `rank` of them; once in a while a tuple that is too long."""
    right = st.one_of(item, st.tuples(*[item] * rank))
    return mostly(right, (1,) * (rank + 1), 0, -1, *faulty)


def conv(rank: int) -> dict[str, Draw]:
    """The optional arguments that all convolutions of a rank take."""
    return {
        "strides": tuple_or_int(rank, st.integers(1, 3)),
        "padding": mostly(st.sampled_from(["valid", "same", "SAME"]), "full", "causal"),
        "data_format": data_format,
        "dilation_rate": tuple_or_int(rank, st.integers(1, 2)),
        "activation": activation,
        "use_bias": flag,
        "bias_initializer": initializer,
        "bias_regularizer": regularizer,
        "activity_regularizer": regularizer,
        "trainable": trainable,
    }


def kernel(rank: int) -> Draw:
    """The kernel sizes of a rank."""
    return tuple_or_int(rank, st.integers(1, 4), None, "3")


filters = mostly(st.sampled_from([1, 2, 3, 4, 6, 8]), 0, -1)
lora = mostly(st.none(), 1, 2)


def nested(layer: str, **arguments: Draw) -> Draw:
    """A layer within a layer."""
    return st.builds(
        lambda **drawn: Nested(layer, tuple(drawn.items())),
        **arguments,
    )


small = st.integers(1, 5)
timed = st.one_of(
    nested("Dense", units=small, use_bias=flag, trainable=flag),
    nested("Conv2D", filters=small, kernel_size=small, padding=st.sampled_from(["valid", "same"])),
    nested("Flatten"),
    nested("BatchNormalization"),
    nested("Dropout", rate=st.floats(0, 1)),
)
sides = st.integers(1, 9)
