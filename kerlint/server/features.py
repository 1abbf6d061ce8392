"""The protocol's requests and notifications, answered."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from kerlint.server.actions import CONFIRM, KINDS, Offer, edits_of, is_of, offers, rewritten, workspace_edit
from kerlint.server.analysis import Analysis
from kerlint.server.buffers import (
    NOTEBOOK,
    NotebookBuffer,
    Part,
    TextBuffer,
    cell_of,
    path_of,
)
from kerlint.server.configs import CONFIG_FILES
from kerlint.server.desk import Open
from kerlint.server.hover import finding_text, hint_texts, holds, innermost, layer_text
from kerlint.server.insight import Insight
from kerlint.server.server import Server

APPLY_ALL = "kerlint.applyAutofix"


def make_server() -> Server:
    """A server with all features."""
    server = Server()
    for add in (_add_life, _add_documents, _add_notebooks, _add_diagnostics, _add_actions, _add_display):
        add(server)
    return server


def _add_life(server: Server) -> None:
    """Start, settings, and files that change outside the editor."""

    @server.feature(types.INITIALIZE)
    def initialize(ls: Server, params: types.InitializeParams) -> None:
        ls.start(params)

    @server.feature(types.INITIALIZED)
    async def initialized(ls: Server, params: types.InitializedParams) -> None:
        await ls.ask_settings()
        if registrations := _registrations(ls):
            with suppress(JsonRpcException):  # then nothing is watched
                await ls.client_register_capability_async(types.RegistrationParams(registrations))

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def settings_changed(ls: Server, params: types.DidChangeConfigurationParams) -> None:
        if params.settings:
            ls.set(_plain(params.settings))
        await ls.ask_settings()
        ls.refresh()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
        paths = [(path_of(event.uri, ls.folder), event.type) for event in params.changes]
        if any(_is_config(path) or kind != types.FileChangeType.Changed for path, kind in paths):
            ls.reload()
        else:
            ls.desk.again(ls.desk.importing(path for path, _ in paths))
        ls.refresh()


def _registrations(ls: Server) -> list[types.Registration]:
    """What the client shall watch for the server."""
    found = []
    if ls.client.watches:
        watchers = [types.FileSystemWatcher(f"**/{name}") for name in (*CONFIG_FILES, "*.py")]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        found.append(types.Registration("kerlint-files", method, options))
    if ls.client.registers_settings:
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        section = types.DidChangeConfigurationRegistrationOptions(section="kerlint")
        found.append(types.Registration("kerlint-settings", method, section))
    return found


def _is_config(path: str) -> bool:
    return not path.endswith(".py")


def _plain(value: Any) -> Any:
    """Plain tables of what pygls makes of JSON objects."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _add_documents(server: Server) -> None:
    """Text documents: what is in them."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        path = path_of(document.uri, ls.folder)
        if not path.endswith(NOTEBOOK):
            ls.desk.add(TextBuffer(document.uri, path, document.version, document.text, ls.client.units))

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        opened = ls.desk.get(params.text_document.uri)
        if opened is not None and isinstance(opened.buffer, TextBuffer):
            opened.buffer.change(params.text_document.version, params.content_changes)
            _lint_changed(ls, opened)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        _show_saved(ls, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        _close(ls, params.text_document.uri)


def _close(ls: Server, uri: str) -> None:
    """Forget a buffer; what leaned on it leans on the file again."""
    opened = ls.desk.remove(uri)
    if opened is not None:
        ls.clear(opened)
        ls.desk.again(ls.desk.importing([opened.buffer.path]))


def _lint_changed(ls: Server, opened: Open) -> None:
    """Lint what was typed; it is shown now, or once the buffer is saved."""
    opened.due = ls.settings.lint.run == "onType"
    ls.desk.changed(opened)


def _show_saved(ls: Server, uri: str) -> None:
    """Show what is known of a buffer that was saved, now or when it is linted."""
    opened = ls.desk.get(uri)
    if opened is None or opened.due:
        return
    opened.due = True
    if opened.is_current and opened.analysis is not None:
        opened.show(opened.analysis)
        ls.linted(opened)
        ls.refresh()


def _add_notebooks(server: Server) -> None:
    """Notebooks: their cells."""

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: types.DidOpenNotebookDocumentParams) -> None:
        notebook = params.notebook_document
        path = path_of(notebook.uri, ls.folder, NOTEBOOK)
        cells = [cell_of(cell) for cell in notebook.cells]
        buffer = NotebookBuffer(notebook.uri, path, notebook.version, ls.client.units, cells)
        buffer.fill(params.cell_text_documents)
        ls.desk.add(buffer)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, params: types.DidChangeNotebookDocumentParams) -> None:
        opened = ls.desk.get(params.notebook_document.uri)
        if opened is not None and isinstance(opened.buffer, NotebookBuffer):
            opened.buffer.change(params.notebook_document.version, params.change)
            _lint_changed(ls, opened)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_SAVE)
    def saved(ls: Server, params: types.DidSaveNotebookDocumentParams) -> None:
        _show_saved(ls, params.notebook_document.uri)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: types.DidCloseNotebookDocumentParams) -> None:
        _close(ls, params.notebook_document.uri)


def _add_diagnostics(server: Server) -> None:
    """Diagnostics for clients that fetch them."""
    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=False, identifier="kerlint"
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def pulled(ls: Server, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        opened = ls.desk.get(params.text_document.uri)
        if opened is None or isinstance(opened.buffer, NotebookBuffer):
            return types.RelatedFullDocumentDiagnosticReport([])
        if opened.due or opened.shown is None:
            await (ls.desk.first if ls.client.refreshes_diagnostics else ls.desk.current)(opened)
        result = str(opened.times_shown)
        if params.previous_result_id == result:
            return types.RelatedUnchangedDocumentDiagnosticReport(result)
        items = ls.diagnostics(opened).get(params.text_document.uri, [])
        return types.RelatedFullDocumentDiagnosticReport(items, result_id=result)


def _add_actions(server: Server) -> None:
    """Code actions, their edits, and the command that applies all safe ones."""
    options = types.CodeActionOptions(code_action_kinds=list(KINDS), resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        opened = ls.desk.get(params.text_document.uri)
        if opened is None or not ls.settings.enable:
            return []
        analysis = await ls.desk.current(opened)
        at = analysis.snapshot.part_of(params.text_document.uri)
        if at is None:
            return []
        cell, part = at
        asked = part.rows.region(params.range)
        found = offers(analysis, cell, asked, params.context.only, ls.settings)
        return [await _action(ls, opened, analysis, offer) for offer in found]

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(ls: Server, action: types.CodeAction) -> types.CodeAction:
        data = _plain(action.data)
        opened = _named(ls, data)
        if opened is None or opened.analysis is None or not _is_of_now(data, opened):
            raise JsonRpcException("the document has changed meanwhile", types.LSPErrorCodes.ContentModified)
        if not is_of(data, opened.analysis):
            raise JsonRpcInvalidParams("codeAction/resolve: the data are none of this server's")
        action.edit = await _edit(ls, opened, opened.analysis, data)
        return action

    @server.command(APPLY_ALL)
    async def apply_all(ls: Server, argument: Any = None) -> None:
        opened = _named(ls, _plain(argument))
        if opened is None:
            ls.say("there is no such document open")
            return
        edit = await _fix_all(ls, opened)
        await ls.workspace_apply_edit_async(
            types.ApplyWorkspaceEditParams(edit, "kerlint: Fix all that is safe to fix")
        )

    @server.command(CONFIRM)
    async def confirm_findings(ls: Server, argument: Any = None) -> None:
        data = _plain(argument)
        opened = _named(ls, data)
        if opened is None:
            ls.say("there is no such document open")
        elif "index" in data and not _is_of_now(data, opened):
            ls.say("the text has changed meanwhile; ask again")
        elif "index" in data and not (opened.analysis and is_of(data | {"act": "confirm"}, opened.analysis)):
            ls.say("there is no such finding")
        else:
            from kerlint.server.confirming import confirm

            await confirm(ls, opened, data.get("index"))


def _named(ls: Server, data: Any) -> Open | None:
    """The open document that a client names in data of its own or of ours."""
    return ls.desk.get(data["uri"]) if isinstance(data, dict) and isinstance(data.get("uri"), str) else None


def _is_of_now(data: dict[str, Any], opened: Open) -> bool:
    return opened.is_current and data.get("revision") == opened.buffer.revision


async def _action(ls: Server, opened: Open, analysis: Analysis, offer: Offer) -> types.CodeAction:
    """An offer in the protocol's words; with its edits, for clients that will not ask for them."""
    data = offer.data(analysis)
    action = types.CodeAction(offer.title, offer.kind, is_preferred=offer.preferred)
    if offer.finding is not None and (part := analysis.snapshot.part(offer.finding.location)) is not None:
        action.diagnostics = [ls.translator.diagnostic(offer.finding, part, analysis.snapshot)]
    if offer.act == "confirm":
        action.command = types.Command(offer.title, CONFIRM, arguments=[data])
    elif ls.client.resolves_edits:
        action.data = data
    else:
        action.edit = await _edit(ls, opened, analysis, data)
    return action


async def _edit(ls: Server, opened: Open, analysis: Analysis, data: dict[str, Any]) -> types.WorkspaceEdit:
    if data["act"] == "all":
        return await _fix_all(ls, opened)
    return workspace_edit(edits_of(data, analysis) or {}, ls.client.versions_edits)


async def _fix_all(ls: Server, opened: Open) -> types.WorkspaceEdit:
    snapshot, data = await ls.desk.fixed(opened)
    return workspace_edit(rewritten(snapshot, data), ls.client.versions_edits)


async def _shown_at(ls: Server, uri: str) -> tuple[Analysis, list[Insight], int | None, Part] | None:
    """What is known of the present text, and the part of it with this address; None for one that is not open."""
    opened = ls.desk.get(uri)
    if opened is None or not ls.settings.enable:
        return None
    analysis, known = await ls.desk.insights(opened)
    at = analysis.snapshot.part_of(uri)
    return None if at is None else (analysis, known, *at)


def _add_display(server: Server) -> None:
    """Hovers and hints."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        found = await _shown_at(ls, params.text_document.uri)
        if found is None:
            return None
        analysis, known, cell, part = found
        row, column = part.rows.place(params.position)
        texts = []
        layer = innermost(known, row + analysis.rows_of(cell)[0], column)
        if layer is not None:
            texts.append(layer_text(layer))
        rules = ls.rules()
        texts += [
            finding_text(finding, rules.get(finding.code))
            for finding in analysis.findings
            if finding.location.cell == cell and holds(finding.location.region, row, column)
        ]
        if not texts:
            return None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(texts)))

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def hints(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
        shown = await _shown_at(ls, params.text_document.uri) if ls.settings.inlay_hints else None
        if shown is None:
            return []
        analysis, known, cell, part = shown
        first, last = analysis.rows_of(cell)
        asked = part.rows.region(params.range)
        found = []
        for insight, text in hint_texts(known):
            row = insight.region.end_row - first
            if first < insight.region.end_row <= last and asked.start_row <= row <= asked.end_row:
                position = part.rows.position(row, insight.region.end_column)
                found.append(
                    types.InlayHint(
                        position,
                        text,
                        types.InlayHintKind.Type,
                        tooltip=types.MarkupContent(types.MarkupKind.Markdown, layer_text(insight)),
                        padding_left=True,
                    )
                )
        return found
