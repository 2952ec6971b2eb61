"""Who may do what in a group or channel: Telegram says so, each time that something is to change."""

from collections import OrderedDict
from datetime import timedelta
from functools import partial

from telegram import (
    Bot,
    Chat,
    ChatFullInfo,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberOwner,
    ChatMemberRestricted,
)

from bot.chat.errors import unless_refused
from bot.clock import Clock

# What was said so lately decides what is shown, and never what is changed.
_REMEMBERED = timedelta(seconds=20)
_KEPT = 10_000


class Rights:
    """What Telegram says of people in chats."""

    def __init__(self, telegram_bot: Bot, clock: Clock) -> None:
        self.telegram_bot = telegram_bot
        self._clock = clock
        self._known: OrderedDict[tuple[int, int], tuple[float, ChatMember | None]] = OrderedDict()

    async def refusal(self, chat_id: int, type_: str, person_id: int, *, fresh: bool) -> str | None:
        """Name the phrase that says why the person may not change what the chat gets; None: they may.

        *fresh*: Telegram is asked now, as it must be before anything changes. Raises telegram.error.NetworkError when
        it cannot be.
        """
        return refusal_of(await self._member(chat_id, person_id, fresh=fresh), type_)

    async def name_of(self, chat_id: int, person_id: int) -> str | None:
        """Say what the person in the chat is called now; None: Telegram does not say, or they have no name there."""
        match await self._member(chat_id, person_id, fresh=False):
            case None | ChatMemberOwner(is_anonymous=True) | ChatMemberAdministrator(is_anonymous=True):
                return None
            case member:
                return member.user.full_name

    async def chat(self, chat_id: int) -> ChatFullInfo | None:
        """Say what Telegram tells of the chat now; None: nothing, or not to the bot."""
        return await unless_refused(partial(self.telegram_bot.get_chat, chat_id), clock=self._clock)

    async def bots_refusal(self, chat_id: int, type_: str) -> str | None:
        """Name the phrase that says why the bot itself may not write there; None: it may."""
        member = await self._member(chat_id, self.telegram_bot.id, fresh=True)
        if member is None or isinstance(member, ChatMemberLeft | ChatMemberBanned):
            return "bot-not-there"
        if type_ == Chat.CHANNEL and refusal_of(member, type_) is not None:
            return "bot-may-not-post"
        muted = isinstance(member, ChatMemberRestricted) and not member.can_send_messages
        return "bot-may-not-write" if muted else None

    async def _member(self, chat_id: int, person_id: int, *, fresh: bool) -> ChatMember | None:
        """Say what the person is there; None: Telegram knows no such, or the bot is not there to be told."""
        key, now = (chat_id, person_id), self._clock.monotonic()
        asked_at, member = self._known.get(key, (-_REMEMBERED.total_seconds(), None))
        if not fresh and now - asked_at < _REMEMBERED.total_seconds():
            return member
        ask = partial(self.telegram_bot.get_chat_member, chat_id, person_id)
        member = await unless_refused(ask, clock=self._clock)
        self._known[key] = (now, member)
        self._known.move_to_end(key)
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return member


def refusal_of(member: ChatMember | None, type_: str) -> str | None:
    """Name the phrase that says why such a *member* may not change what a chat of this type gets; None: they may."""
    match member:
        case ChatMemberOwner():
            return None
        # In a channel an administrator without it could have us post what they may not.
        case ChatMemberAdministrator(can_post_messages=None | False) if type_ == Chat.CHANNEL:
            return "only-who-may-post"
        case ChatMemberAdministrator():
            return None
        case _:
            return "only-administrators"
