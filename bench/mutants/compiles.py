"""Chains that end in a compiled model, and what their compile says."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from bench.mutants.layers import all_stacks
from bench.mutants.program import Program, argument, has_splat, literal
from bench.mutants.stacks import Stack, Step

TRAINS = ("fit", "train_on_batch", "fit_generator")


def compiled(program: Program) -> Iterator[tuple[Stack, Step, ast.Call]]:
    """Chains that end in a model which is compiled in the same scope, with their head and that call."""
    for stack in all_stacks(program):
        if not stack.ends or stack.owner is None or stack.style == "call":
            continue
        calls = [call for who, call in program.method_calls("compile", stack.scope) if who == stack.owner]
        calls = [call for call in calls if program.start(call) > program.start(stack.steps[-1].whole)]
        if len(calls) == 1 and not has_splat(calls[0]):
            yield stack, stack.steps[-1], calls[0]


def loss_of(call: ast.Call) -> tuple[ast.expr | None, object]:
    """The loss that is given to a compile: where it is written, and what it is if that is a string."""
    value = argument(call, "loss", 1)
    return value, literal(value)


def head_activation(step: Step) -> tuple[ast.expr | None, object]:
    value = argument(step.make, "activation", 1) if step.make is not None and step.cls == "Dense" else None
    return value, literal(value)


def units_of(step: Step) -> object:
    return step.value("units", 0)
