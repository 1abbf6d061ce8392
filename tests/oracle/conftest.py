"""Keras keeps every symbolic tensor's history until it is told to forget."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kerlint.confirm.asking import Asking


@pytest.fixture(scope="session")
def ask() -> Iterator[Asking]:
    """Warm processes that import Keras once for all tests of a worker."""
    with Asking() as found:
        yield found


@pytest.fixture(autouse=True)
def forgetful_keras() -> Iterator[None]:
    """Clear Keras's global state after each test, so that a worker's memory stays bounded."""
    yield
    import keras

    keras.backend.clear_session()
