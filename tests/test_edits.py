"""A digest that changes at its source changes in every chat: the whole bot, and a sandbox in a process of its own."""

import random
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.client import Person
from tests.running import Place, a_file, a_place_apart

# A digest of three messages; ten stories more make it four.
BEFORE, AFTER = 30, 40
A_WHILE = timedelta(minutes=2)
IN_FLIGHT = """
    SELECT chat_id FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id
     WHERE deliveries.kind = 'edit' AND deliveries.state = 'sending'
"""
SIZES = [
    pytest.param(10, id="10 chats"),
    pytest.param(300, id="300 chats", marks=pytest.mark.long),
]


def let_a_minute_pass(place: Place) -> None:
    """Let what has changed have changed a minute ago."""
    with closing(sqlite3.connect(place.database, timeout=10)) as writer, writer:
        writer.execute("UPDATE fan_outs SET due_at = due_at - 60000 WHERE kind = 'edit'")


async def all_done(place: Place) -> None:
    await place.until("SELECT count(*) = 0 FROM fan_outs", within=A_WHILE)
    await place.until("SELECT count(*) = 0 FROM deliveries WHERE state IN ('waiting', 'sending')", within=A_WHILE)


async def chats(readers: list[Person]) -> list[list[str]]:
    return [[message.text for message in await reader.received()] for reader in readers]


@pytest.mark.parametrize("number", SIZES)
async def test_an_edit_of_three_parts_and_one_more_reaches_every_copy(tmp_path: Path, number: int) -> None:
    async with a_place_apart(tmp_path, DIGEST_BOT_RATE="1000") as place:
        readers = await place.telegram.crowd(number)
        async with place.running():
            await place.subscribe(reader.id for reader in readers)
            place.publish("new.md", a_file("New", items=BEFORE, words=60))
            await place.until("SELECT count(*) > 0 FROM deliveries", within=A_WHILE)
            await all_done(place)
            before = await chats(readers)
            ids = [[message.id for message in await reader.received()] for reader in readers]
            last = await place.telegram.last_call()

            place.publish("new.md", a_file("New", items=AFTER, words=60).replace("story 17]", "story 17, mended]"))
            await place.until("SELECT count(*) FROM fan_outs WHERE kind = 'edit'")
            let_a_minute_pass(place)
            await place.until("SELECT count(*) > 0 FROM deliveries WHERE kind = 'edit'")
            await all_done(place)

        after = await chats(readers)
        still = [[message.id for message in await reader.received()] for reader in readers]
        edits = await place.telegram.calls("editMessageText", after=last)
        sends = await place.telegram.calls("sendMessage", after=last)

    assert [len(texts) for texts in before] == [3] * number
    assert [len(texts) for texts in after] == [4] * number
    assert all(texts == after[0] for texts in after)
    # The new story stands in each chat, once, and so does every other; what was there is still the same messages.
    told = "\n".join(after[0])
    assert [told.count(f"New story {story}\n") for story in range(1, AFTER + 1) if story != 17] == [1] * (AFTER - 1)
    assert told.count("New story 17, mended\n") == 1
    assert [chat[:3] for chat in still] == ids
    # Nobody heard of it, and nobody was asked twice.
    assert all(call.parameters.get("disable_notification") for call in sends)
    assert (len(edits), len(sends)) == (3 * number, number)
    assert place.ask("SELECT kind, state, count(*) FROM deliveries GROUP BY kind, state ORDER BY kind") == [
        ("digest", "sent", number),
        ("edit", "sent", number),
    ]
    assert place.ask("SELECT DISTINCT revision, parts_sent FROM deliveries WHERE kind = 'digest'") == [(2, 4)]


@pytest.mark.parametrize(
    ("number", "kills"),
    [
        pytest.param(30, 1, id="30 chats, a kill", marks=pytest.mark.long),
        pytest.param(1000, 20, id="1000 chats, 20 kills", marks=pytest.mark.long),
    ],
)
async def test_killed_in_the_middle_of_an_edit(tmp_path: Path, number: int, kills: int) -> None:
    chance = random.Random(seed := random.randrange(1 << 32))  # noqa: S311 no secret hangs on it
    flew = Counter[int]()
    async with a_place_apart(tmp_path, DIGEST_BOT_RATE="1000") as place:
        readers = await place.telegram.crowd(number)
        async with place.running():
            await place.subscribe(reader.id for reader in readers)
            place.publish("new.md", a_file("New", items=BEFORE, words=60))
            await place.until("SELECT count(*) > 0 FROM deliveries", within=A_WHILE)
            await all_done(place)
        place.publish("new.md", a_file("New", items=AFTER, words=60))
        for kill in range(kills):
            async with place.running(ready=False) as process:
                if kill == 0:
                    await place.until("SELECT count(*) FROM fan_outs WHERE kind = 'edit'")
                    let_a_minute_pass(place)
                # Every chat needs four calls, of which the last ends it; of each kill's share some are made before it.
                done = place.ask("SELECT coalesce(sum(parts_sent), 0) FROM deliveries WHERE kind = 'edit'")[0][0]
                share = done + chance.randint(1, (3 * number - done) // (kills - kill + 1))
                async with place.letting_doubts_pass():
                    await place.until(
                        "SELECT sum(parts_sent) >= ? FROM deliveries WHERE kind = 'edit'", share, within=A_WHILE
                    )
                    await place.kill(process)
            flew.update(chat_id for (chat_id,) in place.ask(IN_FLIGHT))
        async with place.running(ready=False), place.letting_doubts_pass():
            await all_done(place)
        found = {reader.id: [message.text for message in await reader.received()] for reader in readers}

    # pytest shows it when the test fails, and else when it is asked to, with -rP.
    twice = {chat_id: len(texts) - 4 for chat_id, texts in found.items() if len(texts) != 4}
    print(f"seed {seed}: in flight at a kill: {flew.total()}; a part sent twice: {sum(twice.values())}")  # noqa: T201
    parts = next(texts for texts in found.values() if len(texts) == 4)
    # All have the edit; only the part more, and only one that flew, may be there twice.
    assert all(texts[:4] == parts and set(texts[4:]) <= {parts[3]} for texts in found.values())
    assert all(times <= flew[chat_id] for chat_id, times in twice.items())
    assert place.ask("SELECT state, count(*) FROM deliveries GROUP BY state") == [("sent", 2 * number)]


@pytest.mark.long
@pytest.mark.parametrize("withdrawn", ["draft", pytest.param("deleted", marks=pytest.mark.long)])
async def test_a_digest_that_is_withdrawn_and_back_is_marked_and_marked_no_more(tmp_path: Path, withdrawn: str) -> None:
    file = a_file("New")
    async with a_place_apart(tmp_path, DIGEST_BOT_MARK_WITHDRAWN="1") as place:
        (reader,) = await place.telegram.crowd(1)
        # A folder that is half empty is not believed.
        for number in range(3):
            place.publish(f"old-{number}.md", a_file(f"Old {number}"))
        async with place.running():
            await place.subscribe([reader.id])
            place.publish("new.md", file)
            before = await reader.sees("New story")

            if withdrawn == "draft":
                place.publish("new.md", file.replace("title: New", "title: New\ndraft: true"))
            else:
                (place.source / "new.md").unlink()
            await place.until("SELECT vanished_at FROM digests WHERE path = 'new.md'")
            let_a_minute_pass(place)
            await place.until("SELECT count(*) FROM deliveries WHERE kind = 'edit' AND state = 'sent'")
            marked = (await reader.received())[-1]

            place.publish("new.md", file)
            await place.until("SELECT NOT withdrawn FROM digests WHERE path = 'new.md'")
            let_a_minute_pass(place)
            await place.until("SELECT revision = 3 FROM deliveries WHERE kind = 'edit' AND state = 'sent'")
            again = await reader.received()

    assert marked.id == before.id
    assert marked.text == f"Withdrawn by its publisher\n{before.text}"
    assert [message.text for message in again] == [before.text]


@pytest.mark.long
async def test_a_digest_that_changes_while_the_bot_is_down_is_edited_when_it_is_up(tmp_path: Path) -> None:
    async with a_place_apart(tmp_path) as place:
        (reader,) = await place.telegram.crowd(1)
        async with place.running():
            await place.subscribe([reader.id])
            place.publish("new.md", a_file("New"))
            await reader.sees("New story")
            await all_done(place)
        place.publish("new.md", a_file("New").replace("story 1]", "story 1, mended]"))
        async with place.running(ready=False):
            await place.until("SELECT count(*) FROM fan_outs WHERE kind = 'edit'")
            let_a_minute_pass(place)
            await place.until("SELECT count(*) FROM deliveries WHERE kind = 'edit' AND state = 'sent'")

        assert "story 1, mended" in (await reader.received())[-1].text
