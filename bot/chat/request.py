"""Who asks, in which chat and in which language: what every handler is given."""

from dataclasses import dataclass

from telegram import Message, Update

from bot.chat.services import Services
from bot.messages.phrases import choose_language
from storage.chats import regain_chat
from storage.database import Transaction
from storage.model import Address, Preferences, Subscriber, SubscriberState
from storage.subscribers import ensure_subscriber, subscriber_at


@dataclass(frozen=True, slots=True)
class Request:
    """A command or a tap of a person in their private chat with the bot."""

    services: Services
    chat_id: int
    # What Telegram says of the person; None: it does not say.
    telegram_language: str | None
    # None: they never subscribed to anything.
    subscriber: Subscriber | None
    # What was typed, a command included; empty for a tap.
    text: str = ""
    # The message that was written, or whose button was pressed; None: Telegram shows it no more.
    message: Message | None = None

    @property
    def words(self) -> str:
        """What was typed after the command."""
        return "".join(self.text.split(maxsplit=1)[1:])

    @property
    def answers(self) -> str:
        """What the message says that was replied to; empty when none was."""
        replied = self.message.reply_to_message if self.message else None
        return (replied.text or "") if replied else ""

    @property
    def preferences(self) -> Preferences:
        """What the person asked for, up to this update."""
        return self.subscriber.preferences if self.subscriber else Preferences()

    @property
    def is_operator(self) -> bool:
        """Whether it is an operator who asks: a private chat has the id of its person."""
        return self.chat_id in self.services.admins

    @property
    def language(self) -> str:
        """The language to answer in: the chat's own setting, else the person's."""
        return choose_language(self.reads)

    @property
    def reads(self) -> str | None:
        """The language that the person reads, as a BCP 47 tag, whether we speak it or not; None: not known."""
        return self.preferences.language or self.telegram_language

    async def ensure_subscriber(self, tx: Transaction) -> Subscriber:
        """Give the person's chat as a subscriber as it is now, which receives, a new one if need be.

        What they missed, having blocked the bot, is sent; not what they did not get of their own will.
        """
        now = self.services.clock.now()
        if self.subscriber:
            await regain_chat(tx, self.chat_id, now=now, catch_up=self.services.catch_up)
        return await ensure_subscriber(
            tx, Address(self.chat_id), type_="private", language=self.telegram_language, now=now
        )

    async def ensure_known(self, tx: Transaction) -> Subscriber:
        """Give the person's chat as a subscriber, a new one if need be; whoever stopped does not receive for that."""
        return self.subscriber or await self.ensure_subscriber(tx)


async def read_request(update: Update, services: Services) -> Request:
    """Read an update of a private chat; whoever writes to us is gone no longer."""
    chat, person, message = update.effective_chat, update.effective_user, update.message
    if chat is None or person is None:
        raise ValueError(f"update {update.update_id} is of no private chat")
    async with services.database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(chat.id))
    text = (message.text or "").strip() if message else ""
    request = Request(services, chat.id, person.language_code, subscriber, text, update.effective_message)
    if subscriber and subscriber.state is SubscriberState.GONE:
        # A block lifted while we were down for more than a day is never told (TELEGRAM.md, "Buttons, commands").
        async with services.database.transaction() as tx:
            await request.ensure_subscriber(tx)
    return request
