"""What is typed without a command."""

import pytest

from bot.chat.typed import PROMPTS
from bot.messages.phrases import languages, phrase
from tests.chat.conftest import Archive, Talk, a_digest, an_item


async def test_what_is_no_command_is_looked_for_and_it_is_said_why(ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(items=(an_item("Bees of 南京"),)))

    answer = await ada.says("bees")
    assert "Bees of 南京" in answer.text
    assert answer.text.endswith("Whatever you type, I look for. All I know: /help")

    answer = await mei.says("南京")
    assert answer.text.endswith("直接发文字就能搜索。全部命令：/help")


@pytest.mark.parametrize(
    "text", ["hello", "search bees", "hi /subscribe", pytest.param("א" * 100, id="a Hebrew letter 100 times")]
)
async def test_what_nothing_has_is_said_so(ada: Talk, text: str) -> None:
    assert (await ada.says(text)).text.startswith(f"{text} · nothing\n")


@pytest.mark.parametrize("text", ["🐝", "?!", "…"])
async def test_what_holds_no_word_is_answered_with_what_to_type(ada: Talk, text: str) -> None:
    assert (await ada.says(text)).text.startswith("Say what to look for")


def test_a_question_is_told_from_all_others_by_its_words() -> None:
    asked = [phrase(language, name) for language in languages() for name in PROMPTS]

    assert [each for each in asked if sum(other.endswith(each) for other in asked) > 1] == []
