"""Tests of edits in place."""
