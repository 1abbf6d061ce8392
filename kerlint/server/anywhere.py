"""What in one definition has a say in the findings of others that do not use it.

Some rules ask of the whole file whether it says or calls something anywhere: it may register names, run eagerly,
load weights. `tests/server/test_quick.py` holds that the rules that do are known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerlint.model.facts import Program
    from kerlint.source import Statement

ANYWHERE = frozenset(
    """
    GradientTape GroupKFold GroupShuffleSplit KFold LearningRateScheduler LeaveOneGroupOut LeaveOneOut LeavePOut
    MultilabelStratifiedKFold RepeatedKFold RepeatedStratifiedKFold ShuffleSplit StratifiedGroupKFold
    StratifiedKFold StratifiedShuffleSplit _layers _tracker as_list assign compile custom_object
    custom_object_scope custom_objects disable_eager_execution enable_unsafe_deserialization
    experimental_run_functions_eagerly get_custom_objects learning_rate load_model load_own_variables load_weights
    lr numpy_function py_func register_keras_serializable run_eagerly run_functions_eagerly safe_mode
    set_image_data_format set_image_dim_ordering set_random_seed set_value set_weights to_categorical
    trainable_variables trainable_weights
    """.split()  # noqa: SIM905
)
"""Words and calls that rules look for in all of a file."""
_WORD = re.compile(r"[^\W\d]\w*")
_OWN = re.compile(r"\bself\.(\w+)")

Said = tuple[frozenset[str], tuple[object, ...], bool, int]


def concerns_others(before: Statement, now: Statement, others: Iterable[Statement]) -> bool:
    """Whether a change in the words of a definition may matter to `others`, which do not use it."""
    old, new = Counter(_WORD.findall(before.text)), Counter(_WORD.findall(now.text))
    changed = {word for word in old.keys() | new.keys() if old[word] != new[word]}
    if changed & ANYWHERE or list(_directives(before)) != list(_directives(now)):
        return True
    return any(not changed.isdisjoint(_OWN.findall(other.text)) for other in others if other.kind == "class")


def _directives(statement: Statement) -> Iterator[str]:
    """The lines that may speak to kerlint."""
    if "kerlint" in statement.text or "noqa" in statement.text:
        yield from (line for line in statement.text.split("\n") if "kerlint" in line or "noqa" in line)


def said_to_all(program: Program) -> Said:
    """What a program does that findings elsewhere may hang on."""
    called = frozenset(site.symbol.rpartition(".")[2] for site in program.calls) & ANYWHERE
    trained = {compiled.model.place for compiled in program.compiles} if "to_categorical" in called else ()
    supposed = tuple((one.option, one.text) for one in program.supposed)
    return called, supposed, any(one.kind == "load" for one in program.savings), len(trained)


__all__ = ["ANYWHERE", "concerns_others", "said_to_all"]
