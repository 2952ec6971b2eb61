"""A channel and the group in which it is discussed, with the bot as an operator runs it."""

import json
from pathlib import Path

import pytest

from bot.sandbox.client import Group
from tests.running import Place, a_file, a_place

ADA = "Ada"


async def sent(group: Group) -> list[str]:
    """The titles that the bot itself sent there, and not Telegram."""
    return [message.text.split("\n")[0] for message in await group.received() if "story" in message.text]


async def subscribe(place: Place, **chats: Group) -> None:
    told = [
        {"chat_id": chat.id, "type": type_, "language": "en", "everything": True, "topic_id": 0}
        for type_, chat in chats.items()
    ]
    people = place.folder / "chats.jsonl"
    people.write_text("".join(json.dumps(line) + "\n" for line in told))
    status, output = await place.command("subscribers", "import", str(people))
    assert status == 0, output


@pytest.mark.long
async def test_a_discussion_group_has_each_digest_once_and_by_itself_when_the_channel_stops(tmp_path: Path) -> None:
    async with a_place(tmp_path) as place, place.running():
        ada = await place.telegram.person(ADA, language="en")
        channel = await place.telegram.channel("Daily", creator=ada)
        bees = await place.telegram.group("Bees", creator=ada, kind="supergroup")
        await channel.is_discussed_in(bees)
        await bees.adds()
        await channel.promotes()
        await place.until("SELECT count(*) = 2 FROM chats WHERE linked_chat_id IS NOT NULL")
        await subscribe(place, supergroup=bees, channel=channel)

        place.publish("one.md", a_file("One"))
        await place.until("SELECT count(*) = 2 FROM deliveries WHERE finished_at IS NOT NULL")
        assert (await sent(channel), await sent(bees)) == (["One"], [])
        assert [message.text.split("\n")[0] for message in await bees.messages()].count("One") == 1
        _, output = await place.command("deliveries", "--digest", "one.md")
        assert "Bees: its channel Daily has it, and Telegram forwards it here" in output

        await channel.kicks()
        await place.until("SELECT state = 'gone' FROM subscribers WHERE type = 'channel'")
        place.publish("two.md", a_file("Two"))
        await place.until("SELECT count(*) = 2 FROM deliveries WHERE state = 'sent'")
        assert await sent(bees) == ["Two"]

        await bees.kicks()
        await place.until("SELECT state = 'gone' FROM subscribers WHERE type = 'supergroup'")
        place.publish("three.md", a_file("Three"))
        await place.until("SELECT count(*) = 2 FROM deliveries WHERE digest_id = 3 AND state = 'skipped'")
        await bees.adds()
        await bees.sees("Three story 1")
        assert await sent(bees) == ["Two", "Three"]
