"""The folder that a child works in: how much it holds, and its removal, however odd what was left there."""

from __future__ import annotations

import os
from contextlib import suppress
from secrets import token_hex

MOST_ENTRIES = 20_000


def is_overfull(folder: str, most: int) -> bool:
    """Whether more than `most` bytes, or more files than anybody needs, lie in a folder."""
    size = entries = 0
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as found:
            for entry in found:
                entries += 1
                size += entry.stat(follow_symlinks=False).st_size
                if size > most or entries > MOST_ENTRIES:
                    return True
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
    return False


def remove(folder: str) -> None:
    """Remove a folder with all in it. What lies deeper than a path can say is moved up first."""
    waiting = [folder]
    while waiting:
        current = waiting[-1]
        with suppress(OSError):
            os.chmod(current, 0o700)
        inner = _emptied(current)
        for path in inner:
            flat = os.path.join(folder, token_hex(8))
            with suppress(OSError):
                os.rename(path, flat)
                waiting.insert(0, flat)
        waiting.remove(current)
        if current != folder:
            with suppress(OSError):
                os.rmdir(current)
    with suppress(OSError):
        os.rmdir(folder)


def _emptied(folder: str) -> list[str]:
    """Remove the files of a folder; returns the folders in it."""
    folders = []
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                with suppress(OSError):
                    os.unlink(entry.path)
    return folders
