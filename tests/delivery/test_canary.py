"""An operator gets each digest first, so that no reader is the first of whom Telegram refuses it."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.bell import Bell
from bot.delivery.canary import Taster, try_out
from bot.delivery.courier import Courier
from bot.delivery.fan_out import fan_out
from bot.delivery.views import Views
from bot.endings import TokenRefused
from bot.messages.taps import DecideRefused, write
from bot.sandbox.client import Person, Telegram
from storage.canaries import looks_in_use
from storage.database import Database, open_database
from storage.digests import mark_vanished
from storage.fan_outs import begin_fan_out, cancel_fan_out
from storage.model import Digest, Layout, SubscriberState
from storage.notices import Notice, next_notice
from tests.builders import MONDAY, a_digest, a_subscriber, an_item, stored, subscribed
from tests.clocks import HandClock

REFUSAL = "Bad Request: can't parse entities: something is wrong at byte offset 12"


@pytest.fixture
async def operator(telegram: Telegram) -> Person:
    operator = await telegram.person("Olga")
    await operator.says("/start")
    return operator


def a_taster(courier: Courier, *operators: int, patience: timedelta = timedelta(seconds=60)) -> Taster:
    """One whose time passes only where somebody waits."""
    return Taster(
        operators=operators,
        database=courier.database,
        bot_api=courier.bot_api,
        pace=courier.pace,
        clock=HandClock(),
        views=courier.views,
        published=Bell(),
        told=Bell(),
        patience=patience,
    )


async def published(database: Database, *digests: Digest, ago: timedelta = timedelta()) -> None:
    for digest in digests:
        kept = await stored(database, digest)
        async with database.transaction() as tx:
            await begin_fan_out(tx, kept.edition_of or kept.id, due_at=MONDAY - ago, hold="canary")


async def readers(database: Database, *looks: tuple[Layout, str | None]) -> None:
    await subscribed(
        database,
        *(
            a_subscriber(500_000 + number, everything=True, layout=layout, language=language)
            for number, (layout, language) in enumerate(looks)
        ),
    )


async def fan_outs(database: Database) -> list[tuple[Any, ...]]:
    async with database.snapshot() as tx:
        return [tuple(row) for row in await tx.rows("SELECT digest_id, hold FROM fan_outs ORDER BY digest_id")]


async def notices(database: Database) -> list[Notice]:
    async with database.snapshot() as tx:
        found: list[Notice] = []
        while notice := await next_notice(tx, now=MONDAY + timedelta(days=1), except_ids=[each.id for each in found]):
            found.append(notice)
    return found


async def shown(telegram: Telegram, operator: Person) -> list[str]:
    """The first line of all that was sent to the operator, deleted since or not."""
    calls = await telegram.calls("sendMessage", chat_id=operator.id)
    return [str(call.parameters["text"]).splitlines()[0] for call in calls]


def events(logs: Iterable[Any]) -> list[str]:
    return [line["event"] for line in logs]


async def test_an_operator_gets_every_look_in_use_without_a_sound_and_each_goes_again(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await readers(database, ("full", "en"), ("headlines", "en"), ("full", "zh"), ("full", "zh-CN"), ("full", "en"))
    await published(database, a_digest(an_item("Bees", "They fly."), title="News"))
    taster = a_taster(courier, operator.id)

    with capture_logs() as logs:
        tried = await try_out(taster)

    calls = await telegram.calls("sendMessage", chat_id=operator.id)
    assert tried
    assert events(logs)[-1] == "canary_passed"
    # Headlines alone, and both with the date in Chinese and in English; the operator's own look is the last.
    assert len(calls) == 3
    assert all(call.parameters["disable_notification"] for call in calls)
    assert [message.text for message in await operator.received()] == [calls[-1].parameters["text"]]
    assert await fan_outs(database) == [(1, None)]


async def test_who_gets_the_digest_anyway_is_left_with_nothing(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await subscribed(database, a_subscriber(operator.id, everything=True))
    await published(database, a_digest())

    await try_out(a_taster(courier, operator.id))

    assert len(await shown(telegram, operator)) == 1
    assert await operator.received() == []


async def test_an_operator_who_reads_something_else_keeps_it_in_their_own_look(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await subscribed(database, a_subscriber(operator.id, categories=["wasps"], layout="headlines", language="zh"))
    await readers(database, ("full", "en"))
    await published(database, a_digest(an_item("Bees", "They fly."), categories=["bees"]))

    await try_out(a_taster(courier, operator.id))

    assert len(await shown(telegram, operator)) == 2
    [kept] = await operator.received()
    assert "They fly." not in kept.text


async def test_each_part_is_tried_out_a_second_apart(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await published(database, a_digest(*(an_item(f"Story {number}", "word " * 150) for number in range(14))))
    taster = a_taster(courier, operator.id)

    await try_out(taster)

    parts = len(await shown(telegram, operator))
    assert parts == 3
    assert isinstance(taster.clock, HandClock)
    assert taster.clock.slept == [timedelta(seconds=1)] * (parts - 1)


async def test_a_refused_text_reaches_no_reader_and_operators_are_asked(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await readers(database, ("full", "en"), ("full", "zh"))
    await published(database, a_digest(title="News", path="a/b.md"))
    await telegram.refuse(operator.id, code=400, description=REFUSAL)
    taster = a_taster(courier, operator.id, 999)

    with capture_logs() as logs:
        await try_out(taster)

    assert await fan_outs(database) == [(1, "refused")]
    assert not await fan_out(database, now=MONDAY + timedelta(days=1))
    assert not await try_out(taster)
    assert [(line["log_level"], line["event"], line["reason"]) for line in logs] == [
        ("error", "canary_refused", REFUSAL)
    ]
    told = await notices(database)
    assert [notice.user_id for notice in told] == [operator.id, 999]
    assert told[0].phrase == "operator-digest-refused"
    assert told[0].facts == {"title": "News", "path": "a/b.md", "reason": REFUSAL}
    assert told[0].buttons == (
        ("button-send-refused", write(DecideRefused(1, send=True))),
        ("button-drop-refused", write(DecideRefused(1, send=False))),
    )


async def test_a_look_that_only_some_readers_have_is_enough_to_refuse(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await readers(database, ("full", "en"), ("headlines", "en"))
    await published(database, a_digest(an_item("Bees", "They fly.")))
    await telegram.refuse(operator.id, code=400, description=REFUSAL, times=1)

    await try_out(a_taster(courier, operator.id))

    assert await fan_outs(database) == [(1, "refused")]
    assert await operator.received() == []


@pytest.mark.parametrize(
    "refusal",
    [
        {"code": 403},
        {"code": 400, "description": "Bad Request: chat not found"},
        {"code": 429, "retry_after": 3600},
        {"code": 500},
    ],
    ids=["blocked", "unknown", "flood", "server"],
)
async def test_what_is_not_about_the_text_lets_it_go(
    courier: Courier, telegram: Telegram, operator: Person, database: Database, refusal: dict[str, Any]
) -> None:
    await published(database, a_digest())
    await telegram.refuse(operator.id, **refusal)

    with capture_logs() as logs:
        await try_out(a_taster(courier, operator.id))

    assert events(logs) == ["canary_let_go"]
    assert await fan_outs(database) == [(1, None)]
    assert await notices(database) == []


async def test_an_operators_chat_that_is_to_rest_rests_for_readers_too(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await published(database, a_digest())
    await telegram.refuse(operator.id, code=429, retry_after=3600)

    await try_out(a_taster(courier, operator.id))

    assert courier.pace.rest_of(operator.id) > timedelta(minutes=50)


async def test_an_operator_who_blocked_the_bot_is_stood_in_for(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    other = await telegram.person("Otto")
    await other.says("/start")
    await operator.blocks()
    await telegram.refuse(other.id, code=400, description=REFUSAL)
    await published(database, a_digest())

    await try_out(a_taster(courier, operator.id, other.id))

    assert await fan_outs(database) == [(1, "refused")]


async def test_a_403_of_which_nobody_has_read_is_about_the_operator_and_not_about_the_text(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    other = await telegram.person("Otto")
    await other.says("/start")
    await published(database, a_digest())
    await telegram.refuse(operator.id, code=403, description="Forbidden: bot can't send messages to bots")

    await try_out(a_taster(courier, operator.id, other.id))
    assert await shown(telegram, other) != []
    assert (await fan_outs(database), await notices(database)) == ([(1, None)], [])

    await published(database, a_digest(path="other.md"))
    await try_out(a_taster(courier, operator.id))
    assert (await fan_outs(database), await notices(database)) == ([(1, None), (2, None)], [])


async def test_readers_do_not_wait_for_a_telegram_that_hangs(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await published(database, a_digest())
    await telegram.hold("sendMessage", chat_id=operator.id, accepted=False)

    with capture_logs() as logs:
        await try_out(a_taster(courier, operator.id, patience=timedelta(seconds=0.3)))
    await telegram.release("sendMessage")

    assert [line["reason"] for line in logs] == ["it took longer than 0 s"]
    assert await fan_outs(database) == [(1, None)]


async def test_what_cannot_be_shown_is_left_to_the_worker_to_tell(
    courier: Courier, operator: Person, database: Database, tmp_path: Path
) -> None:
    await published(database, a_digest())

    async with open_database(tmp_path / "another.db") as another:
        # It knows no such digest.
        taster = replace(a_taster(courier, operator.id), views=Views(another))
        with capture_logs() as logs:
            await try_out(taster)

    assert events(logs) == ["view_not_made", "canary_let_go"]
    assert await fan_outs(database) == [(1, None)]


async def test_a_token_that_is_refused_lets_nothing_go(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await published(database, a_digest())
    await telegram.refuse(code=401)

    with pytest.raises(TokenRefused):
        await try_out(a_taster(courier, operator.id))

    assert await fan_outs(database) == [(1, "canary")]


async def test_nobody_is_waited_for_where_operators_are_named_no_more(courier: Courier, database: Database) -> None:
    await published(database, a_digest())

    await try_out(a_taster(courier))

    assert await fan_outs(database) == [(1, None)]


async def test_several_are_tried_out_one_after_the_other_the_oldest_first(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await published(database, a_digest(title="Later", path="a.md"))
    await published(database, a_digest(title="Earlier", path="b.md"), ago=timedelta(hours=1))
    await published(database, a_digest(title="Tomorrow", path="c.md"), ago=-timedelta(days=1))
    taster = a_taster(courier, operator.id)

    tried = [await try_out(taster) for _ in range(3)]

    assert tried == [True, True, False]
    assert await shown(telegram, operator) == ["Earlier", "Later"]
    assert await fan_outs(database) == [(1, None), (2, None), (3, "canary")]


async def test_what_changed_while_it_was_tried_out_is_tried_out_anew(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await published(database, a_digest(an_item("Before")))
    await telegram.hold("sendMessage", chat_id=operator.id)
    taster = a_taster(courier, operator.id)

    async with asyncio.TaskGroup() as tasks:
        trying = tasks.create_task(try_out(taster))
        await telegram.held("sendMessage")
        await stored(database, a_digest(an_item("After")))
        await telegram.release("sendMessage")
        assert await trying

    assert await fan_outs(database) == [(1, "canary")]
    await try_out(taster)
    assert "After" in (await operator.received())[-1].text
    assert await fan_outs(database) == [(1, None)]


async def test_what_is_owed_no_more_when_it_is_refused_asks_nobody(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await readers(database, ("headlines", "en"))
    await published(database, a_digest(an_item("Bees", "They fly.")))
    await telegram.hold("sendMessage", chat_id=operator.id, times=1)

    async with asyncio.TaskGroup() as tasks:
        trying = tasks.create_task(try_out(a_taster(courier, operator.id)))
        # The first look is under way; the second will be refused.
        await telegram.held("sendMessage")
        async with database.transaction() as tx:
            await cancel_fan_out(tx, 1)
        await telegram.refuse(operator.id, code=400, description=REFUSAL)
        await telegram.release("sendMessage")

    assert trying.result()
    assert await notices(database) == []


async def test_what_is_gone_is_not_tried_out(courier: Courier, operator: Person, database: Database) -> None:
    await published(database, a_digest())
    async with database.transaction() as tx:
        await mark_vanished(tx, 1, now=MONDAY)

    assert not await try_out(a_taster(courier, operator.id))
    assert await fan_outs(database) == [(1, "canary")]


async def test_a_translation_is_tried_out_for_its_readers(
    courier: Courier, telegram: Telegram, operator: Person, database: Database
) -> None:
    await readers(database, ("full", "zh"), ("full", "en"))
    await published(
        database,
        replace(a_digest(title="News", path="a.en.md", language="en"), twins="a.md"),
        replace(a_digest(title="日报", path="a.zh.md", language="zh"), twins="a.md"),
    )

    await try_out(a_taster(courier, operator.id))

    assert await shown(telegram, operator) == ["日报", "News"]


async def test_only_the_looks_of_those_who_receive_are_in_use(database: Database) -> None:
    await readers(database, ("full", "en"), ("full", "en"), ("full", None))
    await subscribed(database, a_subscriber(1, layout="headlines", state=SubscriberState.GONE))

    async with database.snapshot() as tx:
        looks = await looks_in_use(tx)

    assert sorted(looks, key=str) == [("full", "en"), ("full", None)]
