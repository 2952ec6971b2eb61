"""The pace: what is too fast is counted, and refused if that is asked for."""

from datetime import timedelta

import pytest
import telegram
from telegram.error import RetryAfter

from bot.sandbox.client import Person, Telegram
from bot.sandbox.errors import ApiError
from bot.sandbox.pace import Pace, pace_json
from tests.sandbox.conftest import Api


async def test_a_short_burst_to_one_person_is_no_breach(api: Api, sandbox: Telegram, ada: Person) -> None:
    for _ in range(3):
        await api("sendMessage", chat_id=ada.id, text="hi")

    pace = await sandbox.pace()
    assert (pace["messages"], pace["private"]["breaches"], pace["private"]["worst"]) == (3, 0, 3)


async def test_more_than_that_is(api: Api, sandbox: Telegram, ada: Person) -> None:
    _, sent = await api("sendMessage", chat_id=ada.id, text="0")
    for count in range(4):
        await api("editMessageText", chat_id=ada.id, message_id=sent["result"]["message_id"], text=f"edit {count}")

    private = (await sandbox.pace())["private"]
    assert (private["breaches"], private["worst"], private["chat_id"]) == (2, 5, ada.id)


async def test_twenty_a_minute_is_all_a_group_takes(api: Api, sandbox: Telegram, ada: Person) -> None:
    bees = await sandbox.group("Bees", creator=ada)
    await bees.adds()
    for _ in range(21):
        await api("sendMessage", chat_id=bees.id, text="hi")

    group = (await sandbox.pace())["group"]
    assert (group["breaches"], group["worst"], group["chat_id"]) == (1, 21, bees.id)


async def test_what_is_refused_anyway_counts_nothing(api: Api, sandbox: Telegram, ada: Person) -> None:
    await ada.blocks()
    for _ in range(9):
        await api("sendMessage", chat_id=ada.id, text="hi")

    assert (await sandbox.pace())["messages"] == 0


@pytest.fixture
def _modern(monkeypatch: pytest.MonkeyPatch) -> None:
    """RetryAfter without python-telegram-bot's warning that it will once be a timedelta."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.mark.usefixtures("_modern")
async def test_pace_is_enforced_on_request(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    await sandbox.enforces_pace()
    for _ in range(3):
        await telegram_bot.send_message(ada.id, "hi")

    with pytest.raises(RetryAfter) as caught:
        await telegram_bot.send_message(ada.id, "hi")
    await sandbox.pass_time(timedelta(seconds=3))
    await telegram_bot.send_message(ada.id, "hi")

    assert caught.value.retry_after == timedelta(seconds=3)
    assert len(await ada.received()) == 4
    assert (await sandbox.pace())["refused"] == 1


def test_thirty_a_second_is_all_the_bot_may() -> None:
    pace = Pace()

    for count in range(90):
        pace.note(count + 1, count / 30)
    steady = pace_json(pace)["bot"]
    for count in range(40):
        pace.note(count + 1000, 100.0)

    assert (steady["breaches"], steady["worst"]) == (0, 30)
    assert (pace.worst["bot"].breaches, pace.worst["bot"].messages) == (10, 40)


def test_a_paid_broadcast_may_be_faster() -> None:
    pace = Pace()

    for count in range(500):
        pace.note(count + 1, 1.0, paid=True)

    assert pace.worst["bot"].breaches == 0


def test_what_was_refused_is_not_held_against_the_bot() -> None:
    pace = Pace(enforced=True)
    for _ in range(20):
        pace.note(-7, 0.0)

    for _ in range(100):
        with pytest.raises(ApiError, match="retry after 60"):
            pace.note(-7, 0.0)
    pace.note(-7, 60.0)

    assert (pace.messages, pace.refused, pace.worst["group"].breaches) == (21, 100, 0)
