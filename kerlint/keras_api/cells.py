"""Cells: what one step of a recurrent layer keeps and weighs."""

from __future__ import annotations

from collections.abc import Sequence

from kerlint.keras_api.class_names import canonical_class
from kerlint.keras_api.dims import as_dim, defined, multiply
from kerlint.keras_api.layer_rule import Config, LayerSpec, Variable
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape, ShapeError
from kerlint.python.values import UNKNOWN, Value, is_known

GATES = {"SimpleRNNCell": 1, "GRUCell": 3, "LSTMCell": 4}
"""How many times `units` a cell's kernels are wide."""


def states_of(cell: Value) -> tuple[Dim, ...] | None:
    """The sizes of a cell's states in order; None when not even their number is known."""
    if isinstance(cell, tuple):
        parts = [states_of(item) for item in cell]
        known = [part for part in parts if part is not None]
        return tuple(size for part in known for size in part) if len(known) == len(parts) else None
    if not isinstance(cell, LayerSpec):
        return None
    name = canonical_class(cell.symbol)
    if name == "StackedRNNCells":
        return states_of(cell.config.get("cells", UNKNOWN))
    units = as_dim(cell.config.get("units", UNKNOWN))
    return {"LSTMCell": (units, units), "GRUCell": (units,), "SimpleRNNCell": (units,)}.get(name)


def output_of(cell: Value) -> Dim:
    """The size of a cell's output."""
    if isinstance(cell, tuple):
        return output_of(cell[-1]) if cell else UNKNOWN_DIM
    if not isinstance(cell, LayerSpec):
        return UNKNOWN_DIM
    if canonical_class(cell.symbol) == "StackedRNNCells":
        return output_of(cell.config.get("cells", UNKNOWN))
    return as_dim(cell.config.get("units", UNKNOWN))


def cell_weights(cell: Value, size: Dim, shape: Shape) -> Sequence[Variable] | None:
    """A cell's weights on steps of `size` features; None when it is not known. Raises ShapeError."""
    if isinstance(cell, LayerSpec) and canonical_class(cell.symbol) == "StackedRNNCells":
        return cell_weights(cell.config.get("cells", UNKNOWN), size, shape)
    if isinstance(cell, tuple):
        found: list[Variable] = []
        for item in cell:
            part = cell_weights(item, size, shape)
            if part is None:
                return None
            found += part
            size = output_of(item)
        return found
    name = canonical_class(cell.symbol) if isinstance(cell, LayerSpec) else ""
    if name not in GATES or not is_known(cell.config.get("use_bias", UNKNOWN)):
        return None
    return _plain_cell(name, cell.config, defined(size, shape))


def _plain_cell(name: str, config: Config, size: Dim) -> Sequence[Variable] | None:
    if isinstance(config.get("units"), float):
        raise ShapeError(f"Cannot convert '{config['units']}' to a shape. Found invalid dimension.")
    units = as_dim(config.get("units", UNKNOWN))
    wide = multiply(units, GATES[name])
    kernels = [Variable("kernel", (size, wide)), Variable("recurrent_kernel", (units, wide))]
    if not config["use_bias"]:
        return kernels
    reset_after = config.get("reset_after", True) if name == "GRUCell" else False
    if not is_known(reset_after):
        return None
    return [*kernels, Variable("bias", (2, wide) if reset_after else (wide,))]
