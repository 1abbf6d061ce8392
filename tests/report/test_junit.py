"""JUnit XML through junitparser, and against the rules of the strictest published schema."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import junitparser
import pytest
import xmlschema

from kerlint.findings import Severity
from kerlint.report import render
from kerlint.report.run import Run

MakeRun = Callable[..., Run]
XSD = Path(__file__).with_name("junit.xsd")


def suites(run: Run) -> list[junitparser.TestSuite]:
    return list(junitparser.JUnitXml.fromstring(render("junit", run).encode()))


@pytest.mark.parametrize("name", ["full_run", "empty_run", "hostile_run"])
def test_the_document_obeys_the_schema(name: str, request: pytest.FixtureRequest) -> None:
    document = render("junit", request.getfixturevalue(name))
    errors = [str(error) for error in xmlschema.XMLSchema(XSD).iter_errors(document)]
    assert errors == []


def test_the_schema_in_use_can_fail(sample_run: Run) -> None:
    schema = xmlschema.XMLSchema(XSD)
    document = render("junit", sample_run)
    for damage in (("<system-out />", ""), (' hostname="localhost"', ""), ("01T00:00:00", "01")):
        assert not schema.is_valid(document.replace(*damage))


def test_each_file_is_a_suite_and_each_finding_a_case(sample_run: Run) -> None:
    run_suite, *file_suites = suites(sample_run)
    assert [case.name for case in run_suite] == ["7 files checked"]
    assert [(suite.name, suite.tests, suite.failures, suite.skipped) for suite in file_suites] == [
        ("src/a b,c:d%.py", 2, 1, 1),
        ("src/gan.py", 1, 1, 0),
        ("study.ipynb", 1, 1, 0),
    ]


def test_results_come_back_from_a_reader_whole(sample_run: Run) -> None:
    (case,) = suites(sample_run)[2]
    (failure,) = case.result
    assert isinstance(failure, junitparser.Failure)
    assert case.name == "KER101 optimizer-reused at 8:1"
    assert failure.message == "`opt` trains `gan` but was made for `discriminator`"
    assert failure.type == "error"
    assert failure.text.splitlines()[1] == "src/gan.py:5:23: first compiled here"


def test_what_fails_the_run_fails_in_the_report(make_run: MakeRun) -> None:
    strict = suites(make_run(fail_on=Severity.INFO))
    lax = suites(make_run(fail_on=Severity.ERROR))
    assert sum(suite.failures for suite in strict) == 4
    assert (sum(suite.failures for suite in lax), sum(suite.skipped for suite in lax)) == (1, 3)


def test_a_problem_is_an_error_and_the_run_has_its_time(full_run: Run) -> None:
    first = suites(full_run)[0]
    assert (first.errors, first.time, first.timestamp) == (1, 1.5, "1970-01-02T00:00:00")
    passed, broken = first
    assert passed.result == []
    assert broken.result[0].message == "malformed notebook: no cells"


def test_a_notebook_points_at_the_row_of_the_file_and_names_the_cell(sample_run: Run) -> None:
    (case,) = suites(sample_run)[-1]
    assert case.name == "KER301 implicit-pool-strides at 42"
    assert case.result[0].message.endswith("(cell 3, row 2)")


def test_characters_that_xml_forbids_are_replaced(hostile_run: Run) -> None:
    run_suite, suite = suites(hostile_run)
    (case,) = suite
    message = case.result[0].message
    assert message.startswith("a\N{REPLACEMENT CHARACTER}[31m]]></x>&\"'<::error")
    assert message.endswith("\N{GRINNING FACE}")
    assert run_suite.errors == 2
