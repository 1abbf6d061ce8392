"""Keras keeps every symbolic tensor's history until it is told to forget."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def forgetful_keras() -> Iterator[None]:
    """Clear Keras's global state after each test, so that a worker's memory stays bounded."""
    yield
    import keras

    keras.backend.clear_session()
