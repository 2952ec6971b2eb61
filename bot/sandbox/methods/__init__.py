"""The methods of the Bot API that the sandbox has, by their names."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.sandbox.methods.callbacks import answer_callback_query
from bot.sandbox.methods.chats import get_chat, get_chat_member, get_me
from bot.sandbox.methods.edits import delete_message, edit_message_reply_markup, edit_message_text
from bot.sandbox.methods.messages import send_chat_action, send_document, send_message
from bot.sandbox.methods.profile import (
    delete_my_commands,
    get_my_commands,
    get_my_text,
    set_my_commands,
    set_my_text,
)
from bot.sandbox.methods.updates import delete_webhook, get_updates, get_webhook_info, set_webhook
from bot.sandbox.parameters import Parameters
from bot.sandbox.profile import Profile
from bot.sandbox.state import Sandbox

Method = Callable[[Sandbox, Parameters], object]
WaitingMethod = Callable[[Sandbox, Parameters], Awaitable[object]]


def _names(profile: Profile) -> dict[str, str]:
    return profile.names


def _descriptions(profile: Profile) -> dict[str, str]:
    return profile.descriptions


def _short_descriptions(profile: Profile) -> dict[str, str]:
    return profile.short_descriptions


_AT_ONCE: dict[str, Method] = {
    "answerCallbackQuery": answer_callback_query,
    "deleteMessage": delete_message,
    "deleteMyCommands": delete_my_commands,
    "deleteWebhook": delete_webhook,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "editMessageText": edit_message_text,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getMe": get_me,
    "getMyCommands": get_my_commands,
    "getMyDescription": partial(get_my_text, texts=_descriptions, name="description"),
    "getMyName": partial(get_my_text, texts=_names, name="name"),
    "getMyShortDescription": partial(get_my_text, texts=_short_descriptions, name="short_description"),
    "getWebhookInfo": get_webhook_info,
    "sendChatAction": send_chat_action,
    "sendDocument": send_document,
    "sendMessage": send_message,
    "setMyCommands": set_my_commands,
    "setMyDescription": partial(set_my_text, texts=_descriptions, name="description", longest=512),
    "setMyName": partial(set_my_text, texts=_names, name="name", longest=64),
    "setMyShortDescription": partial(set_my_text, texts=_short_descriptions, name="short_description", longest=120),
    "setWebhook": set_webhook,
}
_WAITING: dict[str, WaitingMethod] = {"getUpdates": get_updates}

# Names are read in any case (Query.cpp lowers them).
NAMES = {name.lower(): name for name in (*_AT_ONCE, *_WAITING)}
AT_ONCE = {name.lower(): method for name, method in _AT_ONCE.items()}
WAITING = {name.lower(): method for name, method in _WAITING.items()}
