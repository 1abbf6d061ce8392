"""Tests of what is recovered of programs that use Keras."""
