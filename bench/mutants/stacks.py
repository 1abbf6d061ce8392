"""Chains of layers as they are written: a list, calls of `add`, one assignment after another, or a `call`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.mutants.program import Program, Scope, argument, keyword, literal


@dataclass(slots=True)
class Step:
    """A layer of a chain. `cls` is None for what is no plain call of a Keras layer."""

    cls: str | None
    make: ast.Call | None
    whole: ast.AST
    """What is to be left out to leave the layer out: a list's element, or a statement."""

    def value(self, name: str, position: int | None = None) -> object:
        """The literal that an argument is given; None if it is left out, Ellipsis if it is no literal."""
        if self.make is None:
            return ...
        found = keyword(self.make, name)
        if found is not None:
            return literal(found.value)
        if any(one.arg is None for one in self.make.keywords):
            return ...
        if position is not None and position < len(self.make.args):
            return literal(self.make.args[position])
        return None


@dataclass(slots=True)
class Stack:
    """Layers of which each feeds only the next."""

    style: str
    steps: list[Step]
    scope: Scope
    owner: str | None = None
    """The text of the model that the chain ends in; None where its output goes elsewhere."""
    starts: bool = False
    """Whether the first step is the first of its model."""
    block: list[ast.stmt] = field(default_factory=list)

    @property
    def ends(self) -> bool:
        """Whether the last step gives the output of a model."""
        return self.owner is not None


def stacks(program: Program) -> list[Stack]:
    """All chains of a program."""
    return [
        *_lists(program),
        *(stack for block in program.blocks for stack in _added(program, block)),
        *(stack for block in program.blocks for stack in _functional(program, block, {})),
        *_subclassed(program),
    ]


def _step(program: Program, node: ast.expr, whole: ast.AST) -> Step:
    name = program.keras_name(node)
    if name is None or not name[:1].isupper():
        return Step(None, None, whole)
    assert isinstance(node, ast.Call)
    return Step(name, node, whole)


def _target(program: Program, statement: ast.stmt) -> str | None:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        if isinstance(target, ast.Name | ast.Attribute):
            return program.text(target)
    return None


def _lists(program: Program) -> Iterator[Stack]:
    for call in program.calls:
        if (
            program.keras_name(call) != "Sequential"
            or not call.args
            or not isinstance(call.args[0], ast.List)
        ):
            continue
        elements = call.args[0].elts
        steps = [_step(program, one, one) for one in elements]
        statement = program.statement(call)
        owner = _target(program, statement)
        if isinstance(statement, ast.Assign) and statement.value is not call:
            owner = None
        added = any(
            True for receiver, _ in program.method_calls("add", program.scope(call)) if receiver == owner
        )
        yield Stack("list", steps, program.scope(call), None if added else owner, True)


def _added(program: Program, block: list[ast.stmt]) -> Iterator[Stack]:
    """`m = Sequential()` and the `m.add(...)` behind it in the same block."""
    for index, statement in enumerate(block):
        owner = _target(program, statement)
        if owner is None or not isinstance(statement, ast.Assign):
            continue
        call = statement.value
        if program.keras_name(call) != "Sequential":
            continue
        assert isinstance(call, ast.Call)
        if call.args:
            continue
        steps: list[Step] = []
        for after in block[index + 1 :]:
            if _target(program, after) == owner:
                break
            added = _added_layer(program, after, owner)
            if added is not None:
                steps.append(_step(program, added, after))
            elif f"{owner}.add(" in program.text(after):
                steps.append(Step(None, None, after))
        if steps:
            yield Stack("add", steps, program.scope(statement), owner, True, block)


def _added_layer(program: Program, statement: ast.stmt, owner: str) -> ast.expr | None:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return None
    call = statement.value
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "add" or len(call.args) != 1:
        return None
    return call.args[0] if program.text(call.func.value) == owner else None


def _applied(program: Program, node: ast.expr, made: dict[str, Step]) -> tuple[Step, ast.expr] | None:
    """The layer of `Layer(...)(x)`, or of `self.layer(x)` where it is known how that was made, and `x`."""
    if not isinstance(node, ast.Call) or not node.args or isinstance(node.args[0], ast.Starred):
        return None
    if isinstance(node.func, ast.Call):
        step = _step(program, node.func, node)
        return (step, node.args[0]) if step.cls is not None else None
    step_made = made.get(program.text(node.func))
    return None if step_made is None else (step_made, node.args[0])


@dataclass(slots=True)
class _Link:
    steps: list[Step]
    source: str
    target: str
    index: int


def _links(program: Program, block: list[ast.stmt], made: dict[str, Step]) -> Iterator[_Link]:
    for index, statement in enumerate(block):
        target = _target(program, statement)
        if isinstance(statement, ast.Return) and statement.value is not None:
            target, value = "<returned>", statement.value
        elif target is not None and isinstance(statement, ast.Assign):
            value = statement.value
        else:
            continue
        steps: list[Step] = []
        while (applied := _applied(program, value, made)) is not None:
            step, value = applied
            whole = statement if not steps and isinstance(value, ast.Name) else step.make
            assert whole is not None
            steps.insert(0, Step(step.cls, step.make, whole))
        if steps and isinstance(value, ast.Name):
            yield _Link(steps, value.id, target, index)


def _functional(program: Program, block: list[ast.stmt], made: dict[str, Step]) -> Iterator[Stack]:
    """Maximal runs of assignments in one block in which each tensor has one use, by the next."""
    links = list(_links(program, block, made))
    by_index = {link.index: link for link in links}
    taken: set[int] = set()
    for link in links:
        if link.index in taken:
            continue
        chain, current = [link], link
        while (after := _follower(program, block, by_index, current)) is not None:
            chain.append(after)
            taken.add(after.index)
            current = after
        scope = program.scope(block[0])
        steps = [step for each in chain for step in each.steps]
        starts = _is_input(program, block, link)
        owner = (
            "<returned>" if current.target == "<returned>" and made else _model_of(program, block, current)
        )
        yield Stack("call" if made else "functional", steps, scope, owner, starts, block)


def _follower(program: Program, block: list[ast.stmt], links: dict[int, _Link], link: _Link) -> _Link | None:
    """The link that takes this one's tensor, if nothing else does."""
    found = None
    for index in range(link.index + 1, len(block)):
        uses = program.loads(block[index])[link.target]
        after = links.get(index)
        if uses:
            if found is not None or uses > 1 or after is None or after.source != link.target:
                return None
            found = after
        stores = any(
            isinstance(node, ast.Name) and node.id == link.target and isinstance(node.ctx, ast.Store)
            for node in ast.walk(block[index])
        )
        if stores:
            return found
    return found


def _is_input(program: Program, block: list[ast.stmt], link: _Link) -> bool:
    return any(
        _target(program, statement) == link.source
        and isinstance(statement, ast.Assign)
        and program.keras_name(statement.value) == "Input"
        for statement in block[: link.index]
    )


def _model_of(program: Program, block: list[ast.stmt], link: _Link) -> str | None:
    """The model that a later statement of the block makes of the chain's tensor alone."""
    for statement in block[link.index + 1 :]:
        if program.loads(statement)[link.target]:
            if not isinstance(statement, ast.Assign) or program.keras_name(statement.value) != "Model":
                return None
            assert isinstance(statement.value, ast.Call)
            output = argument(statement.value, "outputs", 1)
            if isinstance(output, ast.List) and len(output.elts) == 1:
                output = output.elts[0]
            if isinstance(output, ast.Name) and output.id == link.target:
                return _target(program, statement)
            return None
    return None


def _subclassed(program: Program) -> Iterator[Stack]:
    """Layers that a class makes once each and applies in its `call`."""
    for node in program.all(ast.ClassDef):
        call = next(
            (one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "call"), None
        )
        made = {name: step for name, step in _attributes(program, node).items() if step is not None}
        if call is None or not made:
            continue
        once = {name: step for name, step in made.items() if program.text(node).count(f"{name}(") == 1}
        for block in [call.body]:
            yield from _functional(program, block, once)


def _attributes(program: Program, cls: ast.ClassDef) -> dict[str, Step | None]:
    found: dict[str, Step | None] = {}
    for node in ast.walk(cls):
        if isinstance(node, ast.Assign):
            target = _target(program, node)
            if target is not None and target.startswith("self."):
                step = _step(program, node.value, node)
                found[target] = step if step.cls is not None and target not in found else None
    return found
