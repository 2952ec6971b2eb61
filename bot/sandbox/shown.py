"""What the control API shows beside the Bot API's own objects."""

from typing import Any

from bot.sandbox.chats import Chat, chat_json
from bot.sandbox.messages import Message, message_json
from bot.sandbox.people import User


def message_shown(message: Message, bot: User) -> dict[str, Any]:
    """A `Message`, and what the Bot API does not always tell: who really wrote it, what it asks the apps to show."""
    author = message.author
    shown = message_json(message) | {"author_id": author.id if author else None, "from_bot": author is bot}
    return shown | {"prompt": message.prompt} if message.prompt else shown


def chat_shown(chat: Chat, bot: User) -> dict[str, Any]:
    """A `Chat`, who is in it and how, its topics and its newest message."""
    newest = next(reversed(chat.messages.values()), None)
    topics = [{"id": topic.id, "name": topic.name, "closed": topic.closed} for topic in chat.open_topics()]
    here = [member for member in chat.present() if member.user is not bot]
    return chat_json(chat) | {
        "people": [chat.id] if chat.type == "private" else [member.user.id for member in here],
        "creator": next((member.user.id for member in here if member.status == "creator"), None),
        "administrators": [member.user.id for member in here if member.status in ("creator", "administrator")],
        "muted": [member.user.id for member in here if not member.can_send_messages],
        "anonymous": [member.user.id for member in here if member.anonymous],
        "bot_status": chat.status(bot.id),
        "bot_rights": sorted(chat.members[bot.id].rights) if bot.id in chat.members else [],
        "bot_can_send": bot.id not in chat.members or chat.members[bot.id].can_send_messages,
        "topics": topics,
        "linked_chat_id": chat.linked_chat_id,
        "pinned": chat.pinned,
        "gone": chat.deleted or chat.migrated_to is not None,
        "migrated_to": chat.migrated_to,
        "last_message": message_shown(newest, bot) if newest else None,
    }
