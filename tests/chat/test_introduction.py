from structlog.testing import capture_logs
from telegram.ext import ExtBot

from bot.chat import introduce
from bot.messages.phrases import languages, phrase
from bot.sandbox.client import Telegram


async def test_the_bot_is_described_in_each_language(telegram_bot: ExtBot[None]) -> None:
    await introduce(telegram_bot)

    assert (await telegram_bot.get_my_description()).description.startswith("Digests, sent to you")
    assert (await telegram_bot.get_my_description("zh")).description.startswith("简报一发布就送到")
    assert (await telegram_bot.get_my_short_description()).short_description.startswith("Digests of what you like")
    assert (await telegram_bot.get_my_short_description("zh")).short_description.startswith("只收你关心的简报")


def test_the_descriptions_fit() -> None:
    # The Bot API's limits (setMyDescription, setMyShortDescription).
    for language in languages():
        assert len(phrase(language, "description")) <= 512
        assert len(phrase(language, "short-description")) <= 120


async def test_a_description_that_is_right_is_left_alone(telegram_bot: ExtBot[None], telegram: Telegram) -> None:
    await introduce(telegram_bot)
    await telegram_bot.set_my_short_description("What there was", "zh")

    await introduce(telegram_bot)

    assert len(await telegram.calls("setMyDescription")) == 2
    assert len(await telegram.calls("setMyShortDescription")) == 4


async def test_a_description_that_telegram_refuses_stops_nobody(telegram_bot: ExtBot[None], telegram: Telegram) -> None:
    await telegram.refuse(code=429, method="setMyDescription", retry_after=3600)

    with capture_logs() as logs:
        await introduce(telegram_bot)

    assert [line["event"] for line in logs] == ["not_introduced"]
