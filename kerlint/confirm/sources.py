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

from kerlint.confirm.folders import IMAGES, Tell, replace_folders
from kerlint.confirm.stubs import Stub
from kerlint.confirm.synthetic import array


def replace_sources(keras: Any, tell: Tell, classes: int) -> None:
    """From now on nothing is read or fetched: what would have been has the right shapes.

    Folders of samples have so many `classes` where the program does not name them.
    """
    _replace_datasets(keras, tell)
    replace_folders(keras, tell, classes)
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
