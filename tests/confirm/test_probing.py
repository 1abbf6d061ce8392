"""Probes on recordings made by hand: whose word an exception is, and what an attribute resolved to. No Keras is asked."""

from __future__ import annotations

from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from bench.analogous import forced, likes, places
from bench.confirm import meant
from kerlint.catalog import catalog
from kerlint.confirm.made_up import completed
from kerlint.confirm.probing import probe
from kerlint.confirm.probing.judge import MEASURES
from kerlint.confirm.recording import Event, Made, Raised, Recording
from kerlint.confirm.stubs import Stub
from kerlint.findings import Finding, Location, Region, Severity
from kerlint.probes import Given, Holds, Probe, Property, Raises, Resolves, Warns

TEXT = "pool = Pool(3)\nother = Pool(3, 3)\n"
FIRST, SECOND = (1, 8, 1, 15), (2, 9, 2, 19)


class Pool:
    def __init__(self, size: int, strides: int | None = None) -> None:
        self.size, self.strides = size, strides or size


def recording(*made: Made, **more: Any) -> Recording:
    """A recording of a run that reached both rows."""
    found = Recording(SimpleNamespace(), TEXT, "construct", made=list(made), rows={1, 2})
    for name, value in more.items():
        setattr(found, name, value)
    return found


def finding(
    region: tuple[int, ...], *expects: Raises | Resolves | Warns | Holds, step: str = "construct"
) -> dict[str, Any]:
    """A finding as a request has it."""
    kinds = [{"kind": type(one).__name__} | asdict(one) for one in expects]
    return {"region": list(region), "related": [], "step": step, "expects": kinds}


def pool(region: tuple[int, int, int, int], order: int, **arguments: int) -> Made:
    return Made(Pool(**arguments), "Pool", "layer", region, (region,), order, True, arguments)


def test_a_default_that_resolved_is_told_from_the_same_value_written() -> None:
    seen = recording(pool(FIRST, 0, size=3), pool(SECOND, 1, size=3, strides=3))
    expected = Resolves("strides", "size", Given.OMITTED)
    assert probe(seen, finding(FIRST, expected)) == (
        "confirmed",
        "Pool.strides resolved to 3, written nowhere",
    )
    assert probe(seen, finding(SECOND, expected))[0] == "refuted"


def test_an_argument_by_position_is_told_from_one_by_name() -> None:
    seen = recording(pool(SECOND, 0, size=3, strides=3))
    status, evidence = probe(seen, finding(SECOND, Resolves("strides", "size", Given.BY_POSITION)))
    assert (status, evidence) == ("confirmed", "Pool.strides resolved to 3, given by position")


def test_an_object_that_was_not_made_settles_nothing() -> None:
    assert probe(recording(), finding(FIRST, Resolves("strides", "size")))[0] == "inconclusive"


def test_an_exception_out_of_the_flagged_call_confirms_in_its_own_words() -> None:
    seen = recording(raised=Raised(ValueError("too \x1b[1mlarge\x1b[0m"), (FIRST,)))
    assert probe(seen, finding(FIRST, Raises("too"))) == ("confirmed", "line 1 raised ValueError: too large")


def test_an_exception_from_elsewhere_leaves_the_finding_open() -> None:
    seen = recording(raised=Raised(ValueError("too large"), (SECOND,)))
    status, evidence = probe(seen, finding(FIRST, Raises("too")))
    assert (status, evidence) == ("inconclusive", "line 2 stopped with ValueError: too large")


def test_an_exception_of_a_step_made_for_the_probe_may_not_count() -> None:
    seen = recording(raised=Raised(ValueError("too large"), (FIRST,), own=False))
    assert probe(seen, finding(FIRST, Raises("too")))[0] == "confirmed"
    assert probe(seen, finding(FIRST, Raises("too", own=True)))[0] == "inconclusive"


def test_a_line_that_was_not_reached_refutes_nothing() -> None:
    assert probe(recording(rows={2}), finding(FIRST, Raises("too")))[0] == "inconclusive"
    assert probe(recording(), finding(FIRST, Raises("too")))[0] == "refuted"


def test_an_event_that_was_left_out_refutes_nothing() -> None:
    left_out = Event("fit", SimpleNamespace(), FIRST, (FIRST,), 0)
    assert probe(recording(events=[left_out]), finding(FIRST, Raises("too")))[0] == "inconclusive"


def fit(model: Any, **more: Any) -> Event:
    """A fit in the first row that ran and moved nothing."""
    weights = np.ones((2, 2), "float32")
    found = Event("fit", model, FIRST, (FIRST,), 0, ran=True, variables=[SimpleNamespace(path="kernel")])
    found.before, found.after, found.trainable = [weights], [weights], [True]
    for name, value in more.items():
        setattr(found, name, value)
    return found


def test_a_training_on_data_of_which_nothing_is_known_refutes_nothing() -> None:
    model = SimpleNamespace(fit=0, compile=0)
    expected = finding(FIRST, Raises("same rank"), step="train")
    assert probe(recording(events=[fit(model)]), expected)[0] == "refuted"
    status, evidence = probe(recording(events=[fit(model, made_up="table")]), expected)
    assert (status, evidence) == ("inconclusive", "nothing was raised, but what `table` holds is not known")


@pytest.mark.parametrize("what", [Property.UNCHANGED_WEIGHTS, Property.WILD_STEP])
def test_a_training_that_was_refused_says_nothing_of_the_learning_rate(what: Property) -> None:
    refused = fit(SimpleNamespace(fit=0, compile=0), error=ValueError("Unknown variable"))
    status, evidence = probe(recording(events=[refused]), finding(FIRST, Holds(what), step="train"))
    assert (status, evidence) == ("inconclusive", "no training step of the flagged model was run")


def test_an_array_that_the_program_has_keeps_its_place_beside_made_ones() -> None:
    x, y, stub = np.ones((2, 3)), np.zeros((2, 1)), Stub("table")
    codes, rows = np.arange(5), np.ones((7, 4))
    kept = completed({"x": stub, "y": codes}, (x, y))
    assert kept["y"] is codes
    assert kept["x"].shape == (5, 3)
    kept = completed({"x": rows, "y": stub}, ({"a": x}, [y]))
    assert kept["x"] is rows
    assert [one.shape for one in kept["y"]] == [(7, 1)]
    assert completed({"x": stub, "y": stub}, (x, y)) == {"x": x, "y": y}
    assert list(completed({"x": stub}, (x, y))) == ["x"]


@pytest.mark.parametrize("what", Property)
def test_every_property_has_a_measurement(what: Property) -> None:
    assert what in MEASURES


def test_every_property_is_asked_for_by_a_rule() -> None:
    probes = [rule.probe for rule in catalog().values() if isinstance(rule.probe, Probe)]
    asked = {getattr(one, "what", None) for found in probes for one in found.expects}
    assert set(Property) - asked == set()


BAD = "model = Sequential([Conv2D(4, 3), Dense(1)])\n"
GOOD = "net = Sequential()\nnet.add(Conv1D(4, 3, activation='relu'))\nnet.add(Dense(2))\n"


def test_a_probe_is_put_to_the_same_call_of_another_program() -> None:
    region = Region(1, 21, 1, 33)
    there = Location("example.py", region, region)
    flagged = Finding("KER201", "conv-no-activation", Severity.WARNING, "no activation", there)
    wanted = list(likes(BAD, [flagged]))
    assert [one.kind for one in wanted] == [("call", "Conv")]
    found = forced("KER201", "conv-no-activation", GOOD, wanted)
    assert [one.location.region for one in found] == [Region(2, 9, 2, 40)]


def test_places_name_keywords_and_their_values() -> None:
    kinds = [kind for _, kind in places(GOOD)]
    assert ("keyword", "Conv", "activation") in kinds
    assert ("argument", "Conv", "activation") in kinds


def test_what_is_meant_names_examples_that_exist() -> None:
    for code, title in meant():
        assert title in catalog()[code].good
