"""Whether the bot is for somebody, by the settings and by whom operators let in."""

from bot.chat.services import Services
from storage.access import is_guest


async def is_let_in(services: Services, person_id: int) -> bool:
    """Say whether the bot is for this person."""
    guest = await _is_guest(services, person_id)
    return services.access.lets_in(operator=person_id in services.admins, guest=guest)


async def may_bring(services: Services, person_id: int) -> bool:
    """Say whether this person may bring the bot into a group or channel."""
    guest = await _is_guest(services, person_id)
    return services.access.lets_bring(operator=person_id in services.admins, guest=guest)


def not_let_in(services: Services) -> str:
    """Name the phrase that says that it is not for somebody."""
    return "by-invitation" if services.access.mode == "invited" else "not-for-everybody"


async def _is_guest(services: Services, person_id: int) -> bool:
    if services.access.mode != "invited":
        return False
    async with services.database.snapshot() as tx:
        return await is_guest(tx, person_id)
