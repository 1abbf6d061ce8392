"""The shape of its input that a layer's constructor was told: a Sequential that begins with it is built at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kerlint.keras_api.dims import as_dim
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape
from kerlint.model.states import LayerState, ModelState

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.model.domain import KerasDomain

_OF_SEQUENCES: Final = frozenset({"GRU", "GRUCell", "LSTM", "RNN", "SimpleRNN"})
"""Layers that Keras 2 lets tell `input_dim` and `input_length` apart (`RNN.__init__` in tf_keras)."""


def told_shape(domain: KerasDomain, layer: LayerState) -> Shape | None:
    """From `batch_shape`, `input_shape` or `input_dim` of a layer's constructor, with the batch axis."""
    site = layer.site
    if site is None or isinstance(layer, ModelState):
        return None
    for name in ("batch_shape", "batch_input_shape"):
        whole = site.arguments.get(name)
        if whole is not None and whole.is_given:
            return domain.shape_of(whole.value)
    rest = _of_one_item(domain, layer, site)
    return None if rest is None else (_batch(domain, site), *rest)


def _batch(domain: KerasDomain, site: CallSite) -> Dim:
    """Keras 2 takes `batch_size` beside `input_shape`."""
    told = site.arguments.get("batch_size")
    if domain.target != "keras2" or told is None or not told.is_given or told.value is None:
        return None
    return as_dim(told.value)


def _of_one_item(domain: KerasDomain, layer: LayerState, site: CallSite) -> Shape | None:
    """The shape without the batch axis; `input_shape` comes before its short forms."""
    for name in ("input_shape", "shape"):
        told = site.arguments.get(name)
        if told is not None and told.is_given:
            return domain.shape_of(told.value)
    if layer.cls == "Embedding":
        return _of_embedding(site) if domain.target == "keras2" else None
    size = _told(site, "input_dim")
    if domain.target == "keras2" and layer.cls in _OF_SEQUENCES:
        length = _told(site, "input_length")
        return None if size is length is _NOTHING else (_extent(length), _extent(size))
    return None if size is _NOTHING else (as_dim(size),)


def _of_embedding(site: CallSite) -> Shape:
    """Keras 2 takes sequences of any length where none is told."""
    length = _told(site, "input_length")
    if not length or length is _NOTHING:
        return (None,)
    return (length,) if isinstance(length, int) else (UNKNOWN_DIM,)


_NOTHING: Final = object()


def _told(site: CallSite, name: str) -> object:
    """What an argument was given as; _NOTHING where it was not, or None."""
    told = site.arguments.get(name)
    return _NOTHING if told is None or not told.is_given or told.value is None else told.value


def _extent(told: object) -> Dim:
    return None if told is _NOTHING else as_dim(told)
