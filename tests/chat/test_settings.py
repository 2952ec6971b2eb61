"""Every setting shows how it stands, and changes by a button or by typing what the button says."""

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.messages.phrases import languages, phrase
from bot.messages.settings import SETTINGS, label_of, read_setting
from bot.sandbox.client import Telegram
from storage.model import Preferences, SubscriberState
from tests.chat.conftest import Archive, Talk, a_digest, labels

# Each with its opposite, in the order of the buttons, as it stands at first and as it says when it is changed.
AT_FIRST = {
    "layout": ("Layout: full", "Layout: headlines"),
    "sound": ("Sound: on", "Sound: off"),
    "previews": ("Link previews: off", "Link previews: on"),
    "told": ("Stories you had: one line", "Stories you had: in full"),
    "nothing": ("Empty roundup: say nothing", "Empty roundup: say so"),
}


async def kept(archive: Archive, talk: Talk) -> Preferences:
    subscriber = await archive.subscriber(talk)
    assert subscriber is not None
    return subscriber.preferences


def values(preferences: Preferences) -> dict[str, str]:
    return {name: setting.of(preferences) for name, setting in SETTINGS.items()}


async def test_one_message_has_a_button_for_each_setting_and_says_how_it_stands(ada: Talk) -> None:
    answer = await ada.says("/settings")

    assert answer.text.startswith("You get nothing.\n")
    shown = labels(answer)
    assert shown[0] == "Categories"
    assert shown[4:] == ["Language: English", *(first for first, _ in AT_FIRST.values()), "Done"]


async def test_the_settings_speak_chinese(mei: Talk) -> None:
    await mei.says("/subscribe")

    answer = await mei.says("/settings")

    assert answer.text.startswith("已订阅全部。\n")
    assert labels(answer)[4:] == [
        "语言：简体中文",
        "版式：标题加摘要",
        "提示音：开",
        "链接预览：关",
        "看过的新闻：只留一行",
        "没有内容时：不打扰",
        "完成",
    ]


@pytest.mark.parametrize("name", SETTINGS)
async def test_a_tap_changes_a_setting_and_another_changes_it_back(ada: Talk, archive: Archive, name: str) -> None:
    first, other = AT_FIRST[name]
    await ada.says("/settings")

    answer = await ada.presses(first)
    assert other in labels(answer)
    assert first not in labels(answer)
    changed = values(await kept(archive, ada))
    assert [each for each in SETTINGS if changed[each] != values(Preferences())[each]] == [name]

    answer = await ada.presses(other)
    assert first in labels(answer)
    assert await kept(archive, ada) == Preferences(language="en")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", SETTINGS)
async def test_what_a_button_says_can_be_typed(ada: Talk, archive: Archive, name: str, language: str) -> None:
    for value in SETTINGS[name].values:
        said = label_of(language, name, value)

        answer = await ada.says(f"/settings {said.replace('：', ' ').replace(':', '').upper()}")

        assert label_of("en", name, value) in labels(answer)
        assert values(await kept(archive, ada))[name] == value


async def test_a_language_is_chosen_by_its_own_name(ada: Talk, archive: Archive) -> None:
    await ada.says("/settings")
    answer = await ada.presses("Language: English")
    assert labels(answer) == ["✅ English", "简体中文", "‹ Back"]

    answer = await ada.presses("简体中文")
    assert "语言：简体中文" in labels(answer)
    assert (await kept(archive, ada)).language == "zh-Hans"
    assert (await ada.says("/stop")).text.startswith("已停止")

    await ada.says("/settings")
    answer = await ada.presses("语言：简体中文")
    assert labels(answer) == ["English", "✅ 简体中文", "‹ 返回"]
    answer = await ada.presses("English")
    assert "Language: English" in labels(answer)
    assert (await kept(archive, ada)).language == "en"


async def test_a_language_that_only_digests_have_can_be_had_again(telegram: Telegram, archive: Archive) -> None:
    chloe = Talk(await telegram.person("Chloé", language="fr"))
    assert "Language: français" in labels(await chloe.says("/settings"))

    answer = await chloe.presses("Language: français")
    assert labels(answer) == ["English", "简体中文", "✅ français", "‹ Back"]
    assert "Language: English" in labels(await chloe.presses("English"))
    assert (await kept(archive, chloe)).language == "en"

    assert labels(await chloe.presses("Language: English"))[2] == "français"
    assert "Language: français" in labels(await chloe.presses("français"))
    assert (await kept(archive, chloe)).language == "fr"


async def test_a_language_can_be_typed_and_one_can_go_back_from_the_list(mei: Talk, archive: Archive) -> None:
    answer = await mei.says("/settings 语言 English")
    assert "Language: English" in labels(answer)
    await mei.presses("Language: English")
    assert "Language: English" in labels(await mei.presses("‹ Back"))

    answer = await mei.says("/settings language 简体中文")
    assert "语言：简体中文" in labels(answer)
    assert (await kept(archive, mei)).language == "zh-Hans"


@pytest.mark.parametrize("words", ["louder", "sound", "off", "sound maybe", "声音", "x" * 4000, "🐝"])
async def test_what_is_no_setting_is_told_how_one_is_typed(ada: Talk, archive: Archive, words: str) -> None:
    answer = await ada.says(f"/settings {words}")

    assert answer.text.startswith("I do not know that setting. Type what a button says, such as: /settings sound off\n")
    assert await archive.subscriber(ada) is None


@pytest.mark.parametrize("language", languages())
def test_the_example_is_a_setting(language: str) -> None:
    assert read_setting(phrase(language, "settings-usage").partition("/settings ")[2]) == ("sound", "off")


@pytest.mark.parametrize(
    "data", ["1:setting:sound:loud", "1:setting:state:gone", "1:setting::", "1:setting:language:de"]
)
async def test_a_forged_setting_changes_nothing(
    telegram_bot: ExtBot[None], ada: Talk, archive: Archive, data: str
) -> None:
    await ada.says("/start")
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("forged", callback_data=data)]])
    await telegram_bot.send_message(ada.person.id, "Forged", reply_markup=buttons)

    assert (await ada.person.presses("forged")).text.startswith("This button is out of date.")
    assert await kept(archive, ada) == Preferences(language="en")


async def test_whoever_stopped_changes_settings_and_still_gets_nothing(ada: Talk, archive: Archive) -> None:
    await ada.says("/start")
    await ada.says("/stop")

    await ada.says("/settings sound off")

    subscriber = await archive.subscriber(ada)
    assert subscriber is not None
    assert (subscriber.state, subscriber.preferences.sound) == (SubscriberState.STOPPED, False)


async def test_a_setting_leaves_what_one_gets_and_when_alone(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="开源"))
    await mei.says("/subscribe 开源")
    before = await kept(archive, mei)

    await mei.says("/settings 提示音 关")
    await mei.says("/settings 提示音 开")

    assert await kept(archive, mei) == before


async def test_from_the_settings_one_comes_to_all_else(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees"))
    for elsewhere in range(4):
        label = labels(await ada.says("/settings"))[elsewhere]

        answer = await ada.presses(label)

        assert labels(answer)[:1] != ["Categories"]
        assert labels(answer)


async def test_done_ends_with_what_one_gets(ada: Talk) -> None:
    await ada.says("/subscribe")
    await ada.says("/settings")

    answer = await ada.presses("Done")

    assert answer.text == "You get everything."


def test_every_way_to_read_is_a_setting() -> None:
    assert set(AT_FIRST) == set(SETTINGS)


async def test_a_snooze_is_shown_too(ada: Talk) -> None:
    await ada.says("/subscribe")
    [said] = [line for line in (await ada.says("/snooze 2h")).text.splitlines() if line.startswith("Snoozed until")]

    assert said in (await ada.says("/settings")).text.splitlines()
    assert said in (await ada.says("/start")).text.splitlines()
    await ada.says("/snooze off")
    assert "Snoozed" not in (await ada.says("/settings")).text
