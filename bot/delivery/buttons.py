"""What a chat is shown under the last part of a digest that went on."""

from telegram import InlineKeyboardButton

from bot.messages.rest import ask_for
from bot.messages.taps import write
from bot.messages.view import MessagePart
from storage.model import Delivery, MadeOf

Button = InlineKeyboardButton


def button_for(delivery: Delivery, made_of: MadeOf, part: MessagePart) -> Button | None:
    """The button that sends the rest, in a person's own chat.

    Elsewhere anybody could press it, and everybody would be sent five messages more; there it is said in words.
    """
    if part.rest is None or delivery.subscriber.type != "private":
        return None
    tap = ask_for(part.rest, digest_id=made_of.digest_id, revision=made_of.revision, layout=made_of.layout)
    return Button(part.rest.label, callback_data=write(tap))
