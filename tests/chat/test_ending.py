"""What a group or channel puts under all that it gets."""

from itertools import count

import pytest

from bot.chat.ending_view import AskForEnding, DropEnding, ShowEnding
from bot.messages.phrases import phrase
from bot.messages.taps import write
from bot.sandbox.client import Group, Person, Telegram
from bot.sandbox.seen import Message
from storage.changes import last_changes
from storage.database import Database
from storage.model import NO_ENDING, Address, Ending, Entity, EntityType, FormattedText
from storage.subscribers import subscriber_at
from tests.chat.client import Client
from tests.chat.conftest import AnyApplication, Archive, Talk, a_digest, labels

SITE = "https://example.org/"


@pytest.fixture
async def bees(telegram: Telegram, ada: Talk) -> Group:
    bees = await telegram.group("Bees", creator=ada.person, kind="supergroup")
    await bees.adds()
    await ada.person.says("/settings", chat_id=bees.id)
    await shows(bees, "Footer")
    return bees


async def ending_of(database: Database, bees: Group) -> Ending:
    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(bees.id))
    return subscriber.preferences.ending if subscriber else NO_ENDING


async def shows(bees: Group, button: str) -> Message:
    """The next message that has the button."""
    while True:
        message = await bees.next_message()
        if any(label.endswith(button) for label in labels(message)):
            return message


async def is_asked(person: Person, bees: Group, button: str) -> Message:
    await person.presses(button, chat_id=bees.id)
    return await bees.sees("Reply to this message:")


async def gives(person: Person, bees: Group, button: str, typed: str) -> Message:
    """Answer the question that the button asks; what the bot says to that."""
    question = await is_asked(person, bees, button)
    await person.says(typed, chat_id=bees.id, reply_to=question.id)
    while (answer := await bees.next_message()).id <= question.id:
        pass
    return answer


async def test_an_administrator_gives_a_footer_with_its_styles(database: Database, bees: Group, ada: Talk) -> None:
    question = await is_asked(ada.person, bees, "Footer")

    styled = [{"type": "bold", "offset": 3, "length": 4}, {"type": "text_link", "offset": 8, "length": 4, "url": SITE}]
    await ada.person.says("🐝 Bees here\n", chat_id=bees.id, reply_to=question.id, entities=styled)
    shown = await shows(bees, "✕ Footer")

    footer = FormattedText("🐝 Bees here", (Entity(EntityType.BOLD, 2, 4), Entity(EntityType.TEXT_LINK, 7, 4, SITE)))
    assert await ending_of(database, bees) == Ending(footer)
    assert shown.text == "Under every digest stands:\n\n🐝 Bees here"
    assert [each["type"] for each in shown.entities] == ["bold", "text_link"]
    assert labels(shown) == ["✏️ Footer", "➕ Signature", "➕ Buttons", "✕ Footer", "‹ Back"]


async def test_each_can_be_taken_away_again_and_who_did_it_is_known(database: Database, bees: Group, ada: Talk) -> None:
    await gives(ada.person, bees, "Signature", "— AI Daily")
    shown = await gives(ada.person, bees, "➕ Buttons", "Website - example.org\nChat @bees_chat")
    links = (("Website", "https://example.org"), ("Chat", "https://t.me/bees_chat"))

    assert await ending_of(database, bees) == Ending(signature="AI Daily", links=links)
    assert shown.text == "Under every digest stands:\n\n— AI Daily"
    assert shown.buttons[0] == ("Website", "Chat")
    await ada.person.presses("✕ Signature", chat_id=bees.id)
    assert await ending_of(database, bees) == Ending(links=links)
    await ada.person.presses("‹ Back", chat_id=bees.id)
    await ada.person.presses("✅ Buttons", chat_id=bees.id)
    await ada.person.presses("✕ Buttons", chat_id=bees.id)
    assert await ending_of(database, bees) == NO_ENDING
    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(bees.id))
        assert subscriber is not None
        [change, *_] = await last_changes(tx, subscriber.id, limit=1)
    assert (change.user_id, change.what) == (ada.person.id, ("ending",))


@pytest.mark.parametrize(
    ("button", "typed", "said"),
    [
        ("Footer", "x" * 301, "That is 301 characters, and there is room for 300."),
        ("Signature", "x" * 65, "That is 65 characters, and there is room for 64."),
        ("Buttons", "Website", "No link that Telegram opens: Website"),
    ],
)
async def test_what_is_wrong_is_told_and_it_is_asked_again(
    database: Database, bees: Group, ada: Talk, *, button: str, typed: str, said: str
) -> None:
    again = await gives(ada.person, bees, button, typed)

    assert said in again.text
    assert await ending_of(database, bees) == NO_ENDING
    await ada.person.says(f"Bees {SITE}", chat_id=bees.id, reply_to=again.id)
    await shows(bees, f"✕ {button}")
    assert await ending_of(database, bees) != NO_ENDING


async def test_a_member_may_not(database: Database, bees: Group, ada: Talk, grace: Person) -> None:
    question = await is_asked(ada.person, bees, "Footer")

    refused = await grace.presses("Footer", chat_id=bees.id)
    await grace.says("Mine", chat_id=bees.id, reply_to=question.id)
    await bees.sees("Only administrators")

    assert refused.text == "Only administrators of Bees can do that."
    assert await ending_of(database, bees) == NO_ENDING


async def test_it_is_asked_in_chinese_too(telegram: Telegram, database: Database, mei: Talk) -> None:
    group = await telegram.group("蜜蜂", creator=mei.person, kind="supergroup")
    await group.adds()
    await mei.person.says("/settings", chat_id=group.id)
    await shows(group, "署名")
    await mei.person.presses("署名", chat_id=group.id)
    question = await group.sees("署名？")
    await mei.person.says("AI 日报", chat_id=group.id, reply_to=question.id)

    shown = await shows(group, "✕ 署名")
    assert shown.text == "每期简报下方会附上：\n\n— AI 日报"
    assert labels(shown) == ["➕ 页脚", "✏️ 署名", "➕ 按钮", "✕ 署名", "‹ 返回"]
    assert await ending_of(database, group) == Ending(signature="AI 日报")


async def test_a_channels_is_given_in_private_and_seen_in_its_preview(
    telegram: Telegram, archive: Archive, ada: Talk
) -> None:
    await archive.add(a_digest("Morning"))
    await ada.says("/start")
    daily = await telegram.channel("Daily", creator=ada.person)
    await daily.promotes()
    await ada.person.next_message()
    await ada.presses("Everything")
    await ada.presses("⚙️ All settings")
    question = await ada.is_sent("Footer")
    await ada.person.says("Read on", reply_to=question.id)
    assert (await ada.person.next_message()).text.endswith("digest stands:\n\nRead on")
    question = await ada.is_sent("➕ Buttons")
    await ada.person.says(f"Site {SITE}", reply_to=question.id)
    await ada.person.next_message()

    await ada.presses("‹ Back")
    shown = await ada.is_sent("👁 Preview, then start")

    assert shown.text.endswith("About Morning\n\nRead on")
    assert labels(shown) == ["Site"]
    assert await daily.received() == []


async def test_a_person_has_none(application: AnyApplication, database: Database, ada: Talk) -> None:
    settings = await ada.says("/settings")
    client = Client(application, ada, [], settings.raw, count(10_000))

    assert not {"Footer", "Signature", "Buttons"} & {*labels(settings)}
    for tap in (ShowEnding("footer"), AskForEnding("links"), DropEnding("signature"), DropEnding("name")):
        [answer] = await client.taps(write(tap))
        assert answer.parameters["text"] == phrase("en", "old-button")
    async with database.snapshot() as tx:
        assert await subscriber_at(tx, Address(ada.person.id)) is None
