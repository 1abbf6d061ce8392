"""From the requests of a plan to verdicts: remembered ones, and those of locked-down children."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import msgspec

from kerlint.cache import Cache, digest_of
from kerlint.confirm.environment import missing
from kerlint.confirm.paths import first_party, texts
from kerlint.confirm.warm import Outcome, Warm
from kerlint.confirm.warm_process import Ready
from kerlint.findings import Verdict

CONFIRMED, REFUTED, INCONCLUSIVE = "confirmed", "refuted", "inconclusive"
_STATUSES = (CONFIRMED, REFUTED, INCONCLUSIVE)
_MOST_EVIDENCE = 400
_PRIVATE = ("findings", "seconds")
"""Of a request: what is not part of the slice itself."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, and which finding of the run each of its findings is."""

    request: Mapping[str, Any]
    positions: Mapping[str, int]


@dataclass(slots=True)
class Settler:
    """Gives verdicts on what is asked, and tells afterwards what it took."""

    cache: Cache
    jobs: int | None = None
    allow_unconfined: bool = False
    ready: list[Ready] = field(default_factory=list)
    remembered: int = 0
    seconds: float = 0.0
    """Of children, added up."""
    _warm: Warm | None = None
    _is_given_up: bool = False

    def give_up(self) -> None:
        """Settle nothing more; what was settled stays remembered. Any thread may ask."""
        self._is_given_up = True
        if (warm := self._warm) is not None:
            warm.give_up()

    def settle(
        self, asked: Sequence[Asked], advance: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[int, Verdict]]:
        """The verdict on every finding asked about; `advance` is called once for each request.

        Raises Problem when nothing can be run.
        """
        left: dict[str, list[tuple[Asked, bytes]]] = {}
        for one in asked:
            package = one.request["keras"]
            key = _key(one.request, self.allow_unconfined)
            verdicts = _remembered(self.cache, key, len(one.request["findings"]))
            if verdicts is not None:
                self.remembered += 1
                yield from _spread(one, verdicts)
            elif missing(package):
                yield from _unsettled(one, f"{' and '.join(missing(package))} is not installed")
            else:
                left.setdefault(package, []).append((one, key))
                continue
            advance()
        for package, keyed in left.items():
            yield from self._run(package, keyed, advance)

    def _run(
        self, package: str, keyed: Sequence[tuple[Asked, bytes]], advance: Callable[[], None]
    ) -> Iterator[tuple[int, Verdict]]:
        with Warm(package, jobs=self.jobs, allow_unconfined=self.allow_unconfined) as warm:
            self._warm = warm
            if self._is_given_up:
                return
            for index, outcome in warm.run([one.request for one, _ in keyed], advance):
                self.seconds += outcome.seconds
                one, key = keyed[index]
                if outcome.answer is None:
                    yield from _unsettled(one, f"no answer: {outcome.failure}")
                    continue
                verdicts = _told(one, outcome)
                self.cache.keep(key, msgspec.json.encode(verdicts))
                yield from _spread(one, verdicts)
            self.ready += [warm.ready] if warm.ready else []


def _spread(asked: Asked, verdicts: Sequence[tuple[str, str]]) -> Iterator[tuple[int, Verdict]]:
    """Verdicts in the order of a request's findings, as verdicts on findings of the run."""
    for finding, (status, evidence) in zip(asked.request["findings"], verdicts, strict=True):
        yield asked.positions[finding["id"]], Verdict(status, evidence)


def _unsettled(asked: Asked, evidence: str) -> Iterator[tuple[int, Verdict]]:
    return _spread(asked, [(INCONCLUSIVE, evidence)] * len(asked.request["findings"]))


def _told(asked: Asked, outcome: Outcome) -> list[tuple[str, str]]:
    """What a child says of each finding. The child ran a stranger's code: nothing of it is taken on trust."""
    said = (outcome.answer or {}).get("verdicts")
    verdicts: Mapping[str, Any] = said if isinstance(said, dict) else {}
    return [_verdict(verdicts.get(finding["id"])) for finding in asked.request["findings"]]


def _verdict(said: object) -> tuple[str, str]:
    match said:
        case {"status": str(status), "evidence": str(evidence)} if status in _STATUSES:
            words = " ".join(evidence.split())
            return status, words if len(words) <= _MOST_EVIDENCE else f"{words[:_MOST_EVIDENCE]}..."
    return INCONCLUSIVE, "the child said nothing of it"


def _remembered(cache: Cache, key: bytes, count: int) -> list[tuple[str, str]] | None:
    """The verdicts of an earlier run; None where there are none, or damaged ones."""
    with suppress(msgspec.DecodeError):
        verdicts = msgspec.json.decode(cache.recall(key) or b"", type=list[tuple[str, str]])
        return verdicts if len(verdicts) == count else None
    return None


def _key(request: Mapping[str, Any], is_unconfined: bool) -> bytes:
    """What stands for a slice, its findings, what it imports, the versions it runs with, and for its walls."""
    slice_ = {name: value for name, value in request.items() if name not in _PRIVATE}
    findings = [
        {name: value for name, value in finding.items() if name != "id"} for finding in request["findings"]
    ]
    reads, _ = first_party(request)
    imported = [text for path in reads for text in texts(path)]
    versions = [sys.version, *map(_version, ("tensorflow", "numpy", request["keras"]))]
    return digest_of(
        msgspec.json.encode([slice_, findings, imported, versions, is_unconfined], order="sorted")
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def counted(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How often each status is among verdicts, in their usual order."""
    found = [verdict.status for verdict in verdicts]
    return {status: found.count(status) for status in _STATUSES if status in found}
