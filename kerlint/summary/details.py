"""What `--verbose` shows below a table: weights, arguments with their origin, and the maps inside blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerlint.report.printable import one_line
from kerlint.summary.settings import settings_of
from kerlint.summary.table import Row, Setting, Table
from kerlint.summary.wording import UNKNOWN, place, shape_text, shapes_text

SHAPING = frozenset(
    """
    activation alpha axis cropping depth_multiplier dilation_rate filters groups kernel_size momentum
    output_dim padding pool_size rate recurrent_activation return_sequences size strides units use_bias
    """.split()  # noqa: SIM905
)
"""Arguments that are shown although nobody wrote them."""


def details(table: Table, folder: str) -> str:
    """One block a layer."""
    lines = [line for row in table.layers for line in _block(row, folder, "  ")]
    return "\n" + "".join(f"{line}\n" for line in lines)


def _block(row: Row, folder: str, indent: str) -> Iterator[str]:
    where = f", {place(row.location, folder)}" if row.location is not None else ""
    yield indent + one_line(f"{row.name or UNKNOWN} ({row.cls}) -> {shapes_text(row.outputs)}{where}")
    shown = [one for one in settings_of(row.operation) if one.name in SHAPING or _is_given(one)]
    texts = [one_line(f"{one.name}={text_of(one)}") for one in shown]
    width = max(map(len, texts), default=0)
    for text, setting in zip(texts, shown, strict=True):
        yield f"{indent}    {text:<{width}}  {setting.origin}"
    weights = ", ".join(f"{name} {shape_text(shape)}" for name, shape in row.operation.weigh().shapes)
    if weights and not row.inside:
        yield f"{indent}    weights: {one_line(weights)}"
    for inner in row.inside:
        yield from _block(inner, folder, indent + "    ")


def _is_given(setting: Setting) -> bool:
    return setting.origin != "default" and not setting.origin.startswith("resolved")


def text_of(setting: Setting) -> str:
    """A value as Python writes it, sequences as tuples."""
    return _written(setting.value)


def _written(value: Any) -> str:
    if value == UNKNOWN:
        return UNKNOWN
    if isinstance(value, list):
        inner = ", ".join(map(_written, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value)
