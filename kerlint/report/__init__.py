"""Output formats: each module renders a finished run as one format."""
