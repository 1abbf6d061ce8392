"""Tests of what commands do around the core."""
