"""Each answer that a bot must understand: its exact words, what causes it, and what python-telegram-bot raises.

A poll ended by another is in test_updates.py.
"""

import importlib.util
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.sandbox.client import Group, Person, Telegram


@dataclass(frozen=True, slots=True)
class World:
    """What a cause works with."""

    bot: telegram.Bot
    sandbox: Telegram
    ada: Person

    async def there(self, kind: str = "group") -> Group:
        """A group or supergroup with the bot in it, a channel with it as administrator."""
        made = await self.sandbox.group("Bees", creator=self.ada, kind=kind)  # type: ignore[arg-type] # a row's word
        await (made.promotes() if kind == "channel" else made.adds())
        return made

    async def forum(self) -> Group:
        forum = await self.there("supergroup")
        await forum.turns_on_topics()
        return forum

    async def says(self, chat_id: int, topic_id: int | None = None) -> object:
        return await self.bot.send_message(chat_id, "hello", message_thread_id=topic_id)


Cause = Callable[[World], Awaitable[object]]


async def blocked(world: World) -> object:
    await world.ada.blocks()
    return await world.says(world.ada.id)


async def deactivated(world: World) -> object:
    await world.ada.deactivates()
    return await world.says(world.ada.id)


async def never_started(world: World) -> object:
    return await world.says((await world.sandbox.person("Grace")).id)


def kicked_from(kind: str) -> Cause:
    async def cause(world: World) -> object:
        group = await world.there(kind)
        await group.kicks()
        return await world.says(group.id)

    return cause


def gone_from(kind: str) -> Cause:
    async def cause(world: World) -> object:
        group = await world.there(kind)
        await world.bot.leave_chat(group.id)
        return await world.says(group.id)

    return cause


async def deleted_group(world: World) -> object:
    group = await world.there()
    await group.deletes()
    return await world.says(group.id)


async def migrated(world: World) -> object:
    group = await world.there()
    return await world.says(await group.becomes_supergroup())


async def nowhere(world: World) -> object:
    return await world.says(4711)


async def in_a_strange_group(world: World) -> object:
    return await world.says((await world.sandbox.group("Strangers", creator=world.ada)).id)


async def muted(world: World) -> object:
    group = await world.there("supergroup")
    await group.restricts()
    return await world.says(group.id)


async def channel_without_the_right(world: World) -> object:
    channel = await world.there("channel")
    await channel.promotes(rights=["can_invite_users"])
    return await world.says(channel.id)


async def unknown_topic(world: World) -> object:
    return await world.says((await world.forum()).id, 4711)


async def general_topic(world: World) -> object:
    return await world.says((await world.forum()).id, 1)


async def closed_topic(world: World) -> object:
    forum = await world.forum()
    topic = await forum.topic("News")
    await topic.closes()
    return await world.says(forum.id, topic.id)


async def deleted_topic(world: World) -> object:
    forum = await world.forum()
    topic = await forum.topic("News")
    await world.says(forum.id, topic.id)
    await topic.deletes()
    return await world.says(forum.id, topic.id)


async def same_again(world: World) -> object:
    sent = await world.bot.send_message(world.ada.id, "same")
    return await world.bot.edit_message_text("same", world.ada.id, sent.message_id)


async def edit_of_nothing(world: World) -> object:
    return await world.bot.edit_message_text("new", world.ada.id, 4711)


async def edit_of_others(world: World) -> object:
    said = await world.ada.says("mine")
    return await world.bot.edit_message_text("new", world.ada.id, said.id)


async def unclosed_tag(world: World) -> object:
    return await world.bot.send_message(world.ada.id, "<b>bold", parse_mode="HTML")


async def entity_beyond_the_end(world: World) -> object:
    return await world.bot.send_message(world.ada.id, "hello", entities=[MessageEntity("bold", 2, 90)])


async def bad_link(world: World) -> object:
    link = MessageEntity("text_link", 0, 5, url="http://localhost/")
    return await world.bot.send_message(world.ada.id, "hello", entities=[link])


async def too_long(world: World) -> object:
    return await world.bot.send_message(world.ada.id, "x" * 4097)


async def only_blanks(world: World) -> object:
    return await world.bot.send_message(world.ada.id, " \n ")


async def too_many_links(world: World) -> object:
    links = [MessageEntity("text_link", 2 * index, 1, url=f"http://a.b/{'x' * 200}") for index in range(50)]
    return await world.bot.send_message(world.ada.id, "a " * 50, entities=links)


async def too_much_data(world: World) -> object:
    button = InlineKeyboardButton("Go", callback_data="é" * 33)
    return await world.bot.send_message(world.ada.id, "hi", reply_markup=InlineKeyboardMarkup.from_button(button))


async def late_answer(world: World) -> object:
    button = InlineKeyboardButton("Go", callback_data="go")
    await world.bot.send_message(world.ada.id, "hi", reply_markup=InlineKeyboardMarkup.from_button(button))
    tap = await world.ada.tap("Go")
    await world.sandbox.pass_time(timedelta(seconds=151))
    return await world.bot.answer_callback_query(tap["query_id"])


async def too_fast(world: World) -> object:
    await world.sandbox.enforces_pace()
    for _ in range(10):
        await world.says(world.ada.id)
    return None


async def poll_beside_a_webhook(world: World) -> object:
    await world.bot.set_webhook("http://127.0.0.1:9/hook")
    return await world.bot.get_updates()


async def wrong_token(world: World) -> object:
    async with telegram.request.HTTPXRequest() as request:
        stranger = telegram.Bot("1:wrong", base_url=world.bot.base_url.removesuffix(world.bot.token), request=request)
        return await stranger.get_me()


def said(code: int, description: str = "") -> Cause:
    """Words that nothing here can cause."""

    async def cause(world: World) -> object:
        await world.sandbox.refuse(code=code, description=description)
        return await world.says(world.ada.id)

    return cause


FORBIDDEN, BAD = "Forbidden: ", "Bad Request: "
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
TABLE: list[tuple[Cause, type[TelegramError], str]] = [
    (blocked, Forbidden, FORBIDDEN + "bot was blocked by the user"),
    (deactivated, Forbidden, FORBIDDEN + "user is deactivated"),
    (never_started, Forbidden, FORBIDDEN + "bot can't initiate conversation with a user"),
    (kicked_from("group"), Forbidden, FORBIDDEN + "bot was kicked from the group chat"),
    (kicked_from("supergroup"), Forbidden, FORBIDDEN + "bot was kicked from the supergroup chat"),
    (kicked_from("channel"), Forbidden, FORBIDDEN + "bot was kicked from the channel chat"),
    (gone_from("group"), Forbidden, FORBIDDEN + "bot is not a member of the group chat"),
    (gone_from("supergroup"), Forbidden, FORBIDDEN + "bot is not a member of the supergroup chat"),
    (gone_from("channel"), Forbidden, FORBIDDEN + "bot is not a member of the channel chat"),
    (deleted_group, Forbidden, FORBIDDEN + "the group chat was deleted"),
    (migrated, ChatMigrated, BAD + "group chat was upgraded to a supergroup chat"),
    (nowhere, BadRequest, BAD + "chat not found"),
    (in_a_strange_group, BadRequest, BAD + "chat not found"),
    (said(400, BAD + "private chat not found"), BadRequest, BAD + "private chat not found"),
    (muted, BadRequest, BAD + "not enough rights to send text messages to the chat"),
    (channel_without_the_right, BadRequest, BAD + "need administrator rights in the channel chat"),
    (said(400, BAD + "have no write access to the chat"), BadRequest, BAD + "have no write access to the chat"),
    (said(400, BAD + "CHAT_WRITE_FORBIDDEN"), BadRequest, BAD + "CHAT_WRITE_FORBIDDEN"),
    (unknown_topic, BadRequest, BAD + "message thread not found"),
    (general_topic, BadRequest, BAD + "message thread not found"),
    (closed_topic, BadRequest, BAD + "TOPIC_CLOSED"),
    (deleted_topic, BadRequest, BAD + "TOPIC_DELETED"),
    (same_again, BadRequest, BAD + NOT_MODIFIED),
    (edit_of_nothing, BadRequest, BAD + "message to edit not found"),
    (edit_of_others, BadRequest, BAD + "message can't be edited"),
    (
        entity_beyond_the_end,
        BadRequest,
        BAD + "entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 92",
    ),
    (bad_link, BadRequest, BAD + "entity URL 'http://localhost/' is invalid: Wrong HTTP URL"),
    (too_long, BadRequest, BAD + "message is too long"),
    (only_blanks, BadRequest, BAD + "text must be non-empty"),
    (too_many_links, BadRequest, BAD + "ENTITIES_TOO_LONG"),
    (too_much_data, BadRequest, BAD + "BUTTON_DATA_INVALID"),
    (late_answer, BadRequest, BAD + "query is too old and response timeout expired or query ID is invalid"),
    (too_fast, RetryAfter, "Too Many Requests: retry after 3"),
    (
        poll_beside_a_webhook,
        Conflict,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    ),
    (said(500), NetworkError, "Internal Server Error"),
    (said(502), NetworkError, "Bad Gateway"),
]
if importlib.util.find_spec("tdjson"):
    unclosed = "can't parse entities: Can't find end tag corresponding to start tag \"b\""
    TABLE.append((unclosed_tag, BadRequest, BAD + unclosed))


@pytest.fixture
def _modern(monkeypatch: pytest.MonkeyPatch) -> None:
    """RetryAfter without python-telegram-bot's warning that it will once be a timedelta."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def world(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> World:
    return World(telegram_bot, sandbox, ada)


@pytest.mark.usefixtures("_modern")
@pytest.mark.parametrize(("cause", "exception", "words"), TABLE, ids=[f"{row[0].__name__} {row[2]}" for row in TABLE])
async def test_an_answer_has_its_words_and_its_exception(
    world: World, cause: Cause, exception: type[TelegramError], words: str
) -> None:
    with pytest.raises(exception) as caught:
        await cause(world)

    assert type(caught.value) is exception
    [refused] = await world.sandbox.calls(outcome="refused")
    assert refused.answer is not None
    assert refused.answer["description"] == words


async def test_a_wrong_token_is_an_invalid_token(world: World) -> None:
    with pytest.raises(InvalidToken):
        await wrong_token(world)
