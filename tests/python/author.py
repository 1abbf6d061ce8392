"""Writes random Python programs that mostly run: expressions and statements chosen by the kind of value."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from string import Formatter

from .phrases import CLASSES, EXPRESSIONS, FUNCTIONS, SIMPLE, UNKNOWN_INPUTS

KINDS = tuple(EXPRESSIONS)


class Author:
    """One program. `names` holds the visible names of each scope, by kind; blocks nest."""

    def __init__(self, seed: str, *, unknown: bool = False) -> None:
        self.dice = random.Random(seed)
        self.scopes: list[dict[str, str]] = [{}]
        self.closed: list[set[str]] = [set()]
        """Names of outer functions that may be read but not assigned."""
        self.count = 0
        self.loops = 0
        self.functions: list[tuple[str, str]] = []
        self.classes: list[str] = []
        self.unknown = unknown

    # Names

    def fresh(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def visible(self, kind: str) -> list[str]:
        return [name for scope in self.scopes for name, known in scope.items() if known == kind]

    def define(self, name: str, kind: str) -> None:
        self.scopes[-1][name] = kind

    @contextmanager
    def block(self) -> Iterator[None]:
        """Names first assigned inside are not visible after it."""
        self.scopes.append({})
        functions, classes = self.functions[:], self.classes[:]
        yield
        self.scopes.pop()
        self.functions, self.classes = functions, classes

    # Expressions

    def expression(self, kind: str, depth: int) -> str:
        names = self.visible(kind)
        if names and self.dice.random() < (0.4 if depth else 0.75):
            return self.dice.choice(names)
        calls = [name for name, given in self.functions if given == kind]
        if calls and depth and self.dice.random() < 0.15:
            return self.filled(self.dice.choice(calls), depth - 1)
        options = EXPRESSIONS[kind]
        simple = options[: 3 if depth == 0 else len(options)]
        return self.filled(self.dice.choice(simple), max(depth - 1, 0))

    def filled(self, template: str, depth: int, names: dict[str, str] | None = None) -> str:
        """The template with each gap filled: a kind of value, a fresh name, or a block of statements.

        `{x}`, `{y}` are fresh names of ints, visible in the gaps marked `!s`; `{n}` is a small number;
        a gap marked `!n` gets a name, for inside an f-string no quotes may stand.
        """
        own = dict(names or {})
        parts = []
        for text, gap, spec, conversion in Formatter().parse(template):
            parts.append(text)
            if gap is None:
                continue
            if gap in ("x", "y", "z"):
                parts.append(own.setdefault(gap, self.fresh()))
            elif gap in own:
                parts.append(own[gap])
            elif gap == "n":
                parts.append(str(self.dice.randint(-3, 9)))
            elif gap == "word":
                parts.append(self.dice.choice(WORDS))
            elif gap == "body":
                parts.append(self.body(depth, int(spec or 1)))
            elif conversion == "n":
                parts.append(self.dice.choice(self.visible(gap) or [BARE[gap]]))
            elif conversion == "s":
                with self.block():
                    for name in own.values():
                        self.define(name, "int")
                    parts.append(self.expression(gap, depth))
            else:
                parts.append(self.expression(gap, depth))
        return "".join(parts)

    # Statements

    def body(self, depth: int, levels: int, extra: Sequence[str] = ()) -> str:
        """One to three statements, indented, after `extra` lines."""
        with self.block():
            lines = [*extra]
            for _ in range(self.dice.randint(1, 3)):
                lines += self.statement(max(depth - 1, 0))
        return "".join(f"\n{'    ' * levels}{line}" for line in lines)

    def statement(self, depth: int) -> list[str]:
        roll = self.dice.random()
        if depth and roll < 0.35:
            return self.compound(depth)
        if roll < 0.7:
            return [self.assignment(depth)]
        if self.unknown and roll < 0.74:
            return [self.filled("fakelib.note({int})", 1)]
        return self.filled(self.dice.choice(SIMPLE), 1).split("\n")

    def assignment(self, depth: int) -> str:
        kind = self.dice.choice(KINDS)
        own = [name for name in self.visible(kind) if name not in self.closed[-1]]
        value = self.expression(kind, 2)
        if own and self.dice.random() < 0.5:
            name = self.dice.choice(own)
        else:
            name = self.fresh()
            self.define(name, kind)
        return f"{name} = {value}"

    def compound(self, depth: int) -> list[str]:
        writers = [self.conditional, self.conditional, self.loop, self.loop, self.while_loop, self.attempt]
        writers += [self.matching]
        if len(self.scopes) < 4:
            writers += [self.function, self.function, self.class_]
        return self.dice.choice(writers)(depth)

    def conditional(self, depth: int) -> list[str]:
        lines = self.filled("if {bool}:{body}", depth)
        if self.dice.random() < 0.3:
            lines += self.filled("\nelif {bool}:{body}", depth)
        if self.dice.random() < 0.6:
            lines += self.filled("\nelse:{body}", depth)
        return lines.split("\n")

    def loop(self, depth: int) -> list[str]:
        head, kinds = self.dice.choice(LOOPS)
        with self.block():
            head = self.filled(head, 1)
            names = [self.fresh() for _ in kinds]
            for name, kind in zip(names, kinds, strict=True):
                self.define(name, kind)
            self.loops += 1
            lines = f"for {', '.join(names)} in {head}:" + self.body(depth, 1, self.jump())
            self.loops -= 1
        if self.dice.random() < 0.25:
            lines += self.filled("\nelse:{body}", depth)
        return lines.split("\n")

    def jump(self) -> list[str]:
        if self.dice.random() < 0.5:
            return []
        word = self.dice.choice(["break", "continue", "continue"])
        before = self.assignment(0) if self.dice.random() < 0.5 else "pass"
        return [self.filled("if {bool}:", 1), f"    {before}", f"    {word}"]

    def while_loop(self, depth: int) -> list[str]:
        counter = self.fresh()
        step = [f"{counter} += 1", *self.jump()]
        with self.block():
            self.loops += 1
            lines = f"{counter} = 0\nwhile {counter} < {self.dice.randint(0, 4)}:" + self.body(depth, 1, step)
            self.loops -= 1
        if self.dice.random() < 0.25:
            lines += self.filled("\nelse:{body}", depth)
        self.define(counter, "int")
        return lines.split("\n")

    def attempt(self, depth: int) -> list[str]:
        risky = self.filled(self.dice.choice(RISKS), 1)
        lines = (
            "try:"
            + self.body(depth, 1, [risky])
            + self.filled(f"\nexcept {self.dice.choice(CAUGHT)}:{{body}}", depth)
        )
        lines += self.filled("\nexcept Exception as {x}:{body}", depth)
        if self.dice.random() < 0.4:
            lines += self.filled("\nelse:{body}", depth)
        if self.dice.random() < 0.4:
            lines += self.filled("\nfinally:{body}", depth)
        return lines.split("\n")

    def matching(self, depth: int) -> list[str]:
        subject, cases = self.dice.choice(MATCHES)
        lines = f"match {self.filled(subject, 1)}:"
        for case in cases:
            lines += self.filled(f"\n    case {case}:{{body:2}}", depth)
        return lines.split("\n")

    def function(self, depth: int) -> list[str]:
        name = f"f{self.fresh()}"
        signature, call = self.dice.choice(FUNCTIONS)
        kind = self.dice.choice(KINDS)
        outer = {one for scope in self.scopes for one in scope}
        head = self.filled(signature, 1)
        parameters = {
            part: what
            for part, what in PARAMETERS.items()
            if f"{part}"
            in signature.replace("=", " ").replace(":", " ").replace(",", " ").replace("*", " ").split()
        }
        self.closed.append(outer)
        with self.block():
            for parameter, what in parameters.items():
                self.define(parameter, what)
            lines = f"def {name}({head}):" + self.body(depth, 1)
            if self.dice.random() < 0.5:
                lines += "".join(
                    f"\n    {line}"
                    for line in self.filled("if {bool}:\n    return {" + kind + "}", 1).split("\n")
                )
            generator = self.dice.random() < 0.15
            if generator:
                lines += "".join(
                    f"\n    {line}"
                    for line in self.filled("yield {int}\nyield {int}\nyield from {ints}", 1).split("\n")
                )
            else:
                lines += "\n    return " + self.expression(kind, 2)
        self.closed.pop()
        if generator:
            self.functions.append((f"list({name}({call}))", "ints"))
        else:
            self.functions.append((f"{name}({call})", kind))
        return lines.split("\n")

    def class_(self, depth: int) -> list[str]:
        name = f"C{self.fresh()}"
        base = self.dice.choice([*self.classes, ""]) if self.classes else ""
        outer = {one for scope in self.scopes for one in scope}
        self.closed.append(outer)
        lines = self.filled(
            self.dice.choice(CLASSES["derived" if base else "base"]), 1, {"name": name, "base": base}
        )
        self.closed.pop()
        self.classes.append(name)
        made = self.fresh()
        lines += self.filled(f"\n{made} = {name}({{int}})", 1)
        for template, kind in CLASSES["uses"]:
            self.functions.append((template.replace("OBJ", made).replace("CLS", name), kind))
        return lines.split("\n")

    def program(self) -> str:
        """A module of some statements, after the unknown inputs if there are any."""
        lines = []
        if self.unknown:
            lines.append("import fakelib")
            for name, kind, call in self.dice.sample(
                UNKNOWN_INPUTS, self.dice.randint(1, len(UNKNOWN_INPUTS))
            ):
                lines.append(f"{name} = fakelib.{call}()")
                self.define(name, kind)
        for name, kind, value in (("a0", "int", "3"), ("s0", "str", "'ab'"), ("l0", "ints", "[4, 1, 7]")):
            lines.append(f"{name} = {value}")
            self.define(name, kind)
        for _ in range(self.dice.randint(4, 12)):
            lines += self.statement(3)
        return "\n".join(lines) + "\n"


BARE = {"int": "4", "str": "s0", "pair": "(1, 2)"}
WORDS = ["a", "b", "kernel", "x y", "Ab", ""]
LOOPS = [
    ("{ints}", ["int"]),
    ("range({int} % 5)", ["int"]),
    ("enumerate({strs})", ["int", "str"]),
    ("zip({ints}, {ints})", ["int", "int"]),
    ("{table}.items()", ["str", "int"]),
    ("sorted({table})", ["str"]),
    ("reversed({ints})", ["int"]),
    ("{strs}", ["str"]),
    ("[({int}, {int}), ({int}, {int})]", ["int", "int"]),
]
RISKS = [
    "{x} = {ints}[{int}]",
    "{x} = {table}[{str}]",
    "{x} = int({str})",
    "{x} = {int} // {int}",
    "{x} = next(iter({ints}))",
    "if {bool}: raise ValueError({str})",
    "raise KeyError({str})",
    "{ints}.remove({int})",
    "{x}, {y} = {ints}",
    "assert {bool}",
    "{x} = {str}.index({str})",
    "{x} = None.name",
]
CAUGHT = [
    "ValueError",
    "KeyError",
    "(IndexError, LookupError)",
    "ZeroDivisionError",
    "(TypeError, AssertionError)",
]
MATCHES = [
    ("{int}", ["0 | 1", "int(q) if q > 4", "_"]),
    ("{ints}", ["[]", "[q]", "[q, *r]"]),
    ("{pair}", ["(0, q)", "(q, r) if q > r", "_"]),
    ("{table}", ["{{'a': q}}", "{{'b': q, **r}}", "_"]),
    ("{str}", ["'a' | 'ab'", "str() as q", "_"]),
]
PARAMETERS = {"a": "int", "b": "str", "c": "int", "args": "pack", "kw": "table", "d": "ints"}
