"""The command "confirm with TensorFlow": findings of an open text, settled by Keras in a locked-down child."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from lsprotocol import types

from kerlint.cache import open_cache
from kerlint.cache_folder import default_folder
from kerlint.confirm.environment import require_tensorflow
from kerlint.confirm.plan import Plan, plan
from kerlint.confirm.settle import Asked, Settler, counted
from kerlint.findings import Finding, Verdict
from kerlint.problems import Problem
from kerlint.server.analysis import Analysis
from kerlint.server.verdicts import judged_of, with_verdicts
from kerlint.server.worker import on_own_thread

if TYPE_CHECKING:
    from kerlint.server.desk import Open
    from kerlint.server.server import Server

TITLE = "kerlint: asking Keras"


async def confirm(ls: Server, opened: Open, index: int | None) -> None:
    """Settle a finding, or all of them, and show the verdicts. What cannot be done is told."""
    analysis = await ls.desk.current(opened)
    findings = analysis.findings if index is None else analysis.findings[index : index + 1]
    if not findings or analysis.program is None:
        ls.say("there is nothing to confirm here")
        return
    try:
        require_tensorflow()
        planned = await ls.desk.on_worker(
            ("confirm", opened.buffer.uri), lambda _: _planned(analysis, findings)
        )
        verdicts = await _settled(ls, planned)
    except Problem as problem:
        ls.tell([str(problem)])
        return
    if verdicts is None:
        ls.say("confirming was cancelled")
        return
    ls.desk.judged(opened, with_verdicts(analysis, judged_of(planned, findings, verdicts)))
    ls.refresh()
    ls.say(", ".join(f"{number} {status}" for status, number in counted(verdicts.values()).items()))


def _planned(analysis: Analysis, findings: Sequence[Finding]) -> Plan:
    program, source, settings = analysis.program, analysis.source, analysis.settings
    assert program is not None
    assert source is not None
    assert settings is not None
    return plan(source, findings, target=program.target, roots=settings.roots, program=program)


async def _settled(ls: Server, planned: Plan) -> Mapping[int, Verdict] | None:
    """The verdicts, by the number of the finding; None if the user stopped it at the progress bar.

    A thread of its own waits for the children, which end when the request is cancelled.
    """
    loop = asyncio.get_running_loop()
    settling = _Settling(planned)
    token = await _begun(ls, len(planned.requests))
    report = partial(_report, ls, token, len(planned.requests))

    def told(done: int) -> None:
        loop.call_soon_threadsafe(report, done)

    waiting = asyncio.wrap_future(on_own_thread(partial(settling.run, told)))
    stopped = _stops(ls, token, waiting)
    try:
        return await waiting
    except asyncio.CancelledError:
        settling.give_up()
        if stopped is None or not stopped.cancelled():
            raise
        return None
    finally:
        if token is not None:
            ls.work_done_progress.end(token, types.WorkDoneProgressEnd())
            ls.work_done_progress.tokens.pop(token, None)


def _stops(ls: Server, token: str | None, waiting: asyncio.Future[Any]) -> Future[Any] | None:
    """What pygls cancels when the user stops the progress bar; then nobody waits any more."""
    if token is None:
        return None
    stopped: Future[Any] = ls.work_done_progress.tokens[token]
    stopped.add_done_callback(lambda _: waiting.cancel())
    return stopped


class _Settling:
    """The settling of a plan: run on a thread of its own, which also opens the cache; given up from any other."""

    def __init__(self, planned: Plan) -> None:
        self._planned = planned
        self._settler: Settler | None = None
        self._is_given_up = False

    def run(self, report: Callable[[int], None]) -> dict[int, Verdict]:
        """The verdicts; `report` is told how many requests are done."""
        asked = [
            Asked(request, {finding["id"]: int(finding["id"]) for finding in request["findings"]})
            for request in self._planned.requests
        ]
        done = count(1)
        cache = open_cache(default_folder())
        try:
            self._settler = Settler(cache)
            if self._is_given_up:
                return {}
            return self._planned.settled | dict(self._settler.settle(asked, lambda: report(next(done))))
        finally:
            cache.close()

    def give_up(self) -> None:
        """Let it end soon."""
        self._is_given_up = True
        if self._settler is not None:
            self._settler.give_up()


async def _begun(ls: Server, experiments: int) -> str | None:
    """The token of a progress bar, for clients that show one."""
    if not (experiments and ls.client.shows_progress):
        return None
    token = str(uuid4())
    await ls.work_done_progress.create_async(token)
    begin = types.WorkDoneProgressBegin(
        TITLE, message="TensorFlow is imported", percentage=0, cancellable=True
    )
    ls.work_done_progress.begin(token, begin)
    return token


def _report(ls: Server, token: str | None, experiments: int, done: int) -> None:
    if token is not None:
        words, share = f"{done} of {experiments}", 100 * done // experiments
        ls.work_done_progress.report(token, types.WorkDoneProgressReport(message=words, percentage=share))
