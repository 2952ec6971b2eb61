"""What becomes of a message before it meets a chat."""

from typing import Any

from bot.sandbox.errors import ApiError
from bot.sandbox.judge import Judge
from bot.sandbox.keyboards import read_keyboard, settled_keyboard
from bot.sandbox.parameters import Parameters
from bot.sandbox.texts import drafted, settled

# The words of a refusal and nothing, or no words and a text, its entities and its keyboard.
Verdict = tuple[str, Any, Any, Any]


def verdict(judge: Judge, asked: Parameters) -> Verdict:
    """The refusal or the message, looked at in the order in which sendMessage does it."""
    try:
        draft = drafted(asked, judge, "text")
        keyboard = settled_keyboard(read_keyboard(asked))
        text = settled(draft, judge)
    except ApiError as refusal:
        return refusal.description, None, None, None
    return "", text.text, text.entities, keyboard
