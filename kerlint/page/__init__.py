"""Pages that need nothing else: one file with its style and its behaviour, that asks nobody for anything."""
