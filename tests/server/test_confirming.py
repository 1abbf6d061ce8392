"""The command that asks Keras, from the action on a finding to the verdict on its diagnostic."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from lsprotocol import types
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
