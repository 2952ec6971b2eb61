"""What the tests of Telegram's answers stand on: a chat of each kind, one delivery to it, and what an answer leaves."""

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from structlog.testing import capture_logs

from bot.delivery.courier import Courier
from bot.delivery.deliver import deliver
from bot.delivery.fan_out import fan_out
from bot.sandbox.client import Group, Person, Telegram
from storage.database import Database
from storage.fan_outs import begin_fan_out
from storage.model import ChatType
from tests.builders import a_digest, a_subscriber, an_item, stored, subscribed

Kind = Literal["private", "group", "supergroup", "channel", "topic"]
Log = MutableMapping[str, Any]


@dataclass(frozen=True)
class Left:
    """What an answer leaves behind; a reason of `...` is what Telegram answered."""

    delivery: str
    reason: Any
    subscriber: str = "active"
    # Of another topic of the same chat.
    neighbour: str = "active"
    # The phrase that whoever subscribed it is told.
    told: str | None = None
    # How long until the next try.
    wait: timedelta | None = None
    # Of each line of the log that names the delivery the level and the event.
    logged: tuple[str, ...] = ()
    # What the lines say besides.
    facts: Log = field(default_factory=dict)


@dataclass(frozen=True)
class Chat:
    """A chat whose subscriber is the first; of a forum it is one topic, and another one is the second."""

    id: int
    topic_id: int
    kind: Kind
    ada: Person
    group: Group | None = None


async def a_chat(telegram: Telegram, database: Database, kind: Kind, *, topic_id: int = 0) -> Chat:
    ada = await telegram.person("Ada")
    await ada.says("/start")
    if kind == "private":
        await subscribed(database, a_subscriber(ada.id, everything=True))
        return Chat(ada.id, 0, kind, ada)
    made_as: Literal["group", "supergroup", "channel"] = "supergroup" if kind == "topic" else kind
    group = await telegram.group("Bees", creator=ada, kind=made_as)
    await (group.promotes() if kind == "channel" else group.adds())
    type_: ChatType = made_as
    if kind == "topic":
        await group.turns_on_topics()
        topic_id, neighbour = topic_id or (await group.topic("Hive")).id, (await group.topic("Honey")).id
        await subscribed(
            database,
            *(
                a_subscriber(group.id, topic_id=each, type_=type_, everything=True, subscribed_by=ada.id)
                for each in (topic_id, neighbour)
            ),
        )
    else:
        await subscribed(database, a_subscriber(group.id, type_=type_, everything=True, subscribed_by=ada.id))
    return Chat(group.id, topic_id, kind, ada, group)


async def answering(telegram: Telegram, chat: Chat, answer: str, *, times: int | None = None) -> int:
    code, description = answer.split(" ", 1)
    return await telegram.refuse(chat.id, code=int(code), description=description, times=times)


@asynccontextmanager
async def delivering(courier: Courier) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(deliver(courier, stopping))
        yield
        stopping.set()
        courier.bell.ring()


async def owe(courier: Courier) -> None:
    """Owe everybody one digest of one part, in which a link is styled."""
    digest = await stored(courier.database, a_digest(an_item()))
    async with courier.database.transaction() as tx:
        await begin_fan_out(tx, digest.id, due_at=courier.clock.now())
    while await fan_out(courier.database, now=courier.clock.now()):
        pass
    courier.bell.ring()


async def after_one_try(courier: Courier, left: Left, *, owed: bool = False) -> list[Log]:
    """Deliver until the delivery is as told, all but its wait; give the lines of the log that name it."""
    if not owed:
        await owe(courier)
    with capture_logs() as log:
        async with delivering(courier):
            await until(courier.database, left)
    return [line for line in log if line.get("delivery") == 1]


async def until(database: Database, left: Left, *, id_: int = 1) -> None:
    async with asyncio.timeout(8):
        while True:
            state, reason, finished = await of_delivery(database, "state, reason, finished_at", id_=id_)
            if state == left.delivery and (reason is not None or finished is not None):
                return
            await asyncio.sleep(0.01)


async def check(
    database: Database, chat: Chat, answer: str, left: Left, log: list[Log], *, logged_chat: int = 0
) -> None:
    """Compare what is there with what should be left."""
    said = answer.partition(" ")[2]
    reason = said if left.reason is ... else left.reason and left.reason.format(said)
    assert await of_delivery(database, "state, reason") == (left.delivery, reason)
    held = left.subscriber in {"gone", "paused"}
    assert await of_subscriber(database, chat) == (left.subscriber, said if held else None)
    if chat.kind == "topic":
        async with database.snapshot() as tx:
            assert await tx.value("SELECT state FROM subscribers WHERE id = 2") == left.neighbour
    async with database.snapshot() as tx:
        notices = [tuple(row) for row in await tx.rows("SELECT user_id, phrase FROM notices")]
    assert notices == ([(chat.ada.id, left.told)] if left.told else [])
    if left.wait is not None:
        tried = await of_delivery(database, "try_at - unixepoch() * 1000")
        assert abs(tried[0] / 1000 - left.wait.total_seconds()) < 10
    assert [f"{line['log_level']} {line['event']}" for line in log] == list(left.logged)
    assert {line["digest"] for line in log} <= {1}
    assert {line["chat"] for line in log if line["event"] != "refused"} <= {logged_chat or chat.id}
    if log and log[-1]["event"] in {"skipped", "postponed", "failed"}:
        assert log[-1]["reason"] == reason
    facts = {key: value for line in log for key, value in line.items()}
    assert left.facts.items() <= facts.items()


async def of_delivery(database: Database, columns: str, *, id_: int = 1) -> tuple[Any, ...]:
    async with database.snapshot() as tx:
        row = await tx.row(f"SELECT {columns} FROM deliveries WHERE id = :id", {"id": id_})  # noqa: S608
    assert row is not None
    return tuple(row)


async def of_subscriber(database: Database, chat: Chat) -> tuple[str, str | None]:
    async with database.snapshot() as tx:
        row = await tx.row(
            "SELECT state, state_reason FROM subscribers WHERE chat_id = :chat_id AND topic_id = :topic_id",
            {"chat_id": chat.id, "topic_id": chat.topic_id},
        )
    assert row is not None
    return row["state"], row["state_reason"]
