"""Selectors against a small catalog."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kerlint.catalog import Hit, Rule
from kerlint.findings import Severity
from kerlint.problems import Problem
from kerlint.selection import Layer, Selection, matching, one, select


def _check(program: object) -> Iterable[Hit]:
    return ()


def _rule(code: str, name: str, *, enabled: bool = True, preview: bool = False) -> Rule:
    return Rule(code, name, Severity.WARNING, _check, "m", "Doc.", {}, {}, enabled=enabled, preview=preview)


RULES = {
    rule.code: rule
    for rule in (
        _rule("KER101", "optimizer-reused"),
        _rule("KER201", "conv-no-activation"),
        _rule("KER301", "implicit-pool-strides"),
        _rule("KER302", "mixed-padding"),
        _rule("KER310", "quiet", enabled=False),
        _rule("KER320", "new", preview=True),
    )
}
DEFAULT = {"KER101", "KER201", "KER301", "KER302"}


def _selected(*layers: Layer, preview: bool = False) -> set[str]:
    return set(select(RULES, Selection(layers, preview)))


def test_without_selectors_the_enabled_rules_run() -> None:
    assert _selected() == DEFAULT
    assert _selected(preview=True) == DEFAULT | {"KER320"}


@pytest.mark.parametrize(
    ("selector", "codes"),
    [
        ("KER3", {"KER301", "KER302", "KER310"}),
        ("ker301", {"KER301"}),
        ("Mixed-Padding", {"KER302"}),
        ("ALL", DEFAULT | {"KER310"}),
        ("KER320", {"KER320"}),
        ("KER32", set()),
    ],
)
def test_select_replaces_the_defaults(selector: str, codes: set[str]) -> None:
    assert _selected(Layer("config", select=(selector,))) == codes


def test_preview_lets_prefixes_take_preview_rules() -> None:
    assert _selected(Layer("config", select=("KER32",)), preview=True) == {"KER320"}


def test_the_more_specific_selector_wins_within_a_layer() -> None:
    assert _selected(Layer("config", select=("KER301",), ignore=("KER3",))) == {"KER301"}
    assert _selected(Layer("config", select=("KER3",), ignore=("KER301",))) == {"KER302", "KER310"}
    assert _selected(Layer("config", select=("KER301",), ignore=("KER301",))) == set()


def test_extend_select_adds_to_the_defaults() -> None:
    assert _selected(Layer("config", extend_select=("quiet",))) == DEFAULT | {"KER310"}


def test_the_command_line_replaces_the_selection_of_the_configuration() -> None:
    config = Layer("config", select=("KER101",))
    assert _selected(config, Layer("--select", select=("KER2",))) == {"KER201"}


def test_the_command_line_brings_back_an_ignored_rule_only_when_it_names_it() -> None:
    config = Layer("config", ignore=("KER301",))
    assert "KER301" not in _selected(config, Layer("--select", select=("ALL",)))
    assert _selected(config, Layer("--select", select=("KER301",))) == {"KER301"}


def test_ignoring_on_the_command_line_beats_an_exact_selection_below() -> None:
    assert _selected(Layer("config", select=("KER301",)), Layer("--ignore", ignore=("KER3",))) == set()


def test_an_unknown_selector_names_its_place_and_the_nearest_rule() -> None:
    with pytest.raises(
        Problem, match=r"^kerlint.toml: unknown rule 'mixed-paddings' \(did you mean mixed-padding\?\)$"
    ):
        _selected(Layer("kerlint.toml", ignore=("mixed-paddings",)))


@pytest.mark.parametrize("selector", ["", "KER9", "KER3011", "*", "KE"])
def test_a_selector_that_matches_nothing_is_a_problem(selector: str) -> None:
    with pytest.raises(Problem):
        matching(selector, RULES, "here")


def test_a_rule_is_found_by_code_or_name_in_any_case() -> None:
    assert one("ker302", RULES, None).name == one("MIXED-PADDING", RULES, None).name == "mixed-padding"
    with pytest.raises(Problem):
        one("KER3", RULES, None)
