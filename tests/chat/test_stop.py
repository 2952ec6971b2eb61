"""`/stop` ends all that comes, and `/start` brings all of it back."""

import pytest

from storage.database import Database
from storage.model import SubscriberState
from tests.chat.conftest import Archive, Talk, a_digest


async def states(database: Database) -> list[tuple[str, str | None]]:
    async with database.snapshot() as tx:
        return [tuple(row) for row in await tx.rows("SELECT state, reason FROM deliveries ORDER BY id")]


async def test_stop_ends_all_in_one_step_and_says_how_to_return(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe Bees")

    answer = await ada.says("/stop")

    assert answer.text == "Stopped: nothing comes any more. /start brings all of it back."
    subscriber = await archive.subscriber(ada)
    assert subscriber is not None
    assert subscriber.state is SubscriberState.STOPPED
    assert await archive.preferences(ada) == (False, ["Bees"])


async def test_start_brings_back_what_there_was(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe 开源")
    await mei.says("/stop")

    answer = await mei.says("/start")

    assert answer.text.endswith("\n已订阅：开源。")
    subscriber = await archive.subscriber(mei)
    assert subscriber is not None
    assert subscriber.state is SubscriberState.ACTIVE


async def test_one_tap_brings_it_back_too(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe")
    await mei.says("/stop")

    answer = await mei.presses("重新开始")

    assert answer.text.endswith("\n已订阅全部。")
    assert await archive.preferences(mei) == (True, [])


async def test_what_waited_is_skipped_and_does_not_come_back(ada: Talk, mei: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await mei.says("/subscribe")
    await archive.add(a_digest("1"), a_digest("2"))
    async with archive.database.transaction() as tx:
        for digest_id in (1, 2):
            await tx.run(
                """
                INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at, held)
                SELECT 'digest', :digest_id, id, 0, 0, :held FROM subscribers
                """,
                {"digest_id": digest_id, "held": digest_id == 2},
            )

    await ada.says("/stop")
    await ada.says("/start")

    stopped = ("skipped", "stopped by the subscriber")
    assert await states(archive.database) == [stopped, ("waiting", None), stopped, ("waiting", None)]


async def test_stopping_twice_or_before_anything_came_does_no_harm(ada: Talk, mei: Talk, archive: Archive) -> None:
    await ada.says("/subscribe Bees")
    await ada.says("/stop")

    assert (await ada.says("/stop")).text == "Nothing comes already. /start brings all of it back."
    assert (await mei.says("/stop")).text == "已经停止了。发送 /start 即可原样恢复。"
    assert await archive.subscriber(mei) is None


async def test_whoever_stopped_still_reads_searches_and_saves(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest("Bees at work"))
    await ada.says("/subscribe")
    await ada.says("/stop")

    assert "About Bees at work" in (await ada.says("/latest")).text
    await ada.says("/search bees")
    await ada.says("/help")

    subscriber = await archive.subscriber(ada)
    assert subscriber is not None
    assert subscriber.state is SubscriberState.STOPPED


async def test_who_returns_is_not_asleep_any_more(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await ada.says("/schedule daily 8:00")
    await ada.says("/snooze 3 days")
    await ada.says("/stop")

    await ada.says("/start")

    subscriber = await archive.subscriber(ada)
    assert subscriber is not None
    assert (subscriber.preferences.schedule.cadence, subscriber.preferences.schedule.snoozed_until) == ("daily", None)


@pytest.mark.parametrize("command", ["/settings", "/categories", "/schedule", "/why"])
async def test_whoever_stopped_is_shown_so_and_returns_with_a_tap(ada: Talk, archive: Archive, command: str) -> None:
    await archive.add(a_digest(of="Bees"))
    await ada.says("/subscribe")
    await ada.says("/schedule daily 8:00")
    await ada.says("/stop")

    shown = await ada.says(command)

    assert "⏸ Stopped: nothing comes for now." in shown.text.splitlines()
    assert "Next:" not in shown.text
    assert shown.buttons[0] == ("Start again",)
    await ada.presses("Start again")
    assert "⏸" not in (await ada.says(command)).text


async def test_whoever_stopped_and_follows_a_word_is_told_that_all_comes_again(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest("Wasps"))
    await ada.says("/subscribe")
    again = "You had stopped: what you had comes again, too."

    await ada.says("/stop")
    assert again in (await ada.says("/follow wasps")).text.splitlines()
    assert again not in (await ada.says("/follow bees")).text

    await ada.says("/stop")
    await ada.says("/search about")
    assert again in (await ada.person.presses("🔔 Follow")).text.splitlines()
