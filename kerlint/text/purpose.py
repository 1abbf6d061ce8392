"""What a file is for, as far as its name and its text tell."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kerlint.source import Source

_NAME: Final = re.compile(r"test_\w*\.py|\w*_test\.py|tests?\.py")
_TEST: Final = re.compile(r"^[ \t]*(?:async[ \t]+)?def test", re.MULTILINE)


def is_test(source: Source) -> bool:
    """Whether a file holds automatic tests: by the name that test runners look for, and with one in it."""
    name = os.path.basename(source.filename)
    return _NAME.fullmatch(name) is not None and _TEST.search(source.text) is not None
