"""Numpy itself says what an operation gives: kerlint says the same, or that it does not know."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerlint.model.data_facts import ArrayFact

from .helpers import data_given

ARRAYS = (
    "np.zeros((6, 4))",
    "np.ones((6, 4, 1), dtype='float32')",
    "np.arange(24).reshape(6, 4)",
    "np.random.randint(0, 10, size=(6,))",
    "np.random.rand(6, 4)",
    "np.random.randint(0, 255, (6, 4, 3)).astype('uint8')",
    "np.array([[1, 2], [3, 4], [5, 6]])",
    "np.array([0.5, 1.5, 2.5])",
    "np.linspace(-1, 1, 12).reshape(3, 4)",
    "np.full((3, 2), 7)",
    "np.eye(4)",
    "np.arange(-1, 1, 0.25)",
    "np.array([True, False, True])",
)
STEPS = (
    "x[0]",
    "x[1:]",
    "x[:2]",
    "x[..., np.newaxis]",
    "x[:, None]",
    "x[:, 0]",
    "x[:, :1]",
    "x[::2]",
    "x[[0, 1]]",
    "x[-1:]",
    "x.reshape(-1)",
    "x.reshape(-1, 1)",
    "x.reshape((x.shape[0], -1))",
    "np.expand_dims(x, -1)",
    "np.expand_dims(x, axis=0)",
    "np.squeeze(x)",
    "x.T",
    "np.transpose(x)",
    "x.ravel()",
    "x.flatten()",
    "x.astype('float32')",
    "x.astype('int64')",
    "x.astype(np.float64)",
    "x.astype('uint8')",
    "x / 255.0",
    "x / 2",
    "x * 2",
    "x + 1",
    "x - 1",
    "1 - x",
    "-x",
    "x * 0.5",
    "x * x",
    "x + x.astype('float32')",
    "x - np.mean(x)",
    "x > 0",
    "x ** 2",
    "x % 2",
    "np.concatenate([x, x])",
    "np.concatenate((x, x), axis=-1)",
    "np.vstack([x, x])",
    "np.hstack([x, x])",
    "np.stack([x, x])",
    "np.stack([x, x], axis=-1)",
    "np.repeat(x, 2, axis=0)",
    "np.repeat(x, 3)",
    "np.tile(x, (2, 1))",
    "np.append(x, x)",
    "np.append(x, x, axis=0)",
    "np.clip(x, 0, 1)",
    "np.sin(x)",
    "np.abs(x)",
    "np.exp(x)",
    "np.sqrt(np.abs(x))",
    "x.mean(axis=0)",
    "np.sum(x, axis=-1)",
    "np.max(x, axis=0, keepdims=True)",
    "np.argmax(x, axis=-1)",
    "np.zeros_like(x)",
    "np.ones_like(x, dtype='int64')",
    "np.where(x > 0, 1, 0)",
    "np.asarray(x)",
    "np.array(x, dtype='float32')",
    "np.array([x, x])",
    "np.flip(x)",
    "np.unique(x)",
    "np.split(x, 3)[0]",
    "np.swapaxes(x, 0, -1)",
    "np.moveaxis(x, 0, -1)",
    "x[np.arange(2)]",
    "x[x[:, 0] > 0]",
    "x[np.random.permutation(len(x))]",
    "x[0:3, ..., 0]",
    "x[()]",
    "x.reshape(2, -1)",
    "np.dot(x, x.T)",
)


def run(lines: list[str]) -> Any:
    """What numpy makes of the lines; None where it refuses them."""
    scope: dict[str, Any] = {"np": np}
    try:
        with np.errstate(all="ignore"):
            exec("\n".join(lines), scope)  # noqa: S102
    except (ValueError, IndexError, TypeError):
        return None
    return scope["x"]


def agrees(fact: ArrayFact, real: Any) -> None:
    """Everything that the fact says of an array is true of it."""
    if fact.shape is not None:
        assert len(fact.shape) == real.ndim
        assert all(
            dim == extent for dim, extent in zip(fact.shape, real.shape, strict=True) if isinstance(dim, int)
        )
    if fact.dtype is not None:
        assert fact.dtype == str(real.dtype)
    real = real[~np.isnan(real)] if real.dtype.kind == "f" else real
    if real.size and real.dtype != object:
        assert fact.low is None or fact.low <= real.min() + 1e-6
        assert fact.high is None or fact.high >= real.max() - 1e-6


def compare(lines: list[str]) -> None:
    """Ask both."""
    real = run(lines)
    if not isinstance(real, np.ndarray) or real.ndim == 0:
        return
    fact = data_given("\n".join(lines))
    if isinstance(fact, ArrayFact):
        agrees(fact, real)


@pytest.mark.parametrize("start", ARRAYS)
def test_an_array_is_what_numpy_makes(start: str) -> None:
    compare([f"x = {start}"])
    assert isinstance(data_given(f"x = {start}"), ArrayFact)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("start", ARRAYS[:7])
def test_one_step_gives_what_numpy_gives(start: str, step: str) -> None:
    compare([f"x = {start}", f"x = {step}"])


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ARRAYS), st.lists(st.sampled_from(STEPS), min_size=2, max_size=6))
def test_chains_of_steps_give_what_numpy_gives(start: str, steps: list[str]) -> None:
    compare([f"x = {start}", *(f"x = {step}" for step in steps)])


def test_writing_keeps_the_shape_and_widens_the_range() -> None:
    compare(["x = np.zeros((4, 3))", "x[1] = 5", "x[:, 2] = -1"])
    fact = data_given("x = np.zeros((4, 3))\nx[1] = 5")
    assert isinstance(fact, ArrayFact) and (fact.shape, fact.low, fact.high) == ((4, 3), 0, 5)


def test_what_an_unknown_value_is_written_into_has_no_known_range() -> None:
    fact = data_given("from elsewhere import value\nx = np.zeros((4, 3))\nx[1] = value")
    assert isinstance(fact, ArrayFact) and fact.shape == (4, 3) and fact.high is None


def test_an_array_that_grows_in_a_loop_has_an_unknown_length() -> None:
    fact = data_given("""
from elsewhere import files
x = np.zeros((1, 3))
for file in files:
    x = np.concatenate([x, np.zeros((2, 3))])
""")
    assert isinstance(fact, ArrayFact) and fact.shape is not None
    assert not isinstance(fact.shape[0], int) and fact.shape[1] == 3
