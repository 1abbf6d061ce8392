"""Running the command line inside the test process, and programs to run it on."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from kerlint.cli import main

POOL = """\
import keras

model = keras.Sequential(
    [
        keras.layers.Input((28, 28, 1)),
        keras.layers.MaxPooling2D(3),
    ]
)
"""
"""One warning with a safe fix: KER301 at row 6."""

FIXED = POOL.replace("MaxPooling2D(3)", "MaxPooling2D(3, strides=3)")

QUIET = POOL.replace("MaxPooling2D(3)", "MaxPooling2D(2)")
"""One finding at info level."""

PLAIN = "import os\n"


@dataclass(frozen=True)
class Result:
    """What a run gave."""

    status: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


class _Stream(io.TextIOWrapper):
    """A text stream over bytes that stay readable."""

    def __init__(self, data: bytes = b"") -> None:
        self.kept = io.BytesIO(data)
        super().__init__(self.kept, encoding="utf-8", write_through=True)

    @property
    def written(self) -> str:
        return self.kept.getvalue().decode("utf-8")


@contextmanager
def _streams(stdin: bytes) -> Iterator[tuple[_Stream, _Stream]]:
    out, err = _Stream(), _Stream()
    with patch.multiple(sys, stdin=_Stream(stdin), stdout=out, stderr=err):
        yield out, err


def kerlint(*arguments: str | Path, stdin: str | bytes = b"") -> Result:
    """Run a command line here, as `kerlint ARGUMENTS` would."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    with _streams(given) as (out, err):
        status = main([str(argument) for argument in arguments])
    return Result(status, out.written, err.written)


def written(folder: Path, **files: str) -> Path:
    """Write files into a folder; the names' double underscores are dots (`model__py`)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


Cli = Callable[..., Result]
