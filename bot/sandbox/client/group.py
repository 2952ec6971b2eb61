"""A group, supergroup or channel, and what people do to it and to the bot in it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from bot.sandbox.client.chat import Chat
from bot.sandbox.client.person import Person
from bot.sandbox.seen import Message


@dataclass(slots=True)
class Group(Chat):
    """A chat of many; *id* is the new one after it became a supergroup.

    Who is meant is the bot unless a person is named, and who does it is the creator unless *by* says otherwise.
    """

    title: str

    @property
    def shown_as(self) -> str:
        """Its title."""
        return self.title

    async def adds(self, user: Person | None = None, *, by: Person | None = None, start: str | None = None) -> None:
        """Bring in the bot or a person; *start* follows the link `t.me/bot?startgroup=…`."""
        await self._does("adds", user, by, start=start)

    async def promotes(
        self,
        user: Person | None = None,
        *,
        rights: Collection[str] | None = None,
        anonymous: bool = False,
        by: Person | None = None,
    ) -> None:
        """Make an administrator, with the usual rights or these; of the creator only *anonymous* changes."""
        given = None if rights is None else sorted(rights)
        await self._does("promotes", user, by, rights=given, anonymous=anonymous)

    async def demotes(self, user: Person | None = None, *, by: Person | None = None) -> None:
        """Make an administrator a member again."""
        await self._does("demotes", user, by)

    async def restricts(self, user: Person | None = None, *, can_send: bool = False, by: Person | None = None) -> None:
        """Mute the bot or a person, or let them speak again."""
        await self._does("restricts", user, by, can_send=can_send)

    async def kicks(self, user: Person | None = None, *, by: Person | None = None) -> None:
        """Throw the bot or a person out."""
        await self._does("kicks", user, by)

    async def gains(self, person: Person) -> None:
        """See *person* come in by themselves."""
        await self._does("joins", None, person)

    async def loses(self, person: Person) -> None:
        """See *person* leave."""
        await self._does("leaves", None, person)

    async def is_renamed(self, title: str, *, by: Person | None = None) -> None:
        """Get another title."""
        await self._does("renames", None, by, title=title)
        self.title = title

    async def deletes(self, *, by: Person | None = None) -> None:
        """Be deleted for everybody."""
        await self._does("deletes", None, by)

    async def becomes_supergroup(self, *, by: Person | None = None) -> int:
        """Move to a new id; the old one, which is dead."""
        old = self.id
        self.id = (await self._does("becomes_supergroup", None, by))["id"]
        return old

    async def turns_on_topics(self, *, by: Person | None = None) -> None:
        """Become a forum, and a supergroup for it."""
        self.id = (await self._does("turns_on_topics", None, by))["id"]

    async def is_discussed_in(self, group: "Group", *, by: Person | None = None) -> None:
        """Of a channel: have its posts forwarded to *group*."""
        await self._does("links", None, by, group=group.id)

    async def is_discussed_nowhere(self, *, by: Person | None = None) -> None:
        """Of a channel: have its posts forwarded to no group any more."""
        await self._does("unlinks", None, by)

    async def takes_username(self, username: str, *, by: Person | None = None) -> None:
        """Become public under a name, or private with an empty one."""
        await self._does("takes_username", None, by, username=username)

    async def topic(self, name: str, *, by: Person | None = None) -> "Topic":
        """Begin a topic."""
        asked = {"name": name, "by": by.id if by else None}
        made = await self.telegram.ask("POST", f"/sandbox/chats/{self.id}/topics", asked)
        return Topic(self, made["id"], name)

    async def received(self) -> list[Message]:
        """All that the bot wrote, oldest first; of service messages none."""
        return [message for message in await self.messages() if message.from_bot and not message.is_service]

    async def _does(self, change: str, user: Person | None, by: Person | None, **more: Any) -> dict[str, Any]:  # noqa: ANN401 as the control API takes them
        asked = {"user": user.id if user else None, "by": by.id if by else None, **more}
        return await self.telegram.ask("POST", f"/sandbox/chats/{self.id}/{change}", asked)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a forum."""

    group: Group
    id: int
    name: str

    async def closes(self, *, by: Person | None = None) -> None:
        """Be closed."""
        await self._changes(by, closed=True)

    async def reopens(self, *, by: Person | None = None) -> None:
        """Be opened again."""
        await self._changes(by, closed=False)

    async def is_renamed(self, name: str, *, by: Person | None = None) -> None:
        """Get another name."""
        await self._changes(by, name=name)

    async def deletes(self) -> None:
        """Go, with everything in it."""
        await self.group.telegram.ask("DELETE", f"/sandbox/chats/{self.group.id}/topics/{self.id}")

    async def _changes(self, by: Person | None, **more: Any) -> None:  # noqa: ANN401 as above
        asked = {"by": by.id if by else None, **more}
        await self.group.telegram.ask("POST", f"/sandbox/chats/{self.group.id}/topics/{self.id}", asked)
