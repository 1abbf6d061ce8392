"""Bare operations on symbolic tensors: `keras.ops`, `tf`, the old `keras.backend`, and operators.

One table from the operation's short name to a shape rule; libraries that agree share it. Rules follow
`compute_output_spec` of `keras.src.ops` (Keras 3.15), checked by tests against the installed packages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from kerlint.keras_api import op_images, op_layout, op_math
from kerlint.keras_api.op_arguments import OpCall, Outputs
from kerlint.keras_api.shapes import Shape
from kerlint.python.values import Value

OpRule: TypeAlias = Callable[[OpCall], Outputs | None]

HOMES: tuple[str, ...] = (
    "keras.ops.image.",
    "keras.ops.linalg.",
    "keras.ops.numpy.",
    "keras.ops.nn.",
    "keras.ops.",
    "keras.activations.",
    "keras.backend.",
    "keras.random.",
    "tensorflow.compat.v1.nn.",
    "tensorflow.compat.v1.",
    "tensorflow.experimental.numpy.",
    "tensorflow.math.",
    "tensorflow.nn.",
    "tensorflow.image.",
    "tensorflow.linalg.",
    "tensorflow.random.",
    "tensorflow.",
    "tf.math.",
    "tf.nn.",
    "tf.image.",
    "tf.linalg.",
    "tf.",
)

ELEMENTWISE = frozenset(
    """
    abs absolute acos acosh arccos arccosh arcsin arcsinh arctan arctanh asin asinh atan atanh bitwise_not cast
    cast_to_floatx ceil celu check_numerics clip clip_by_value convert_to_tensor copy cos cosh cumprod cumsum
    deg2rad dropout elu erf erfinv exp expm1 exponential exp2 flip floor gelu hard_shrink hard_sigmoid
    hard_silu hard_swish hard_tanh identity imag in_train_phase is_finite is_inf is_nan isfinite isinf isnan
    l2_normalize leaky_relu lgamma linear log log10 log1p log2 log_sigmoid log_softmax logical_not mish
    nan_to_num neg negative normalize ones_like positive random_brightness random_contrast random_flip_left_right
    random_flip_up_down real reciprocal relu relu6 reverse rint roll round rsqrt saturate_cast selu shuffle
    sigmoid sign silu sin sinh soft_shrink softmax softplus softsign sort sparse_plus sparse_sigmoid sparsemax
    sqrt square squareplus stop_gradient swish tan tanh tanh_shrink threshold tril triu trunc zeros_like
    adjust_brightness adjust_contrast adjust_gamma adjust_hue adjust_saturation flip_left_right flip_up_down
    per_image_standardization rgb_to_hsv hsv_to_rgb bias_add batch_normalization layer_normalization
    rms_normalization
    """.split()  # noqa: SIM905
)
"""One tensor in, the same shape out: what is computed of each element, or of all, does not matter here."""

BINARY = frozenset(
    """
    add arctan2 atan2 bitwise_and bitwise_or bitwise_xor copysign div div_no_nan divide divide_no_nan equal
    floor_divide floor_div floordiv floormod fmax fmin greater greater_equal heaviside hypot isclose lerp less
    less_equal logaddexp logical_and logical_or logical_xor maximum minimum mod multiply multiply_no_nan
    not_equal pow power squared_difference subtract true_divide truediv where xlogy
    """.split()  # noqa: SIM905
)
"""Several tensors or numbers, broadcast against each other."""

REDUCTIONS = frozenset(
    """
    all amax amin any average count_nonzero logsumexp max mean median min prod
    reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_std reduce_sum
    reduce_variance std sum var
    """.split()  # noqa: SIM905
)

OTHERS: Mapping[str, OpRule] = {
    "argmax": op_math.arg_reduce,
    "argmin": op_math.arg_reduce,
    "batch_flatten": op_layout.batch_flatten,
    "broadcast_to": op_layout.broadcast_to,
    "concat": op_layout.concatenate,
    "concatenate": op_layout.concatenate,
    "central_crop": op_math.unknown_rank_kept,
    "depth_to_space": op_images.depth_to_space,
    "diff": op_math.unknown_rank_kept,
    "dot": op_math.dot,
    "einsum": op_math.einsum,
    "expand_dims": op_layout.expand_dims,
    "extract_patches": op_images.extract_patches,
    "gather": op_math.take,
    "fft": op_math.complex_pair,
    "fft2": op_math.complex_pair,
    "ifft2": op_math.complex_pair,
    "get_item": op_layout.get_item,
    "glu": op_math.glu,
    "image_resize": op_images.resize,
    "matmul": op_math.matmul,
    "moments": op_math.moments,
    "moveaxis": op_layout.moveaxis,
    "norm": op_math.reduce_norm,
    "one_hot": op_math.one_hot,
    "pad": op_layout.pad,
    "permute_dimensions": op_layout.transpose,
    "ravel": op_layout.ravel,
    "repeat": op_layout.repeat,
    "repeat_elements": op_layout.repeat,
    "reshape": op_layout.reshape_op,
    "resize": op_images.resize,
    "resize_images": op_images.resize_images,
    "rgb_to_grayscale": op_images.grayscale,
    "grayscale_to_rgb": op_images.to_rgb,
    "space_to_depth": op_images.space_to_depth,
    "split": op_layout.split_op,
    "squeeze": op_layout.squeeze,
    "stack": op_layout.stack,
    "swapaxes": op_layout.swapaxes,
    "take": op_math.take,
    "temporal_padding": op_math.unknown_rank_kept,
    "tile": op_layout.tile,
    "top_k": op_math.top_k,
    "transpose": op_layout.transpose,
    "unstack": op_layout.unstack,
}


def _name_of(symbol: str) -> tuple[str, str] | None:
    """Library and short name of an operation; None when it lives nowhere known."""
    home, _, name = symbol.rpartition(".")
    if home + "." not in HOMES:
        return None
    if home == "keras.backend":
        return "backend", name
    return "keras" if home.startswith("keras") else "tensorflow", name


def _rule(name: str) -> OpRule | None:
    if name in ELEMENTWISE:
        return op_math.elementwise
    if name in BINARY:
        return op_math.binary
    if name in REDUCTIONS:
        return op_math.reduce
    return OTHERS.get(name)


def op_shape(
    symbol: str, arguments: Mapping[str, Value], inputs: tuple[Shape | None, ...]
) -> tuple[Shape | None, ...] | None:
    """The shapes of an operation's outputs; None when the operation (or the number of outputs) is not known.

    `symbol` is the canonical dotted name (`keras.ops.concatenate`, `tensorflow.reduce_mean`); `arguments`
    all arguments by name, or by position as a digit, lists as tuples; `inputs` the shapes of the tensors
    among them in order. Raises ShapeError when the operation would certainly be refused.
    """
    found = _name_of(symbol)
    rule = _rule(found[1]) if found is not None else None
    if found is None or rule is None:
        return None
    return rule(OpCall(found[0], arguments, inputs))


def is_elementwise(symbol: str) -> bool:
    """Whether the operation maps one tensor to another of the same shape."""
    found = _name_of(symbol)
    return found is not None and found[1] in ELEMENTWISE
