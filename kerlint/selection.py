"""Which rules run: selectors (code, prefix of a code, name, `ALL`) resolved against the catalog."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from kerlint.catalog import Rule
from kerlint.frozen import record
from kerlint.problems import Problem, did_you_mean

ALL = "ALL"
_PREFIX = re.compile(r"KER\d{0,2}")
_EXACT = 100
"""How specific a full code or a name is; a prefix counts its letters, `ALL` counts 0."""


@record
class Layer:
    """Selectors of one origin (a configuration file, the command line); `where` names it in messages."""

    where: str
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@record
class Selection:
    """Selectors in order, the configuration below the command line, with the preview switch."""

    layers: tuple[Layer, ...] = field(default=())
    preview: bool = False


def select(rules: Mapping[str, Rule], selection: Selection) -> frozenset[str]:
    """The codes of the rules to run.

    A layer's `select` replaces what lower layers (and the defaults) selected; what a lower layer ignores
    stays out unless it is named at least as specifically. Within a layer the more specific selector wins,
    and `ignore` between equals. Preview rules are taken by code or name only, unless preview is on.
    Raises Problem for a selector that matches nothing.
    """
    on = {code: rule.enabled and (selection.preview or not rule.preview) for code, rule in rules.items()}
    refusal = dict.fromkeys(rules, -1)
    for layer in selection.layers:
        wanted = _strengths((*(layer.select or ()), *layer.extend_select), rules, layer.where)
        refused = _strengths(layer.ignore, rules, layer.where)
        for code, rule in rules.items():
            want, refuse = wanted.get(code, -1), refused.get(code, -1)
            if rule.preview and not selection.preview and want < _EXACT:
                want = -1
            if want >= 0:
                on[code] = want >= refusal[code]
            elif layer.select is not None:
                on[code] = False
            if refuse >= 0 and refuse >= want:
                on[code], refusal[code] = False, refuse
    return frozenset(code for code, is_on in on.items() if is_on)


def _strengths(selectors: Iterable[str], rules: Mapping[str, Rule], where: str) -> dict[str, int]:
    """How specifically the selectors name each rule that they name."""
    found: dict[str, int] = {}
    for selector in selectors:
        for code in matching(selector, rules, where):
            found[code] = max(found.get(code, -1), specificity(selector))
    return found


def specificity(selector: str) -> int:
    """0 for `ALL`, the length for a prefix, more for a code or a name."""
    if selector.upper() == ALL:
        return 0
    return len(selector) if _PREFIX.fullmatch(selector.upper()) else _EXACT


def matching(selector: str, rules: Mapping[str, Rule], where: str) -> frozenset[str]:
    """The codes a selector stands for. Raises Problem, naming the nearest rule, if there is none."""
    upper = selector.upper()
    if upper == ALL:
        return frozenset(rules)
    if _PREFIX.fullmatch(upper):
        found = frozenset(code for code in rules if code.startswith(upper))
    else:
        found = frozenset(
            code for code, rule in rules.items() if upper == code or selector.lower() == rule.name
        )
    if not found:
        raise unknown_rule(selector, rules, where)
    return found


def unknown_rule(selector: str, rules: Mapping[str, Rule], where: str | None) -> Problem:
    """The problem of a selector that names no rule."""
    known = [*rules, *(rule.name for rule in rules.values())]
    everything = "`kerlint rule --all` lists them"
    is_prefix = _PREFIX.fullmatch(selector.upper()) is not None
    remedy = everything if is_prefix else did_you_mean(selector, known, everything)
    return Problem(f"unknown rule {selector!r}", where=where, remedy=remedy)


def one(selector: str, rules: Mapping[str, Rule], where: str | None) -> Rule:
    """The rule of a code or name. Raises Problem, naming the nearest rule, if there is none."""
    for rule in rules.values():
        if selector.upper() == rule.code or selector.lower() == rule.name:
            return rule
    raise unknown_rule(selector, rules, where)
