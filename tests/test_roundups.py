"""Roundups, seen from outside: a process that ticks by itself, and one that was down at the hour."""

import sqlite3
from contextlib import closing

import pytest

from tests.running import Place, a_file


@pytest.mark.long
async def test_what_came_due_while_the_bot_was_down_comes_as_one_when_it_is_back(place: Place) -> None:
    ada = await place.telegram.person("Ada", language="zh-hans")
    async with place.running():
        await ada.says("/subscribe")
        await ada.sees("已订阅全部")
        await ada.says("/schedule 每天8点")
        await ada.sees("每天 08:00 汇总送达。")
        for name in ("Ants", "Bees", "Wasps"):
            place.publish(f"{name}.md", a_file(name))
        await place.until("SELECT count(*) = 3 FROM deliveries WHERE held = 1")
    with closing(sqlite3.connect(place.database)) as writer, writer:
        writer.execute("UPDATE subscribers SET next_due_at = next_due_at - 86400000")

    async with place.running():
        await place.until("SELECT count(*) = 4 FROM deliveries WHERE state = 'sent'")
        roundup = await ada.sees("Ants")

    assert [name in roundup.text for name in ("Ants", "Bees", "Wasps")] == [True] * 3
    assert place.ask("SELECT next_due_at > unixepoch() * 1000 FROM subscribers") == [(1,)]
