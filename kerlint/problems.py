"""What kerlint could not do, said in one line: the reason and, where there is one, the remedy."""

from __future__ import annotations

from collections.abc import Iterable


class Problem(Exception):
    """Something that was asked and cannot be done; the run ends with status 2.

    `str(problem)` is one line, `where: reason (remedy)`; line breaks inside are folded to spaces.
    """

    def __init__(self, reason: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.where = where
        self.reason = " ".join(reason.split())
        self.remedy = remedy
        super().__init__(self.line)

    @property
    def line(self) -> str:
        """The problem as one line, without the program's name."""
        start = f"{self.where}: " if self.where else ""
        end = f" ({self.remedy})" if self.remedy else ""
        return f"{start}{self.reason}{end}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, whatever its case, or None when nothing is near."""
    from difflib import get_close_matches

    by_folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), list(by_folded), n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str | None = None) -> str | None:
    """`did you mean X?` for the nearest known word, else `otherwise`."""
    near = nearest(word, known)
    return f"did you mean {near}?" if near else otherwise
