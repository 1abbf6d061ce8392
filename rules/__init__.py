"""The rules: one hazard a file; found by kerlint.catalog, never imported by name."""
