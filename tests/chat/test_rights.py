"""Who may do what where: people of every standing, each command and each kind of button, each kind of chat.

What there is to be asked for comes from the bot's own tables, so whatever is new is tried here by itself.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import product

import pytest

from bot.chat import COMMANDS, OPERATORS_COMMANDS
from bot.chat.admission import IN_GROUPS, Level, level_of
from bot.chat.category_list import Pick, TakeNone
from bot.chat.group_settings import ChangeGroup
from bot.chat.quiet import SetQuiet
from bot.chat.schedule import SetHour, SetWeekday
from bot.chat.schedule_view import SetCadence, TellNothing
from bot.chat.settings import ChangeSetting
from bot.chat.snooze import Snooze
from bot.chat.start import TakeLinked
from bot.chat.tapped import HANDLERS, OPERATORS_HANDLERS
from bot.chat.typed import PROMPTS
from bot.chat.undo import TakeBack
from bot.chat.undo_words import UndoWords
from bot.chat.words import DropWord, drop_button
from bot.chat.zone import SetZone
from bot.messages.phrases import phrase
from bot.messages.taps import (
    Leave,
    TakeEverything,
    TakeInstead,
    TakeOnly,
    Tap,
    Toggle,
    ToggleEverything,
    read,
    write,
)
from bot.sandbox.seen import Call
from tests.chat.standing import (
    BEES,
    EVERYBODY,
    GETS,
    HIVE,
    KINDS,
    TITLE,
    UNKNOWN,
    WASPS,
    Asked,
    Kind,
    Site,
    Who,
    kind,
    site,
)
from tests.lean import lean

__all__ = ["kind", "site"]

# Each is one line.
REFUSALS = {
    phrase("en", name, title=TITLE)
    for name in ("only-administrators", "only-who-may-post", "not-as-channel", "in-private-only", "not-yours")
}

# What is typed after a command so that what the chat gets is another if it is obeyed.
TYPED = {
    "subscribe": "Wasps",
    "unsubscribe": "Bees",
    "follow": "Qwen",
    "unfollow": "hive",
    "mute": "crypto",
    "unmute": "spam",
    "schedule": "daily 8:00",
    "snooze": "3 days",
    "settings": "sound off",
    "stop": "",
}
# Of each kind of button one of which the same is true.
TAPS: dict[type[Tap], Tap] = {
    type(each): each
    for each in (
        TakeEverything(on=True),
        TakeOnly(WASPS),
        TakeInstead(WASPS, BEES),
        Leave(BEES),
        Toggle(WASPS, on=True, page=0),
        ToggleEverything(on=True, page=0),
        TakeNone(),
        Pick(WASPS, on=True, page=0, sought=urlsafe_b64encode(b"was").decode()),
        TakeBack(everything=True, count=0, which=""),
        read(str(drop_button("", HIVE, "follow").callback_data)) or DropWord(muted=False, mark="", page=0),
        UndoWords(muted=False, ended=False, had=0, moved=0),
        TakeLinked(WASPS),
        ChangeSetting("sound", "off"),
        ChangeGroup("tidy", "10"),
        SetCadence(1),
        SetHour(600),
        SetWeekday(3),
        SetZone("Europe/Vienna"),
        SetQuiet(22, 8),
        Snooze(60),
        TellNothing(on=True),
    )
}

# What there is not everywhere.
NOTHING = {("channel", ChangeGroup.__name__)}


@dataclass(frozen=True, slots=True)
class Wish:
    """Something to ask for: of what *level* it is, and whether what the chat gets is another if it is granted."""

    name: str
    asked: Asked
    level: Level
    changes: bool = False


def wishes() -> Iterator[Wish]:
    for name in {**COMMANDS, **OPERATORS_COMMANDS}:
        text = f"/{name} {TYPED.get(name, '')}".strip()
        yield Wish(f"/{name}", Asked(text), IN_GROUPS.get(name, "private"), changes=name in TYPED)
    for button in {**HANDLERS, **OPERATORS_HANDLERS}:
        tap = TAPS.get(button) or button(*("" if each.type is str else 0 for each in fields(button)))
        yield Wish(button.__name__, Asked(data=write(tap)), level_of(tap), changes=button in TAPS)
    for name in PROMPTS:
        answered = Asked("Qwen", question=name)
        yield Wish(name, answered, "change", changes=name in {"words-to-follow", "words-to-mute"})
    yield Wish("no button of ours", Asked(data="1:nothing:1"), "change")


WISHES = list(wishes())


def is_granted(wish: Wish, who: Who, kind: Kind, *, in_private: bool) -> bool:
    """The rule, as it is told to people."""
    may_change = {"creator", "administrator", "anonymous administrator"}
    if kind != "channel":
        may_change.add("administrator who may not post")
    if wish.level == "private":
        return False
    return who in may_change or (wish.level == "read" and not in_private)


async def goes_right(site: Site, wish: Wish, who: Who, *, in_private: bool) -> None:
    """Ask for it, see that what should becomes of it, and let all be as it was."""
    before = await site.kept()

    calls = await site.asks(who, wish.asked, in_private=in_private)

    after = await site.kept()
    if is_granted(wish, who, site.kind, in_private=in_private):
        assert calls
        assert not {call.parameters.get("text") for call in calls} & REFUSALS
        # What only shows something changes nothing; of what else there is, we know of some how it does.
        changes = wish.changes and (site.kind, wish.name) not in NOTHING
        if changes:
            assert {table: after[table] for table in GETS} != {table: before[table] for table in GETS}
        else:
            assert wish.level == "change" or after == before
        await site.is_restored(before)
        return
    assert after == before
    if not wish.asked.data and wish.level == "private" and in_private:
        # That is about the person themselves.
        return
    is_heard = in_private or wish.name[1:] not in OPERATORS_COMMANDS
    assert refusals(calls) == ([told_at(site, wish, who, in_private=in_private)] if is_heard else [])


def refusals(calls: list[Call]) -> list[int | None]:
    """Where it is said in one line that it is refused, if nothing else is; None: over the chat, for a moment."""
    said = [call for call in calls if call.method == "answerCallbackQuery" or call.outcome == "answered"]
    assert {call.parameters["text"] for call in said} <= REFUSALS
    return [int(call.parameters["chat_id"]) if "chat_id" in call.parameters else None for call in said]


def told_at(site: Site, wish: Wish, who: Who, *, in_private: bool) -> int | None:
    """In private where the group need not see it."""
    if wish.asked.data:
        return None
    person = site.people[who].id
    if in_private:
        return person
    # Nobody knows who they are, or they cannot be written to; or it leads to the chat with the bot.
    in_group = who in UNKNOWN | {"anonymous administrator", "channel"} or wish.level == "private"
    return site.chat.id if in_group else person


TABLE = [
    (kind, in_private, who)
    for kind, in_private, who in product(KINDS, (False, True), EVERYBODY)
    if (kind, in_private) != ("channel", False)
]
# By default those that differ most.
FIRST: list[tuple[Kind, bool, Who]] = [
    ("topic", False, "anonymous administrator"),
    ("supergroup", False, "member"),
    ("channel", True, "administrator who may not post"),
]


REST = [each for each in TABLE if each not in FIRST]


@pytest.mark.parametrize(("kind", "in_private", "who"), lean([*FIRST, *REST], most=len(FIRST)))
async def test_exactly_who_may_is_obeyed(site: Site, who: Who, *, in_private: bool) -> None:
    if in_private and who in UNKNOWN:
        await site.people[who].starts()
        await site.people[who].next_message()
    for wish in WISHES:
        await goes_right(site, wish, who, in_private=in_private)
