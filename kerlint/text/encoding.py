"""Bytes to program text, by Python's own rules: byte order mark, coding cookie (PEP 263), newlines."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple


class SourceError(Exception):
    """A file that cannot be read as a program; the message is one line that names the place."""


class Decoded(NamedTuple):
    """Program text with `\\n` as its only newline, and what is needed to write it back."""

    text: str
    encoding: str
    """A name that `bytes.decode` takes; `utf-8-sig` when there is a byte order mark."""
    newline: str
    """The newline most rows end with: `\\n`, `\\r\\n` or `\\r`."""


_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"[ \t\f]*(?:#|$)")
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(data: bytes) -> Decoded:
    """The text of a Python file.

    Raises SourceError for UTF-16 or UTF-32, NUL bytes, an unknown or contradictory coding cookie, and
    bytes that the encoding does not have.
    """
    for mark, name in _WIDE_MARKS:
        if data.startswith(mark):
            raise SourceError(f"line 1: the file is {name}; Python reads UTF-8")
    if (nul := data.find(0)) >= 0:
        raise SourceError(f"line {row_of(data, nul)}: NUL byte; this is not a text file")
    encoding = _encoding(data)
    text = _decoded(data, encoding)
    return Decoded(unify_newlines(text), encoding, main_newline(text))


def encoding_of(data: bytes) -> str:
    """The encoding that `decode` would take, or `utf-8` where it would refuse."""
    try:
        return _encoding(data)
    except SourceError:
        return "utf-8"


def row_of(data: bytes, offset: int) -> int:
    """The 1-based row of the byte at `offset`."""
    return len(re.findall(rb"\r\n|\r|\n", data[:offset])) + 1


def unify_newlines(text: str) -> str:
    """The text with `\\r\\n` and lone `\\r` turned into `\\n`, as Python itself reads it."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def main_newline(text: str) -> str:
    """The newline that ends most rows; `\\n` when there is none or it is a draw."""
    if "\r" not in text:
        return "\n"
    both = text.count("\r\n")
    counts = {"\n": text.count("\n") - both, "\r\n": both, "\r": text.count("\r") - both}
    return max(counts, key=lambda newline: counts[newline])


def _encoding(data: bytes) -> str:
    marked = data.startswith(codecs.BOM_UTF8)
    cookie = _cookie(data[3:] if marked else data)
    if cookie is None:
        return "utf-8-sig" if marked else "utf-8"
    row, name = cookie
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        raise SourceError(f"line {row}: unknown encoding {name!r} in the coding comment") from None
    if not getattr(codec, "_is_text_encoding", True) or codec.name == "undefined":
        raise SourceError(f"line {row}: {name!r} in the coding comment is not a text encoding")
    if marked and codec.name not in ("utf-8", "utf-8-sig"):
        raise SourceError(f"line {row}: the coding comment says {name!r}, the byte order mark says UTF-8")
    return "utf-8-sig" if marked else codec.name


def _cookie(data: bytes) -> tuple[int, str] | None:
    """Row and name of the coding cookie in the first two lines (PEP 263)."""
    for row, line in enumerate(data[:2000].splitlines()[:2], start=1):
        if found := _COOKIE.match(line):
            return row, found[1].decode("ascii", "replace")
        if not _BLANK.match(line):
            return None
    return None


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
        if not text.isascii():
            text.encode("utf-8")
    except UnicodeDecodeError as error:
        row, byte = row_of(data, error.start), data[error.start : error.start + 1].hex()
        raise SourceError(f"line {row}: byte 0x{byte} is not valid {encoding}") from None
    except ValueError as error:
        raise SourceError(f"line 1: cannot be decoded as {encoding} ({error})") from None
    return text
