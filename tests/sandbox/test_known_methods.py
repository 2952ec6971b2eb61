"""The sandbox knows which methods exist, so that a misspelt one is told from one that it lacks."""

import telegram

from bot.sandbox.methods import NAMES
from bot.sandbox.methods.known import KNOWN

# Older names that the server still takes, and two of its own that no page documents.
UNDOCUMENTED = {"kickchatmember", "getchatmemberscount", "setstickersetthumb", "sendcustomrequest", "answercustomquery"}


def test_no_name_is_made_up() -> None:
    import aiogram.methods  # noqa: PLC0415 - three seconds, which every process of the tests would spend on it

    theirs = {name.lower() for name in aiogram.methods.__all__}

    assert KNOWN - theirs <= UNDOCUMENTED


def test_every_method_that_python_telegram_bot_calls_is_known() -> None:
    theirs = {name.lower() for name in dir(telegram.Bot) if name[0] != "_" and any(letter.isupper() for letter in name)}

    assert theirs <= KNOWN


def test_what_we_have_exists() -> None:
    assert NAMES.keys() <= KNOWN
