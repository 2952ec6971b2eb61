"""Chats that are lost for a while, seen from outside: what was published meanwhile comes once they are back."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from bot.sandbox.client import Group, Person
from bot.sandbox.seen import Message
from tests.running import Place, a_file


@dataclass(frozen=True)
class Absence:
    """How a chat is lost and comes back; *told*: whether whoever subscribed it hears of it."""

    kind: str
    goes: Callable[[Group], Awaitable[None]]
    returns: Callable[[Group], Awaitable[None]]
    state: str
    told: bool = False


async def muted(group: Group) -> None:
    await group.restricts()


async def heard_again(group: Group) -> None:
    await group.restricts(can_send=True)


async def thrown_out(group: Group) -> None:
    await group.kicks()


async def let_in(group: Group) -> None:
    await group.adds()


async def without_the_right_to_post(group: Group) -> None:
    await group.promotes(rights=["can_edit_messages"])


async def with_all_rights(group: Group) -> None:
    await group.promotes()


@pytest.fixture
async def ada(place: Place) -> Person:
    ada = await place.telegram.person("Ada")
    await ada.says("/start")
    return ada


async def a_group(place: Place, ada: Person, kind: str) -> Group:
    """A chat that Ada subscribed to everything."""
    group = await place.telegram.group("Bees", creator=ada, kind=kind)  # type: ignore[arg-type]
    await (group.promotes() if kind == "channel" else group.adds())
    told = {"chat_id": group.id, "type": kind, "everything": True, "subscribed_by": ada.id, "language": "en"}
    (place.folder / "groups.jsonl").write_text(json.dumps(told))
    status, output = await place.command("subscribers", "import", str(place.folder / "groups.jsonl"))
    assert status == 0, output
    return group


def titles(messages: list[Message]) -> list[str]:
    """Say which digests are among them, beside what the bot says when it comes."""
    return [message.text.split()[0] for message in messages if " story" in message.text]


@pytest.mark.long
@pytest.mark.parametrize(
    "absence",
    [
        pytest.param(Absence("supergroup", muted, heard_again, "paused", told=True), id="muted"),
        pytest.param(Absence("group", thrown_out, let_in, "gone"), id="thrown out"),
        pytest.param(
            Absence("channel", without_the_right_to_post, with_all_rights, "paused", told=True),
            id="without the right to post",
        ),
    ],
)
async def test_what_is_published_while_a_chat_is_lost_comes_when_it_is_back(
    absence: Absence, place: Place, ada: Person
) -> None:
    async with place.running():
        bees = await a_group(place, ada, absence.kind)
        place.publish("1.md", a_file("One"))
        await place.until("SELECT state = 'sent' FROM deliveries")

        await absence.goes(bees)
        await place.until("SELECT state = ? FROM subscribers WHERE chat_id = ?", absence.state, bees.id)
        for number, title in enumerate(("Two", "Three"), 2):
            place.publish(f"{number}.md", a_file(title))
            await place.until("SELECT count(*) = ? FROM deliveries WHERE state = 'skipped'", number - 1)
        missed = len(titles(await bees.received()))
        if absence.told:
            await ada.sees("I may not write in Bees any more.")

        await absence.returns(bees)
        await place.until("SELECT count(*) = 3 FROM deliveries WHERE state = 'sent'")

    assert missed == 1
    assert titles(await bees.received()) == ["One", "Two", "Three"]
    assert (
        len([message for message in await ada.received() if "I may not write in Bees" in message.text]) == absence.told
    )


async def test_a_group_that_moves_with_something_on_its_way_gets_it_once(place: Place, ada: Person) -> None:
    async with place.running():
        bees = await a_group(place, ada, "group")
        await place.telegram.hold("sendMessage", chat_id=bees.id, accepted=False, times=1)
        place.publish("1.md", a_file("One"))
        await place.telegram.held("sendMessage")
        # It is still on its way to the old chat when the bot hears of the move.
        await bees.becomes_supergroup()
        await place.until("SELECT count(*) FROM subscribers WHERE chat_id = ?", bees.id)
        place.publish("2.md", a_file("Two"))
        await place.telegram.release("sendMessage")
        await place.until("SELECT count(*) = 2 FROM deliveries WHERE state = 'sent'")

    assert sorted(titles(await bees.received())) == ["One", "Two"]


@pytest.mark.long
async def test_who_blocked_the_bot_and_starts_it_again_gets_what_they_missed(place: Place, ada: Person) -> None:
    async with place.running():
        await ada.next_message()
        await ada.says("/subscribe")
        await ada.next_message()
        await ada.blocks()
        await place.until("SELECT state = 'gone' FROM subscribers")
        place.publish("1.md", a_file("One"))
        await place.until("SELECT state = 'skipped' FROM deliveries")

        await ada.starts()
        await ada.sees("One story 1")
        await place.until("SELECT state = 'sent' FROM deliveries")

    assert len([message for message in await ada.received() if "One story 1" in message.text]) == 1
