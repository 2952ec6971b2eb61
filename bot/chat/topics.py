"""Topics of a forum, as service messages tell of them: what they are called, and which are closed."""

from functools import partial

import structlog
from telegram import ChatMember, ChatMemberAdministrator, ChatMemberOwner, Message

from bot.chat.errors import unless_refused
from bot.chat.services import Services
from bot.closing import close_chat
from storage.chats import TOPIC_CLOSED, regain_chat
from storage.groups import topic_name
from storage.topics import learn_topic, note_topic, set_closed

log = structlog.get_logger()


async def follow_name(services: Services, message: Message) -> None:
    """Remember what a topic is called from now on; a new icon is no new name."""
    told = message.forum_topic_created or message.forum_topic_edited
    if told is None or not told.name:
        return
    async with services.database.transaction() as tx:
        await note_topic(tx, message.chat.id, _id_of(message), told.name)


async def follow_closing(services: Services, message: Message) -> None:
    """Pause a topic that was closed or hidden, and tell whoever subscribed it.

    Where the bot may write nevertheless they may subscribe it again: closed to others alone, it is a place for news.
    """
    chat_id, topic_id, now = message.chat.id, _id_of(message), services.clock.now()
    may_write = await manages_topics(services, chat_id, services.rights.telegram_bot.id)
    async with services.database.transaction() as tx:
        subscribers = await close_chat(
            tx, chat_id, topic_id=topic_id, reason=TOPIC_CLOSED, may_write=may_write, now=now
        )
    log.info("topic_closed", chat=chat_id, topic=topic_id, subscribers=subscribers)


async def follow_reopening(services: Services, message: Message) -> None:
    """Let a topic that was opened again, or is no longer hidden, receive again."""
    chat_id, topic_id, now = message.chat.id, _id_of(message), services.clock.now()
    async with services.database.transaction() as tx:
        await set_closed(tx, chat_id, topic_id, closed=False)
        regained = await regain_chat(tx, chat_id, topic_id=topic_id, now=now, catch_up=services.catch_up)
    log.info(
        "topic_reopened", chat=chat_id, topic=topic_id, subscribers=regained.subscribers, revived=regained.deliveries
    )


async def hear_of_topic(services: Services, message: Message | None) -> None:
    """Learn what a topic is called that is older than the bot: what is written there is shown beside what began it."""
    began = message.reply_to_message if message and message.is_topic_message else None
    created = began.forum_topic_created if began else None
    if message is None or created is None:
        return
    chat_id, topic_id = message.chat.id, _id_of(message)
    async with services.database.snapshot() as tx:
        is_known = bool(await topic_name(tx, chat_id, topic_id))
    if not is_known:
        async with services.database.transaction() as tx:
            await learn_topic(tx, chat_id, topic_id, created.name)


async def manages_topics(services: Services, chat_id: int, user_id: int) -> bool:
    """Ask Telegram whether somebody, perhaps the bot itself, may create topics there, and write in closed ones."""
    ask = partial(services.rights.telegram_bot.get_chat_member, chat_id, user_id)
    return _is_manager_of_topics(await unless_refused(ask, clock=services.clock))


def _is_manager_of_topics(member: ChatMember | None) -> bool:
    """Say whether such a *member* may create topics, and write in closed ones."""
    match member:
        case ChatMemberOwner() | ChatMemberAdministrator(can_manage_topics=True):
            return True
        case _:
            return False


def _id_of(message: Message) -> int:
    # Of the topic that is always there Telegram gives none, or 1, which to send to is refused.
    return 0 if message.message_thread_id in {None, 1} else message.message_thread_id
