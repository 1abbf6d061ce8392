"""Tests of the output formats: one file a format, and one sample run for all."""
