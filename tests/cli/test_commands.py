"""What an operator types, and what comes back: facts on standard output, one line for what went wrong, no traceback."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.database import open_database
from storage.heartbeats import beat
from storage.sources import ensure_source, record_failed_look
from tests.cli.conftest import Shell
from tests.lean import lean

SEED = """---
title: 日报
date: 2025-07-22T04:00:34+08:00
categories: [开源动态]
---

1.  [Qwen3 发布](https://example.org/qwen)

    该模型通过**硬蒸馏（hard distillation）**技术提升推理。

2.  [Another](https://example.org/two)

    More.
"""


def write(folder: Path, path: str, text: str = SEED) -> str:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "words",
    lean(
        [
            [],
            *[[name] for name in ("run", "demo", "preview", "check", "import", "search", "status")],
            *[[name] for name in ("deliveries", "publish", "pause", "resume", "categories", "subscribers")],
            ["subscribers", "export"],
            ["subscribers", "import"],
        ],
        most=1,
    ),
    ids=" ".join,
)
async def test_every_command_has_help(shell: Shell, words: list[str]) -> None:
    ended = await shell(*words, "--help")

    assert (ended.status, ended.error) == (0, "")
    assert "Usage:" in ended.output


async def test_a_preview_shows_what_would_be_sent(shell: Shell) -> None:
    ended = await shell("preview", write(shell.folder, "a.md"), "--json", "--layout", "headlines", "--language", "zh")

    told = json.loads(ended.output)
    assert ended.status == 0
    assert {name: told[name] for name in ("file", "title", "date", "day_only", "dated_by", "categories")} == {
        "file": "a.md",
        "title": "日报",
        "date": "2025-07-22T04:00:34+08:00",
        "day_only": False,
        "dated_by": "metadata",
        "categories": ["开源动态"],
    }
    assert told["items"][0] == {
        "headline": "Qwen3 发布",
        "link": "https://example.org/qwen",
        "summary": "该模型通过硬蒸馏（hard distillation）技术提升推理。",
        "section": None,
    }
    assert [set(message) for message in told["messages"]] == [{"text", "entities", "reply_markup"}]
    assert set(told) == {"file", "title", "date", "day_only", "dated_by", "categories", "items", "messages"}


async def test_a_preview_of_many_says_of_each_in_order_what_it_is(shell: Shell) -> None:
    draft = SEED.replace("title:", "draft: true\ntitle:")
    write(shell.folder, "site/_index.md")
    write(shell.folder, "site/draft.md", draft)
    paths = [
        write(shell.folder, "draft.md", draft),
        write(shell.folder, "bad.md", "---\ntitle: [\n---\ntext\n"),
        "none.md",
        "site",
        write(shell.folder, "good.md"),
    ]

    ended = await shell("preview", *paths, "--json")

    told = [json.loads(line) for line in ended.output.splitlines()]
    assert ended.status == 1
    assert [line["file"] for line in told] == [*paths[:3], "site/_index.md", "site/draft.md", "good.md"]
    assert [next(iter(line.keys() & {"messages", "error", "left_out"})) for line in told] == [
        "messages",
        "error",
        "error",
        "left_out",
        "left_out",
        "messages",
    ]
    assert told[1]["error"].startswith("bad.md:")
    assert "Traceback" not in ended.error


@pytest.mark.long
async def test_a_preview_shows_the_button_that_a_digest_of_too_many_parts_ends_with(shell: Shell) -> None:
    shell.settings["DIGEST_BOT_MAX_PARTS"] = "1"
    items = "\n".join(f"{n}. [Headline {n}](https://example.org/{n})\n   {'word ' * 190}\n" for n in range(1, 10))
    path = write(shell.folder, "long.md", f"---\ntitle: Long\ndate: 2025-07-21\n---\n\n{items}")

    told, read = await shell("preview", path, "--json"), await shell("preview", path)

    (message,) = json.loads(told.output)["messages"]
    assert message["reply_markup"] == {
        "inline_keyboard": [[{"text": "… and 5 more", "callback_data": "1:rest:0:1:0:5:0:1"}]]
    }
    assert "[… and 5 more]" in read.output


async def test_a_preview_can_be_read_without_json(shell: Shell) -> None:
    ended = await shell("preview", write(shell.folder, "a.md"))

    assert ended.status == 0
    assert "── a.md · message 1 of 1" in ended.output
    assert "Qwen3 发布" in ended.output


@pytest.mark.parametrize(
    ("path", "head", "told"),
    lean(
        [
            ("2025-07-22-a.md", "date: 2025-07-23T08:00:00+08:00", "2025-07-23T08:00:00+08:00, as its metadata says"),
            ("2025-07-22-a.md", "date: 2025-07-23", "2025-07-23, as its metadata says"),
            ("2025-07-22-a.md", "date: someday", "2025-07-22, as its name says"),
            ("a.md", "title: a", "no date: its time is when it is first seen"),
        ],
        most=1,
    ),
)
async def test_a_preview_says_how_the_time_was_found(shell: Shell, path: str, head: str, told: str) -> None:
    ended = await shell("preview", write(shell.folder, path, f"---\n{head}\n---\n- [a](https://example.org/a)\n"))

    assert ended.output.splitlines()[0] == f"── {path} · {told}"


async def test_what_was_imported_is_found_counted_and_not_sent(shell: Shell) -> None:
    write(shell.folder, "digests/a.md")
    shell.settings["DIGEST_BOT_SOURCE"] = "digests"

    imported = await shell("import")
    assert (imported.status, imported.output) == (
        0,
        "1 digest stored, 0 files unchanged, 0 left out, 0 left to the bot, 0 unreadable\n",
    )
    hits = await shell("search", "qwen", "发布", "--json")
    hit = json.loads(hits.output)
    assert datetime.fromisoformat(hit.pop("date")) == datetime(2025, 7, 21, 20, 0, 34, tzinfo=UTC)
    assert hit == {
        "headline": "Qwen3 发布",
        "link": "https://example.org/qwen",
        "summary": "该模型通过硬蒸馏（hard distillation）技术提升推理。",
        "section": None,
        "digest": "日报",
        "permalink": None,
    }
    none = await shell("search", "芯片")
    assert (none.status, none.output, none.error) == (0, "", "nothing found\n")
    told = json.loads((await shell("status", "--json")).output)
    assert (told["digests"], told["subscribers"], told["outbox"]) == (1, {}, {})
    assert told["sources"][0]["first_look_complete"] is True
    assert told["sources"][0]["last_look"] is not None


async def test_an_import_says_what_is_no_folder(shell: Shell) -> None:
    ended = await shell("import", write(shell.folder, "a.md"))

    assert (ended.status, ended.output) == (1, "")
    assert "digest-bot: a.md: is no folder; name one with digest files in it" in ended.error
    assert "Traceback" not in ended.error


@pytest.mark.long
async def test_the_health_check_fails_without_a_living_bot(shell: Shell) -> None:
    never = await shell("status", "--check")
    assert never.status == 1
    assert "the worker `deliver` has never run: start the bot with `digest-bot run`" in never.error

    path = shell.folder / "data" / "digest-bot.db"
    now = datetime.now(UTC)
    async with open_database(path) as database, database.transaction() as tx:
        await beat(tx, "deliver", now=now)
        await beat(tx, "look main", now=now - timedelta(seconds=170))
    well = await shell("status", "--check")
    assert (well.status, well.output, well.error) == (0, "", "")

    async with open_database(path) as database, database.transaction() as tx:
        await beat(tx, "look main", now=now - timedelta(seconds=200))
    stale = await shell("status", "--check")
    assert stale.status == 1
    assert "the worker `look main` has been silent" in stale.error


async def test_one_digest_is_published_whatever_its_age(shell: Shell) -> None:
    write(shell.folder, "digests/2025/a.md")
    shell.settings["DIGEST_BOT_SOURCE"] = "digests"

    ended = await shell("publish", "digests/2025/a.md")

    assert (ended.status, ended.error) == (0, "")
    with closing(sqlite3.connect(shell.folder / "data" / "digest-bot.db")) as reader:
        owed = reader.execute("SELECT path FROM fan_outs JOIN digests ON digests.id = digest_id").fetchall()
    assert owed == [("2025/a.md",)]


@pytest.mark.long
async def test_what_the_archive_holds_is_published_by_its_path_there(shell: Shell) -> None:
    for source in ("one", "two"):
        write(shell.folder, f"{source}/posts/a.md")
    write(shell.folder, "two/-b.md")
    shell.settings["DIGEST_BOT_SOURCE"] = "one,two"
    await shell("import")

    nowhere = await shell("publish", "posts/c.md")
    unclear = await shell("publish", "posts/a.md")
    clear = await shell("publish", "--source", "two", "posts/a.md")
    dashed = await shell("publish", "--source", "two", "--", "-b.md")

    assert "posts/c.md: no such file, and no digest of any source has this path" in nowhere.error
    assert "posts/a.md: in several sources; say which: --source main or two" in unclear.error
    assert (clear.status, dashed.status) == (0, 0)
    with closing(sqlite3.connect(shell.folder / "data" / "digest-bot.db")) as reader:
        owed = reader.execute("SELECT source_id, path FROM fan_outs JOIN digests ON digests.id = digest_id").fetchall()
    assert sorted(owed) == [(2, "-b.md"), (2, "posts/a.md")]


@pytest.mark.long
async def test_the_status_says_of_each_source_whether_it_is_within_reach(shell: Shell) -> None:
    write(shell.folder, "one/a.md")
    write(shell.folder, "one/broken.md", "---\ntitle: [\n---\ntext\n")
    (shell.folder / "two").mkdir()
    shell.settings["DIGEST_BOT_SOURCE"] = "one,feed=https://name:secret@example.org/feed.xml,two"
    await shell("import", "one")
    path = shell.folder / "data" / "digest-bot.db"
    async with open_database(path) as database, database.transaction() as tx:
        feed = await ensure_source(tx, "feed")
        await record_failed_look(tx, feed.id, now=datetime.now(UTC) - timedelta(hours=3), problem="it is not there")
        await ensure_source(tx, "old")

    shown = (await shell("status")).output
    told = {source["name"]: source for source in json.loads((await shell("status", "--json")).output)["sources"]}

    main, lost, old, two = (block.splitlines() for block in shown.split("\n\n")[1:])
    assert main[0] == f"Source main: {shell.folder}/one"
    assert main[1].startswith("  within reach, last look ")
    assert main[1].endswith(" ago, 1 digest, 1 problem")
    assert main[2].startswith("  ✗ broken.md:")
    assert lost[0] == "Source feed: https://example.org/feed.xml"
    assert lost[1].startswith("  OUT OF REACH, lost 3 hours ago, last look never, last change never, 0 digests, ")
    assert lost[2] == "  ✗ it is not there"
    assert old[0] == "Source old: not in the settings"
    assert two[1].startswith("  not looked at yet, ")
    assert [told[name]["reachable"] for name in ("main", "feed", "old", "two")] == [True, False, None, None]
    assert "secret" not in shown


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (SEED.replace("title:", "draft: true\ntitle:"), "not sent, as it is a draft; mend that first"),
        ("---\ntitle: [\n---\ntext\n", "a.md:"),
    ],
)
async def test_what_cannot_be_published_is_said(shell: Shell, text: str, problem: str) -> None:
    ended = await shell("publish", write(shell.folder, "a.md", text))

    assert ended.status == 1
    assert ended.error.startswith("digest-bot: ")
    assert problem in ended.error
    assert len(ended.error.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "settings", "problem"),
    lean(
        [
            (["status"], {"DIGEST_BOT_TOKNE": "x"}, "DIGEST_BOT_TOKNE: is no setting; did you mean DIGEST_BOT_TOKEN?"),
            (
                ["run"],
                {"DIGEST_BOT_TOKEN": "1:a", "DIGEST_BOT_SOURCE": "none"},
                "DIGEST_BOT_SOURCE: 'none' is no folder",
            ),
            (["run"], {"DIGEST_BOT_SOURCE": "."}, "DIGEST_BOT_TOKEN: is not set"),
            (["import"], {}, "DIGEST_BOT_SOURCE: is not set"),
            (["search", "x"], {"DIGEST_BOT_DATABASE": "photos.db"}, "photos.db belongs to another program"),
            (["status"], {"DIGEST_BOT_DATABASE": "newer.db"}, "newer.db was written by a newer digest-bot"),
            (["status"], {"DIGEST_BOT_DATABASE": "notes.md"}, "notes.md cannot be used (file is not a database)"),
            (["publish", "none.md"], {}, "none.md: no such file, and no digest of any source"),
        ],
        most=1,
    ),
)
async def test_what_is_wrong_is_said_in_one_line(
    shell: Shell, words: list[str], settings: dict[str, str], problem: str
) -> None:
    async with open_database(shell.folder / "newer.db"):
        pass
    for name, statement in (("newer.db", "PRAGMA user_version = 99"), ("photos.db", "CREATE TABLE photos (id)")):
        with closing(sqlite3.connect(shell.folder / name)) as connection:
            connection.execute(statement)
    write(shell.folder, "notes.md")
    shell.settings |= settings

    ended = await shell(*words)

    assert (ended.status, ended.output) == (1, "")
    assert ended.error.startswith(f"digest-bot: {problem}")
    assert len(ended.error.splitlines()) == 1
