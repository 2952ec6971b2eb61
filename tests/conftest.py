"""What the tests of the whole bot stand on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.running import Place, a_place


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with a_place(tmp_path) as place:
        yield place
