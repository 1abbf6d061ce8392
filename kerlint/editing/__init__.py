"""Edits of files in place: everything outside an edit keeps its bytes."""
