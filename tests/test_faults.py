"""Faults as people make them are named, and sound programs as tutorials have them are left alone."""

from __future__ import annotations

import pytest

from bench.faults.measure import FAULTY, alarms, faults
from bench.faults.sound import SOUND

MISSES = {
    "the largest of one",
    "a step without a gradient",
}
"""Faults that are not named yet."""
BY_DESIGN = "KER301"
"""Pools that drop cells are warned of wherever they stand."""


def test_there_are_enough_programs() -> None:
    assert len(FAULTY) >= 40
    assert len(SOUND) >= 40


@pytest.mark.parametrize("title", FAULTY)
def test_a_fault_is_named_by_its_rule(title: str) -> None:
    marked = [fault for fault in faults() if fault.program == title]
    assert marked
    if title not in MISSES:
        assert all(fault.is_named for fault in marked), marked


def test_most_faults_are_named() -> None:
    found = faults()
    assert sum(fault.is_named for fault in found) / len(found) >= 0.85


def test_sound_programs_are_left_alone() -> None:
    said = [(title, one.code, one.message) for title, one in alarms() if one.code != BY_DESIGN]
    assert not said
