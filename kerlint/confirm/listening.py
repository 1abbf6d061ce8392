"""What a program says while it runs: warnings, log records, lines on the standard error."""

from __future__ import annotations

import io
import logging
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

NOISE = "__array__ implementation doesn't accept"
"""What NumPy says of TensorFlow, whatever the program."""
LONGEST = 2000

Say = Callable[[str, str], None]
"""Is given the words and their category."""


@contextmanager
def listening(say: Say) -> Iterator[None]:
    """Tell what is said in here, though the program silences warnings; drop what is printed."""
    ear = _Ear(say)
    kept = (warnings.showwarning, warnings.filters[:], sys.stderr, sys.stdout)
    warnings.simplefilter("always")
    silenced = (warnings.simplefilter, warnings.filterwarnings)
    warnings.showwarning = ear.warned
    warnings.simplefilter = warnings.filterwarnings = lambda *args, **kwargs: None  # type: ignore[assignment]
    sys.stderr, sys.stdout = ear, _Nowhere()
    handler = _Handler(say)
    loggers = [logging.getLogger(name) for name in (None, "absl", "tensorflow")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
        warnings.simplefilter, warnings.filterwarnings = silenced
        warnings.showwarning, warnings.filters[:], sys.stderr, sys.stdout = kept  # type: ignore[index]


class _Nowhere(io.StringIO):
    """Takes what is printed, keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


class _Ear(io.StringIO):
    """The standard error of the program."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say

    def write(self, text: str) -> int:
        self._say(text[:LONGEST], "stderr")
        return len(text)

    def warned(self, message: Any, category: type[Warning], *rest: Any, **more: Any) -> None:
        """Takes a warning."""
        if not str(message).startswith(NOISE):
            self._say(str(message), category.__name__)


class _Handler(logging.Handler):
    def __init__(self, say: Say) -> None:
        super().__init__(logging.WARNING)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        self._say(record.getMessage(), "log")
