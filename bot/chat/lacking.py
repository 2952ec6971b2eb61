"""What the bot lacks to write where a request is about: a right, or a topic that is open."""

from bot.chat.request import Request
from bot.chat.topics import manages_topics
from storage.topics import is_closed


async def lacking(request: Request) -> str | None:
    """Name the phrase that says why the bot may not write there; None: it may."""
    refused = await request.services.rights.bots_refusal(request.address.chat_id, request.type)
    return refused or await silenced(request)


async def silenced(request: Request) -> str | None:
    """Name the phrase that says that it is a closed topic; None: it is open, or the bot may write nevertheless."""
    services, address = request.services, request.address
    if request.type != "supergroup":
        return None
    async with services.database.snapshot() as tx:
        closed = await is_closed(tx, address.chat_id, address.topic_id)
    if not closed or await manages_topics(services, address.chat_id, services.rights.telegram_bot.id):
        return None
    return "topic-is-closed"
