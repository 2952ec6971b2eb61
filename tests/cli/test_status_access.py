"""`status` says for whom the bot is, and who is shut out."""

from typing import Any

import pytest

from bot.cli.status_access import access_lines
from tests.cli.conftest import Shell

NOBODY = {"guests": 0, "open_links": 0, "shut_out": 0}


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        ({"mode": "public", "groups": "anyone"}, []),
        ({"mode": "public", "groups": "operators"}, ["Access       public; groups and channels: operators"]),
        (
            {"mode": "invited", "groups": "anyone", "guests": 1, "open_links": 2, "shut_out": 1},
            ["Access       invited, 1 guest, 2 open links, 1 reader shut out; groups and channels: anyone"],
        ),
        (
            {"mode": "private", "groups": "operators", "guests": 1, "shut_out": 30},
            ["Access       private, 30 readers shut out; groups and channels: operators"],
        ),
    ],
)
def test_it_is_one_line_unless_it_is_for_everybody(told: dict[str, Any], lines: list[str]) -> None:
    assert list(access_lines(NOBODY | told)) == lines


@pytest.mark.long
async def test_who_is_imported_into_a_bot_by_invitation_waits_to_be_let_in(shell: Shell) -> None:
    (shell.folder / "people").write_text('{"chat_id": 7}\n{"chat_id": 8}\n{"chat_id": -9, "type": "group"}\n')
    shell.settings |= {"DIGEST_BOT_ACCESS": "invited", "DIGEST_BOT_ADMINS": "8"}

    imported = await shell("subscribers", "import", "people")
    shown = await shell("status")

    assert imported.status == 0
    assert "Subscribers  2 active, 1 paused" in shown.output
    assert (
        "Access       invited, 0 guests, 0 open links, 1 reader shut out; groups and channels: operators"
        in shown.output
    )
