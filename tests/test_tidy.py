"""A group that is kept tidy, seen from outside: what was to be removed while the bot was down is removed afterwards."""

import sqlite3

import pytest

from tests.running import Place


@pytest.mark.long
async def test_a_bot_that_was_down_removes_what_is_overdue(place: Place) -> None:
    ada = await place.telegram.person("Ada")
    bees = await place.telegram.group("Bees", creator=ada)
    async with place.running():
        await bees.adds()
        said = await bees.next_message()
    with sqlite3.connect(place.database) as connection:
        # A minute ago.
        connection.execute(
            "INSERT INTO litter (chat_id, message_id, remove_at) VALUES (?, ?, 1000 * (unixepoch() - 60))",
            (bees.id, said.id),
        )

    async with place.running():
        await place.until("SELECT count(*) = 0 FROM litter")

    assert await bees.received() == []
