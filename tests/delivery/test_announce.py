"""Announcements go behind digests, at a time that suits their chats, and end as digests do."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from functools import partial

import pytest

from bot.delivery.announce import announce
from bot.delivery.claim import Claimed
from bot.delivery.courier import Courier
from bot.delivery.owe_announcements import owe_announcements
from bot.delivery.settle import Again, Complete, Failed, PartSent, Skipped
from bot.messages.announcement import encode
from bot.sandbox.client import Telegram
from storage import announcements, deliveries, pauses
from storage.announced_counts import counts
from storage.database import Database
from storage.model import Content, Counts, Schedule, SubscriberState
from storage.schedules import set_schedule, wake
from storage.time import to_millis
from tests.builders import MONDAY, a_delivery, a_subscriber, subscribed
from tests.delivery import owing
from tests.delivery.owing import owe

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
STYLED = Content(
    "Read this", entities=({"type": "bold", "offset": 0, "length": 4},), buttons=((("Here", "https://a.org"),),)
)
# As late as the courier of these tests lets anything be.
claimed = partial(owing.claimed, lateness=24 * HOUR)


async def announced(database: Database, content: Content = STYLED) -> int:
    async with database.transaction() as tx:
        id_ = await announcements.open_draft(tx, 1, now=MONDAY)
        await announcements.fill_draft(tx, id_, content)
        await announcements.start(tx, id_, now=MONDAY)
    while await owe_announcements(database, now=MONDAY):
        pass
    return id_


def kinds(found: Claimed) -> list[tuple[str, int]]:
    return [(delivery.kind, delivery.subscriber.address.chat_id) for delivery, _ in found.deliveries]


async def test_a_digest_goes_before_an_announcement_that_waited_longer(database: Database) -> None:
    await subscribed(database, a_subscriber(1), a_subscriber(2), a_subscriber(3, everything=True))
    await announced(database)
    await owe(database, "news.md")

    first, then = await claimed(database, limit=1), await claimed(database, limit=1)

    assert (kinds(first), kinds(then)) == ([("digest", 3)], [("announcement", 1)])


async def test_turns_that_digests_leave_are_an_announcements(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True), a_subscriber(2), a_subscriber(3))
    await announced(database)
    await owe(database, "news.md")

    found = await claimed(database)

    # Who is sent the digest now has the announcement next.
    assert kinds(found) == [("digest", 1), ("announcement", 2), ("announcement", 3)]


async def test_an_announcement_does_not_come_between_the_parts_of_a_digest(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True))
    await announced(database)
    await owe(database, "news.md")
    async with database.transaction() as tx:
        await tx.run(
            "UPDATE deliveries SET parts_sent = 1, try_at = :later WHERE kind = 'digest'",
            {"later": to_millis(MONDAY + HOUR)},
        )

    assert kinds(await claimed(database)) == []


async def test_where_a_part_was_given_up_in_a_pause_digests_go_on(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True))
    id_ = await announced(database)
    await claimed(database)
    async with database.transaction() as tx:
        await announcements.pause(tx, id_)
        await deliveries.give_back(tx, now=MONDAY, resend=False)
    await owe(database, "news.md")

    assert kinds(await claimed(database)) == [("digest", 1)]


@pytest.mark.parametrize("stop", [announcements.pause, announcements.cancel])
async def test_what_is_paused_or_cancelled_has_no_turn(database: Database, stop: Callable[..., object]) -> None:
    await subscribed(database, a_subscriber(1), a_subscriber(2))
    id_ = await announced(database)
    async with database.transaction() as tx:
        await stop(tx, id_)  # type: ignore[misc]

    assert kinds(await claimed(database)) == []


async def test_cancelled_the_others_are_skipped_and_it_adds_up(database: Database) -> None:
    await subscribed(database, *(a_subscriber(n) for n in range(1, 6)))
    id_ = await announced(database)
    sent = (await claimed(database, limit=2)).deliveries
    async with database.transaction() as tx:
        for delivery, _ in sent:
            await deliveries.finish(tx, delivery.id, "sent", now=MONDAY)
        await announcements.cancel(tx, id_)

    while await owe_announcements(database, now=MONDAY):
        pass

    async with database.snapshot() as tx:
        assert await counts(tx, id_) == Counts(sent=2, skipped=3)


async def test_an_operators_pause_holds_it_and_skipping_digests_does_not_skip_it(database: Database) -> None:
    await subscribed(database, a_subscriber(1), a_subscriber(2, everything=True))
    await announced(database)
    await owe(database, "news.md")
    async with database.transaction() as tx:
        await pauses.begin_pause(tx, now=MONDAY)
    held = kinds(await claimed(database))
    async with database.transaction() as tx:
        assert (await pauses.count_waiting(tx)).deliveries == 1
        await pauses.decide_pause(tx, "skip", now=MONDAY)
        pause = await pauses.present_pause(tx)
        assert pause is not None
        assert pause.decision is not None
        await pauses.skip_waiting(tx, range(100), pause.decision, reason="skipped", now=MONDAY)
        await pauses.end_pause(tx, pause.decision)

    assert held == []
    assert kinds(await claimed(database)) == [("announcement", 1), ("announcement", 2)]


async def test_quiet_hours_put_it_off_to_their_end_and_it_is_no_part_of_a_roundup(database: Database) -> None:
    await subscribed(database, a_subscriber(1))
    # MONDAY is four o'clock.
    quiet = Schedule(quiet_hours=(time(22), time(8)))
    async with database.transaction() as tx:
        await set_schedule(tx, 1, quiet, next_due_at=MONDAY + 4 * HOUR)
    await announced(database)

    assert kinds(await claimed(database)) == []
    assert kinds(await claimed(database, now=MONDAY + 3 * HOUR)) == []
    async with database.snapshot() as tx:
        assert await tx.value("SELECT max(held) FROM deliveries") == 0
    assert kinds(await claimed(database, now=MONDAY + 4 * HOUR)) == [("announcement", 1)]


async def test_who_wakes_from_a_snooze_has_it_at_once(database: Database) -> None:
    await subscribed(database, a_subscriber(1))
    asleep = Schedule(snoozed_until=MONDAY + 50 * HOUR)
    async with database.transaction() as tx:
        await set_schedule(tx, 1, asleep, next_due_at=MONDAY + 50 * HOUR)
    await announced(database)
    assert kinds(await claimed(database)) == []

    async with database.transaction() as tx:
        await wake(tx, 1, next_due_at=MONDAY + HOUR, now=MONDAY + HOUR)

    assert kinds(await claimed(database, now=MONDAY + HOUR)) == [("announcement", 1)]


async def test_a_chat_that_rests_has_it_later_and_it_is_never_too_late(database: Database) -> None:
    await subscribed(database, a_subscriber(1), a_subscriber(2))
    await announced(database)

    found = await claimed(database, rest_of=lambda chat: (5 if chat == 1 else 0) * SECOND)

    assert kinds(found) == [("announcement", 2)]
    assert kinds(await claimed(database, now=MONDAY + 4 * SECOND)) == []
    assert kinds(await claimed(database, now=MONDAY + 50 * HOUR)) == [("announcement", 1)]


async def test_who_stopped_or_is_gone_since_is_not_sent_it(courier: Courier) -> None:
    for state in (SubscriberState.STOPPED, SubscriberState.GONE, SubscriberState.PAUSED):
        delivery = replace(a_delivery(a_subscriber(1, state=state)), kind="announcement", announcement_id=1)

        result = await announce(courier, delivery)

        assert result.step == Skipped(f"the subscriber is {state}")


async def test_what_was_given_up_is_only_ended(courier: Courier) -> None:
    delivery = replace(a_delivery(a_subscriber(1), parts_sent=1, given_up=1), kind="announcement", announcement_id=1)

    assert (await announce(courier, delivery)).step == Complete(1)


async def test_it_arrives_with_its_formatting_and_buttons(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    [ada] = await telegram.crowd(1)
    await subscribed(database, a_subscriber(ada.id))
    await announced(database)
    [(delivery, _)] = (await claimed(database)).deliveries

    result = await announce(courier, delivery)

    [message] = await ada.received()
    assert result.step == PartSent(message.id, last=True)
    assert (message.text, message.buttons) == ("Read this", (("Here",),))
    assert [(each["type"], each["offset"], each["length"]) for each in message.raw["entities"]] == [("bold", 0, 4)]


async def test_what_telegram_refuses_is_sent_once_more_plainly(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    [ada] = await telegram.crowd(1)
    await subscribed(database, a_subscriber(ada.id))
    await announced(database)
    [(delivery, _)] = (await claimed(database)).deliveries
    await telegram.refuse(ada.id, code=400, description="Bad Request: BUTTON_URL_INVALID", times=1)

    result = await announce(courier, delivery)

    [message] = await ada.received()
    assert result.step == PartSent(message.id, last=True)
    assert (message.text, message.buttons) == ("Read this", ())


@pytest.mark.parametrize(("attempts", "becomes"), [(1, Again), (300, Failed)])
async def test_what_waited_for_days_is_not_given_up_for_one_failure(
    courier: Courier, telegram: Telegram, database: Database, attempts: int, becomes: type[Again | Failed]
) -> None:
    await subscribed(database, a_subscriber(1))
    await announced(database)
    # Due on a Monday long ago: it was paused, or there are a million.
    [(delivery, _)] = (await claimed(database)).deliveries
    await telegram.refuse(1, code=500, description="Internal Server Error", times=1)

    result = await announce(courier, replace(delivery, attempts=attempts))

    assert isinstance(result.step, becomes)


def test_a_picture_is_sent_by_its_id_with_what_is_said_as_its_caption() -> None:
    content = replace(STYLED, method="sendPhoto", file_id="picture-1")

    body = json.loads(encode(content, silent=True, paid=True))

    assert body == {
        "photo": "picture-1",
        "caption": "Read this",
        "caption_entities": [{"type": "bold", "offset": 0, "length": 4}],
        "reply_markup": {"inline_keyboard": [[{"text": "Here", "url": "https://a.org"}]]},
        "disable_notification": True,
        "allow_paid_broadcast": True,
    }


def test_a_file_may_come_without_a_word() -> None:
    assert json.loads(encode(Content("", "sendDocument", "file-1"))) == {"document": "file-1"}
