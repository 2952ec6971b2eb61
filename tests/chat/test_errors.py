from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.sandbox.client import Telegram
from bot.sandbox.seen import SandboxError
from storage.database import Database
from tests.chat.conftest import TOKEN, Archive, Talk

SHORTLY = timedelta(seconds=0.3)


async def break_the_database(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.run("DROP VIEW whole_subscribers")


async def test_a_failure_of_ours_is_one_polite_sentence_and_a_line_in_the_log(ada: Talk, database: Database) -> None:
    await break_the_database(database)

    with capture_logs() as logs:
        answer = await ada.says("/subscribe secret wishes")

    assert answer.text == "Something went wrong on my side. Please try again in a minute."
    [line] = logs
    assert (line["event"], line["log_level"]) == ("answer_failed", "error")
    assert "secret wishes" not in str(line)
    assert "whole_subscribers" in repr(line["exc_info"])


async def test_a_failure_of_ours_is_told_in_chinese_and_for_taps_too(mei: Talk, database: Database) -> None:
    await mei.says("/start")
    await break_the_database(database)

    await mei.person.tap("全部订阅")

    assert (await mei.person.sees("出了点问题")).text == "我这边出了点问题，请过一分钟再试。"


async def test_a_text_that_telegram_refuses_is_a_failure_of_ours(ada: Talk, telegram: Telegram) -> None:
    await telegram.refuse(code=400, times=1, description="Bad Request: ENTITIES_TOO_LONG")

    with capture_logs() as logs:
        answer = await ada.says("/help")

    assert answer.text.startswith("Something went wrong")
    assert [line["event"] for line in logs] == ["answer_failed"]


LOST = {403: ("answer_refused", "info"), 429: ("answer_lost", "warning"), 500: ("answer_lost", "warning")}


@pytest.mark.parametrize("code", LOST)
async def test_an_answer_that_cannot_arrive_is_one_line_in_the_log(
    ada: Talk, telegram: Telegram, archive: Archive, code: int
) -> None:
    await telegram.refuse(code=code, times=1, retry_after=3600 if code == 429 else None)

    with capture_logs() as logs:
        await ada.person.says("/subscribe Bees")
        with pytest.raises(SandboxError):
            await ada.person.next_message(within=SHORTLY)

    assert [(line["event"], line["log_level"]) for line in logs] == [LOST[code]]
    assert TOKEN not in str(logs)
    assert await archive.preferences(ada) == (False, ["Bees"])


async def test_an_answer_that_telegram_wants_a_second_later_comes_then(ada: Talk, telegram: Telegram) -> None:
    await telegram.refuse(code=429, times=1, retry_after=1)

    answer = await ada.says("/help")

    assert "/subscribe" in answer.text


async def test_an_excuse_that_cannot_arrive_either_is_a_line_in_the_log(
    ada: Talk, telegram: Telegram, database: Database
) -> None:
    await break_the_database(database)
    await telegram.refuse(code=403)

    with capture_logs() as logs:
        await ada.person.says("/start")
        with pytest.raises(SandboxError):
            await ada.person.next_message(within=SHORTLY)

    assert [line["event"] for line in logs] == ["answer_failed", "answer_lost"]
