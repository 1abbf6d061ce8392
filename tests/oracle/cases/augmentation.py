"""Random and fixed changes of images."""

from __future__ import annotations

from hypothesis import strategies as st

from .draws import Case, Draw, data_format, flag, mostly, one, shape, sides, size

_factor = mostly(
    st.one_of(st.floats(0, 1), st.tuples(st.floats(0, 0.5), st.floats(0.5, 1))), 3.0, -2, (2, 3), "1", (1,)
)
_range = {"value_range": mostly(st.just((0, 1)), (0, 1, 2), 255)}
_seed = {"seed": st.just(1)}
_modes = {
    "interpolation": mostly(st.sampled_from(["nearest", "bilinear"]), "cubic"),
    "fill_mode": mostly(st.sampled_from(["reflect", "wrap", "constant", "nearest"]), "edge"),
}
_images = one(mostly(shape(size, size, st.sampled_from([1, 3, 3, None])), (None, None, 3), (None, 5)))


def _augment(*factors: str, **optional: Draw) -> Case:
    required = dict.fromkeys(factors, _factor)
    return Case(required, {**optional, **_seed, "data_format": data_format}, _images)


AUGMENTATIONS = {
    "AugMix": _augment("factor", num_chains=st.just(2)),
    "AutoContrast": Case({}, _range, _images),
    "CenterCrop": Case({"height": sides, "width": sides}, {"data_format": data_format}, _images),
    "ContrastLimitedAdaptiveHistogramEqualization": Case({}, {"data_format": data_format}, _images),
    "CutMix": _augment("factor"),
    "Equalization": Case({}, _range, _images),
    "MaxNumBoundingBoxes": Case({"max_number": sides}, {}, _images),
    "MixUp": Case({}, {"alpha": st.floats(0, 1), **_seed}, _images),
    "RandAugment": _augment("factor"),
    "RandomBrightness": _augment("factor", **_range),
    "RandomColorDegeneration": _augment("factor", **_range),
    "RandomColorJitter": _augment(brightness_factor=_factor, hue_factor=_factor),
    "RandomContrast": _augment("factor"),
    "RandomCrop": Case({"height": sides, "width": sides}, {"data_format": data_format, **_seed}, _images),
    "RandomElasticTransform": _augment("factor", scale=_factor, interpolation=_modes["interpolation"]),
    "RandomErasing": _augment("factor", scale=_factor),
    "RandomFlip": Case({}, {"mode": st.sampled_from(["horizontal", "vertical"]), **_seed}, _images),
    "RandomGaussianBlur": _augment(
        "factor", sigma=_factor, kernel_size=mostly(st.sampled_from([3, 5, (3, 5)]), 2)
    ),
    "RandomGrayscale": Case(
        {"factor": mostly(st.floats(0, 1), 1.5, -0.5)}, {"data_format": data_format}, _images
    ),
    "RandomHue": _augment("factor"),
    "RandomInvert": _augment("factor"),
    "RandomPerspective": _augment("factor", scale=mostly(st.floats(0, 1), 1.5)),
    "RandomPosterization": Case({"factor": mostly(st.integers(1, 8), 0, 9)}, {**_range, **_seed}, _images),
    "RandomRotation": _augment("factor", **_modes),
    "RandomSaturation": _augment("factor", **_range),
    "RandomSharpness": _augment("factor", **_range),
    "RandomShear": _augment("x_factor", "y_factor", **_modes),
    "RandomTranslation": _augment("height_factor", "width_factor", **_modes),
    "RandomZoom": _augment("height_factor", width_factor=_factor, **_modes),
    "Resizing": Case(
        {"height": sides, "width": sides},
        {"data_format": data_format, "crop_to_aspect_ratio": flag},
        _images,
    ),
    "Solarization": Case({}, {"addition_factor": _factor, "threshold_factor": _factor, **_range}, _images),
}
