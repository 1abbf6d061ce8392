"""Output formats: each module renders a finished run as one format.

A renderer is a pure function `render(run) -> str`. `RENDERERS` names them all; the module of a format is
imported when the format is asked for, so that plain text output never pays for XML or JSON.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerlint.report.run import Run

RENDERERS = {
    "text": "kerlint.report.text",
    "concise": "kerlint.report.concise",
    "json": "kerlint.report.json_list",
    "json-lines": "kerlint.report.json_lines",
    "sarif": "kerlint.report.sarif",
    "github": "kerlint.report.github",
    "gitlab": "kerlint.report.gitlab",
    "junit": "kerlint.report.junit",
    "rdjson": "kerlint.report.rdjson",
    "html": "kerlint.report.html",
}


def render(name: str, run: Run) -> str:
    """The whole output of `run` in the format called `name`: empty, or ending in a newline.

    Raises KeyError for a name that is not in RENDERERS.
    """
    module = import_module(RENDERERS[name])
    rendered: str = module.render(run)
    return rendered
