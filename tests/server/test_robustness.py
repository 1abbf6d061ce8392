"""What no client should send, and what no server survives unless it was made to."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.editor import Server, running

from .sessions import POOL

URI = "file:///work/model.py"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that must still be there in the end."""
    with running(tmp_path_factory.mktemp("project")) as found:
        yield found


def answer(server: Server, number: int) -> dict[str, Any]:
    """The answer to a request."""
    return next(message for message in server.messages() if message.get("id") == number)


def is_alive(server: Server, version: int, uri: str = URI) -> bool:
    """Whether findings still come."""
    item = {"uri": uri, "languageId": "python", "version": version, "text": POOL}
    server.tell("textDocument/didOpen", {"textDocument": item})
    found = next(
        message for message in server.messages() if message.get("params", {}).get("version") == version
    )
    return [one["code"] for one in found["params"]["diagnostics"]] == ["KER301"]


@pytest.mark.parametrize(
    ("method", "parameters", "code"),
    [
        ("textDocument/hover", {"textDocument": 5}, -32602),
        ("textDocument/codeAction", None, -32602),
        ("codeAction/resolve", {"title": "x", "data": {"uri": URI}}, -32801),
        ("codeAction/resolve", {"title": "x", "data": [1, 2]}, -32801),
        ("workspace/executeCommand", {"command": "kerlint.unknown"}, -32602),
        ("kerlint/unknown", {}, -32601),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(
    server: Server, method: str, parameters: Any, code: int
) -> None:
    server.tell(method, parameters, id=7)
    assert answer(server, 7)["error"]["code"] == code
    assert is_alive(server, 100)


@pytest.mark.parametrize(
    "data",
    [
        {"act": "fix", "index": 99},
        {"act": "ignore", "index": -1},
        {"act": "burn", "index": 0},
        {"index": 0},
        {},
    ],
)
def test_an_action_that_was_never_offered_is_refused_and_not_guessed(
    server: Server, data: dict[str, Any]
) -> None:
    assert is_alive(server, 105)
    made = {"uri": URI, "revision": 0, **data}
    server.tell("codeAction/resolve", {"title": "x", "data": made}, id=8)
    assert answer(server, 8)["error"]["code"] == -32602
    server.tell(
        "workspace/executeCommand", {"command": "kerlint.confirm", "arguments": [made | {"index": "x"}]}, id=9
    )
    told = next(
        message["params"] for message in server.messages() if message.get("method") == "window/showMessage"
    )
    assert told["message"] == "kerlint: there is no such finding"


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        (
            "textDocument/didChange",
            {"textDocument": {"uri": "file:///nowhere.py", "version": 2}, "contentChanges": []},
        ),
        ("textDocument/didChange", {"textDocument": {"uri": URI}}),
        ("textDocument/didClose", {"textDocument": {"uri": "file:///nowhere.py"}}),
        ("textDocument/didSave", {"textDocument": {"uri": "file:///nowhere.py"}}),
        ("notebookDocument/didClose", {"notebookDocument": {"uri": "x:"}, "cellTextDocuments": []}),
        ("workspace/didChangeConfiguration", {"settings": [1, 2]}),
        ("workspace/didChangeWatchedFiles", {"changes": [{"uri": "file:///gone/kerlint.toml", "type": 3}]}),
        ("$/cancelRequest", {"id": 12345}),
        ("$/setTrace", {"value": "verbose"}),
        ("kerlint/unknown", {}),
    ],
)
def test_a_notification_that_makes_no_sense_changes_nothing(
    server: Server, method: str, parameters: Any
) -> None:
    server.tell(method, parameters)
    assert is_alive(server, 101)


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"null", b"5", b'{"id": 3}', b"\xff\xfe", b'{"jsonrpc": "1.0"}']
)
def test_what_is_no_message_is_passed_over(server: Server, body: bytes) -> None:
    assert server.process.stdin is not None
    server.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    assert is_alive(server, 102)


@pytest.mark.parametrize(
    "text",
    [
        "import keras\n" + "(" * 5000,
        "import keras\nx = " + "[" * 3000 + "]" * 3000,
        "import keras\nx = '\0'\n",
        "import keras\nx = '\ud800'\n",
        "# coding: rot13\nimport keras\n",
        "# coding: latin-1\nimport keras\nx = 'é€'\n",
        "import keras\n" + "x = 1\n" * 60_000,
        "",
    ],
    ids=["brackets", "nesting", "nul", "surrogate", "no text encoding", "other encoding", "long", "empty"],
)
def test_a_text_that_is_no_program_costs_nothing_but_itself(server: Server, text: str) -> None:
    item = {"uri": "file:///work/odd.py", "languageId": "python", "version": 7, "text": text}
    server.tell("textDocument/didOpen", {"textDocument": item})
    next(message for message in server.messages() if message.get("params", {}).get("version") == 7)
    assert is_alive(server, 103)


def test_what_prints_does_not_disturb_the_protocol(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "rule.py").write_text("print('loud')\n")
    (tmp_path / "kerlint.toml").write_text('rules = ["own"]\n')
    with running(tmp_path) as server:
        server.tell("workspace/didChangeConfiguration", {"settings": {"kerlint": {"allowLocalRules": True}}})
        assert is_alive(server, 104, (tmp_path / "model.py").as_uri())


def test_a_client_that_goes_away_ends_the_server(tmp_path: Path) -> None:
    server = Server(tmp_path)
    assert server.process.stdin is not None
    server.process.stdin.close()
    assert server.process.wait(60) is not None


def test_without_pygls_one_line_names_the_extra() -> None:
    script = (
        "import sys; sys.modules['pygls'] = None; from kerlint.cli import main; sys.exit(main(['server']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "kerlint: the language server needs pygls (pip install 'kerlint[server]')\n"
