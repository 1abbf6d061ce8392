"""Rules: how one is declared, and how all of them are found.

A rule is one file in `rules/` (installed as `kerlint.rules`) that ends in a function `check` under the
`rule` decorator. The file's stem, with dashes, is the rule's name; its docstring is its documentation;
`BAD` and `GOOD` are its examples, run as tests; `PROBE` says how a finding can be confirmed. Nobody imports a
rule by name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from kerlint.findings import Confidence, Severity
from kerlint.frozen import record
from kerlint.probes import Probe, Unconfirmable

if TYPE_CHECKING:
    from kerlint.source import Place, SourceEdit


@record
class Suggestion:
    """A fix as a rule states it: edits made by the facts (`CallSite.adding`), a title, and its safety."""

    title: str
    edits: tuple[SourceEdit, ...]
    safe: bool


@record
class Hit:
    """What a check yields: one hazard at one place.

    `severity` None means the rule's own. `related` explains: (place, a few words) pairs.
    """

    place: Place
    message: str
    severity: Severity | None = None
    confidence: Confidence = Confidence.CERTAIN
    related: tuple[tuple[Place, str], ...] = ()
    fix: Suggestion | None = None


Check = Callable[..., Iterable[Hit]]


@record
class Rule:
    """One rule with all that is declared in its file.

    `over` names what `check` is given: `program` (kerlint.model.facts.Program), or `suppressions` for the
    one rule that runs after suppression. `options` is a frozen dataclass of the rule's options with
    defaults, or None; a rule with options is called `check(program, options)`.
    """

    code: str
    name: str
    severity: Severity
    check: Check
    module: str
    documentation: str
    bad: Mapping[str, str]
    good: Mapping[str, str]
    fixable: bool = False
    enabled: bool = True
    preview: bool = False
    options: type[Any] | None = None
    over: str = "program"
    ordered: bool = False
    """Whether findings depend on what ran before what: in a notebook that was not run from top to bottom
    they are likely, never certain."""
    about_learning: bool = False
    """Whether findings say how well a model learns and no more: in a file of tests, whose models are there to
    run, they are infos."""
    probe: Probe | Unconfirmable | None = None
    """How `--confirm` settles a finding; None when a local rule declares nothing."""

    @property
    def summary(self) -> str:
        """The first line of the documentation: the fact, in one sentence."""
        return self.documentation.partition("\n")[0]

    @property
    def url(self) -> str:
        """The rule's page in the documentation."""
        return f"https://kerlint.readthedocs.io/rules/{self.name}/"

    def make_options(self, given: Mapping[str, Any]) -> Any:
        """The rule's options with the user's values over the defaults.

        Raises ValueError for an option that the rule does not have.
        """
        if self.options is None:
            if given:
                raise ValueError(f"{self.name} has no options")
            return None
        known = {item.name.replace("_", "-") for item in fields(self.options)}
        for key in given:
            if key not in known:
                raise ValueError(f"{self.name} has no option {key!r}; it has {', '.join(sorted(known))}")
        return self.options(**{key.replace("-", "_"): value for key, value in given.items()})


class CatalogError(Exception):
    """The rules could not be loaded: a broken install, or a faulty local rule. One line for the user."""


_declared: dict[str, Rule] = {}


def rule(
    code: str,
    severity: Severity,
    *,
    fixable: bool = False,
    enabled: bool = True,
    preview: bool = False,
    options: type[Any] | None = None,
    over: str = "program",
    ordered: bool = False,
    about_learning: bool = False,
) -> Callable[[Check], Check]:
    """Declare the function below as the check of this file's rule; returns the function unchanged.

    Raises CatalogError if the code is taken by another file.
    """

    def declare(check: Check) -> Check:
        module = sys.modules[check.__module__]
        name = check.__module__.rpartition(".")[2].replace("_", "-")
        other = _declared.get(code)
        if other is not None and other.name != name:
            raise CatalogError(f"{code} is declared by both {other.name} and {name}")
        _declared[code] = Rule(
            code=code,
            name=name,
            severity=severity,
            check=check,
            module=check.__module__,
            documentation=(module.__doc__ or "").strip(),
            bad=getattr(module, "BAD", {}),
            good=getattr(module, "GOOD", {}),
            fixable=fixable,
            enabled=enabled,
            preview=preview,
            options=options,
            over=over,
            ordered=ordered,
            about_learning=about_learning,
            probe=getattr(module, "PROBE", None),
        )
        return check

    return declare


@cache
def catalog() -> Mapping[str, Rule]:
    """All built-in rules by code, sorted; imported on first use.

    Raises CatalogError when the rules are not installed beside the engine.
    """
    try:
        package = import_module("kerlint.rules")
    except ModuleNotFoundError as error:
        raise CatalogError(
            "kerlint.rules is not installed: run `pip install -e .` in the checkout"
        ) from error
    for module in iter_modules(package.__path__):
        if not module.name.startswith("_"):
            import_module(f"kerlint.rules.{module.name}")
    return {code: _declared[code] for code in sorted(_declared)}


@cache
def load_local_rules(path: str) -> tuple[Rule, ...]:
    """Load a team's own rules from a folder or a single file. This runs their code.

    Raises CatalogError if nothing is there or a rule file fails.
    """
    catalog()
    before = dict(_declared)
    folder = Path(path)
    files = sorted(folder.glob("*.py")) if folder.is_dir() else [folder]
    files = [file for file in files if not file.name.startswith("_")]
    if not files:
        raise CatalogError(f"no rule files in {path}")
    for file in files:
        _load_file(file)
    return tuple(_declared[code] for code in sorted(_declared) if _declared[code] is not before.get(code))


def _load_file(file: Path) -> None:
    name = f"kerlint_local_rules.{file.stem}"
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None or not file.is_file():
        raise CatalogError(f"cannot load rules from {file}")
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except CatalogError:
        raise
    except Exception as error:
        raise CatalogError(f"{file}: {type(error).__name__}: {error}") from error
