"""Bytes become text as Python itself reads them, or one line says why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerlint.text.encoding import SourceError, decode


@pytest.mark.parametrize(
    ("data", "text", "encoding", "newline"),
    [
        pytest.param(b"x = 1\n", "x = 1\n", "utf-8", "\n", id="plain"),
        pytest.param(b"\xef\xbb\xbfx = 1\r\n", "x = 1\n", "utf-8-sig", "\r\n", id="byte order mark and CRLF"),
        pytest.param(
            b"# coding: latin-1\nx='\xe9'", "# coding: latin-1\nx='\u00e9'", "iso8859-1", "\n", id="cookie"
        ),
        pytest.param(
            b"#!/bin/x\n# vim: set fileencoding=cp1252 :\n'\x80'",
            "#!/bin/x\n# vim: set fileencoding=cp1252 :\n'\u20ac'",
            "cp1252",
            "\n",
            id="cookie in the second line",
        ),
        pytest.param(b"a\rb\r", "a\nb\n", "utf-8", "\r", id="lone carriage returns"),
        pytest.param(b"a\r\nb\nc\r\n", "a\nb\nc\n", "utf-8", "\r\n", id="mixed newlines"),
        pytest.param(
            b"x = 1\n# coding: latin-1\n", "x = 1\n# coding: latin-1\n", "utf-8", "\n", id="too late"
        ),
        pytest.param(
            b"\xef\xbb\xbf# coding: utf-8\n", "# coding: utf-8\n", "utf-8-sig", "\n", id="both agree"
        ),
        pytest.param(b"", "", "utf-8", "\n", id="empty"),
    ],
)
def test_text_encoding_and_newline_are_found(data: bytes, text: str, encoding: str, newline: str) -> None:
    assert decode(data) == (text, encoding, newline)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"a\nb\x00c", "line 2: NUL byte", id="nul"),
        pytest.param(b"a\r\n\xff", "line 2: byte 0xff is not valid utf-8", id="not utf-8"),
        pytest.param(b"# coding: klingon\n", "line 1: unknown encoding 'klingon'", id="unknown cookie"),
        pytest.param(
            b"\n# coding: rot13\n", "line 2: 'rot13' in the coding comment is not a text", id="rot13"
        ),
        pytest.param(b"# coding: undefined\n", "line 1: 'undefined'", id="undefined"),
        pytest.param(b"\xef\xbb\xbf# coding: latin-1\n", "byte order mark says UTF-8", id="contradiction"),
        pytest.param("x = 1".encode("utf-16"), "line 1: the file is UTF-16", id="utf-16"),
        pytest.param("x = 1".encode("utf-32"), "line 1: the file is UTF-32", id="utf-32"),
        pytest.param(b"# coding: ascii\n\n'\xe9'", "line 3: byte 0xe9", id="cookie that lies"),
        pytest.param(
            b"# coding: unicode_escape\n'\\ud800'", "line 1: cannot be decoded", id="half a surrogate"
        ),
    ],
)
def test_what_is_no_text_is_told_in_one_line_with_its_place(data: bytes, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_source_error(data: bytes) -> None:
    try:
        text = decode(data).text
    except SourceError:
        return
    assert "\r" not in text
    assert "\0" not in text
