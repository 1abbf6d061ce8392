"""Notebook documents: cells come and go, findings are told at their cells."""

from __future__ import annotations

import pytest
from lsprotocol import types

from .sessions import Document, Editor

pytestmark = pytest.mark.asyncio(loop_scope="module")

CELLS = (
    "%matplotlib inline\nimport keras",
    "# A title",
    "model = keras.Sequential()\nmodel.add(keras.Input((28, 28, 1)))",
    "model.add(keras.layers.MaxPooling2D(3))\n",
)


class Notebook:
    """A notebook that a client has open; its second cell is prose."""

    def __init__(self, client: Editor, name: str) -> None:
        self.client = client
        self.uri = f"file:///work/{name}.ipynb"
        self.version = 1
        self.uris = [f"vscode-notebook-cell:/work/{name}.ipynb#{number}" for number in range(len(CELLS))]
        kinds = [
            types.NotebookCellKind.Markup if number == 1 else types.NotebookCellKind.Code
            for number in range(4)
        ]
        cells = [types.NotebookCell(kind, uri) for kind, uri in zip(kinds, self.uris, strict=True)]
        texts = [
            types.TextDocumentItem(uri, types.LanguageKind.Python, 1, text)
            for uri, text in zip(self.uris, CELLS, strict=True)
        ]
        notebook = types.NotebookDocument(self.uri, "jupyter-notebook", 1, cells)
        client.notebook_document_did_open(types.DidOpenNotebookDocumentParams(notebook, texts))

    def change(self, changes: types.NotebookDocumentCellChanges) -> None:
        """Send changes under the next version."""
        self.version += 1
        identifier = types.VersionedNotebookDocumentIdentifier(self.version, self.uri)
        event = types.NotebookDocumentChangeEvent(cells=changes)
        self.client.notebook_document_did_change(types.DidChangeNotebookDocumentParams(identifier, event))

    def write(self, number: int, text: str, version: int) -> None:
        """Put another text into a cell."""
        identifier = types.VersionedTextDocumentIdentifier(version, self.uris[number])
        change = types.TextDocumentContentChangeWholeDocument(text)
        content = types.NotebookDocumentCellContentChanges(identifier, [change])
        self.change(types.NotebookDocumentCellChanges(text_content=[content]))

    def cell(self, number: int) -> Document:
        """A cell as a document that is open already."""
        found = Document.__new__(Document)
        found.client, found.uri, found.version = self.client, self.uris[number], 1
        found.identifier = types.TextDocumentIdentifier(found.uri)
        return found


async def test_findings_are_told_at_their_cell(client: Editor) -> None:
    notebook = Notebook(client, "told")
    (finding,) = (await client.published(notebook.uris[3], 1)).diagnostics
    assert (finding.code, finding.range.start) == ("KER301", types.Position(0, 10))
    assert not client.diagnostics[notebook.uris[2]]


async def test_cells_are_one_program_that_changes_with_each_of_them(client: Editor) -> None:
    notebook = Notebook(client, "joined")
    await client.published(notebook.uris[3], 1)
    assert "`(None, 28, 28, 1)` → `(None, 9, 9, 1)`" in await notebook.cell(3).hover(0, 25)
    notebook.write(2, CELLS[2].replace("28, 28", "30, 30"), 2)
    await client.published(notebook.uris[2], 2)
    assert "`(None, 30, 30, 1)` → `(None, 10, 10, 1)`" in await notebook.cell(3).hover(0, 25)


async def test_fixes_and_ignores_edit_their_cell(client: Editor) -> None:
    notebook = Notebook(client, "edited")
    found = [one for one in await notebook.cell(3).actions(0) if isinstance(one, types.CodeAction)]
    assert [one.title.partition(": ")[2] for one in found] == [
        "write strides=3",
        "Ignore for this line",
        "Fix all that is safe to fix",
    ]
    for action, text in zip(
        found, (", strides=3", "  # kerlint: ignore[KER301]", ", strides=3"), strict=True
    ):
        resolved = await client.code_action_resolve_async(action)
        assert resolved.edit is not None
        assert resolved.edit.document_changes is not None
        (change,) = resolved.edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        assert (change.text_document.uri, change.text_document.version) == (notebook.uris[3], 1)
        assert [edit.new_text for edit in change.edits if isinstance(edit, types.TextEdit)] == [text]


async def test_hints_are_those_of_the_cell(client: Editor) -> None:
    notebook = Notebook(client, "hinted")
    whole = types.Range(types.Position(0, 0), types.Position(99, 0))
    identifier = types.TextDocumentIdentifier(notebook.uris[3])
    (hint,) = await client.text_document_inlay_hint_async(types.InlayHintParams(identifier, whole)) or ()
    assert (hint.label, hint.position) == ("→ (None, 9, 9, 1)", types.Position(0, 38))


async def test_a_cell_that_goes_takes_its_findings_along(client: Editor) -> None:
    notebook = Notebook(client, "shrinking")
    await client.published(notebook.uris[3], 1)
    array = types.NotebookCellArrayChange(start=3, delete_count=1)
    closed = [types.TextDocumentIdentifier(notebook.uris[3])]
    structure = types.NotebookDocumentCellChangeStructure(array, did_close=closed)
    notebook.change(types.NotebookDocumentCellChanges(structure=structure))
    await client.until(lambda: not client.diagnostics[notebook.uris[3]])


async def test_cells_that_are_moved_keep_their_text(client: Editor) -> None:
    notebook = Notebook(client, "moved")
    await client.published(notebook.uris[3], 1)
    cell = types.NotebookCell(types.NotebookCellKind.Code, notebook.uris[3])
    for start, deleted, added in ((3, 1, []), (0, 0, [cell])):
        array = types.NotebookCellArrayChange(start=start, delete_count=deleted, cells=added)
        item = [types.TextDocumentItem(uri.document, types.LanguageKind.Python, 2, CELLS[3]) for uri in added]
        structure = types.NotebookDocumentCellChangeStructure(array, did_open=item)
        notebook.change(types.NotebookDocumentCellChanges(structure=structure))
    assert not (await client.published(notebook.uris[3], 2)).diagnostics


async def test_a_notebook_that_is_closed_has_no_findings(client: Editor) -> None:
    notebook = Notebook(client, "closed")
    await client.published(notebook.uris[3], 1)
    cells = [types.TextDocumentIdentifier(uri) for uri in notebook.uris]
    identifier = types.NotebookDocumentIdentifier(notebook.uri)
    client.notebook_document_did_close(types.DidCloseNotebookDocumentParams(identifier, cells))
    await client.until(lambda: not client.diagnostics[notebook.uris[3]])
