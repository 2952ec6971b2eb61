"""What a group settles for itself: who is answered there, and whether answers stay."""

from dataclasses import dataclass, replace

from bot.chat.keyboards import Button, button
from bot.chat.request import Request
from bot.messages.settings import GROUP_SETTINGS, group_label
from bot.messages.taps import Tap, tap
from storage.groups import Group, answer_only, group_with, tidy_after


@tap("group")
@dataclass(frozen=True, slots=True)
class ChangeGroup(Tap):
    """The group's setting with this name has this value."""

    name: str
    value: str


def group_buttons(request: Request) -> list[Button]:
    """Say how each stands, and ask for the next of its values; nothing in channels, where nobody asks."""
    group = request.group
    if group is None or group.type == "channel":
        return []
    return [_toggle(request.language, group, name) for name in GROUP_SETTINGS]


async def change_group_to(request: Request, name: str, value: str) -> Request | None:
    """Let a setting have a value, and give the request as it is then; None: there is no such for this chat."""
    group = request.group
    if group is None or group.type == "channel" or value not in GROUP_SETTINGS.get(name, ()):
        return None
    async with request.services.database.transaction() as tx:
        # Who changed it is remembered with the rest of what the chat has.
        await request.ensure_known(tx)
        if name == "readers":
            await answer_only(tx, group.chat_id, "administrators" if value == "administrators" else "everyone")
        else:
            await tidy_after(tx, group.chat_id, int(value))
        return replace(request, group=await group_with(tx, group.chat_id))


def _toggle(language: str, group: Group, name: str) -> Button:
    values = GROUP_SETTINGS[name]
    present = group.readers if name == "readers" else str(group.tidy_minutes)
    # What nobody can choose here may have been chosen otherwise.
    place = values.index(present) if present in values else -1
    return button(group_label(language, name, present), ChangeGroup(name, values[(place + 1) % len(values)]))
