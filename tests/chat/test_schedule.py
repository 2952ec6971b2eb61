"""When things come: chosen with buttons and typed, in both languages."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import pytest
from telegram.ext import ExtBot

from bot.clock import Clock, SystemClock
from storage.database import Database
from storage.model import Address, Schedule
from storage.schedules import planned_for, set_schedule
from storage.subscribers import subscriber_at
from tests.chat.conftest import Archive, Talk, a_digest, labels
from tests.chat.test_old_buttons import press

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
# A Sunday; in Beijing it is 16:00.
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@dataclass
class StandingClock(SystemClock):
    """It shows the same time whenever one looks, until it is put forward."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return StandingClock()


async def kept(database: Database, talk: Talk) -> Schedule:
    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(talk.person.id))
    assert subscriber is not None
    return subscriber.preferences.schedule


async def planned(database: Database, talk: Talk) -> datetime | None:
    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(talk.person.id))
        assert subscriber is not None
        return await planned_for(tx, subscriber.id)


async def test_a_new_reader_has_a_schedule_of_their_own_in_four_taps(
    mei: Talk, archive: Archive, database: Database
) -> None:
    await archive.add(a_digest(of="开源动态"))

    await mei.says("/start")
    await mei.presses("全部订阅")
    await mei.presses("接收时间")
    answer = await mei.presses("每天")

    assert answer.text == (
        "每天 08:00 汇总送达。\n下次：明天 08:00（北京时间）\n先按北京时间（现在 16:00）。不对的话请点 🌍。"
    )
    assert await kept(database, mei) == Schedule("daily", time(8), time_zone="Asia/Shanghai")
    assert await planned(database, mei) == datetime(2026, 11, 23, tzinfo=UTC)


async def test_at_first_all_comes_at_once(ada: Talk) -> None:
    answer = await ada.says("/schedule")

    assert answer.text == "Digests come at once, as they are published."
    assert labels(answer) == [
        "✅ At once",
        "Daily",
        "Mon–Fri",
        "Weekly",
        "🌍 Time zone",
        "🌙 Quiet hours",
        "💤 Snooze",
    ]


async def test_where_one_may_live_is_said_only_when_something_goes_by_it(mei: Talk, database: Database) -> None:
    assert (await mei.says("/schedule")).text == "一发布就送到。"
    assert (await mei.says("/schedule 即时")).text == "一发布就送到。"
    assert (await kept(database, mei)).time_zone is None

    answer = await mei.presses("工作日")
    assert answer.text.endswith("先按北京时间（现在 16:00）。不对的话请点 🌍。")
    assert (await kept(database, mei)).time_zone == "Asia/Shanghai"


async def test_what_was_brought_along_without_a_place_is_shown_by_the_clock_that_it_goes_by(
    mei: Talk, database: Database
) -> None:
    await mei.says("/start")
    async with database.transaction() as tx:
        subscriber = await subscriber_at(tx, Address(mei.person.id))
        assert subscriber is not None
        await set_schedule(tx, subscriber.id, Schedule("daily", time(8)), next_due_at=NOW + DAY)

    answer = await mei.says("/schedule")

    assert answer.text == "每天 08:00 汇总送达。\n下次：明天 08:00（UTC时间）"
    assert "🌍 时区" in labels(answer)


async def test_what_one_says_oneself_is_no_guess(mei: Talk, database: Database) -> None:
    answer = await mei.says("/schedule 每天8点 上海")
    assert answer.text == "每天 08:00 汇总送达。\n下次：明天 08:00（北京时间）"
    assert (await kept(database, mei)).time_zone == "Asia/Shanghai"


async def test_a_place_that_is_tapped_is_no_guess(mei: Talk) -> None:
    await mei.says("/schedule")
    await mei.presses("🌍 北京")

    answer = await mei.presses("北京 16:00")

    assert answer.text == "一发布就送到。"
    assert (await mei.presses("每天")).text == "每天 08:00 汇总送达。\n下次：明天 08:00（北京时间）"


async def test_who_may_live_anywhere_is_asked_where(ada: Talk, database: Database) -> None:
    await ada.says("/schedule")

    answer = await ada.presses("Weekly")
    assert answer.text == (
        "A roundup comes every Monday at 08:00.\nNext: tomorrow 08:00, UTC time.\n"
        "Where are you? I show what the clock says there."
    )
    assert labels(answer)[:3] == ["New York 03:00", "Chicago 02:00", "Los Angeles 00:00"]

    answer = await ada.presses("Berlin 09:00")
    assert answer.text == "A roundup comes every Monday at 08:00.\nNext: tomorrow 08:00, Berlin time."
    assert labels(answer)[3:6] == ["✅ Weekly", "📅 Monday", "🕗 08:00"]
    assert await kept(database, ada) == Schedule("weekly", time(8), 0, "Europe/Berlin")


async def test_the_hour_and_the_day_are_chosen_with_buttons(mei: Talk, database: Database) -> None:
    await mei.says("/schedule")
    await mei.presses("每周")
    await mei.presses("🕗 08:00")

    answer = await mei.presses("21:00")
    assert answer.text == "每星期一 21:00 汇总送达。\n下次：明天 21:00（北京时间）"

    await mei.presses("🕗 21:00")
    answer = await mei.presses("21:30 ›")
    assert "🕗 21:30" in labels(answer)

    await mei.presses("📅 星期一")
    answer = await mei.presses("星期日")
    assert answer.text == "每星期日 21:30 汇总送达。\n下次：今天 21:30（北京时间）"
    assert await kept(database, mei) == Schedule("weekly", time(21, 30), 6, "Asia/Shanghai")


async def test_every_page_leads_back(ada: Talk) -> None:
    await ada.says("/schedule weekly berlin")
    for page in ("🕗 08:00", "📅 Monday", "🌍 Berlin", "🌙 Quiet hours", "💤 Snooze"):
        await ada.presses(page)

        answer = await ada.presses("‹ Back")

        assert answer.text.startswith("A roundup comes every Monday at 08:00.")


async def test_it_can_all_be_typed(ada: Talk, mei: Talk, database: Database) -> None:
    answer = await ada.says("/schedule every Friday 6pm in Tokyo")
    assert answer.text == "A roundup comes every Friday at 18:00.\nNext: Fri, Nov 27, 18:00, Tokyo time."

    answer = await mei.says("/schedule 工作日 早上7点半")
    assert answer.text.startswith("周一至周五 07:30 汇总送达。\n下次：明天 07:30（北京时间）")

    answer = await mei.says("/schedule 立即")
    assert answer.text == "一发布就送到。"
    assert await planned(database, mei) == NOW


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/schedule 8:61", "For example: /schedule daily 7:30"),
        ("/schedule !", "For example: /schedule daily 7:30"),
        ("/schedule Nowhereville", "I know no place called “nowhereville”."),
        ("/schedule Londn", "I know no place called “londn”. Did you mean one of these?"),
        ("/schedule " + "x" * 3_000, "I know no place called “" + "x" * 39 + "…”."),
    ],
)
async def test_what_cannot_be_understood_is_answered_with_what_can(ada: Talk, typed: str, answer: str) -> None:
    said = (await ada.says(typed)).text

    assert answer in said


async def test_a_place_that_is_nearly_spelled_right_is_offered(ada: Talk, database: Database) -> None:
    await ada.says("/schedule Londn")

    answer = await ada.presses("London 08:00")

    assert "🌍 London" in labels(answer)
    assert (await kept(database, ada)).time_zone == "Europe/London"


async def test_a_country_of_many_clocks_asks_which(mei: Talk) -> None:
    answer = await mei.says("/schedule 每天9点 美国")
    assert labels(answer)[:6] == [
        "安克雷奇 23:00",
        "芝加哥 02:00",
        "丹佛 01:00",
        "洛杉矶 00:00",
        "纽约 03:00",
        "檀香山 22:00",
    ]

    answer = await mei.presses("洛杉矶 00:00")
    assert answer.text == "每天 09:00 汇总送达。\n下次：今天 09:00（洛杉矶时间）"


async def test_a_city_can_be_typed_when_asked_for(ada: Talk, database: Database) -> None:
    await ada.says("/schedule")
    await ada.presses("🌍 Time zone")
    question = await ada.is_sent("Another city")
    assert question.text == "In which city are you, or near which big one?"

    await ada.person.says("munich", reply_to=question.id)

    assert "🌍 Berlin" in labels(await ada.person.next_message())
    assert (await kept(database, ada)).time_zone == "Europe/Berlin"


async def test_a_location_that_is_shared_tells_the_zone_and_is_not_kept(mei: Talk, database: Database) -> None:
    await mei.says("/schedule")
    await mei.presses("🌍 北京")
    assert (await mei.is_sent("共享位置")).text == "请按下面的按钮。只记下时区，不保存你的位置。"

    await mei.person.shares(latitude=35.68, longitude=139.69)

    assert (await mei.person.next_message()).text == "好的，按东京时间，现在是 17:00。"
    assert "🌍 东京" in labels(await mei.person.next_message())
    assert (await kept(database, mei)).time_zone == "Asia/Tokyo"


async def test_who_does_not_want_to_share_it_need_not(ada: Talk) -> None:
    await ada.says("/schedule")
    await ada.presses("🌍 Time zone")
    await ada.is_sent("Share location")

    assert (await ada.says("Not now")).text == "Nothing was shared."
    assert (await ada.person.next_message()).text.endswith("Where are you? I show what the clock says there.")


async def test_quiet_hours_hold_what_would_come(mei: Talk, database: Database) -> None:
    await mei.says("/schedule")
    await mei.presses("🌙 免打扰")

    answer = await mei.presses("22:00–08:00")
    assert answer.text == (
        "一发布就送到。\n免打扰 22:00–08:00，其间的内容结束后合成一份送来。\n"
        "先按北京时间（现在 16:00）。不对的话请点 🌍。"
    )
    assert await kept(database, mei) == Schedule(quiet_hours=(time(22), time(8)), time_zone="Asia/Shanghai")

    await mei.presses("🌙 22:00–08:00")
    answer = await mei.presses("不设免打扰")
    assert answer.text == "一发布就送到。"


async def test_who_is_in_quiet_hours_now_is_told_when_they_end(mei: Talk) -> None:
    answer = await mei.says("/schedule 免打扰 下午3点到晚上9点")

    assert "下次：今天 21:00（北京时间）" in answer.text


async def test_a_snooze_lasts_as_long_as_one_taps(ada: Talk, database: Database) -> None:
    await ada.says("/schedule Berlin")
    await ada.presses("💤 Snooze")

    answer = await ada.presses("A day")
    assert answer.text == (
        "Digests come at once, as they are published.\n"
        "Snoozed until tomorrow 09:00. What is published meanwhile comes then."
    )
    assert (await kept(database, ada)).snoozed_until == NOW + DAY
    assert await planned(database, ada) == NOW + DAY

    await ada.presses("💤 Snoozed")
    answer = await ada.presses("End the snooze")
    assert answer.text == "Digests come at once, as they are published."
    assert (await kept(database, ada)).snoozed_until is None
    assert await planned(database, ada) == NOW


@pytest.mark.parametrize(("typed", "wait"), [("2 hours", 2 * HOUR), ("一周", WEEK), ("半小时", HOUR / 2)])
async def test_a_snooze_can_be_typed(ada: Talk, database: Database, typed: str, wait: timedelta) -> None:
    await ada.says(f"/snooze {typed}")

    assert (await kept(database, ada)).snoozed_until == NOW + wait


async def test_who_is_nowhere_yet_is_told_whose_time_it_is(ada: Talk) -> None:
    answer = await ada.says("/snooze 2h")

    assert "\nSnoozed until today 10:00 UTC." in answer.text


async def test_snooze_alone_asks_for_how_long(mei: Talk) -> None:
    answer = await mei.says("/snooze")

    assert answer.text == "暂停多久？其间的内容到时一并送来。其他时长：/snooze 3天"
    assert labels(answer) == ["一小时", "一天", "一周", "‹ 返回"]


async def test_who_has_an_hour_of_their_own_snoozes_past_it(ada: Talk, database: Database) -> None:
    await ada.says("/schedule daily 10:00 Berlin")
    answer = await ada.says("/snooze 2h")
    assert "at 10:00.\nSnoozed until today 11:00." in answer.text
    assert await planned(database, ada) == NOW + HOUR

    answer = await ada.says("/snooze off")
    assert answer.text == "A roundup comes every day at 10:00.\nNext: today 10:00, Berlin time."


async def test_a_roundup_of_nothing_can_say_so(ada: Talk, database: Database) -> None:
    await ada.says("/schedule daily Berlin")

    answer = await ada.presses("Say if nothing")

    assert "✅ Say if nothing" in labels(answer)
    assert (await kept(database, ada)).tell_nothing


@pytest.mark.parametrize(
    "data",
    [
        "1:cadence:9",
        "1:hour:1440",
        "1:weekday:7",
        "1:zone:Nowhere/Else",
        "1:zone:",
        "1:hush:24:3",
    ],
)
async def test_a_forged_button_is_answered_and_changes_nothing(
    telegram_bot: ExtBot[None], ada: Talk, database: Database, data: str
) -> None:
    await ada.says("/schedule daily Berlin")

    answer = await press(telegram_bot, ada, data)

    assert answer.text == "This button is out of date. /categories has new ones."
    assert await kept(database, ada) == Schedule("daily", time(8), time_zone="Europe/Berlin")


async def test_nobody_snoozes_for_ever(telegram_bot: ExtBot[None], ada: Talk, database: Database) -> None:
    await ada.says("/schedule")

    await press(telegram_bot, ada, "1:snooze:999999999999999999")

    assert (await kept(database, ada)).snoozed_until == NOW + 366 * DAY


async def test_who_wants_all_at_once_is_not_asked_whose_clock_it_is(ada: Talk) -> None:
    answer = await ada.says("/schedule at once")

    assert answer.text == "Digests come at once, as they are published."
    assert "✅ At once" in labels(answer)
