"""JSON that every reader takes: ASCII only, and no escapes of lone surrogates."""

from __future__ import annotations

import json
import re
from typing import Any

from kerlint.report.printable import encodable

# Strict readers refuse half of a surrogate pair; file names and evaluated strings may hold one.
_MAYBE_LONE = re.compile(r"\\ud[89a-f]", re.IGNORECASE)


def dump(value: Any, *, indent: int | None = 2) -> str:
    """The value as JSON, over several lines or, with `indent=None`, compact on one."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(value, indent=indent, separators=separators)
    if _MAYBE_LONE.search(text) is None:
        return text
    clean = json.loads(encodable(json.dumps(value, ensure_ascii=False)))
    return json.dumps(clean, indent=indent, separators=separators)
