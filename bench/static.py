"""kerlint's side of `bench.summary`: a builder of a real file, evaluated with the arguments of a subject."""

from __future__ import annotations

from bench.subjects import VARIABLE, Subject
from kerlint.loader import DiskLoader
from kerlint.model.domain import KerasDomain
from kerlint.model.facts import Model
from kerlint.model.freeze import Freezer
from kerlint.model.recover import _deep_recursion
from kerlint.model.roots import evaluate_root
from kerlint.places import Place
from kerlint.python.budget import Budget
from kerlint.python.interpreter import Interpreter
from kerlint.python.modules import Modules
from kerlint.python.scope import Scope
from kerlint.python.values import Instance, ModuleValue, OneOf, next_serial
from kerlint.source import Source, read

AMPLE = Budget(seconds=60, steps=4_000_000, root_steps=3_000_000, foreign_steps=2_000_000)


def source_of(subject: Subject) -> Source:
    """The file with the subject's call at its end."""
    path = subject.root / subject.file
    return read(path.read_bytes() + subject.for_kerlint().encode(), str(path))


def recovered(subject: Subject) -> list[Model]:
    """The forms of the subject's model that kerlint tells apart; none if it does not know of one."""
    source = source_of(subject)
    modules = Modules(DiskLoader((str(subject.root),)), source.filename)
    interpreter = Interpreter(lambda made: KerasDomain(made, subject.target), modules, AMPLE)
    scope = Scope(None, filename=source.filename)
    modules.loaded[source.filename] = ModuleValue("__main__", scope)
    interpreter.path = ((next_serial(), 0),)
    place = Place(source.statements[0])
    with _deep_recursion():
        evaluate_root(
            interpreter,
            interpreter.domain,
            place,
            lambda: interpreter.run_module(source, scope),
            whole=True,
        )
        value = scope.names.get(VARIABLE)
        forms = value.alternatives if isinstance(value, OneOf) else (value,)
        freezer = Freezer(interpreter.domain)
        models = [one for one in forms if isinstance(one, Instance) and one.native is not None]
        return [model for one in models for model in freezer._models(one)]
