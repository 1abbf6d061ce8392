"""A runner for tests: what a request's recording holds, as JSON."""

from __future__ import annotations

from typing import Any

from kerlint.confirm.load import load


def run(request: dict[str, Any]) -> dict[str, Any]:
    """The recording in numbers and words."""
    recording = load(request)
    raised = recording.raised
    return {
        "made": [
            [one.cls, one.kind, list(one.region or ()), sorted(one.arguments)]
            for one in recording.made
            if one.direct
        ],
        "events": [
            [one.kind, (one.region or (0,))[0], one.ran, sorted(one.history), one.before != [] or one.ran]
            for one in recording.events
        ],
        "changed": [one.moved for one in recording.events if one.after],
        "raised": raised and [raised.type, raised.words, [spot[0] for spot in raised.chain]],
        "said": [[one.words, one.category, (one.region or (0,))[0]] for one in recording.said],
        "replaced": [[one.name, one.why] for one in recording.replaced],
        "rows": sorted(recording.rows),
    }
