"""A pause from the command line, whether a bot runs or not."""

import pytest

from bot.delivery.fan_out import fan_out
from storage.database import open_database
from storage.fan_outs import begin_fan_out
from tests.builders import MONDAY, a_digest, a_subscriber, stored, subscribed
from tests.cli.conftest import Shell
from tests.lean import lean


@pytest.fixture
def shell(shell: Shell) -> Shell:
    shell.settings["DIGEST_BOT_DATABASE"] = str(shell.folder / "digest-bot.db")
    return shell


async def owed(shell: Shell) -> None:
    """Let two chats wait for a digest."""
    async with open_database(shell.folder / "digest-bot.db") as database:
        await subscribed(database, a_subscriber(7, everything=True), a_subscriber(8, everything=True))
        kept = await stored(database, a_digest())
        async with database.transaction() as tx:
            await begin_fan_out(tx, kept.id, due_at=MONDAY)
        while await fan_out(database, now=MONDAY):
            pass


async def pauses(shell: Shell) -> list[str | None]:
    async with open_database(shell.folder / "digest-bot.db") as database, database.snapshot() as tx:
        return [row["ending"] for row in await tx.rows("SELECT ending FROM pauses")]


async def test_a_pause_is_begun_once(shell: Shell) -> None:
    first = await shell("pause")
    second = await shell("pause")

    assert (first.status, first.output) == (0, "paused: no digest goes out until `digest-bot resume`\n")
    assert second.output.startswith("paused already, since 20")
    assert await pauses(shell) == [None]


@pytest.mark.long
async def test_what_waits_is_sent_or_skipped_only_when_that_is_said(shell: Shell) -> None:
    await owed(shell)
    await shell("pause")

    ended = await shell("resume")

    assert (ended.status, ended.output) == (1, "")
    assert "1 digest waits for 2 chats" in ended.error
    assert "digest-bot resume --send" in ended.error
    assert "digest-bot resume --skip" in ended.error
    assert await pauses(shell) == [None]


@pytest.mark.parametrize(("option", "becomes"), lean([("--send", "sent"), ("--skip", "skipped")], most=1))
async def test_what_waits_is_decided_about_once(shell: Shell, option: str, becomes: str) -> None:
    await owed(shell)
    await shell("pause")

    first = await shell("resume", option)
    second = await shell("resume")

    assert first.output == f"resumed: what waited (1 digest, 2 chats) is {becomes}\n"
    assert second.output == f"resumed already: what waited is {becomes}\n"
    assert await pauses(shell) == [option.removeprefix("--")]


@pytest.mark.long
async def test_where_nothing_waits_nothing_is_asked(shell: Shell) -> None:
    await shell("pause")

    ended = await shell("resume")

    assert ended.output == "resumed: nothing waited\n"


async def test_without_a_pause_there_is_nothing_to_resume(shell: Shell) -> None:
    ended = await shell("resume", "--send")

    assert (ended.status, ended.output) == (0, "nothing is paused\n")


async def test_one_cannot_have_both(shell: Shell) -> None:
    ended = await shell("resume", "--send", "--skip")

    assert (ended.status, ended.error) == (1, "digest-bot: --send or --skip, not both\n")
