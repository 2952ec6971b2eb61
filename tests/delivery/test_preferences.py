"""Each thing that a subscriber may ask for changes what arrives."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.delivery.courier import Courier
from bot.delivery.roundups import round_up
from bot.digests.wording import read_words
from bot.sandbox.client import Person, Telegram
from storage.database import Database
from storage.model import Digest
from storage.notices import count_notices, next_notice
from storage.words import keep_words
from tests.builders import a_digest, a_subscriber, an_item, subscribed
from tests.delivery.test_edit import change, delivering, editor, owe

__all__ = ["editor"]

QWEN = an_item("Qwen is out", "It is small.", link="https://example.org/qwen")
MUSK = an_item("Musk says so", "He does.", link="https://example.org/musk")
ROBOT = an_item("A robot walks", "It does.", link="https://example.org/robot")


async def a_reader(telegram: Telegram, database: Database, **preferences: Any) -> Person:  # noqa: ANN401 - as `a_subscriber` takes them
    """Somebody who reads, with these preferences; *columns* are those of `subscribers`."""
    person = await telegram.person("Ada")
    await person.says("/start")
    columns = preferences.pop("columns", {})
    await subscribed(database, a_subscriber(person.id, **({"everything": True} | preferences)))
    async with database.transaction() as tx:
        for name, value in columns.items():
            await tx.run(f"UPDATE subscribers SET {name} = :value", {"value": value})  # noqa: S608
    return person


async def words(database: Database, *, followed: str = "", muted: str = "") -> None:
    async with database.transaction() as tx:
        for word in read_words(followed):
            await keep_words(tx, 1, "follow", [word])
        for word in read_words(muted):
            await keep_words(tx, 1, "mute", [word])


async def received(editor: Courier, person: Person, *digests: Digest, state: str = "sent") -> list[str]:
    async with delivering(editor):
        for digest in digests:
            await owe(editor, digest)
            await until(editor.database, state)
    return [message.text for message in await person.received()]


async def test_the_language_is_that_of_what_is_said(editor: Courier, telegram: Telegram, database: Database) -> None:
    ada = await a_reader(telegram, database, language="zh-Hans")

    (text,) = await received(editor, ada, a_digest(QWEN))

    assert "年" in text


async def test_the_layout_is_that_of_the_items(editor: Courier, telegram: Telegram, database: Database) -> None:
    ada = await a_reader(telegram, database, layout="headlines")

    (text,) = await received(editor, ada, a_digest(QWEN))

    assert "Qwen is out" in text
    assert "It is small." not in text


@pytest.mark.parametrize("previews", [0, 1])
async def test_previews_are_shown_if_wanted(
    editor: Courier, telegram: Telegram, database: Database, previews: int
) -> None:
    ada = await a_reader(telegram, database, columns={"previews": previews})

    await received(editor, ada, a_digest(QWEN))

    (call,) = await telegram.calls("sendMessage")
    assert (call.parameters.get("link_preview_options") is None) == bool(previews)


@pytest.mark.parametrize("sound", [0, 1])
async def test_a_phone_rings_if_wanted(editor: Courier, telegram: Telegram, database: Database, sound: int) -> None:
    ada = await a_reader(telegram, database, columns={"sound": sound})

    await received(editor, ada, a_digest(QWEN))

    (call,) = await telegram.calls("sendMessage")
    assert (call.parameters.get("disable_notification") is None) == bool(sound)


async def test_an_item_that_is_muted_is_left_out(editor: Courier, telegram: Telegram, database: Database) -> None:
    ada = await a_reader(telegram, database)
    await words(database, muted="musk")

    (text,) = await received(editor, ada, a_digest(QWEN, MUSK, ROBOT))

    assert "Qwen is out" in text
    assert "A robot walks" in text
    assert "Musk" not in text
    assert "2 of 3 items" in text


async def test_a_digest_of_which_nothing_is_left_is_not_sent(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = await a_reader(telegram, database)
    await words(database, muted="musk")

    assert await received(editor, ada, a_digest(MUSK), state="skipped") == []
    assert await rows(database) == [("skipped", "muted words hide all of it")]


async def test_what_is_followed_comes_from_outside_the_categories(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = await a_reader(telegram, database, everything=False, categories=["AI"])
    await words(database, followed="qwen")

    (text,) = await received(editor, ada, a_digest(QWEN, ROBOT, categories=["robots"]))

    assert "Qwen is out" in text
    assert "robot walks" not in text


async def test_who_follows_gets_a_digest_all_of_which_is_followed(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = await a_reader(telegram, database, everything=False)
    await words(database, followed="qwen")

    (text,) = await received(editor, ada, a_digest(QWEN))

    assert "Qwen is out" in text


async def test_a_word_that_is_muted_and_followed_is_muted(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = await a_reader(telegram, database, everything=False)
    await words(database, followed="walks qwen", muted="robot")

    (text,) = await received(editor, ada, a_digest(QWEN, ROBOT))

    assert "robot" not in text


@pytest.mark.parametrize("fold", [0, 1])
async def test_a_story_told_before_is_only_named_if_wanted(
    editor: Courier, telegram: Telegram, database: Database, fold: int
) -> None:
    ada = await a_reader(telegram, database, columns={"fold_told": fold})
    first = a_digest(QWEN, path="1.md", title="First")
    second = a_digest(QWEN, ROBOT, path="2.md", title="Second", published_at=first.published_at)

    texts = await received(editor, ada, first, second)

    assert ("It is small." in texts[1]) != bool(fold)
    assert ("also in First" in texts[1]) == bool(fold)
    assert "It does." in texts[1]


async def test_quiet_hours_keep_what_comes_until_they_end(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    now = editor.clock.now()
    ada = await a_reader(telegram, database, columns=quiet_around(now))

    async with delivering(editor):
        await owe(editor, a_digest(QWEN, path="1.md", title="First"))
        await owe(editor, a_digest(ROBOT, path="2.md", title="Second"))
        await until_held(database, 2)
        assert await ada.received() == []
        await wake(database, quiet_from=None, quiet_until=None)
        await round_up(database, now=editor.clock.now())
        await until(database, "sent", "sent", "sent")

    (message,) = await ada.received()
    assert "Qwen is out" in message.text
    assert "A robot walks" in message.text


async def test_what_is_snoozed_comes_when_that_ends(editor: Courier, telegram: Telegram, database: Database) -> None:
    later = editor.clock.now() + timedelta(hours=1)
    ada = await a_reader(telegram, database, columns={"snoozed_until": int(later.timestamp() * 1000)})

    async with delivering(editor):
        await owe(editor, a_digest(QWEN))
        await until_held(database, 1)
        await wake(database, snoozed_until=None)
        await round_up(database, now=editor.clock.now())
        await until(database, "sent")

    # One alone comes as the digest that it is.
    (message,) = await ada.received()
    assert "It is small." in message.text


@pytest.mark.parametrize("cadence", ["daily", "weekdays", "weekly"])
async def test_who_wants_roundups_gets_nothing_until_then(
    editor: Courier, telegram: Telegram, database: Database, cadence: str
) -> None:
    ada = await a_reader(telegram, database, columns={"cadence": cadence})

    async with delivering(editor):
        await owe(editor, a_digest(QWEN, path="1.md"))
        await owe(editor, a_digest(QWEN, ROBOT, path="2.md"))
        await until_held(database, 2)
        await wake(database)
        await round_up(database, now=editor.clock.now())
        await until(database, "sent", "sent", "sent")

    # And a link only once.
    (message,) = await ada.received()
    assert message.text.count("Qwen is out") == 1
    assert "A robot walks" in message.text
    assert await rows(database, "kind, held, parts_sent") == [("digest", 0, 0), ("digest", 0, 0), ("roundup", 0, 1)]


async def test_a_roundup_leaves_out_what_is_muted_since(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = await a_reader(telegram, database, columns={"cadence": "daily"})

    async with delivering(editor):
        await owe(editor, a_digest(MUSK, path="1.md"))
        await owe(editor, a_digest(QWEN, MUSK, path="2.md"))
        await until_held(database, 2)
        await words(database, muted="musk")
        await wake(database)
        await round_up(database, now=editor.clock.now())
        await until(database, "skipped", "sent", "sent")

    (message,) = await ada.received()
    assert "Qwen is out" in message.text
    assert "Musk" not in message.text


@pytest.mark.parametrize(("digests", "tells"), [(1, 1), (2, 1), (2, 0)])
async def test_a_roundup_of_which_nothing_is_left_says_so_if_wanted(
    editor: Courier, telegram: Telegram, database: Database, digests: int, tells: int
) -> None:
    ada = await a_reader(telegram, database, columns={"cadence": "daily", "tell_nothing": tells})
    await words(database, muted="musk")

    async with delivering(editor):
        for number in range(digests):
            await owe(editor, a_digest(MUSK, path=f"{number}.md"))
        await until_held(database, digests)
        await wake(database)
        await round_up(database, now=editor.clock.now())
        await until(database, *["skipped"] * (digests if digests == 1 else digests + 1))

    assert await ada.received() == []
    async with database.snapshot() as tx:
        notice = await next_notice(tx, now=editor.clock.now())
        assert await count_notices(tx) == tells
    assert notice is None or (notice.phrase, notice.user_id) == ("nothing-came", ada.id)


async def test_an_edit_shows_what_is_wanted_of_what_the_digest_says_now(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = await a_reader(telegram, database)
    await words(database, muted="musk")
    await received(editor, ada, a_digest(QWEN, MUSK, ROBOT))

    changed = a_digest(MUSK, an_item("Qwen is out again"), ROBOT)
    async with delivering(editor):
        await change(editor, changed)
        await until(editor.database, "sent", "sent")

    (message,) = await ada.received()
    assert "Qwen is out again" in message.text
    assert "Musk" not in message.text
    assert await rows(database, "kind, selection") == [
        ("digest", '{"items": [1, 2]}'),
        ("edit", '{"items": [1, 2]}'),
    ]


async def rows(database: Database, columns: str = "state, reason") -> list[tuple[Any, ...]]:
    async with database.snapshot() as tx:
        return [tuple(row) for row in await tx.rows(f"SELECT {columns} FROM deliveries ORDER BY id")]  # noqa: S608


async def until(database: Database, *expected: str) -> None:
    """Wait until the last deliveries are in these states, in order of their ids."""
    async with asyncio.timeout(20):
        while [row[0] for row in await rows(database)][-len(expected) :] != list(expected):
            await asyncio.sleep(0.01)


def quiet_around(now: datetime) -> dict[str, int]:
    minutes = now.hour * 60 + now.minute
    return {"quiet_from": (minutes - 60) % 1440, "quiet_until": (minutes + 60) % 1440}


async def until_held(database: Database, number: int) -> None:
    async with asyncio.timeout(20):
        while await rows(database, "held") != [(1,)] * number:
            await asyncio.sleep(0.01)


async def wake(database: Database, **columns: None) -> None:
    """Let the time have come, and nothing hold what was held."""
    async with database.transaction() as tx:
        await tx.run("UPDATE subscribers SET next_due_at = 1")
        for name in columns:
            await tx.run(f"UPDATE subscribers SET {name} = NULL")  # noqa: S608
