"""The language server: a shell on the linter that keeps what editors have open, and speaks their protocol."""
