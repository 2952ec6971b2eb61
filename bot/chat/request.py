"""Who asks, where, about which chat and in which language: what every handler is given."""

import re
from dataclasses import dataclass
from typing import Literal

from telegram import CallbackQuery, Chat, Message, MessageEntity, Update, User

from bot.chat.services import Services
from bot.chat.topics import hear_of_topic
from bot.messages.choices import Whom
from bot.messages.phrases import choose_language
from bot.messages.taps import whom
from storage.chats import regain_chat
from storage.database import Transaction
from storage.groups import Group, group_with, note_group
from storage.model import Address, ChatType, Preferences, Subscriber, SubscriberState
from storage.subscribers import ensure_subscriber, subscriber_at, subscriber_with

# In whose name something is written: the person's, the group's by an anonymous administrator, or a channel's.
Voice = Literal["person", "group", "channel"]

# The topic that is always there, where Telegram names it at all.
_GENERAL = 1

# The link that stands on what the bot says about a chat in private: there a reply is about that chat too.
LINK_TO_SETTINGS = re.compile(r"https://t\.me/\w+\?start=set_(\d{1,18})")


class NobodyAsksError(Exception):
    """What was asked is about a chat that there is not, or of nobody who could be answered."""


@dataclass(frozen=True, slots=True)
class Request:
    """A command or a tap, in a person's private chat with the bot or in a group."""

    services: Services
    # Where it was asked, and is answered.
    chat_id: int
    # What Telegram says of the person; None: it does not say.
    telegram_language: str | None
    # What it is about; None: that never subscribed to anything.
    subscriber: Subscriber | None
    # What was typed, a command included; empty for a tap.
    text: str = ""
    # The message that was written, or whose button was pressed; None: Telegram shows it no more.
    message: Message | None = None
    # Who asks; None: Telegram does not say, or it is who has this private chat.
    person_id: int | None = None
    voice: Voice = "person"
    # The chat or topic that it is about, and its type; None: this private chat.
    about: Address | None = None
    type: ChatType = "private"
    # What is known of the group that it is asked in, or of the chat that it is about; None: it is a private chat.
    group: Group | None = None
    # The language of this private chat, where it is about another chat; None: none is known but Telegram's.
    own_language: str | None = None

    @property
    def words(self) -> str:
        """What was typed after the command."""
        return "".join(self.text.split(maxsplit=1)[1:])

    @property
    def answers(self) -> str:
        """What the message of the bot's says that was replied to; empty when none was."""
        replied = self.message.reply_to_message if self.message else None
        # What somebody else wrote may be our very words.
        if replied is None or replied.from_user is None or replied.from_user.id != self.services.rights.telegram_bot.id:
            return ""
        return replied.text or ""

    @property
    def address(self) -> Address:
        """What it is about: whose preferences are shown and changed."""
        return self.about or Address(self.chat_id)

    @property
    def in_group(self) -> bool:
        """Whether it was asked where others read along."""
        return self.chat_id < 0

    @property
    def managed(self) -> bool:
        """Whether it was asked in private about another chat."""
        return self.about is not None and self.about.chat_id != self.chat_id

    @property
    def whom(self) -> Whom:
        """How the person is told who gets what."""
        if self.type == "private":
            return "you"
        if self.managed:
            return "there"
        return "topic" if self.address.topic_id else "group"

    @property
    def preferences(self) -> Preferences:
        """What was asked for, up to this update."""
        return self.subscriber.preferences if self.subscriber else Preferences()

    @property
    def is_operator(self) -> bool:
        """Whether it is an operator who asks: a private chat has the id of its person."""
        return self.chat_id in self.services.admins

    @property
    def language(self) -> str:
        """The language to answer in: the chat's own setting, else the person's; of another chat, the person's."""
        return choose_language(self.own_language or self.telegram_language if self.managed else self.reads)

    @property
    def reads(self) -> str | None:
        """The language that is read there, as a BCP 47 tag, whether we speak it or not; None: not known."""
        return self.preferences.language or self.telegram_language

    async def ensure_subscriber(self, tx: Transaction, *, starting: bool = False) -> Subscriber:
        """Give what it is about as a subscriber as it is now, which receives, a new one if need be.

        What they missed, having blocked the bot, is sent; not what they did not get of their own will. A chat that is
        set up from elsewhere stays what it is unless it is *starting*: first somebody looks at a preview.
        """
        now, address = self.services.clock.now(), self.address
        present = await subscriber_at(tx, address) if self.managed and not starting else None
        if present is not None:
            return present
        if self.subscriber:
            await regain_chat(tx, address.chat_id, topic_id=address.topic_id, now=now, catch_up=self.services.catch_up)
        return await ensure_subscriber(
            tx,
            address,
            type_=self.type,
            language=self.own_language or self.telegram_language,
            subscribed_by=None if self.type == "private" else self.person_id,
            now=now,
        )

    async def ensure_known(self, tx: Transaction) -> Subscriber:
        """Give it as a subscriber, a new one if need be; whoever stopped does not receive for that."""
        return self.subscriber or await self.ensure_subscriber(tx)


async def read_request(update: Update, services: Services, *, own: bool = False) -> Request:
    """Read an update; whoever writes to us is gone no longer. *own*: it is about no other chat, whatever it answers.

    Raises NobodyAsksError when it is about no chat that there is.
    """
    chat, person = update.effective_chat, update.effective_user
    if chat is None or person is None:
        raise NobodyAsksError(f"update {update.update_id} is of nobody")
    if chat.type == Chat.PRIVATE:
        request = await _in_private(
            update, services, chat, person, subject=None if own else _subject_of(update, services)
        )
    else:
        request = await _in_group(update, services, chat, person)
    if request.subscriber and request.subscriber.state is SubscriberState.GONE and not request.managed:
        # A block lifted while we were down for more than a day is never told (TELEGRAM.md, "Buttons, commands").
        async with services.database.transaction() as tx:
            await regain_chat(tx, request.chat_id, now=services.clock.now(), catch_up=services.catch_up)
    return request


async def _in_private(update: Update, services: Services, chat: Chat, person: User, *, subject: int | None) -> Request:
    group = None
    async with services.database.snapshot() as tx:
        own = await subscriber_at(tx, Address(chat.id))
        subscriber = own
        if subject is not None:
            subscriber = await subscriber_with(tx, subject)
            if subscriber is None or subscriber.type == "private":
                raise NobodyAsksError(f"update {update.update_id} is about no group or channel")
            group = await group_with(tx, subscriber.address.chat_id)
    return Request(
        services,
        chat.id,
        person.language_code,
        subscriber,
        _text_of(update),
        update.effective_message,
        person_id=person.id,
        about=subscriber.address if subscriber and subject is not None else None,
        type=subscriber.type if subscriber and subject is not None else "private",
        group=group,
        own_language=own.preferences.language if own and subject is not None else None,
    )


async def _in_group(update: Update, services: Services, chat: Chat, person: User) -> Request:
    message = update.effective_message
    if update.callback_query is not None:
        _require_place(update.callback_query, chat, message)
    await hear_of_topic(services, message)
    address = Address(chat.id, topic_of(message))
    type_: ChatType = "supergroup" if chat.type == Chat.SUPERGROUP else "group"
    async with services.database.snapshot() as tx:
        subscriber, known = await subscriber_at(tx, address), await group_with(tx, chat.id)
        whole = None if subscriber else await subscriber_at(tx, Address(chat.id))
    if known is None or (known.title, known.is_forum, known.type) != (chat.title or "", bool(chat.is_forum), type_):
        async with services.database.transaction() as tx:
            await note_group(tx, chat.id, type_, title=chat.title or "", is_forum=bool(chat.is_forum))
            known = await group_with(tx, chat.id)
    voice = _voice_of(update, chat)
    # In a topic that never subscribed to anything, the group's is read.
    group_language = whole.preferences.language if whole else None
    return Request(
        services,
        chat.id,
        group_language or (person.language_code if voice == "person" else None),
        subscriber,
        _text_of(update),
        message,
        person_id=person.id if voice == "person" else None,
        voice=voice,
        about=address,
        type=type_,
        group=known,
    )


def _require_place(query: CallbackQuery, chat: Chat, message: Message | None) -> None:
    """Raise NobodyAsksError where it cannot be known what the button is about."""
    # Of a message that Telegram shows us no more, the topic is not told.
    if chat.is_forum and (message is None or not message.is_accessible):
        raise NobodyAsksError(f"button of a message in {chat.id} that is gone")
    # We put those under messages in private chats only.
    if whom(query.data or "")[0] is not None:
        raise NobodyAsksError(f"button about another chat in {chat.id}")


def topic_of(message: Message | None) -> int:
    """Give the topic that the message is in; 0: none, or the one that is always there, which has no id when sent to."""
    # In other groups a thread is no more than replies to one message.
    if message is None or not message.is_topic_message:
        return 0
    thread = message.message_thread_id or 0
    return 0 if thread == _GENERAL else thread


def _voice_of(update: Update, chat: Chat) -> Voice:
    # Whoever presses a button does so in their own name.
    sender = update.message.sender_chat if update.message else None
    if sender is None:
        return "person"
    return "group" if sender.id == chat.id else "channel"


def _subject_of(update: Update, services: Services) -> int | None:
    """Tell the id of the subscriber that it is about, as a button or the message that it answers says; None: neither.

    That it is said there gives no right to anything.
    """
    if update.callback_query is not None:
        return whom(update.callback_query.data or "")[0]
    replied = update.message.reply_to_message if update.message else None
    if replied is None or replied.from_user is None or replied.from_user.id != services.rights.telegram_bot.id:
        return None
    # The heading's: any other may be a digest's, or a footer's.
    links = (
        entity.url or "" for entity in replied.entities if entity.type == MessageEntity.TEXT_LINK and entity.offset == 0
    )
    found = (LINK_TO_SETTINGS.fullmatch(link) for link in links)
    return next((int(match[1]) for match in found if match), None)


def _text_of(update: Update) -> str:
    return (update.message.text or "").strip() if update.message else ""
