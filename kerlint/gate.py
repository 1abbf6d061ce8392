"""The test that lets files pass before anything of them is read; shells ask it before they import the rest."""


def concerns_keras(data: bytes) -> bool:
    """Whether the bytes can concern Keras at all; nothing else need be read, split or parsed."""
    return b"keras" in data or b"tensorflow" in data
