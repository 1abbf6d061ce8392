"""Tests of what is known of data."""
