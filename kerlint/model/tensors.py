"""Attributes, operators and subscripts of symbolic tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.model.apply import apply_operation
from kerlint.model.arrays import items_of, number_of
from kerlint.model.states import TensorValue
from kerlint.model.structure import has_tensor
from kerlint.python.arguments import Arguments
from kerlint.python.domain import MISSING
from kerlint.python.values import BoundMethod, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

OPERATORS = {
    "Add": "keras.ops.add",
    "Subtract": "keras.ops.subtract",
    "Multiply": "keras.ops.multiply",
    "Divide": "keras.ops.true_divide",
    "FloorDivide": "keras.ops.floor_divide",
    "Modulo": "keras.ops.mod",
    "Power": "keras.ops.power",
    "MatrixMultiply": "keras.ops.matmul",
    "Minus": "keras.ops.negative",
    "Plus": "keras.ops.positive",
    "Subscript": "keras.ops.get_item",
    "LessThan": "keras.ops.less",
    "LessThanEqual": "keras.ops.less_equal",
    "GreaterThan": "keras.ops.greater",
    "GreaterThanEqual": "keras.ops.greater_equal",
    "IsEqual": "keras.ops.equal",
    "IsNotEqual": "keras.ops.not_equal",
}


def tensor_attribute(domain: KerasDomain, tensor: TensorValue, name: str) -> Value:
    """`x.shape`, `x.dtype`, or a method bound to the tensor."""
    if name in ("shape", "_keras_shape"):
        shape = tensor.keras_shape
        return Unknown("an unknown shape") if shape is None else domain.shape_value(shape)
    if name == "ndim":
        return Unknown("an unknown rank") if tensor.keras_shape is None else len(tensor.keras_shape)
    if name in ("dtype", "name", "_keras_history"):
        return Unknown(f"{name} of a tensor")
    if name == "__iter__":
        items = items_of(tensor)
        return MISSING if items is None else items
    if name == "__float__":
        number = number_of(tensor)
        return MISSING if number is None else number
    if name == "__len__":
        return MISSING
    return BoundMethod(tensor, name)


def tensor_operation(domain: KerasDomain, operator: str, operands: tuple[Value, ...], place: Place) -> Value:
    """An operator with a tensor among its operands; MISSING when there is none.

    `==` between tensors of Keras's own graph is identity: it makes no tensor (keras_tensor.py).
    """
    if not any(has_tensor(operand) for operand in operands[: 1 if operator == "Subscript" else 2]):
        return MISSING
    symbol = OPERATORS.get(operator) if domain.is_inside or not operator.startswith("Is") else None
    if symbol is None:
        return Unknown(f"{operator} of tensors")
    if operator == "Subscript":
        index = operands[1]
        return apply_operation(domain, symbol, Arguments.of(operands[0], key=index), place)
    return apply_operation(domain, symbol, Arguments.of(*operands), place)
