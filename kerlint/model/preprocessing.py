"""`keras.applications.*.preprocess_input` on symbolic tensors: the operations that it makes of them.

Source: `_preprocess_symbolic_input` in keras/src/applications/imagenet_utils.py; held by
tests/oracle/test_preprocessing.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.model.apply import apply_operation
from kerlint.model.sites import class_site
from kerlint.model.states import TensorValue
from kerlint.python.arguments import Arguments
from kerlint.python.domain import MISSING
from kerlint.python.values import ListValue, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

ENDING = ".preprocess_input"
MODES = {
    "convnext": "none",
    "densenet": "torch",
    "efficientnet": "none",
    "efficientnet_v2": "none",
    "imagenet_utils": "caffe",
    "inception_resnet_v2": "tf",
    "inception_v3": "tf",
    "mobilenet": "tf",
    "mobilenet_v2": "tf",
    "mobilenet_v3": "none",
    "nasnet": "tf",
    "resnet": "caffe",
    "resnet50": "caffe",
    "resnet_v2": "tf",
    "vgg16": "caffe",
    "vgg19": "caffe",
    "xception": "tf",
}
"""What each module of `keras.applications` does to images."""


def preprocessed(domain: KerasDomain, dotted: str, arguments: Arguments, place: Place) -> Value:
    """What comes out of a tensor; MISSING where another answer is asked for."""
    module = dotted.removesuffix(ENDING).rpartition(".")[2]
    tensor = arguments.get(0, "x")
    others = [arguments.get(1, "data_format"), arguments.get(2, "mode", "caffe")]
    if domain.target != "keras3" or not dotted.endswith(ENDING) or not isinstance(tensor, TensorValue):
        return MISSING
    if module not in MODES or others != [None, "caffe"] or not arguments.exact:
        return MISSING
    domain.recorded(class_site(dotted, arguments, place, domain.target))
    mode = MODES[module]
    if mode == "none":
        return tensor
    return _caffe(domain, tensor, place) if mode == "caffe" else _scaled(domain, mode, tensor, place)


def _scaled(domain: KerasDomain, mode: str, tensor: Value, place: Place) -> Value:
    names = ("true_divide", "subtract") if mode == "tf" else ("true_divide", "add", "true_divide")
    for name in names:
        tensor = apply_operation(domain, f"keras.ops.{name}", Arguments.of(tensor, 1.0), place)
    return tensor


def _caffe(domain: KerasDomain, tensor: Value, place: Place) -> Value:
    """The channels are turned round, then the means are taken off."""
    channels: list[Value] = [
        apply_operation(domain, "keras.ops.get_item", Arguments.of(tensor, key=(Ellipsis, channel)), place)
        for channel in (2, 1, 0)
    ]
    turned = apply_operation(domain, "keras.ops.stack", Arguments.of(ListValue(channels), axis=-1), place)
    return apply_operation(domain, "keras.ops.add", Arguments.of(turned, 1.0), place)
