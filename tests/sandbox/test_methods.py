"""The smaller methods, one by one, as python-telegram-bot calls them."""

import struct
import zlib

import aiohttp
import pytest
import telegram
from telegram.error import BadRequest

from bot.sandbox.client import Group, Person, Telegram


def png(width: int, height: int) -> bytes:
    """A black picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" * (width + 1)) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x30\x00\x40\x01\x01\x11\x00\xff\xd9"


@pytest.fixture
async def hive(sandbox: Telegram, ada: Person) -> Group:
    hive = await sandbox.group("Hive", creator=ada, kind="supergroup")
    await hive.adds()
    return hive


async def test_a_picture_arrives_whole(telegram_bot: telegram.Bot, ada: Person, address: str) -> None:
    picture = png(320, 200)

    sent = await telegram_bot.send_photo(ada.id, picture, caption="A black box #box")

    assert [(size.width, size.height, size.file_size) for size in sent.photo] == [(320, 200, len(picture))]
    assert (sent.caption, [entity.type for entity in sent.caption_entities]) == ("A black box #box", ["hashtag"])
    path = f"{address}/sandbox/chats/{ada.id}/messages/{sent.message_id}/photo"
    async with aiohttp.ClientSession() as session, session.get(path) as response:
        assert (await response.read(), response.content_type) == (picture, "image/png")


async def test_a_picture_is_sent_again_by_its_id(telegram_bot: telegram.Bot, ada: Person) -> None:
    first = await telegram_bot.send_photo(ada.id, JPEG)

    second = await telegram_bot.send_photo(ada.id, first.photo[-1].file_id)

    assert (second.photo[-1].width, second.photo[-1].height) == (64, 48)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no picture", "Image_process_failed"),
        (b"\x89PNG\r\n\x1a\n", "Image_process_failed"),
        (png(2100, 100), "Photo_invalid_dimensions"),
    ],
)
async def test_what_is_no_picture_is_refused(
    telegram_bot: telegram.Bot, ada: Person, content: bytes, words: str
) -> None:
    with pytest.raises(BadRequest, match=words):
        await telegram_bot.send_photo(ada.id, content)


async def test_a_caption_is_edited(telegram_bot: telegram.Bot, ada: Person) -> None:
    sent = await telegram_bot.send_photo(ada.id, JPEG, caption="before")

    await telegram_bot.edit_message_caption(ada.id, sent.message_id, caption="after")

    assert (await ada.sees("after")).edited
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await telegram_bot.edit_message_text("after", ada.id, sent.message_id)


async def test_a_copy_is_the_bots_own(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    grace = await sandbox.person("Grace")
    await grace.says("/start")
    said = await ada.says("to all of you: #bees")

    copy = await telegram_bot.copy_message(grace.id, ada.id, said.id)
    forwarded = await telegram_bot.forward_message(grace.id, ada.id, said.id)

    [copied, _] = await grace.received()
    assert (copied.id, copied.text, copied.entities) == (copy.message_id, said.text, said.entities)
    assert "forward_origin" not in copied.raw
    assert isinstance(forwarded.forward_origin, telegram.MessageOriginUser)
    assert forwarded.forward_origin.sender_user.id == ada.id
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await telegram_bot.copy_message(grace.id, ada.id, 4711)


async def test_pinning_needs_the_right(telegram_bot: telegram.Bot, hive: Group) -> None:
    sent = await telegram_bot.send_message(hive.id, "read this first")
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await telegram_bot.pin_chat_message(hive.id, sent.message_id)
    await hive.promotes(rights=["can_pin_messages"])

    await telegram_bot.pin_chat_message(hive.id, sent.message_id)

    pinned = (await telegram_bot.get_chat(hive.id)).pinned_message
    assert isinstance(pinned, telegram.Message)
    assert pinned.message_id == sent.message_id
    service = (await telegram_bot.get_updates())[-1].message
    assert service is not None
    assert isinstance(service.pinned_message, telegram.Message)
    assert await telegram_bot.unpin_chat_message(hive.id)
    assert (await telegram_bot.get_chat(hive.id)).pinned_message is None


async def test_a_deleted_message_is_pinned_no_more(telegram_bot: telegram.Bot, ada: Person) -> None:
    sent = await telegram_bot.send_message(ada.id, "read this first")
    await telegram_bot.pin_chat_message(ada.id, sent.message_id)

    await telegram_bot.delete_message(ada.id, sent.message_id)

    assert (await telegram_bot.get_chat(ada.id)).pinned_message is None
    await telegram_bot.unpin_all_chat_messages(ada.id)


async def test_the_rights_that_the_bot_would_like(telegram_bot: telegram.Bot) -> None:
    wanted = telegram.ChatAdministratorRights.no_rights()
    with wanted._unfrozen():  # noqa: SLF001 the library has no other way to ask for one right
        wanted.can_post_messages = True

    await telegram_bot.set_my_default_administrator_rights(wanted, for_channels=True)

    channels = await telegram_bot.get_my_default_administrator_rights(for_channels=True)
    groups = await telegram_bot.get_my_default_administrator_rights()
    assert (channels.can_post_messages, channels.can_edit_messages) == (True, False)
    assert groups.can_post_messages is None


async def test_the_button_beside_the_message_field(telegram_bot: telegram.Bot, ada: Person) -> None:
    before = await telegram_bot.get_chat_menu_button(ada.id)

    await telegram_bot.set_chat_menu_button(menu_button=telegram.MenuButtonDefault())

    assert before.type == "commands"
    assert (await telegram_bot.get_chat_menu_button(ada.id)).type == "default"


async def test_a_group_tells_of_itself(telegram_bot: telegram.Bot, hive: Group) -> None:
    chat = await telegram_bot.get_chat(hive.id)

    assert (chat.title, chat.type) == ("Hive", "supergroup")
    assert chat.permissions is not None
    assert chat.permissions.can_send_messages
