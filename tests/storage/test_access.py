"""Guests, the links that let them in, and who is shut out."""

import asyncio
from datetime import datetime, timedelta

import pytest

from storage.access import (
    Guest,
    Invite,
    accept_invite,
    add_invite,
    are_shut_out,
    count_guests,
    guests,
    is_guest,
    is_served,
    is_shut_out,
    let_in,
    let_in_earlier,
    open_invite_of,
    open_invites,
    send_away,
    shut_out,
    withdraw_invite,
)
from storage.database import Database
from storage.model import SubscriberState
from tests.builders import MONDAY, a_subscriber, set_state, subscribed

ADA, BOB, OLGA, GROUP = 700_001, 700_002, 700_003, -700_004
DAY = timedelta(days=1)


async def invite(
    database: Database, code: str = "c", *, people: int | None = 1, ends_at: datetime | None = None
) -> None:
    async with database.transaction() as tx:
        await add_invite(tx, code, made_by=OLGA, people=people, ends_at=ends_at, now=MONDAY)


async def accept(database: Database, user_id: int, code: str = "c", *, now: datetime = MONDAY) -> bool:
    async with database.transaction() as tx:
        return await accept_invite(tx, code, user_id, now=now)


async def test_of_two_who_open_a_link_for_one_at_once_one_gets_in(database: Database) -> None:
    await invite(database, people=1)

    entered = await asyncio.gather(*(accept(database, user_id) for user_id in range(1, 9)))

    assert sum(entered) == 1
    async with database.snapshot() as tx:
        assert await count_guests(tx) == 1
        assert await open_invites(tx, now=MONDAY) == []


async def test_who_opens_a_link_twice_takes_one_place(database: Database) -> None:
    await invite(database, people=2)

    assert [await accept(database, ADA), await accept(database, ADA), await accept(database, BOB)] == [True] * 3
    assert not await accept(database, OLGA)


async def test_a_guest_takes_no_place_of_another_link(database: Database) -> None:
    await invite(database, "first", people=1)
    await invite(database, "second", people=1)

    assert await accept(database, ADA, "first")
    assert await accept(database, ADA, "second")
    assert await accept(database, BOB, "second")


@pytest.mark.parametrize(("later", "enters"), [(DAY - timedelta(milliseconds=1), True), (DAY, False)])
async def test_a_link_ends(database: Database, later: timedelta, *, enters: bool) -> None:
    await invite(database, people=None, ends_at=MONDAY + DAY)

    assert await accept(database, ADA, now=MONDAY + later) is enters


async def test_a_link_for_any_number_has_no_end_until_it_is_withdrawn(database: Database) -> None:
    await invite(database, people=None)
    entered = [await accept(database, user_id, now=MONDAY + 9999 * DAY) for user_id in range(1, 30)]

    async with database.transaction() as tx:
        assert await open_invites(tx, now=MONDAY) == [Invite("c", None, None)]
        assert await open_invite_of(tx, 1, now=MONDAY) == Invite("c", None, None)
        withdrawn = await withdraw_invite(tx, "c", now=MONDAY)
        again = await withdraw_invite(tx, "c", now=MONDAY)
        assert await open_invites(tx, now=MONDAY) == []
        assert await open_invite_of(tx, 1, now=MONDAY) is None

    assert all(entered)
    assert (withdrawn, again) == (True, False)
    assert not await accept(database, ADA)
    async with database.snapshot() as tx:
        assert await is_guest(tx, 1)


async def test_a_code_that_nobody_made_lets_nobody_in(database: Database) -> None:
    await invite(database)

    assert not await accept(database, ADA, "C")
    assert not await accept(database, ADA, "")


async def test_guests_are_listed_with_how_they_came(database: Database) -> None:
    await invite(database)
    async with database.transaction() as tx:
        assert await let_in(tx, BOB, now=MONDAY)
        assert not await let_in(tx, BOB, now=MONDAY + DAY)
    await accept(database, ADA, now=MONDAY + DAY)

    async with database.transaction() as tx:
        assert await guests(tx, offset=0, limit=9) == [Guest(ADA, MONDAY + DAY, True), Guest(BOB, MONDAY, False)]
        assert [each.user_id for each in await guests(tx, offset=1, limit=1)] == [BOB]
        assert await send_away(tx, BOB, now=MONDAY)
        assert not await send_away(tx, BOB, now=MONDAY)
        assert not await is_guest(tx, BOB)


async def states(database: Database) -> dict[int, tuple[str, str | None]]:
    async with database.snapshot() as tx:
        rows = await tx.rows("SELECT chat_id, state, state_reason FROM subscribers")
    return {row["chat_id"]: (row["state"], row["state_reason"]) for row in rows}


async def test_people_are_shut_out_but_for_operators_and_guests_and_groups(database: Database) -> None:
    await subscribed(database, *(a_subscriber(each) for each in (ADA, BOB, OLGA, 4, 5)))
    await subscribed(database, a_subscriber(GROUP, type_="supergroup"))
    async with database.transaction() as tx:
        await set_state(tx, 4, SubscriberState.STOPPED)
        await let_in(tx, ADA, now=MONDAY)
        for _ in range(2):
            await shut_out(tx, operators=[OLGA], guests_too=True, now=MONDAY)
        out = await are_shut_out(tx)

    assert sorted(out) == [5, BOB]
    assert await states(database) == {
        ADA: ("active", None),
        BOB: ("paused", "not let in (DIGEST_BOT_ACCESS)"),
        OLGA: ("active", None),
        4: ("stopped", None),
        5: ("paused", "not let in (DIGEST_BOT_ACCESS)"),
        GROUP: ("active", None),
    }

    async with database.transaction() as tx:
        assert not await is_shut_out(tx, ADA)
        await shut_out(tx, operators=[OLGA], guests_too=False, now=MONDAY)
        assert await is_shut_out(tx, ADA)
        await let_in_earlier(tx, now=MONDAY + DAY)
        assert {each.user_id for each in await guests(tx, offset=0, limit=9)} == {ADA, BOB, 5}


async def test_whom_an_operator_sent_away_is_not_let_in_with_the_others(database: Database) -> None:
    await subscribed(database, *(a_subscriber(each) for each in (ADA, BOB, OLGA, 4)))
    async with database.transaction() as tx:
        await set_state(tx, 4, SubscriberState.STOPPED)
        await let_in(tx, ADA, now=MONDAY)
        await shut_out(tx, operators=[OLGA], guests_too=True, now=MONDAY)
        for user_id in (ADA, BOB, 4):
            await send_away(tx, user_id, now=MONDAY + DAY)
        await shut_out(tx, operators=[], guests_too=True, now=MONDAY)
        await let_in_earlier(tx, now=MONDAY)

        assert [each.user_id for each in await guests(tx, offset=0, limit=9)] == [OLGA]
        assert sorted(await are_shut_out(tx)) == [ADA, BOB, OLGA]
        assert await are_shut_out(tx, sent_away_too=False) == [OLGA]
        assert [await is_shut_out(tx, user_id) for user_id in (ADA, 4)] == [True, False]


async def test_a_group_is_served_from_when_it_is_subscribed_until_it_stops_or_the_bot_is_gone(
    database: Database,
) -> None:
    async with database.snapshot() as tx:
        assert not await is_served(tx, GROUP)
    await subscribed(database, a_subscriber(GROUP, type_="supergroup", topic_id=3))
    async with database.snapshot() as tx:
        assert await is_served(tx, GROUP)
    async with database.transaction() as tx:
        for state, is_still in (
            (SubscriberState.PAUSED, True),
            (SubscriberState.STOPPED, False),
            (SubscriberState.GONE, False),
        ):
            await set_state(tx, GROUP, state)
            assert await is_served(tx, GROUP) is is_still
