"""The benchmarks, each so small that only whether it runs is told."""

import asyncio
import sys
from pathlib import Path

import pytest

from tests.running import needs_shared

_ROOT = Path(__file__).parents[1]


async def _run(module: str, *words: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"benchmarks.{module}", *words),
        cwd=_ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()
    return output.decode()


@pytest.mark.long
async def test_our_delivery_can_be_measured() -> None:
    output = await _run("delivery", "--subscribers", "40", "--rounds", "1", "--only", "ours")

    assert "ours: median" in output


@pytest.mark.long
async def test_fan_outs_can_be_measured_and_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "fanout.svg"

    output = await _run("fanout", "--sizes", "1000", "--rounds", "1", "--picture", str(picture))

    assert "| 1,000 |" in output
    assert picture.read_text(encoding="utf-8").endswith("</svg>\n")


@pytest.mark.long
async def test_delivery_can_be_measured_beside_its_peers() -> None:
    output = await _run("delivery", "--subscribers", "60", "--rounds", "1")

    assert " of aiogram (" in output
    assert " of python-telegram-bot (" in output


@pytest.mark.long
async def test_our_delivery_can_be_profiled() -> None:
    output = await _run("delivery", "--subscribers", "40", "--profile")

    assert "cumtime" in output


@pytest.mark.long
async def test_the_pace_can_be_measured() -> None:
    output = await _run("pace", "--seconds", "3", "--strangers", "1000", "--digests", "2")

    assert "| owing to 1,000 |" in output


@pytest.mark.long
async def test_the_sandbox_can_be_measured() -> None:
    output = await _run("sandbox", "0.1")

    assert "of a bare aiohttp handler" in output


@pytest.mark.long
@needs_shared
async def test_reading_can_be_measured() -> None:
    output = await _run("ingest", "1")

    assert "rendering a seed" in output


@pytest.mark.long
async def test_the_start_can_be_measured() -> None:
    output = await _run("start")

    assert "ratio to importing telegram.ext alone" in output
