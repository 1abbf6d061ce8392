"""Keys of the logs that people mistake for one another."""

from __future__ import annotations

from kerlint.model.logs import Logs

PAIRS = {"acc": "accuracy", "accuracy": "acc", "lr": "learning_rate", "learning_rate": "lr"}


def renamed(key: str, logs: Logs) -> str | None:
    """The logged key that is evidently meant by one that is not; None when there is none."""
    base = key.removeprefix("val_")
    other = PAIRS.get(base)
    if other is None:
        return None
    found = f"{key.removesuffix(base)}{other}"
    return found if logs.has(found) else None
