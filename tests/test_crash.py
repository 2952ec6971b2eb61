"""Killed at every border between two steps of the walk, and started again: nothing lost, nothing twice but what flew.

The borders are found from outside: a reader on the database says how far the walk is, the sandbox holds back its
answer, or a stranger holds the pen so that the bot cannot write. The product has no switch for it.
"""

import asyncio
import json
from datetime import timedelta

import pytest

from bot.sandbox.client import Person
from tests.running import Place, a_file, subscribed

# People who want nothing: a fan-out has to pass by them all.
BYSTANDERS = 30_000


async def copies(person: Person, title: str) -> int:
    """How often a message that says *title* stands in the chat."""
    return sum(title in message.text for message in await person.received())


async def all_sent(place: Place) -> None:
    await place.until("SELECT count(*) = 0 FROM fan_outs")
    await place.until("SELECT count(*) = 0 FROM deliveries WHERE state NOT IN ('sent', 'skipped')")


async def crowd(place: Place) -> None:
    people = place.folder / "people.jsonl"
    people.write_text("".join(json.dumps({"chat_id": 10_000 + n}) + "\n" for n in range(BYSTANDERS)))
    status, output = await place.command("subscribers", "import", str(people))
    assert status == 0, output


@pytest.mark.long
async def test_killed_in_the_first_look(place: Place) -> None:
    for number in range(600):
        place.publish(f"old-{number:03}.md", a_file(f"Old {number:03}"))
    async with place.running(ready=False) as process:
        await place.until("SELECT count(*) > 0 FROM digests")
        await place.kill(process)
    border = place.ask("SELECT count(*), (SELECT first_look_completed_at FROM sources) FROM digests")

    async with place.running():
        reader = await subscribed(place.telegram, "Ada", "/subscribe")
        place.publish("new.md", a_file("New"))
        await reader.sees("New story")
        await all_sent(place)

    assert 0 < border[0][0] < 600
    assert border[0][1] is None
    assert place.ask("SELECT count(*) FROM digests") == [(601,)]
    assert place.ask("SELECT count(*) FROM deliveries") == [(1,)]
    assert await copies(reader, "New story") == 1


@pytest.mark.long
async def test_killed_between_publish_and_fan_out(place: Place) -> None:
    await crowd(place)
    async with place.running() as process:
        reader = await subscribed(place.telegram, "Ada", "/subscribe")
        place.publish("new.md", a_file("New"))
        await place.until("SELECT count(*) FROM fan_outs WHERE subscriber_id = 0")
        await place.kill(process)
    border = place.ask("SELECT subscriber_id FROM fan_outs")

    async with place.running():
        await reader.sees("New story")
        await all_sent(place)

    # The first chunk at most.
    assert border in ([(0,)], [(1000,)])
    assert await copies(reader, "New story") == 1


@pytest.mark.long
async def test_killed_in_the_middle_of_a_fan_out(place: Place) -> None:
    async with place.running():
        first = await subscribed(place.telegram, "Ada", "/subscribe")
    await crowd(place)
    async with place.running() as process:
        last = await subscribed(place.telegram, "Zoe", "/subscribe")
        # Hers is owed in the first chunk, and in flight or not, it is not what this is about.
        await place.telegram.hold("sendMessage", chat_id=first.id, accepted=False)
        place.publish("new.md", a_file("New"))
        await place.until("SELECT subscriber_id >= 10000 FROM fan_outs")
        await place.kill(process)
    await place.telegram.release()
    border = place.ask("SELECT subscriber_id FROM fan_outs")

    async with place.running():
        await last.sees("New story")
        await all_sent(place)

    assert 10_000 <= border[0][0] < BYSTANDERS
    assert await copies(first, "New story") == 1
    assert await copies(last, "New story") == 1


@pytest.mark.long
async def test_killed_when_claimed_and_not_yet_in_the_chat(place: Place) -> None:
    async with place.running() as process:
        readers = [await subscribed(place.telegram, name, "/subscribe") for name in ("Ada", "Bo", "Cy")]
        await place.telegram.hold("sendMessage", accepted=False)
        place.publish("new.md", a_file("New"))
        await place.telegram.held("sendMessage", count=3)
        await place.kill(process)
    await place.telegram.release()

    async with place.running():
        await all_sent(place)

    assert [await copies(reader, "New story") for reader in readers] == [1, 1, 1]
    assert "was_in_doubt" in place.log


@pytest.mark.long
async def test_killed_when_sent_and_the_answer_has_not_come(place: Place) -> None:
    async with place.running() as process:
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        bo = await subscribed(place.telegram, "Bo", "/subscribe")
        await place.telegram.hold("sendMessage", chat_id=ada.id, accepted=True)
        place.publish("new.md", a_file("New"))
        await place.telegram.held("sendMessage")
        await place.until("SELECT count(*) FROM deliveries WHERE state = 'sent'")
        await place.kill(process)
    await place.telegram.release()

    async with place.running():
        await all_sent(place)

    # Hers was in flight, and nobody can know; his was recorded.
    assert await copies(ada, "New story") == 2
    assert await copies(bo, "New story") == 1


@pytest.mark.long
async def test_killed_when_answered_and_not_yet_recorded(place: Place) -> None:
    async with place.running() as process:
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        await place.telegram.hold("sendMessage", accepted=True)
        place.publish("new.md", a_file("New"))
        await place.telegram.held("sendMessage")
        with place.holding_the_pen():
            await place.telegram.release()
            await asyncio.sleep(0.5)
            await place.kill(process)
    border = place.ask("SELECT state, parts_sent FROM deliveries")

    async with place.running():
        await all_sent(place)

    assert border == [("sending", 0)]
    assert await copies(ada, "New story") == 2


@pytest.mark.long
async def test_killed_between_two_parts(place: Place) -> None:
    async with place.running() as process:
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        place.publish("new.md", a_file("New", items=30, words=60))
        await place.until("SELECT parts_sent FROM deliveries WHERE state = 'waiting'")
        await place.kill(process)
    border = place.ask("SELECT parts_sent FROM deliveries")[0][0]

    async with place.running():
        await all_sent(place)

    parts = place.ask("SELECT parts_sent FROM deliveries")[0][0]
    assert 0 < border < parts
    assert await copies(ada, "New story") == parts
    for story in range(1, 31):
        assert await copies(ada, f"New story {story}\n") == 1


async def test_a_subscription_typed_before_the_kill_is_not_lost(place: Place) -> None:
    async with place.running() as process:
        ada = await place.telegram.person("Ada")
        await ada.says("/start")
        await ada.next_message()
        await place.telegram.hold("getUpdates", accepted=True)
        await ada.says("/subscribe")
        await place.telegram.held("getUpdates")
        await place.kill(process)
    await place.telegram.release()
    border = place.ask("SELECT everything FROM subscribers")

    async with place.running():
        await ada.next_message()

    assert border == [(0,)]
    assert place.ask("SELECT everything FROM subscribers") == [(1,)]


@pytest.mark.long
async def test_a_subscription_received_and_not_yet_handled_is_not_lost(place: Place) -> None:
    async with place.running() as process:
        ada = await place.telegram.person("Ada")
        await ada.says("/start")
        await ada.next_message()
        polls = len(await place.telegram.calls("getUpdates", outcome="answered"))
        with place.holding_the_pen():
            await ada.says("/subscribe")
            await place.telegram.called("getUpdates", count=polls + 1, outcome="answered")
            await asyncio.sleep(0.3)
            await place.kill(process)
    border = place.ask("SELECT everything FROM subscribers")

    async with place.running():
        await ada.next_message()

    assert border == [(0,)]
    assert place.ask("SELECT everything FROM subscribers") == [(1,)]


@pytest.mark.long
async def test_a_subscription_stored_and_not_yet_answered_is_answered(place: Place) -> None:
    async with place.running() as process:
        ada = await place.telegram.person("Ada")
        await ada.says("/start")
        await ada.next_message()
        await place.telegram.hold("sendMessage", accepted=False)
        await ada.says("/subscribe")
        await place.telegram.held("sendMessage")
        await place.kill(process)
    await place.telegram.release()
    said = len(await ada.received())

    async with place.running():
        await ada.next_message(within=timedelta(seconds=10))

    assert place.ask("SELECT everything FROM subscribers") == [(1,)]
    assert len(await ada.received()) == said + 1


@pytest.mark.long
async def test_told_to_stop_while_telegram_answers_nothing_is_in_doubt(place: Place) -> None:
    async with place.running() as process:
        readers = [await subscribed(place.telegram, name, "/subscribe") for name in ("Ada", "Bo", "Cy")]
        await place.telegram.delay("sendMessage", timedelta(seconds=0.3))
        place.publish("new.md", a_file("New"))
        await place.until("SELECT count(*) FROM deliveries WHERE state = 'sending'")
        process.terminate()
        async with asyncio.timeout(10):
            await process.wait()
    doubtful = place.ask("SELECT count(*) FROM deliveries WHERE state = 'sending' OR doubts > 0")
    await place.telegram.lift()

    async with place.running():
        await all_sent(place)

    assert process.returncode == 0
    assert doubtful == [(0,)]
    assert [await copies(reader, "New story") for reader in readers] == [1, 1, 1]


@pytest.mark.long
async def test_two_copies_on_one_database(place: Place) -> None:
    async with place.running():
        status, output = await place.command("run")

    assert status == 1
    assert output.count("\n") == 1
    assert "is in use by another digest-bot" in output


@pytest.mark.long
async def test_two_copies_on_one_token_the_newcomer_stops(place: Place) -> None:
    async with place.running() as older:
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        # Whoever meets a 409 in its first 30 s takes itself for the newcomer.
        await asyncio.sleep(31)
        other = Place(place.folder / "other", place.telegram, place.address)
        other.source.mkdir(parents=True)
        async with asyncio.timeout(30):
            status, output = await other.command("run")
        await ada.says("/help")
        await ada.next_message(within=timedelta(seconds=15))
        still_runs = older.returncode is None

    assert status == 1
    assert "another bot is running with this token" in output
    assert "Traceback" not in output
    assert still_runs
    assert "another bot uses this token" in place.log
