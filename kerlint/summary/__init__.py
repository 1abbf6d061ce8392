"""What `model.summary()` would print, without TensorFlow: for a whole file, a variable, a function or a class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.summary.table import Summary

if TYPE_CHECKING:
    from kerlint.keras_api.shapes import Shape
    from kerlint.python.modules import Loader
    from kerlint.source import Source

__all__ = ["Summary", "summarize"]


def summarize(
    source: Source,
    wanted: str | None = None,
    *,
    input_shapes: tuple[Shape, ...] = (),
    target: str | None = None,
    loader: Loader | None = None,
) -> Summary:
    """The tables of a source's models: of all, or of what `wanted` stands for (`model`, `build(classes=10)`).

    `input_shapes`, without the batch axis, go into models that nobody called; `target` is `keras2` or
    `keras3`, else the source decides. Raises kerlint.model.entry.NotThere where no model comes out.
    """
    from kerlint.summary.evaluate import evaluate

    return evaluate(source, wanted, tuple((None, *shape) for shape in input_shapes), target, loader)
