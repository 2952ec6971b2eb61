"""What a group or channel puts under its digests: there with the last part, whatever becomes of the digest or of it."""

import pytest

from bot.delivery.courier import Courier
from bot.delivery.roundups import round_up
from bot.sandbox.client import Group, Telegram
from bot.sandbox.seen import Message
from storage.database import Database
from storage.endings import set_footer, set_links, set_signature
from storage.model import Ending, Entity, EntityType, FormattedText, Schedule
from storage.schedules import set_schedule
from tests.builders import a_digest, a_subscriber, an_item, subscribed
from tests.delivery.test_edit import change, delivering, editor, owe, put, rows, send, story, until

__all__ = ["editor"]

SITE = "https://example.org/"
ENDING = Ending(FormattedText("Read on", (Entity(EntityType.TEXT_LINK, 0, 7, SITE),)), "AI Daily", (("Site", SITE),))
BELOW = "\n\nRead on\n— AI Daily"
# Chats in the order of `telegram`'s ids: the channel is the first subscriber.
CHANNEL = 1


@pytest.fixture
async def daily(telegram: Telegram, database: Database) -> Group:
    """A channel that gets everything, with an ending."""
    daily = await telegram.channel("Daily", creator=await telegram.person("Ada"))
    await daily.promotes()
    await subscribed(database, a_subscriber(daily.id, type_="channel", everything=True))
    await ends(database, ENDING)
    return daily


async def ends(database: Database, ending: Ending) -> None:
    async with database.transaction() as tx:
        await set_footer(tx, CHANNEL, ending.footer)
        await set_signature(tx, CHANNEL, ending.signature)
        await set_links(tx, CHANNEL, ending.links)


def below(message: Message) -> str:
    """What stands under the last paragraph of the story."""
    return message.text[message.text.rindex("word") + len("word") :]


async def test_it_stands_under_the_last_part_alone_and_only_where_it_is_wanted(
    editor: Courier, telegram: Telegram, database: Database, daily: Group
) -> None:
    other = await telegram.channel("Other", creator=await telegram.person("Bob"))
    await other.promotes()
    await subscribed(database, a_subscriber(other.id, type_="channel", everything=True))
    async with delivering(editor):
        await send(editor, a_digest(story(1), story(2)))

    assert [below(message) for message in await daily.received()] == ["", BELOW]
    assert [message.buttons for message in await daily.received()] == [(), (("Site",),)]
    assert [each["type"] for each in (await daily.received())[-1].entities[-2:]] == ["text_link", "italic"]
    assert [(below(message), message.buttons) for message in await other.received()] == [("", ()), ("", ())]
    assert await rows(database, "selection", kind="digest") == [('{"signed": true}',), (None,)]


async def test_an_edit_shows_the_ending_of_now_under_what_is_the_last_part_now(
    editor: Courier, database: Database, daily: Group
) -> None:
    async with delivering(editor):
        await send(editor, a_digest(story(1), story(2)))
        await ends(database, Ending(signature="Bees", links=(("Chat", SITE),)))
        await change(editor, a_digest(story(1), story(2), story(3)))
        await until(database, "sent")
        assert [below(message) for message in await daily.received()] == ["", "", "\n\n— Bees"]
        assert [message.buttons for message in await daily.received()] == [(), (), (("Chat",),)]

        await change(editor, a_digest(story(1)))
        await until(database, "sent")
    [left] = await daily.received()
    assert (below(left), left.buttons) == ("\n\n— Bees", (("Chat",),))


async def test_what_was_begun_without_room_for_a_text_gets_only_the_buttons(
    editor: Courier, database: Database, daily: Group
) -> None:
    await ends(database, Ending())
    async with delivering(editor):
        await send(editor, a_digest(story(1)))
        await ends(database, ENDING)
        await change(editor, a_digest(story(1, ", mended")))
        await until(database, "sent")

    [message] = await daily.received()
    assert (below(message), message.buttons) == ("", (("Site",),))


async def test_what_was_begun_with_room_may_lose_its_text(editor: Courier, database: Database, daily: Group) -> None:
    async with delivering(editor):
        await send(editor, a_digest(story(1)))
        await ends(database, Ending())
        await change(editor, a_digest(story(1, ", mended")))
        await until(database, "sent")

    [message] = await daily.received()
    assert (below(message), message.buttons) == ("", ())


async def test_sent_plain_it_is_there_without_its_buttons(editor: Courier, telegram: Telegram, daily: Group) -> None:
    await telegram.refuse(code=400, description="Bad Request: BUTTON_URL_INVALID", times=1)
    async with delivering(editor):
        await send(editor, a_digest(story(1)))

    [message] = await daily.received()
    assert (below(message), message.entities, message.buttons) == (BELOW, (), ())


async def test_it_stands_under_a_roundup_too(editor: Courier, database: Database, daily: Group) -> None:
    async with database.transaction() as tx:
        await set_schedule(tx, CHANNEL, Schedule("daily"), next_due_at=editor.clock.now())
    for path in ("a.md", "b.md"):
        await owe(editor, a_digest(an_item(f"In {path}", "a word", link=SITE + path), path=path))
    async with delivering(editor):
        assert await round_up(database, now=editor.clock.now()) == 1
        await until(database, "sent", kind="roundup")

    [message] = await daily.received()
    assert message.text.startswith("2 digests, 2 items")
    assert (below(message), message.buttons) == (BELOW, (("Site",),))


async def test_a_persons_own_chat_has_none(editor: Courier, telegram: Telegram, database: Database) -> None:
    """Whatever stands in the database."""
    ada = await telegram.person("Ada")
    await ada.says("/start")
    await subscribed(database, a_subscriber(ada.id, everything=True))
    await put(
        database, "UPDATE subscribers SET footer = 'Read on', button_line = '[[\"Site\", \"https://a.example\"]]'"
    )
    async with delivering(editor):
        await send(editor, a_digest(story(1)))

    [message] = await ada.received()
    assert below(message) == ""
    assert "Site" not in [label for row in message.buttons for label in row]
