"""Benchmarks and the public corpus they run on; not part of the installed package."""
