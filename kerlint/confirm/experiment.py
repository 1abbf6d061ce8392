"""One experiment in the child: load the slice with Keras watched, then ask the probes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kerlint.confirm.cells import in_cells
from kerlint.confirm.load import load
from kerlint.confirm.past import Past
from kerlint.confirm.probing import probe
from kerlint.confirm.recording import Recording, Replaced
from kerlint.confirm.stubs import stubs_in

CONFIRMED, REFUTED, INCONCLUSIVE = "confirmed", "refuted", "inconclusive"
MOST_NOTES = 3
STAND_IN = "<stand-in for"
"""What a stand-in looks like in words of Keras."""


def run(request: Mapping[str, Any]) -> dict[str, Any]:
    """The verdict on every finding: `{"verdicts": {id: {"status", "evidence"}}, "keras": ..., "replaced": ...}`."""
    recording = load(request)
    seen = [_seen(recording, finding) for finding in request["findings"]]
    past = Past(recording)
    verdicts = {}
    for finding, (status, evidence) in zip(request["findings"], seen, strict=True):
        left_out = ""
        if status == INCONCLUSIVE and (narrowed := past.narrowed(finding)) is not None:
            further = _seen(past.recording, narrowed)
            if further[0] == CONFIRMED:
                (status, evidence), left_out = further, past.words(request["cells"])
            elif past.is_to_blame(evidence):
                evidence += "; mend that, then confirm again"
        elif status == INCONCLUSIVE and past.is_to_blame(evidence):
            evidence += "; mend that, then confirm again"
        notes = "" if status == INCONCLUSIVE else _notes(request, recording)
        words = in_cells(evidence, request["cells"]) + left_out + notes
        verdicts[finding["id"]] = {"status": status, "evidence": words}
    return {
        "verdicts": verdicts,
        "keras": recording.keras.__version__,
        "replaced": [[one.name, one.why] for one in recording.replaced],
    }


def _seen(recording: Recording, finding: Mapping[str, Any]) -> tuple[str, str]:
    """What a recording shows of a finding."""
    status, evidence = probe(recording, finding)
    if status != REFUTED:
        status, evidence = _sober(status, evidence, recording)
    if status == CONFIRMED and (stranger := _stranger(finding, recording)) is not None:
        status, evidence = INCONCLUSIVE, f"what `{stranger}` does with the model is not known"
    return _without(status, evidence, recording)


def _not_imported(recording: Recording) -> list[Replaced]:
    """The names whose import failed, of what the program would have Keras or its own modules give."""
    lines = recording.text.split("\n")
    failed = [one for one in recording.replaced if ": " in one.why]
    return [
        one
        for one in failed
        if one.region and lines[one.region[0] - 1].lstrip().startswith(("import ", "from "))
    ]


def _without(status: str, evidence: str, recording: Recording) -> tuple[str, str]:
    """Nothing but what was seen is held against a program whose imports failed: that alone may be the reason."""
    for one in _not_imported(recording):
        is_open = status == INCONCLUSIVE and recording.raised is None
        if one.region and (status == REFUTED or is_open or STAND_IN in evidence):
            return INCONCLUSIVE, f"line {one.region[0]} stopped with {one.why}"
    return status, evidence


def _sober(status: str, evidence: str, recording: Recording) -> tuple[str, str]:
    """No confirmation by an exception that a stand-in may have caused, and the cause where there is one."""
    raised = recording.raised
    if raised is not None and (status == INCONCLUSIVE or raised.type in evidence):
        for region, name in _tainted(recording):
            if region in raised.chain:
                return INCONCLUSIVE, _cause(name, recording)
    return status, evidence


def _cause(name: str, recording: Recording) -> str:
    """Why nothing is known of what a stand-in stands for."""
    for one in recording.replaced:
        if one.name == name and one.region is not None and ": " in one.why:
            return f"`{name}` (line {one.region[0]}) failed: {one.why}"
    return f"needs the value of `{name}`, which is not known"


def _stranger(finding: Mapping[str, Any], recording: Recording) -> str | None:
    """The stand-in that was handed an object of the finding before what the finding is about."""
    row, column, end_row, end_column = finding["region"]
    region = (row, column, end_row, end_column)
    things = [(made.object, made.order) for made in recording.at(region)]
    things += [(event.model, event.order) for event in recording.events_at(region)]
    for name, order, objects in recording.handed:
        if any(thing is one and order < when for thing, when in things for one in objects):
            return name
    return None


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
    missing += [one.name for one in _not_imported(recording)]
    notes = [f"supposing {text}" for text in dict.fromkeys(request["supposed"]) if recording.driven]
    notes += [f"without {name}" for name in dict.fromkeys(missing)]
    return f" ({', '.join(notes[:MOST_NOTES])})" if notes else ""
