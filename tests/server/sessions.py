"""Servers under test: started once a module, asked by a real client."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities
from pytest_lsp.client import register_lsp_features

POOL = """\
import keras

model = keras.Sequential(
    [
        keras.layers.Input((28, 28, 1)),
        keras.layers.MaxPooling2D(3),
    ]
)
"""
"""One warning with a safe fix: KER301 at row 6."""

_numbers = count()


class Editor(LanguageClient):
    """A client that remembers what it was sent, and is registered with."""

    def __init__(self) -> None:
        super().__init__(converter_factory=default_converter)
        register_lsp_features(self)
        self.registered: list[types.Registration] = []
        self._sent: dict[tuple[str, int | None], types.PublishDiagnosticsParams] = {}
        self._news = asyncio.Event()
        self.protocol.fm.features.pop(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)

        kept = self.protocol.fm.features.pop(types.PROGRESS)

        @self.feature(types.PROGRESS)  # type: ignore[untyped-decorator]
        def progress(params: types.ProgressParams) -> None:
            kept(params)
            self._tell()

        @self.feature(types.CLIENT_REGISTER_CAPABILITY)  # type: ignore[untyped-decorator]
        def register(params: types.RegistrationParams) -> None:
            self.registered += params.registrations
            self._tell()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def take(params: types.PublishDiagnosticsParams) -> None:
            self._sent[params.uri, params.version] = params
            self.diagnostics[params.uri] = params.diagnostics
            self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for news until something holds."""
        while not holds():
            await asyncio.wait_for(self._news.wait(), SECONDS)

    async def published(self, uri: str, version: int | None) -> types.PublishDiagnosticsParams:
        """The diagnostics that are sent for a version of a document."""
        await self.until(lambda: (uri, version) in self._sent)
        return self._sent[uri, version]


CONFIG = ClientServerConfig(server_command=[sys.executable, "-m", "kerlint", "server"], client_factory=Editor)
SECONDS = 60
"""How long any answer may take on a busy machine."""


def capabilities(*, pulls: bool = False, encoding: str = "utf-16") -> types.ClientCapabilities:
    """What a client of today can do; one that is sent its diagnostics, or that pulls them."""
    found = client_capabilities("visual-studio-code")
    assert found.text_document is not None
    assert found.general is not None
    found.general.position_encodings = [types.PositionEncodingKind(encoding)]
    found.text_document.diagnostic = types.DiagnosticClientCapabilities() if pulls else None
    return found


@asynccontextmanager
async def session(
    folder: Path,
    able: types.ClientCapabilities | None = None,
    options: Any = None,
    config: ClientServerConfig = CONFIG,
) -> AsyncIterator[Editor]:
    """A server with a folder open; it must end by itself in the end."""
    client = await config.start()
    assert isinstance(client, Editor)
    parameters = types.InitializeParams(
        able or capabilities(), root_uri=folder.as_uri(), initialization_options=options
    )
    await client.initialize_session(parameters)
    yield client
    await client.shutdown_session()
    await client.stop()  # type: ignore[no-untyped-call]


class Document:
    """A document that a client has open."""

    def __init__(self, client: Editor, uri: str, text: str) -> None:
        self.client = client
        self.uri = uri
        self.version = 1
        self.identifier = types.TextDocumentIdentifier(uri)
        item = types.TextDocumentItem(uri, types.LanguageKind.Python, 1, text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def write(self, text: str) -> None:
        """Put another text in its place."""
        self.change(types.TextDocumentContentChangeWholeDocument(text))

    def change(self, *changes: types.TextDocumentContentChangeEvent) -> None:
        """Send changes under the next version."""
        self.version += 1
        identifier = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, changes))

    def close(self) -> None:
        """Close it."""
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.identifier))

    async def published(self) -> types.PublishDiagnosticsParams:
        """The diagnostics that are sent for the present version."""
        return await self.client.published(self.uri, self.version)

    async def actions(
        self, line: int, *kinds: types.CodeActionKind | str
    ) -> list[types.Command | types.CodeAction]:
        """The code actions on a line (counted from 0)."""
        context = types.CodeActionContext([], only=list(kinds) or None)
        at = types.Range(types.Position(line, 0), types.Position(line, 0))
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(self.identifier, at, context)
        )
        return list(found or [])

    async def hover(self, line: int, character: int) -> str:
        """The text of a hover; empty when there is none."""
        found = await self.client.text_document_hover_async(
            types.HoverParams(self.identifier, types.Position(line, character))
        )
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value


def opened(client: Editor, folder: Path, text: str) -> Document:
    """A new document in the folder, which is not on disk."""
    return Document(client, (folder / f"model{next(_numbers)}.py").as_uri(), text)
