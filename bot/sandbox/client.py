"""What tests and benchmarks hold: people, faults and the log of a sandbox, over HTTP, in whatever process it runs."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

import aiohttp

from bot.sandbox.seen import Answer, Call, Message, SandboxError, read_call, read_message

SOON = timedelta(seconds=5)
Query = Mapping[str, str | int | float]


@asynccontextmanager
async def connect(address: str) -> AsyncIterator["Telegram"]:
    """The sandbox at *address* (`http://127.0.0.1:port`)."""
    async with aiohttp.ClientSession(address, timeout=aiohttp.ClientTimeout(total=None)) as session:
        yield Telegram(session)


@dataclass(frozen=True, slots=True)
class Telegram:
    """A sandbox, seen from a test."""

    session: aiohttp.ClientSession

    async def person(self, name: str, *, language: str = "en", id: int = 0, username: str = "") -> "Person":  # noqa: A002 Telegram's own word
        """A new person, who has not met the bot; an *id* of 0 is the next free one."""
        asked = {"first_name": name, "language": language, "id": id, "username": username}
        person = await self.ask("POST", "/sandbox/people", asked)
        return Person(self, person["id"], name)

    async def refuse(
        self,
        chat_id: int | None = None,
        *,
        code: int,
        method: str = "sendMessage",
        times: int | None = None,
        **details: Any,  # noqa: ANN401 description, retry_after, migrate_to_chat_id, probability, accepted
    ) -> int:
        """Answer with an error; the words default to Telegram's for *code*."""
        return await self.fault("refuse", method, chat_id=chat_id, code=code, times=times, **details)

    async def hold(
        self, method: str, *, chat_id: int | None = None, accepted: bool = True, times: int | None = None
    ) -> int:
        """Keep the answer back until `release`; when *accepted*, the call is carried out first.

        Of getUpdates an accepted hold keeps back answers with updates, and lets empty ones pass.
        """
        return await self.fault("hold", method, chat_id=chat_id, accepted=accepted, times=times)

    async def drop(self, method: str, *, accepted: bool, chat_id: int | None = None, times: int | None = None) -> int:
        """Close the connection without an answer, before or after carrying the call out."""
        return await self.fault("drop", method, chat_id=chat_id, accepted=accepted, times=times)

    async def delay(self, method: str, by: timedelta, *, chat_id: int | None = None, times: int | None = None) -> int:
        """Answer late."""
        return await self.fault("delay", method, chat_id=chat_id, seconds=by.total_seconds(), times=times)

    async def garble(
        self, method: str, form: Literal["html", "text"], *, accepted: bool = False, times: int | None = None
    ) -> int:
        """Answer a 502 in HTML, or a 200 that is no JSON."""
        return await self.fault(form, method, accepted=accepted, times=times)

    async def fault(self, kind: str, method: str, **details: Any) -> int:  # noqa: ANN401 as `POST /sandbox/faults` takes them
        """Put a fault in force; its id, for `lift`."""
        fault = await self.ask("POST", "/sandbox/faults", {"kind": kind, "method": method, **details})
        return int(fault["id"])

    async def lift(self, fault_id: int | None = None) -> None:
        """End one fault, or all; what is held stays held."""
        await self.ask("DELETE", "/sandbox/faults" if fault_id is None else f"/sandbox/faults/{fault_id}")

    async def held(self, method: str = "", *, count: int = 1, within: timedelta = SOON) -> list[Call]:
        """The calls that are held, once there are *count*."""
        query: Query = {"method": method, "count": count, "wait": within.total_seconds()}
        found = (await self.ask("GET", "/sandbox/held", query=query))["held"]
        if len(found) < count:
            raise SandboxError(f"no {count} calls of {method or 'any method'} were held within {within}")
        return [read_call(call) for call in found]

    async def release(self, method: str = "", *, number: int | None = None, keep: bool = False) -> int:
        """Let held calls go on, and hold no more of them unless *keep*; with *number* only that call."""
        asked = {"method": method, "number": number, "keep": keep}
        return int((await self.ask("POST", "/sandbox/release", asked))["released"])

    async def calls(self, method: str = "", *, chat_id: int = 0, outcome: str = "", after: int = 0) -> list[Call]:
        """The log, oldest first."""
        query: Query = {"method": method, "chat_id": chat_id, "outcome": outcome, "after": after, "limit": 100_000}
        return [read_call(call) for call in (await self.ask("GET", "/sandbox/calls", query=query))["calls"]]

    async def called(
        self, method: str, *, count: int = 1, outcome: str = "", after: int = 0, within: timedelta = SOON
    ) -> list[Call]:
        """The calls of *method* later than number *after*, once there are *count*."""
        query: Query = {
            "method": method,
            "count": count,
            "outcome": outcome,
            "after": after,
            "wait": within.total_seconds(),
        }
        found = (await self.ask("GET", "/sandbox/calls", query=query))["calls"]
        if len(found) < count:
            raise SandboxError(f"{len(found)} instead of {count} calls of {method} {outcome} within {within}")
        return [read_call(call) for call in found]

    async def updates(self) -> list[dict[str, Any]]:
        """What the bot has not confirmed."""
        found: list[dict[str, Any]] = (await self.ask("GET", "/sandbox/updates"))["updates"]
        return found

    async def state(self) -> dict[str, Any]:
        """The snapshot that the page begins with."""
        return await self.ask("GET", "/sandbox/state")

    async def publish(self) -> None:
        """Press the page's publish button."""
        await self.ask("POST", "/sandbox/publish")

    async def pass_time(self, ahead: timedelta) -> None:
        """Put the sandbox's clock *ahead* of the system's."""
        await self.ask("POST", "/sandbox/clock", {"ahead": ahead.total_seconds()})

    async def messages(self, chat_id: int) -> list[Message]:
        """All that stands in a chat, oldest first."""
        return await self.wait_for_messages(chat_id, {"limit": 1_000_000}, within=timedelta(0))

    async def wait_for_messages(self, chat_id: int, query: Query, *, within: timedelta) -> list[Message]:
        """What matches *query* in a chat, as soon as something does; nothing when *within* has passed."""
        query = {**query, "wait": str(within.total_seconds())}
        found = await self.ask("GET", f"/sandbox/chats/{chat_id}/messages", query=query)
        return [read_message(message) for message in found["messages"]]

    async def ask(
        self,
        verb: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Query | None = None,
    ) -> dict[str, Any]:
        """Speak to the control API; a refusal is a `SandboxError`."""
        async with self.session.request(verb, path, json=body, params=query) as response:
            answer: dict[str, Any] = await response.json()
        if "error" in answer and not response.ok:
            raise SandboxError(answer["error"])
        return answer


@dataclass(slots=True)
class Person:
    """Somebody who uses the bot; their id is also that of their chat with it."""

    telegram: Telegram
    id: int
    name: str
    _seen: int = field(default=0, repr=False)

    async def says(self, text: str, *, chat_id: int = 0) -> Message:
        """Write to the bot, or into a chat."""
        path = f"/sandbox/people/{self.id}/says"
        return read_message(await self.telegram.ask("POST", path, {"text": text, "chat_id": chat_id or self.id}))

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

    async def messages(self) -> list[Message]:
        """All in the chat with the bot, oldest first."""
        return await self.telegram.messages(self.id)

    async def received(self) -> list[Message]:
        """All that the bot wrote, oldest first."""
        return [message for message in await self.messages() if message.from_bot]

    async def next_message(self, *, within: timedelta = SOON) -> Message:
        """The bot's next message: the first that no earlier `next_message` of this person gave."""
        query: Query = {"after": self._seen, "from_bot": 1, "limit": 1_000_000}
        found = await self.telegram.wait_for_messages(self.id, query, within=within)
        if not found:
            raise SandboxError(f"{self.name} got no further message within {within}")
        self._seen = found[0].id
        return found[0]

    async def sees(self, text: str, *, within: timedelta = SOON) -> Message:
        """The newest message of the bot that contains *text*, once there is one, come anew or by an edit."""
        query: Query = {"contains": text, "from_bot": 1, "limit": 1}
        found = await self.telegram.wait_for_messages(self.id, query, within=within)
        if not found:
            raise SandboxError(f"{self.name} saw no {text!r} within {within}")
        return found[0]
