"""How an update becomes a request: who asks, in whose name, in which topic, and about which chat."""

import re

from telegram import CallbackQuery, Chat, Message, MessageEntity, Update, User

from bot.chat.request import Request, Voice
from bot.chat.services import Services
from bot.chat.topics import hear_of_topic
from bot.messages.taps import whom
from storage.chats import regain_chat
from storage.groups import group_with, note_group
from storage.model import Address, ChatType, SubscriberState
from storage.subscribers import subscriber_at, subscriber_with

# The topic that is always there, where Telegram names it at all.
_GENERAL = 1

# The link that stands on what the bot says about a chat in private: there a reply is about that chat too.
_LINK_TO_SETTINGS = re.compile(r"https://t\.me/\w+\?start=set_(\d{1,18})")


class NobodyAsksError(Exception):
    """What was asked is about a chat that there is not, or of nobody who could be answered."""


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
    found = (_LINK_TO_SETTINGS.fullmatch(link) for link in links)
    return next((int(match[1]) for match in found if match), None)


def _text_of(update: Update) -> str:
    return (update.message.text or "").strip() if update.message else ""
