"""Folders of samples that are not there: pictures and texts of the right shapes, labelled as asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from tempfile import TemporaryDirectory
from typing import Any

from kerlint.confirm.synthetic import array

Tell = Callable[[str, str], None]
"""Is given the name of what was replaced, and why."""
REFUSALS = re.compile(
    r"Invalid class_mode|Invalid color mode|`(?:label|color)_mode`.* must be one of|.*unexpected keyword argument"
)
"""How Keras begins that refuses an argument for itself, whatever is in the folder."""
IMAGES = 16
"""Images in a folder that is not there."""


def replace_folders(keras: Any, tell: Tell, classes: int) -> None:
    """Folders of pictures and texts hold a few samples of the right shapes, in so many classes."""
    utils = keras.utils
    for owner in (utils, getattr(keras, "preprocessing", None)):
        if owner is not None and hasattr(owner, "image_dataset_from_directory"):
            made = _image_folder(tell, classes)
            owner.image_dataset_from_directory = _asking(owner.image_dataset_from_directory, made)
    if hasattr(utils, "text_dataset_from_directory"):
        made = _text_folder(tell, classes)
        utils.text_dataset_from_directory = _asking(utils.text_dataset_from_directory, made)
    image = getattr(getattr(keras, "preprocessing", None), "image", None)
    for owner in (utils, image):
        if owner is not None and hasattr(owner, "load_img"):
            owner.load_img = _picture(tell)
    for generator in _generators(keras, image):
        generator.flow_from_directory = _asking(generator.flow_from_directory, _flow(tell, classes), place=1)
        generator.flow_from_dataframe = _flow(tell, classes)


def _asking(original: Callable[..., Any], made: Callable[..., Any], place: int = 0) -> Callable[..., Any]:
    """The stand-in behind Keras's own check of the arguments, of which the one at `place` is the folder."""
    original = getattr(original, "original", original)

    def from_folder(*args: Any, **options: Any) -> Any:
        with TemporaryDirectory() as nothing:
            kept = {name: value for name, value in options.items() if name != "directory"}
            try:
                original(*args[:place], nothing, *args[place + 1 :], **kept)
            except (TypeError, ValueError) as error:
                if REFUSALS.match(str(error)):
                    raise
            except (OSError, ArithmeticError, LookupError, AttributeError):
                pass  # of a folder with nothing in it
        return made(*args, **options)

    from_folder.original = original  # type: ignore[attr-defined]
    return from_folder


def lend_generators(keras: Any) -> None:
    """Let programs import `ImageDataGenerator` by its old name, which Keras 3 keeps for TensorFlow only."""
    image = keras.preprocessing.image
    for generator in _generators(keras, image):
        image.ImageDataGenerator = generator


def _generators(keras: Any, image: Any) -> list[Any]:
    """The classes `ImageDataGenerator` of this Keras: Keras 3 keeps its own out of sight."""
    legacy = getattr(getattr(getattr(keras, "src", None), "legacy", None), "preprocessing", None)
    found = [getattr(owner, "ImageDataGenerator", None) for owner in (image, getattr(legacy, "image", None))]
    return [generator for generator in found if generator is not None]


def _image_folder(tell: Tell, known: int) -> Callable[..., Any]:
    def image_dataset_from_directory(
        directory: Any = None,
        labels: Any = "inferred",
        label_mode: Any = "int",
        class_names: Any = None,
        color_mode: str = "rgb",
        batch_size: Any = 32,
        image_size: Any = (256, 256),
        shuffle: bool = True,
        **options: Any,
    ) -> Any:
        tell("image_dataset_from_directory", "data")
        shape = [IMAGES, *image_size, {"grayscale": 1, "rgba": 4}.get(color_mode, 3)]
        images = array({"shape": shape, "dtype": "float32", "low": 0, "high": 255})
        classes = len(class_names) if class_names else 2 if label_mode == "binary" else known
        if options.get("subset") == "both":
            return tuple(_batches(images, labels, label_mode, classes, batch_size, shuffle) for _ in range(2))
        return _batches(images, labels, label_mode, classes, batch_size, shuffle)

    return image_dataset_from_directory


def _batches(inputs: Any, labels: Any, mode: Any, classes: int, size: Any, shuffle: bool) -> Any:
    import tensorflow as tf

    targets = _targets(mode if labels is not None else None, classes, len(inputs))
    data = tf.data.Dataset.from_tensor_slices(inputs if targets is None else (inputs, targets))
    data = data.shuffle(len(inputs)) if shuffle else data
    data = data if size is None else data.batch(size)
    data.class_names = [f"class{index}" for index in range(classes)]
    data.file_paths = [f"image{index}.png" for index in range(len(inputs))]
    return data


def _targets(mode: Any, classes: int, count: int) -> Any:
    if mode is None:
        return None
    if mode == "binary":
        return array(
            {"shape": [count, 1], "dtype": "float32", "labels": {"encoding": "integer", "classes": 2}}
        )
    if mode == "categorical":
        return array({"shape": [count, classes], "dtype": "float32", "labels": {"encoding": "one-hot"}})
    return array({"shape": [count], "dtype": "int32", "labels": {"encoding": "integer", "classes": classes}})


def _text_folder(tell: Tell, known: int) -> Callable[..., Any]:
    def text_dataset_from_directory(
        directory: Any = None,
        labels: Any = "inferred",
        label_mode: Any = "int",
        class_names: Any = None,
        batch_size: Any = 32,
        max_length: Any = None,
        shuffle: bool = True,
        **options: Any,
    ) -> Any:
        tell("text_dataset_from_directory", "data")
        words = array({"shape": [IMAGES], "dtype": "object"}).astype(str)
        classes = len(class_names) if class_names else 2 if label_mode == "binary" else known
        return _batches(words, labels, label_mode, classes, batch_size, shuffle)

    return text_dataset_from_directory


def _picture(tell: Tell) -> Callable[..., Any]:
    def load_img(
        path: Any, color_mode: str = "rgb", target_size: Any = None, grayscale: bool = False, **options: Any
    ) -> Any:
        tell("load_img", "data")
        channels = 1 if grayscale else {"grayscale": 1, "rgba": 4}.get(color_mode, 3)
        shape = [*(target_size or (256, 256)), channels]
        return array({"shape": shape, "dtype": "uint8", "low": 0, "high": 255})

    return load_img


def _flow(tell: Tell, known: int) -> Callable[..., Any]:
    def flow(
        self: Any,
        *args: Any,
        target_size: Any = (256, 256),
        color_mode: str = "rgb",
        classes: Any = None,
        class_mode: Any = "categorical",
        batch_size: int = 32,
        shuffle: bool = True,
        **options: Any,
    ) -> Any:
        tell("flow_from_directory", "data")
        shape = [IMAGES, *target_size, {"grayscale": 1, "rgba": 4}.get(color_mode, 3)]
        images = array({"shape": shape, "dtype": "float32", "low": 0, "high": 255})
        count = len(classes) if classes else 2 if class_mode == "binary" else known
        mode = {"sparse": "int", "input": None, "raw": "int"}.get(class_mode, class_mode)
        targets = images if class_mode == "input" else _targets(mode, count, IMAGES)
        if mode == "binary":
            targets = targets[:, 0]
        made = self.flow(images, targets, batch_size=batch_size, shuffle=shuffle)
        made.class_indices = {f"class{index}": index for index in range(count)}
        made.num_classes, made.samples = count, IMAGES
        made.filenames = [f"class{index % count}/{index}.png" for index in range(IMAGES)]
        made.classes = (count - 1 - _numbered(IMAGES) % count).astype("int32")
        made.class_mode, made.target_size, made.image_shape = class_mode, tuple(target_size), tuple(shape[1:])
        return made

    return flow


def _numbered(count: int) -> Any:
    import numpy as np

    return np.arange(count)
