"""Text that is safe to print: source code and messages come from files that nobody vetted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# C0 and C1 controls move the cursor or recolour the terminal; bidirectional controls reorder the line
# (CVE-2021-42574); lone surrogates cannot be encoded.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

# What XML 1.0 cannot hold, even escaped (section 2.2 of the standard); `re` takes long to compile it.
_NOT_XML = r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

# What no encoding can hold.
_SURROGATE = re.compile(r"[\ud800-\udfff]")

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def one_line(text: str) -> str:
    """The text on one line, each run of white space a space, unsafe characters replaced one by one."""
    return _UNSAFE.sub(REPLACEMENT, re.sub(r"[\t\n\v\f\r ]+", " ", text))


def visible(character: str) -> str:
    """A character of a source line, or its visible stand-in of the same width."""
    if "\x00" <= character <= "\x1f":
        return chr(0x2400 + ord(character))
    return REPLACEMENT if _UNSAFE.match(character) else character


def for_xml(text: str) -> str:
    """The text without the characters that XML 1.0 forbids."""
    return re.sub(_NOT_XML, REPLACEMENT, text)


def encodable(text: str) -> str:
    """The text without lone surrogates, which file names and evaluated strings may hold."""
    return _SURROGATE.sub(REPLACEMENT, text)


def width(character: str) -> int:
    """How many terminal columns a visible character takes: 0 combining, 2 wide, else 1."""
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def text_width(text: str) -> int:
    """How many terminal columns a visible text takes."""
    return len(text) if text.isascii() else sum(map(width, text))


Paint = Callable[[str, str], str]

_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "bold": "1",
    "dim": "2",
    "good": "1;32",
    "help": "1;34",
}


def painter(colour: bool) -> Paint:
    """A function (text, style) -> text that adds ANSI colours, or leaves the text alone."""

    def paint(text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if text else text

    return paint if colour else _plain


def _plain(text: str, style: str) -> str:
    return text
