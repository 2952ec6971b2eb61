import pytest
from structlog.testing import capture_logs
from telegram.ext import ExtBot

from bot.chat import introduce
from bot.chat.introduction import OURS, fingerprint
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
    await telegram_bot.set_my_short_description(phrase("en", "short-description"), "zh")

    await introduce(telegram_bot)

    assert len(await telegram.calls("setMyDescription")) == 2
    assert len(await telegram.calls("setMyShortDescription")) == 4


async def test_what_an_operator_wrote_for_everybody_stands_for_all_languages(telegram_bot: ExtBot[None]) -> None:
    await telegram_bot.set_my_description("The bees' own news")

    with capture_logs() as logs:
        await introduce(telegram_bot)

    assert (await telegram_bot.get_my_description()).description == "The bees' own news"
    assert (await telegram_bot.get_my_description("zh")).description == "The bees' own news"
    assert (await telegram_bot.get_my_short_description("zh")).short_description == phrase(
        "zh-Hans", "short-description"
    )
    assert {"event": "own_words_kept", "of": "description", "language": "en", "log_level": "info"} in logs


async def test_what_an_operator_wrote_in_one_language_is_kept_and_the_others_are_ours(
    telegram_bot: ExtBot[None],
) -> None:
    await telegram_bot.set_my_short_description("蜜蜂的新闻", "zh")

    await introduce(telegram_bot)

    assert (await telegram_bot.get_my_short_description()).short_description == phrase("en", "short-description")
    assert (await telegram_bot.get_my_short_description("zh")).short_description == "蜜蜂的新闻"


@pytest.mark.parametrize("name", ["description", "short-description"])
@pytest.mark.parametrize("language", languages())
def test_our_words_are_told_from_an_operators_by_later_versions_too(language: str, name: str) -> None:
    # It fails when they are changed: then add the new fingerprint, and leave the old one there.
    assert fingerprint(phrase(language, name)) in OURS


async def test_a_description_that_telegram_refuses_stops_nobody(telegram_bot: ExtBot[None], telegram: Telegram) -> None:
    await telegram.refuse(code=429, method="setMyDescription", retry_after=3600)

    with capture_logs() as logs:
        await introduce(telegram_bot)

    assert [line["event"] for line in logs] == ["not_introduced"]
