"""What people send beside plain text: pictures, files, formatted words, and what others said."""

from datetime import timedelta
from typing import Any

import pytest
import telegram

from bot.sandbox.client import Person, Telegram
from bot.sandbox.seen import SandboxError
from tests.sandbox.test_methods import png

DOT = png(1, 1)


async def last(telegram_bot: telegram.Bot) -> telegram.Message:
    """The message that the bot heard last."""
    message = (await telegram_bot.get_updates(offset=-1))[-1].effective_message
    assert message is not None
    return message


def entity(kind: str, offset: int, length: int, **more: object) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


async def test_formatted_words_come_with_what_telegram_finds_itself(telegram_bot: telegram.Bot, ada: Person) -> None:
    link = entity("text_link", 4, 4, url="https://example.org/")
    await ada.says("All bees love #honey ", entities=[entity("bold", 0, 3), link])

    message = await last(telegram_bot)

    assert message.text == "All bees love #honey"
    assert [(each.type, each.offset, each.length, each.url) for each in message.entities] == [
        ("bold", 0, 3, None),
        ("text_link", 4, 4, "https://example.org/"),
        ("hashtag", 14, 6, None),
    ]


async def test_a_picture_that_came_in_is_sent_on_by_its_id(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    bees = await sandbox.group("Bees", creator=ada)
    await bees.adds()
    said = await ada.says("Look, honey", entities=[entity("italic", 0, 4)], photo=DOT)
    heard = await last(telegram_bot)

    assert (heard.caption, heard.text, heard.caption_entities[0].type) == ("Look, honey", None, "italic")
    await telegram_bot.send_photo(bees.id, heard.photo[-1].file_id, caption="From Ada")
    await telegram_bot.copy_message(bees.id, ada.id, said.id)

    sent, copied = await bees.received()
    assert (sent.text, copied.text) == ("From Ada", "Look, honey")
    assert sent.raw["photo"] == copied.raw["photo"] == said.raw["photo"]
    async with sandbox.session.get(f"/sandbox/chats/{bees.id}/messages/{sent.id}/photo") as response:
        assert await response.read() == DOT


async def test_a_file_keeps_its_name_and_kind(telegram_bot: telegram.Bot, ada: Person) -> None:
    await ada.says("", document=("bees.pdf", b"%PDF"))
    heard = (await last(telegram_bot)).document
    assert heard is not None

    sent = await telegram_bot.send_document(ada.id, heard.file_id)

    assert (heard.file_name, heard.mime_type, heard.file_size) == ("bees.pdf", "application/pdf", 4)
    assert sent.document == heard
    with pytest.raises(telegram.error.BadRequest, match="type document as photo"):
        await telegram_bot.send_photo(ada.id, heard.file_id)


async def test_what_telegram_would_not_take_is_refused(ada: Person) -> None:
    with pytest.raises(SandboxError, match="IMAGE_PROCESS_FAILED"):
        await ada.says("Look", photo=b"no picture")
    with pytest.raises(SandboxError, match="message caption is too long"):
        await ada.says("x" * 1025, photo=DOT)
    with pytest.raises(SandboxError, match="ends after the end of the text"):
        await ada.says("Bees", entities=[entity("bold", 0, 9)])


async def test_a_forward_tells_who_wrote_it_unless_they_hide(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    bees = await sandbox.group("Bees", creator=ada, kind="supergroup")
    grace = await sandbox.person("Grace")
    await bees.adds(grace)
    said = await grace.says("Honey", chat_id=bees.id)

    await ada.forwards(said)
    open_one = await last(telegram_bot)
    await grace.hides()
    await ada.forwards(said)
    hidden = await last(telegram_bot)

    assert (open_one.text, open_one.from_user and open_one.from_user.id) == ("Honey", ada.id)
    assert isinstance(open_one.forward_origin, telegram.MessageOriginUser)
    assert open_one.forward_origin.sender_user.id == grace.id
    assert isinstance(hidden.forward_origin, telegram.MessageOriginHiddenUser)
    assert hidden.forward_origin.sender_user_name == "Grace"


async def test_a_forward_of_a_forward_tells_who_wrote_it_first_and_when(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    daily = await sandbox.channel("Daily", creator=ada)
    bees = await sandbox.group("Bees", creator=ada, kind="supergroup")
    await daily.is_discussed_in(bees)
    post = await ada.says("Good morning", chat_id=daily.id)
    await sandbox.pass_time(timedelta(hours=1))
    [automatic] = [message for message in await bees.messages() if not message.is_service]
    await ada.forwards(automatic)

    message = await last(telegram_bot)

    origin = message.forward_origin
    assert isinstance(origin, telegram.MessageOriginChannel)
    assert (origin.chat.id, origin.message_id) == (daily.id, post.id)
    assert origin.date < message.date
    assert not message.is_automatic_forward


async def test_an_anonymous_administrator_is_forwarded_as_the_group(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    bees = await sandbox.group("Bees", creator=ada, kind="supergroup")
    await bees.promotes(ada, anonymous=True)
    said = await ada.says("Honey", chat_id=bees.id)

    await ada.forwards(said)

    origin = (await last(telegram_bot)).forward_origin
    assert isinstance(origin, telegram.MessageOriginChat)
    assert origin.sender_chat.id == bees.id


async def test_nobody_forwards_what_they_cannot_read(sandbox: Telegram, ada: Person) -> None:
    grace = await sandbox.person("Grace")
    said = await ada.says("A secret")

    with pytest.raises(SandboxError, match="Grace cannot forward"):
        await grace.forwards(said)
