"""What an experiment makes of a recording, and a run of its answers. Recordings are made by hand; no Keras is asked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from kerlint.cache import Cache
from kerlint.confirm import experiment
from kerlint.confirm.recording import Raised, Recording, Replaced
from kerlint.confirm.settle import Asked, Settler

TEXT = "from keras.layers import Dense, Gone\n\nlayer = Dense(1)\n"
LOST = Replaced("Gone", "ImportError: cannot import name", (1, 1, 1, 37))
FINDING = {"id": "0", "region": [3, 9, 3, 17], "expects": []}
REQUEST = {"findings": [FINDING], "cells": [], "supposed": []}


def verdict(
    monkeypatch: pytest.MonkeyPatch, status: str, evidence: str, raised: Raised | None = None
) -> tuple[str, str]:
    """What becomes of a probe's word in a program that lacks a name."""
    keras = SimpleNamespace(__version__="3")
    recording = Recording(keras, TEXT, "call", replaced=[LOST], raised=raised)
    monkeypatch.setattr(experiment, "load", lambda request: recording)
    monkeypatch.setattr(experiment, "probe", lambda *_: (status, evidence))
    found = experiment.run(REQUEST)["verdicts"]["0"]
    return found["status"], found["evidence"]


def test_what_was_seen_counts_though_a_name_could_not_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdict(monkeypatch, "confirmed", "seen") == ("confirmed", "seen (without Gone)")


@pytest.mark.parametrize(
    ("status", "evidence"),
    [
        ("refuted", "nothing was raised"),
        ("inconclusive", "not reached"),
        ("confirmed", "Received: <stand-in for Gone>"),
    ],
)
def test_what_a_missing_name_may_have_caused_is_left_open(
    monkeypatch: pytest.MonkeyPatch, status: str, evidence: str
) -> None:
    said = "line 1 stopped with ImportError: cannot import name"
    assert verdict(monkeypatch, status, evidence) == ("inconclusive", said)


def test_what_stopped_a_program_later_is_told_rather_than_the_import(monkeypatch: pytest.MonkeyPatch) -> None:
    raised = Raised(ValueError("too large"), ((3, 9, 3, 17),))
    stopped = "line 3 stopped with ValueError: too large"
    told = verdict(monkeypatch, "inconclusive", stopped, raised)
    assert told == ("inconclusive", f"{stopped}; mend that, then confirm again")


class Remembering(Cache):
    """A cache that knows one thing of everything."""

    known: Any = b""

    def recall(self, key: bytes) -> bytes | None:
        return msgspec.json.encode(self.known) if not isinstance(self.known, bytes) else self.known


@pytest.mark.parametrize(
    ("known", "evidence"),
    [
        ([("confirmed", "seen")], "seen"),
        (b"damaged", "kerlint_no_such_keras is not installed"),
        ([1, 2], "kerlint_no_such_keras is not installed"),
        ([], "kerlint_no_such_keras is not installed"),
    ],
)
def test_a_damaged_memory_is_none(known: Any, evidence: str) -> None:
    cache = Remembering()
    cache.known = known
    request = {
        "path": "a.py",
        "text": "",
        "folders": [],
        "keras": "kerlint_no_such_keras",
        "findings": [FINDING],
    }
    ((position, found),) = Settler(cache).settle([Asked(request, {"0": 7})])
    assert position == 7
    assert found.evidence.endswith(evidence)
