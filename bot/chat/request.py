"""Who asks, where, about which chat and in which language: what every handler is given."""

from dataclasses import dataclass
from typing import Literal

from telegram import Message

from bot.chat.services import Services
from bot.messages.choices import Whom
from bot.messages.phrases import choose_language
from storage.chats import regain_chat
from storage.database import Transaction
from storage.groups import Group
from storage.model import Address, ChatType, Preferences, Subscriber
from storage.subscribers import ensure_subscriber, subscriber_at

# In whose name something is written: the person's, the group's by an anonymous administrator, or a channel's.
Voice = Literal["person", "group", "channel"]


@dataclass(frozen=True, slots=True)
class Request:
    """A command or a tap, in a person's private chat with the bot or in a group."""

    services: Services
    # Where it was asked, and is answered.
    chat_id: int
    # What Telegram says of the person; None: it does not say.
    telegram_language: str | None
    # What it is about; None: that never subscribed to anything.
    subscriber: Subscriber | None
    # What was typed, a command included; empty for a tap.
    text: str = ""
    # The message that was written, or whose button was pressed; None: Telegram shows it no more.
    message: Message | None = None
    # Who asks; None: Telegram does not say, or it is who has this private chat.
    person_id: int | None = None
    voice: Voice = "person"
    # The chat or topic that it is about, and its type; None: this private chat.
    about: Address | None = None
    type: ChatType = "private"
    # What is known of the group that it is asked in, or of the chat that it is about; None: it is a private chat.
    group: Group | None = None
    # The language of this private chat, where it is about another chat; None: none is known but Telegram's.
    own_language: str | None = None

    @property
    def words(self) -> str:
        """What was typed after the command."""
        return "".join(self.text.split(maxsplit=1)[1:])

    @property
    def answers(self) -> str:
        """What the message of the bot's says that was replied to; empty when none was."""
        replied = self.message.reply_to_message if self.message else None
        # What somebody else wrote may be our very words.
        if replied is None or replied.from_user is None or replied.from_user.id != self.services.rights.telegram_bot.id:
            return ""
        return replied.text or ""

    @property
    def address(self) -> Address:
        """What it is about: whose preferences are shown and changed."""
        return self.about or Address(self.chat_id)

    @property
    def in_group(self) -> bool:
        """Whether it was asked where others read along."""
        return self.chat_id < 0

    @property
    def managed(self) -> bool:
        """Whether it was asked in private about another chat."""
        return self.about is not None and self.about.chat_id != self.chat_id

    @property
    def whom(self) -> Whom:
        """How the person is told who gets what."""
        if self.type == "private":
            return "you"
        if self.managed:
            return "there"
        # The one that is always there is one of them.
        is_topic = self.address.topic_id or (self.group is not None and self.group.is_forum)
        return "topic" if is_topic else "group"

    @property
    def preferences(self) -> Preferences:
        """What was asked for, up to this update."""
        return self.subscriber.preferences if self.subscriber else Preferences()

    @property
    def is_operator(self) -> bool:
        """Whether it is an operator who asks: a private chat has the id of its person."""
        return self.chat_id in self.services.admins

    @property
    def language(self) -> str:
        """The language to answer in: the chat's own setting, else the person's; of another chat, the person's."""
        return choose_language(self.own_language or self.telegram_language if self.managed else self.reads)

    @property
    def reads(self) -> str | None:
        """The language that is read there, as a BCP 47 tag, whether we speak it or not; None: not known."""
        return self.preferences.language or self.telegram_language

    async def ensure_subscriber(self, tx: Transaction, *, starting: bool = False) -> Subscriber:
        """Give what it is about as a subscriber as it is now, which receives, a new one if need be.

        What they missed, having blocked the bot, is sent; not what they did not get of their own will. A chat that is
        set up from elsewhere stays what it is unless it is *starting*: first somebody looks at a preview.
        """
        now, address = self.services.clock.now(), self.address
        present = await subscriber_at(tx, address) if self.managed and not starting else None
        if present is not None:
            return present
        if self.subscriber:
            await regain_chat(tx, address.chat_id, topic_id=address.topic_id, now=now, catch_up=self.services.catch_up)
        return await ensure_subscriber(
            tx,
            address,
            type_=self.type,
            language=self.own_language or self.telegram_language,
            subscribed_by=None if self.type == "private" else self.person_id,
            now=now,
        )

    async def ensure_known(self, tx: Transaction) -> Subscriber:
        """Give it as a subscriber, a new one if need be; whoever stopped does not receive for that."""
        return self.subscriber or await self.ensure_subscriber(tx)
