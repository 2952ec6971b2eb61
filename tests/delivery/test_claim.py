"""What is taken from the outbox, what is put off, and what is given up as too late."""

from collections.abc import Callable
from datetime import timedelta

from bot.delivery.claim import Claimed
from storage import deliveries, pauses
from storage.database import Database
from storage.deliveries import PartDone
from storage.model import MadeOf
from tests.builders import MONDAY, a_subscriber, subscribed
from tests.delivery.owing import claimed, owe

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def always(rest: timedelta) -> Callable[[int], timedelta]:
    return lambda _: rest


def chats(found: Claimed) -> list[int]:
    return [delivery.subscriber.address.chat_id for delivery, _ in found.deliveries]


async def ends(database: Database) -> list[tuple[str, str | None]]:
    async with database.snapshot() as tx:
        rows = await tx.rows("SELECT state, reason FROM deliveries ORDER BY id")
    return [(row["state"], row["reason"]) for row in rows]


async def test_what_rests_is_put_off_and_in_nobodys_way(database: Database) -> None:
    await subscribed(database, *(a_subscriber(n, everything=True) for n in range(1, 8)))
    await owe(database, "a.md")

    found = await claimed(database, limit=2, rest_of=lambda chat: 5 * SECOND if chat < 6 else timedelta())

    assert chats(found) == [6, 7]
    assert chats(await claimed(database, now=MONDAY + 4 * SECOND)) == []
    assert chats(await claimed(database, now=MONDAY + 5 * SECOND)) == [1, 2, 3, 4, 5]


async def test_digests_for_one_chat_keep_their_order_when_it_rests(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True))
    await owe(database, "a.md", "b.md", "c.md")
    order = []
    for second in range(60):
        now = MONDAY + second * SECOND
        # A reply comes in between now and then, and the chat rests for three seconds after each message.
        rest = timedelta() if second % 3 == 0 else (3 - second % 3) * SECOND
        for delivery, _ in (await claimed(database, now=now, rest_of=always(rest))).deliveries:
            order.append(delivery.digest_id)
            async with database.transaction() as tx:
                await deliveries.finish(tx, delivery.id, "sent", now=now)

    assert order == [1, 2, 3]


async def test_what_was_never_tried_in_time_is_skipped_and_what_was_tried_in_vain_has_failed(
    database: Database,
) -> None:
    await subscribed(database, *(a_subscriber(n, everything=True) for n in (1, 2, 3)))
    await owe(database, "a.md")
    tried = (await claimed(database, limit=1)).deliveries[0][0]
    async with database.transaction() as tx:
        await deliveries.postpone(tx, tried.id, try_at=MONDAY + HOUR, reason="Telegram is away")
    await owe(database, "b.md", due_at=MONDAY + 25 * HOUR)

    found = await claimed(database, now=MONDAY + 26 * HOUR, lateness=24 * HOUR)

    assert found.late == 3
    assert [delivery.digest_id for delivery, _ in found.deliveries] == [2, 2, 2]
    skipped = ("skipped", "too late: it was due more than 24 hours ago (DIGEST_BOT_CATCH_UP_HOURS)")
    failed = ("failed", "given up after 1 tries: Telegram is away")
    assert (await ends(database))[:3] == [failed, skipped, skipped]


async def test_a_hundred_thousand_late_ones_hold_up_nobody_for_long(database: Database) -> None:
    await subscribed(database, *(a_subscriber(n, everything=True) for n in range(1, 9_001)))
    await owe(database, "old.md")
    await owe(database, "new.md", due_at=MONDAY + 25 * HOUR)

    claims = 0
    while not (found := await claimed(database, now=MONDAY + 26 * HOUR, lateness=24 * HOUR)).deliveries:
        assert found.late > 0
        claims += 1

    # Thousands at a claim, each of which lets others in.
    assert claims <= 3
    assert {delivery.digest_id for delivery, _ in found.deliveries} == {2}


async def test_what_held_a_delivery_makes_it_no_later(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True))
    await owe(database, "a.md")

    found = await claimed(database, rest_of=always(30 * HOUR), lateness=24 * HOUR)
    assert chats(found) == []

    assert chats(await claimed(database, now=MONDAY + 31 * HOUR, lateness=24 * HOUR)) == [1]


async def test_nothing_is_taken_while_an_operator_pauses_it_all(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True))
    await owe(database, "a.md")
    async with database.transaction() as tx:
        await pauses.begin_pause(tx, now=MONDAY)

    paused = await claimed(database, now=MONDAY + 30 * HOUR, lateness=24 * HOUR)

    assert (paused.deliveries, paused.late) == ([], 0)


async def test_what_is_begun_goes_on_as_it_was_though_nobody_knows_whether_it_arrived(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True, layout="headlines"))
    await owe(database, "a.md")
    await claimed(database)
    async with database.transaction() as tx:
        await deliveries.give_back(tx, now=MONDAY, resend=False)
        await tx.run("UPDATE subscribers SET layout = 'full'")

    ((delivery, made_of),) = (await claimed(database)).deliveries

    assert (delivery.parts_sent, delivery.given_up) == (1, 1)
    assert made_of == MadeOf(1, 1, "headlines", "en")


async def test_until_a_part_went_out_the_preferences_of_now_count(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True, layout="headlines"))
    await owe(database, "a.md")
    await claimed(database)
    async with database.transaction() as tx:
        await deliveries.give_back(tx, now=MONDAY, resend=True)
        await tx.run("UPDATE subscribers SET layout = 'full'")

    ((delivery, made_of),) = (await claimed(database)).deliveries

    assert (delivery.doubts, made_of.layout) == (1, "full")


async def test_a_part_that_was_sent_lets_the_next_wait_for_the_chats_rest(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True))
    await owe(database, "a.md")
    ((delivery, _),) = (await claimed(database)).deliveries
    async with database.transaction() as tx:
        await deliveries.record_parts(tx, [PartDone(delivery.id, 10, MONDAY + SECOND)])

    assert chats(await claimed(database)) == []
    assert chats(await claimed(database, now=MONDAY + SECOND)) == [1]
