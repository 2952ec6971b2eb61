"""Chats with which all goes wrong that Telegram has words for, or none."""

import random
from dataclasses import dataclass, field

from bot.sandbox.client import Group, Person, Telegram

# Of a hundred chats so many, and at least one; a chat may have several.
FLOODED, FAILING, CUT_OFF, HANGING, LOST = 5, 2, 1, 1, 3
# One of twenty chats is a group, and of three groups one has another id by now, of ten one has thrown the bot out.
GROUPS, MIGRATED, LEFT = 5, 33, 10
# Once more in doubt is too often.
MOST_DOUBTS = 2


@dataclass
class Chat:
    """A reader's chat, and what is wrong with it."""

    chat: Person | Group
    # As the bot knows it.
    id: int
    wrong: list[str] = field(default_factory=list)
    # Why nothing can be sent to it, as Telegram says it; empty: it can.
    lost: str = ""
    # How often it will not be known whether its first part arrived, and how often it did.
    doubts: int = 0
    arrived: int = 0

    @property
    def id_now(self) -> int:
        """As Telegram knows it."""
        return self.chat.id

    def leave_in_doubt(self, why: str, *, arrived: bool) -> bool:
        """Lose an answer; say whether it may be, for in doubt too often is another story."""
        if self.doubts == MOST_DOUBTS:
            return False
        self.wrong.append(why)
        self.doubts += 1
        # Whoever can be sent nothing, at this id or at all, has nothing of it either.
        self.arrived += arrived and not self.lost and "migrated" not in self.wrong
        return True


async def gather(telegram: Telegram, number: int, chance: random.Random) -> list[Chat]:
    """Bring *number* chats together in any order, and let go wrong with each what its lot is."""
    people = [Chat(person, person.id) for person in await telegram.crowd(number - number * GROUPS // 100)]
    founder = await telegram.person("Founder")
    groups = []
    for count in range(number - len(people)):
        group = await telegram.group(f"Group {count}", creator=founder)
        await group.adds()
        groups.append(Chat(group, group.id))
    chats = people + groups
    chance.shuffle(chats)
    for chat in _some(groups, MIGRATED, chance):
        await _migrate(chat)
    for chat in _some([chat for chat in groups if not chat.wrong], LEFT, chance):
        await _throw_out(chat)
    for chat in _some(people, LOST, chance):
        await _lose(chat, chance)
    for share, go_wrong in ((FLOODED, _flood), (FAILING, _fail), (CUT_OFF, _cut_off), (HANGING, _hang)):
        for chat in _some(chats, share, chance):
            await go_wrong(telegram, chat, chance)
    await _cut_off_again_and_again(telegram, chance.choice([chat for chat in chats if not chat.wrong]))
    return chats


def _some(chats: list[Chat], of_hundred: int, chance: random.Random) -> list[Chat]:
    return chance.sample(chats, max(1, len(chats) * of_hundred // 100))


async def _migrate(chat: Chat) -> None:
    if isinstance(chat.chat, Group):
        chat.wrong.append("migrated")
        await chat.chat.becomes_supergroup()


async def _throw_out(chat: Chat) -> None:
    if isinstance(chat.chat, Group):
        chat.wrong.append("thrown out")
        chat.lost = "bot was kicked from the group chat"
        await chat.chat.kicks()


async def _lose(chat: Chat, chance: random.Random) -> None:
    if isinstance(chat.chat, Person):
        chat.wrong.append("lost")
        if chance.random() < 0.5:
            chat.lost = "bot was blocked by the user"
            await chat.chat.blocks()
        else:
            chat.lost = "user is deactivated"
            await chat.chat.deactivates()


async def _flood(telegram: Telegram, chat: Chat, _: random.Random) -> None:
    chat.wrong.append("flooded")
    await telegram.refuse(chat.id, code=429, retry_after=1, times=1)


async def _fail(telegram: Telegram, chat: Chat, chance: random.Random) -> None:
    arrived = chance.random() < 0.5
    if chance.random() < 0.5:
        chat.wrong.append("500")
        await telegram.refuse(chat.id, code=500, times=1)
    elif chat.leave_in_doubt("502", arrived=arrived):
        await telegram.fault("html", "sendMessage", chat_id=chat.id, accepted=arrived, times=1)


async def _cut_off(telegram: Telegram, chat: Chat, _: random.Random) -> None:
    if chat.leave_in_doubt("cut off", arrived=True):
        await telegram.drop("sendMessage", chat_id=chat.id, accepted=True, times=1)


async def _cut_off_again_and_again(telegram: Telegram, chat: Chat) -> None:
    chat.wrong.append("cut off always")
    chat.doubts = chat.arrived = MOST_DOUBTS + 1
    await telegram.drop("sendMessage", chat_id=chat.id, accepted=True)


async def _hang(telegram: Telegram, chat: Chat, chance: random.Random) -> None:
    arrived = chance.random() < 0.5
    if chat.leave_in_doubt("hangs", arrived=arrived):
        await telegram.hold("sendMessage", chat_id=chat.id, accepted=arrived, times=1)
