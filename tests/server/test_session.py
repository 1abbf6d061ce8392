"""A session as an editor has it: diagnostics, quick fixes, hovers, hints."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from .sessions import POOL, Document, Editor, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_findings_are_published_with_the_version_they_are_of(client: Editor, folder: Path) -> None:
    document = opened(client, folder, POOL)
    sent = await document.published()
    (finding,) = sent.diagnostics
    assert (finding.code, finding.source, finding.severity) == ("KER301", "kerlint", 2)
    assert finding.range == types.Range(types.Position(5, 8), types.Position(5, 36))
    assert finding.code_description is not None
    assert finding.code_description.href.endswith("/rules/implicit-pool-strides/")
    document.write(POOL.replace("MaxPooling2D(3)", "MaxPooling2D(3, strides=3)"))
    assert not (await document.published()).diagnostics


async def test_closing_takes_the_findings_back(client: Editor, folder: Path) -> None:
    document = opened(client, folder, POOL)
    await document.published()
    document.close()
    await client.until(lambda: not client.diagnostics[document.uri])


async def test_a_quick_fix_has_its_edits_when_it_is_resolved(client: Editor, folder: Path) -> None:
    document = opened(client, folder, POOL)
    fix, ignore, *_ = await document.actions(5)
    assert isinstance(fix, types.CodeAction)
    assert isinstance(ignore, types.CodeAction)
    assert fix.title == "kerlint (KER301): write strides=3"
    assert ignore.title == "kerlint (KER301): Ignore for this statement"
    assert fix.is_preferred
    assert fix.edit is None
    assert fix.diagnostics is not None
    assert [one.code for one in fix.diagnostics] == ["KER301"]
    assert written(document, await client.code_action_resolve_async(fix)) == ", strides=3"
    assert written(document, await client.code_action_resolve_async(ignore)) == "  # kerlint: ignore[KER301]"


def written(document: Document, action: types.CodeAction) -> str:
    """The one text that an action inserts in the version that is open."""
    assert action.edit is not None
    assert action.edit.document_changes is not None
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert (change.text_document.uri, change.text_document.version) == (document.uri, document.version)
    (edit,) = change.edits
    assert isinstance(edit, types.TextEdit)
    return edit.new_text


async def test_a_hover_tells_shape_and_rule(client: Editor, folder: Path) -> None:
    document = opened(client, folder, POOL)
    text = await document.hover(5, 20)
    assert "**MaxPooling2D**" in text
    assert "`(None, 28, 28, 1)` → `(None, 9, 9, 1)`" in text
    assert "**KER301** implicit-pool-strides" in text
    assert "A pooling layer without strides" in text
    assert not await document.hover(0, 3)
