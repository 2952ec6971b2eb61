"""What changed is read in batches: few files in each, and few bytes."""

from contextlib import aclosing
from pathlib import Path

import pytest

from bot.digests.site import Site
from bot.reading.batches import read_in_batches
from bot.sources.folder import Folder
from tests.clocks import HandClock


async def sizes(folder: Path) -> list[int]:
    files = Folder(folder)
    async with aclosing(read_in_batches(files, await files.listing(), Site(), HandClock())) as batches:
        return [batch.files async for batch in batches]


async def test_small_files_are_read_by_the_score(tmp_path: Path) -> None:
    for number in range(45):
        (tmp_path / f"{number}.md").write_text("---\ntitle: Bees\n---\n- a story\n")

    assert await sizes(tmp_path) == [20, 20, 5]


@pytest.mark.long
async def test_large_files_are_stored_a_few_at_a_time_as_others_wait_to_write_meanwhile(tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"{number}.md").write_text("---\ndraft: true\n---\n" + "Bees buzz all day long.\n" * 9_000)

    assert await sizes(tmp_path) == [3, 3, 1]
