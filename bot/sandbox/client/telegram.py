"""The sandbox as a whole: people and chats are made, faults put in force, and the log read."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import aiohttp

from bot.sandbox.client.chat import SOON, Query
from bot.sandbox.client.group import Group
from bot.sandbox.client.person import Person
from bot.sandbox.seen import Call, Message, SandboxError, read_call, read_message


@asynccontextmanager
async def connect(address: str) -> AsyncIterator["Telegram"]:
    """The sandbox at *address* (`http://127.0.0.1:port`)."""
    async with aiohttp.ClientSession(address, timeout=aiohttp.ClientTimeout(total=None)) as session:
        yield Telegram(session)


@dataclass(frozen=True, slots=True)
class Telegram:
    """A sandbox, seen from a test."""

    session: aiohttp.ClientSession

    async def person(self, name: str, *, language: str = "en", id: int = 0, username: str = "") -> Person:  # noqa: A002 Telegram's own word
        """A new person, who has not met the bot; an *id* of 0 is the next free one."""
        asked = {"first_name": name, "language": language, "id": id, "username": username}
        person = await self.ask("POST", "/sandbox/people", asked)
        return Person(self, person["id"], name)

    async def crowd(self, number: int, *, name: str = "Reader", language: str = "en") -> list[Person]:
        """So many new people who started the bot long ago: it may write to them, and no update tells of them."""
        asked = {"number": number, "first_name": name, "language": language}
        made = await self.ask("POST", "/sandbox/crowd", asked)
        return [Person(self, person["id"], person["first_name"]) for person in made["people"]]

    async def group(
        self,
        title: str,
        *,
        creator: Person,
        kind: Literal["group", "supergroup", "channel"] = "group",
        username: str = "",
        id: int = 0,  # noqa: A002 Telegram's own word
    ) -> Group:
        """A new group, supergroup or channel with nobody in it but its creator; an *id* of 0 is the next free one."""
        asked = {"title": title, "creator": creator.id, "type": kind, "username": username, "id": id}
        return Group(self, (await self.ask("POST", "/sandbox/groups", asked))["id"], title)

    async def channel(self, title: str, *, creator: Person, username: str = "") -> Group:
        """A new channel."""
        return await self.group(title, creator=creator, kind="channel", username=username)

    async def pace(self) -> dict[str, Any]:
        """How fast the bot was: of each lane (bot, private, group) limit, breaches and worst window."""
        return await self.ask("GET", "/sandbox/pace")

    async def enforces_pace(self, *, enforced: bool = True) -> None:
        """Answer 429 to what is too fast, or only count it again."""
        await self.ask("POST", "/sandbox/pace", {"enforced": enforced})

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

    async def last_call(self) -> int:
        """The number of the newest call, for whoever waits for those after it."""
        counts = (await self.ask("GET", "/sandbox/calls", query={"limit": 0}))["counts"]
        return sum(counts.values())

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
