"""What went out so long ago that nobody knows to whom is not sent again by mistake."""

import sqlite3
from contextlib import closing

import pytest

from tests.cli.conftest import Shell


@pytest.mark.long
async def test_a_digest_whose_rows_are_gone_is_published_only_when_that_is_meant(shell: Shell) -> None:
    digests = shell.folder / "digests"
    digests.mkdir()
    (digests / "a.md").write_text("---\ntitle: Bees\n---\n1. [Bees](https://example.org/bees)\n", encoding="utf-8")
    shell.settings["DIGEST_BOT_SOURCE"] = "digests"
    await shell("import")
    with closing(sqlite3.connect(shell.folder / "data" / "digest-bot.db")) as database:
        with database:
            database.execute("INSERT INTO tallies VALUES (1, 'digest', 'skipped', 3), (1, 'digest', 'sent', 12000)")

        by_file, by_path = await shell("publish", "digests/a.md"), await shell("publish", "a.md")

        assert by_file.error == by_path.error
        assert by_file.error == (
            "digest-bot: it was sent to 12,000 chats, so long ago that it is not known any more which they are; "
            "--again sends it to everybody who wants it, those included\n"
        )
        assert database.execute("SELECT * FROM fan_outs").fetchall() == []

        assert (await shell("publish", "a.md", "--again")).status == 0
        assert database.execute("SELECT digest_id FROM fan_outs").fetchall() == [(1,)]
