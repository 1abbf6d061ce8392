"""Random layers for random programs: the text of a layer, and the shape it makes of one without batch axis."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Extents = tuple[int, ...]
Layer = tuple[str, Extents]
"""The constructor call as written, and the shape that comes out."""
Maker = Callable[[Random, Extents], Layer | None]

ACTIVATIONS = ("relu", "tanh", "elu", "swish", "sigmoid", "linear")


def _one_of(random: Random, *options: str) -> str:
    return random.choice(options)


def _options(random: Random, *options: str) -> str:
    """Some of the given keyword arguments, as the rest of an argument list."""
    return "".join(f", {option}" for option in options if random.random() < 0.3)


def _same(size: int, stride: int) -> int:
    return -(-size // stride)


def _valid(size: int, kernel: int, stride: int) -> int:
    return (size - kernel) // stride + 1


def _convolution(random: Random, shape: Extents) -> Layer | None:
    rank = len(shape) - 1
    name = {1: "Conv1D", 2: "Conv2D", 3: "Conv3D"}.get(rank)
    if name is None:
        return None
    kernel, stride, filters = (
        random.choice((1, 2, 3, 5)),
        random.choice((1, 1, 1, 2)),
        random.choice((2, 4, 6)),
    )
    same = random.random() < 0.6 or min(shape[:-1]) < kernel
    spatial = [_same(n, stride) if same else _valid(n, kernel, stride) for n in shape[:-1]]
    text = f"{name}({filters}, {kernel}, strides={stride}" if stride > 1 else f"{name}({filters}, {kernel}"
    text += ', padding="same"' if same else ""
    text += _options(random, f'activation="{random.choice(ACTIVATIONS)}"', "use_bias=False")
    return text + ")", (*spatial, filters)


def _separable(random: Random, shape: Extents) -> Layer | None:
    if len(shape) != 3:
        return None
    height, width, channels = shape
    if random.random() < 0.5:
        return f'SeparableConv2D({channels + 1}, 3, padding="same")', (height, width, channels + 1)
    times = random.choice((1, 2))
    text = f'DepthwiseConv2D(3, padding="same", depth_multiplier={times})'
    return text, (height, width, channels * times)


def _transposed(random: Random, shape: Extents) -> Layer | None:
    if len(shape) not in (2, 3) or max(shape) > 40:
        return None
    rank, filters = len(shape) - 1, random.choice((3, 5))
    text = f'Conv{rank}DTranspose({filters}, 3, strides=2, padding="same")'
    return text, (*(2 * n for n in shape[:-1]), filters)


def _pool(random: Random, shape: Extents) -> Layer | None:
    rank = len(shape) - 1
    if rank not in (1, 2) or min(shape[:-1]) < 4:
        return None
    kind, size = random.choice(("Max", "Average")), random.choice((2, 3))
    if random.random() < 0.4:
        text = f'{kind}Pooling{rank}D({size}, strides=1, padding="same")'
        return text, shape
    return f"{kind}Pooling{rank}D({size})", (*(_valid(n, size, size) for n in shape[:-1]), shape[-1])


def _global_pool(random: Random, shape: Extents) -> Layer | None:
    rank = len(shape) - 1
    if rank not in (1, 2):
        return None
    return f"Global{random.choice(('Max', 'Average'))}Pooling{rank}D()", shape[-1:]


def _pointwise(random: Random, shape: Extents) -> Layer | None:
    text = random.choice(
        (
            "BatchNormalization()",
            f"BatchNormalization(scale={random.random() < 0.5}, center={random.random() < 0.5})",
            "LayerNormalization()",
            f"Dropout({random.choice((0.1, 0.5))})",
            f'Activation("{random.choice(ACTIVATIONS)}")',
            "ReLU()",
            "LeakyReLU()",
            "PReLU()",
            "GaussianNoise(0.1)",
            "Softmax()",
            "Rescaling(0.5, offset=-1)",
            "UnitNormalization()",
        )
    )
    return text, shape


def _dense(random: Random, shape: Extents) -> Layer | None:
    units = random.choice((3, 5, 8))
    activation = f'activation="{random.choice(ACTIVATIONS)}"'
    return f"Dense({units}{_options(random, activation, 'use_bias=False')})", (*shape[:-1], units)


def _flatten(random: Random, shape: Extents) -> Layer | None:
    size = 1
    for extent in shape:
        size *= extent
    return ("Flatten()", (size,)) if len(shape) > 1 and size < 3000 else None


def _reshape(random: Random, shape: Extents) -> Layer | None:
    if len(shape) == 3:
        return f"Reshape(({shape[0] * shape[1]}, {shape[2]}))", (shape[0] * shape[1], shape[2])
    if len(shape) == 2:
        return "Permute((2, 1))", (shape[1], shape[0])
    if random.random() < 0.5:
        return f"RepeatVector({(count := random.choice((2, 4)))})", (count, shape[0])
    return "Reshape((-1, 1))", (shape[0], 1)


def _padding(random: Random, shape: Extents) -> Layer | None:
    if len(shape) != 3:
        return None
    height, width, channels = shape
    if random.random() < 0.4:
        return "ZeroPadding2D(((1, 0), (2, 1)))", (height + 1, width + 3, channels)
    if min(height, width) > 4 and random.random() < 0.5:
        return "Cropping2D(1)", (height - 2, width - 2, channels)
    if max(height, width) > 30:
        return None
    return 'UpSampling2D(2, interpolation="bilinear")', (2 * height, 2 * width, channels)


def _recurrent(random: Random, shape: Extents) -> Layer | None:
    if len(shape) != 2:
        return None
    units, sequences = random.choice((2, 3)), random.random() < 0.5
    cell = _one_of(random, "LSTM", "GRU", "SimpleRNN")
    text = f"{cell}({units}{', return_sequences=True' if sequences else ''})"
    width = units
    if random.random() < 0.4:
        text, width = f"Bidirectional(layers.{text})", 2 * units
    return text, (shape[0], width) if sequences else (width,)


def _distributed(random: Random, shape: Extents) -> Layer | None:
    return ("TimeDistributed(layers.Dense(4))", (*shape[:-1], 4)) if len(shape) in (2, 3) else None


MAKERS: tuple[Maker, ...] = (
    _convolution,
    _convolution,
    _separable,
    _transposed,
    _pool,
    _global_pool,
    _pointwise,
    _pointwise,
    _dense,
    _flatten,
    _reshape,
    _padding,
    _recurrent,
    _distributed,
)


def random_layer(random: Random, shape: Extents) -> Layer:
    """A layer that takes tensors of this shape."""
    while True:
        made = random.choice(MAKERS)(random, shape)
        if made is not None and all(extent > 0 for extent in made[1]):
            return made


def keeping_layer(random: Random, shape: Extents) -> str:
    """A layer that gives back the shape it takes."""
    if len(shape) == 3 and random.random() < 0.7:
        kind = random.choice(("Conv2D", "SeparableConv2D"))
        return f'{kind}({shape[-1]}, 3, padding="same")'
    if random.random() < 0.5:
        return f"Dense({shape[-1]})"
    made = _pointwise(random, shape)
    assert made is not None
    return made[0]
