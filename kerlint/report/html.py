"""One page that needs nothing else: findings by file with their source, graphs with hazards, filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from kerlint.findings import Finding
from kerlint.page.frame import document, listed, text, view
from kerlint.report.html_finding import article
from kerlint.report.html_style import SCRIPT, STYLE
from kerlint.report.places import shown_path
from kerlint.report.printable import one_line, painter
from kerlint.report.run import Graph, Run
from kerlint.report.summary import count, details, summary

NO_VERDICT = "none"


def render(run: Run) -> str:
    """The whole page."""
    files = [(name, list(found)) for name, found in groupby(run.findings, lambda one: one.location.filename)]
    problems = [f"{shown_path(run, name)}: {words}" if name else words for name, words in run.problems]
    parts = [
        f"<p>{text(one_line(summary(run, painter(False))))}</p>",
        *listed("Could not be done", problems),
        *(_filters(run, [name for name, _ in files]) if run.findings else ()),
        *("\n".join(_file(run, number, name, found)) for number, (name, found) in enumerate(files)),
        *_rules(run),
        *listed("Details", details(run)),
    ]
    return document("kerlint report", parts, STYLE, SCRIPT)


def _filters(run: Run, files: Sequence[str]) -> Iterator[str]:
    """What narrows the page down; it does nothing where no script runs."""
    severities = Counter(str(finding.severity) for finding in run.findings)
    names = {finding.code: f"{finding.code} {finding.name}" for finding in run.findings}
    codes = Counter(finding.code for finding in run.findings)
    verdicts = Counter(_status(finding) for finding in run.findings)
    by_file = Counter(finding.location.filename for finding in run.findings)
    yield '<form class="filters" hidden>'
    graver_first = sorted(severities, key=("error", "warning", "info").index)
    yield _choice("severity", "all severities", [(one, one, severities[one]) for one in graver_first])
    yield _choice("code", "all rules", [(code, names[code], codes[code]) for code in sorted(codes)])
    if len(files) > 1:
        shown = [(str(index), shown_path(run, name), by_file[name]) for index, name in enumerate(files)]
        yield _choice("file", "all files", shown)
    if set(verdicts) != {NO_VERDICT}:
        yield _choice("verdict", "all verdicts", [(one, one, verdicts[one]) for one in sorted(verdicts)])
    yield '<input type="search" name="text" placeholder="words" aria-label="words">'
    yield '<button type="reset">reset</button><output></output></form>'


def _choice(name: str, everything: str, options: Sequence[tuple[str, str, int]]) -> str:
    shown = "".join(
        f'<option value="{text(value)}">{text(one_line(label))} ({number})</option>'
        for value, label, number in options
    )
    return f'<select name="{name}" aria-label="{name}"><option value="">{everything}</option>{shown}</select>'


def _status(finding: Finding) -> str:
    return finding.verdict.status if finding.verdict is not None else NO_VERDICT


def _file(run: Run, number: int, name: str, findings: Sequence[Finding]) -> Iterator[str]:
    graphs = run.graphs(name, findings)
    yield f'<div class="file" data-file="{number}"><h2>{text(one_line(shown_path(run, name)))} '
    yield f'<span class="soft">{count(len(findings), "finding")}</span></h2>'
    yield '<div class="columns">' if graphs else "<div>"
    if graphs:
        yield '<div class="graphs">'
        for index, graph in enumerate(graphs):
            yield f"<details{' open' if index == 0 else ''}><summary>{text(one_line(graph.label))}</summary>"
            yield from view(graph.svg)
            yield "</details>"
        yield "</div>"
    yield "<div>"
    for index, finding in enumerate(findings):
        yield from article(run, finding, number, _status(finding), _rows(graphs, index))
    yield "</div></div></div>"


def _rows(graphs: Sequence[Graph], index: int) -> str:
    """The boxes that a finding is marked on."""
    return " ".join(row for graph in graphs for row in graph.rows.get(index, ()))


def _rules(run: Run) -> Iterator[str]:
    """What the rules of the findings are about."""
    known = run.rules()
    codes = sorted({finding.code for finding in run.findings if finding.code in known})
    if codes:
        yield "<h2>Rules</h2><dl>"
        for code in codes:
            rule = known[code]
            head = f"{code} {rule.name}"
            is_safe = rule.url.startswith("https://")
            linked = (
                f'<a href="{text(rule.url)}" rel="noreferrer">{text(head)}</a>' if is_safe else text(head)
            )
            yield f"<dt>{linked}</dt><dd>{text(one_line(rule.summary))}</dd>"
        yield "</dl>"
