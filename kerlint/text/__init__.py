"""Program text: bytes to statements to trees, and where each node stands. Knows Python's grammar, not Keras."""
