"""The command that asks Keras, from the action on a finding to the verdict on its diagnostic."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import ClientServerConfig

from .sessions import POOL, Document, Editor, opened, session

pytestmark = pytest.mark.asyncio

WITHOUT = "import sys; sys.modules['tensorflow'] = None; from kerlint.cli import main; main()"


async def ask(client: Editor, document: Document) -> None:
    """Confirm what is found; it is offered at the finding (lsprotocol takes such an action for a command)."""
    offered = [one.title for one in await document.actions(5) if isinstance(one, types.Command)]
    assert offered == ["kerlint (KER301): Confirm with TensorFlow, which runs this code"]
    await client.workspace_execute_command_async(
        types.ExecuteCommandParams("kerlint.confirm", [{"uri": document.uri, "revision": 0, "index": 0}])
    )


@pytest.mark.oracle
async def test_a_finding_is_confirmed_by_keras(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERLINT_CACHE_DIR", str(tmp_path / "cache"))
    async with session(tmp_path) as client:
        document = opened(client, tmp_path, POOL)
        await document.published()
        await ask(client, document)
        (message,) = client.messages
        assert message.message == "kerlint: 1 confirmed"
        (finding,) = client.diagnostics[document.uri]
        assert "(confirmed: " in finding.message
        assert "confirmed: " in await document.hover(5, 20)
        assert len(client.progress_reports) == 1


@pytest.mark.oracle
async def test_a_verdict_stays_with_its_finding_until_what_it_is_about_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KERLINT_CACHE_DIR", str(tmp_path / "cache"))
    async with session(tmp_path) as client:
        document = opened(client, tmp_path, POOL)
        await document.published()
        await ask(client, document)
        document.write("# a line above\n\n" + POOL + "other = 1\n")
        (finding,) = (await document.published()).diagnostics
        assert "(confirmed: " in finding.message
        document.write(POOL.replace("(28, 28, 1)", "(14, 14, 1)"))
        (finding,) = (await document.published()).diagnostics
        assert "confirmed" not in finding.message


ENDLESS = POOL.replace("model = ", "def size():\n    while True:\n        pass\n\nmodel = ").replace(
    "(28, 28, 1)", "(size(), 28, 1)"
)


@pytest.mark.oracle
@pytest.mark.parametrize("by", ["the progress bar", "the request"])
async def test_what_is_being_confirmed_can_be_cancelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setenv("KERLINT_CACHE_DIR", str(tmp_path / "cache"))
    async with session(tmp_path) as client:
        document = opened(client, tmp_path, ENDLESS)
        await document.published()
        command = types.ExecuteCommandParams("kerlint.confirm", [{"uri": document.uri}])
        asked = client.protocol.send_request(types.WORKSPACE_EXECUTE_COMMAND, command, msg_id="confirming")
        await client.until(lambda: any(client.progress_reports.values()))
        if by == "the request":
            client.cancel_request(types.CancelParams("confirming"))
            with pytest.raises(JsonRpcException, match="cancel"):
                await asyncio.wrap_future(asked)
        else:
            (token,) = client.progress_reports
            client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
            await asyncio.wrap_future(asked)
            assert [one.message for one in client.messages] == ["kerlint: confirming was cancelled"]
        assert not await document.hover(0, 3)


async def test_without_tensorflow_one_line_tells_what_to_install(tmp_path: Path) -> None:
    config = ClientServerConfig([sys.executable, "-c", WITHOUT, "server"], client_factory=Editor)
    async with session(tmp_path, config=config) as client:
        document = opened(client, tmp_path, POOL)
        await ask(client, document)
        (message,) = client.messages
        assert "pip install 'kerlint[confirm]'" in message.message


async def test_a_document_that_is_not_open_is_told(tmp_path: Path) -> None:
    async with session(tmp_path) as client:
        for command in ("kerlint.confirm", "kerlint.applyAutofix"):
            await client.workspace_execute_command_async(
                types.ExecuteCommandParams(command, [{"uri": "file:///nowhere.py"}])
            )
        assert [one.message for one in client.messages] == ["kerlint: there is no such document open"] * 2
