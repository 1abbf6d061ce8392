"""Short ways to a summary and its tables."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

from kerlint.source import read
from kerlint.summary import Summary, summarize
from kerlint.summary.table import Table

IMPORTS = "import keras\nfrom keras import layers, ops\n"


def summary_of(text: str, wanted: str | None = None, **options: Any) -> Summary:
    """The summary of a program that begins with Keras's usual imports."""
    return summarize(read((IMPORTS + dedent(text)).encode(), "program.py"), wanted, **options)


def table_of(text: str, wanted: str | None = None, **options: Any) -> Table:
    """The only table of a program."""
    (table,) = summary_of(text, wanted, **options).models
    return table
