"""pygls's protocol, with the documents left to kerlint and an answer to every request, malformed ones too.

pygls ends rows where `str.splitlines` does, form feeds and all, so that its documents drift from the
client's; kerlint keeps its own (`kerlint.server.buffers`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.protocol import LanguageServerProtocol, lsp_method


def _passed_on(method: str) -> Callable[..., Any]:
    """A handler that does nothing but call ours; pygls's own keep something of each notification for ever."""

    @lsp_method(method)
    def handle(self: LanguageServerProtocol, params: object) -> None:
        handler = self.fm.features.get(method)
        if handler is not None:
            handler(params)

    return handle


class Protocol(LanguageServerProtocol):
    """The protocol as kerlint speaks it."""

    lsp_text_document__did_open = _passed_on(types.TEXT_DOCUMENT_DID_OPEN)
    lsp_text_document__did_change = _passed_on(types.TEXT_DOCUMENT_DID_CHANGE)
    lsp_text_document__did_close = _passed_on(types.TEXT_DOCUMENT_DID_CLOSE)
    lsp_notebook_document__did_open = _passed_on(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    lsp_notebook_document__did_change = _passed_on(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    lsp_notebook_document__did_close = _passed_on(types.NOTEBOOK_DOCUMENT_DID_CLOSE)

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # type: ignore[override]
        self, params: types.ExecuteCommandParams
    ) -> Any:
        """A command as a task of its own, which ends when its request is cancelled; pygls's goes on to its end."""
        handler = self.fm.commands.get(params.command)
        if handler is None:
            raise JsonRpcInvalidParams(f"workspace/executeCommand: there is no command {params.command!r}")
        return await handler(*(params.arguments or ()))

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The message as an object. A request that has not the right form is told so, then refused."""
        try:
            return super().structure_message(data)
        except JsonRpcException:
            if "method" in data and isinstance(data.get("id"), int | str):
                refusal = JsonRpcInvalidParams(
                    f"{data['method']}: the parameters are not what the protocol says"
                )
                self._send_response(data["id"], error=refusal.to_response_error())
            raise
