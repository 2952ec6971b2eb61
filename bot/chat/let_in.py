"""Whether the bot is for somebody, and for a group or channel, by the settings and by whom operators let in."""

from bot.access import EVERYBODY
from bot.chat.services import Services
from storage.access import is_guest, is_served
from storage.groups import group_with


async def is_let_in(services: Services, person_id: int) -> bool:
    """Say whether the bot is for this person."""
    guest = await _is_guest(services, person_id)
    return services.access.lets_in(operator=person_id in services.admins, guest=guest)


async def may_bring(services: Services, person_id: int) -> bool:
    """Say whether this person may bring the bot into a group or channel."""
    guest = await _is_guest(services, person_id)
    return services.access.lets_bring(operator=person_id in services.admins, guest=guest)


async def is_ours(services: Services, chat_id: int) -> bool:
    """Say whether the chat was subscribed, or somebody brought the bot who may."""
    async with services.database.snapshot() as tx:
        if await is_served(tx, chat_id):
            return True
        group = await group_with(tx, chat_id)
    return group is not None and group.added_by is not None and await may_bring(services, group.added_by)


async def not_brought(services: Services, chat_id: int, person_id: int) -> str | None:
    """Name the phrase that says why this person may not have the chat served that the bot is in; None: they may."""
    if services.access == EVERYBODY or await may_bring(services, person_id) or await is_ours(services, chat_id):
        return None
    return "not-brought"


def not_let_in(services: Services) -> str:
    """Name the phrase that says that it is not for somebody."""
    return "by-invitation" if services.access.mode == "invited" else "not-for-everybody"


async def _is_guest(services: Services, person_id: int) -> bool:
    if services.access.mode != "invited":
        return False
    async with services.database.snapshot() as tx:
        return await is_guest(tx, person_id)
