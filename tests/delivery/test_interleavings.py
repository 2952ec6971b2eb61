"""What two things at once make of each other: one chat and the others, an operator and the time, a failure and all."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.bot_api import BotApi
from bot.clock import SystemClock
from bot.delivery.claim import claim
from bot.delivery.courier import Courier
from bot.delivery.deliver import deliver
from bot.delivery.owe_edits import Edits, owe_edits
from bot.delivery.pace import Pace
from bot.delivery.publish import owe_now
from bot.delivery.resume import resume
from bot.delivery.selecting import Selector
from bot.delivery.settle import Skipped
from bot.delivery.write_down import Result, write_down
from bot.sandbox.client import Telegram
from storage import chats, deliveries, pauses
from storage.database import Database
from tests.builders import MONDAY, a_digest, a_subscriber, stored, subscribed
from tests.clocks import HandClock
from tests.delivery.owing import claimed, owe

MILLISECOND = timedelta(milliseconds=1)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
GROUP = -100


def group_rests(chat_id: int) -> timedelta:
    return 3 * SECOND if chat_id == GROUP else timedelta()


async def test_whoever_stands_behind_hundreds_for_one_chat_does_not_wait_for_it(database: Database) -> None:
    topics = [a_subscriber(GROUP, topic_id=topic, type_="supergroup", everything=True) for topic in range(2, 402)]
    await subscribed(database, *topics, a_subscriber(7, everything=True))
    await owe(database, "a.md")

    found = await claimed(database, limit=1, rest_of=group_rests)

    assert [delivery.subscriber.address.chat_id for delivery, _ in found.deliveries] == [7]


async def test_who_has_not_looked_at_all_that_is_due_is_told_to_look_again(database: Database) -> None:
    topics = [a_subscriber(GROUP, topic_id=topic, type_="supergroup", everything=True) for topic in range(2, 802)]
    await subscribed(database, *topics, a_subscriber(7, everything=True))
    await owe(database, "a.md")

    first = await claimed(database, limit=1, rest_of=group_rests)
    second = await claimed(database, limit=1, rest_of=group_rests)

    assert (first.deliveries, first.more) == ([], True)
    assert [delivery.subscriber.address.chat_id for delivery, _ in second.deliveries] == [7]
    assert not second.more


async def test_many_digests_for_one_chat_keep_their_order_however_late_a_claim_comes_to_the_pen(
    database: Database,
) -> None:
    await subscribed(database, a_subscriber(1, everything=True))
    await owe(database, *(f"{number:02}.md" for number in range(30)))
    order, free_at = list[int](), MONDAY
    for step in range(2_000):
        now = MONDAY + step * 50 * MILLISECOND
        # What a claim is told of the rest is a little shorter than it was when the claim began.
        late = step % 4 * MILLISECOND
        rest = max(timedelta(), free_at - now - late)
        for delivery, _ in (await claimed(database, now=now, limit=1, rest_of={1: rest}.__getitem__)).deliveries:
            order.append(delivery.digest_id)
            free_at = now + 3 * SECOND
            async with database.transaction() as tx:
                await deliveries.finish(tx, delivery.id, "sent", now=now)

    assert order == sorted(order)
    assert len(order) == 30


async def test_what_waits_for_a_busy_chat_does_not_hide_when_the_next_is_due(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True), a_subscriber(2, everything=True))
    await owe(database, "a.md")
    async with database.transaction() as tx:
        await deliveries.postpone(tx, 2, try_at=MONDAY + SECOND, reason="Telegram asks to wait for 1 s")

        assert await deliveries.next_try(tx, after=MONDAY) == MONDAY + SECOND


async def test_a_digest_goes_on_where_it_has_begun_before_it_begins_elsewhere(database: Database) -> None:
    await subscribed(database, *(a_subscriber(n, everything=True) for n in range(1, 9)))
    await owe(database, "a.md")
    ((delivery, _),) = (await claimed(database, limit=1, rest_of=group_rests)).deliveries
    async with database.transaction() as tx:
        await deliveries.record_parts(tx, [deliveries.PartDone(delivery.id, 10, MONDAY + SECOND)])

    meanwhile = (await claimed(database, limit=1, rest_of=group_rests)).deliveries
    then = (await claimed(database, now=MONDAY + SECOND, limit=2, rest_of=group_rests)).deliveries

    assert [each.subscriber.address.chat_id for each, _ in [*meanwhile, *then]] == [2, 1, 3]


async def test_who_comes_back_is_not_sent_what_an_operator_skipped_meanwhile(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True))
    await owe(database, "a.md")
    async with database.transaction() as tx:
        await chats.lose_chat(tx, 1, reason="blocked the bot", now=MONDAY)
        await pauses.begin_pause(tx, now=MONDAY)
        await pauses.decide_pause(tx, "skip", now=MONDAY + SECOND)
    assert await resume(database, HandClock(MONDAY + SECOND))

    async with database.transaction() as tx:
        back = await chats.regain_chat(tx, 1, now=MONDAY + 9 * SECOND, catch_up=None)

    assert back == chats.Regained(subscribers=1, deliveries=0)


@pytest.mark.parametrize(("back", "state"), [(True, "waiting"), (False, "skipped")])
async def test_who_is_lost_and_back_while_a_delivery_flies_misses_nothing(
    database: Database, *, back: bool, state: str
) -> None:
    await subscribed(database, a_subscriber(1, everything=True))
    await owe(database, "a.md")
    async with database.transaction() as tx:
        await chats.lose_chat(tx, 1, reason="the bot was removed", now=MONDAY)
    ((delivery, _),) = (await claimed(database, limit=1, rest_of=group_rests)).deliveries

    async with database.transaction() as tx:
        if back:
            await chats.regain_chat(tx, 1, now=MONDAY, catch_up=None)
        await write_down(tx, [Result(delivery, Skipped("the subscriber is gone"), MONDAY)])

    async with database.snapshot() as tx:
        assert await tx.value("SELECT state FROM deliveries") == state


async def test_for_one_that_is_late_nobody_looks_through_all_that_are_not(database: Database) -> None:
    await subscribed(database, *(a_subscriber(n, everything=True) for n in range(1, 3_001)))
    await owe(database, "a.md")
    long_ago = MONDAY - timedelta(hours=25)
    async with database.transaction() as tx:
        await tx.run(
            "UPDATE deliveries SET due_at = :at WHERE id IN (1, 3000)", {"at": int(long_ago.timestamp() * 1000)}
        )

    found = await database.at_once(
        partial(
            claim,
            now=MONDAY,
            limit=1,
            busy=(),
            rest_of=group_rests,
            lateness=timedelta(hours=24),
            selector=Selector(),
        )
    )

    # The one at the other end is given up when it comes to its turn.
    assert found.late == 1
    assert [delivery.id for delivery, _ in found.deliveries] == [2]


@pytest.mark.parametrize("by_hand", [True, False])
async def test_what_was_begun_and_goes_on_after_a_change_is_edited(database: Database, *, by_hand: bool) -> None:
    await subscribed(database, a_subscriber(1, everything=True))
    await owe(database, "a.md")
    ((delivery, _),) = (await claimed(database, limit=1, rest_of=group_rests)).deliveries
    async with database.transaction() as tx:
        await deliveries.record_parts(tx, [deliveries.PartDone(delivery.id, 10, MONDAY + SECOND)])
        await chats.lose_chat(tx, 1, reason="blocked the bot", now=MONDAY)
        await deliveries.finish(tx, delivery.id, "skipped", now=MONDAY, reason="the subscriber is gone")
    changed = await stored(database, a_digest(path="a.md", title="Corrected"), now=MONDAY + SECOND)
    await edits_owed(database, MONDAY + HOUR)

    async with database.transaction() as tx:
        if by_hand:
            await owe_now(tx, changed, now=MONDAY + 2 * HOUR)
        await chats.regain_chat(tx, 1, now=MONDAY + 2 * HOUR, catch_up=None)
    ((_, made_of),) = (await claimed(database, now=MONDAY + 2 * HOUR, limit=1, rest_of=group_rests)).deliveries
    end = MONDAY + 2 * HOUR
    async with database.transaction() as tx:
        await deliveries.record_parts(tx, [deliveries.PartDone(delivery.id, 11, end, "sent", None, end)])
    await edits_owed(database, MONDAY + 3 * HOUR)

    assert made_of.revision < changed.revision
    async with database.snapshot() as tx:
        assert await tx.value("SELECT count(*) FROM deliveries WHERE kind = 'edit' AND state = 'waiting'") == 1


async def edits_owed(database: Database, now: datetime) -> None:
    while await owe_edits(database, Edits(48 * HOUR), now=now):
        pass


class HoursLater(SystemClock):
    """The clock of the machine, put forward as if so much time had passed."""

    ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead.total_seconds()


async def test_what_telegram_kept_all_from_makes_no_try_the_last(courier: Courier, telegram: Telegram) -> None:
    clock = HoursLater()
    courier = replace(courier, clock=clock, pace=Pace(200, clock))
    await subscribed(courier.database, a_subscriber((await telegram.person("Ada")).id, everything=True))
    await owe(courier.database, "a.md", due_at=clock.now())
    courier.pace.rest_all(timedelta(hours=30))
    clock.ahead = timedelta(hours=31)
    await telegram.refuse(code=500, description="Internal Server Error")
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(deliver(courier, stopping))
        async with asyncio.timeout(8):
            while not await was_tried(courier.database):
                await asyncio.sleep(0.01)
        stopping.set()
        courier.bell.ring()

    async with courier.database.snapshot() as tx:
        assert await tx.value("SELECT state FROM deliveries") == "waiting"


async def was_tried(database: Database) -> bool:
    async with database.snapshot() as tx:
        return bool(await tx.value("SELECT attempts > 0 AND state <> 'sending' FROM deliveries"))


ODD = [
    (429, {"parameters": {"retry_after": 1e12}}),
    (429, {"parameters": {"retry_after": -5}}),
    (429, {"parameters": {"retry_after": "soon"}}),
    (400, {"description": "x", "parameters": [1]}),
    (400, {"description": "x", "parameters": {"migrate_to_chat_id": "y"}}),
    (200, {"result": {"message_id": 10**30}}),
]


@pytest.mark.parametrize(("status", "answer"), ODD)
async def test_an_odd_answer_to_one_call_ends_no_other(
    status: int, answer: dict[str, object], courier: Courier
) -> None:
    async def answered(_: web.Request) -> web.Response:
        return web.json_response({"ok": status < 400, "error_code": status} | answer, status=status)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answered)
    await subscribed(courier.database, a_subscriber(1, everything=True), a_subscriber(2, everything=True))
    await owe(courier.database, "a.md")
    async with TestServer(application) as server:
        odd = replace(
            courier, bot_api=BotApi(courier.bot_api.request, str(server.make_url("/bot4242:x"))), lateness=None
        )
        stopping = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(deliver(odd, stopping))
            async with asyncio.timeout(8):
                while not await both_were_tried(courier.database):
                    await asyncio.sleep(0.01)
            stopping.set()
            odd.bell.ring()


async def both_were_tried(database: Database) -> bool:
    async with database.snapshot() as tx:
        return bool(await tx.value("SELECT sum(attempts) = 2 FROM deliveries"))
