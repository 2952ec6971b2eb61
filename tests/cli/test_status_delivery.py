"""What stands in the way of deliveries is in `status`, the most urgent first; what does not is not."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.cli.holds import HOLDS
from bot.cli.paid import stars_at_most
from storage.database import Database, open_database
from storage.fan_outs import begin_fan_out
from tests.builders import a_digest, a_subscriber, stored, subscribed
from tests.cli.conftest import Shell

URGENT = ("Paused", "Held", "Resting", "In doubt", "Announcing", "Not told", "Paid")


@pytest.mark.parametrize(
    ("messages", "rate", "stars"),
    [(12_000, 1000, 1164), (12_000, 500, 1128), (1, 1000, 1), (12_000, 30, 0), (12_000, 28, 0), (0, 1000, 0)],
)
def test_a_paid_broadcast_costs_a_tenth_of_a_star_beyond_thirty_a_second(
    messages: int, rate: float, stars: int
) -> None:
    assert stars_at_most(messages, rate=rate) == stars


async def trouble(database: Database, now: datetime) -> None:
    """All that can stand in the way of deliveries, at once."""
    await subscribed(database, *(a_subscriber(chat, everything=True) for chat in range(1, 5)))
    sent = await stored(database, a_digest(path="sent.md"))
    held = [await stored(database, a_digest(path=f"{number}.md", title=f"No. {number}")) for number in range(5)]
    async with database.transaction() as tx:
        for digest in held:
            await begin_fan_out(tx, digest.id, due_at=now, hold="refused" if digest is held[4] else "many")
        await tx.run(
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, state, due_at, try_at, finished_at, parts_sent,
                                    unsure, given_up)
            SELECT 'digest', :digest_id, id, 'sent', :now, :now, :now, 3, id, id > 3 FROM subscribers
            """,
            {"digest_id": sent.id, "now": int(now.timestamp() * 1000)},
        )
        await tx.run("INSERT INTO pauses (id, since) VALUES (1, 0)")
        await tx.run("INSERT INTO tallies VALUES (1, 'digest', 'sent', 96)")
        for state in ("done", "paused", "draft"):
            await tx.run(
                "INSERT INTO announcements (made_at, state, method, text) VALUES (0, :state, 'sendMessage', 'x')",
                {"state": state},
            )
        await tx.run("INSERT INTO notices (user_id, phrase, facts, try_at) VALUES (1, 'x', '{}', 0)")
        for chat, hours in ((0, 1), (7, 1), (8, 2), (9, -1)):
            until = int((now + timedelta(hours=hours)).timestamp() * 1000)
            await tx.run("INSERT INTO rests VALUES (:chat, :until)", {"chat": chat, "until": until})


async def test_what_stands_in_the_way_is_said_first_with_what_to_do(shell: Shell) -> None:
    now = datetime.now(UTC)
    async with open_database(shell.folder / "data" / "digest-bot.db") as database:
        await trouble(database, now)
    shell.settings |= {"DIGEST_BOT_PAID_BROADCAST": "1", "DIGEST_BOT_WHEN_UNSURE": "skip"}

    shown = (await shell("status")).output
    told = json.loads((await shell("status", "--json")).output)

    until = f"{now + timedelta(hours=1):%Y-%m-%d %H:%M:%S} UTC"
    lines = [line for line in shown.split("\n\n")[0].splitlines() if not line.startswith("Bot")]
    assert lines == [
        "Paused       since 1970-01-01 00:00:00 UTC, no digest goes out: digest-bot resume",
        f"Held         4 digests: {HOLDS['many']}",
        *[f"               digest-bot publish --source main {number}.md" for number in range(3)],
        "               and 1 more of main: digest-bot status --json",
        f"Held         1 digest: {HOLDS['refused']}",
        "               digest-bot publish --source main 4.md",
        f"Resting      Telegram wants nothing before {until} but answers to people",
        "Resting      2 chats, as Telegram asks; the others go on",
        "In doubt     10 messages in the last 7 days, 1 of them given up; such are given up (DIGEST_BOT_WHEN_UNSURE)",
        "Announcing   2 announcements, 1 of them paused: digest-bot announce status",
        "Not told     1 notice to operators or subscribers; tried again",
        "Digests      6",
        "Subscribers  4 active",
        "Outbox       100 sent",
        "Paid         up to 1000 messages a second; a digest to 4 chats (12 messages) costs at most 2 Stars",
    ]
    assert (told["paused_since"], told["outbox"]) == ("1970-01-01T00:00:00+00:00", {"sent": 100})
    assert [(held["path"], held["hold"]) for held in told["held"]][3:] == [("3.md", "many"), ("4.md", "refused")]
    assert told["resting"]["chats"] == 2
    assert told["in_doubt"] == {"times": 10, "given_up": 1, "when_unsure": "skip"}
    assert [each["state"] for each in told["announcements"]] == ["done", "paused"]
    assert told["notices_untold"] == 1
    assert told["paid_broadcast"] == {"rate": 1000, "chats": 4, "messages": 12, "stars_at_most": 2}


@pytest.mark.long
async def test_a_pause_that_is_ending_says_so(shell: Shell) -> None:
    await shell("pause")
    await shell("resume", "--skip")

    shown = (await shell("status")).output

    (line,) = [line for line in shown.splitlines() if line.startswith("Paused")]
    assert line.endswith("UTC, it ends: what waited is skipped")


@pytest.mark.long
async def test_of_what_is_well_nothing_is_said(shell: Shell) -> None:
    async with open_database(shell.folder / "data" / "digest-bot.db") as database:
        await subscribed(database, *(a_subscriber(chat, everything=True) for chat in range(1, 5)))

    shown = (await shell("status")).output
    told = json.loads((await shell("status", "--json")).output)
    shell.settings["DIGEST_BOT_PAID_BROADCAST"] = "1"
    paid = json.loads((await shell("status", "--json")).output)["paid_broadcast"]

    assert not [line for line in shown.splitlines() if line.startswith(URGENT)]
    assert told["paid_broadcast"] is None
    # Of a digest that is still to come it can be said what it may cost.
    assert (paid["chats"], paid["messages"], paid["stars_at_most"]) == (4, 4, 1)
