"""The command "confirm with TensorFlow": findings of an open text, settled by Keras in a locked-down child."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
from lsprotocol import types

from kerlint.cache import open_cache
from kerlint.cache_folder import default_folder
from kerlint.confirm.environment import require_tensorflow
from kerlint.confirm.plan import Plan, plan
from kerlint.confirm.run import is_shown
from kerlint.confirm.settle import Asked, Settler, counted
from kerlint.findings import Finding, Verdict
from kerlint.problems import Problem
from kerlint.server.analysis import Analysis
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
    if opened.analysis is not analysis:
        ls.say("the text has changed meanwhile; ask again")
        return
    judged = {id(finding): verdicts[number] for number, finding in enumerate(findings)}
    opened.analysis = opened.show(_with_verdicts(analysis, judged))
    ls.linted(opened)
    ls.refresh()
    ls.say(", ".join(f"{number} {status}" for status, number in counted(verdicts.values()).items()))


def _planned(analysis: Analysis, findings: Sequence[Finding]) -> Plan:
    program, source, settings = analysis.program, analysis.source, analysis.settings
    assert program is not None
    assert source is not None
    assert settings is not None
    return plan(source, findings, target=program.target, roots=settings.roots, program=program)


async def _settled(ls: Server, planned: Plan) -> Mapping[int, Verdict]:
    """The verdicts, by the number of the finding; a thread of its own waits for the children."""
    loop = asyncio.get_running_loop()
    token = await _begun(ls, len(planned.requests))
    report = partial(_report, ls, token, len(planned.requests))
    try:
        work = partial(_settle, planned, lambda done: loop.call_soon_threadsafe(report, done))
        return await asyncio.wrap_future(on_own_thread(work))
    finally:
        if token is not None:
            ls.work_done_progress.end(token, types.WorkDoneProgressEnd())


def _settle(planned: Plan, report: Callable[[int], object]) -> dict[int, Verdict]:
    asked = [
        Asked(request, {finding["id"]: int(finding["id"]) for finding in request["findings"]})
        for request in planned.requests
    ]
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        report(done)

    cache = open_cache(default_folder())
    try:
        return planned.settled | dict(Settler(cache).settle(asked, advance))
    finally:
        cache.close()


async def _begun(ls: Server, experiments: int) -> str | None:
    """The token of a progress bar, for clients that show one."""
    if not (experiments and ls.client.shows_progress):
        return None
    token = str(uuid4())
    await ls.work_done_progress.create_async(token)
    begin = types.WorkDoneProgressBegin(TITLE, message="TensorFlow is imported", percentage=0)
    ls.work_done_progress.begin(token, begin)
    return token


def _report(ls: Server, token: str | None, experiments: int, done: int) -> None:
    if token is not None:
        words, share = f"{done} of {experiments}", 100 * done // experiments
        ls.work_done_progress.report(token, types.WorkDoneProgressReport(message=words, percentage=share))


def _with_verdicts(analysis: Analysis, judged: Mapping[int, Verdict]) -> Analysis:
    """The analysis with verdicts on its findings (by their identity); those that are refuted for certain go."""
    findings = [
        msgspec.structs.replace(finding, verdict=judged[id(finding)]) if id(finding) in judged else finding
        for finding in analysis.findings
    ]
    shown = [finding for finding in findings if finding.verdict is None or is_shown(finding, False)]
    return replace(analysis, findings=tuple(shown))
