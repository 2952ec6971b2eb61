"""What a group settles for itself: who is answered there, and for how long answers stay."""

import pytest

from bot.messages.phrases import languages
from bot.messages.settings import GROUP_SETTINGS, group_label, read_group_setting, read_setting
from bot.sandbox.client import Group, Person
from bot.sandbox.seen import Message
from storage.changes import last_changes
from storage.database import Database
from storage.groups import group_with
from storage.model import Address
from storage.subscribers import subscriber_at
from tests.chat.conftest import Talk, labels


async def test_who_changed_what_is_answered_is_remembered(database: Database, bees: Group, ada: Talk) -> None:
    await settings_of(bees, ada)
    await presses(bees, ada, "My answers: stay")
    await presses(bees, ada, "I answer: everybody")

    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(bees.id))
        assert subscriber is not None
        changes = await last_changes(tx, subscriber.id, limit=2)
    assert [change.user_id for change in changes] == [ada.person.id] * 2
    assert changes[0].what == ("readers",)
    assert "tidy" in changes[1].what


async def settings_of(bees: Group, ada: Talk, words: str = "") -> Message:
    await ada.person.says(f"/settings {words}".strip(), chat_id=bees.id)
    return await bees.next_message()


async def presses(bees: Group, ada: Talk, button: str) -> list[str]:
    """Press a button; the buttons afterwards."""
    last = await bees.telegram.last_call()
    await ada.person.presses(button, chat_id=bees.id)
    await bees.telegram.called("editMessageText", after=last, outcome="answered")
    return labels((await bees.received())[-1])


async def test_by_default_everybody_is_answered_and_answers_stay(bees: Group, ada: Talk) -> None:
    shown = labels(await settings_of(bees, ada))

    assert {"I answer: everybody", "My answers: stay"} <= {*shown}


async def test_where_administrators_alone_are_answered_members_are_told_so(
    database: Database, bees: Group, ada: Talk, grace: Person
) -> None:
    await settings_of(bees, ada)
    assert "I answer: administrators" in await presses(bees, ada, "I answer: everybody")

    await grace.says("/latest", chat_id=bees.id)
    await bees.sees("Only administrators of Bees can do that.")
    await ada.person.says("/latest", chat_id=bees.id)
    await bees.sees("There is no digest yet.")

    async with database.snapshot() as tx:
        group = await group_with(tx, bees.id)
    assert group is not None
    assert group.readers == "administrators"


async def test_the_answers_of_a_tidy_group_are_removed_after_a_while(
    database: Database, bees: Group, ada: Talk, grace: Person
) -> None:
    await settings_of(bees, ada)
    for button in ("My answers: stay", "My answers: a minute", "My answers: 10 minutes", "My answers: an hour"):
        shown = await presses(bees, ada, button)
    assert "My answers: a day" in shown
    await settings_of(bees, ada, "my answers: 10 minutes")
    await grace.says("/latest", chat_id=bees.id)
    said = await bees.sees("There is no digest yet.")
    # One after the other is answered.
    await ada.person.says("/help", chat_id=bees.id)
    await bees.sees("open source")

    async with database.snapshot() as tx:
        rows = await tx.rows("SELECT message_id FROM litter")
    assert said.id in {row["message_id"] for row in rows}


async def test_they_are_changed_from_private_too(database: Database, bees: Group, ada: Talk) -> None:
    await ada.person.says("/subscribe Bees", chat_id=bees.id)
    await bees.sees("Bees")
    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(bees.id))
    assert subscriber is not None
    await ada.says("/start")
    await ada.says(f"/start set_{subscriber.id}")

    shown = await ada.presses("I answer: everybody")
    assert "I answer: administrators" in labels(shown)
    assert "Last changed by Ada: whom I answer · " in shown.text


async def test_no_person_has_them(ada: Talk) -> None:
    shown = labels(await ada.says("/settings"))

    assert not [label for label in shown if "answer" in label]
    assert "I do not know that setting." in (await ada.says("/settings I answer: administrators")).text


@pytest.mark.parametrize("language", languages())
def test_each_can_be_typed_as_its_button_says(language: str) -> None:
    for name, values in GROUP_SETTINGS.items():
        for value in values:
            said = group_label(language, name, value)
            assert read_group_setting(said) == (name, value)
            assert read_setting(said) is None


async def test_a_group_is_not_offered_what_only_persons_are_told(bees: Group, ada: Talk) -> None:
    await ada.person.says("/settings", chat_id=bees.id)
    settings = await bees.next_message()
    await ada.person.says("/schedule daily 8:00 Berlin", chat_id=bees.id)
    schedule = await bees.next_message()

    assert "Sound: on" in labels(settings)
    assert "💤 Snooze" in labels(schedule)
    assert not {"Empty roundup: say nothing", "Say if nothing"} & {*labels(settings), *labels(schedule)}
    assert {"Empty roundup: say nothing"} <= set(labels(await ada.says("/settings")))
