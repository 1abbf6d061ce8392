"""Stand-ins for what is not there: an object that takes part in everything, and packages made of it."""

from __future__ import annotations

import builtins
import dis
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import FrameType, FunctionType, ModuleType
from typing import Any

LISTENERS: list[Callable[[str, list[Any]], None]] = []
"""Are told what is handed to stand-ins, which may do anything with it."""
LENGTH = 2
"""How long a stand-in says that it is."""


class Stub:
    """Something that is not known: whatever is asked of it gives another one."""

    __slots__ = ("_kerlint_name",)

    def __init__(self, name: str) -> None:
        object.__setattr__(self, "_kerlint_name", name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Stub(f"{self._kerlint_name}.{name}")

    def __setattr__(self, name: str, value: object) -> None:
        """Nothing is kept."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and isinstance(args[0], FunctionType | type):
            return args[0]  # a decorator
        if self._kerlint_name.rpartition(".")[2].startswith("is"):
            return False
        told = [*args, *kwargs.values()]
        for listener in LISTENERS:
            listener(self._kerlint_name, told)
        return Stub(f"{self._kerlint_name}()")

    def __iter__(self) -> Iterator[Any]:
        return iter([Stub(f"{self._kerlint_name}[{index}]") for index in range(_wanted(sys._getframe(1)))])

    def __getitem__(self, key: object) -> Any:
        return Stub(f"{self._kerlint_name}[]")

    def __setitem__(self, key: object, value: object) -> None:
        """Nothing is kept."""

    def __delitem__(self, key: object) -> None:
        """Nothing is kept."""

    def __len__(self) -> int:
        return LENGTH

    def __int__(self) -> int:
        return LENGTH

    def __index__(self) -> int:
        return LENGTH

    def __float__(self) -> float:
        return float(LENGTH)

    def __bool__(self) -> bool:
        return True

    def __contains__(self, item: object) -> bool:
        return True

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing is open."""

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"<stand-in for {self._kerlint_name}>"

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type, ...]:
        return ()

    def __instancecheck__(self, instance: object) -> bool:
        return False

    def __fspath__(self) -> str:
        return "stand-in"

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError(f"nothing is known of {self._kerlint_name}")

    def __array_ufunc__(self, *args: Any, **kwargs: Any) -> Any:
        return self

    def __array_function__(self, *args: Any, **kwargs: Any) -> Any:
        return self


def _same(self: Stub, *args: Any) -> Any:
    return Stub(self._kerlint_name)


_BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor")
_OTHERS = ("neg", "pos", "abs", "invert", "lt", "le", "gt", "ge", "eq", "ne")
for _operator in (*_BINARY, *(f"r{name}" for name in _BINARY), *_OTHERS):
    setattr(Stub, f"__{_operator}__", _same)


def _wanted(frame: Any) -> int:
    """How many items the program unpacks here; one in a loop."""
    code, at = frame.f_code.co_code, frame.f_lasti
    if dis.opname[code[at]] == "UNPACK_SEQUENCE":
        return int(code[at + 1])
    return 1


def stubs_in(value: Any, depth: int = 3) -> list[Stub]:
    """The stand-ins in a value, or in containers of it."""
    if isinstance(value, Stub):
        return [value]
    if depth and isinstance(value, Mapping):
        return [stub for item in value.values() for stub in stubs_in(item, depth - 1)]
    if depth and isinstance(value, list | tuple):
        return [stub for item in value[:100] for stub in stubs_in(item, depth - 1)]
    return []


class StubModule(ModuleType):
    """A package that is not installed."""

    def __init__(self, name: str, members: Mapping[str, Any]) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self.__all__: list[str] = []
        self._kerlint_members = members

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._kerlint_members.get(name) or Stub(f"{self.__name__}.{name}")


def hide_from_libraries() -> None:
    """Let installed code see that a package is missing, though the program was given a stand-in for it."""
    original = builtins.__import__

    def guarded(name: str, *rest: Any, **named: Any) -> Any:
        given = rest[0] if rest else named.get("globals")
        root = sys.modules.get(name.partition(".")[0])
        if type(root) is StubModule and given is not None and _is_library(str(given.get("__file__"))):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return original(name, *rest, **named)

    builtins.__import__ = guarded


def _importer(frame: FrameType | None) -> str:
    """The file that imports, behind the frames of the import itself."""
    while frame is not None and "importlib" in frame.f_code.co_filename:
        frame = frame.f_back
    return "" if frame is None else frame.f_code.co_filename


def _is_library(filename: str) -> bool:
    """Whether a file is installed: such code knows what to do without a package."""
    return "site-packages" in filename or filename.startswith(os.path.dirname(os.__file__))


class MissingPackages(MetaPathFinder, Loader):
    """Finds what no other finder found; `tell` is given the name of each package."""

    def __init__(
        self, real: Sequence[str], members: Mapping[str, Mapping[str, Any]], tell: Callable[[str], None]
    ) -> None:
        self._real = frozenset(real)
        self._members = members
        self._tell = tell

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """A module of stand-ins, unless its package is there and lacks it."""
        root = fullname.partition(".")[0]
        parent = sys.modules.get(fullname.rpartition(".")[0])
        is_member = parent is not None and not isinstance(parent, StubModule)
        if root in self._real or is_member or _is_library(_importer(sys._getframe(1))):
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module; a package is told of once."""
        root = spec.name.partition(".")[0]
        if root == spec.name:
            self._tell(root)
        return StubModule(spec.name, self._members.get(root, {}))

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is to be done."""
