"""Where programs take data from - downloads, files, folders, the command line - replaced in this process."""

from __future__ import annotations

import argparse
import builtins
import io
import json
import os
import time
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from kerlint.confirm.stubs import Stub
from kerlint.confirm.synthetic import array

Tell = Callable[[str, str], None]
"""Is given the name of what was replaced, and why."""
IMAGES = 64
"""Images in a folder that is not there."""


def replace_sources(keras: Any, tell: Tell, classes: int) -> None:
    """From now on nothing is read or fetched: what would have been has the right shapes.

    Folders of samples have so many `classes` where the program does not name them.
    """
    _replace_datasets(keras, tell)
    _replace_folders(keras, tell, classes)
    _replace_files(keras, tell)
    argparse.ArgumentParser.parse_args = _parse_args  # type: ignore[method-assign]
    argparse.ArgumentParser.parse_known_args = lambda self, *args, **kwargs: (_parse_args(self), [])  # type: ignore[method-assign]
    builtins.input = lambda *args: "1"
    builtins.open = _opened(builtins.open, tell)
    time.sleep = lambda seconds: None
    os.system = lambda command: 0
    os.makedirs = _leniently(os.makedirs, lambda: None)
    os.mkdir = _leniently(os.mkdir, lambda: None)
    os.listdir = _leniently(os.listdir, list)


def _leniently(original: Callable[..., Any], otherwise: Callable[[], Any]) -> Callable[..., Any]:
    """The function, with an answer where the system refuses."""

    def function(*args: Any, **kwargs: Any) -> Any:
        try:
            return original(*args, **kwargs)
        except OSError:
            return otherwise()

    return function


def _opened(original: Callable[..., Any], tell: Tell) -> Callable[..., Any]:
    """`open` that finds every file that is to be read; those that are not there are empty."""

    def open(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
        try:
            return original(file, mode, *args, **options)
        except FileNotFoundError:
            if mode.strip("btU") != "r":
                raise
            tell(f"open({file!r})", "data")
            return io.BytesIO() if "b" in mode else io.StringIO()

    return open


def _replace_datasets(keras: Any, tell: Tell) -> None:
    for name, table in json.loads(files("kerlint.model.data").joinpath("datasets.json").read_text()).items():
        module = getattr(keras.datasets, name, None)
        if module is not None:
            module.load_data = _loader(name, table, tell)
            if hasattr(module, "get_word_index"):
                module.get_word_index = lambda *args, **kwargs: {
                    f"word{index}": index for index in range(1, 100)
                }


def _loader(name: str, table: dict[str, Any], tell: Tell) -> Callable[..., Any]:
    def load_data(*args: Any, **options: Any) -> Any:
        tell(f"keras.datasets.{name}", "download")
        words = options.get("num_words") or (args[1] if len(args) > 1 else None)
        return tuple(
            (_part(table[part]["x"], seed, words), _part(table[part]["y"], seed + 5, None))
            for seed, part in enumerate(("train", "test"))
        )

    return load_data


def _part(spec: dict[str, Any], seed: int, words: Any) -> Any:
    import numpy as np

    if spec.get("dtype") == "object":
        random = np.random.default_rng(seed)
        made = np.empty(spec["shape"][0], dtype=object)
        for index in range(len(made)):
            made[index] = [
                int(words or 10000) - 1,
                *random.integers(1, words or 10000, index % 20 + 5).tolist(),
            ]
        return made
    classes = spec.get("classes")
    labels = {"encoding": "integer", "classes": classes} if classes else None
    return array({**spec, "labels": labels}, seed)


def _replace_folders(keras: Any, tell: Tell, classes: int) -> None:
    utils = keras.utils
    for owner in (utils, getattr(keras, "preprocessing", None)):
        if owner is not None and hasattr(owner, "image_dataset_from_directory"):
            owner.image_dataset_from_directory = _image_folder(tell, classes)
    if hasattr(utils, "text_dataset_from_directory"):
        utils.text_dataset_from_directory = _text_folder(tell, classes)
    image = getattr(getattr(keras, "preprocessing", None), "image", None)
    for owner in (utils, image):
        if owner is not None and hasattr(owner, "load_img"):
            owner.load_img = _picture(tell)
    for generator in _generators(keras, image):
        generator.flow_from_directory = _flow(tell, classes)
        generator.flow_from_dataframe = _flow(tell, classes)


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


def _replace_files(keras: Any, tell: Tell) -> None:
    import numpy as np

    for name in ("load", "loadtxt", "genfromtxt", "fromfile"):
        setattr(np, name, _unknown(f"np.{name}", tell))
    _replace_reading(tell)
    keras.utils.get_file = _fetched(tell)
    keras.utils.plot_model = lambda *args, **kwargs: None
    applications = getattr(getattr(keras, "src", None), "applications", None)
    for module in vars(applications).values() if applications is not None else ():
        if hasattr(module, "file_utils"):
            module.file_utils.get_file = _fetched(tell)
        if hasattr(module, "data_utils"):
            module.data_utils.get_file = _fetched(tell)


def _replace_reading(tell: Tell) -> None:
    """Pictures that TensorFlow reads from files are of one size and empty."""
    import tensorflow as tf

    def list_files(*args: Any, **options: Any) -> Any:
        tell("list_files", "data")
        return tf.data.Dataset.from_tensor_slices([f"image{index}.png" for index in range(IMAGES)])

    def decoded(contents: Any, channels: Any = 3, **options: Any) -> Any:
        return tf.zeros([256, 256, channels or 3], options.get("dtype", tf.uint8))

    tf.data.Dataset.list_files = staticmethod(list_files)
    tf.io.read_file = lambda *args, **options: tf.constant(b"")
    for name in ("decode_image", "decode_jpeg", "decode_png", "decode_bmp"):
        setattr(tf.io, name, decoded)
        setattr(tf.image, name, decoded)


def _unknown(name: str, tell: Tell) -> Callable[..., Any]:
    def read(*args: Any, **options: Any) -> Any:
        tell(name, "data")
        return Stub(f"{name}()")

    return read


def _fetched(tell: Tell) -> Callable[..., str]:
    def get_file(fname: Any = None, *args: Any, **options: Any) -> str:
        tell(f"get_file({fname!r})", "download")
        return os.path.join(os.getcwd(), os.path.basename(str(fname or "file")))

    return get_file


_TYPICAL = {int: 1, float: 0.1, str: "value", bool: False}


def _parse_args(self: Any, *args: Any, **kwargs: Any) -> Any:
    """The defaults of the command line; what has none and is wanted gets a typical value of its type."""
    found = argparse.Namespace()
    for action in self._actions:
        if action.dest == "help":
            continue
        value = action.default
        if isinstance(value, str) and callable(action.type):
            value = action.type(value)
        if value is None and (action.required or not action.option_strings):
            value = (
                next(iter(action.choices)) if action.choices else _TYPICAL.get(action.type or str, "value")
            )
            value = [value] if action.nargs in ("+", "*") or isinstance(action.nargs, int) else value
        setattr(found, action.dest, value)
    return found
