from structlog.testing import capture_logs
from telegram import (
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.ext import ExtBot

from bot.chat import COMMANDS, OPERATORS_COMMANDS, announce_commands
from bot.chat.menu import MENU, OPERATORS_MENU
from bot.sandbox.client import Telegram
from tests.chat.conftest import Talk

PRIVATE = BotCommandScopeAllPrivateChats()


async def test_the_menu_is_shown_in_each_language(telegram_bot: ExtBot[None]) -> None:
    await announce_commands(telegram_bot)

    english = await telegram_bot.get_my_commands(PRIVATE)
    chinese = await telegram_bot.get_my_commands(PRIVATE, "zh")
    assert [each.command for each in english] == [each.command for each in chinese] == list(MENU)
    assert english[0].description == "The newest digests"
    assert chinese[0].description == "最新几期简报"


async def test_a_menu_that_is_right_is_left_alone(telegram_bot: ExtBot[None], telegram: Telegram) -> None:
    await announce_commands(telegram_bot)

    await announce_commands(telegram_bot)

    assert len(await telegram.calls("setMyCommands")) == 6


async def test_a_menu_that_changed_is_set_anew(telegram_bot: ExtBot[None], telegram: Telegram) -> None:
    await announce_commands(telegram_bot)
    await telegram_bot.set_my_commands([("old", "What there was")], PRIVATE, "zh")

    await announce_commands(telegram_bot)

    assert len(await telegram_bot.get_my_commands(PRIVATE, "zh")) == len(MENU)
    assert len(await telegram.calls("setMyCommands")) == 8


async def test_groups_are_shown_what_members_may_and_their_administrators_the_rest_too(
    telegram_bot: ExtBot[None],
) -> None:
    await announce_commands(telegram_bot)

    members = await telegram_bot.get_my_commands(BotCommandScopeAllGroupChats())
    administrators = await telegram_bot.get_my_commands(BotCommandScopeAllChatAdministrators(), "zh")
    assert [each.command for each in members] == ["latest", "search", "help"]
    assert {"subscribe", "schedule", "latest", "why"} <= {each.command for each in administrators}
    assert not {"saved", "mydata", "forget"} & {each.command for each in administrators}


async def test_a_menu_that_telegram_refuses_stops_nobody(telegram_bot: ExtBot[None], telegram: Telegram) -> None:
    await telegram.refuse(code=500, method="setMyCommands")

    with capture_logs() as logs:
        await announce_commands(telegram_bot)

    assert [line["event"] for line in logs] == ["commands_not_announced"]


async def test_operators_are_shown_their_commands_too(
    telegram_bot: ExtBot[None], telegram: Telegram, ada: Talk
) -> None:
    await ada.says("/start")

    await announce_commands(telegram_bot, [ada.person.id])
    await announce_commands(telegram_bot, [ada.person.id])

    hers = BotCommandScopeChat(ada.person.id)
    english, chinese = [await telegram_bot.get_my_commands(hers, code) for code in ("", "zh")]
    assert [each.command for each in english] == [each.command for each in chinese] == list(OPERATORS_MENU)
    assert [each.command for each in await telegram_bot.get_my_commands(PRIVATE)] == list(MENU)
    assert len(await telegram.calls("setMyCommands", outcome="answered")) == 8


def test_every_command_of_the_menu_is_answered() -> None:
    # What one has, is ended with a button beside it; and topics are in groups.
    assert set(MENU) == COMMANDS.keys() - {"start", "unfollow", "unmute", "route"}
    assert set(OPERATORS_MENU) - set(MENU) == OPERATORS_COMMANDS.keys()
