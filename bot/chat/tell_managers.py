"""The others who manage a chat are told, without a sound, when one of them lets it get digests, or no more."""

import asyncio

from bot.chat.errors import failure_logged
from bot.chat.request import Request
from bot.chat.settings import ShowSettings
from bot.messages.taps import about, write
from storage.managed import managers_of
from storage.model import Subscriber, SubscriberState
from storage.notices import add_notice

# Of more, some find it in the settings.
_MOST = 20


async def tell_managers(request: Request, now_is: Subscriber) -> None:
    """Let each of them be told who may still set the chat up; the one who did it knows."""
    chat_id, services = request.address.chat_id, request.services
    async with services.database.snapshot() as tx:
        others = [each for each in await managers_of(tx, chat_id) if each != request.person_id][:_MOST]
    asked = [services.rights.refusal(chat_id, request.type, each, fresh=True) for each in others]
    refused: list[str | None] = []
    # The change is made, and whoever made it is to hear so whatever becomes of this.
    with failure_logged("managers_not_told"):
        refused = await asyncio.gather(*asked)
    name = "changed-started" if now_is.state is SubscriberState.ACTIVE else "changed-stopped"
    title = request.group.title if request.group else ""
    facts = {"chat_id": chat_id, "title": title, "by": request.person_id or 0, "silent": True}
    # Its data are short whatever the subscriber's number.
    settings = [("button-all-settings", about(write(ShowSettings()), now_is.id) or "")]
    async with services.database.transaction() as tx:
        for person, reason in zip(others, refused, strict=False):
            if reason is None:
                await add_notice(tx, person, name, facts, settings, now=services.clock.now())
