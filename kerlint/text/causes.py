"""Why a piece of a file is not Python, in plain words: the accidents that pasted and old code has."""

from __future__ import annotations

import re

_QUOTES = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00b4\u2032\u2033"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u3000\ufeff"

CONFLICT = "a merge conflict that was left unresolved"
_BY_ROW: tuple[tuple[str, str], ...] = (
    (r"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)", CONFLICT),
    (r"^\s*(?:>>>|\.\.\.|In \[\d+\]:)(?: |$)", "a prompt of the Python shell was pasted with the code"),
    (r"^\s*\$ \w|^\s*(?:pip3?|conda|python3?|apt(?:-get)?) (?:-\w|install|\w+\.py)", "a shell command"),
    (r"^\s*(?:%{1,2}\w|!\s*\w)|=\s*[!%]\w", "an IPython magic or shell command outside a notebook"),
    (r"^\s*```", "a Markdown fence was pasted with the code"),
    (r"^\s*\d+[:.|]?\s+(?:import|from|def|class|model|return)\b", "line numbers were pasted with the code"),
    (r"\bprint\s+[^\s(=]|\bprint\s*\(?.*\)?\s*>>|\bprint\s*$", "Python 2: `print` is a function now"),
    (r"\bexec\s+[\"'\w]", "Python 2: `exec` is a function now"),
    (r"^\s*except\s+[^:]+,\s*\w+\s*:", "Python 2: an exception is bound with `as`"),
    (r"^\s*raise\s+\w+\s*,", "Python 2: `raise` takes one expression"),
    (r"<>", "Python 2: `<>` is `!=` now"),
    (r"\b0[0-7]+\b(?!\.)", "Python 2: octal numbers are written 0o17 now"),
    (r"\b\d+[lL]\b", "Python 2: long integers have no L now"),
    (r"\bur[\"']|\bUR[\"']", "Python 2: there is no ur'' string now"),
    (r"`", "Python 2: backquotes are `repr()` now"),
)


def likely_cause(statement: str, row: str, message: str, *, is_notebook: bool) -> str | None:
    """The likeliest accident behind a syntax error, or None.

    `statement` is the broken statement's text, `row` the row that the compiler names, `message` its
    complaint. Strings and comments are not told from code: this is a hint, not a finding.
    """
    if cause := _odd_character(row) or _odd_character(statement, message):
        return cause
    for pattern, cause in _BY_ROW:
        if re.search(pattern, row) and not (is_notebook and "magic" in cause):
            return cause
    if re.search(r"^(?:<{7}|>{7}) ", statement, re.MULTILINE):
        return CONFLICT
    return _by_message(message)


def _odd_character(text: str, message: str = "invalid character invalid non-printable") -> str | None:
    if "invalid character" not in message and "non-printable" not in message:
        return None
    for characters, cause in (
        (_QUOTES, "typographic quotes from a word processor or a web page; write plain ones"),
        (_DASHES, "a dash from a word processor or a web page where a minus should be"),
        (_SPACES, "a non-breaking or invisible space from a word processor or a web page"),
    ):
        for character in characters:
            if character in text:
                return f"{cause} (U+{ord(character):04X})"
    return None


def _by_message(message: str) -> str | None:
    if "inconsistent use of tabs" in message or "unindent does not match" in message:
        return "tabs and spaces are mixed in the indentation"
    if "expected an indented block" in message or "unexpected indent" in message:
        return "the indentation was lost or shifted when the code was pasted"
    if "was never closed" in message:
        return "a closing bracket is missing"
    if "unterminated" in message:
        return "a closing quote is missing"
    if "outside function" in message:
        return "the indentation was lost or shifted when the code was pasted"
    if "does not match opening" in message or "unmatched" in message:
        return "a bracket is missing or one too many"
    return None
