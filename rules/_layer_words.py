"""Words that layers choose between: paddings, data formats, the direction of a flip."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from kerlint.catalog import Hit
from kerlint.findings import Severity
from kerlint.model.call_sites import Argument
from kerlint.model.facts import Operation, Program

from ._compiles import rewording

PADDINGS = ("same", "valid")
FORMATS = ("channels_last", "channels_first")
FLIPS = ("horizontal", "vertical", "horizontal_and_vertical")


def _choices(operation: Operation, name: str) -> tuple[str, ...]:
    """The words that an argument of a layer may be; nothing where it is not asked."""
    if name == "data_format":
        return FORMATS
    if name == "mode" and operation.cls == "RandomFlip":
        return FLIPS
    if name != "padding" or not operation.has("conv", "pool"):
        return ()
    is_causal = operation.cls.endswith("1D") and not operation.has("pool")
    return (*PADDINGS, "causal") if is_causal else PADDINGS


def _is_literal(operation: Operation, name: str, target: str) -> bool:
    """Whether upper case is another word: flips, and in Keras 3 pools, compare it as it is."""
    return name == "mode" or (target == "keras3" and name == "padding" and operation.has("pool"))


def _hit(operation: Operation, argument: Argument, program: Program) -> Hit | None:
    text, choices = argument.value, _choices(operation, argument.name)
    if not isinstance(text, str) or not choices or operation.site is None:
        return None
    if (text if _is_literal(operation, argument.name, program.target) else text.lower()) in choices:
        return None
    near = get_close_matches(text.strip().lower(), choices, 1)
    is_silent = argument.name == "mode" and program.target == "keras3"
    outcome = "it never flips" if is_silent else "Keras raises ValueError"
    advice = f'; did you mean "{near[0]}"' if near else ""
    return Hit(
        argument.place or operation.site.place,
        f'"{text[:40]}" is no {argument.name} of {operation.cls}: {outcome}{advice}',
        Severity.WARNING if is_silent else Severity.ERROR,
        fix=rewording(argument, text, near[0], title=f'write "{near[0]}"') if near else None,
    )


def layer_words(program: Program) -> Iterator[Hit]:
    """Words that are none of those a layer takes."""
    for operation in program.operations:
        if operation.kind != "layer" or operation.site is None:
            continue
        for argument in operation.site.arguments.values():
            hit = _hit(operation, argument, program) if argument.is_given else None
            if hit is not None:
                yield hit
