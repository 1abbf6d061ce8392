"""`kerlint rule`: the documentation of rules, from the rule files themselves."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from kerlint.catalog import CatalogError, Rule, catalog
from kerlint.problems import Problem
from kerlint.selection import one


def pages(name: str | None, output_format: str) -> str:
    """The page of the rule called `name` (code or name), or of all rules; ends in a newline.

    Raises Problem, with the nearest name, if there is no such rule.
    """
    try:
        rules = catalog()
    except CatalogError as error:
        raise Problem(str(error)) from error
    chosen = list(rules.values()) if name is None else [one(name, rules, None)]
    if output_format == "json":
        facts = [_facts(rule) for rule in chosen]
        return json.dumps(facts if name is None else facts[0], indent=2, ensure_ascii=False) + "\n"
    return "\n\n".join(page(rule) for rule in chosen) + "\n"


def page(rule: Rule) -> str:
    """One rule for people: heading, its documentation, options."""
    marks = [rule.severity.value]
    marks += ["fixable"] if rule.fixable else []
    marks += ["preview"] if rule.preview else []
    marks += [] if rule.enabled else ["off by default"]
    parts = [f"{rule.code} {rule.name} ({', '.join(marks)})", rule.documentation]
    if options := _options(rule):
        lines = [f"  {name} = {json.dumps(value)}" for name, value in options.items()]
        parts.append("\n".join([f"Options ([tool.kerlint.options.{rule.name}]):", *lines]))
    return "\n\n".join([*parts, rule.url])


def _facts(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "summary": rule.summary,
        "documentation": rule.documentation,
        "fixable": rule.fixable,
        "enabled": rule.enabled,
        "preview": rule.preview,
        "options": _options(rule),
        "bad": dict(rule.bad),
        "good": dict(rule.good),
        "url": rule.url,
    }


def _options(rule: Rule) -> dict[str, Any]:
    """The rule's options with their defaults."""
    if rule.options is None:
        return {}
    defaults = rule.options()
    return {item.name.replace("_", "-"): getattr(defaults, item.name) for item in fields(rule.options)}
