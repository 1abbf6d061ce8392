"""Which top-level definitions of a text may use which, by the words in them: never too few, often too many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kerlint.model.relevance import words_of
from kerlint.python.scope import Deferred

if TYPE_CHECKING:
    from kerlint.source import Source, Statement

DYNAMIC = frozenset({"globals", "locals", "vars", "eval", "exec", "modules", "__dict__", "__init_subclass__"})
"""Words with which a program may reach a definition whose name stands nowhere."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """The definitions of a text that other definitions, and the module itself, speak of."""

    of: Mapping[str, frozenset[str]]
    """By definition; those of one name count as one."""
    of_module: frozenset[str]
    """What runs when the module does."""
    is_static: bool
    """Whether what is reached is spelled out."""

    def reached(self, names: Iterable[str]) -> frozenset[str]:
        """These definitions with all that they may use."""
        found: set[str] = set()
        front = set(names)
        while front:
            found |= front
            front = set().union(*(self.of[name] for name in front)) - found
        return frozenset(found)

    def users(self, name: str) -> frozenset[str]:
        """All that may use a definition, itself among them."""
        found = {name}
        while more := {one for one, said in self.of.items() if one not in found and said & found}:
            found |= more
        return frozenset(found)


def mentions(source: Source) -> Mentions:
    """Read the words of all statements."""
    words: dict[str, set[str]] = {}
    module: set[str] = set()
    for statement in source.statements:
        said = words_of(statement.text)
        if statement.kind == "other":
            module |= said
        else:
            words.setdefault(statement.name, set()).update(said)
            module |= _at_definition(statement)
    names = words.keys()
    return Mentions(
        {name: frozenset(said & names - {name}) for name, said in words.items()},
        frozenset(module & names),
        not DYNAMIC & module.union(*words.values()),
    )


def _at_definition(statement: Statement) -> frozenset[str]:
    """The words of what runs where a definition stands, before anyone uses it."""
    deferred = Deferred(statement)
    acts = deferred.acts or bool(deferred.decorators)
    return deferred.words - {statement.name} if acts else frozenset()
