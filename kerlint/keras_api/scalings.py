"""How `keras.applications` want their pixels: what `preprocess_input` of each module does to 0 to 255.

Asked of Keras 3.15; a test asks again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

MODES: Mapping[str, str] = {
    "vgg16": "means subtracted",
    "vgg19": "means subtracted",
    "resnet": "means subtracted",
    "resnet50": "means subtracted",
    "mobilenet": "-1 to 1",
    "mobilenet_v2": "-1 to 1",
    "inception_v3": "-1 to 1",
    "inception_resnet_v2": "-1 to 1",
    "xception": "-1 to 1",
    "resnet_v2": "-1 to 1",
    "nasnet": "-1 to 1",
    "densenet": "standardised",
    "efficientnet": "0 to 255",
    "efficientnet_v2": "0 to 255",
    "mobilenet_v3": "0 to 255",
    "convnext": "0 to 255",
}
"""By module: the range that its models were trained on."""
SCALES_ITSELF = "0 to 255"
_FAMILIES = (
    (r"VGG16", "vgg16"),
    (r"VGG19", "vgg19"),
    (r"ResNet(50|101|152)V2", "resnet_v2"),
    (r"ResNet(50|101|152)", "resnet"),
    (r"MobileNetV3(Small|Large)", "mobilenet_v3"),
    (r"MobileNetV2", "mobilenet_v2"),
    (r"MobileNet", "mobilenet"),
    (r"InceptionV3", "inception_v3"),
    (r"InceptionResNetV2", "inception_resnet_v2"),
    (r"Xception", "xception"),
    (r"NASNet(Mobile|Large)", "nasnet"),
    (r"DenseNet\d+", "densenet"),
    (r"EfficientNetV2\w+", "efficientnet_v2"),
    (r"EfficientNetB\d", "efficientnet"),
    (r"ConvNeXt\w+", "convnext"),
)


def wanted(symbol: str) -> str | None:
    """What the models of an application's class were trained on; None for others."""
    name = symbol.rpartition(".")[2]
    found = next((module for pattern, module in _FAMILIES if re.fullmatch(pattern, name)), None)
    return None if found is None else MODES[found]


def given(symbol: str) -> str | None:
    """What a module's `preprocess_input` makes; None for other functions."""
    owner, _, name = symbol.rpartition(".")
    return MODES.get(owner.rpartition(".")[2]) if name == "preprocess_input" else None
