"""Digest files are read in a process of its own, which may die at any moment."""

import os
import signal
import subprocess
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.digests.categories import CategoryTable
from bot.digests.read import LeftOut
from bot.digests.site import Site
from bot.reading.apart import Apart
from bot.reading.each import Unreadable, read_each
from bot.sources.entry import Entry, digest_file
from bot.sources.files import DigestFile, Stamp
from storage.model import Digest
from storage.search_index import index_rows

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SITE = Site("https://example.org", ZoneInfo("Asia/Shanghai"), categories=CategoryTable.of({"AI 资讯": ["AI News"]}))


def a_file(path: str, text: str) -> DigestFile:
    return DigestFile(path, text.encode(), Stamp(len(text), 1))


FILES = [
    a_file(
        "a.md", "---\ntitle: 蜜蜂\ndate: 2026-11-21\ncategories: AI News\n---\n1. [Bees](/bees)\n\n   **Much** buzz.\n"
    ),
    a_file("draft.md", "---\ndraft: true\n---\ntext\n"),
    a_file("broken.md", "---\ntitle: [\n---\ntext\n"),
    digest_file(Entry("e1", "Bees", "<p>Buzz</p>", "https://example.org/b")),
    a_file("long.md", "- a [story](https://example.org/s)\n" * 5_000),
]


@pytest.fixture
async def apart() -> AsyncIterator[Apart]:
    apart = Apart()
    yield apart
    await apart.close()
    assert children() == []


def children() -> list[int]:
    found = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "bot.reading.process"], capture_output=True, text=True, check=False
    )
    return [int(line) for line in found.stdout.split()]


async def test_what_is_read_apart_is_as_if_it_were_read_here(apart: Apart) -> None:
    await apart.ask(FILES, SITE, NOW)
    readings = await apart.answer()

    assert readings == read_each(FILES, SITE, NOW)
    assert [type(reading) for reading in readings] == [Digest, LeftOut, Unreadable, Digest, Digest]
    assert len(children()) == 1

    await apart.ask(FILES[:1], SITE, NOW)
    assert await apart.answer() == readings[:1]


@pytest.mark.long
async def test_when_the_process_dies_its_files_are_read_anew(apart: Apart) -> None:
    await apart.ask(FILES[:2], SITE, NOW)
    (child,) = children()
    os.kill(child, signal.SIGKILL)

    assert await apart.answer() == read_each(FILES[:2], SITE, NOW)

    # What was asked for besides is not forgotten.
    await apart.ask(FILES, SITE, NOW)
    await apart.ask(FILES[:2], SITE, NOW)
    os.kill(children()[0], signal.SIGKILL)
    await apart.ask(FILES[2:], SITE, NOW)

    assert await apart.answer() == read_each(FILES, SITE, NOW)
    assert await apart.answer() == read_each(FILES[:2], SITE, NOW)
    assert await apart.answer() == read_each(FILES[2:], SITE, NOW)


async def test_an_interrupt_from_the_terminal_is_for_the_bot_alone(apart: Apart) -> None:
    await apart.ask(FILES, SITE, NOW)

    # A terminal interrupts all processes of a group.
    assert os.getpgid(children()[0]) != os.getpgid(0)


async def test_what_takes_too_long_is_named() -> None:
    apart = Apart(patience=timedelta(milliseconds=1))
    await apart.ask(FILES[:2], SITE, NOW)

    readings = await apart.answer()

    assert [reading.problem for reading in readings if isinstance(reading, Unreadable)] == [
        "a.md: takes too long to be read; no digest should, so split or remove it",
        "draft.md: takes too long to be read; no digest should, so split or remove it",
    ]
    assert children() == []


def test_what_was_read_is_cut_already_as_the_index_holds_it() -> None:
    for said in read_each(FILES, SITE, NOW):
        if isinstance(said, Digest):
            ids = range(1, len(said.items) + 1)
            assert {text for item in said.items for text in (item.headline.text, item.summary.text)} == {*said.cut}
            assert index_rows(said, ids) == index_rows(replace(said, cut={}), ids)
