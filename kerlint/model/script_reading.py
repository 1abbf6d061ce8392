"""Reading a file as a script, from the text of its top-level statements; the few that matter are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import libcst as cst

from kerlint.model.script import Dead, Import, Script, Setting
from kerlint.places import Place
from kerlint.text.lines import logical_lines
from kerlint.text.nodes import children

if TYPE_CHECKING:
    from kerlint.source import Source, Statement

_IMPORT = re.compile(r"(?:import|from)\s+([\w.]+)")
_ALSO = re.compile(r",\s*([\w.]+)")
_STORE = re.compile(
    r"(?:os\s*\.\s*)?(?:environ\s*\[\s*|environ\s*\.\s*setdefault\s*\(\s*|putenv\s*\(\s*)(['\"])(\w+)\1"
)
_WORK = re.compile(
    r"\.\s*(?:compile|fit|fit_generator|evaluate|predict|train_on_batch|add|save)\s*\(|\bkeras\b"
)
_RETURNS = re.compile(r"^return\b|;\s*return\b")
_LEAVES = frozenset(["sys.exit", "exit", "quit", "os._exit"])


def script_of(source: Source) -> Script:
    """Read a file as a script."""
    imports: list[Import] = []
    settings: list[Setting] = []
    dead: list[Dead] = []
    statements = source.statements
    for index, statement in enumerate(statements):
        text = statement.text
        if text.startswith(("import", "from")):
            imports += _imports(statement, index)
        elif found := _STORE.match(text):
            settings.append(Setting(found[2], Place(statement), index))
        elif text.startswith("if") and "__name__" in text.partition("\n")[0]:
            dead += _main_guards(statement)
        elif statement.kind == "other" and _is_exit(text) and not source.is_notebook:
            if any(_WORK.search(one.text) and one.kind == "other" for one in statements[index + 1 :]):
                dead.append(Dead("exit", Place(statement)))
        elif statement.kind != "other" and _WORK.search(text) and _has_more_after_return(text):
            dead += _after_return(statement)
    return Script(tuple(imports), tuple(settings), tuple(dead))


def _imports(statement: Statement, index: int) -> Iterator[Import]:
    found = _IMPORT.match(statement.text)
    if found is None:
        return
    names = [found[1]]
    if statement.text.startswith("import"):
        names += _ALSO.findall(statement.text)
    for name in names:
        yield Import(name, Place(statement), index)


def _is_exit(text: str) -> bool:
    return text.partition("(")[0].strip() in _LEAVES


def _main_guards(statement: Statement) -> Iterator[Dead]:
    """`if __name__ == "something else":`, and two strings that are compared."""
    for node in statement.body:
        if not isinstance(node, cst.If) or not isinstance(node.test, cst.Comparison):
            continue
        sides = [node.test.left, *(target.comparator for target in node.test.comparisons)]
        is_equal = all(isinstance(target.operator, cst.Equal) for target in node.test.comparisons)
        if len(sides) != 2 or not is_equal or node.orelse is not None:
            continue
        strings = [side for side in sides if isinstance(side, cst.SimpleString)]
        texts = [side.evaluated_value for side in strings]
        is_name = any(isinstance(side, cst.Name) and side.value == "__name__" for side in sides)
        if is_name and len(texts) == 1 and texts[0] != "__main__":
            literal = Place(statement, strings[0])
            yield Dead("name", Place(statement, node.test), str(texts[0]), literal)
        elif len(texts) == 2 and texts[0] != texts[1] and "__name__" in texts:
            yield Dead("name", Place(statement, node.test), "a string that is always the same")


def _has_more_after_return(text: str) -> bool:
    """Whether a line stands right behind a `return` with its indentation; told without a parse."""
    if "return" not in text:
        return False
    returned: str | None = None
    for line in logical_lines(text):
        code = line.lstrip(" \t\f")
        if code and code[0] not in "#\n":
            indentation = line[: len(line) - len(code)]
            if indentation == returned:
                return True
            returned = indentation if _RETURNS.search(code) else None
    return False


def _after_return(statement: Statement) -> Iterator[Dead]:
    """Work behind a `return` in the same block of a function."""
    front: list[cst.CSTNode] = list(statement.body)
    while front:
        node = front.pop()
        if isinstance(node, cst.IndentedBlock):
            yield from _in_block(statement, node)
        front.extend(
            child for child in children(node) if isinstance(child, cst.BaseStatement | cst.BaseSuite)
        )


def _in_block(statement: Statement, block: cst.IndentedBlock) -> Iterator[Dead]:
    for index, line in enumerate(block.body[:-1]):
        small = line.body[-1] if isinstance(line, cst.SimpleStatementLine) and line.body else None
        if isinstance(small, cst.Return):
            behind = [one for one in block.body[index + 1 :] if isinstance(one, cst.SimpleStatementLine)]
            if any(_WORK.search(statement.code(one)) for one in behind):
                yield Dead("return", Place(statement, small))
            return
