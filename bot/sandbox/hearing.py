"""What the bot hears of a chat: everything in private and as administrator, else what privacy mode lets through.

core.telegram.org/bots/features#privacy-mode. In groups with several bots an unaddressed command goes to the one that
spoke last; here there is only one.
"""

from bot.sandbox.chats import IN_CHARGE, PRESENT
from bot.sandbox.messages import Message, message_json
from bot.sandbox.state import Sandbox


def tell(sandbox: Sandbox, message: Message) -> None:
    """Make an update of *message*, if the bot hears it."""
    if hears(sandbox, message):
        kind = "channel_post" if message.chat.type == "channel" else "message"
        sandbox.updates.add(kind, message_json(message), now=sandbox.clock.now())


def hears(sandbox: Sandbox, message: Message) -> bool:
    """Whether the bot's updates have *message*."""
    if message.author is sandbox.bot and not message.service:
        return False
    status = message.chat.status(sandbox.bot.id)
    if message.chat.type == "private" or status not in PRESENT:
        # Of a chat that it left it hears just that (Client.cpp, need_skip_update_message).
        gone = message.service.get("left_chat_member")
        return message.chat.type == "private" or (gone is not None and gone["id"] == sandbox.bot.id)
    if status in IN_CHARGE or message.service or message.via_bot or not sandbox.privacy:
        return True
    answered = message.reply_to
    return (answered is not None and answered.author is sandbox.bot) or _is_command(sandbox, message)


def _is_command(sandbox: Sandbox, message: Message) -> bool:
    """Whether *message* begins with a command for this bot: `/latest` or `/latest@its_name`."""
    first = message.entities[0] if message.entities else None
    if first is None or first["type"] != "bot_command" or first["offset"]:
        return False
    _, at, name = message.text[: first["length"]].partition("@")
    return not at or name.lower() == sandbox.bot.username.lower()
