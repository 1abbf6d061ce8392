"""`kerlint server`: the language server's features, each a few lines over the desk."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from kerlint.catalog import Rule
from kerlint.server.buffers import NotebookBuffer, Part
from kerlint.server.client import Client
from kerlint.server.configs import Configs
from kerlint.server.desk import Desk, Open
from kerlint.server.diagnostics import Translator
from kerlint.server.protocol import Protocol
from kerlint.server.settings import ServerSettings, read_settings
from kerlint.version import VERSION

NOTEBOOKS = types.NotebookDocumentSyncOptions(
    notebook_selector=[
        types.NotebookDocumentFilterWithCells(
            cells=[types.NotebookCellLanguage("python")],
            notebook=types.NotebookDocumentFilterNotebookType("jupyter-notebook"),
        )
    ],
    save=True,
)


class Server(LanguageServer):
    """One editor's server: its client, its settings, and what is open."""

    def __init__(self) -> None:
        super().__init__(
            "kerlint",
            VERSION,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            notebook_document_sync=NOTEBOOKS,
            protocol_cls=Protocol,
        )
        self.settings = ServerSettings()
        self.folder = os.getcwd()
        self.client = Client(types.ClientCapabilities(), "utf-16")
        self.desk = Desk(Configs(self.settings, self.folder), self.linted, self.tell)
        self.translator = Translator(self.rules, self.part_of_file)
        self._told: set[str] = set()

    # What the editor says about itself

    def start(self, params: types.InitializeParams) -> None:
        """Take on what the client can do and wants."""
        encoding = self.protocol.workspace.position_encoding
        self.client = Client(params.capabilities, str(getattr(encoding, "value", encoding)))
        self.folder = _root(params) or self.folder
        with suppress(OSError):  # what was started elsewhere is at home in the folder that is open
            os.chdir(self.folder)
        self.desk.warm_up()
        self.set(params.initialization_options)

    def set(self, given: object) -> None:
        """Take on settings; what is wrong in them is told, and everything linted anew."""
        self.settings, problems = read_settings(given)
        self.reload()
        self.tell(problems)

    def reload(self) -> None:
        """Read configuration files anew, and lint everything under them."""
        self.desk.reload(Configs(self.settings, self.folder))

    async def ask_settings(self) -> None:
        """Ask the client for its settings, if it can tell them."""
        if self.client.tells_settings:
            item = types.ConfigurationItem(section="kerlint")
            with suppress(JsonRpcException):  # then those of the start hold
                found = await self.workspace_configuration_async(types.ConfigurationParams([item]))
                if found and found[0]:
                    self.set(found[0])

    # What the editor is told

    def tell(self, notices: Sequence[str]) -> None:
        """Show each notice to the user once."""
        for notice in notices:
            if notice not in self._told:
                self._told.add(notice)
                self.window_show_message(
                    types.ShowMessageParams(types.MessageType.Warning, f"kerlint: {notice}")
                )

    def say(self, words: str) -> None:
        """Answer what the user asked for."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Info, f"kerlint: {words}"))

    def report_server_error(self, error: Exception, source: object) -> None:
        """A defect, or a message that cannot be read, goes to the log: nobody can do anything about it now."""
        words = " ".join(f"{type(error).__name__}: {error}".split())[:500]
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, f"kerlint: {words}"))

    def linted(self, opened: Open, is_corrected: bool = False) -> None:
        """Send the diagnostics of a buffer; an editor that fetches them is told when it has to do so again."""
        if isinstance(opened.buffer, NotebookBuffer) or not self.client.pulls:
            self.publish(opened)
        elif is_corrected:
            self.refresh()

    def publish(self, opened: Open) -> None:
        """Send diagnostics for each part, and none for the parts that are gone."""
        found = self.diagnostics(opened)
        for uri in opened.published - set(found):
            self._publish(uri, None, [])
        opened.published = set(found)
        snapshot = opened.shown.snapshot if opened.shown is not None else opened.snapshot
        versions = {part.uri: part.version for part in snapshot.parts.values()}
        for uri, diagnostics in found.items():
            self._publish(uri, versions.get(uri), diagnostics)

    def _publish(self, uri: str, version: int | None, diagnostics: Sequence[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def clear(self, opened: Open) -> None:
        """Take back all diagnostics of a buffer that was closed."""
        for uri in opened.published:
            self._publish(uri, None, [])

    def diagnostics(self, opened: Open) -> Mapping[str, list[types.Diagnostic]]:
        """What the editor shall show of a buffer, by address."""
        if opened.shown is None or not (self.settings.enable and self.settings.lint.enable):
            return {part.uri: [] for part in opened.snapshot.parts.values()}
        return self.translator.by_uri(opened.shown, self.settings.show_syntax_errors)

    def rules(self) -> Mapping[str, Rule]:
        """All rules by code."""
        return self.desk.configs.rules

    def part_of_file(self, path: str) -> Part | None:
        """A file as it is open, or as it is on disk."""
        return self.desk.part_of_file(path) or self.client.part_on_disk(path)

    def refresh(self) -> None:
        """Have the editor ask anew for what it fetches itself."""
        if self.client.refreshes_diagnostics:
            self.workspace_diagnostic_refresh(None)
        if self.client.refreshes_hints:
            self.workspace_inlay_hint_refresh(None)


def _root(params: types.InitializeParams) -> str | None:
    """The folder that the editor has open."""
    folders = [folder.uri for folder in params.workspace_folders or ()]
    for uri in (*folders, params.root_uri):
        if uri is not None and (path := to_fs_path(uri)):
            return path
    return params.root_path
