"""What a chat is shown under the last part of a digest that went on."""

from collections.abc import Mapping

from bot.messages.rest import ask_for
from bot.messages.taps import write
from bot.messages.view import MessagePart
from storage.model import MadeOf


def button_for(part: MessagePart, made_of: MadeOf, *, private: bool) -> Mapping[str, str] | None:
    """The button that sends the rest, as the Bot API takes it, in a person's own chat.

    Elsewhere anybody could press it, and everybody would be sent five messages more; there it is said in words.
    """
    if part.rest is None or not private:
        return None
    tap = ask_for(part.rest, digest_id=made_of.digest_id, revision=made_of.revision, layout=made_of.layout)
    return {"text": part.rest.label, "callback_data": write(tap)}
