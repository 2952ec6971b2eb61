"""Who got a digest, who did not, and why: as an operator types it, and as it comes back."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from storage.database import Database, open_database
from storage.fan_outs import begin_fan_out, fan_out_chunk, next_fan_out
from storage.groups import note_group
from storage.model import Digest
from storage.roundups import release
from storage.sources import ensure_source
from storage.topics import note_topic
from tests.builders import MONDAY, a_digest, a_subscriber, stored, subscribed
from tests.cli.conftest import Shell


def database_of(shell: Shell) -> Any:  # noqa: ANN401 - a context manager of a Database
    return open_database(shell.folder / "data" / "digest-bot.db")


async def owed(database: Database, digest: Digest) -> int:
    """Owe the digest to whoever wants it; its id."""
    id_ = (await stored(database, digest)).id
    async with database.transaction() as tx:
        await begin_fan_out(tx, id_, due_at=MONDAY)
        while due := await next_fan_out(tx, now=MONDAY):
            await fan_out_chunk(tx, due, limit=1000)
    return id_


async def ended(
    database: Database,
    chat_id: int,
    *,
    state: str,
    finished: int | None = None,
    reason: str | None = None,
    parts: int = 0,
    unsure: int = 0,
    given_up: int = 0,
) -> None:
    """Let the deliveries of the chat be so."""
    async with database.transaction() as tx:
        await tx.run(
            """
            UPDATE deliveries
               SET state = :state, finished_at = :finished, reason = :reason, parts_sent = :parts, unsure = :unsure,
                   given_up = :given_up, revision = iif(:parts, 1, NULL), layout = iif(:parts, 'full', NULL),
                   language = iif(:parts, 'en', NULL)
             WHERE subscriber_id IN (SELECT id FROM subscribers WHERE chat_id = :chat_id)
            """,
            {
                "chat_id": chat_id,
                "state": state,
                "finished": finished,
                "reason": reason,
                "parts": parts,
                "unsure": unsure,
                "given_up": given_up,
            },
        )


@pytest.fixture
async def shop(shell: Shell) -> Shell:
    """A shell beside a database in which a digest went to some and not to others."""
    async with database_of(shell) as database:
        await subscribed(
            database,
            a_subscriber(1, everything=True),
            a_subscriber(2, categories=["AI"]),
            a_subscriber(-100, topic_id=3, type_="supergroup", everything=True),
            a_subscriber(4, everything=True),
            a_subscriber(5, categories=["Chips"]),
        )
        async with database.transaction() as tx:
            await note_group(tx, -100, "supergroup", title="Lab", is_forum=True)
            await note_topic(tx, -100, 3, "News")
        await owed(database, replace(a_digest(categories=["AI"]), permalink="https://example.org/monday"))
        await ended(database, 1, state="sent", finished=7000, parts=3, unsure=2, given_up=1)
        await ended(database, 2, state="skipped", finished=8000, reason="Forbidden: bot was blocked by the user")
        await ended(database, -100, state="failed", finished=9000, reason="given up after 12 tries: Bad Gateway")
    return shell


async def test_a_person_is_shown_who_got_a_digest_who_did_not_and_why(shop: Shell) -> None:
    shop.settings["DIGEST_BOT_TIMEZONE"] = "Asia/Shanghai"

    ended = await shop("deliveries", "--digest", "monday.md")

    assert (ended.status, ended.error) == (0, "")
    what, counts, why, chats = (block.splitlines() for block in ended.output.split("\n\n"))
    assert what == [
        "Monday",
        "  main: monday.md",
        "  https://example.org/monday",
        "  digest 1, AI",
        "  seen 2025-07-21 12:00:00, due 2025-07-21 12:00:00 (CST)",
        "  owed to everybody who wants it",
    ]
    assert [line.split() for line in counts] == [
        ["The", "digest"],
        *[[state, "1", "███████▌", "25.0%"] for state in ("sent", "failed", "skipped", "waiting")],
    ]
    assert [" ".join(line.split()) for line in why] == [
        "1 failed: given up after 12 tries: Bad Gateway",
        "1 skipped: Forbidden: bot was blocked by the user",
        "1 had a part in doubt: asked of Telegram, and no answer came",
        "1 such parts were given up, and may or may not be there",
        "1 none: they asked for other categories, or for nothing",
    ]
    assert [" ".join(line.split()) for line in chats[1:]] == [
        "-100 3 supergroup digest failed 1970-01-01 08:00:09 Lab › News: given up after 12 tries: Bad Gateway",
        "2 private digest skipped 1970-01-01 08:00:08 Forbidden: bot was blocked by the user",
        "4 private digest waiting next 2025-07-21 12:00:00",
        "1 private digest sent 3 1970-01-01 08:00:07 in doubt twice; 1 part given up; full, en, revision 1",
    ]


async def test_a_program_is_told_all_of_it_a_line_each(shop: Shell) -> None:
    ended = await shop("deliveries", "--digest", "1", "--json", "--state", "sent,waiting")

    digest, *chats = (json.loads(line) for line in ended.output.splitlines())
    assert digest == {
        "digest": 1,
        "source": "main",
        "path": "monday.md",
        "title": "Monday",
        "permalink": "https://example.org/monday",
        "categories": ["AI"],
        "seen": "2025-07-21T04:00:00+00:00",
        "gone": None,
        "not_sent": None,
        "due": "2025-07-21T04:00:00+00:00",
        "fan_outs": [],
        "counts": {"digest": {"sent": 1, "failed": 1, "skipped": 1, "waiting": 1}},
        "without_rows": 0,
        "none": [{"subscriber": "active", "wants": False, "number": 1}],
        "in_doubt": 1,
        "given_up": 1,
        "reasons": [
            {"kind": "digest", "state": "failed", "reason": "given up after 12 tries: Bad Gateway", "number": 1},
            {"kind": "digest", "state": "skipped", "reason": "Forbidden: bot was blocked by the user", "number": 1},
        ],
    }
    assert chats[0] == {
        "chat_id": 1,
        "topic_id": 0,
        "called": "",
        "type": "private",
        "subscriber": "active",
        "kind": "digest",
        "state": "sent",
        "parts": 3,
        "due": "2025-07-21T04:00:00+00:00",
        "finished": "1970-01-01T00:00:07+00:00",
        "next_try": None,
        "held": False,
        "in_roundup": False,
        "reason": None,
        "attempts": 0,
        "in_doubt": 2,
        "given_up": 1,
        "edition": "monday.md",
        "revision": 1,
        "layout": "full",
        "language": "en",
    }
    assert [(chat["chat_id"], chat["next_try"]) for chat in chats[1:]] == [(4, "2025-07-21T04:00:00+00:00")]


@pytest.mark.long
async def test_of_one_chat_it_is_said_why_it_has_none(shop: Shell) -> None:
    shown = await shop("deliveries", "--digest", "1", "--chat", "5")
    told = await shop("deliveries", "--digest", "1", "--chat", "-100", "--json")
    unknown = await shop("deliveries", "--digest", "1", "--chat", "77", "--json")

    assert shown.output.splitlines()[-1].split(maxsplit=4) == [
        *("5", "private", "digest", "none"),
        "it asked for Chips, and the digest has AI",
    ]
    assert json.loads(told.output.splitlines()[-1])["reason"] == "given up after 12 tries: Bad Gateway"
    assert json.loads(unknown.output.splitlines()[-1]) == {
        "chat_id": 77,
        "topic_id": 0,
        "called": "",
        "type": None,
        "subscriber": None,
        "kind": "digest",
        "state": None,
        "reason": "no subscriber has this chat id: nobody there ever subscribed, or the group has another id now",
    }


async def test_of_one_chat_it_is_said_how_it_fared_with_the_last_digests(shop: Shell) -> None:
    async with database_of(shop) as database:
        await owed(database, a_digest(path="chips.md", title="Chips", categories=["Chips"]))

    shown = await shop("deliveries", "--chat", "2")

    assert [" ".join(line.split()) for line in shown.output.splitlines() if line] == [
        "2 main: chips.md Chips",
        "2 private digest none it asked for AI, and the digest has Chips",
        "1 main: monday.md Monday",
        "2 private digest skipped 1970-01-01 00:00:08 Forbidden: bot was blocked by the user",
    ]


async def test_those_whom_it_was_not_owed_to_are_listed_too(shop: Shell) -> None:
    async with database_of(shop) as database:
        await subscribed(database, a_subscriber(8, categories=["AI"]), a_subscriber(9))
        async with database.transaction() as tx:
            await tx.run("UPDATE subscribers SET state = 'stopped' WHERE chat_id = 9")

    shown = await shop("deliveries", "--digest", "1", "--state", "none")
    told = await shop("deliveries", "--digest", "1", "--state", "none,failed", "--json")

    assert [" ".join(line.split()) for line in shown.output.splitlines()[-3:]] == [
        "5 private digest none it asked for Chips, and the digest has AI",
        "8 private digest none it did not want the digest, or was paused, when that was owed, and would get it now",
        "9 private digest none it is stopped",
    ]
    assert "1  none: they would get it now; when it was owed they were not there" in shown.output
    assert "1  none: stopped" in shown.output
    assert [json.loads(line)["chat_id"] for line in told.output.splitlines()[1:]] == [5, 8, 9, -100]


@pytest.mark.long
async def test_changes_are_shown_beside_the_digest(shop: Shell) -> None:
    with closing(sqlite3.connect(shop.folder / "data" / "digest-bot.db")) as writer, writer:
        writer.execute(
            "INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at) VALUES ('edit', 1, 1, 0, 0)"
        )

    shown = await shop("deliveries", "--digest", "1", "--chat", "1")
    told = await shop("deliveries", "--digest", "1", "--json")

    assert [line.split()[2:4] for line in shown.output.splitlines()[-2:]] == [["digest", "sent"], ["edit", "waiting"]]
    assert json.loads(told.output.splitlines()[0])["counts"]["edit"] == {"waiting": 1}


@pytest.mark.long
async def test_a_digest_is_found_by_any_of_its_names_and_by_those_of_its_translations(shop: Shell) -> None:
    async with database_of(shop) as database:
        for language in ("en", "zh"):
            twin = replace(a_digest(path=f"{language}/bees.md", title=language, language=language), twins="bees.md")
            await stored(database, twin)
        async with database.transaction() as tx:
            await ensure_source(tx, "other")
            await tx.run(
                "INSERT INTO digests SELECT 9, 2, path, revision, title || ' again', published_at, utc_offset,"
                " day_only, NULL, language, first_seen_at, archived_at, vanished_at, not_sent, intro,"
                " intro_entities, twins, edition_of, withdrawn FROM digests WHERE id = 1"
            )

    async def found(*words: str) -> object:
        ended = await shop("deliveries", "--json", *words)
        return json.loads(ended.output.splitlines()[0])["digest"] if ended.output else ended.error.splitlines()

    assert await found("--digest", "https://example.org/monday") == 1
    assert await found("--digest", "zh/bees.md") == 2
    assert await found("--digest", "monday.md", "--source", "other") == 9
    assert await found("--digest", "monday.md") == [
        "digest-bot: monday.md: several digests; type one of",
        "digest-bot:   --digest 9  other: monday.md  Monday again",
        "digest-bot:   --digest 1  main: monday.md  Monday",
    ]
    assert await found("--digest", "BEES") == [
        "digest-bot: BEES: no digest has this id, path or permalink; the nearest are",
        "digest-bot:   --digest 3  main: zh/bees.md  zh",
        "digest-bot:   --digest 2  main: en/bees.md  en",
    ]
    assert await found("--digest", "mondey.md", "--source", "main") == [
        "digest-bot: mondey.md: no digest in the source main has this id, path or permalink; the nearest are",
        "digest-bot:   --digest 9  other: monday.md  Monday again",
    ]


async def test_a_digest_is_found_by_its_file(shop: Shell) -> None:
    (shop.folder / "site").mkdir()
    (shop.folder / "site" / "monday.md").touch()
    shop.settings["DIGEST_BOT_SOURCE"] = "site"

    by_file = await shop("deliveries", "--digest", "site/monday.md", "--json")
    by_a_long_name = await shop("deliveries", "--digest", "https://example.org/" + "x" * 300)

    assert json.loads(by_file.output.splitlines()[0])["digest"] == 1
    assert "no digest has this id, path or permalink" in by_a_long_name.error


@pytest.mark.long
async def test_without_a_digest_the_last_ones_are_listed(shop: Shell) -> None:
    async with database_of(shop) as database:
        held = await stored(database, a_digest(path="held.md", title="Held"))
        late = await stored(database, a_digest(path="late.md", title="Late"))
        await stored(database, a_digest(path="archive.md", title="Archive"))
        async with database.transaction() as tx:
            await begin_fan_out(tx, held.id, due_at=MONDAY)
            await tx.run("UPDATE fan_outs SET hold = 'many'")
            await tx.run("UPDATE digests SET not_sent = 'too old' WHERE id = :id", {"id": late.id})
            await tx.run("INSERT INTO tallies VALUES (1, 'digest', 'sent', 12000)")
            await tx.run("INSERT INTO pauses (id, since) VALUES (1, 0)")

    shown = await shop("deliveries")
    told = [json.loads(line) for line in (await shop("deliveries", "--json")).output.splitlines()]

    assert shown.output.startswith("Broadcasts are paused since 1970-01-01 00:00:00")
    lines = [" ".join(line.split()) for line in shown.output.splitlines()[2:]]
    assert lines[:4] == [
        "digest due sent failed skipped waiting in doubt",
        "3 NOT SENT main: late.md Late",
        "2 2025-07-21 04:00:00 HELD (many) main: held.md Held",
        "1 2025-07-21 04:00:00 12,001 1 1 1 1 █████████▉ main: monday.md Monday",
    ]
    assert [digest["path"] for digest in told] == ["late.md", "held.md", "monday.md"]
    assert (told[2]["counts"]["digest"]["sent"], told[2]["without_rows"]) == (12001, 12000)


@pytest.mark.long
async def test_many_chats_are_shown_when_all_are_asked_for(shell: Shell) -> None:
    async with database_of(shell) as database:
        await subscribed(database, *(a_subscriber(chat, everything=True) for chat in range(1, 2501)))
        await owed(database, a_digest())

    first = (await shell("deliveries", "--digest", "1")).output.splitlines()
    everybody = (await shell("deliveries", "--digest", "1", "--all")).output.splitlines()
    failed = (await shell("deliveries", "--digest", "1", "--state", "failed")).output
    program = (await shell("deliveries", "--digest", "1", "--json")).output.splitlines()

    assert first[-1].startswith("… the first 50 of them: --all for all")
    assert [line.split()[0] for line in everybody[-2500:]] == [str(chat) for chat in range(1, 2501)]
    assert "private" not in failed
    assert len({json.loads(line).get("chat_id") for line in program[1:]}) == 2500


@pytest.mark.long
async def test_what_cannot_be_told_is_said(shell: Shell) -> None:
    state = await shell("deliveries", "--state", "lost")
    both = await shell("deliveries", "--state", "sent", "--chat", "7")
    nothing = await shell("deliveries")
    of_a_chat = await shell("deliveries", "--chat", "7")
    unknown = await shell("deliveries", "--digest", "a.md")

    assert (state.status, state.error) == (
        1,
        "digest-bot: --state lost: there are failed, skipped, sending, waiting, sent, none\n",
    )
    assert (both.status, both.output) == (1, "")
    assert (nothing.status, nothing.error) == (0, "no digest was owed to anybody yet\n")
    assert of_a_chat == nothing
    assert "a.md: no digest has this id, path or permalink; digest-bot deliveries lists the last ones" in unknown.error


async def test_what_is_kept_for_a_roundup_says_until_when(shell: Shell) -> None:
    async with database_of(shell) as database:
        await subscribed(database, a_subscriber(1, everything=True), a_subscriber(2, everything=True))
        async with database.transaction() as tx:
            await tx.run("UPDATE subscribers SET cadence = 'daily', next_due_at = 1763971200000")
        await owed(database, a_digest(path="one.md"))
        two = await owed(database, a_digest(path="two.md"))
        async with database.transaction() as tx:
            await release(tx, [1], now=MONDAY)

    ended = await shell("deliveries", "--digest", str(two))

    rows = [line.split(maxsplit=4) for line in ended.output.splitlines() if " private " in line]
    assert [(row[0], row[2]) for row in rows] == [("1", "digest"), ("1", "roundup"), ("2", "digest")]
    assert rows[0][4] == "next 2025-07-21 04:00:00  in a roundup"
    assert rows[2][4] == "next 2025-11-24 08:00:00  kept until its chat's time has come"
