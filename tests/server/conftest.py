"""A folder with a server for it, one for each module that asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from .sessions import Editor, session


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the clients have open."""
    return tmp_path_factory.mktemp("project")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(folder: Path) -> AsyncIterator[Editor]:
    """A client that is sent its diagnostics, and counts in UTF-16."""
    async with session(folder) as found:
        yield found
