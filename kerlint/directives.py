"""Suppression comments: `# kerlint: ignore[...]`, `# kerlint: ignore-file[...]` and `# noqa: KER301`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from enum import StrEnum

from kerlint.findings import Region
from kerlint.frozen import record
from kerlint.text.layout import Comment, Layout, Statement, read_layout

_MAY_HOLD_ONE = re.compile(r"kerlint\s*:|noqa", re.IGNORECASE)
_KERLINT = re.compile(
    r"#\s*kerlint\s*:\s*(?P<word>[\w-]+)(?P<list>\s*\[(?P<codes>[^\]#]*)\])?", re.IGNORECASE
)
_NOQA = re.compile(
    r"#\s*noqa(?![\w-])(?P<list>\s*:\s*(?P<codes>(?:[a-z]+[0-9]+\b[\s,]*)*))?",
    re.IGNORECASE,
)
_CODE = re.compile(r"[^\s,]+")
_OWN_CODE = re.compile(r"KER\d+\Z", re.IGNORECASE)
_LOOKS_LIKE_A_LIST = re.compile(r"\s*(?:[\[:=]|\(?KER\d)", re.IGNORECASE)
_NEXT_SECTION = re.compile(r"\s*#\s*(?=[a-z])", re.IGNORECASE)


class Scope(StrEnum):
    """What a directive speaks about; `nothing` when it is not a directive that kerlint knows."""

    STATEMENT = "statement"
    FILE = "file"
    NOTHING = "nothing"


@record
class Directive:
    """One suppression comment, or one section of a comment that holds several."""

    scope: Scope
    codes: tuple[str, ...]
    """kerlint's codes and names as written, in order; empty when bare."""
    bare: bool
    """No list at all: everything is silenced."""
    is_noqa: bool
    comment: Comment
    start: int
    """Offset of its `#` within the comment."""
    end: int
    """Offset after its last letter or bracket; a reason may follow."""
    list_span: tuple[int, int] = (0, 0)
    """Offsets of the list's content within the comment."""
    problem: str | None = None
    """For scope `nothing`: why, in a few words."""

    @property
    def target(self) -> Statement | None:
        """The statement it speaks about, for scope `statement`."""
        return self.comment.target

    @property
    def region(self) -> Region:
        """Where it stands in the program."""
        row, column = self.comment.row, self.comment.column
        return Region(row, column + self.start, row, column + self.end)

    def removal(self, before: str) -> tuple[int, int]:
        """The offsets within the comment to delete to be rid of it, its reason and the blanks around it.

        `before` is the row's text before the comment; a negative offset reaches into its blanks.
        """
        text = self.comment.text
        following = _NEXT_SECTION.search(text, self.end)
        if following is not None and not self.start:
            return 0, following.start() + following[0].index("#")
        row = before + text
        kept = row[: len(before) + self.start].rstrip(" \t\f")
        return len(kept) - len(before), len(text) if following is None else following.start()

    @property
    def is_whole_row(self) -> bool:
        """Whether nothing else stands in its row: no code, no other comment."""
        return (
            self.comment.alone
            and not self.start
            and _NEXT_SECTION.search(self.comment.text, self.end) is None
        )

    def names(self, code: str, name: str) -> int:
        """The position in its list of the first entry that names the rule (by code or name); -1 if none."""
        for index, entry in enumerate(self.codes):
            if entry.casefold() in (code.casefold(), name.casefold()):
                return index
        return -1

    def without(self, unwanted: Sequence[str]) -> str:
        """The content of its list without these entries, in the list's own style."""
        content = self.comment.text[slice(*self.list_span)]
        separator = re.search(r"[\s,]+(?=\S)", content.strip())
        kept = [entry for entry in _CODE.findall(content) if entry not in unwanted]
        return ", ".join(kept) if separator is None else separator[0].join(kept)


def directives(text: str, cell_rows: Sequence[int] = ()) -> tuple[Directive, ...]:
    """All suppression comments of a program, in order; those that cannot be understood included.

    `cell_rows` are the rows at which notebook cells start. Costs one search when there are none.
    """
    if not may_hold_directives(text):
        return ()
    return read_directives(read_layout(text, cell_rows))


def may_hold_directives(text: str) -> bool:
    """Whether a suppression comment can be in the text at all: a quick test before any scan."""
    return _MAY_HOLD_ONE.search(text) is not None


def read_directives(layout: Layout) -> tuple[Directive, ...]:
    """The suppression comments among the comments of a layout."""
    return tuple(directive for comment in layout.comments for directive in _in_comment(comment))


def _in_comment(comment: Comment) -> list[Directive]:
    found = [_own(comment, match) for match in _KERLINT.finditer(comment.text)]
    for match in _NOQA.finditer(comment.text):
        found += _noqa(comment, match)
    return sorted(found, key=lambda directive: directive.start)


_SCOPES = {"ignore": Scope.STATEMENT, "ignore-file": Scope.FILE}


def _own(comment: Comment, match: re.Match[str]) -> Directive:
    word, bare = match["word"].casefold(), match["list"] is None
    scope, problem = _SCOPES.get(word, Scope.NOTHING), None
    if scope is Scope.NOTHING:
        problem = _unknown_word(match["word"])
    elif bare and _LOOKS_LIKE_A_LIST.match(comment.text, match.end()):
        scope, problem = Scope.NOTHING, f"write {word}[KER301]"
    return Directive(
        scope,
        tuple(_CODE.findall(match["codes"] or "")),
        bare,
        False,
        comment,
        match.start(),
        match.end(),
        match.span("codes"),
        problem,
    )


def _unknown_word(word: str) -> str:
    near = get_close_matches(word.casefold(), _SCOPES, n=1)
    return f"did you mean {near[0]}?" if near else "known are ignore and ignore-file"


def _noqa(comment: Comment, match: re.Match[str]) -> Iterator[Directive]:
    bare = match["list"] is None
    listed = (match["codes"] or "").rstrip(" \t,")
    codes = tuple(code for code in _CODE.findall(listed) if _OWN_CODE.match(code))
    if bare or codes:
        start = match.start("codes")
        span = (0, 0) if bare else (start, start + len(listed))
        end = match.end() if bare else span[1]
        yield Directive(Scope.STATEMENT, codes, bare, True, comment, match.start(), end, span)
