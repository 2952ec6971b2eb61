"""Twenty-five digests dropped at once into the folder of a bot that runs: an operator says what becomes of them."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.client import Person
from tests.running import Place, subscribed

COUNT = 25
PATHS = [f"bulk/{number:02}.md" for number in range(COUNT)]


def drop(place: Place) -> None:
    """Put all of them there at one moment, the first being the oldest."""
    hidden = place.source / ".bulk"
    hidden.mkdir()
    for number in range(COUNT):
        date = datetime.now(UTC) - timedelta(hours=2) + timedelta(minutes=number)
        body = f"- [Bees {number}](https://example.org/{number})"
        (hidden / f"{number:02}.md").write_text(f"---\ntitle: Digest {number}\ndate: {date.isoformat()}\n---\n{body}\n")
    hidden.rename(place.source / "bulk")


async def asked(place: Place, operator: Person) -> None:
    drop(place)
    question = await operator.sees("25 new digests of main came at once")
    assert "· Digest 24\n· Digest 23" in question.text
    assert "… and 20 more" in question.text
    assert place.ask("SELECT count(*) FROM deliveries") == [(0,)]


def owed(place: Place) -> list[str]:
    owed = "SELECT id, digest_id FROM deliveries WHERE kind = 'digest'"
    rows = place.ask(f"SELECT path FROM ({owed}) AS owed JOIN digests ON digests.id = digest_id ORDER BY owed.id")  # noqa: S608 - a constant
    return [path for (path,) in rows]


@pytest.mark.long
@pytest.mark.parametrize(
    ("button", "told", "sent"),
    [
        pytest.param("Send all", "25 digests of main are on their way, the oldest first.", PATHS),
        ("Send the newest only", "One digest of main is on its way.", PATHS[-1:]),
        pytest.param("Do not send", "25 digests of main are kept and not sent.", []),
    ],
)
async def test_each_button_does_as_it_says(place: Place, button: str, told: str, sent: list[str]) -> None:
    operator = await place.telegram.person("Operator")
    place.settings["DIGEST_BOT_ADMINS"] = str(operator.id)
    async with place.running():
        await operator.says("/unsubscribe")
        reader = await subscribed(place.telegram, "Ada", "/subscribe")
        await asked(place, operator)

        await operator.presses(button)
        await operator.sees(told)
        place.publish("later.md", "---\ntitle: Digest of later\n---\n- [Wasps](https://example.org/w)\n")
        await place.until("SELECT count(*) = ? FROM deliveries", len(sent) + 1, within=timedelta(seconds=60))
        # As many as these come as one roundup, for they are two hours old.
        await reader.sees("Digest 0" if len(sent) > 1 else "Digest of later", within=timedelta(minutes=4))

        assert owed(place) == [*sent, "later.md"]
        status = await place.status()
        assert sorted(each["path"] for each in status["not_sent"]) == sorted(set(PATHS) - set(sent))
    assert await place.telegram.calls("sendMessage", outcome="refused") == []


@pytest.mark.long
async def test_while_nobody_decides_nothing_is_sent_nor_asked_again_and_a_restart_changes_nothing(place: Place) -> None:
    operator = await place.telegram.person("Operator")
    place.settings["DIGEST_BOT_ADMINS"] = str(operator.id)
    async with place.running() as process:
        await operator.says("/unsubscribe")
        reader = await subscribed(place.telegram, "Ada", "/subscribe")
        await asked(place, operator)
        # Who is killed between telling and noting it tells again.
        await place.until("SELECT count(*) = 0 FROM notices")
        await place.kill(process)
    async with place.running():
        # It looks each second.
        await asyncio.sleep(3)

        assert owed(place) == []
        questions = [message for message in await operator.received() if "came at once" in message.text]
        assert len(questions) == 1

        status, output = await place.command("publish", "bulk/03.md")
        assert (status, "Digest 3" in output) == (0, True)
        await reader.sees("Digest 3")
    assert owed(place) == ["bulk/03.md"]


async def test_without_operators_all_are_sent_in_order(place: Place) -> None:
    async with place.running():
        await subscribed(place.telegram, "Ada", "/subscribe")
        drop(place)
        await place.until("SELECT count(*) = ? FROM deliveries", COUNT)

    assert owed(place) == PATHS
