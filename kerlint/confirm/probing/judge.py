"""The one place where declared expectations become verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from kerlint.confirm.probing import (
    activations,
    affine,
    heads,
    idle,
    logs,
    losses,
    outputs,
    pipelines,
    ranges,
    resolved,
    saving,
    saying,
    shapes,
    sharing,
    statistics,
    weights,
)
from kerlint.confirm.probing.case import CONFIRMED, INCONCLUSIVE, Case, Outcome, unseen
from kerlint.confirm.probing.tracing import passed
from kerlint.confirm.recording import Recording
from kerlint.confirm.stubs import stubs_in
from kerlint.probes import Property

MEASURES: Mapping[Property, Callable[[Case], Outcome]] = {
    Property.AFFINE: affine.affine,
    Property.POOLING_ALONE: affine.pooling_alone,
    Property.CONSTANT_OUTPUT: outputs.constant_output,
    Property.BOUNDED_OUTPUT: outputs.bounded_output,
    Property.OUTPUT_DISTURBED: outputs.output_disturbed,
    Property.UNUSED: idle.unused,
    Property.SETTING_IGNORED: idle.setting_ignored,
    Property.MISPLACED: idle.misplaced,
    Property.ARGUMENT_IGNORED: idle.argument_ignored,
    Property.UNCHANGED_WEIGHTS: weights.unchanged_weights,
    Property.WILD_STEP: weights.wild_step,
    Property.TRAINABLE_IGNORED: weights.trainable_ignored,
    Property.HANDED_ON: weights.handed_on,
    Property.EQUAL_WEIGHTS: weights.equal_weights,
    Property.EQUAL_UNITS: weights.equal_units,
    Property.DIFFERENT_WEIGHTS: weights.different_weights,
    Property.MISSING_WEIGHTS: weights.missing_weights,
    Property.UNCHANGED_STATISTICS: statistics.unchanged_statistics,
    Property.DROPS_MOST: statistics.drops_most,
    Property.SHARED_OBJECT: sharing.shared_object,
    Property.STATE_KEPT: sharing.state_kept,
    Property.LOSS_NOT_FINITE: losses.loss_not_finite,
    Property.LOSS_WITHOUT_GRADIENT: losses.loss_without_gradient,
    Property.LOST_ON_LOADING: saving.lost_on_loading,
    Property.KEY_MISSING: logs.key_missing,
    Property.NEVER_ACTS: logs.never_acts,
    Property.SHAPE_DIFFERS: shapes.shape_differs,
    Property.EDGES_LOST: shapes.edges_lost,
    Property.MAP_LEFT: shapes.map_left,
    Property.WINDOW_WASTED: shapes.window_wasted,
    Property.SQUEEZED: activations.squeezed,
    Property.ROWS_MISSING: ranges.rows_missing,
    Property.RANGE_DIFFERS: ranges.range_differs,
    Property.ITEMS_SHARED: pipelines.items_shared,
    Property.ORDER_DIFFERS: pipelines.order_differs,
    Property.NOT_REPEATABLE: pipelines.not_repeatable,
    Property.STEPS_DIFFER: pipelines.steps_differ,
    Property.STATES_MIXED: pipelines.states_mixed,
}


def probe(recording: Recording, finding: Mapping[str, Any]) -> tuple[str, str]:
    """The verdict on a finding of a request: its status and one line of evidence. Never raises."""
    case = _awake(Case.of(recording, finding), finding)
    outcomes = []
    for expected in case.expects:
        outcome = _looked_for(case, expected)
        if outcome.status == CONFIRMED:
            unknown = _unknown(case)
            return (INCONCLUSIVE, unknown) if unknown else (outcome.status, outcome.evidence)
        outcomes.append((expected["kind"] in ("Raises", "Warns"), outcome))
    outcomes.sort(key=lambda pair: pair[0])
    open_ones = [outcome for _, outcome in outcomes if outcome.status == INCONCLUSIVE]
    chosen = (open_ones or [outcome for _, outcome in outcomes])[0]
    if recording.raised is not None:
        chosen = unseen(saying.stopped(recording.raised))
    return chosen.status, chosen.evidence


def _unknown(case: Case) -> str | None:
    """What the flagged objects were made of that nobody knows."""
    for made in case.subjects:
        for stub in stubs_in(made.arguments):
            return f"needs the value of `{stub._kerlint_name}`, which is not known"
    return None


def _awake(case: Case, finding: Mapping[str, Any]) -> Case:
    """The case after its models were called once, where what it speaks of happens inside a call."""
    if case.recording.raised is not None or case.subjects or case.events:
        return case
    for thing in case.models or case.of_class or [made.object for made in case.recording.models]:
        with suppress(Exception):
            passed(case.recording, thing)
    return Case.of(case.recording, finding)


def _looked_for(case: Case, expected: Mapping[str, Any]) -> Outcome:
    """One expectation. Keras and the program's own code may raise anything while it is measured."""
    try:
        return _measured(case, expected)
    except Exception as error:
        return unseen(f"measuring stopped with {saying.told(error)}")


def _measured(case: Case, expected: Mapping[str, Any]) -> Outcome:
    kind = expected["kind"]
    if kind == "Raises":
        return saying.raises(
            case,
            expected["words"],
            own=expected["own"],
            unaided=expected["unaided"],
            anywhere=expected["anywhere"],
        )
    if kind == "Warns":
        return saying.warns(case, expected["words"])
    if kind == "Resolves":
        return resolved.resolves(case, expected["attribute"], expected["to"], expected["given"])
    if kind == "CompiledAs":
        return heads.compiled(case, expected)
    return MEASURES[Property(expected["what"])](case)
