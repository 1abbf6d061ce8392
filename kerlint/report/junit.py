"""JUnit XML for test dashboards: a suite a file, a test case a finding.

The element order, the required attributes and the empty `properties`, `system-out` and `system-err` are
what the strictest published schema asks for (windyroad/JUnit-Schema, JUnit.xsd).
"""

from __future__ import annotations

import time
from itertools import groupby
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from kerlint.findings import Finding
from kerlint.report.places import file_row, place, portable_path, with_cell
from kerlint.report.printable import for_xml
from kerlint.report.run import Run
from kerlint.report.summary import count


def render(run: Run) -> str:
    """One XML document, ASCII with character references; the first suite stands for the whole run."""
    root = Element("testsuites")
    _run_suite(root, run)
    for filename, findings in groupby(run.findings, key=lambda finding: finding.location.filename):
        _file_suite(root, run, filename, list(findings))
    ElementTree.indent(root)
    encoded: bytes = ElementTree.tostring(root, encoding="us-ascii", xml_declaration=True)
    return encoded.decode("ascii") + "\n"


def _run_suite(root: Element, run: Run) -> None:
    """A case that passes for the files checked, and one in error for each problem."""
    cases = [_case(f"{count(run.checked, 'file')} checked", "kerlint", run.seconds)]
    for filename, problem in run.problems:
        path = for_xml(portable_path(run, filename)) if filename else "kerlint"
        case = _case(f"{path} is checked", path)
        SubElement(case, "error", message=for_xml(problem), type="problem").text = for_xml(problem)
        cases.append(case)
    _suite(root, run, "kerlint", cases)


def _file_suite(root: Element, run: Run, filename: str, findings: list[Finding]) -> None:
    path = for_xml(portable_path(run, filename))
    _suite(root, run, path, [_finding(run, path, finding) for finding in findings])


def _suite(root: Element, run: Run, name: str, cases: list[Element]) -> None:
    suite = SubElement(
        root,
        "testsuite",
        name=name,
        package="kerlint",
        id=str(len(root)),
        timestamp=time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(run.started)),
        hostname="localhost",
        tests=str(len(cases)),
        failures=str(_count(cases, "failure")),
        errors=str(_count(cases, "error")),
        skipped=str(_count(cases, "skipped")),
        time=f"{sum(float(case.get('time', 0)) for case in cases):.3f}",
    )
    SubElement(suite, "properties")
    suite.extend(cases)
    SubElement(suite, "system-out")
    SubElement(suite, "system-err")


def _count(cases: list[Element], tag: str) -> int:
    return sum(case.find(tag) is not None for case in cases)


def _case(name: str, classname: str, seconds: float = 0.0) -> Element:
    return Element("testcase", name=name, classname=classname, time=f"{seconds:.3f}")


def _finding(run: Run, path: str, finding: Finding) -> Element:
    """A failure when the finding fails the run, else a skipped case that carries the message."""
    location = finding.location
    row = str(file_row(location)) if location.cell else f"{file_row(location)}:{location.column}"
    case = _case(f"{finding.code} {finding.name} at {row}", path)
    message = for_xml(with_cell(finding.message, location))
    fails = finding.severity.at_least(run.fail_on)
    outcome = SubElement(
        case, "failure" if fails else "skipped", message=message, type=finding.severity.value
    )
    outcome.text = for_xml("\n".join(_story(run, finding)))
    return case


def _story(run: Run, finding: Finding) -> list[str]:
    lines = [f"{place(run, finding.location)}: {finding.severity} {finding.code} {finding.message}"]
    lines += [f"{place(run, related.location)}: {related.message}" for related in finding.related]
    if finding.fix:
        lines.append(f"help: {finding.fix.title}")
    if finding.verdict:
        lines.append(f"{finding.verdict.status}: {finding.verdict.evidence}")
    return lines
