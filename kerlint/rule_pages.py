"""`kerlint rule`: the documentation of rules, from the rule files themselves."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from textwrap import dedent
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
    render = markdown if output_format == "markdown" else page
    return "\n\n".join(render(rule) for rule in chosen) + "\n"


def marks(rule: Rule) -> list[str]:
    """What is to be known of a rule at a glance: its severity, whether it has a fix, whether it is on."""
    found = [rule.severity.value]
    found += ["fixable"] if rule.fixable else []
    found += ["preview"] if rule.preview else []
    return found + ([] if rule.enabled else ["off by default"])


def page(rule: Rule) -> str:
    """One rule for people: heading, its documentation, options."""
    parts = [f"{rule.code} {rule.name} ({', '.join(marks(rule))})", rule.documentation]
    if options := _options(rule):
        lines = [f"  {name} = {json.dumps(value)}" for name, value in options.items()]
        parts.append("\n".join([f"Options ([tool.kerlint.options.{rule.name}]):", *lines]))
    return "\n\n".join([*parts, rule.url])


_HEADING = re.compile(r"^(Bad|Good|How to fix|Fix safety|Options|See):", re.MULTILINE)
_ADDRESS = re.compile(r"(?<![(<\[`])https?://[^\s,;)>`]+[^\s,;)>`.]")


def introduction(rule: Rule) -> str:
    """The documentation alone, in Markdown."""
    return _ADDRESS.sub(r"<\g<0>>", _HEADING.sub(r"**\1:**", rule.documentation))


def markdown(rule: Rule) -> str:
    """The same as a page of the web site, with all examples."""
    parts = [f"# {rule.code} {rule.name}", f"*{', '.join(marks(rule))}*", introduction(rule)]
    if options := _options(rule):
        lines = [f"{name} = {json.dumps(value)}" for name, value in options.items()]
        table = "\n".join([f"[tool.kerlint.options.{rule.name}]", *lines])
        parts.append(f"```toml\n{table}\n```")
    for heading, programs in (("What is found", rule.bad), ("What is not", rule.good)):
        if programs:
            parts.append(f"## {heading}")
            parts += [_example(title, program) for title, program in programs.items()]
    return "\n\n".join(parts)


def _example(title: str, program: str) -> str:
    return f"{title[:1].upper()}{title[1:]}:\n\n```python\n{dedent(program).strip()}\n```"


TOPICS = {
    "0": "Sources, settings and suppressions",
    "1": "Compile: losses, metrics, optimizers",
    "2": "Activations and heads",
    "3": "Shapes and geometry",
    "4": "Layers and their lives",
    "5": "Normalisation, dropout, initialisation",
    "6": "Recurrent layers, embeddings, masks",
    "7": "Training calls and callbacks",
    "8": "Data",
    "9": "Saving, versions, reproducibility",
}
"""What a code's first digit stands for."""


def by_topic() -> str:
    """The table of all rules for the web site, one section a topic."""
    parts = ["# Rules"]
    for digit, topic in TOPICS.items():
        rules = [rule for rule in catalog().values() if rule.code[3] == digit]
        if rules:
            lines = ["| code | rule | | what it flags |", "|---|---|---|---|"]
            lines += [
                f"| {rule.code} | [{rule.name}]({rule.name}.md) | {', '.join(marks(rule))} | {rule.summary} |"
                for rule in rules
            ]
            parts += [f"## {topic}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


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
