"""Summaries: targets, tables, formats."""
