"""The language server, asked through its protocol."""
