"""`digest-bot subscribers`: nobody is lost on the way out and in."""

import json
from pathlib import Path

import pytest

from storage.database import open_database
from storage.model import SubscriberState
from storage.subscribers import count_by_state
from tests.builders import a_subscriber, subscribed
from tests.cli.conftest import Shell
from tests.lean import lean


async def test_subscribers_move_out_and_in(shell: Shell) -> None:
    people = [
        {"chat_id": 7, "type": "private", "language": "zh", "everything": False, "categories": ["AI 资讯"]},
        {
            "chat_id": -100,
            "type": "supergroup",
            "language": None,
            "everything": True,
            "categories": [],
            "topic_id": 3,
            "layout": "headlines",
            "subscribed_by": 7,
        },
        {
            "chat_id": 8,
            "type": "private",
            "language": "en",
            "everything": False,
            "categories": [],
            "follow": ["GPU + H100", "Qwen", "world model"],
            "mute": ["马斯克"],
            "schedule": {
                "cadence": "weekly",
                "send_time": "18:30",
                "weekday": 4,
                "time_zone": "Asia/Shanghai",
                "quiet_hours": ["22:00", "08:00"],
                "tell_nothing": True,
            },
            "sound": False,
            "previews": True,
            "fold_told": False,
        },
        {
            "chat_id": -1009,
            "type": "channel",
            "language": None,
            "everything": True,
            "categories": [],
            "ending": {
                "footer": "🐝 More",
                "footer_entities": [{"type": "text_link", "offset": 3, "length": 4, "url": "https://example.org/"}],
                "signature": "AI 日报",
                "buttons": [["Website", "https://example.org/"]],
            },
        },
    ]
    lines = "\ufeff" + "\n\n".join(json.dumps(person, ensure_ascii=False) for person in people)
    assert (await shell("subscribers", "import", "-", given=lines.encode())).status == 0
    again = await shell("subscribers", "import", "-", given=lines.encode())
    ended = await shell("subscribers", "export", "-")

    assert again.error.endswith("4 subscribers read\n")
    assert [json.loads(line) for line in ended.output.splitlines()] == people


async def test_a_schedule_that_names_no_place_goes_by_the_clock_of_most_who_read_the_language(shell: Shell) -> None:
    daily, quiet = {"cadence": "daily"}, {"quiet_hours": ["22:00", "08:00"]}
    people = [
        {"chat_id": 1, "language": "zh-CN", "schedule": daily},
        {"chat_id": 2, "language": "zh-TW", "schedule": quiet},
        # They may live anywhere.
        {"chat_id": 3, "language": "en", "schedule": daily},
        {"chat_id": 4, "schedule": daily},
        # Nothing goes by it.
        {"chat_id": 5, "language": "zh", "schedule": {"cadence": "at once"}},
        {"chat_id": 6, "language": "zh", "schedule": {**daily, "time_zone": "UTC"}},
    ]

    lines = "\n".join(map(json.dumps, people)).encode()
    assert (await shell("subscribers", "import", "-", given=lines)).status == 0
    ended = await shell("subscribers", "export", "-")

    told = [json.loads(line).get("schedule", {}).get("time_zone") for line in ended.output.splitlines()]
    assert told == ["Asia/Shanghai", "Asia/Taipei", None, None, None, "UTC"]
    async with open_database(shell.folder / "data" / "digest-bot.db") as database, database.snapshot() as tx:
        rows = await tx.rows("SELECT next_due_at FROM subscribers ORDER BY chat_id")
    hours = [row["next_due_at"] // 3_600_000 % 24 for row in rows if row["next_due_at"] is not None]
    # At eight by each of these clocks.
    assert hours == [0, 8, 8, 8]


@pytest.mark.parametrize(
    ("line", "problem"),
    lean(
        [
            (b"{", "line 2: is no JSON: Expecting"),
            (b"[]", "line 2: is no JSON object"),
            (b'{"type": "private"}', "line 2: chat_id is missing"),
            (b'{"chat_id": "7"}', "line 2: chat_id must be a whole number, and is '7'"),
            (b'{"chat_id": true}', "line 2: chat_id must be a whole number, and is True"),
            (b'{"chat_id": 9223372036854775808}', "line 2: chat_id is larger than any of Telegram's"),
            (b'{"chat_id": 7, "type": "person"}', "line 2: type must be one of private, group, supergroup, channel"),
            (
                b'{"chat_id": 7, "state": "asleep"}',
                "line 2: state must be one of active, paused, gone, stopped, and is",
            ),
            (b'{"chat_id": 7, "subscribed_by": "Ada"}', "line 2: subscribed_by must be a whole number, and is 'Ada'"),
            (b'{"chat_id": 7, "categories": "AI"}', "line 2: categories must be a list of names"),
            (b'{"chat_id": 7, "categories": ["\\ud800"]}', "line 2: categories hold half a character"),
            (b'{"chat_id": 7, "name": "Ada"}', "line 2: name: unknown; there are chat_id"),
            (b'{"chat_id": 7, "follow": "AI"}', "line 2: follow must be a list of words, and is 'AI'"),
            (b'{"chat_id": 7, "mute": ["' + b"x" * 65 + b'"]}', "line 2: mute: a word is too long"),
            (b'{"chat_id": 7, "sound": 1}', "line 2: sound must be true or false, and is 1"),
            (b'{"chat_id": 7, "schedule": {"at": 8}}', "line 2: schedule must be an object of cadence, send_time"),
            (b'{"chat_id": 7, "schedule": {"cadence": "hourly"}}', "line 2: schedule: cadence must be one of at once,"),
            (b'{"chat_id": 7, "schedule": {"weekday": 7}}', "line 2: schedule: weekday must be 0 (Monday) to 6"),
            (
                b'{"chat_id": 7, "schedule": {"send_time": "8"}}',
                "line 2: schedule: a time must be like 08:00, and is '8'",
            ),
            (b'{"chat_id": 7, "schedule": {"time_zone": "Mars"}}', "line 2: schedule: time_zone must be a name like"),
            (b'{"chat_id": 7, "schedule": {"quiet_hours": ["22:00"]}}', "line 2: schedule: quiet_hours must be like"),
            (b'{"chat_id": 7, "ending": {"signature": "A"}}', "line 2: ending is for groups and channels"),
            (
                b'{"chat_id": -7, "type": "group", "ending": {"buttons": [["A", "mailto:a@b.example"]]}}',
                "line 2: ending: buttons: No link that Telegram opens: A mailto:a@b.example",
            ),
            (
                b'{"chat_id": -7, "type": "group", "ending": {"footer": "x", "footer_entities": [{}]}}',
                "line 2: ending: footer_entities must be a list of the Bot API's MessageEntity",
            ),
            (b'{"chat_id": 7, "language": "\xff"}', "is not UTF-8; save it as UTF-8"),
        ]
    ),
)
async def test_a_bad_line_is_named(shell: Shell, line: bytes, problem: str) -> None:
    ended = await shell("subscribers", "import", "-", given=b'{"chat_id": 5}\n' + line + b"\n")

    assert ended.status == 1
    assert problem in ended.error
    assert "Traceback" not in ended.error


@pytest.mark.long
async def test_who_is_paused_gone_or_has_stopped_is_so_after_a_move_too(shell: Shell, tmp_path: Path) -> None:
    here, there = {"DIGEST_BOT_DATABASE": "here.db"}, {"DIGEST_BOT_DATABASE": "there.db"}
    async with open_database(tmp_path / "here.db") as database:
        await subscribed(
            database, *(a_subscriber(chat_id, state=state) for chat_id, state in enumerate(SubscriberState, 7))
        )
    shell.settings |= here
    exported = await shell("subscribers", "export", "-")

    shell.settings |= there
    await shell("subscribers", "import", "-", given=exported.output.encode())

    async with open_database(tmp_path / "there.db") as database, database.snapshot() as tx:
        assert await count_by_state(tx) == dict.fromkeys(SubscriberState, 1)
