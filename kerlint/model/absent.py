"""Names of Keras and TensorFlow that a program imports or reaches, and that the installed ones lack.

Read from the text of the whole file, so that functions which nobody calls count too: imports first, then the
attributes of what they bind. A regular expression finds the candidates; only their statements are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

import libcst as cst

from kerlint.frozen import fact
from kerlint.keras_api.former import is_gone
from kerlint.model.guards import is_guard
from kerlint.places import Place
from kerlint.python.imports import dotted_name
from kerlint.text.lines import STRING
from kerlint.text.nodes import children

if TYPE_CHECKING:
    from kerlint.source import Source, Statement

ROOTS: Final = ("keras", "tensorflow")
IMPORT: Final = re.compile(r"^[ \t]*(?:from|import)[ \t]+(?:keras|tensorflow)\b", re.MULTILINE)


@fact
class AbsentName:
    """One place where a name is spelled that is not there.

    `dotted` begins with the package as imported (`tensorflow.keras.layers.core`), `text` is what is written.
    `imported` are the names taken from an absent module, `members` those reached through the name it is bound to.
    """

    dotted: str
    text: str
    place: Place
    is_import: bool
    imported: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    chain: str = ""
    """What is reached through it, dotted: `tensorflow.keras.experimental.CosineDecay`."""
    whole: Place | None = None
    """The import statement's clause, without the names after it: `keras.utils import np_utils`."""


def absent_names(source: Source) -> tuple[AbsentName, ...]:
    """All such places outside `try` blocks and version tests, in order; nothing without an import of Keras."""
    if not IMPORT.search(source.text):
        return ()
    scan = _Scan(source)
    for statement in source.statements:
        if IMPORT.search(statement.text):
            scan.imports_of(statement)
    scan.attributes()
    found = scan.finished()
    if _REPLACED.search(source.text):
        found = [one for one in found if not one.dotted.startswith("keras.")]
    return tuple(sorted(found, key=lambda one: one.place.key))


Guards: TypeAlias = tuple[cst.CSTNode, ...]
"""What stands around a node and may guard it, outermost first."""
_AROUND: Final = frozenset({cst.Try, cst.TryStar, cst.With, cst.If, cst.IfExp, cst.FunctionDef, cst.ClassDef})
_REPLACED: Final = re.compile(r"""\bsys\.modules\[["']keras["']\]\s*=[^=]""")
"""The program says itself what `keras` is: `tf.keras` has the old backend, and tf_keras all of Keras 2."""
_IMPORTS: Final = frozenset({cst.Import, cst.ImportFrom})
_LEAVES: Final = frozenset({cst.Name, cst.Integer, cst.Float, cst.SimpleString, cst.Comment})
_IMPORTING: Final = re.compile(r"^[ \t]*(?:from|import)\b.*", re.MULTILINE)
_WORD: Final = re.compile(r"\w+")
_QUOTE: Final = re.compile(r"[\"']")
_PROSE: Final = re.compile(rf"(?s)(\b(?:[fF][rR]?|[rR][fF])(?:{STRING}))|{STRING}|\#[^\n]*")


class _Scan:
    """One file's imports and the uses of what they bind."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.aliases: dict[str, str | None] = {}
        """Bound name to dotted path; None where it is bound to different things."""
        self.found: list[AbsentName] = []
        self.bound: dict[str, AbsentName] = {}
        """Names bound by imports of what is absent."""
        self.judged: dict[str, str | None] = {}
        """Chains of names that were asked for, with the part of each that is gone."""

    # Imports

    def imports_of(self, statement: Statement) -> None:
        """Note the imports of a statement, wherever they stand in it."""
        for node, guards in _walk(statement):
            if type(node) is cst.Import:
                self._import(statement, node, guards)
            elif type(node) is cst.ImportFrom and not node.relative:
                self._import_from(statement, node, guards)

    def _import(self, statement: Statement, node: cst.Import, guards: Guards) -> None:
        for alias in node.names:
            dotted = dotted_name(alias.name)
            bound = _bound(alias)
            self._bind(bound or dotted.partition(".")[0], dotted if bound else dotted.partition(".")[0])
            if _is_ours(dotted) and _first_gone(dotted) and not _is_guarded(statement, guards):
                self.found.append(AbsentName(dotted, dotted, Place(statement, alias.name), is_import=True))

    def _import_from(self, statement: Statement, node: cst.ImportFrom, guards: Guards) -> None:
        module = dotted_name(node.module)
        if node.module is None or not _is_ours(module):
            for alias in () if isinstance(node.names, cst.ImportStar) else node.names:
                self._bind(_bound(alias) or dotted_name(alias.name), "")
            return
        taken = () if isinstance(node.names, cst.ImportStar) else tuple(node.names)
        for alias in taken:
            self._bind(_bound(alias) or dotted_name(alias.name), f"{module}.{dotted_name(alias.name)}")
        if _is_guarded(statement, guards):
            return
        if _first_gone(module):
            imported = tuple(dotted_name(alias.name) for alias in taken) or ("*",)
            place = Place(statement, node.module)
            self.found.append(AbsentName(module, module, place, is_import=True, imported=imported))
            return
        for alias in taken:
            self._absent_member(statement, node, alias, module, alone=len(taken) == 1)

    def _absent_member(
        self, statement: Statement, node: cst.ImportFrom, alias: cst.ImportAlias, module: str, *, alone: bool
    ) -> None:
        name = dotted_name(alias.name)
        if not is_gone(f"{module}.{name}"):
            return
        bound = _bound(alias) or name
        whole = _clause(statement, node, alias) if alone and bound == name else None
        made = AbsentName(f"{module}.{name}", name, Place(statement, alias.name), is_import=True, whole=whole)
        self.bound[bound] = made

    def _bind(self, bound: str, dotted: str) -> None:
        self.aliases[bound] = dotted if self.aliases.get(bound, dotted) == dotted else None

    # Attributes

    def attributes(self) -> None:
        """Note the attributes that are not there, of names bound to the libraries."""
        mine = {name for name, dotted in self.aliases.items() if dotted and _is_ours(dotted)}
        mine -= self._bound_again(mine)
        if not mine:
            return
        chain = re.compile(rf"(?<![\w.])(?:{'|'.join(sorted(mine))})(?:\.\w+)+")
        for statement in self.source.statements:
            if self._concerns(chain.findall(statement.text)) and not _only_imports(statement.text):
                self._attributes_of(statement, chain)

    def _is_set(self, text: str, end: int | None = None) -> bool:
        """Whether the program puts something there itself, before the row `end`: `K.dtype = dtype`."""
        found = re.search(rf"^[ \t]*{re.escape(text)}[ \t]*=[^=]", self.source.text, re.MULTILINE)
        if found is None:
            return False
        return end is None or self.source.text.count("\n", 0, found.start()) < end

    def _concerns(self, chains: list[str]) -> bool:
        return any(self._is_bound(text) or self._gone_part(text) for text in chains)

    def _is_bound(self, text: str) -> bool:
        return text.partition(".")[0] in self.bound

    def _attributes_of(self, statement: Statement, chain: re.Pattern[str]) -> None:
        """Note what is not there among the chains of names in a statement's code."""
        code = _without_strings(statement.text)
        chains = chain.findall(code)
        wanted = {found: text for text in sorted(set(chains)) if (found := self._gone_part(text))}
        through = [text for text in chains if self._is_bound(text)]
        if wanted or (through and _QUOTE.search(code)):
            self._look(statement, wanted)
            return
        for text in through:
            self._member(text)

    def _bound_again(self, names: set[str]) -> set[str]:
        """The names to which an assignment, or the import of another package, gives another meaning."""
        if not names:
            return names
        assigned = re.compile(rf"^[ \t]*({'|'.join(sorted(names))})[ \t]*=[^=]", re.MULTILINE)
        return {*assigned.findall(self.source.text), *self._imported_elsewhere()} & names

    def _imported_elsewhere(self) -> list[str]:
        """The words in the lines that import something, of the statements that import nothing of Keras."""
        texts = [one.text for one in self.source.statements if not IMPORT.search(one.text)]
        return [
            word
            for text in texts
            if "import" in text
            for line in _IMPORTING.findall(text)
            for word in _WORD.findall(line)
        ]

    def _gone_part(self, text: str) -> str | None:
        """The shortest part of a chain that names what is gone; None when an import says so already."""
        if text not in self.judged:
            self.judged[text] = self._shortest_gone(text)
        return self.judged[text]

    def _shortest_gone(self, text: str) -> str | None:
        first, *rest = text.split(".")
        dotted = self.aliases[first] or ""
        if _first_gone(dotted):
            return None
        for count in range(1, len(rest) + 1):
            if is_gone(".".join([dotted, *rest[:count]])):
                return ".".join([first, *rest[:count]])
        return None

    def _look(self, statement: Statement, wanted: dict[str, str]) -> None:
        for node, guards in _walk(statement, imports=False):
            if type(node) is not cst.Attribute:
                continue
            text = dotted_name(node)
            first, _, rest = text.partition(".")
            if first in self.bound and rest:
                self._member(text)
            if text in wanted and not _is_guarded(statement, guards):
                if self._is_set(text, Place(statement, node).region.start_row):
                    continue
                dotted = f"{self.aliases[first]}.{rest}"
                chain = dotted + wanted[text].removeprefix(text)
                self.found.append(
                    AbsentName(dotted, text, Place(statement, node), is_import=False, chain=chain)
                )

    def _member(self, text: str) -> None:
        """Note what is reached through a name that an import of something absent binds."""
        first, member, *_ = text.split(".")
        self.bound[first] = _with_member(self.bound[first], member)

    def finished(self) -> list[AbsentName]:
        """Everything that was found."""
        return [*self.found, *self.bound.values()]


def _only_imports(text: str) -> bool:
    return text.startswith(("import", "from")) and ";" not in text


def _without_strings(text: str) -> str:
    """The text without comments and strings, but for f-strings: there may be code in them."""
    return _PROSE.sub(lambda found: found[1] or "", text)


def _with_member(known: AbsentName, member: str) -> AbsentName:
    return known if member in known.members else replace(known, members=(*known.members, member))


def _walk(statement: Statement, *, imports: bool = True) -> Iterator[tuple[cst.CSTNode, Guards]]:
    """The nodes of a statement, each with what stands around it; on demand not inside imports."""
    front: list[tuple[cst.CSTNode, Guards]] = [(node, ()) for node in reversed(statement.body)]
    while front:
        node, guards = front.pop()
        yield node, guards
        kind = type(node)
        if kind in _LEAVES or (not imports and kind in _IMPORTS):
            continue
        inside = (*guards, node) if kind in _AROUND else guards
        front += [(child, inside) for child in reversed(children(node))]


def _is_guarded(statement: Statement, guards: Guards) -> bool:
    """Whether any of what stands around guards: asked where a name is absent only, for its text is needed."""
    return any(is_guard(statement, node) for node in guards)


def _is_ours(dotted: str) -> bool:
    return dotted.partition(".")[0] in ROOTS


def _first_gone(dotted: str) -> bool:
    """Whether the path, or a package on the way to it, is gone."""
    parts = dotted.split(".")
    return any(is_gone(".".join(parts[:count])) for count in range(2, len(parts) + 1))


def _bound(alias: cst.ImportAlias) -> str:
    named = alias.asname.name if alias.asname is not None else None
    return named.value if isinstance(named, cst.Name) else ""


def _clause(statement: Statement, node: cst.ImportFrom, alias: cst.ImportAlias) -> Place | None:
    """From the module to the one imported name, where both stand on one row without parentheses."""
    if node.lpar is not None or node.module is None:
        return None
    start, end = statement.span(node.module)[0], statement.span(alias)[1]
    region = statement.source.region(statement.start + start, statement.start + end)
    return Place(statement, None, region)
