"""Who got a digest, asked of a bot that runs."""

import json

import pytest

from tests.running import Place, subscribed


@pytest.mark.long
async def test_a_running_bot_is_asked_who_got_a_digest(place: Place) -> None:
    async with place.running():
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        bob = await subscribed(place.telegram, "Bob", "/subscribe Chips")
        place.publish("bees.md", "---\ntitle: Bees\ncategories: [Bees]\n---\n1. [Bees](https://example.org/bees)\n")
        await ada.sees("Bees")
        await place.until("SELECT state = 'sent' FROM deliveries")

        status, told = await place.command("deliveries", "--digest", "bees.md", "--json")
        _, none = await place.command("deliveries", "--digest", "bees.md", "--chat", str(bob.id))

    digest, delivery = (json.loads(line) for line in told.splitlines())
    assert status == 0
    assert digest["counts"] == {"digest": {"sent": 1}}
    assert {name: delivery[name] for name in ("chat_id", "type", "state", "parts", "layout", "language")} == {
        "chat_id": ada.id,
        "type": "private",
        "state": "sent",
        "parts": 1,
        "layout": "full",
        "language": "en",
    }
    assert none.splitlines()[-1].endswith("it asked for Chips, and the digest has Bees")
