"""Operators say who may use the bot, by id, by a forwarded message and by links."""

import re
from datetime import timedelta

import pytest
from telegram.ext import ExtBot

from bot.access import Access
from bot.chat.guests import LetIn, LetInEarlier
from bot.chat.invite import MakeInvite
from bot.chat.keyboards import button, keyboard
from bot.sandbox.client import Telegram
from bot.sandbox.seen import Message
from storage.access import count_guests, is_guest, open_invites, shut_out
from storage.database import Database
from storage.model import SubscriberState
from tests.builders import a_subscriber, subscribed
from tests.chat.conftest import MONDAY, Archive, Talk, labels
from tests.clocks import HandClock


@pytest.fixture
def access() -> Access:
    return Access("invited", "operators")


@pytest.fixture
def operators(ada: Talk, mei: Talk) -> frozenset[int]:
    return frozenset({ada.person.id, mei.person.id})


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def bob(bob: Talk) -> Talk:
    # The bot knows the names of those who wrote to it.
    await bob.says("/start")
    return bob


async def may_use(database: Database, talk: Talk) -> bool:
    async with database.snapshot() as tx:
        return await is_guest(tx, talk.person.id)


async def the_list(ada: Talk) -> Message:
    return await ada.says("/allow")


async def test_somebody_is_let_in_and_sent_away_by_id(
    database: Database, archive: Archive, ada: Talk, bob: Talk
) -> None:
    name = f"Bob ({bob.person.id})"

    assert (
        await ada.says(f"/allow {bob.person.id}")
    ).text == f"{name} may use me now, by writing to @digest_sandbox_bot."
    assert (await ada.says(f"/allow {bob.person.id}")).text == f"{name} may use me."
    await bob.says("/subscribe Bees")
    listed = await the_list(ada)
    assert listed.text.splitlines()[:2] == ["Operators may use me, and one guest:", f"{name}, by hand, Jul 21, 2025"]

    gone = await ada.presses(f"✕ {name}")
    assert gone.text == f"{name} may not use me any more and gets nothing. What they chose is kept."
    subscriber = await archive.subscriber(bob)
    assert subscriber is not None
    assert subscriber.state is SubscriberState.PAUSED
    assert (await bob.says("/latest")).text.startswith("This bot is by invitation.")

    await ada.presses("Let in")
    assert await may_use(database, bob)
    subscriber = await archive.subscriber(bob)
    assert subscriber is not None
    assert subscriber.state is SubscriberState.ACTIVE
    assert await archive.preferences(bob) == (False, ["Bees"])


async def test_what_is_no_user_id_is_said_so(ada: Talk, mei: Talk) -> None:
    assert (await ada.says("/allow Bob")).text == "Write /allow and a user id, a number, like /allow 12345."
    assert (await mei.says("/disallow -100")).text == "请在 /disallow 后写用户 ID（数字），例如 /disallow 12345"
    assert (await ada.says(f"/disallow {mei.person.id}")).text == f"小梅 ({mei.person.id}) is an operator."
    assert (await mei.says(f"/disallow {ada.person.id}")).text == f"Ada（{ada.person.id}）是运营者。"
    assert (await ada.says("/disallow 999")).text == "999 may not use me."


async def test_a_forwarded_message_says_who_is_meant(
    telegram: Telegram, database: Database, ada: Talk, bob: Talk
) -> None:
    friends = await telegram.group("Friends", creator=ada.person)
    await friends.adds(bob.person)
    said = await bob.person.says("let me in", chat_id=friends.id)

    forwarded = await ada.person.forwards(said)
    offered = await ada.person.next_message()
    assert (offered.text, labels(offered)) == (f"Bob ({bob.person.id}) may not use me.", ["Let in", "All guests"])
    await ada.person.says("/allow", reply_to=forwarded.id)
    assert (await ada.person.next_message()).text.startswith(f"Bob ({bob.person.id}) may use me now")
    assert await may_use(database, bob)

    await bob.person.hides()
    hidden = await ada.person.forwards(await bob.person.says("me too", chat_id=friends.id))
    await ada.person.next_message()
    await ada.person.says("/allow", reply_to=hidden.id)
    assert (await ada.person.next_message()).text == "They hide who they are when forwarded. Send them a link."


async def test_a_link_is_made_by_buttons_passed_on_and_closed(ada: Talk, bob: Talk) -> None:
    await the_list(ada)
    asked = await ada.presses("New link")
    assert asked.text == "A link for how many people, and for how long?"
    assert asked.buttons[:2] == (("✓ 1 person", "10 people", "any number"), ("a day", "✓ a week", "no end"))
    await ada.presses("any number")
    await ada.presses("a day")
    made = await ada.is_sent("Make the link")

    told, link = made.text.splitlines()
    assert told == "Whoever opens this link may use me (any number, until tomorrow 04:00, UTC time):"
    code = re.fullmatch(r"https://t\.me/digest_sandbox_bot\?start=(inv_[A-Za-z0-9_-]{16})", link)
    assert code is not None
    assert labels(made) == ["Copy the link", "Close the link", "All guests"]
    assert (await bob.says(f"/start {code[1]}")).buttons

    gone = await ada.says(f"/disallow {bob.person.id}")
    assert gone.text.endswith("But the link they came by is still open, and would let them in again.")
    listed = await ada.presses("Close the link")
    assert listed.text.splitlines()[0] == "Only operators may use me so far."
    assert (await bob.says(f"/start {code[1]}")).text.startswith("This link has ended")


async def test_a_link_for_one_person_is_gone_with_them(database: Database, ada: Talk, bob: Talk) -> None:
    await the_list(ada)
    await ada.presses("New link")
    link = (await ada.is_sent("Make the link")).text.rpartition("start=")[2]

    await bob.says(f"/start {link}")

    listed = await the_list(ada)
    assert listed.text.splitlines()[1] == f"Bob ({bob.person.id}), by a link, Jul 21, 2025"
    assert "Open links:" not in listed.text
    async with database.snapshot() as tx:
        assert await open_invites(tx, now=MONDAY) == []


@pytest.mark.parametrize("operators", [frozenset()])
@pytest.mark.parametrize("access", [Access("public")])
async def test_who_is_no_operator_any_more_has_buttons_that_do_nothing(
    database: Database, telegram_bot: ExtBot[None], bob: Talk
) -> None:
    buttons = [button("old", LetIn(12345)), button("link", MakeInvite(1, 7)), button("all", LetInEarlier())]
    await telegram_bot.send_message(bob.person.id, "Old", reply_markup=keyboard(buttons))

    toasts = [(await bob.person.presses(each)).text for each in ("old", "link", "all")]

    assert toasts == ["This button is out of date. /categories has new ones."] * 3
    async with database.snapshot() as tx:
        assert await count_guests(tx) == 0
        assert await open_invites(tx, now=MONDAY) == []


async def test_readers_from_before_are_let_in_by_one_button(
    database: Database, clock: HandClock, archive: Archive, ada: Talk, bob: Talk
) -> None:
    await subscribed(database, *(a_subscriber(user_id) for user_id in (bob.person.id, 700_001)))
    async with database.transaction() as tx:
        await shut_out(tx, operators=[ada.person.id], guests_too=True, now=MONDAY)
    clock.let_pass(timedelta(hours=1))

    listed = await the_list(ada)
    assert "2 readers from before are shut out." in listed.text
    listed = await ada.presses("Let in all 2 of them")

    assert "shut out" not in listed.text
    async with database.snapshot() as tx:
        assert await count_guests(tx) == 2
    subscriber = await archive.subscriber(bob)
    assert subscriber is not None
    assert subscriber.state is SubscriberState.ACTIVE


async def test_many_guests_come_page_by_page(ada: Talk) -> None:
    for user_id in range(501, 511):
        await ada.says(f"/allow {user_id}")

    listed = await the_list(ada)
    assert "10 guests" in listed.text
    assert "1/2" in labels(listed)
    second = await ada.presses("›")
    assert [each for each in labels(second) if each.startswith("✕")] == ["✕ 509", "✕ 510"]


@pytest.mark.parametrize(
    ("access", "told"),
    [
        (Access("public"), "Everybody may use me (DIGEST_BOT_ACCESS=public)."),
        (Access("private"), "Only operators may use me (DIGEST_BOT_ACCESS=private)."),
    ],
    ids=["public", "private"],
)
async def test_where_nobody_is_invited_that_is_said_and_nobody_is_let_in(
    database: Database, ada: Talk, told: str
) -> None:
    for said in ("/allow", "/allow 12345", "/disallow 12345"):
        assert (await ada.says(said)).text.startswith(told)

    async with database.snapshot() as tx:
        assert await count_guests(tx) == 0
