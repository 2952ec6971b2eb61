"""Operators are told in private, as soon as Telegram can be reached, and nobody waits for that."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.delivery.courier import Courier
from bot.delivery.outcome import ChatGone, Flood, Outcome, Sent, Unreachable, Unsure
from bot.messages.phrases import languages, phrase
from bot.messages.taps import ShowLatest, write
from bot.notices import Notices, wait_after
from bot.sandbox.client import Person, Telegram
from storage.database import Database
from storage.notices import add_notice
from tests.delivery.conftest import address, courier, database, telegram

__all__ = ["address", "courier", "database", "telegram"]


@pytest.fixture
async def ada(telegram: Telegram) -> Person:
    ada = await telegram.person("Ada")
    await ada.says("/start")
    return ada


def notices_of(courier: Courier, *user_ids: int) -> Notices:
    return Notices(user_ids, courier.database, courier.bot_api, courier.pace, courier.clock)


@asynccontextmanager
async def telling(notices: Notices) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(notices.keep_telling())
        yield
        task.cancel()


async def left(database: Database) -> int:
    async with database.snapshot() as tx:
        return int(await tx.value("SELECT count(*) FROM notices"))


async def all_told(database: Database) -> None:
    async with asyncio.timeout(10):
        while await left(database):
            await asyncio.sleep(0.01)


async def test_an_operator_is_told_once_telegram_is_back(courier: Courier, telegram: Telegram, ada: Person) -> None:
    await telegram.refuse(ada.id, code=500, description="Internal Server Error", times=1)
    # The one before is unknown to Telegram.
    notices = notices_of(courier, 999, ada.id)

    # Before anybody can say it.
    await notices.tell("operator-another-copy")
    with capture_logs() as logs:
        async with telling(notices):
            await ada.next_message()
            await all_told(courier.database)

    assert [message.text for message in await ada.received()] == [phrase("en", "operator-another-copy")]
    assert [(line["event"], line["person"]) for line in logs] == [("notice_not_told", 999)]


async def test_what_was_not_told_is_told_after_a_restart(courier: Courier, ada: Person) -> None:
    await notices_of(courier, ada.id).tell("operator-another-copy")

    async with telling(notices_of(courier, ada.id)):
        await ada.next_message()
        await all_told(courier.database)

    assert len(await ada.received()) == 1


async def test_who_is_no_operator_any_more_is_told_nothing(courier: Courier, ada: Person) -> None:
    await notices_of(courier, ada.id).tell("operator-another-copy")

    async with telling(notices_of(courier)):
        await all_told(courier.database)

    assert await ada.received() == []


async def test_on_a_full_disk_it_is_told_all_the_same(courier: Courier, ada: Person) -> None:
    notices = notices_of(courier, ada.id)
    async with courier.database.transaction() as tx:
        # As many as there are.
        await tx.value("PRAGMA max_page_count = 1")

    # Longer than what the last page has room for.
    await notices.tell("operator-source-down", source="main", problem="p" * 8_000)
    async with telling(notices):
        await ada.next_message()

    assert await left(courier.database) == 0
    assert len(await ada.received()) == 1


async def test_a_notice_told_while_nothing_can_be_written_is_told_once(courier: Courier, ada: Person) -> None:
    notices = notices_of(courier, ada.id)
    await notices.tell("operator-another-copy")
    with sqlite3.connect(courier.database.path, isolation_level=None) as other:
        await courier.database._writer.execute("PRAGMA busy_timeout = 0")  # noqa: SLF001
        other.execute("BEGIN IMMEDIATE")

        async with telling(notices):
            await ada.next_message()
            await notices.tell("operator-source-down", source="main", problem="it is away")
            await ada.next_message()
            other.execute("ROLLBACK")
            await all_told(courier.database)

    assert len(await ada.received()) == 2


@pytest.mark.long
async def test_what_fails_while_nothing_can_be_written_is_tried_again(
    courier: Courier, telegram: Telegram, ada: Person
) -> None:
    notices = notices_of(courier, ada.id)
    await notices.tell("operator-another-copy")
    await telegram.refuse(ada.id, code=500, times=1)
    with sqlite3.connect(courier.database.path, isolation_level=None) as other:
        await courier.database._writer.execute("PRAGMA busy_timeout = 0")  # noqa: SLF001
        other.execute("BEGIN IMMEDIATE")

        with capture_logs() as logs:
            async with telling(notices):
                await ada.next_message()
                other.execute("ROLLBACK")
                await all_told(courier.database)

    assert logs == []
    assert len(await ada.received()) == 1


async def test_each_is_told_in_their_language_with_buttons(courier: Courier, telegram: Telegram) -> None:
    mei = await telegram.person("小梅", language="zh-hans")
    await mei.says("/start")
    async with courier.database.transaction() as tx:
        await tx.run(
            "INSERT INTO subscribers (chat_id, type, language, created_at) VALUES (:id, 'private', 'zh', 0)",
            {"id": mei.id},
        )
        buttons = [("button-latest", write(ShowLatest(0)))]
        await add_notice(tx, mei.id, "operator-another-copy", {}, buttons, now=courier.clock.now())

    async with telling(notices_of(courier, mei.id)):
        message = await mei.next_message()

    assert message.text == phrase("zh-Hans", "operator-another-copy")
    assert message.buttons == ((phrase("zh-Hans", "button-latest"),),)


async def test_who_did_it_is_told_by_the_name_of_now_and_without_a_sound(
    courier: Courier, telegram: Telegram, ada: Person
) -> None:
    grace = await telegram.person("Grace")
    daily = await telegram.channel("Daily", creator=grace)
    await daily.promotes()
    async with courier.database.transaction() as tx:
        for by in (grace.id, 0, 999):
            facts = {"chat_id": daily.id, "title": "", "by": by, "silent": True}
            await add_notice(tx, ada.id, "changed-started", facts, now=courier.clock.now())

    async with telling(notices_of(courier)):
        await all_told(courier.database)

    told = [message.text for message in await ada.received()]
    assert told == ["Grace has started digests in Daily."] + 2 * ["An administrator has started digests in Daily."]
    assert all(call.parameters["disable_notification"] for call in await telegram.calls("sendMessage"))


async def test_what_is_too_long_is_cut(courier: Courier, ada: Person) -> None:
    notices = notices_of(courier, ada.id)

    await notices.tell("operator-source-down", source="main", problem="p" * 8_000)
    async with telling(notices):
        message = await ada.next_message()

    assert message.text.startswith("The source main is out of reach: ppp")
    assert "p…\n" in message.text


async def test_a_phrase_of_another_version_is_named(courier: Courier, ada: Person) -> None:
    notices = notices_of(courier, ada.id)

    await notices.tell("operator-of-tomorrow")
    async with telling(notices):
        message = await ada.next_message()

    assert message.text == "operator-of-tomorrow"


async def test_without_operators_nothing_is_kept(courier: Courier) -> None:
    await notices_of(courier).tell("operator-another-copy")

    assert await left(courier.database) == 0


@pytest.mark.parametrize(
    ("outcome", "attempts", "wait"),
    [
        (Unreachable("away"), 1, timedelta(seconds=1)),
        (Unreachable("away"), 3, timedelta(seconds=4)),
        (Unreachable("away"), 99, timedelta(minutes=5)),
        (Flood(timedelta(hours=1)), 1, timedelta(hours=1)),
        (Unsure("hung"), 1, timedelta(minutes=1)),
        (Unsure("hung"), 3, None),
        (ChatGone("blocked"), 1, None),
        (Sent(7), 1, None),
    ],
)
def test_another_try_waits_for_what_ends_by_itself(outcome: Outcome, attempts: int, wait: timedelta | None) -> None:
    assert wait_after(outcome, attempts) == wait


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("more", [0, 7])
def test_what_operators_are_told_names_every_remark(language: str, more: int) -> None:
    said = phrase(language, "operator-remarks", remarks="a.md: too old\nb.md: too old", more=more)

    lines = said.splitlines()
    assert lines[1:3] == ["a.md: too old", "b.md: too old"]
    assert ("7" in lines[3]) is bool(more)
    assert phrase(language, "operator-another-copy")
