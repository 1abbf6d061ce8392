"""A runner that executes the program it is given, as it is; the program's `answer` is the answer."""

from __future__ import annotations

import sys
from typing import Any


def run(request: dict[str, Any]) -> dict[str, Any]:
    """The program's `answer`, or the error that ended it."""
    sys.path[:0] = request.get("folders", [])
    namespace: dict[str, Any] = {"given": request.get("given", {})}
    try:
        exec(request["text"], namespace)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"answer": namespace.get("answer")}
