"""What Keras says of subjects, kept in `bench/.corpus/answers.json` so that it is asked only once."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from bench.corpus import CORPUS
from bench.keras_tables import Worker
from bench.subjects import Subject, environment_of

KEPT = CORPUS / "answers.json"
PYTHON = os.environ.get("KERLINT_CORPUS_PYTHON", sys.executable)
"""The Python that can import the corpus's packages."""


def answers(subjects: Iterable[Subject]) -> dict[Subject, dict[str, Any]]:
    """Keras's answer for each subject: `{"models": ...}` or `{"error": ...}`."""
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    wanted = {subject: _key(subject) for subject in subjects}
    by_place: dict[tuple[str, str], list[Subject]] = {}
    for subject, key in wanted.items():
        if key not in kept:
            by_place.setdefault((str(subject.root), subject.target), []).append(subject)
    for missing in by_place.values():
        kept |= _ask(missing)
        _keep(kept)
    return {subject: kept[key] for subject, key in wanted.items()}


def _ask(subjects: list[Subject]) -> dict[str, Any]:
    with Worker((PYTHON,), **environment_of(subjects[0])) as worker:
        return {_key(subject): worker.tables(subject.for_keras()) for subject in subjects}


def _keep(kept: dict[str, Any]) -> None:
    CORPUS.mkdir(parents=True, exist_ok=True)
    beside = KEPT.with_suffix(".new")
    beside.write_text(json.dumps(kept))
    beside.replace(KEPT)


def _key(subject: Subject) -> str:
    """Changes with the program, the package and the Keras that builds it."""
    keras = version("keras" if subject.target == "keras3" else "tf_keras")
    parts = (subject.for_keras(), subject.root.name, subject.target, keras)
    return sha256("\0".join(parts).encode()).hexdigest()[:24]
