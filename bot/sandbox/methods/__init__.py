"""The methods of the Bot API that the sandbox has, by their names."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.sandbox.methods.callbacks import answer_callback_query
from bot.sandbox.methods.chats import get_chat, get_me
from bot.sandbox.methods.copies import copy_message, forward_message
from bot.sandbox.methods.edits import (
    delete_message,
    edit_message_caption,
    edit_message_reply_markup,
    edit_message_text,
)
from bot.sandbox.methods.inline import answer_inline_query
from bot.sandbox.methods.members import get_chat_administrators, get_chat_member, get_chat_member_count, leave_chat
from bot.sandbox.methods.messages import send_chat_action, send_document, send_message, send_photo
from bot.sandbox.methods.pins import pin_chat_message, unpin_all_chat_messages, unpin_chat_message
from bot.sandbox.methods.profile import (
    delete_my_commands,
    get_chat_menu_button,
    get_my_commands,
    get_my_default_administrator_rights,
    get_my_text,
    set_chat_menu_button,
    set_my_commands,
    set_my_default_administrator_rights,
    set_my_text,
)
from bot.sandbox.methods.topics import (
    close_forum_topic,
    create_forum_topic,
    delete_forum_topic,
    edit_forum_topic,
    reopen_forum_topic,
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
    "answerInlineQuery": answer_inline_query,
    "closeForumTopic": close_forum_topic,
    "copyMessage": copy_message,
    "createForumTopic": create_forum_topic,
    "deleteForumTopic": delete_forum_topic,
    "deleteMessage": delete_message,
    "deleteMyCommands": delete_my_commands,
    "deleteWebhook": delete_webhook,
    "editForumTopic": edit_forum_topic,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "editMessageText": edit_message_text,
    "forwardMessage": forward_message,
    "getChat": get_chat,
    "getChatAdministrators": get_chat_administrators,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatMenuButton": get_chat_menu_button,
    "getMe": get_me,
    "getMyCommands": get_my_commands,
    "getMyDefaultAdministratorRights": get_my_default_administrator_rights,
    "getMyDescription": partial(get_my_text, texts=_descriptions, name="description"),
    "getMyName": partial(get_my_text, texts=_names, name="name"),
    "getMyShortDescription": partial(get_my_text, texts=_short_descriptions, name="short_description"),
    "getWebhookInfo": get_webhook_info,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "reopenForumTopic": reopen_forum_topic,
    "sendChatAction": send_chat_action,
    "sendDocument": send_document,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "setChatMenuButton": set_chat_menu_button,
    "setMyCommands": set_my_commands,
    "setMyDefaultAdministratorRights": set_my_default_administrator_rights,
    "setMyDescription": partial(set_my_text, texts=_descriptions, name="description", longest=512),
    "setMyName": partial(set_my_text, texts=_names, name="name", longest=64),
    "setMyShortDescription": partial(set_my_text, texts=_short_descriptions, name="short_description", longest=120),
    "setWebhook": set_webhook,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "unpinChatMessage": unpin_chat_message,
}
_WAITING: dict[str, WaitingMethod] = {"getUpdates": get_updates}

# Names are read in any case (Query.cpp lowers them).
NAMES = {name.lower(): name for name in (*_AT_ONCE, *_WAITING)}
AT_ONCE = {name.lower(): method for name, method in _AT_ONCE.items()}
WAITING = {name.lower(): method for name, method in _WAITING.items()}
