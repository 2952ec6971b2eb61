"""Chats with people of every standing in them, who ask the bot for things as a client that sends whatever it likes."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal, get_args

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.messages.phrases import phrase
from bot.messages.taps import about
from bot.sandbox.client import Group, Person, Telegram
from bot.sandbox.client.group import Topic
from bot.sandbox.seen import Call
from bot.updates import decode
from storage.database import Database
from storage.model import Address, Subscriber, Word
from storage.subscribers import choose, subscriber_at
from storage.words import keep_words
from tests.builders import a_subscriber, subscribed
from tests.chat.conftest import AnyApplication, Archive, a_digest

Who = Literal[
    "creator",
    "administrator",
    "administrator who may not post",
    "anonymous administrator",
    "member",
    "restricted member",
    "channel",
    "stranger",
    "former administrator",
]
Kind = Literal["group", "supergroup", "topic", "channel"]

EVERYBODY: tuple[Who, ...] = get_args(Who)
KINDS: tuple[Kind, ...] = get_args(Kind)
# Not everybody has a chat with the bot.
UNKNOWN: frozenset[Who] = frozenset({"restricted member", "former administrator"})
TITLE = "Bees"
BEES, WASPS = 1, 2
HIVE = Word("hive", "hive")
DATE = 1_750_000_000
# As Telegram names who writes in the name of a group, and of a channel.
_ANONYMOUS = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
_CHANNEL_BOT = {"id": 136_817_688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
# No message has it any more, so nothing of ours is edited.
_GONE = 999_999
_LOUD = {"id": -1_000_000_777_000, "type": "channel", "title": "Loud"}
# What chats get and are like, and what else is kept that only some may change.
GETS = ("chats", "subscribers", "subscriptions", "words")
_TABLES = (*GETS, "managers", "changes", "invites", "guests", "announcements")


@dataclass(frozen=True, slots=True)
class Asked:
    """A button with *data*, or a *text*, which may answer a *question* of the bot's."""

    text: str = ""
    data: str = ""
    question: str = ""
    # The message that has the button; None: it is gone.
    under: dict[str, Any] | None = None


@pytest.fixture
def kind() -> Kind:
    """The kind of the chat, for tests of one."""
    return "supergroup"


@pytest.fixture
async def site(application: AnyApplication, telegram: Telegram, archive: Archive, kind: Kind) -> AsyncIterator["Site"]:
    async with a_site(application, telegram, archive, kind) as site:
        yield site


@asynccontextmanager
async def a_site(
    application: AnyApplication,
    telegram: Telegram,
    archive: Archive,
    kind: Kind = "supergroup",
    *,
    language: str = "en",
) -> AsyncIterator["Site"]:
    """A chat which has Bees, follows and mutes a word, and where all is quiet."""
    await archive.add(a_digest("Morning", of="Bees,Wasps"))
    people, database = await _everybody(telegram), archive.database
    chat, topic = await _chat(telegram, people, kind)
    topic_id = topic.id if topic else 0
    address = Address(chat.id, topic_id)
    await subscribed(
        database,
        a_subscriber(chat.id, topic_id=topic_id, type_="supergroup" if kind == "topic" else kind, language=language),
    )
    async with database.transaction() as tx:
        subscriber = await subscriber_at(tx, address)
        assert subscriber is not None
        await choose(tx, subscriber.id, [BEES])
        await keep_words(tx, subscriber.id, "follow", [HIVE])
        await keep_words(tx, subscriber.id, "mute", [Word("spam", "spam")])
        await tx.run("UPDATE chats SET is_forum = :forum", {"forum": int(kind == "topic")})
    async with asyncio.timeout(10):
        while await telegram.updates():
            await asyncio.sleep(0.01)
    with capture_logs() as logs:
        yield Site(application, database, kind, chat, address, people, logs, subscriber.id, language, topic)


async def _everybody(telegram: Telegram) -> dict[Who, Person]:
    """People, most of whom the bot knows."""
    people = {who: await telegram.person(who.title()) for who in EVERYBODY}
    for who, person in people.items():
        if who not in UNKNOWN:
            await person.starts()
            await person.next_message()
    return people


async def _chat(telegram: Telegram, people: dict[Who, Person], kind: Kind) -> tuple[Group, Topic | None]:
    """A chat in which each of *people* is what they are, with the bot; and a topic of it, if it is to be one."""
    chat = await telegram.group(TITLE, creator=people["creator"], kind="supergroup" if kind == "topic" else kind)
    await (chat.promotes() if kind == "channel" else chat.adds())
    for who, person in people.items():
        if who not in {"creator", "stranger"}:
            await chat.adds(person)
    await chat.promotes(people["administrator"])
    await chat.promotes(people["anonymous administrator"], anonymous=kind in {"supergroup", "topic"})
    await chat.promotes(people["administrator who may not post"], rights=["can_invite_users"])
    await chat.promotes(people["former administrator"])
    await chat.demotes(people["former administrator"])
    if kind in {"supergroup", "topic"}:
        await chat.restricts(people["restricted member"])
    if kind != "topic":
        return chat, None
    await chat.turns_on_topics()
    return chat, await chat.topic("News")


@dataclass(slots=True)
class Site:
    """Such a chat, which has subscribed, and what the bot makes of what is asked there, or in private about it."""

    application: AnyApplication
    database: Database
    kind: Kind
    chat: Group
    address: Address
    people: dict[Who, Person]
    logs: list[EventDict]
    subscriber_id: int
    language: str = "en"
    topic: Topic | None = None
    _numbers: Iterator[int] = field(default_factory=lambda: count(10_000))

    async def asks(self, who: Who, asked: Asked, *, in_private: bool = False) -> list[Call]:
        """Let them ask there, or in private about the chat; what the bot says then, and where."""
        telegram = self.chat.telegram
        before = await telegram.last_call()
        await self.sends(
            self.tap(who, asked, in_private=in_private)
            if asked.data
            else self.message(who, asked, in_private=in_private)
        )
        said = {"sendMessage", "editMessageText", "answerCallbackQuery", "editMessageReplyMarkup", "sendDocument"}
        return [call for call in await telegram.calls(after=before) if call.method in said]

    async def sends(self, update: dict[str, Any]) -> None:
        """Let the bot have *update*, and nothing go wrong."""
        decoded = decode({"update_id": next(self._numbers), **update}, self.application.bot)
        assert decoded is not None
        await self.application.process_update(decoded)
        assert [line for line in self.logs if line["log_level"] not in {"debug", "info"}] == []
        self.logs.clear()

    async def gets(self) -> Subscriber | None:
        """What the chat has asked for."""
        async with self.database.snapshot() as tx:
            return await subscriber_at(tx, self.address)

    async def kept(self) -> dict[str, list[dict[str, Any]]]:
        """All that is kept of what there is."""
        async with self.database.snapshot() as tx:
            return {table: [dict(row) for row in await tx.rows(f"SELECT * FROM {table}")] for table in _TABLES}  # noqa: S608

    async def is_restored(self, kept: dict[str, list[dict[str, Any]]]) -> None:
        """Let everything be as it was when that was *kept*."""
        async with self.database.transaction() as tx:
            for table in reversed(_TABLES):
                await tx.run(f"DELETE FROM {table}", {})  # noqa: S608
            for table in _TABLES:
                for row in kept[table]:
                    into = f"{table} ({', '.join(row)}) VALUES (:{', :'.join(row)})"
                    await tx.run(f"INSERT INTO {into}", row)

    def tap(self, who: Who, asked: Asked, *, in_private: bool = False) -> dict[str, Any]:
        """Press a button."""
        chat = self._where(who, in_private=in_private)
        under = {"message_id": _GONE, "date": DATE, "chat": chat, "from": self._bot, "text": "“hive”"}
        data = (about(asked.data, self.subscriber_id) or "") if in_private else asked.data
        under |= asked.under or ({} if in_private else self._thread)
        # Whoever presses a button does so in their own name.
        tap = {"id": f"{next(self._numbers)}", "from": self._user(who), "chat_instance": "1", "data": data}
        return {"callback_query": tap | {"message": under}}

    def message(self, who: Who, asked: Asked, *, in_private: bool = False) -> dict[str, Any]:
        """Write, and in private in reply to what the bot said about the chat."""
        chat = self._where(who, in_private=in_private)
        command = asked.text.split()[0] if asked.text.startswith("/") else ""
        entities = [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else []
        thread = {} if in_private else self._thread
        head = {
            "message_id": next(self._numbers),
            "date": DATE,
            "chat": chat,
            **self._sender(who, in_private=in_private),
        }
        replied = {"message_id": _GONE, "date": DATE, "chat": chat, "from": self._bot, **thread}
        question = phrase(self.language, asked.question) if asked.question else ""
        if in_private:
            link = f"https://t.me/{self._bot['username']}?start=set_{self.subscriber_id}"
            heading = {"type": "text_link", "offset": 0, "length": len(TITLE), "url": link}
            head["reply_to_message"] = replied | {"text": f"{TITLE}\n{question}", "entities": [heading]}
        elif question:
            head["reply_to_message"] = replied | {"text": question}
        return {"message": head | thread | {"text": asked.text, "entities": entities}}

    def _sender(self, who: Who, *, in_private: bool) -> dict[str, Any]:
        if who == "anonymous administrator" and not in_private:
            return {"from": _ANONYMOUS, "sender_chat": self._there}
        if who == "channel" and not in_private:
            return {"from": _CHANNEL_BOT, "sender_chat": _LOUD}
        return {"from": self._user(who)}

    def _where(self, who: Who, *, in_private: bool) -> dict[str, Any]:
        person = self.people[who]
        return {"id": person.id, "type": "private", "first_name": person.name} if in_private else self._there

    def _user(self, who: Who) -> dict[str, Any]:
        person = self.people[who]
        return {"id": person.id, "is_bot": False, "first_name": person.name, "language_code": self.language}

    @property
    def _bot(self) -> dict[str, Any]:
        return dict(self.application.bot.bot.to_dict())

    @property
    def _there(self) -> dict[str, Any]:
        chat = {"id": self.chat.id, "type": "supergroup" if self.kind == "topic" else self.kind, "title": TITLE}
        return chat | ({"is_forum": True} if self.kind == "topic" else {})

    @property
    def _thread(self) -> dict[str, Any]:
        if self.kind == "topic":
            return {"message_thread_id": self.address.topic_id, "is_topic_message": True}
        # In other groups a thread is no more than replies to one message.
        return {"message_thread_id": 77} if self.kind == "supergroup" else {}
