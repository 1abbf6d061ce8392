"""Tests of the tables of Keras."""
