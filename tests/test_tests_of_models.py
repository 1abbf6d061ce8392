"""In a file of automatic tests nobody asks how well a model learns; whether it runs counts there as well."""

from __future__ import annotations

import pytest

from kerlint.catalog import catalog
from kerlint.findings import Finding, Severity
from kerlint.linter import lint_bytes
from kerlint.settings import LintSettings

LINEAR = """
from keras import Sequential, layers


def {name}():
    model = Sequential([layers.Input((8,)), layers.Dense(4), layers.Dense(1)])
    model.compile("adam", "mse")
    model.fit_generator([])
"""


def found(filename: str, name: str, **severities: str) -> dict[str, Finding]:
    settings = LintSettings(rules=tuple(catalog()), severities=severities)
    report = lint_bytes(LINEAR.format(name=name).encode(), filename, settings)
    return {finding.code: finding for finding in report.findings}


@pytest.mark.parametrize("filename", ["test_model.py", "tests/model_test.py", "pkg/tests.py"])
def test_what_is_said_of_learning_is_an_info_in_tests(filename: str) -> None:
    findings = found(filename, "test_fit")
    assert findings["KER204"].severity is Severity.INFO
    assert findings["KER408"].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("filename", "name"), [("model.py", "test_fit"), ("test_model.py", "build"), ("latest.py", "test_fit")]
)
def test_a_script_is_no_test_for_its_name_or_its_functions_alone(filename: str, name: str) -> None:
    assert found(filename, name)["KER204"].severity is Severity.WARNING


def test_the_users_severity_holds_in_tests_too() -> None:
    assert found("test_model.py", "test_fit", KER204="error")["KER204"].severity is Severity.ERROR
