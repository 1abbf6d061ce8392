"""The frame of a page: head, policy, style and script around what is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from kerlint.page.behaviour import SCRIPT
from kerlint.page.style import BASE
from kerlint.report.printable import for_xml

POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
"""Nothing is loaded, whatever a name in the page may try."""


def document(title: str, parts: Iterable[str], style: str = "", script: str = "") -> str:
    """The whole page. `parts` are HTML, the title is text, `style` and `script` come on top of those of all pages."""
    lines = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{text(title)}</title><style>{BASE}{style}</style></head><body>",
        f"<h1>{text(title)}</h1>",
        *parts,
        f"<script>{SCRIPT}{script}</script></body></html>",
    ]
    return "\n".join(lines) + "\n"


def text(value: str) -> str:
    """Text that stands for itself in the page."""
    return escape(for_xml(value))


def tabs(links: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Links to sections, of which the script shows one: (identity, label); none for a single one."""
    if len(links) > 1:
        shown = "".join(f'<a href="#{identity}">{text(label)}</a>' for identity, label in links)
        yield f"<nav>{shown}</nav>"


def listed(title: str, lines: Sequence[str]) -> Iterator[str]:
    """Lines of text under a title; nothing where there are none."""
    if lines:
        items = "".join(f"<li>{text(line)}</li>" for line in lines)
        yield f'<h2>{text(title)}</h2><ul class="ends">{items}</ul>'


def view(svg: str) -> Iterator[str]:
    """A graph that can be dragged and zoomed, with its buttons."""
    yield '<figure><div class="tools">'
    for act, label in (("in", "+"), ("out", "&minus;"), ("all", "whole"), ("close", "top")):
        yield f'<button type="button" data-act="{act}">{label}</button>'
    yield f'</div><div class="view" title="click, then zoom with the wheel; drag to move">{svg}</div></figure>'
