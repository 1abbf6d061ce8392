"""What the editor at the other end can do."""

from __future__ import annotations

from lsprotocol import types
from pygls.uris import from_fs_path

from kerlint.server.buffers import Part
from kerlint.server.positions import Units
from kerlint.text.encoding import SourceError, decode


class Client:
    """The client's capabilities as yes and no."""

    def __init__(self, can: types.ClientCapabilities, encoding: str) -> None:
        self.units = Units(encoding)
        document, workspace = can.text_document, can.workspace
        action = document.code_action if document else None
        self.pulls = document is not None and document.diagnostic is not None
        """Whether it fetches diagnostics of text documents, so that none are sent."""
        resolve = action.resolve_support if action else None
        self.resolves_edits = resolve is not None and "edit" in resolve.properties
        edit = workspace.workspace_edit if workspace else None
        self.versions_edits = bool(edit and edit.document_changes)
        self.tells_settings = bool(workspace and workspace.configuration)
        watching = workspace.did_change_watched_files if workspace else None
        self.watches = bool(watching and watching.dynamic_registration)
        changing = workspace.did_change_configuration if workspace else None
        self.registers_settings = bool(changing and changing.dynamic_registration)
        diagnostics = workspace.diagnostics if workspace else None
        self.refreshes_diagnostics = bool(self.pulls and diagnostics and diagnostics.refresh_support)
        hints = workspace.inlay_hint if workspace else None
        self.refreshes_hints = bool(hints and hints.refresh_support)
        window = can.window
        self.shows_progress = bool(window and window.work_done_progress)

    def part_on_disk(self, path: str) -> Part | None:
        """A file that is not open; None when it is gone or cannot be read."""
        try:
            with open(path, "rb") as file:
                text = decode(file.read()).text
        except (OSError, SourceError):
            return None
        return Part(from_fs_path(path) or path, None, text, self.units)
