"""Somebody who uses the bot."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.sandbox.client.chat import SOON, Chat, Query
from bot.sandbox.seen import Answer, Message, Results, SandboxError, read_message, read_results

if TYPE_CHECKING:
    from bot.sandbox.client.group import Group


@dataclass(slots=True)
class Person(Chat):
    """Somebody who uses the bot; their id is also that of their chat with it."""

    name: str

    @property
    def shown_as(self) -> str:
        """Their name."""
        return self.name

    async def says(
        self,
        text: str,
        *,
        entities: Sequence[Mapping[str, Any]] = (),
        photo: bytes | None = None,
        document: tuple[str, bytes] | None = None,
        chat_id: int = 0,
        topic_id: int = 0,
        reply_to: int | None = None,
        as_channel: "Group | None" = None,
    ) -> Message:
        """Write to the bot, or into a chat or topic of it, in the name of a channel if so wanted.

        With a *photo* or a *document* (its name, and what is in it) the text is the caption, which may be empty.
        """
        asked: dict[str, Any] = {"text": text, "chat_id": chat_id or self.id, "topic_id": topic_id}
        asked |= {"entities": list(entities), "reply_to": reply_to, "as_chat_id": as_channel.id if as_channel else None}
        if photo is not None:
            asked["photo"] = {"name": "photo.jpg", "content": b64encode(photo).decode()}
        if document is not None:
            asked["document"] = {"name": document[0], "content": b64encode(document[1]).decode()}
        return read_message(await self.telegram.ask("POST", f"/sandbox/people/{self.id}/says", asked))

    async def forwards(self, message: Message, *, chat_id: int = 0, topic_id: int = 0) -> Message:
        """Send on to the bot, or into another chat, what stands in one that this person reads."""
        asked = {"from_chat_id": message.raw["chat"]["id"], "message_id": message.id}
        asked |= {"chat_id": chat_id or self.id, "topic_id": topic_id}
        return read_message(await self.telegram.ask("POST", f"/sandbox/people/{self.id}/forwards", asked))

    async def hides(self, *, hidden: bool = True) -> None:
        """Be forwarded by name only from now on, without a link to the account."""
        await self.telegram.ask("POST", f"/sandbox/people/{self.id}/hides", {"hidden": hidden})

    async def shares(self, *, latitude: float, longitude: float) -> Message:
        """Share where one is with the bot."""
        asked = {"location": {"latitude": latitude, "longitude": longitude}}
        return read_message(await self.telegram.ask("POST", f"/sandbox/people/{self.id}/says", asked))

    async def starts(self, payload: str = "") -> Message:
        """Follow the link `t.me/bot?start=payload`, and press Start."""
        return await self.says(f"/start {payload}".rstrip())

    async def asks(self, text: str, *, chat_id: int = 0, offset: str = "", within: timedelta = SOON) -> Results:
        """Type `@bot text` in a chat; what the bot offers."""
        asked = {"text": text, "chat_id": chat_id or self.id, "offset": offset, "wait": within.total_seconds()}
        query = await self.telegram.ask("POST", f"/sandbox/people/{self.id}/asks", asked)
        if query["answer"] is None:
            raise SandboxError(f"nobody answered the inline query {text!r} within {within}")
        return read_results(query)

    async def chooses(self, results: Results, result_id: str, *, topic_id: int = 0) -> Message:
        """Send one of *results* into the chat where they were asked for."""
        asked = {"query_id": results.query_id, "result_id": result_id, "topic_id": topic_id}
        return read_message(await self.telegram.ask("POST", f"/sandbox/people/{self.id}/chooses", asked))

    async def picks(self, chat: "Group", *, button: str | None = None) -> Message:
        """Press the key *button* that asks for a chat (None: the first that *chat* answers) and choose *chat*."""
        asked = {"chat_id": chat.id, "button": button}
        return read_message(await self.telegram.ask("POST", f"/sandbox/people/{self.id}/picks", asked))

    async def may_pick(self, *, button: str | None = None) -> list[str]:
        """The titles of the chats that such a key offers."""
        query: Query = {"button": button} if button else {}
        found = await self.telegram.ask("GET", f"/sandbox/people/{self.id}/picks", query=query)
        return [chat["title"] for chat in found["chats"]]

    async def presses(
        self, button: str, *, message_id: int | None = None, chat_id: int = 0, within: timedelta = SOON
    ) -> Answer:
        """Press the button with this text on the newest message that has it; what the bot answered."""
        tap = await self.tap(button, message_id=message_id, chat_id=chat_id, wait=within)
        if tap["answer"] is None:
            raise SandboxError(f"nobody answered the press of {button!r} within {within}")
        return Answer(**tap["answer"])

    async def tap(
        self, button: str, *, message_id: int | None = None, chat_id: int = 0, wait: timedelta = timedelta(0)
    ) -> dict[str, Any]:
        """Press a button and not insist on an answer: query_id, data and answer, which may be None."""
        asked = {"button": button, "message_id": message_id, "chat_id": chat_id or self.id}
        path = f"/sandbox/people/{self.id}/presses"
        return await self.telegram.ask("POST", path, asked | {"wait": wait.total_seconds()})

    async def blocks(self) -> None:
        """Block the bot."""
        await self.telegram.ask("POST", f"/sandbox/people/{self.id}/blocks")

    async def unblocks(self) -> None:
        """Come back without a word."""
        await self.telegram.ask("POST", f"/sandbox/people/{self.id}/unblocks")

    async def deactivates(self) -> None:
        """Delete the account."""
        await self.telegram.ask("POST", f"/sandbox/people/{self.id}/deactivates")

    async def received(self) -> list[Message]:
        """All that the bot wrote, oldest first."""
        return [message for message in await self.messages() if message.from_bot]
