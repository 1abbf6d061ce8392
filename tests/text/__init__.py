"""Tests of what becomes of program text: bytes, lines, statements, trees."""
