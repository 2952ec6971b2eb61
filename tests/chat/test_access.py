"""For whom the bot is: each mode, each kind of person, each way to ask for something."""

from datetime import timedelta

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.access import Access
from bot.messages.taps import ShowLatest, write
from bot.sandbox.client import Telegram
from storage.access import add_invite, let_in, shut_out
from storage.database import Database
from storage.model import SubscriberState
from storage.privacy import kept_of
from tests.builders import a_subscriber, subscribed
from tests.chat.conftest import MONDAY, Archive, Talk, a_digest
from tests.chat.operated import clock, grace, operators
from tests.clocks import HandClock

__all__ = ["clock", "grace", "operators"]

BY_INVITATION = "This bot is by invitation. Ask whoever runs it for a link."
NOT_FOR_EVERYBODY = "This bot is not for everybody."
OVER = "This link has ended, or as many as it was for have used it. Ask whoever runs this bot for another."
LINES = {BY_INVITATION, NOT_FOR_EVERYBODY, OVER}
SAID = ("/start", "/start cat_Bees", "/categories", "/subscribe", "/nonsense", "bees", "/pause", "/allow", "/forget")


@pytest.fixture
def access() -> Access:
    return Access("invited", "operators")


@pytest.fixture
def people(ada: Talk, grace: Talk, bob: Talk) -> dict[str, Talk]:
    return {"operator": ada, "guest": grace, "stranger": bob}


async def an_old_button(telegram_bot: ExtBot[None], talk: Talk) -> None:
    buttons = [InlineKeyboardButton("old", callback_data=write(ShowLatest(0)))]
    await telegram_bot.send_message(talk.person.id, "An old message", reply_markup=InlineKeyboardMarkup([buttons]))


async def turned_away(telegram_bot: ExtBot[None], talk: Talk) -> set[str]:
    """What the bot answers to in one line, of all that one can ask it in every way."""
    refused = {text for text in SAID if (await talk.says(text)).text in LINES}
    await an_old_button(telegram_bot, talk)
    await talk.person.next_message()
    if (await talk.person.presses("old")).text in LINES:
        refused.add("a tap")
    else:
        await talk.person.next_message()
    await talk.person.shares(latitude=52.5, longitude=13.4)
    if (await talk.person.next_message()).text in LINES:
        refused.add("a location")
    found = await talk.person.asks("bees")
    if found.button == {"text": "Not for everybody", "start_parameter": "inline"}:
        assert not found.results
        refused.add("inline")
    return refused


EVERYTHING = {*SAID, "a tap", "a location", "inline"}


@pytest.mark.parametrize(
    ("access", "shut"),
    [
        (Access("public", "operators"), ()),
        (Access("invited", "anyone"), ("stranger",)),
        (Access("private", "anyone"), ("stranger", "guest")),
    ],
    ids=["public", "invited", "private"],
)
async def test_exactly_those_are_answered_for_whom_it_is(
    database: Database, telegram_bot: ExtBot[None], archive: Archive, people: dict[str, Talk], shut: tuple[str, ...]
) -> None:
    await archive.add(a_digest(of="Bees"))

    refused = {who: await turned_away(telegram_bot, talk) for who, talk in people.items()}

    assert refused == {who: EVERYTHING if who in shut else set() for who in people}
    async with database.snapshot() as tx:
        kept = {who: set(await kept_of(tx, talk.person.id)) - {"guest"} for who, talk in people.items()}
    assert all(not kept[who] for who in shut)


async def test_the_line_is_in_the_language_of_whoever_asks(mei: Talk) -> None:
    assert (await mei.says("/latest")).text == "这个机器人仅限受邀使用，请向运营者索取邀请链接。"


async def test_a_link_lets_in_and_then_it_is_the_bot_that_all_know(
    database: Database, archive: Archive, clock: HandClock, bob: Talk
) -> None:
    await archive.add(a_digest(of="Bees"))
    async with database.transaction() as tx:
        await add_invite(tx, "c-o_d3", made_by=1, people=2, ends_at=MONDAY + timedelta(days=1), now=MONDAY)

    assert (await bob.says("/start inv_other")).text == OVER
    welcome = await bob.says("/start inv_c-o_d3")
    again = await bob.says("/start inv_c-o_d3")

    assert welcome.buttons
    assert (again.text, again.buttons) == (welcome.text, welcome.buttons)
    clock.let_pass(timedelta(days=2))
    assert (await bob.says("/start")).buttons == welcome.buttons
    assert await archive.subscriber(bob) is not None


async def test_a_link_that_ended_says_so_and_keeps_nothing(
    database: Database, clock: HandClock, archive: Archive, bob: Talk
) -> None:
    async with database.transaction() as tx:
        await add_invite(tx, "code", made_by=1, people=None, ends_at=MONDAY + timedelta(days=1), now=MONDAY)
    clock.let_pass(timedelta(days=1))

    assert (await bob.says("/start inv_code")).text == OVER
    assert await archive.subscriber(bob) is None


async def test_who_is_shut_out_stays_so_though_they_block_the_bot_and_come_back(
    database: Database, archive: Archive, bob: Talk
) -> None:
    await subscribed(database, a_subscriber(bob.person.id, everything=True))
    async with database.transaction() as tx:
        await shut_out(tx, operators=[], guests_too=True, now=MONDAY)

    assert (await bob.says("/latest")).text == BY_INVITATION
    await bob.person.blocks()
    await bob.person.unblocks()
    assert (await bob.says("/start")).text == BY_INVITATION

    subscriber = await archive.subscriber(bob)
    assert subscriber is not None
    assert subscriber.state is SubscriberState.GONE
    async with database.transaction() as tx:
        await let_in(tx, bob.person.id, now=MONDAY)
    await bob.says("/start")
    assert await archive.preferences(bob) == (True, [])


async def test_who_is_shut_out_may_have_what_is_kept_of_them_and_delete_it(
    database: Database, archive: Archive, bob: Talk
) -> None:
    assert (await bob.says("/mydata")).text == BY_INVITATION
    await subscribed(database, a_subscriber(bob.person.id, everything=True))
    async with database.transaction() as tx:
        await shut_out(tx, operators=[], guests_too=True, now=MONDAY)

    assert "document" in (await bob.says("/mydata")).raw
    question = await bob.says("/forget")
    await bob.presses(question.buttons[0][0])

    assert await archive.subscriber(bob) is None
    assert (await bob.says("/forget")).text == BY_INVITATION


async def test_who_forgets_everything_needs_another_invitation(grace: Talk) -> None:
    await grace.says("/start")
    question = await grace.says("/forget")
    assert question.text.endswith("To use me again you will need another invitation.")
    await grace.presses(question.buttons[0][0])

    assert (await grace.says("/start")).text == BY_INVITATION


async def test_who_is_turned_away_in_vain_comes_no_further(telegram: Telegram, archive: Archive, bob: Talk) -> None:
    await telegram.refuse(bob.person.id, code=400, times=1)

    sorry = await bob.says("/start")

    assert sorry.text == "Something went wrong on my side. Please try again in a minute."
    assert (await bob.says("/start")).text == BY_INVITATION
    assert await archive.subscriber(bob) is None
