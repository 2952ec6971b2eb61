"""Whatever anybody sends, a client of their own in hand: it is answered or ignored, and never an error in the log."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.typing import EventDict

from bot.chat import COMMANDS, OPERATORS_COMMANDS
from bot.messages.taps import Tap, kinds, write
from bot.sandbox.client import Telegram
from storage.database import Database
from tests.chat.client import DATE, Client, answers, data_of
from tests.chat.conftest import AnyApplication, Archive, Talk, a_digest, an_item
from tests.lean import lean

COMMAND_NAMES = [*COMMANDS, *OPERATORS_COMMANDS]
LONG = 10_000
# Of two hundred answers on a machine that has much else to do.
A_WHILE = timedelta(minutes=1)
# What people, cats and attackers put after a command.
ARGUMENTS = {
    "nothing": "",
    "blanks": " \t\n\u3000 ",
    "10,000 letters": "x" * LONG,
    "10,000 characters without a blank": "蜜" * LONG,
    "5,000 words": "a " * (LONG // 2),
    "3,000 names": ",".join(f"n{number}" for number in range(3_000)),
    "twenty long names": ", ".join(f"{number:02} {'name ' * 12}".strip() for number in range(20)),
    "twenty long words": " ".join(f"{number:02}{'x' * 60}" for number in range(20)),
    "twenty long phrases": " ".join(f'"{number:02} {"蜜蜂" * 30}"' for number in range(20)),
    "one of many parts": "“" + "” “".join("“蜜” 蜂" for _ in range(40)) + "”",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🐝 1️⃣",
    "right to left": "אחת מהן, دبور \u200f(Bees)",
    "turned around": "\u202eseeB\u202c \u2067bees\u2069",
    "zero width": "\u200b\u200d\ufeff\u2060",
    "lone signs": "\" ' “ ” 「 - : # @ * % \\ / ( ) [ ] ^ ~ ? ! , ，",
    "quotes that do not end": '"bees 「蜜蜂',
    "operators without words": 'category: since: from: - "" -""',
    "operators with nonsense": "since:9999-99 since:0000-00-00 from:a@b category:🐝 -category:x until:now",
    "a query of FTS5": 'bees" OR headline:"* NEAR(a, b) AND NOT c',
    "SQL": "'; DROP TABLE subscribers; --",
    "Fluent": "{ $count } {state-nothing} { -x }",
    "zeros": "0 00 -0 +0 0.0",
    "a number too large": "9" * 400,
    "Chinese digits": "二 ２ ②",
    "times": "25:99 -1:00 8:60 99999:00 24:00",
    "zones": "Mars/Olympus ../../etc/passwd Etc/GMT+99 . ..",
    "one accent a thousand times": "e" + "\u0301" * 1_000,
    "control characters": "\x00\x01\x1b[31m\x7f",
    "half of a pair": "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "another command": "/stop /forget",
    "a link": "https://example.org/a?b=c#d",
}


@pytest.fixture(autouse=True)
def _nothing_else_is_wrong(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """python-telegram-bot and asyncio have loggers of their own."""
    yield
    assert [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.WARNING] == []


@pytest.fixture
async def client(application: AnyApplication, ada: Talk, logs: list[EventDict], archive: Archive) -> Client:
    """Ada's, who has subscribed to something, in a chat with something to read."""
    await archive.add(
        a_digest("Morning", of="Bees,Wasps", items=(an_item("Bees dance"), an_item("Wasps sting", None))),
        a_digest("晨报", of="开源", hour=1, items=(an_item("开源模型发布"),)),
    )
    shown = await ada.says("/subscribe Bees")
    return Client(application, ada, logs, shown.raw, count(10_000))


@pytest.mark.parametrize("name", lean(COMMAND_NAMES, most=2))
async def test_a_command_with_anything_after_it_is_answered(client: Client, mei: Talk, name: str) -> None:
    await mei.says("/start")
    for talk in (client.talk, mei):
        somebody = replace(client, talk=talk)
        for what, argument in ARGUMENTS.items():
            said = answers(await somebody.says(f"/{name} {argument}".strip()))

            assert said, what
            assert all(call.outcome == "answered" for call in said), what


async def test_anything_that_is_no_command_is_answered(client: Client) -> None:
    for what, text in ARGUMENTS.items():
        assert answers(await client.says(text)), what


async def test_a_command_is_one_in_any_case_and_with_our_name(client: Client) -> None:
    bot = client.application.bot.username
    for name in COMMAND_NAMES:
        usual = [call.method for call in answers(await client.says(f"/{name}"))]

        for written in (f"/{name.upper()}", f"/{name.title()}@{bot}", f"/{name}@{bot.upper()}", f"/{name}@{bot} "):
            assert [call.method for call in answers(await client.says(written))] == usual, written


async def test_a_command_to_another_bot_is_not_obeyed(client: Client, archive: Archive) -> None:
    before = await archive.subscriber(client.talk)

    for name in COMMAND_NAMES:
        [said] = answers(await client.says(f"/{name}@another_bot Wasps"))
        assert said.parameters["text"].startswith(f"I do not know /{name}."), name

    assert await archive.subscriber(client.talk) == before


async def test_a_command_that_was_edited_is_ignored(client: Client) -> None:
    for name in COMMAND_NAMES:
        assert await client.sends(edited_message=client.message(f"/{name} Wasps", edit_date=DATE + 1)) == []


FORWARDED = {
    "of a person": {"type": "user", "date": DATE, "sender_user": {"id": 7, "is_bot": False, "first_name": "Bo"}},
    "of somebody hidden": {"type": "hidden_user", "date": DATE, "sender_user_name": "Bo"},
    "of a channel": {
        "type": "channel",
        "date": DATE,
        "message_id": 5,
        "chat": {"id": -1001, "type": "channel", "title": "Bees"},
    },
}


@pytest.mark.parametrize("origin", FORWARDED)
async def test_a_command_that_was_forwarded_is_answered(client: Client, origin: str) -> None:
    for name in COMMAND_NAMES:
        assert answers(await client.says(f"/{name} Bees", forward_origin=FORWARDED[origin])), name
    assert answers(await client.says("Bees", forward_origin=FORWARDED[origin]))


FILE = {"file_id": "a", "file_unique_id": "a"}
OTHERS: dict[str, dict[str, Any]] = {
    "photo": {"photo": [{**FILE, "width": 1, "height": 1}]},
    "sticker": {
        "sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    },
    "voice": {"voice": {**FILE, "duration": 1}},
    "video note": {"video_note": {**FILE, "length": 1, "duration": 1}},
    "document": {"document": {**FILE, "file_name": "words.md"}},
    "contact": {"contact": {"phone_number": "1", "first_name": "Bo"}},
    "dice": {"dice": {"emoji": "🎲", "value": 1}},
    "place": {"location": {"latitude": 48.2, "longitude": 16.4}},
    "end of the world": {"location": {"latitude": -90, "longitude": 180}},
}


async def test_what_is_no_text_is_answered_and_its_caption_no_command(client: Client, archive: Archive) -> None:
    command = {"type": "bot_command", "offset": 0, "length": 12}
    for what, other in OTHERS.items():
        assert answers(await client.says("", **other)), what
        captioned = {"caption": "/unsubscribe", "caption_entities": [command]}
        assert answers(await client.says("", **other, **captioned)), what
    assert await archive.preferences(client.talk) == (False, ["Bees"])


async def test_what_is_shared_with_ourselves_is_not_looked_for(client: Client) -> None:
    ada = client.talk.person
    found = await ada.asks("bees")

    await ada.chooses(found, found.results[0]["id"])

    assert (await client.talk.says("/help")).text.startswith("/latest")
    client.nothing_is_wrong()


WHOLE_NUMBERS = st.sampled_from([0, 1, 2, 3, 7, 10, 2**31, 2**62, 10**18 - 1]) | st.integers(0, 10**18 - 1)
NAMES = st.sampled_from(
    ["", "0", "-", "_", "/", "A" * 40, "daily", "UTC", "Europe/Vienna", "../../etc/passwd", "en", "zh-Hans", "on"]
) | st.from_regex(r"[A-Za-z0-9_+/-]{0,40}", fullmatch=True)


@st.composite
def forged(draw: st.DrawFn) -> str:
    """Data that is read as a tap of some kind, whatever it says."""
    kind = draw(st.sampled_from(kinds()))
    return draw(forged_of(kind))


@st.composite
def forged_of(draw: st.DrawFn, kind: type[Tap]) -> str:
    values = [draw(NAMES if field.type is str else WHOLE_NUMBERS) for field in fields(kind)]
    return write(kind(*values))


@given(data=forged())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_a_tap_with_anything_in_it_is_answered(client: Client, data: str) -> None:
    assert await client.taps(data)
    assert await client.taps(data, under={"message_id": 1, "date": 0, "chat": client.chat})


@given(data=st.text(max_size=64) | st.binary(max_size=64).map(lambda raw: raw.decode(errors="replace")))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_bytes_that_are_no_tap_are_answered_and_change_nothing(
    client: Client, archive: Archive, data: str
) -> None:
    [call] = await client.taps(data)

    assert call.method == "answerCallbackQuery"
    assert call.parameters["text"].startswith("This button is out of date.")
    assert await archive.preferences(client.talk) == (False, ["Bees"])


async def test_the_button_of_another_person_tells_and_changes_nothing_of_theirs(
    client: Client, mei: Talk, archive: Archive, database: Database
) -> None:
    for said in (
        "/subscribe 开源",
        "/follow 模型",
        "/mute 马斯克",
        "/schedule 每天 8:00 北京",
        "/latest",
        "/categories",
    ):
        await mei.says(said)
    await mei.person.presses("🔖 收藏")
    for said in ("/follow", "/mute", "/saved", "/search 开源", "/settings", "/unsubscribe 开源", "/why", "/schedule"):
        await mei.says(said)
    before = await archive.subscriber(mei)
    saved = await bookmarks(database, mei)
    received = [message.id for message in await mei.person.received()]
    theirs = {data for message in await mei.person.received() for data in data_of(message)}

    for data in theirs:
        told = answers(await client.taps(data))
        assert not any("马斯克" in str(call.parameters) for call in told), data

    assert len(theirs) > 30
    assert await archive.subscriber(mei) == before
    assert await bookmarks(database, mei) == saved == [(2, 0)]
    assert [message.id for message in await mei.person.received()] == received


async def test_a_tap_under_the_message_of_another_person_is_skipped(
    client: Client, mei: Talk, archive: Archive
) -> None:
    shown = await mei.says("/subscribe 开源")
    before = await archive.subscriber(mei)

    for kind in kinds():
        data = write(kind(*("" if field.type is str else 0 for field in fields(kind))))
        assert await client.taps(data, under=shown.raw) == []

    assert await archive.subscriber(mei) == before


async def test_two_hundred_taps_in_a_second_are_all_answered(client: Client, telegram: Telegram) -> None:
    ada = client.talk.person
    shown = await client.talk.says("/categories")
    before = await telegram.last_call()

    await asyncio.gather(*(ada.tap(shown.buttons[number % 3][0], message_id=shown.id) for number in range(200)))
    taps = await telegram.called("answerCallbackQuery", count=200, outcome="answered", after=before, within=A_WHILE)

    assert len(taps) == 200
    assert (await client.talk.says("/help")).text
    client.nothing_is_wrong()


async def bookmarks(database: Database, talk: Talk) -> list[tuple[int, int]]:
    async with database.snapshot() as tx:
        rows = await tx.rows(
            """
            SELECT digest_id, item_id FROM bookmarks JOIN subscribers ON subscribers.id = subscriber_id
             WHERE chat_id = :chat_id ORDER BY digest_id, item_id
            """,
            {"chat_id": talk.person.id},
        )
    return [(row["digest_id"], row["item_id"]) for row in rows]
