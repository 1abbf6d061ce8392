"""The corners of the protocol: pulled diagnostics, encodings, stale actions, settings, messages that are wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from .sessions import POOL, Document, Editor, capabilities, opened, session

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIXED = POOL.replace("(3)", "(3, strides=3)")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def puller(folder: Path) -> AsyncIterator[Editor]:
    """A client that fetches its diagnostics, and counts in UTF-8."""
    async with session(folder, capabilities(pulls=True, encoding="utf-8")) as found:
        yield found


async def pulled(document: Document, known: str | None = None) -> Any:
    """The diagnostics that a client fetches."""
    parameters = types.DocumentDiagnosticParams(document.identifier, previous_result_id=known)
    return await document.client.text_document_diagnostic_async(parameters)


def codes(diagnostics: Any) -> list[Any]:
    """The codes of diagnostics with their lines, as a person counts them."""
    return [(one.code, one.range.start.line + 1) for one in diagnostics]


# Pulled diagnostics


async def test_pulled_findings_are_those_of_the_present_text(puller: Editor, folder: Path) -> None:
    document = opened(puller, folder, POOL)
    assert codes((await pulled(document)).items) == [("KER301", 6)]
    document.write(FIXED)
    document.write("\n" + POOL)
    assert codes((await pulled(document)).items) == [("KER301", 7)]


async def test_an_unchanged_text_is_told_to_be_unchanged(puller: Editor, folder: Path) -> None:
    document = opened(puller, folder, POOL)
    first = await pulled(document)
    again = await pulled(document, first.result_id)
    assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)


async def test_who_pulls_is_sent_nothing(puller: Editor, folder: Path) -> None:
    document = opened(puller, folder, POOL)
    await pulled(document)
    assert document.uri not in puller.diagnostics


async def test_a_request_that_is_cancelled_is_answered_and_the_next_one_too(
    puller: Editor, folder: Path
) -> None:
    document = opened(puller, folder, POOL)
    parameters = types.DocumentDiagnosticParams(document.identifier)
    asked = puller.protocol.send_request(types.TEXT_DOCUMENT_DIAGNOSTIC, parameters, msg_id="to-be-cancelled")
    puller.cancel_request(types.CancelParams("to-be-cancelled"))
    try:
        await asyncio.wrap_future(asked)
    except JsonRpcException as error:
        assert error.code == types.LSPErrorCodes.RequestCancelled
    assert codes((await pulled(document)).items) == [("KER301", 6)]


# Positions


@pytest.mark.parametrize(
    ("encoding", "start"), [("utf-8", 8 + 4 + 2 + 4), ("utf-16", 8 + 4 + 1 + 2), ("utf-32", 8 + 4 + 1 + 1)]
)
async def test_columns_are_counted_as_the_client_counts(folder: Path, encoding: str, start: int) -> None:
    text = POOL.replace("        keras.layers.Max", "        'é😀', keras.layers.Max")
    async with session(folder, capabilities(encoding=encoding)) as client:
        document = opened(client, folder, text.replace("model = keras.Sequential(\n    [", "made = (\n    ["))
        await document.published()
        document.change(
            types.TextDocumentContentChangePartial(
                types.Range(types.Position(5, start), types.Position(5, start + 5)), "KERAS"
            )
        )
        document.change(
            types.TextDocumentContentChangePartial(
                types.Range(types.Position(5, start), types.Position(5, start + 5)), "keras"
            )
        )
        (finding,) = (await document.published()).diagnostics
        assert finding.range.start == types.Position(5, start)


async def test_form_feeds_and_unicode_separators_end_no_line(client: Editor, folder: Path) -> None:
    document = opened(client, folder, "# a\x0cb\u2028c\x1dd\n" + POOL)
    document.change(
        types.TextDocumentContentChangePartial(
            types.Range(types.Position(6, 36), types.Position(6, 36)), "  # here"
        )
    )
    (finding,) = (await document.published()).diagnostics
    assert finding.range == types.Range(types.Position(6, 8), types.Position(6, 36))


async def test_carriage_returns_end_lines(client: Editor, folder: Path) -> None:
    document = opened(client, folder, POOL.replace("\n", "\r\n"))
    (fix, *_) = await document.actions(5)
    assert isinstance(fix, types.CodeAction)
    resolved = await client.code_action_resolve_async(fix)
    assert edits(resolved)[0].range.start == types.Position(5, 35)


async def test_a_position_beyond_the_text_is_its_end(client: Editor, folder: Path) -> None:
    document = opened(client, folder, POOL)
    far = types.Position(500, 500)
    document.change(types.TextDocumentContentChangePartial(types.Range(far, far), "print(model)\n"))
    assert codes((await document.published()).diagnostics) == [("KER301", 6)]
    assert not await document.hover(900, 3)


# Actions


def edits(action: types.CodeAction) -> list[types.TextEdit]:
    """The edits of an action on one document."""
    assert action.edit is not None
    assert action.edit.document_changes is not None
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    return [edit for edit in change.edits if isinstance(edit, types.TextEdit)]


async def test_all_safe_fixes_are_one_action(client: Editor, folder: Path) -> None:
    pools = "        keras.layers.MaxPooling2D(3),\n"
    document = opened(client, folder, POOL.replace(pools, pools * 2))
    (action,) = await document.actions(0, "source.fixAll")
    assert isinstance(action, types.CodeAction)
    assert action.kind == "source.fixAll.kerlint"
    (edit,) = edits(await client.code_action_resolve_async(action))
    assert edit.new_text.count("strides=") == 2


async def test_only_the_wanted_kinds_are_offered(client: Editor, folder: Path) -> None:
    document = opened(client, folder, POOL)
    assert not await document.actions(5, types.CodeActionKind.Refactor)
    kinds = {one.kind for one in await document.actions(5, "quickfix") if isinstance(one, types.CodeAction)}
    assert kinds == {"quickfix"}


async def test_an_action_of_an_older_text_is_refused(client: Editor, folder: Path) -> None:
    document = opened(client, folder, POOL)
    (fix, *_) = await document.actions(5)
    assert isinstance(fix, types.CodeAction)
    document.write("\n\n" + POOL)
    await document.published()
    with pytest.raises(JsonRpcException) as told:
        await client.code_action_resolve_async(fix)
    assert told.value.code == types.LSPErrorCodes.ContentModified


async def test_clients_that_resolve_nothing_get_the_edits_at_once(folder: Path) -> None:
    able = capabilities()
    assert able.text_document is not None
    assert able.workspace is not None
    able.text_document.code_action = types.CodeActionClientCapabilities()
    able.workspace.workspace_edit = None
    async with session(folder, able) as client:
        document = opened(client, folder, POOL)
        (fix, *_) = await document.actions(5)
        assert isinstance(fix, types.CodeAction)
        assert fix.edit is not None
        assert fix.edit.changes is not None
        assert [edit.new_text for edit in fix.edit.changes[document.uri]] == [", strides=3"]


# While a text is being typed


async def test_findings_outside_a_broken_statement_stay_and_move(client: Editor, folder: Path) -> None:
    document = opened(client, folder, POOL + "x = 1\n")
    await document.published()
    document.write("import numpy as np\nvalue = np.array(\n\n" + POOL + "x = 1\n")
    assert codes((await document.published()).diagnostics) == [("KER001", 2), ("KER301", 9)]
    assert "`(None, 9, 9, 1)`" in await document.hover(8, 20)
    fix = next(one for one in await document.actions(8) if isinstance(one, types.CodeAction))
    assert edits(await client.code_action_resolve_async(fix))[0].range.start == types.Position(8, 35)
    document.write("\n" + POOL)
    assert codes((await document.published()).diagnostics) == [("KER301", 7)]


async def test_findings_inside_a_broken_statement_go(client: Editor, folder: Path) -> None:
    document = opened(client, folder, POOL)
    await document.published()
    document.write(POOL.replace("MaxPooling2D(3),", "MaxPooling2D(3)\n        keras.layers.Flatten(),"))
    assert [code for code, _ in codes((await document.published()).diagnostics)] == ["KER001"]


async def test_many_changes_at_once_end_in_the_last_one(client: Editor, folder: Path) -> None:
    document = opened(client, folder, POOL)
    for blanks in range(40):
        document.write("\n" * blanks + POOL)
    assert codes((await document.published()).diagnostics) == [("KER301", 45)]


# Settings and files


async def test_a_file_of_configuration_is_read_anew_when_it_changes(tmp_path: Path) -> None:
    async with session(tmp_path) as client:
        await client.until(lambda: bool(client.registered))
        watched = [one for one in client.registered if one.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
        assert watched
        document = opened(client, tmp_path, POOL)
        await document.published()
        config = tmp_path / "kerlint.toml"
        config.write_text('ignore = ["KER301"]\n')
        tell_changed(client, config, types.FileChangeType.Created)
        await client.until(lambda: not client.diagnostics[document.uri])
        config.write_text('selekt = ["KER301"]\n')
        tell_changed(client, config)
        await client.until(lambda: bool(client.diagnostics[document.uri]))
        (message,) = client.messages
        assert "unknown key 'selekt'" in message.message
        assert "the defaults hold" in message.message


def tell_changed(
    client: Editor, path: Path, kind: types.FileChangeType = types.FileChangeType.Changed
) -> None:
    """Tell the server that a file has changed on disk."""
    event = types.FileEvent(path.as_uri(), kind)
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))


async def test_settings_come_from_the_client_and_wrong_ones_are_told_once(tmp_path: Path) -> None:
    wrong = {"settings": {"ignore": "KER301", "lint": {"run": "never"}, "showSyntaxErrors": 3, "other": 1}}
    async with session(tmp_path, options=wrong) as client:
        document = opened(client, tmp_path, POOL)
        assert codes((await document.published()).diagnostics) == [("KER301", 6)]
        told = [message.message for message in client.messages]
        assert [words.split(":")[2].strip() for words in told] == ["ignore", "lint.run", "showSyntaxErrors"]
        client.set_configuration({"severity": {"KER301": "error"}}, section="kerlint")
        client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await client.until(lambda: [one.severity for one in client.diagnostics[document.uri]] == [1])
        client.set_configuration({"enable": False}, section="kerlint")
        client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await client.until(lambda: not client.diagnostics[document.uri])
        assert len(client.messages) == len(told)


async def test_findings_wait_for_the_save_where_the_user_says_so(tmp_path: Path) -> None:
    async with session(tmp_path, options={"lint": {"run": "onSave"}}) as client:
        document = opened(client, tmp_path, POOL)
        await document.published()
        document.write("\n" + POOL)
        assert await document.hover(6, 20)
        assert codes(client.diagnostics[document.uri]) == [("KER301", 6)]
        client.text_document_did_save(types.DidSaveTextDocumentParams(document.identifier))
        assert codes((await document.published()).diagnostics) == [("KER301", 7)]


async def test_what_another_open_file_says_holds_before_it_is_saved(client: Editor, folder: Path) -> None:
    sizes = folder / "sizes.py"
    sizes.write_text("POOL = 2\n")
    text = POOL.replace("import keras\n", "import keras\nfrom sizes import POOL\n").replace("(3)", "(POOL)")
    document = opened(client, folder, text)
    (finding,) = (await document.published()).diagnostics
    assert "(2, 2)" in finding.message
    other = Document(client, sizes.as_uri(), "POOL = 5\n")
    await other.published()
    other.write("POOL = 7\n")
    await client.until(lambda: "(7, 7)" in client.diagnostics[document.uri][0].message)
    other.close()
    await client.until(lambda: "(2, 2)" in client.diagnostics[document.uri][0].message)
    sizes.unlink()
    tell_changed(client, sizes, types.FileChangeType.Deleted)
    await client.until(lambda: "(2, 2)" not in str(client.diagnostics[document.uri]))


async def test_an_excluded_file_is_left_alone(client: Editor, folder: Path) -> None:
    document = Document(client, (folder / ".venv" / "model.py").as_uri(), POOL)
    assert not (await document.published()).diagnostics


async def test_a_document_that_is_no_file_is_linted(client: Editor, folder: Path) -> None:
    document = Document(client, "untitled:Untitled-1", POOL)
    assert codes((await document.published()).diagnostics) == [("KER301", 6)]


async def test_a_text_that_is_too_large_is_told_and_costs_nothing(client: Editor, folder: Path) -> None:
    document = opened(client, folder, POOL + "#" * 1_000_000)
    (told,) = (await document.published()).diagnostics
    assert "more than the 1,000,000" in told.message
    document.write(POOL)
    assert codes((await document.published()).diagnostics) == [("KER301", 6)]
