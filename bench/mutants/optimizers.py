"""Faults in optimizers: one for two models, rates that are too large, names of old."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from bench.mutants.compiles import TRAINS, compiled
from bench.mutants.edits import Edit, Made, before_statement, operator, replace
from bench.mutants.program import Program, argument, has_splat, keyword, literal
from bench.mutants.stacks import Stack

OPTIMIZERS = ("Adam", "SGD", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam", "AdamW")
BY_NAME = {name.lower(): name for name in OPTIMIZERS}


@operator("KER112", "lr for learning_rate")
def old_rate(program: Program) -> Iterator[Made]:
    """Call the learning rate by its old name."""
    for call in program.calls:
        found = keyword(call, "learning_rate") if program.keras_name(call) in OPTIMIZERS else None
        if found is not None:
            start = program.start(found)
            yield (Edit(start, start + len("learning_rate"), "lr"),), (call,)


@operator("KER111", "rate a thousand times too large")
def great_rate(program: Program) -> Iterator[Made]:
    """Make the learning rate a thousand times larger."""
    for _, compiling in program.method_calls("compile"):
        call = argument(compiling, "optimizer", 0)
        if not isinstance(call, ast.Call) or program.keras_name(call) != "Adam":
            continue
        value = argument(call, "learning_rate", 0)
        rate = literal(value)
        if value is not None and isinstance(rate, float) and 1e-4 <= rate <= 0.01:
            yield (replace(program, value, str(rate * 1000)),), (call,)


def _makes_model(program: Program, value: ast.expr) -> bool:
    """Whether an expression makes a model: a class of Keras, or a function of the file that makes one."""
    if program.keras_name(value) in ("Sequential", "Model"):
        return True
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Name):
        return False
    named = [one for one in program.all(ast.FunctionDef) if one.name == value.func.id]
    made = {program.keras_name(node) for one in named for node in ast.walk(one)}
    return bool(made & {"Sequential", "Model"})


def _own_model(program: Program, name: str, scope: ast.AST) -> ast.Assign | None:
    """Where a name is given a model of its own in a scope, once."""
    found = [
        node
        for node in ast.walk(scope)
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and program.text(node.targets[0]) == name
    ]
    return found[0] if len(found) == 1 and _makes_model(program, found[0].value) else None


def _pairs(program: Program) -> Iterator[tuple[str, ast.Call, str, ast.Call]]:
    """Two compiles of two models that one block compiles and its function trains, apart from each other."""
    calls = [(who, call) for who, call in program.method_calls("compile") if not has_splat(call)]
    for (one, first), (other, second) in pairwise(calls):
        scope = program.scope(first)
        statements = program.statement(first), program.statement(second)
        if one == other or program.parents[statements[0]] is not program.parents[statements[1]]:
            continue
        trained = {who for name in TRAINS for who, _ in program.method_calls(name, scope)}
        if {one, other} <= trained and _are_apart(program, one, other, scope):
            yield one, first, other, second


def _are_apart(program: Program, one: str, other: str, scope: ast.AST) -> bool:
    """Whether both models are made in the scope, the second not of the first or of tensors."""
    first, second = (_own_model(program, name, scope) for name in (one, other))
    if first is None or second is None or "Model" in map(program.keras_name, (first.value, second.value)):
        return False
    adds = [call for who, call in program.method_calls("add", scope) if who == other]
    read = {node.id for whole in (second, *adds) for node in ast.walk(whole) if isinstance(node, ast.Name)}
    return one not in read


def _as_object(program: Program, call: ast.Call) -> str | None:
    """The text that constructs the optimizer of a compile, if it can stand elsewhere."""
    value = argument(call, "optimizer", 0)
    name = literal(value)
    if isinstance(name, str) and name.lower() in BY_NAME:
        base = next((one for one in ("tf.keras", "keras") if program.names_keras(one)), None)
        return None if base is None else f"{base}.optimizers.{BY_NAME[name.lower()]}()"
    return program.text(value) if value is not None and program.keras_name(value) in OPTIMIZERS else None


def _loop(program: Program, call: ast.Call) -> ast.For | None:
    """The innermost loop around a call, in its function."""
    above: ast.AST = program.statement(call)
    while not isinstance(above, ast.For | ast.FunctionDef | ast.Module):
        above = program.parents[above]
    return above if isinstance(above, ast.For) else None


def _hoisted(program: Program, call: ast.Call, above: ast.stmt, own: ast.AST) -> tuple[Edit, ...]:
    """Make the optimizer of a compile before a statement; nothing if it needs what is only inside of that."""
    text, value = _as_object(program, call), argument(call, "optimizer", 0)
    if text is None or value is None:
        return ()
    needed = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    inside = {
        node.id for node in ast.walk(own) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    inside |= {node.arg for node in ast.walk(own) if isinstance(node, ast.arg)}
    if needed & inside:
        return ()
    return before_statement(program, above, f"shared_optimizer = {text}"), replace(
        program, value, "shared_optimizer"
    )


@operator("KER101", "optimizer of the first model")
def share_optimizer(program: Program) -> Iterator[Made]:
    """Compile a second model with the first one's optimizer."""
    for one, first, _, second in _pairs(program):
        mine, theirs = argument(first, "optimizer", 0), argument(second, "optimizer", 0)
        if mine is None or theirs is None:
            continue
        text = program.text(mine) if isinstance(mine, ast.Name) else f"{one}.optimizer"
        if program.text(theirs) != text:
            yield (replace(program, theirs, text),), (second,)


@operator("KER101", "optimizer before the loop")
def hoist_optimizer(program: Program) -> Iterator[Made]:
    """Make the optimizer before the loop that makes, compiles and fits models."""
    for who, call in program.method_calls("compile"):
        loop = _loop(program, call)
        if loop is None or _own_model(program, who, loop) is None:
            continue
        inside = set(ast.walk(loop))
        edits = _hoisted(program, call, loop, loop)
        if edits and any(
            fit in inside for name in TRAINS for owner, fit in program.method_calls(name) if owner == who
        ):
            yield edits, (call,)


def _fitted_results(program: Program, builder: str) -> list[ast.Call]:
    """The calls of a function of which one scope makes several and fits what they give."""
    found: dict[ast.AST, list[ast.Call]] = {}
    for node in program.all(ast.Assign):
        call = node.value
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == builder:
            scope, name = program.scope(node), program.text(node.targets[0])
            if any(who == name for verb in TRAINS for who, _ in program.method_calls(verb, scope)):
                found.setdefault(scope, []).append(call)
    return next((calls for calls in found.values() if len(calls) > 1), [])


@operator("KER101", "optimizer outside the builder")
def global_optimizer(program: Program) -> Iterator[Made]:
    """Make the optimizer of a builder that is called several times beside the builder, once."""
    for who, call in program.method_calls("compile"):
        scope = program.scope(call)
        if (
            not isinstance(scope, ast.FunctionDef)
            or program.parents[scope] is not program.tree
            or scope.decorator_list
        ):
            continue
        used = _fitted_results(program, scope.name)
        returned = any(
            isinstance(node, ast.Return) and node.value is not None and program.text(node.value) == who
            for node in scope.body
        )
        if returned and used and _own_model(program, who, scope) is not None:
            edits = _hoisted(program, call, scope, scope)
            if edits:
                yield edits, (call, *used)


@operator("KER101", "block pasted, optimizer kept")
def paste_block(program: Program) -> Iterator[Made]:
    """Paste a copy of what makes, compiles and fits a model, for a second one with the first one's optimizer."""
    for stack, _, call in compiled(program):
        block = next((one for one in program.blocks if program.statement(call) in one), [])
        first = _first_row(program, stack, block)
        fits = [
            fit
            for name in TRAINS
            for who, fit in program.method_calls(name, stack.scope)
            if who == stack.owner
        ]
        last = next((one for one in map(program.statement, fits) if one in block), None)
        text, value = _as_object(program, call), argument(call, "optimizer", 0)
        if first is None or last is None or text is None or value is None or stack.owner is None:
            continue
        names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
        made = {
            node.id
            for one in block
            for node in ast.walk(one)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        if not stack.owner.isidentifier() or names & made or program.start(last) < program.start(call):
            continue
        yield _pasted(program, stack.owner, (first, program.statement(call), last), value, text)


def _first_row(program: Program, stack: Stack, block: list[ast.stmt]) -> ast.stmt | None:
    """The statement of the block with which a model begins: an Input, or the Sequential."""
    begins = [
        one
        for one in block
        if isinstance(one, ast.Assign)
        and (program.text(one.targets[0]) == stack.owner or program.keras_name(one.value) == "Input")
    ]
    is_whole = stack.style in ("list", "add") or stack.starts
    return begins[0] if begins and is_whole and program.statement(stack.steps[0].whole) in block else None


def _pasted(
    program: Program, owner: str, rows: tuple[ast.stmt, ast.stmt, ast.stmt], value: ast.expr, text: str
) -> Made:
    """Share the optimizer of a block with a copy of the block behind it; the fault is the copy's compile."""
    first, compiling, last = rows
    share = replace(program, value, "shared_optimizer")
    start, end = program.row_start(first), program.end(last)
    whole = program.data[start : share.start] + share.text.encode() + program.data[share.end : end]
    copy = re.sub(rf"\b{re.escape(owner)}\b", f"{owner}_too", whole.decode())
    above = program.data[start : program.row_start(compiling)].count(b"\n")
    behind = program.data[start : program.end(compiling)].count(b"\n")
    lines = copy.split("\n")
    before = Edit(end, end, "\n" + "\n".join(lines[:above]) + ("\n" if above else ""))
    fault = Edit(end, end, "\n".join(lines[above : behind + 1]))
    after = Edit(end, end, "\n" + "\n".join(lines[behind + 1 :]))
    return (before_statement(program, first, f"shared_optimizer = {text}"), share, before, fault, after), (
        fault,
    )
