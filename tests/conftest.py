"""What the tests of the whole bot stand on."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.running import Place, a_place

# Hundreds of processes of the bot are started, each of which would else compile all of it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


# pytest-xdist's own hook, unknown where it is left out.
@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Say how many `-n auto` is: twice as many as there are cores, for half of the time tests only wait."""
    return (os.cpu_count() or 1) * 2


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with a_place(tmp_path) as place:
        yield place
