"""The bot as those who run it meet it in their chat: what it asks them, and that it does as they say."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.client import Person
from tests.running import Place, a_file, a_place, subscribed

# Ten times what it takes on an idle machine.
A_WHILE = timedelta(minutes=1)
REFUSAL = "Bad Request: can't parse entities: something is wrong"


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with a_place(tmp_path) as place:
        yield place


@pytest.fixture
async def olga(place: Place) -> Person:
    """She runs the bot, reads Chinese, and subscribed to nothing."""
    olga = await place.telegram.person("Olga", language="zh")
    place.settings["DIGEST_BOT_ADMINS"] = str(olga.id)
    return olga


async def meets(olga: Person) -> None:
    await olga.says("/start")
    await olga.next_message()


async def test_an_operator_gets_a_digest_first_and_then_its_readers(place: Place, olga: Person) -> None:
    async with place.running():
        await meets(olga)
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        place.publish("bees.md", a_file("Bees"))
        await ada.sees("Bees story 1", within=A_WHILE)

        firsts = [call.parameters["chat_id"] for call in await place.telegram.calls("sendMessage", outcome="answered")]
        kept = [message.text for message in await olga.received() if "Bees" in message.text]

    # In both languages it is the same text, so it is tried out once, and stays: she would not get it otherwise.
    assert firsts[-2:] == [olga.id, ada.id]
    assert len(kept) == 1
    assert "canary_passed" in place.log


@pytest.mark.long
async def test_who_is_killed_while_trying_out_begins_again(place: Place, olga: Person) -> None:
    async with place.running() as process:
        await meets(olga)
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        await place.telegram.hold("sendMessage", chat_id=olga.id)
        place.publish("bees.md", a_file("Bees"))
        await place.telegram.held("sendMessage")
        untouched = await ada.received()
        await place.kill(process)
        await place.telegram.release("sendMessage")

    async with place.running():
        await ada.sees("Bees story 1", within=A_WHILE)

    assert not any("Bees" in message.text for message in untouched)
    assert len([message for message in await ada.received() if "Bees" in message.text]) == 1
    # The one that nobody could delete, and the one that is hers.
    assert len([message for message in await olga.received() if "Bees" in message.text]) == 2


@pytest.mark.long
async def test_what_telegram_refuses_is_sent_when_an_operator_says_so(place: Place, olga: Person) -> None:
    async with place.running():
        await meets(olga)
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        before = len(await ada.received())
        refusing = await place.telegram.refuse(code=400, description=REFUSAL, times=1)
        place.publish("bees.md", a_file("Bees"))

        asked = await olga.sees("《Bees》", within=A_WHILE)
        place.publish("wasps.md", a_file("Wasps"))
        await ada.sees("Wasps story 1", within=A_WHILE)
        await place.telegram.lift(refusing)
        untouched = [message.text for message in (await ada.received())[before:] if "Bees" in message.text]
        await olga.presses("仍然发送")
        await ada.sees("Bees story 1", within=A_WHILE)

    assert asked.text == (
        f"Telegram 拒收《Bees》（bees.md）：\n{REFUSAL}\n读者都还没有收到。改好文件后，我会自动重试。"
    )
    assert asked.buttons == (("仍然发送",), ("不发送",))
    assert untouched == []
    assert (await olga.sees("《Bees》", within=A_WHILE)).text == "《Bees》现在开始发送，Telegram 拒收的部分改为纯文本。"


@pytest.mark.long
async def test_what_telegram_refuses_is_not_sent_when_an_operator_says_so(place: Place, olga: Person) -> None:
    async with place.running():
        await meets(olga)
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        await place.telegram.refuse(code=400, description=REFUSAL, times=1)
        place.publish("bees.md", a_file("Bees"))

        await olga.sees("《Bees》", within=A_WHILE)
        await olga.presses("不发送")
        await olga.sees("不发送。以后要发送：digest-bot publish bees.md", within=A_WHILE)
        place.publish("wasps.md", a_file("Wasps"))
        await ada.sees("Wasps story 1", within=A_WHILE)
        told = await place.status()

    assert not any("Bees" in message.text for message in await ada.received())
    assert [(each["path"], each["reason"]) for each in told["not_sent"]] == [
        ("bees.md", "Telegram refuses its text, and an operator did not send it")
    ]


@pytest.mark.long
async def test_a_refused_digest_is_tried_again_when_its_file_is_corrected(place: Place, olga: Person) -> None:
    async with place.running():
        await meets(olga)
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        await place.telegram.refuse(code=400, description=REFUSAL, times=1)
        place.publish("bees.md", a_file("Bees"))
        await olga.sees("《Bees》", within=A_WHILE)

        place.publish("bees.md", a_file("Bees, corrected"))
        await ada.sees("Bees, corrected story 1", within=A_WHILE)
        toast = await olga.presses("不发送")

    assert toast.text == "这件事已经处理过了。"


@pytest.mark.long
@pytest.mark.parametrize(("button", "arrives"), [("发送", True), pytest.param("跳过", False, marks=pytest.mark.long)])
async def test_a_pause_holds_what_is_published_until_an_operator_decides(
    place: Place, olga: Person, button: str, *, arrives: bool
) -> None:
    async with place.running():
        await meets(olga)
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        await olga.says("/pause")
        await olga.sees("已暂停", within=A_WHILE)
        place.publish("bees.md", a_file("Bees"))
        await place.until("SELECT count(*) = 1 FROM deliveries WHERE state = 'waiting'")
        await ada.says("/latest")
        await ada.sees("Bees story 1", within=A_WHILE)
        during = place.ask("SELECT state, attempts FROM deliveries")

        await olga.says("/resume")
        await olga.sees("有 1 期简报在等待", within=A_WHILE)
        await olga.presses(button)
        await place.until("SELECT state IN ('sent', 'skipped') FROM deliveries")
        await place.until("SELECT count(*) = 0 FROM pauses")
        place.publish("wasps.md", a_file("Wasps"))
        await ada.sees("Wasps story 1", within=A_WHILE)

    assert during == [("waiting", 0)]
    assert len([message for message in await ada.received() if "Bees" in message.text]) == 1 + arrives


async def test_an_operator_is_told_once_when_telegram_wants_rest(place: Place, olga: Person) -> None:
    async with place.running():
        await meets(olga)
        readers = [await subscribed(place.telegram, name, "/subscribe") for name in ("Ada", "Bob", "Cyd", "Dee")]
        for reader in readers:
            await place.telegram.refuse(reader.id, code=429, retry_after=180)
        place.publish("bees.md", a_file("Bees"))

        told = await olga.sees("要求放慢", within=A_WHILE)
        await olga.says("/latest")
        await olga.sees("Bees story 1", within=A_WHILE)

    assert told.text == "Telegram 要求放慢：3 分钟内不发简报。不会遗漏，提问照常回答。"
    assert len([message for message in await olga.received() if "放慢" in message.text]) == 1


@pytest.mark.long
async def test_an_operator_is_told_when_nothing_can_be_written_down(place: Place, olga: Person) -> None:
    async with place.running():
        await meets(olga)
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        with place.holding_the_pen():
            told = await olga.sees("无法记录", within=A_WHILE)
        place.publish("bees.md", a_file("Bees"))
        await ada.sees("Bees story 1", within=A_WHILE)

    assert "database is locked" in told.text
    assert place.ask("SELECT count(*) FROM notices") == [(0,)]


@pytest.mark.long
async def test_a_pause_outlives_a_restart_and_ends_from_the_shell(place: Place, olga: Person) -> None:
    async with place.running():
        await meets(olga)
        ada = await subscribed(place.telegram, "Ada", "/subscribe")
        await place.command("pause")
        place.publish("bees.md", a_file("Bees"))
        await place.until("SELECT count(*) = 1 FROM deliveries WHERE state = 'waiting'")

    async with place.running():
        place.publish("wasps.md", a_file("Wasps"))
        await place.until("SELECT count(*) = 2 FROM deliveries WHERE state = 'waiting'")
        assert not any("story" in message.text for message in await ada.received())
        status, said = await place.command("resume", "--send")
        await ada.sees("Bees story 1", within=A_WHILE)
        await ada.sees("Wasps story 1", within=A_WHILE)

    assert (status, said) == (0, "resumed: what waited (2 digests, 1 chat) is sent\n")
    assert "still_paused" in place.log
