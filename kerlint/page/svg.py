"""What drawings of graphs have in common."""

from __future__ import annotations

from collections.abc import Iterable

from kerlint.page.frame import text

MARGIN = 16.0
ARROW = "m-4 -6l4 6l4 -6"
"""The end of a path that comes from above."""
LONGEST = 36
"""Characters that fit into a box."""
LONGEST_TITLE = 30
"""The same, in bold."""


def picture(label: str, width: float, height: float, drawn: Iterable[str]) -> str:
    """The drawing with a margin around it."""
    width, height = width + 2 * MARGIN, height + 2 * MARGIN
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    lines = [
        f'<svg class="graph" role="img" aria-label="{text(label)}" {size}>',
        f'<g transform="translate({MARGIN:g} {MARGIN:g})">',
        *drawn,
        "</g></svg>",
    ]
    return "\n".join(lines)


def cut(words: str, longest: int = LONGEST) -> str:
    """Text that is not too long for a box."""
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
