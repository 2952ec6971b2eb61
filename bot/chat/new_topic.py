"""A topic that the bot creates in a forum, for whoever may create one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import structlog
from telegram import ForumTopic

from bot.chat.errors import failure_logged, unless_refused
from bot.chat.request import Request
from bot.chat.topics import manages_topics

# What Telegram takes (createForumTopic).
_LONGEST_NAME = 128

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class NotCreated:
    """There is no new topic; *why* is the name of the phrase that says so."""

    why: str


@asynccontextmanager
async def new_topic(request: Request, name: str) -> AsyncIterator[ForumTopic | NotCreated]:
    """Create a topic of this name, for as long as all goes well: else it is deleted again."""
    chat_id, telegram_bot = request.address.chat_id, request.services.rights.telegram_bot
    created = await _create(request, name)
    try:
        yield created
    except Exception:
        if isinstance(created, ForumTopic):
            with failure_logged("topic_not_deleted"):
                await telegram_bot.delete_forum_topic(chat_id, created.message_thread_id)
        raise


async def _create(request: Request, name: str) -> ForumTopic | NotCreated:
    services, chat_id = request.services, request.address.chat_id
    telegram_bot = services.rights.telegram_bot
    if request.person_id is None:
        return NotCreated("topic-as-yourself")
    if not await manages_topics(services, chat_id, request.person_id):
        return NotCreated("only-who-manages-topics")
    if not await manages_topics(services, chat_id, telegram_bot.id):
        return NotCreated("bot-may-not-create-topics")
    create = partial(telegram_bot.create_forum_topic, chat_id, name[:_LONGEST_NAME])
    created = await unless_refused(create, clock=services.clock)
    if created is None:
        return NotCreated("topic-not-created")
    log.info("topic_created", chat=chat_id, topic=created.message_thread_id, by=request.person_id)
    return created
