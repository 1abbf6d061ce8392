"""What verdicts are remembered under."""

from __future__ import annotations

from typing import ClassVar

from kerlint.cache import Cache
from kerlint.confirm.plan import plan
from kerlint.confirm.settle import Asked, Settler
from kerlint.findings import Finding, Location, Region, Severity
from kerlint.source import read

POOL = b"import keras\npool = keras.layers.MaxPooling2D(3)\n"


class Watched(Cache):
    """A cache that notes what it is asked for."""

    asked: ClassVar[list[bytes]] = []

    def recall(self, key: bytes) -> bytes | None:
        self.asked.append(key)
        return None


def key_of(*, allow_unconfined: bool) -> bytes:
    """Under what the settler looks for an earlier verdict, on a package that is not installed."""
    source = read(POOL, "/nowhere/model.py")
    region = Region(2, 8, 2, 36)
    finding = Finding(
        "KER301",
        "implicit-pool-strides",
        Severity.INFO,
        "no strides",
        Location(source.filename, region, region),
    )
    (request,) = plan(source, [finding]).requests
    asked = Asked({**request, "keras": "no_such_keras"}, {one["id"]: 0 for one in request["findings"]})
    ((_, verdict),) = Settler(Watched(), allow_unconfined=allow_unconfined).settle([asked])
    assert "not installed" in verdict.evidence
    return Watched.asked.pop()


def test_a_verdict_without_walls_is_remembered_apart_from_one_behind_them() -> None:
    assert key_of(allow_unconfined=False) == key_of(allow_unconfined=False)
    assert key_of(allow_unconfined=False) != key_of(allow_unconfined=True)
