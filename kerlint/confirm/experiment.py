"""One experiment in the child: load the slice with Keras watched, then ask the probes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kerlint.confirm.load import load
from kerlint.confirm.probing import probe
from kerlint.confirm.recording import Recording
from kerlint.confirm.stubs import stubs_in

CONFIRMED, INCONCLUSIVE = "confirmed", "inconclusive"
MOST_NOTES = 3


def run(request: Mapping[str, Any]) -> dict[str, Any]:
    """The verdict on every finding: `{"verdicts": {id: {"status", "evidence"}}, "keras": ..., "replaced": ...}`."""
    recording = load(request)
    verdicts = {}
    for finding in request["findings"]:
        status, evidence = probe(recording, finding)
        status, evidence = _sober(status, evidence, recording)
        notes = "" if status == INCONCLUSIVE else _notes(request, recording)
        verdicts[finding["id"]] = {"status": status, "evidence": evidence + notes}
    return {
        "verdicts": verdicts,
        "keras": recording.keras.__version__,
        "replaced": [[one.name, one.why] for one in recording.replaced],
    }


def _sober(status: str, evidence: str, recording: Recording) -> tuple[str, str]:
    """No confirmation by an exception that a stand-in may have caused."""
    raised = recording.raised
    if status == CONFIRMED and raised is not None:
        for region, name in _tainted(recording):
            if region in raised.chain:
                return INCONCLUSIVE, f"needs the value of `{name}`, which is not known"
    return status, evidence


def _tainted(recording: Recording) -> Iterator[tuple[Any, str]]:
    """Calls that were given something of which nothing is known."""
    calls = [(one.region, one.arguments) for one in recording.made]
    calls += [(one.region, one.arguments) for one in recording.events]
    for region, arguments in calls:
        for stub in stubs_in(arguments):
            yield region, stub._kerlint_name


def _notes(request: Mapping[str, Any], recording: Recording) -> str:
    """What the verdict rests on beside the program."""
    missing = [one.name for one in recording.replaced if one.why == "missing package"]
    notes = [f"supposing {text}" for text in dict.fromkeys(request["supposed"]) if recording.driven]
    notes += [f"without {name}" for name in dict.fromkeys(missing)]
    return f" ({', '.join(notes[:MOST_NOTES])})" if notes else ""
