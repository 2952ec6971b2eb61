"""Whoever changes what a group, topic or channel gets, or how it is answered: that is remembered, by their id alone."""

from dataclasses import fields

import structlog

from bot.chat.linked import learn_link
from bot.chat.request import Request
from bot.chat.tell_managers import tell_managers
from storage.changes import note_change
from storage.groups import Group, group_with, note_manager
from storage.model import Preferences, Subscriber
from storage.subscribers import subscriber_at

log = structlog.get_logger()

# After such a change Telegram is asked what channel or group it is linked with.
_ASKED_AFTER = frozenset({"state", "everything", "categories"})


async def note_who_changed(request: Request) -> Subscriber | None:
    """Remember who asked if what the chat gets is another now; give the chat as it is now."""
    if request.type == "private":
        return request.subscriber
    async with request.services.database.snapshot() as tx:
        after = await subscriber_at(tx, request.address)
        group = await group_with(tx, request.address.chat_id)
    what = changed(request.subscriber, after) + changed_in_group(request.group, group)
    if after is None or not what:
        return after
    now = request.services.clock.now()
    async with request.services.database.transaction() as tx:
        await note_change(tx, after.id, user_id=request.person_id, what=what, now=now)
        if request.person_id is not None:
            await note_manager(tx, request.address.chat_id, request.person_id, now=now)
    # In a group all read along.
    if request.managed and "state" in what:
        await tell_managers(request, after)
    log.info(
        "chat_changed",
        chat=request.address.chat_id,
        topic=request.address.topic_id,
        by=request.person_id or request.voice,
        what=what,
    )
    if not _ASKED_AFTER.isdisjoint(what):
        await learn_link(request.services, request.address.chat_id, request.type)
    return after


def changed(before: Subscriber | None, after: Subscriber | None) -> list[str]:
    """Name the preferences that differ, and `state` if it receives again, or no more."""
    if after is None:
        return []
    # In which language a new one is answered nobody chose.
    old = before.preferences if before else Preferences(language=after.preferences.language)
    what = [
        each.name for each in fields(Preferences) if getattr(old, each.name) != getattr(after.preferences, each.name)
    ]
    if before is None or before.state is not after.state:
        what.append("state")
    return what


def changed_in_group(before: Group | None, after: Group | None) -> list[str]:
    """Name the settings of the group's own that differ."""
    if before is None or after is None:
        return []
    own = {"readers": before.readers != after.readers, "tidy": before.tidy_minutes != after.tidy_minutes}
    return [name for name, differs in own.items() if differs]
