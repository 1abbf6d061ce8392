"""Attributes and methods of arrays and data frames."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kerlint.keras_api.dims import is_size, size_of
from kerlint.keras_api.shapes import UNKNOWN_DIM
from kerlint.model.data.arrays import ArrayValue, dtype_name, fact_of
from kerlint.model.data.elementwise import ELEMENTWISE, REDUCTIONS, axis_of, cast, product, reduce
from kerlint.model.data.shaping import SHAPING, raveled, reshaped, target_of, transposed
from kerlint.model.data_facts import ArrayFact
from kerlint.python.arguments import Arguments
from kerlint.python.domain import MISSING
from kerlint.python.values import BoundMethod, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

SELF = frozenset({"values", "iloc", "loc", "at", "iat", "real"})
"""Attributes that give the data themselves, for what can be asked of them."""
ROW_WISE = frozenset({"head", "tail", "sample", "dropna", "drop_duplicates", "sort_values", "query"})
"""Methods that pick rows of a frame."""


def attribute(domain: KerasDomain, value: ArrayValue, name: str) -> Value:
    """`x.shape`, `x.T`, `x.values`, or a method."""
    fact = value.facts
    match name:
        case "shape":
            return Unknown("an unknown shape") if fact.shape is None else domain.shape_value(fact.shape)
        case "ndim":
            return Unknown("an unknown rank") if fact.rank is None else fact.rank
        case "size":
            size = None if fact.shape is None else size_of(fact.shape)
            return size if is_size(size) else Unknown("an unknown size")
        case "T":
            return ArrayValue(
                replace(
                    fact,
                    shape=transposed(fact.shape, None),
                    labels=None,
                    rows=None if fact.rank != 1 else fact.rows,
                )
            )
        case "__len__":
            return fact.count if is_size(fact.count) else MISSING
        case "dtype" | "name" | "columns" | "index" | "nbytes" | "itemsize" | "__iter__":
            return MISSING if name == "__iter__" else Unknown(f"{name} of data")
        case "str" | "dt" | "cat" | "flat":
            return Unknown(f"{name} of data")
    if name in SELF:
        return ArrayValue(fact)
    if not hasattr_array(name):
        return ArrayValue(ArrayFact(None, source=fact.source, rows=fact.rows))
    return BoundMethod(value, name)


METHODS = frozenset(
    """
    astype reshape flatten ravel transpose squeeze copy tolist numpy to_numpy as_matrix sum mean std var max min argmax
    argmin any all fill clip round repeat swapaxes dot cumsum sort argsort resize tobytes nonzero take
    drop dropna fillna head tail sample drop_duplicates sort_values query pop apply map replace reset_index
    set_index iterrows groupby merge join describe info value_counts unique nunique isnull isna corr plot hist
    to_csv items keys iteritems tostring item view byteswap conj ptp prod trace median mode rename select_dtypes
    itertuples astype_ isin shift diff rolling resample pivot stack unstack melt assign append add sub mul div
    cpu detach get_shape set_shape assign_add read_value save convert getdata crop rotate put choose searchsorted
    __getitem__ __setitem__ __array__ quantile agg aggregate transform filter insert update eval notnull notna
    """.split()  # noqa: SIM905
)


def hasattr_array(name: str) -> bool:
    """Whether a name is a method; a frame's columns can be read by any other."""
    return name in METHODS or name.startswith("_")


def call_method(
    domain: KerasDomain, value: ArrayValue, name: str, arguments: Arguments, place: Place
) -> Value:
    """A method of an array."""
    fact = value.facts
    positional = [arg.value for arg in arguments.positional]
    match name:
        case "reshape":
            given = positional or [arguments.get(0, "shape")]
            return ArrayValue(reshaped(fact, target_of(domain, given)))
        case "astype":
            return ArrayValue(cast(fact, dtype_name(arguments.get(0, "dtype"))))
        case "flatten" | "ravel":
            return ArrayValue(raveled(fact))
        case "transpose" if len(positional) > 1:
            return ArrayValue(
                replace(fact, shape=transposed(fact.shape, tuple(positional)), labels=None, rows=None)
            )
        case "copy" | "numpy" | "to_numpy" | "as_matrix" | "reset_index" | "cpu" | "detach":
            return ArrayValue(fact)
        case "fillna" | "round" | "replace" | "set_index" | "rename":
            return ArrayValue(
                ArrayFact(fact.shape if name == "round" else None, rows=fact.rows, source=fact.source)
            )
        case "drop":
            return _dropped(fact, arguments)
        case "pop" if fact.rank in (None, 2):
            domain.interpreter.trail.touch(value)
            value.restore(replace(fact, shape=None))
            return ArrayValue(ArrayFact(None, rows=fact.rows, source=fact.source))
        case "dot":
            return ArrayValue(product(fact, (fact_of(positional[0]) if positional else None) or ArrayFact()))
        case "fill" | "sort" | "resize" | "insert" | "update" | "__setitem__":
            domain.interpreter.trail.touch(value)
            shape = fact.shape if name in ("fill", "sort") else None
            value.restore(ArrayFact(shape, fact.dtype, source=fact.source))
            return None
        case "unique":
            return ELEMENTWISE["unique"](domain, Arguments.of(value), place)
    return _general(domain, value, name, arguments, place)


def _general(domain: KerasDomain, value: ArrayValue, name: str, arguments: Arguments, place: Place) -> Value:
    if name in ROW_WISE:
        shape = None if value.facts.shape is None else (UNKNOWN_DIM, *value.facts.shape[1:])
        return ArrayValue(ArrayFact(shape, source=value.facts.source))
    if name in REDUCTIONS:
        return reduce(name, value.facts, axis_of(arguments, 0), arguments.get(9, "keepdims", False))
    if name in ("squeeze", "transpose", "repeat", "swapaxes"):
        return SHAPING[name](domain, arguments.prepended(value), place)
    if name in ("clip", "cumsum"):
        return ELEMENTWISE[name](domain, arguments.prepended(value), place)
    return Unknown(f"method {name} of data")


def _dropped(fact: ArrayFact, arguments: Arguments) -> Value:
    """`df.drop("column", axis=1)`: the same rows."""
    return ArrayValue(ArrayFact(None, rows=fact.rows, source=fact.source))
