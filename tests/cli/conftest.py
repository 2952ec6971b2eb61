"""The commands as real processes."""

import asyncio
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Ended:
    """What became of a command."""

    status: int
    output: str
    error: str


@dataclass
class Shell:
    """A folder in which commands are typed."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    async def __call__(self, *words: str, given: bytes = b"") -> Ended:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("DIGEST_BOT_")}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            cwd=self.folder,
            env=inherited | {"PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "100", **self.settings},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(20):
            output, error = await process.communicate(given)
        return Ended(process.returncode or 0, output.decode(), error.decode())


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)
