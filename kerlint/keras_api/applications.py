"""What is known of `keras.applications` without walking through them: sizes, counts, names taken.

Measured with keras 3.15 on every constructor (held by tests/oracle/test_applications.py). Counts are those
of three channels and default widths; anything else is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kerlint.frozen import record


@record
class Application:
    """One architecture: `size` is the default side of its input, `channels` what leaves it without a top."""

    size: int
    channels: int
    trainable: int
    non_trainable: int
    taken: str
    """Automatic names it takes without a top and its first input: `stem:count`, ..."""
    taken_by_top: str = ""
    """How many more (or less) with one."""
    head: int | None = None
    """Parameters of the top for 1,000 classes, where it is not one layer on the channels."""

    def head_size(self, classes: int) -> int | None:
        """Parameters of the top; None when they are not known."""
        if self.head is None:
            return (self.channels + 1) * classes
        return self.head if classes == 1_000 else None

    def names_taken(self, *, include_top: bool) -> dict[str, int]:
        """The automatic names it takes, by stem."""
        found: dict[str, int] = {}
        for entry in (self.taken + " " + self.taken_by_top if include_top else self.taken).split():
            stem, _, count = entry.partition(":")
            found[stem] = found.get(stem, 0) + int(count)
        return {stem: count for stem, count in found.items() if count}


APPLICATIONS: Final[Mapping[str, Application]] = {
    "ConvNeXtBase": Application(
        224,
        1024,
        87_566_464,
        0,
        "functional:4 add:36 layer_normalization:1 input_layer:4",
        taken_by_top="layer_normalization:-1",
    ),
    "ConvNeXtLarge": Application(
        224,
        1536,
        196_230_336,
        0,
        "functional:4 add:36 layer_normalization:1 input_layer:4",
        taken_by_top="layer_normalization:-1",
    ),
    "ConvNeXtSmall": Application(
        224,
        768,
        49_454_688,
        0,
        "functional:4 add:36 layer_normalization:1 input_layer:4",
        taken_by_top="layer_normalization:-1",
    ),
    "ConvNeXtTiny": Application(
        224,
        768,
        27_820_128,
        0,
        "functional:4 add:18 layer_normalization:1 input_layer:4",
        taken_by_top="layer_normalization:-1",
    ),
    "ConvNeXtXLarge": Application(
        224,
        2048,
        348_147_968,
        0,
        "functional:4 add:36 layer_normalization:1 input_layer:4",
        taken_by_top="layer_normalization:-1",
    ),
    "DenseNet121": Application(224, 1024, 6_953_856, 83_648, "zero_padding2d:2"),
    "DenseNet169": Application(224, 1664, 12_484_480, 158_400, "zero_padding2d:2"),
    "DenseNet201": Application(224, 1920, 18_092_928, 229_056, "zero_padding2d:2"),
    "EfficientNetB0": Application(224, 1280, 4_007_548, 42_023, "rescaling:1 normalization:1"),
    "EfficientNetB1": Application(240, 1280, 6_513_184, 62_055, "rescaling:1 normalization:1"),
    "EfficientNetB2": Application(260, 1408, 7_700_994, 67_575, "rescaling:1 normalization:1"),
    "EfficientNetB3": Application(300, 1536, 10_696_232, 87_303, "rescaling:1 normalization:1"),
    "EfficientNetB4": Application(380, 1792, 17_548_616, 125_207, "rescaling:1 normalization:1"),
    "EfficientNetB5": Application(456, 2048, 28_340_784, 172_743, "rescaling:1 normalization:1"),
    "EfficientNetB6": Application(528, 2304, 40_735_704, 224_439, "rescaling:1 normalization:1"),
    "EfficientNetB7": Application(600, 2560, 63_786_960, 310_727, "rescaling:1 normalization:1"),
    "EfficientNetV2B0": Application(224, 1280, 5_858_704, 60_608, "rescaling:1 normalization:1"),
    "EfficientNetV2B1": Application(240, 1280, 6_860_052, 71_072, "rescaling:1 normalization:1"),
    "EfficientNetV2B2": Application(260, 1408, 8_687_086, 82_288, "rescaling:1 normalization:1"),
    "EfficientNetV2B3": Application(300, 1536, 12_821_406, 109_216, "rescaling:1 normalization:1"),
    "EfficientNetV2L": Application(480, 1280, 117_234_272, 512_576, "rescaling:1"),
    "EfficientNetV2M": Application(480, 1280, 52_858_356, 292_032, "rescaling:1"),
    "EfficientNetV2S": Application(384, 1280, 20_177_488, 153_872, "rescaling:1"),
    "InceptionResNetV2": Application(
        299,
        1536,
        54_276_192,
        60_544,
        "conv2d:203 batch_normalization:203 activation:203 max_pooling2d:4 average_pooling2d:1 custom_scale_layer:40",
    ),
    "InceptionV3": Application(
        299,
        2048,
        21_768_352,
        34_432,
        "conv2d:94 batch_normalization:94 activation:94 max_pooling2d:4 average_pooling2d:9 concatenate:2",
    ),
    "MobileNet": Application(224, 1024, 3_206_976, 21_888, "", taken_by_top="global_average_pooling2d:1"),
    "MobileNetV2": Application(224, 1280, 2_223_872, 34_112, "", taken_by_top="global_average_pooling2d:1"),
    "MobileNetV3Large": Application(
        224,
        960,
        2_971_952,
        24_400,
        "rescaling:1 activation:20 re_lu:19 add:8 multiply:8",
        taken_by_top="activation:1 global_average_pooling2d:1 dropout:1 flatten:1",
        head=2_511_080,
    ),
    "MobileNetV3Small": Application(
        224,
        576,
        927_008,
        12_112,
        "rescaling:1 activation:18 re_lu:14 add:9 multiply:9",
        taken_by_top="activation:1 global_average_pooling2d:1 dropout:1 flatten:1",
        head=1_615_848,
    ),
    "NASNetLarge": Application(
        331,
        4032,
        84_691_590,
        196_332,
        "activation:263 add:4",
        taken_by_top="activation:-3 zero_padding2d:4 cropping2d:4 concatenate:4 global_average_pooling2d:1",
        head=4_061_560,
    ),
    "NASNetMobile": Application(
        224,
        1056,
        4_232_978,
        36_738,
        "activation:188 add:4 zero_padding2d:4 cropping2d:4 concatenate:4",
        taken_by_top="global_average_pooling2d:1",
    ),
    "ResNet101": Application(224, 2048, 42_552_832, 105_344, ""),
    "ResNet101V2": Application(224, 2048, 42_528_896, 97_664, "max_pooling2d:3"),
    "ResNet152": Application(224, 2048, 58_219_520, 151_424, ""),
    "ResNet152V2": Application(224, 2048, 58_187_904, 143_744, "max_pooling2d:3"),
    "ResNet50": Application(224, 2048, 23_534_592, 53_120, ""),
    "ResNet50V2": Application(224, 2048, 23_519_360, 45_440, "max_pooling2d:3"),
    "VGG16": Application(224, 512, 14_714_688, 0, "", head=123_642_856),
    "VGG19": Application(224, 512, 20_024_384, 0, "", head=123_642_856),
    "Xception": Application(299, 2048, 20_806_952, 54_528, "conv2d:4 batch_normalization:4 add:12"),
}

UNNAMED_POOL: Final = (
    "ConvNeXt",
    "InceptionResNetV2",
    "InceptionV3",
    "MobileNetV2",
    "NASNet",
    "VGG",
    "Xception",
)
"""Beginnings of those whose global pooling has an automatic name (and `MobileNet` itself)."""
IRREGULAR: Final = ("Inception", "NASNet")
"""Beginnings of those that do not give a 32nd of a side that is a multiple of 32."""
SIZED: Final = ("NASNet",)
"""Beginnings of those whose layers and counts hang on the size of the input."""


RESCALED_WITH_WEIGHTS: Final = "EfficientNetB"
"""Beginning of those that take one more `rescaling` with the weights of ImageNet."""
SIDES_IN_NAMES: Final[Mapping[str, tuple[str, tuple[int, ...]]]] = {
    "MobileNet": ("mobilenet", (128, 160, 192, 224)),
    "MobileNetV2": ("mobilenetv2", (96, 128, 160, 192, 224)),
}
"""Those that are named after the side of their input, and the sides that have weights (else it counts as 224)."""


def stride_32(name: str, side: int) -> int | None:
    """The side of the last feature map for a multiple of 32; None where that is not so simple."""
    return side // 32 if side % 32 == 0 and not name.startswith(IRREGULAR) else None


def pool_is_unnamed(name: str) -> bool:
    """Whether `pooling` takes an automatic name."""
    return name == "MobileNet" or name.startswith(UNNAMED_POOL)
