from bot.chat.menu import MENU
from tests.chat.conftest import Archive, Talk, a_digest


async def test_help_lists_the_commands_with_examples_from_the_archive(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest("1", of="Bees,Wasps"), a_digest("2", of="Bees"))

    answer = await ada.says("/help")

    for command in MENU:
        assert f"/{command} · " in answer.text
    assert "\n/latest 2 Bees\n/search open source\n/subscribe Bees, Wasps\n" in answer.text
    assert answer.text.endswith('\n/follow Qwen "world model"\n/schedule daily 8:00')


async def test_help_has_examples_before_there_is_an_archive(mei: Talk) -> None:
    answer = await mei.says("/help")

    assert "例如：\n/latest 2 AI\n/search 开源\n/subscribe AI，机器人\n" in answer.text
    assert answer.text.endswith("\n/follow Qwen 具身智能\n/schedule 每天 8:00")


async def test_the_examples_work(ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees,Wasps"))
    for talk in (ada, mei):
        *_, follow, schedule = (await talk.says("/help")).text.splitlines()

        await talk.says(follow)
        await talk.says(schedule)

        subscriber = await archive.subscriber(talk)
        assert subscriber is not None
        assert len(subscriber.preferences.followed) == 2
        assert subscriber.preferences.schedule.cadence == "daily"


async def test_a_mistyped_command_is_told_what_it_may_have_meant(ada: Talk, mei: Talk) -> None:
    assert (await ada.says("/serach bees")).text == ("I do not know /serach. Did you mean /search? All I know: /help")
    assert (await mei.says("/Subscibe@digest_sandbox_bot 开源")).text == (
        "没有 /Subscibe 这个命令，你要的是 /subscribe 吗？全部命令：/help"
    )


async def test_a_command_like_no_other_is_told_of_help(ada: Talk, mei: Talk) -> None:
    assert (await ada.says("/frobnicate")).text == "I do not know /frobnicate. All I know: /help"
    assert (await mei.says("/订阅")).text == "没有 /订阅 这个命令。全部命令：/help"


async def test_a_very_long_command_is_not_repeated_whole(ada: Talk) -> None:
    assert len((await ada.says("/" + "x" * 4000)).text) < 100
