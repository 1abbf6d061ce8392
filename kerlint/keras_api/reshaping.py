"""Layers that move, repeat, pad or cut elements."""

from __future__ import annotations

from collections.abc import Callable

from kerlint.keras_api.convolution import image, split
from kerlint.keras_api.dims import add, as_dim, as_dims, is_size, multiply, show, size_of
from kerlint.keras_api.layer_rule import DATA_FORMATS, Config, ConfigError, LayerRule, one
from kerlint.keras_api.resolve import is_plain, require_positive, set_tuples, standard_tuple
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, ShapeError, UnknownDim
from kerlint.keras_api.sizes import SizeDim
from kerlint.python.values import UNKNOWN, Value, is_known


def _flatten(config: Config, shape: Shape) -> Shape:
    return (shape[0], size_of(shape[1:]))


def reshape(shape: Shape, target: tuple[Dim, ...], name: str = "target_shape") -> Shape:
    """`shape` laid out as `target`, where -1 stands for what remains.

    A free extent on either side leaves -1 free. Raises ShapeError when the sizes cannot agree.
    """
    complaint = f"The total size of the tensor must be unchanged. Received: input_shape={show(shape)}, "
    size, rest = size_of(shape), size_of(dim for dim in target if dim != -1)
    if size is None or rest is None:
        return tuple(None if dim == -1 else dim for dim in target)
    if is_size(size) and is_size(rest):
        if (-1 not in target and size != rest) or (-1 in target and (rest == 0 or size % rest)):
            raise ShapeError(complaint + f"{name}={show(target)}")
        return tuple(size // rest if dim == -1 else dim for dim in target)
    return tuple(UNKNOWN_DIM if dim == -1 else dim for dim in target)


def _reshape(config: Config, shape: Shape) -> Shape | None:
    target = config["target_shape"]
    if not isinstance(target, tuple):
        return None
    return (shape[0], *reshape(shape[1:], tuple(None if item is None else as_dim(item) for item in target)))


def _configure_reshape(config: dict[str, Value]) -> None:
    target = config.get("target_shape", UNKNOWN)
    if is_plain(target):
        raise ConfigError(f"`target_shape` must be a tuple. Received: target_shape={target}")
    sizes = [item for item in target if is_size(item)] if isinstance(target, tuple) else []
    if any(size < -1 for size in sizes):
        raise ConfigError(
            "Each dimension in `target_shape` must be a non-negative integer, or `-1` for a single unknown "
            f"dimension. Received: target_shape={target}."
        )
    if sizes.count(-1) > 1:
        raise ConfigError(
            f"There must be at most one unknown dimension (-1) in `target_shape`. Received: target_shape={target}."
        )


def _permute(config: Config, shape: Shape) -> Shape | None:
    dims = config["dims"]
    if not isinstance(dims, tuple):
        return None
    return (shape[0], *(shape[dim] if is_size(dim) else UNKNOWN_DIM for dim in dims))


def _permute_rank(config: Config) -> int | None:
    return len(config["dims"]) + 1 if isinstance(config["dims"], tuple) else None


def _configure_permute(config: dict[str, Value]) -> None:
    dims = config.get("dims", UNKNOWN)
    if isinstance(dims, tuple):
        if not all(is_known(dim) for dim in dims):
            return
        if all(is_size(dim) for dim in dims) and sorted(dims) == list(range(1, len(dims) + 1)):
            return
    if isinstance(dims, tuple) or is_plain(dims):
        raise ConfigError(
            "Invalid permutation argument `dims` for Permute Layer. The set of indices in `dims` must be "
            f"consecutive and start from 1. Received dims={dims}"
        )


def _repeat_vector(config: Config, shape: Shape) -> Shape:
    return (shape[0], as_dim(config["n"]), shape[1])


def _upsample(config: Config, shape: Shape) -> Shape:
    spatial, channels = split(config, shape)
    factors = as_dims(config["size"], len(spatial))
    return image(config, shape[0], [multiply(*pair) for pair in zip(spatial, factors, strict=True)], channels)


def _upsample_1d(config: Config, shape: Shape) -> Shape:
    return (shape[0], multiply(as_dim(config["size"]), shape[1]), shape[2])


def _margins(value: Value, rank: int) -> list[Dim]:
    """What a resolved `padding` or `cropping` takes or gives per spatial axis."""
    pairs = (value,) if rank == 1 else value
    if not isinstance(pairs, tuple) or len(pairs) != rank:
        return [UNKNOWN_DIM] * rank
    return [add(*as_dims(pair, 2)) for pair in pairs]


def _pad(config: Config, shape: Shape) -> Shape:
    spatial, channels = split(config, shape)
    margins = _margins(config["padding"], len(spatial))
    return image(config, shape[0], [add(*pair) for pair in zip(spatial, margins, strict=True)], channels)


def _crop(config: Config, shape: Shape) -> Shape:
    spatial, channels = split(config, shape)
    margins = _margins(config["cropping"], len(spatial))
    left = [_cut(size, margin, shape) for size, margin in zip(spatial, margins, strict=True)]
    return image(config, shape[0], left, channels)


def _cut(size: Dim, margin: Dim, shape: Shape) -> Dim:
    if size is None:
        return None
    if isinstance(margin, UnknownDim) or margin is None:
        return UNKNOWN_DIM
    if isinstance(size, UnknownDim):
        rest = size.reaching(margin + 1) if isinstance(size, SizeDim) else None
        return UNKNOWN_DIM if rest is None else add(rest, -margin)
    if margin >= size:
        raise ShapeError(
            "Values in `cropping` argument should be smaller than the corresponding spatial dimension of "
            f"the input. Received: input_shape={show(shape)}, cropping={margin}"
        )
    return size - margin


def _configure_margins(name: str, rank: int) -> Callable[[dict[str, Value]], None]:
    def configure(config: dict[str, Value]) -> None:
        value = config.get(name, UNKNOWN)
        if rank == 1:
            config[name] = standard_tuple(value, 2, name, allow_zero=True)
        elif isinstance(value, int):
            if value < 0 and name == "cropping":
                raise ConfigError(f"`cropping` cannot be negative. Received: cropping={value}.")
            config[name] = ((value, value),) * rank
        elif isinstance(value, tuple) and len(value) == rank:
            entries = enumerate(value, start=1)
            config[name] = tuple(
                standard_tuple(item, 2, f"entry {position} of {name}", allow_zero=True)
                for position, item in entries
            )
        elif isinstance(value, tuple) or is_plain(value):
            raise ConfigError(f"`{name}` should have {rank} elements. Received: {name}={value}.")

    return configure


def _configure_upsampling(rank: int) -> Callable[[dict[str, Value]], None]:
    def configure(config: dict[str, Value]) -> None:
        if rank == 1:
            require_positive(config, "size")
        else:
            set_tuples(config, rank, "size")
        if isinstance(config.get("interpolation"), str):
            config["interpolation"] = config["interpolation"].lower()

    return configure


def _configure_repeat(config: dict[str, Value]) -> None:
    require_positive(config, "n")


def _spatial(rank: int, verb: str) -> LayerRule:
    shape, name = {"pad": (_pad, "padding"), "crop": (_crop, "cropping")}[verb]
    return LayerRule(
        shape=one(shape),
        configure=_configure_margins(name, rank),
        rank=rank + 2,
        choices={} if name == "cropping" and rank == 1 else {"data_format": DATA_FORMATS},
    )


def _upsampling(rank: int) -> LayerRule:
    return LayerRule(
        shape=one(_upsample_1d if rank == 1 else _upsample),
        configure=_configure_upsampling(rank),
        rank=rank + 2,
        choices={} if rank == 1 else {"data_format": DATA_FORMATS},
    )


RULES = {
    "Flatten": LayerRule(shape=one(_flatten), min_rank=1),
    "Reshape": LayerRule(shape=one(_reshape), configure=_configure_reshape),
    "Permute": LayerRule(shape=one(_permute), configure=_configure_permute, rank=_permute_rank),
    "RepeatVector": LayerRule(shape=one(_repeat_vector), configure=_configure_repeat, rank=2),
    **{f"UpSampling{rank}D": _upsampling(rank) for rank in (1, 2, 3)},
    **{f"ZeroPadding{rank}D": _spatial(rank, "pad") for rank in (1, 2, 3)},
    **{f"Cropping{rank}D": _spatial(rank, "crop") for rank in (1, 2, 3)},
}
